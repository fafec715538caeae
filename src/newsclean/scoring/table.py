"""Many documents as one table of lines over one array of code points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.document import Document
from newsclean.scoring.characters import classes_of

__all__ = ["LineTable", "Signs", "counts_of", "distinct", "line_table", "lines_of"]

Ints = NDArray[np.int64]


class Signs(NamedTuple):
    """What rules found and decided about the lines of a document, one value a line.

    `strength`: 0 nothing, 1 hint, 2 likely, 3 certain. `surety`: score of the removal, 0 if the line stays.
    `category`: number of the category found, -1 for none. `covered`: share of the line that found pieces
    cover.
    """

    strength: NDArray[np.float32]
    surety: NDArray[np.float32]
    category: Ints
    covered: NDArray[np.float32]


class LineTable(NamedTuple):
    """`codes` and `folded` are the code points of all documents, one after the other.

    `start`, `end` bound each line in them, `doc` is the number of its document, `gap` the line breaks before
    it; the lines of document d are ``first[d]`` to ``first[d + 1]``. `classes` are those of `codes`.
    """

    codes: NDArray[np.uint32]
    folded: NDArray[np.uint32]
    classes: NDArray[np.uint8]
    start: Ints
    end: Ints
    doc: Ints
    gap: Ints
    first: Ints

    @property
    def size(self) -> Ints:
        """Characters of each line."""
        return self.end - self.start


def counts_of(table: LineTable, hit: NDArray[np.bool_]) -> Ints:
    """How many of the characters of each line are hit."""
    total = np.concatenate(([0], np.cumsum(hit)))
    found: Ints = total[table.end] - total[table.start]
    return found


def lines_of(table: LineTable) -> Ints:
    """The line of each character; -1 between lines."""
    line = np.full(len(table.classes), -1, dtype=np.int64)
    size = table.size
    at = np.repeat(table.start - np.cumsum(size) + size, size) + np.arange(int(size.sum()))
    line[at] = np.repeat(np.arange(len(size)), size)
    return line


def line_table(documents: Sequence[Document]) -> LineTable:
    """The lines of `documents` as one table."""
    tidy = "\n".join(document.tidy for document in documents)
    folded = "\n".join(document.folded for document in documents)
    codes = _codes(tidy)
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[int] = []
    counts: list[int] = []
    at = 0
    for document in documents:
        for line in document.lines:
            starts.append(at + line.start)
            ends.append(at + line.end)
            gaps.append(line.gap)
        counts.append(len(document.lines))
        at += len(document.tidy) + 1
    count = np.array(counts, dtype=np.int64)
    return LineTable(
        codes,
        _codes(folded),
        classes_of(codes),
        np.array(starts, dtype=np.int64),
        np.array(ends, dtype=np.int64),
        np.repeat(np.arange(len(documents)), count),
        np.array(gaps, dtype=np.int64),
        np.concatenate(([0], np.cumsum(count))),
    )


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def distinct(keys: Ints) -> Ints:
    """The different keys, sorted: `numpy.unique`, which hashes first, takes four to seventeen times as long.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    every = np.sort(keys)
    found: Ints = every[np.concatenate((np.ones(len(every[:1]), bool), every[1:] != every[:-1]))]
    return found
