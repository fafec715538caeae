"""How well intrusions are found: by spans, by characters, by kind, and what honest texts suffer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.errors import DataFormatError
from newsclean.offtopic.blocks import Blocks, best_apart
from newsclean.offtopic.reasons import KINDS
from newsclean.training.offtopic.judges import KIND_OF_CLASS, Judged, runs_of
from newsclean.training.offtopic.rows import Units

__all__ = ["Figures", "figures", "pick_limits"]

_MATCH = 0.5  # of the characters of two spans together that they share, if they are to be one
#: What a profile promises: least precision of spans, most honest texts touched, most article characters lost (shares).
PROMISED = {
    "precision": (0.99, 0.005, 0.0003),
    "balanced": (0.955, 0.02, 0.001),
    "recall": (0.9, 0.05, 0.003),
}
_GRID = np.arange(0.1, 0.96, 0.01)
_STRETCH = 3  # limits


class Figures(NamedTuple):
    """Counts over some texts at one limit.

    Spans that were `found` of `spans`, those taken wrongly (`false`) and exactly (`exact`); `article` characters and
    those `lost`; honest texts and those `touched`; spans found and all by kind.
    """

    spans: int
    found: int
    false: int
    exact: int
    article: int
    lost: int
    honest: int
    touched: int
    kinds: dict[str, tuple[int, int]]

    @property
    def precision(self) -> float:
        """Share of the spans taken that are intrusions."""
        return self.found / max(self.found + self.false, 1)

    @property
    def recall(self) -> float:
        """Share of the intrusions that were taken."""
        return self.found / max(self.spans, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)

    def to_dict(self) -> dict[str, Any]:
        """Shares for people."""
        return {
            "spans": self.spans,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "exact": round(self.exact / max(self.found, 1), 4),
            "harm": round(self.lost / max(self.article, 1), 6),
            "honest": self.honest,
            "touched": self.touched,
            "kinds": {kind: f"{found}/{total}" for kind, (found, total) in self.kinds.items()},
        }


def figures(units: Units, judged: Judged, limit: float, sources: Iterable[str]) -> Figures:
    """The figures over the texts of some sources, every text judged by trees that have not seen its site."""
    wanted = set(sources)
    likely = np.flatnonzero(judged.score >= limit)
    taken: dict[int, list[int]] = {}
    for block, text in zip(likely.tolist(), judged.text[likely].tolist(), strict=True):
        taken.setdefault(text, []).append(block)
    counts = dict.fromkeys(Figures._fields[:-1], 0)
    kinds = {kind: [0, 0] for kind in KINDS}
    for text, host in enumerate(units.hosts):
        if host.source in wanted:
            _count(units, judged, text, taken.get(text, []), counts, kinds)
    return Figures(**counts, kinds={kind: (found, total) for kind, (found, total) in kinds.items()})


def _count(
    units: Units, judged: Judged, text: int, blocks: list[int], counts: dict[str, int], kinds: dict[str, list[int]]
) -> None:  # fmt: skip
    own = units.of(text)
    off = units.label[own] > 0
    size = np.concatenate(([0], np.cumsum(units.size[own])))
    here = Blocks(judged.blocks.start[blocks], judged.blocks.end[blocks])
    best = best_apart(here, judged.score[blocks], 0)
    chosen = list(zip(here.start[best].tolist(), here.end[best].tolist(), strict=True))
    gone = np.zeros(len(off), dtype=bool)
    for start, end in chosen:
        gone[start:end] = True
    right = runs_of(off)
    counts["article"] += int(units.size[own][~off].sum())
    counts["lost"] += int(units.size[own][gone & ~off].sum())
    counts["honest"] += not right
    counts["touched"] += not right and bool(chosen)
    counts["spans"] += len(right)
    matched = [any(_same(one, other, size) for other in right) for one in chosen]
    counts["false"] += len(chosen) - sum(matched)
    counts["exact"] += len(set(chosen) & set(right))
    for one in right:
        hit = any(_same(one, other, size) for other in chosen)
        counts["found"] += hit
        kind = KINDS[KIND_OF_CLASS[np.bincount(units.label[own][slice(*one)]).argmax() - 1]]
        kinds[kind][0] += hit
        kinds[kind][1] += 1


def _same(one: tuple[int, int], other: tuple[int, int], size: NDArray[np.int64]) -> bool:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    if high <= low:
        return False
    union = size[max(one[1], other[1])] - size[min(one[0], other[0])]
    return bool(size[high] - size[low] > _MATCH * union)


def pick_limits(units: Units, judged: Judged, sources: Iterable[str]) -> dict[str, float]:
    """For each profile the least limit from which on all of its promises hold for a stretch, out of fold.

    A stretch, since a single limit may keep them by chance. Where there is none, the limit is 1 and nothing goes.

    Raises:
        DataFormatError: if none of the texts is of these sources.
    """
    found = [figures(units, judged, limit, sources) for limit in _GRID.tolist()]
    if not found[0].article:
        raise DataFormatError("expected texts to pick limits by, got none")
    limits: dict[str, float] = {}
    for profile, (precision, touched, harm) in PROMISED.items():
        kept = [
            one.lost <= harm * one.article
            and one.touched <= touched * one.honest
            and (one.precision >= precision or not one.found + one.false)
            for one in found
        ]
        held = (at for at in range(len(kept)) if all(kept[at : at + _STRETCH]))
        limits[profile] = round(float(_GRID[first]), 4) if (first := next(held, -1)) >= 0 else 1.0
    return limits
