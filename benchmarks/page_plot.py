"""F1 over milliseconds a page, each extractor a labelled point."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from page_tables import OURS, Figures
from plots import Box, pyplot

_ROOM = 5  # pixels around a point or label where no other label stands
_COLOURS = {True: "#1f4e9c", False: "#b3452c"}  # ours, others
_DISTANCES = (
    9,
    18,
    30,
    45,
    62,
    80,
    100,
)  # points between a point and its label; from the second on a line joins them


def draw(file: Path, title: str, rows: dict[str, Figures]) -> None:
    """Write the plot to `file`; a row without a time is a dashed line at its F1.

    Raises:
        ModuleNotFoundError: if matplotlib is not installed.
        ValueError: if no row has an F1.
    """
    scored = {name: row.f1 for name, row in rows.items() if row.f1 is not None}
    if not scored:
        raise ValueError("expected rows with an F1, got none")
    points = {
        name: (ms, scored[name]) for name, row in rows.items() if name in scored and (ms := row.ms_mean)
    }
    plt = pyplot()
    figure, axes = plt.subplots(figsize=(9, 6), dpi=150)
    _axes(axes, list(points.values()), list(scored.values()))
    axes.set_title(title, fontsize=10)
    for name, (ms, f1) in points.items():
        axes.plot(ms, f1, marker="o" if name in OURS else "s", color=_COLOURS[name in OURS])
    figure.tight_layout()
    frame = Box(*axes.get_window_extent().extents)
    taken = [_around(*axes.transData.transform(place)) for place in points.values()]
    for name in scored.keys() - points.keys():
        axes.axhline(scored[name], color=_COLOURS[name in OURS], linestyle="--", linewidth=1)
        level = axes.transData.transform((1, scored[name]))[1]
        taken.append(Box(frame.left, level - 1, frame.right, level + 1))
        note = axes.annotate(
            f"{name} {scored[name]:.3f}, not timed", (1, scored[name]), xycoords=("axes fraction", "data"),
            xytext=(-4, 3), textcoords="offset points", ha="right", fontsize=8, color=_COLOURS[name in OURS],
        )  # fmt: skip
        taken.append(Box(*note.get_window_extent().extents))
    for name, place in sorted(points.items(), key=lambda item: -item[1][1]):
        _label(axes, place, f"{name} {place[1]:.3f}", _COLOURS[name in OURS], frame, taken)
    figure.savefig(file, format="png")
    plt.close(figure)


def _axes(axes: Any, points: list[tuple[float, float]], f1: list[float]) -> None:
    times = [ms for ms, _ in points] or [1.0]
    axes.set_xscale("log")
    axes.set_xlim(min(times) / 1.8, max(times) * 2.5)
    room = max(0.02, (max(f1) - min(f1)) * 0.12)
    axes.set_ylim(max(-0.02, min(f1) - room), min(1.02, max(f1) + room))
    axes.xaxis.set_major_formatter("{x:g}")
    axes.grid(color="#e4e4e4", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.set_xlabel("CPU time a page in milliseconds, mean (log scale)")
    axes.set_ylabel("F1 over bags of words, mean over pages")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _label(
    axes: Any, place: tuple[float, float], text: str, color: str, frame: Box, taken: list[Box]
) -> None:
    """Write `text` near a point where it hides nothing; on the last place tried if there is no such one."""
    note = None
    for distance, dx, dy in _places():
        if note is not None:
            note.remove()
        line = {"arrowstyle": "-", "color": color, "linewidth": 0.5} if distance > _DISTANCES[0] else None
        note = axes.annotate(
            text, place, xytext=(dx, dy), textcoords="offset points", color=color, fontsize=8, arrowprops=line,
            ha="left" if dx > 1 else "right" if dx < -1 else "center", va="center" if abs(dy) < 1 else "baseline",
        )  # fmt: skip
        box = _box(note)
        if _inside(box, frame) and not any(box.meets(other) for other in taken):
            break
    if note is not None:
        box = _box(note)
        taken.append(Box(box.left - _ROOM, box.low - _ROOM, box.right + _ROOM, box.high + _ROOM))


def _places() -> Iterator[tuple[int, float, float]]:
    for distance in _DISTANCES:
        for eighth in (0, 4, 1, 7, 3, 5, 0.5, 7.5, 3.5, 4.5, 1.5, 6.5, 2.5, 5.5, 2, 6):
            angle = eighth * math.pi / 4
            yield distance, distance * math.cos(angle), distance * math.sin(angle)


def _box(note: Any) -> Box:
    from matplotlib.text import Text

    note.get_window_extent()  # which puts it in its place, but gives a box that holds its line too
    return Box(*Text.get_window_extent(note).extents)


def _around(x: float, y: float) -> Box:
    return Box(x - _ROOM, y - _ROOM, x + _ROOM, y + _ROOM)


def _inside(box: Box, frame: Box) -> bool:
    return (
        box.left >= frame.left
        and box.low >= frame.low
        and box.right <= frame.right
        and box.high <= frame.high
    )
