"""What a line shares with the rest of its document: words of the story, of the headline, repeated lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsclean.scoring.table import LineTable, distinct
from newsclean.scoring.words import Words, line_hashes

__all__ = ["sharing_columns"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_CONTENT = 5  # letters: shorter words are mostly function words, in any language written with blanks
_DOCUMENT = np.uint64(0xA24BAED4963EE407)
_COMMON = 0.08  # of the lines of prose that hold a word make it a function word
_HEADLINE_WORDS = 3
_SHARES = ("shared", "shared_prose", "shared_names", "common", "headline", "line_below")


def sharing_columns(table: LineTable, words: Words, prose: NDArray[np.bool_]) -> dict[str, Floats]:
    """Shares of a line's words that stand elsewhere in the document; `prose` marks the running text."""
    lines = len(table.start)
    if not len(words.line):
        none = np.full(lines, -1, np.float32)
        return dict.fromkeys(_SHARES, none) | {"repeated": _repeated(table, words)}
    doc = table.doc[words.line]
    keys = words.hash ^ (doc.astype(np.uint64) * _DOCUMENT)
    _, ident = np.unique(keys, return_inverse=True)
    held, held_prose = _lines_holding(ident, words.line, prose)
    elsewhere = held[ident] > 1
    in_prose = held_prose[ident] - prose[words.line] > 0
    prose_lines = np.maximum(np.bincount(table.doc[prose], minlength=len(table.first) - 1), 5)[doc]
    common = held_prose[ident] >= np.maximum(_COMMON * prose_lines, 2)
    content = ((words.length >= _CONTENT) | words.upper | words.unspaced) & ~words.number
    rare = content & ~common
    names = words.upper & ~np.concatenate(([True], words.line[1:] != words.line[:-1]))
    return {
        "shared": _share(elsewhere, rare, words.line, lines),
        "shared_prose": _share(in_prose, rare, words.line, lines),
        "shared_names": _share(in_prose, names, words.line, lines),
        "common": _share(common, ~words.number, words.line, lines),
        "headline": _share(_in_line(ident, words, _headlines(table, words)), content, words.line, lines),
        "line_below": _share(_in_next(ident, words, table), content, words.line, lines),
        "repeated": _repeated(table, words),
    }


def _lines_holding(ident: Ints, line: Ints, prose: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """For each word of a document: the lines that hold it, and those of them that are prose."""
    pairs = distinct(ident * np.int64(line[-1] + 1) + line)
    which, at = pairs // (line[-1] + 1), pairs % (line[-1] + 1)
    size = int(ident.max()) + 1
    return np.bincount(which, minlength=size), np.bincount(which[prose[at]], minlength=size)


def _share(yes: NDArray[np.bool_], of: NDArray[np.bool_], line: Ints, lines: int) -> Floats:
    """Share of each line's `of` words that are `yes`; -1 where it has none."""
    total = np.bincount(line[of], minlength=lines)
    hit = np.bincount(line[of & yes], minlength=lines)
    return np.where(total > 0, hit / np.maximum(total, 1), -1).astype(np.float32)


def _headlines(table: LineTable, words: Words) -> Ints:
    """The first line of each document that may be its headline; -1 if there is none."""
    counts = np.bincount(words.line, minlength=len(table.start))
    fits = np.flatnonzero(counts >= _HEADLINE_WORDS)
    found = np.full(len(table.first) - 1, -1, dtype=np.int64)
    docs, at = np.unique(table.doc[fits], return_index=True)
    found[docs] = fits[at]
    return found


def _in_line(ident: Ints, words: Words, wanted: Ints) -> NDArray[np.bool_]:
    """Whether each word stands in the line wanted of its document (never true for that line itself)."""
    chosen = np.isin(words.line, wanted)
    known = np.zeros(int(ident.max()) + 1, dtype=bool)
    known[ident[chosen]] = True
    return known[ident] & ~chosen


def _in_next(ident: Ints, words: Words, table: LineTable) -> NDArray[np.bool_]:
    """Whether each word stands in the next line of its document too."""
    width = np.int64(len(table.start) + 1)
    have = distinct(ident * width + words.line)
    wanted = ident * width + words.line + 1
    at = np.searchsorted(have, wanted)
    found: NDArray[np.bool_] = have[np.minimum(at, len(have) - 1)] == wanted
    return found


def _repeated(table: LineTable, words: Words) -> Floats:
    """How often the whole line stands in its document beside this once."""
    value = line_hashes(words, len(table.start))
    value ^= table.doc.astype(np.uint64) * _DOCUMENT
    _, ident, count = np.unique(value, return_inverse=True, return_counts=True)
    return np.minimum(count[ident] - 1, 5).astype(np.float32)
