"""How time and memory grow with the length of a text, as one line and as many."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from speed_clock import exponent
from speed_memory import Measured, measured
from speed_mixes import byte_size, joined
from speed_peers import FINDALL

__all__ = ["FORMS", "Growth", "Point", "growth_over_length", "sizes_up_to"]

#: How a long text is made of articles -> whether all of it is one line.
FORMS = {"many lines": False, "one line": True}
_SMALLEST = 1_000
_SETTLED = 10_000  # bytes from which on what a call costs by itself does not count
_STARTING = 10.0  # seconds that a process takes to load and warm up, at the very most
_WARM, _WARM_TEXTS = 10_000, 20  # bytes of a long text, and texts, that are cleaned before
_SLACK = 6  # times as long as thought a measurement may take before it is stopped


class Point(NamedTuple):
    """A text of so many bytes, and what it took: at first, and once nothing more is to go."""

    size: int
    measured: Measured


class Growth(NamedTuple):
    """The points of one form of text, by size, and why larger ones were left out ("" if none was)."""

    form: str
    points: tuple[Point, ...]
    left_out: str = ""

    def exponent(self) -> float | None:
        """The exponent of CPU time over size, for sizes at which what a call costs by itself does not count.

        It is that of texts in which nothing is to go, which are gone over once.
        """
        return self._exponent([point.measured.timed.seconds for point in self.points])

    def first_exponent(self) -> float | None:
        """The same for the texts as they come."""
        return self._exponent([point.measured.first for point in self.points])

    def yard_exponent(self) -> float | None:
        """The same for the yardstick on the same texts."""
        return self._exponent([point.measured.timed.yard_seconds for point in self.points])

    def exponents(self) -> dict[str, float | None]:
        """All of them, by what grows."""
        return {
            "time": self.exponent(),
            "time at first": self.first_exponent(),
            FINDALL: self.yard_exponent(),
            "memory": self.memory_exponent(),
        }

    def memory_exponent(self) -> float | None:
        """The exponent of added memory over size, where it is known and not too little to tell."""
        known = [(point.size, point.measured.added or 0) for point in self.points if point.size >= _SETTLED]
        told = [(size, added) for size, added in known if added >= 1]
        return exponent(*zip(*told, strict=True)) if told else None

    def _exponent(self, seconds: Sequence[float]) -> float | None:
        pairs = [(p.size, s) for p, s in zip(self.points, seconds, strict=True) if p.size >= _SETTLED]
        return exponent(*zip(*pairs, strict=True)) if pairs else None


def sizes_up_to(largest: int) -> list[int]:
    """1 KB, 3 KB, 10 KB and so on.

    >>> sizes_up_to(10_000)
    [1000, 3000, 10000]
    """
    steps = itertools.count()
    sizes = (_SMALLEST * 10 ** (step // 2) * (3 if step % 2 else 1) for step in steps)
    return list(itertools.takewhile(lambda size: size <= largest, sizes))


def growth_over_length(
    texts: Sequence[str], largest: int, rounds: int, patience: float | None
) -> list[Growth]:
    """`clean` on texts of rising size in both forms, each in a process of its own.

    A size that would take longer than `patience` seconds, by the one before, is left out with all larger ones, and so
    is one that takes much longer than that when it is tried.
    """
    return [_of_form(form, texts, sizes_up_to(largest), rounds, patience) for form in FORMS]


def _of_form(
    form: str, texts: Sequence[str], sizes: Sequence[int], rounds: int, patience: float | None
) -> Growth:
    points: list[Point] = []
    warm = [joined(texts, _WARM, one_line=FORMS[form]), *texts[:_WARM_TEXTS]]
    for size in sizes:
        expected = 2 * points[-1].measured.first * size / points[-1].size if points else 0.0
        if patience is not None and expected > patience:
            return Growth(form, tuple(points), f"from {size:,} bytes on: would take {expected:.0f} s")
        text = joined(texts, size, one_line=FORMS[form])
        limit = None if patience is None else _STARTING + _SLACK * (patience + rounds)
        found = measured([text], "clean", rounds, warm, limit)
        if found is None:
            return Growth(form, tuple(points), f"from {size:,} bytes on: stopped after {limit:.0f} s")
        points.append(Point(byte_size(text), found))
    return Growth(form, tuple(points))
