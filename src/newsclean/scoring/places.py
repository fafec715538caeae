"""What surrounds a line: its place in the document, its neighbours, the document as a whole."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsclean.scoring.table import LineTable, Signs

__all__ = ["document_columns", "near_means", "neighbour_columns", "place_columns", "sign_columns"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
#: Columns of which a line's neighbours are looked at, and how far.
_NEAR = ("words", "ends_sentence", "initials", "prose", "surety", "strength", "lean", "gap", "shared")
_OFFSETS = (-2, -1, 1, 2)
_WINDOWS = (3, 8)
_WINDOWED = ("prose", "surety", "lean", "words", "initials")
_FAR = 30  # lines: farther is alike


def sign_columns(table: LineTable, signs: Signs) -> dict[str, Floats]:
    """What rules say of a line, and of the nearest lines of which they say anything."""
    removed = signs.surety > 0
    above, below = _distances(table, removed)
    category = np.where(removed, signs.category, -1)
    lines = np.arange(len(removed))
    return {
        "strength": signs.strength,
        "surety": signs.surety,
        "category": signs.category.astype(np.float32),
        "covered": signs.covered,
        "removed_above": np.minimum(above, _FAR).astype(np.float32),
        "removed_below": np.minimum(below, _FAR).astype(np.float32),
        "category_above": _at(category, lines - above, above < _FAR),
        "category_below": _at(category, lines + below, below < _FAR),
    }


def place_columns(table: LineTable, prose: NDArray[np.bool_]) -> dict[str, Floats]:
    """Where a line stands; `prose` says which lines are running text that stays."""
    count = np.diff(table.first)
    first, total = table.first[:-1][table.doc], count[table.doc]
    number = np.arange(len(table.start)) - first
    size = table.size
    before = np.cumsum(size) - size
    characters = _sums(size, table)
    start_prose, end_prose = _first_last(table, prose)
    above, below = _distances(table, prose)
    last_line = number == total - 1
    gap_after = np.where(last_line, 0, np.roll(table.gap, -1))
    return {
        "number": np.minimum(number, _FAR).astype(np.float32),
        "from_end": np.minimum(total - 1 - number, _FAR).astype(np.float32),
        "place": ((number + 0.5) / total).astype(np.float32),
        "character_place": ((before - before[first] + size / 2) / characters[table.doc]).astype(np.float32),
        "from_first_prose": np.clip(number - start_prose[table.doc], -_FAR, _FAR).astype(np.float32),
        "from_last_prose": np.clip(number - end_prose[table.doc], -_FAR, _FAR).astype(np.float32),
        "prose_above": np.minimum(above, _FAR).astype(np.float32),
        "prose_below": np.minimum(below, _FAR).astype(np.float32),
        "gap": np.minimum(table.gap, 4).astype(np.float32),
        "gap_after": np.minimum(gap_after, 4).astype(np.float32),
    }


def neighbour_columns(table: LineTable, columns: dict[str, Floats]) -> dict[str, Floats]:
    """Columns of the lines above and below, and their means over windows of lines."""
    made: dict[str, Floats] = {}
    lines = np.arange(len(table.start))
    for offset in _OFFSETS:
        at = lines + offset
        inside = (at >= table.first[:-1][table.doc]) & (at < table.first[1:][table.doc])
        for name in _NEAR:
            made[f"{name}{offset:+d}"] = _at(columns[name], at, inside)
    windowed = np.stack([columns[name] for name in _WINDOWED], axis=1)
    for reach in _WINDOWS:
        means = near_means(windowed, table.first, reach)
        made |= {f"{name}~{reach}": means[:, at] for at, name in enumerate(_WINDOWED)}
    return made


def document_columns(table: LineTable, columns: dict[str, Floats]) -> dict[str, Floats]:
    """Figures of the whole document, the same for each of its lines."""
    count = np.maximum(np.diff(table.first), 1)
    size = table.size.astype(np.float64)
    characters = np.maximum(_sums(size, table), 1)
    figures = {
        "doc_lines": np.log1p(count),
        "doc_characters": np.log1p(characters),
        "doc_line_size": characters / count,
        "doc_prose": _sums(size * columns["prose"], table) / characters,
        "doc_prose_lines": _sums(columns["prose"], table) / count,
        "doc_surety": _sums(columns["surety"], table) / count,
        "doc_lean": _sums(columns["lean"] * size, table) / characters,
        "doc_caseless": _sums(size * columns["caseless"], table) / characters,
        "doc_unspaced": _sums(size * columns["unspaced"], table) / characters,
        "doc_gaps": _sums((table.gap >= 2).astype(np.float64), table) / count,
        "doc_sentences": _sums(columns["ends_sentence"], table) / count,
        "doc_known": _sums(columns["known"] * size, table) / characters,
    }
    return {name: figure[table.doc].astype(np.float32) for name, figure in figures.items()}


def near_means(values: Floats, first: Ints, reach: int) -> Floats:
    """For each line, the means of `values` (lines, columns) over the lines around it, itself left out.

    ``first[d]`` is the first line of document d; lines of other documents do not count.
    """
    lines = np.arange(len(values))
    count = np.diff(first)
    low = np.maximum(lines - reach, np.repeat(first[:-1], count))
    high = np.minimum(lines + reach + 1, np.repeat(first[1:], count))
    total = np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)))
    means = (total[high] - total[low] - values) / np.maximum(high - low - 1, 1)[:, None]
    found: Floats = means.astype(np.float32)
    return found


def _sums(values: NDArray[np.generic], table: LineTable) -> NDArray[np.float64]:
    sums = np.bincount(table.doc, weights=values.astype(np.float64), minlength=len(table.first) - 1)
    return sums.astype(np.float64)


def _at(column: NDArray[np.generic], at: Ints, inside: NDArray[np.bool_]) -> Floats:
    safe = np.clip(at, 0, max(len(column) - 1, 0))
    return np.where(inside, column[safe], np.float32(-1)).astype(np.float32)


def _distances(table: LineTable, which: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Lines to the nearest of `which` above and below in the same document; a large number if there is none."""
    lines = np.arange(len(which))
    far = 10**6
    last = np.maximum.accumulate(np.where(which, lines, -far))
    last = np.concatenate(([-far], last[:-1]))
    above = np.where(last >= table.first[:-1][table.doc], lines - last, far)
    following = np.minimum.accumulate(np.where(which, lines, far)[::-1])[::-1]
    following = np.concatenate((following[1:], [far]))
    below = np.where(following < table.first[1:][table.doc], following - lines, far)
    return above, below


def _first_last(table: LineTable, which: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Number within its document of the first and the last of `which` lines; its ends if there is none."""
    count = np.diff(table.first)
    number = np.arange(len(which)) - table.first[:-1][table.doc]
    first, last = count.copy(), np.full(len(count), -1)
    np.minimum.at(first, table.doc[which], number[which])
    np.maximum.at(last, table.doc[which], number[which])
    return first, last
