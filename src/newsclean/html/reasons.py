"""Why blocks scored as they did, in words: which sorts of signals moved their scores most."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from newsclean.html.naming import TYPES
from newsclean.html.shape import Floats
from newsclean.html.signals import NAMES
from newsclean.scoring.forest import Forest

__all__ = ["SORTS", "score_reasons", "sort_of"]

#: Sorts of signals, as reasons name them.
SORTS = (
    "the names of its elements", "its first words", "its links", "its running text", "its size", "its markup",
    "its place", "what surrounds it", "blocks like it", "what the page says of itself", "copies of it", "the page as a whole",
)  # fmt: skip

_NAMES, _WORDS, _LINKS, _PROSE, _SIZE, _MARKUP, _PLACE, _AROUND, _KIN, _TOLD, _COPIES, _PAGE = range(
    len(SORTS)
)
_BY_NAME = {
    "lean": _NAMES, "near": _NAMES, "near_above": _NAMES, "far": _NAMES, "below_best": _NAMES, "rank": _NAMES,
    "word": _WORDS, "linked": _LINKS, "words": _SIZE, "word_length": _PROSE, "upper": _PROSE, "digits": _PROSE,
    "commas": _PROSE, "sentence_ends": _PROSE, "symbols": _PROSE, "ended": _PROSE, "heading": _MARKUP, "hidden": _MARKUP,
    "title": _TOLD, "summary": _TOLD, "body": _TOLD, "copies": _COPIES,
}  # fmt: skip
_BY_START = {
    "is_": _MARKUP, "in_": _MARKUP, "page_": _PAGE, "kind_": _KIN, "pair_": _KIN, "kin_": _KIN,
    "up": _AROUND, "window": _AROUND, "before": _AROUND, "after": _AROUND, "second": _AROUND,
}  # fmt: skip
_MOST, _LEAST = 2, 0.25  # sorts that are named, and the share of the strongest that another has to reach


def sort_of(name: str) -> int:
    """The sort (in `SORTS`) of a signal.

    >>> SORTS[sort_of("linked")], SORTS[sort_of("up2_lean")]
    ('its links', 'the names of its elements')
    """
    if name in TYPES:
        return _PAGE
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name.endswith("_lean"):
        return _NAMES
    if name.endswith("_word"):
        return _WORDS
    return next((sort for start, sort in _BY_START.items() if name.startswith(start)), _PLACE)


@cache
def _sums() -> NDArray[np.float32]:
    """Which signals make each sort: (signals, sorts)."""
    made = np.zeros((len(NAMES), len(SORTS)), dtype=np.float32)
    made[np.arange(len(NAMES)), [sort_of(name) for name in NAMES]] = 1
    return made


def score_reasons(forest: Forest, signals: Floats) -> list[str]:
    """For each block (row) the sorts of signals that moved its score most towards where it ended, in words."""
    moved = forest.contributions(signals) @ _sums()
    moved *= np.sign(moved.sum(1, keepdims=True))
    order = np.argsort(-moved, axis=1, kind="stable")[:, :_MOST]
    made = []
    for row, sorts in zip(moved, order, strict=True):
        strong = [SORTS[sort] for sort in sorts if row[sort] > _LEAST * row[sorts[0]] and row[sort] > 0]
        made.append(" and ".join(strong))
    return made
