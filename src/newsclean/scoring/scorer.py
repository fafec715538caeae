"""Scores of the lines of documents: probability of junk, its category, and why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from newsclean.document import Document
from newsclean.scoring.features import feature_columns
from newsclean.scoring.leaning import lean_columns, unique_hashes
from newsclean.scoring.model import Model
from newsclean.scoring.places import near_means
from newsclean.scoring.table import Signs, line_table
from newsclean.scoring.words import ngram_hashes, words_of

__all__ = ["Scored", "kind_matrix", "told_reason"]

Floats = NDArray[np.float32]
_KIND_REACH = 3  # lines around that tell what kind of junk a line is

# What groups of columns are called in a reason; a column's name up to its offset leads here.
_GROUPS = {
    "its words": ("lean", "lean_sum", "lean_high", "lean_low", "known"),
    "its place": [
        "number",
        "from_end",
        "place",
        "character_place",
        "from_first_prose",
        "from_last_prose",
        "prose_above",
        "prose_below",
        "gap",
        "gap_after",
    ],
    "rules that match here": ["strength", "surety", "category", "covered"],
    "boilerplate near by": ["removed_above", "removed_below", "category_above", "category_below"],
    "what it shares with the text": [
        "shared",
        "shared_prose",
        "shared_names",
        "common",
        "headline",
        "line_below",
        "repeated",
    ],
}
_GROUP_OF = {name: group for group, names in _GROUPS.items() for name in names}


class Scored:
    """The scores of the lines of one or more documents, in order.

    `probability` is the calibrated probability of junk of each line.
    """

    def __init__(self, model: Model, documents: Sequence[Document], signs: Signs) -> None:
        self._model = model
        table = line_table(documents)
        self._table, words = table, words_of(table)
        line, hashes = ngram_hashes(table, words)
        bits = len(model.leanings.weights).bit_length() - 1
        self._line, self._buckets = unique_hashes(line, hashes, bits)
        lines = len(table.start)
        lean = lean_columns(self._line, model.leanings.values(self._buckets), lines)
        columns = feature_columns(table, signs, words, lean)
        self._matrix: Floats = np.stack([columns[name] for name in model.columns], axis=1)
        odds = model.lines.sums(self._matrix)[:, 0]
        self.probability: Floats = np.interp(odds, model.odds, model.probability).astype(np.float32)
        self._kinds: Floats | None = None

    def category(self, line: int) -> str:
        """The likeliest category of a line, if it is junk."""
        if self._kinds is None:
            model = self._model
            bits = len(model.kind_leanings.weights).bit_length() - 1
            buckets = self._buckets & ((1 << bits) - 1)
            leans = model.kind_leanings.sums(self._line, buckets, len(self._table.start))
            self._kinds = kind_matrix(self._matrix, leans, self._table.first)
        sums = self._model.kinds.sums(self._kinds[line : line + 1], len(self._model.categories))
        return self._model.categories[int(sums[0].argmax())]

    def reason(self, line: int) -> str:
        """What spoke most for junk, in words."""
        return told_reason(self._model.columns, self._model.lines.contributions(self._matrix[line]).tolist())


def told_reason(columns: Sequence[str], moved: Sequence[float]) -> str:
    """What spoke most for junk, in words, from how much each column moved the odds.

    >>> told_reason(("lean", "gap", "doc_lines"), (0.5, -1.0, 0.1))
    'by its words, the text as a whole'
    """
    names, numbers = _groups_of(tuple(columns))
    total = [0.0] * len(names)
    for group, by in zip(numbers, moved, strict=True):
        total[group] += by
    best = sorted((group for group, by in enumerate(total) if by > 0), key=lambda group: -total[group])
    return f"by {', '.join([names[group] for group in best[:3]])}" if best else "by all together"


@cache
def _groups_of(columns: tuple[str, ...]) -> tuple[list[str], list[int]]:
    """What groups of columns are called, and the number of each column's."""
    names = list(dict.fromkeys(map(_group, columns)))
    return names, [names.index(_group(column)) for column in columns]


def _group(column: str) -> str:
    if "~" in column or column[-2:-1] in ("+", "-"):
        return "its neighbours"
    if column.startswith("doc_"):
        return "the text as a whole"
    return _GROUP_OF.get(column, "its shape")


def kind_matrix(matrix: Floats, leans: Floats, first: NDArray[np.int64]) -> Floats:
    """The columns by which categories are told apart: all features, what the words lean to, here and near by."""
    return np.concatenate((matrix, leans, near_means(leans, first, _KIND_REACH)), axis=1)
