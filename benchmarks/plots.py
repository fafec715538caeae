"""Harm against junk removed: profiles and peers as points, a cut on the scores as a curve."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from breakdown import Pair
from newsclean.categories import SEPARATOR
from newsclean.evaluation.score import Score, score_reports
from newsclean.report import Report

_MOST_CUTS = 40


_ROOM = 6  # pixels around a point where no label stands
_OURS, _PALE, _THEIRS = "#1f4e9c", "#9bbbe0", "#b3452c"
#: Where a label may stand beside its point, in points; the last is taken whatever it hides.
_SIDES = ((8, -4), (8, 5), (-8, 5), (-8, -4), (0, 9), (0, -9), (8, 5))


class Box(NamedTuple):
    """A box in pixels."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: Box) -> bool:
        """Whether the two share a point."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.low < other.high
            and other.low < self.high
        )


class Point(NamedTuple):
    """Where a system stands: shares of 1."""

    name: str
    harm: float
    removed: float


def point(name: str, score: Score) -> Point:
    """The point of one score."""
    return Point(name, score.harm, score.removed_share)


def with_cut(report: Report, least: float) -> Report:
    """`report` with only those of its removals that score `least` or more."""
    return report._replace(
        decisions=tuple(
            d._replace(action="keep") if d.category != SEPARATOR and d.score < least else d
            for d in report.decisions
        )
    )


def sweep(pairs: Sequence[Pair], only: frozenset[str] | None = None) -> list[Point]:
    """A point for each score that occurs (evenly picked ones where there are many), the highest cut first."""
    scores = sorted({d.score for _, report in pairs for d in report.junk}, reverse=True)
    step = -(-len(scores) // _MOST_CUTS) or 1
    return [
        point(
            f"{least:.2f}",
            score_reports(((text, with_cut(report, least)) for text, report in pairs), only),
        )
        for least in scores[::step]
    ]


def pyplot() -> Any:
    """Matplotlib's plotting, without a display.

    Raises:
        ModuleNotFoundError: if it is not installed.
    """
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    return plt


def draw(
    file: Path, title: str, profiles: Sequence[Point], curve: Sequence[Point], peers: Sequence[Point]
) -> None:
    """Write the plot to `file`; systems without any harm stand on the left edge, which is marked 0."""
    plt = pyplot()
    least = min((p.harm for p in (*profiles, *curve, *peers) if p.harm), default=1e-5)
    decade = 10.0 ** math.floor(math.log10(least))
    zero = decade / 3
    figure, axes = plt.subplots(figsize=(9, 5.6), dpi=150)
    _axes(axes, zero, decade)

    def places(points: Sequence[Point]) -> list[tuple[float, float]]:
        return [(p.harm or zero, p.removed * 100) for p in points]

    for points, label, look in (
        (curve, "newsclean recall, cut by score", {"color": _PALE, "marker": ".", "linewidth": 1.5}),
        (profiles, "newsclean profiles", {"color": _OURS, "marker": "o", "linewidth": 1.5}),
        (peers, "line rules of others", {"color": _THEIRS, "marker": "s", "linestyle": "none"}),
    ):
        if points:
            axes.plot(*zip(*places(points), strict=True), label=label, **look)
    axes.set_title(title, fontsize=10)
    axes.legend(loc="upper right", fontsize=8, frameon=False)
    figure.tight_layout()
    labels = [(p, color) for group, color in ((profiles, _OURS), (peers, _THEIRS)) for p in group]
    taken = [
        Box(x - _ROOM, y - _ROOM, x + _ROOM, y + _ROOM)
        for line in (places(curve), places(profiles), *([place] for place in places(peers)))
        for x, y in _along([tuple(axes.transData.transform(place)) for place in line])
    ]
    for (p, color), place in zip(labels, places([p for p, _ in labels]), strict=True):
        harm = f"{p.harm * 100:.2g}%" if p.harm else "none"
        _label(axes, place, f"{p.name}\nremoved {p.removed:.0%}, harm {harm}", color, taken)
    figure.savefig(file)
    plt.close(figure)


def _along(line: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The corners of a line in pixels, and points between them near enough to leave no room for a label."""
    for (x, y), (to_x, to_y) in pairwise(line):
        steps = max(1, int(max(abs(to_x - x), abs(to_y - y)) / _ROOM))
        yield from ((x + (to_x - x) * n / steps, y + (to_y - y) * n / steps) for n in range(steps))
    yield from line[-1:]


def _label(axes: Any, place: tuple[float, float], text: str, color: str, taken: list[Box]) -> None:
    """Write `text` beside a point where it hides nothing, if there is such a side."""
    frame = Box(*axes.get_window_extent().extents)
    for at, (dx, dy) in enumerate(_SIDES):
        note = axes.annotate(
            text, place, xytext=(dx, dy), textcoords="offset points", color=color, fontsize=8, linespacing=1.3,
            ha="left" if dx > 0 else "right" if dx < 0 else "center", va="bottom" if dy > 0 else "top",
        )  # fmt: skip
        box = Box(*note.get_window_extent().extents)
        if at == len(_SIDES) - 1 or (
            box.left >= frame.left and box.low >= frame.low and not any(box.meets(other) for other in taken)
        ):
            taken.append(box)
            return
        note.remove()


def _axes(axes: Any, zero: float, decade: float) -> None:
    ticks = [decade * 10**n for n in range(-math.floor(math.log10(decade)) + 1)]
    axes.set_xscale("log")
    axes.set_xticks([zero, *ticks], ["0", *(f"{tick * 100:.6g}%" for tick in ticks)])
    axes.set_xlim(zero / 1.4, 1.2)
    axes.set_ylim(0, 100)
    axes.yaxis.set_major_formatter("{x:.0f}%")
    axes.minorticks_off()
    axes.grid(color="#e4e4e4", linewidth=0.7)
    axes.axvline(zero * 1.7, color="#a0a0a0", linestyle=":", linewidth=1)  # left of it nothing is to scale
    axes.set_axisbelow(True)
    axes.set_xlabel("harm: article characters lost (log scale)")
    axes.set_ylabel("junk characters removed")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
