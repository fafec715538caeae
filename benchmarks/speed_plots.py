"""Plots of speed, each a PNG in one folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from plots import pyplot
from speed_cold import BARE, shown
from speed_growth import Growth
from speed_peers import FINDALL
from speed_rules import MULTIPLES, RulesGrowth
from speed_tables import MixSpeed

__all__ = ["draw_cold", "draw_growth", "draw_kernel", "draw_phases", "draw_rules", "draw_throughput"]

_OURS, _PALE, _THEIRS, _YARD = "#1f4e9c", "#9bbbe0", "#b3452c", "#5d5d63"
_SHADES = ("#1f4e9c", "#6a93cf", "#b7cdea", "#d8d8dc")  # of mixes
_FORM_COLOURS = (_OURS, _THEIRS)
_WIDE = 0.15  # a part of a bar that has room for its figure
_GROUP_COLOURS = {"newsclean": _OURS, "scan": _YARD, "peer": _THEIRS}


def draw_throughput(file: Path, title: str, speeds: Sequence[MixSpeed]) -> None:
    """MB/s of newsclean, plain scans and the line rules of others, a panel for each mix."""

    def panel(axes: Any, speed: MixSpeed) -> None:
        size = speed.mix.megabytes
        rows = [
            (name, size / timed.seconds, timed.ratio, _GROUP_COLOURS[group])
            for group in _GROUP_COLOURS
            for name, timed in speed.groups.get(group, {}).items()
        ]
        rows.append((FINDALL, size / speed.yard, 1.0, _YARD))
        rows.sort(key=lambda row: row[1])
        bars = axes.barh([row[0] for row in rows], [row[1] for row in rows], color=[row[3] for row in rows])
        notes = [f" {_short(row[1])} MB/s, {_short(row[2])} x" for row in rows]
        axes.bar_label(bars, notes, fontsize=7)
        axes.set_xscale("log")
        axes.set_xlim(min(row[1] for row in rows) / 2, max(row[1] for row in rows) * 90)
        axes.set_xlabel("MB/s (log scale); x: times as long as findall", fontsize=8)
        axes.set_title(f"{speed.mix.name}, {size:.2f} MB", fontsize=9)

    _panels(file, title, speeds, panel, (4.6, 3.8))


def draw_kernel(file: Path, title: str, speeds: Sequence[MixSpeed]) -> None:
    """Where the time of one look goes: a stacked bar for each mix, in multiples of findall."""
    plt = pyplot()
    figure, axes = plt.subplots(figsize=(9, 1.8 + 0.6 * len(speeds)), dpi=150, layout="constrained")
    _plain(axes, "x")
    for at, speed in enumerate(speeds):
        left = 0.0
        for number, (name, timed) in enumerate(speed.groups["kernel"].items()):
            label = name if at == 0 else None
            bar = axes.barh(at, timed.ratio, left=left, color=f"C{number}", label=label)
            axes.bar_label(
                bar, [_short(timed.ratio) if timed.ratio > _WIDE else ""], label_type="center", fontsize=7
            )
            left += timed.ratio
        axes.text(left, at, f" {_short(left)}", va="center", fontsize=8)
    axes.set_yticks(range(len(speeds)), [speed.mix.name for speed in speeds])
    axes.invert_yaxis()
    axes.set_xlabel("times as long as findall", fontsize=8)
    axes.set_title(title, fontsize=8)
    figure.legend(loc="outside lower center", ncols=5, fontsize=7)
    figure.savefig(file)
    plt.close(figure)


def draw_phases(file: Path, title: str, speeds: Sequence[MixSpeed]) -> None:
    """How many times as long as findall each phase takes, a bar for each mix."""
    plt = pyplot()
    names = list(speeds[0].groups["phase"])
    figure, axes = plt.subplots(figsize=(9, 1.2 + 0.42 * len(names)), dpi=150)
    _plain(axes, "x")
    room = 0.8 / len(speeds)
    for at, speed in enumerate(speeds):
        ratios = [speed.groups["phase"][name].ratio for name in names]
        places = [line + (at - (len(speeds) - 1) / 2) * room for line in range(len(names))]
        bars = axes.barh(places, ratios, room, label=speed.mix.name, color=_SHADES[at % len(_SHADES)])
        axes.bar_label(bars, [f" {_short(ratio)}" for ratio in ratios], fontsize=6)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.axvline(1, color=_YARD, linestyle=":", linewidth=1)
    axes.set_xlim(right=axes.get_xlim()[1] * 1.6)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.set_xlabel("CPU time of one pass over that of findall on the same texts (log scale)")
    axes.set_title(title, fontsize=10)
    axes.legend(fontsize=8, frameon=False)
    _save(plt, figure, file)


def draw_growth(file: Path, title: str, growths: Sequence[Growth]) -> None:
    """CPU time and memory over the length of a text."""
    plt = pyplot()
    figure, (times, memory) = plt.subplots(1, 2, figsize=(11, 4.6), dpi=150)
    for growth, color in zip(growths, _FORM_COLOURS, strict=False):
        sizes = [point.size for point in growth.points]
        slope = growth.exponent()
        label = f"clean, {growth.form}" + ("" if slope is None else f": size^{slope:.2f} from 10 KB on")
        times.plot(sizes, [p.measured.timed.seconds for p in growth.points], "o-", color=color, label=label)
        first = [p.measured.first for p in growth.points]
        times.plot(sizes, first, "x--", color=color, linewidth=0.8, label=f"clean, {growth.form}, at first")
        yard = [p.measured.timed.yard_seconds for p in growth.points]
        times.plot(sizes, yard, ".:", color=color, linewidth=1, label=f"findall, {growth.form}")
        known = [(p.size, p.measured.added) for p in growth.points if p.measured.added is not None]
        if known:
            memory.plot(*zip(*known, strict=True), "o-", color=color, label=f"clean, {growth.form}")
    for axes, label in ((times, "CPU seconds"), (memory, "MB added at the peak")):
        _plain(axes, "both")
        axes.set_xscale("log")
        axes.set_xlabel("bytes of the text")
        axes.set_ylabel(label)
        axes.legend(fontsize=8, frameon=False, loc="upper left")
    times.set_yscale("log")
    times.set_ylim(top=times.get_ylim()[1] * 300)  # room for the legend
    memory.set_yscale("symlog", linthresh=1)
    memory.set_ylim(0, memory.get_ylim()[1] * 1.5)
    memory.yaxis.set_major_formatter("{x:g}")
    figure.suptitle(title, fontsize=10)
    _save(plt, figure, file)


def draw_rules(file: Path, title: str, growth: RulesGrowth) -> None:
    """How many times as long cleaning takes with more rules."""
    plt = pyplot()
    figure, axes = plt.subplots(figsize=(6.4, 4.4), dpi=150)
    _plain(axes, "both")
    for name, label, color in (("clean", "clean", _OURS), ("rules", "the rules by themselves", _THEIRS)):
        dearer = [growth.dearer(name, times) for times in MULTIPLES]
        axes.plot(MULTIPLES, dearer, "o-", color=color, label=label)
        axes.annotate(
            f"{dearer[-1]:.2f} x", (MULTIPLES[-1], dearer[-1]), xytext=(6, 4), textcoords="offset points",
            fontsize=8, color=color,
        )  # fmt: skip
    axes.plot(MULTIPLES, MULTIPLES, ":", color=_YARD, linewidth=1, label="as many times as rules")
    axes.set_xticks(MULTIPLES, [f"{times} x\n{growth.rules[times]:,} rules" for times in MULTIPLES])
    axes.set_xlim(MULTIPLES[0] - 0.2, MULTIPLES[-1] + 0.5)
    axes.set_ylim(bottom=0)
    axes.set_ylabel("CPU time over that with the shipped rules")
    axes.set_title(title, fontsize=10)
    axes.legend(fontsize=8, frameon=False, loc="upper left")
    _save(plt, figure, file)


def draw_cold(file: Path, title: str, starts: Mapping[str, float]) -> None:
    """Milliseconds of cold starts."""
    plt = pyplot()
    taken = shown(dict(starts))
    figure, axes = plt.subplots(figsize=(7.5, 0.9 + 0.45 * len(taken)), dpi=150)
    _plain(axes, "x")
    colors = [_OURS if "newsclean" in name else _YARD for name in taken]
    names = [name if name == BARE else f"{name}, less bare" for name in taken]
    bars = axes.barh(names, list(taken.values()), color=colors)
    axes.bar_label(bars, [f" {value:.0f} ms" for value in taken.values()], fontsize=8)
    axes.invert_yaxis()
    axes.set_xlim(0, max(taken.values()) * 1.15)
    axes.set_xlabel("milliseconds by the clock on the wall, median")
    axes.set_title(title, fontsize=10)
    _save(plt, figure, file)


def _panels(
    file: Path,
    title: str,
    speeds: Sequence[MixSpeed],
    panel: Callable[[Any, MixSpeed], None],
    size: tuple[float, float],
) -> None:
    plt = pyplot()
    figure, rows = plt.subplots(
        1, len(speeds), figsize=(size[0] * len(speeds), size[1]), dpi=150, squeeze=False
    )
    for axes, speed in zip(rows[0], speeds, strict=True):
        _plain(axes, "x")
        axes.tick_params(labelsize=8)
        panel(axes, speed)
    figure.suptitle(title, fontsize=10)
    _save(plt, figure, file)


def _plain(axes: Any, grid: str) -> None:
    axes.grid(color="#e4e4e4", linewidth=0.7, axis=grid)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _short(figure: float) -> str:
    return f"{figure:.3g}" if figure < 1000 else f"{figure:,.0f}"


def _save(plt: Any, figure: Any, file: Path) -> None:
    figure.tight_layout()
    figure.savefig(file)
    plt.close(figure)
