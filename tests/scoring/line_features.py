"""Tables and features of texts, with signs made up so that each line has the same ones wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.document import Document, read_document
from newsclean.scoring.features import feature_columns
from newsclean.scoring.leaning import lean_columns
from newsclean.scoring.shapes import shape_columns
from newsclean.scoring.table import LineTable, Signs, line_table
from newsclean.scoring.words import Words, ngram_hashes, words_of

Floats = NDArray[np.float32]


def documents_of(texts: Sequence[str]) -> list[Document]:
    """The texts, read."""
    return [read_document(text) for text in texts]


def table_of(*texts: str) -> LineTable:
    """The table of texts that follow each other."""
    return line_table(documents_of(texts))


def table_and_words(*texts: str) -> tuple[LineTable, Words]:
    """The table of texts that follow each other, and its words."""
    table = table_of(*texts)
    return table, words_of(table)


def no_signs(lines: int) -> Signs:
    """What rules say about lines of which they say nothing."""
    zero = np.zeros(lines, dtype=np.float32)
    return Signs(zero, zero, np.full(lines, -1, dtype=np.int64), zero)


def signs_by_size(table: LineTable) -> Signs:
    """Signs that follow from the length of a line: nothing, a found line that stays, a removed one, in turn."""
    kind = table.size % 3
    return Signs(
        kind.astype(np.float32),
        np.where(kind == 2, 0.92, 0).astype(np.float32),
        np.where(kind > 0, table.size % 16, -1),
        (table.size % 5 / 5).astype(np.float32),
    )


def features(table: LineTable, signs: Signs | None = None) -> dict[str, Floats]:
    """All features of a table; the words lean to what their hashes say."""
    words = words_of(table)
    lines = len(table.start)
    line, hashes = ngram_hashes(table, words)
    values = ((hashes % np.uint64(7)).astype(np.float32) - 3) / 4
    lean = lean_columns(line, values, lines)
    return feature_columns(table, signs_by_size(table) if signs is None else signs, words, lean)


def shape_of(line: str) -> dict[str, float]:
    """The shape columns of one line."""
    table, words = table_and_words(line)
    assert len(table.start) == 1
    return {name: float(column[0]) for name, column in shape_columns(table, words).items()}
