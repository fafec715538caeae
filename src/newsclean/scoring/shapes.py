"""What each line looks like by itself: counts of character classes and words, how it begins and ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsclean.scoring.characters import CLASSES
from newsclean.scoring.table import LineTable, counts_of, lines_of
from newsclean.scoring.words import Words

__all__ = ["shape_columns"]

Floats = NDArray[np.float32]
_CLASS = {name: number for number, name in enumerate(CLASSES)}
_SHARES = ("digit", "comma", "quote", "dash", "divider", "bracket", "colon", "symbol")
_UNSPACED_WORD = 2.2  # characters of Chinese, Japanese or Thai that make about one word
_PROSE_WORDS, _LONG_WORDS = 8, 35
_SHORT_WORD = 3
_CLOSING = np.array([_CLASS["quote"], _CLASS["bracket"]], dtype=np.uint8)


def shape_columns(table: LineTable, words: Words) -> dict[str, Floats]:
    """Columns that need only the line itself."""
    lines = len(table.start)
    size = table.size
    counts = _class_counts(table)
    count = np.bincount(words.line, minlength=lines).astype(np.float32)
    unspaced = np.bincount(words.line, weights=words.unspaced, minlength=lines)
    estimated = count - unspaced * (1 - 1 / _UNSPACED_WORD)
    letters = counts[:, [_CLASS[n] for n in ("lower", "upper", "caseless", "unspaced")]].sum(1)
    spaced = np.maximum(count - unspaced, 1)
    first, last = table.classes[table.start], _last_class(table)
    ends = last == _CLASS["ender"]
    dots = _dots(table)
    columns: dict[str, NDArray[np.generic]] = {
        "size": np.log1p(size),
        "words": np.log1p(estimated),
        "word_length": letters / np.maximum(count, 1),
        "initials": np.bincount(words.line, weights=words.upper, minlength=lines) / spaced,
        "capitals": np.bincount(words.line, weights=words.capitals, minlength=lines) / spaced,
        "numbers": np.bincount(words.line, weights=words.number, minlength=lines) / spaced,
        "short_words": np.bincount(
            words.line,
            weights=(words.length <= _SHORT_WORD) & ~words.number & ~words.unspaced,
            minlength=lines,
        )
        / spaced,
        "letters": letters / size,
        "caseless": counts[:, _CLASS["caseless"]] / size,
        "unspaced": counts[:, _CLASS["unspaced"]] / size,
        "enders": counts[:, _CLASS["ender"]],
        "ends_sentence": ends & ~dots,
        "ends_open": dots | (last == _CLASS["comma"]),
        "ends_colon": last == _CLASS["colon"],
        "ends_letter": (last >= _CLASS["lower"]) & (last <= _CLASS["unspaced"]),
        "ends_digit": last == _CLASS["digit"],
        "ends_bracket": last == _CLASS["bracket"],
        "begins_lower": first == _CLASS["lower"],
        "begins_upper": first == _CLASS["upper"],
        "begins_digit": first == _CLASS["digit"],
        "begins_quote": first == _CLASS["quote"],
        "begins_mark": (first == _CLASS["divider"]) | (first == _CLASS["dash"]) | (first == _CLASS["symbol"]),
        "begins_bracket": first == _CLASS["bracket"],
        "year": _with_word(words, words.number & (words.length == 4), lines),
        "clock": _pairs(table, _CLASS["digit"], _CLASS["colon"]),
        "domain": _pairs(table, _CLASS["lower"], _CLASS["ender"]),
        "marks": _marks(table),
        "prose": ((estimated >= _PROSE_WORDS) & ends & ~dots) | (estimated >= _LONG_WORDS),
    }
    for name in _SHARES:
        columns[f"share_{name}"] = counts[:, _CLASS[name]] / size
    return {name: column.astype(np.float32) for name, column in columns.items()}


def _class_counts(table: LineTable) -> Floats:
    """Characters of each class in each line."""
    kinds = len(CLASSES)
    line = lines_of(table)
    inside = line >= 0
    found = np.bincount(line[inside] * kinds + table.classes[inside], minlength=len(table.start) * kinds)
    return found.reshape(-1, kinds).astype(np.float32)


def _last_class(table: LineTable) -> NDArray[np.uint8]:
    """Class of the last character; if it closes a quote or bracket, of the end of a sentence before it.

    Two closing marks at most are passed over, and only where a sentence ends before them.
    """
    at = table.end - 1
    found: NDArray[np.uint8] = table.classes[at]
    behind = np.isin(found, _CLOSING)
    for back in (1, 2):
        before = table.classes[np.maximum(at - back, 0)]
        inside = at - back >= table.start
        found = np.where(behind & inside & (before == _CLASS["ender"]), before, found)
        behind &= inside & np.isin(before, _CLOSING)
    return found


def _dots(table: LineTable) -> NDArray[np.bool_]:
    """Lines that end in three dots, as cut-off teasers do."""
    last, before = table.codes[table.end - 1], table.codes[np.maximum(table.end - 2, 0)]
    dots: NDArray[np.bool_] = (last == 0x2026) | (
        (last == ord(".")) & (before == ord(".")) & (table.size > 2)
    )
    return dots


def _with_word(words: Words, which: NDArray[np.bool_], lines: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.bincount(words.line[which], minlength=lines) > 0
    return found


def _pairs(table: LineTable, one: int, two: int) -> NDArray[np.int64]:
    """How often a character of class `one`, one of class `two` and one of `one` follow each other."""
    classes = table.classes
    if len(classes) < 3:
        return np.zeros(len(table.start), dtype=np.int64)
    hit = np.zeros(len(classes) + 1, dtype=np.int64)
    hit[3:] = (classes[:-2] == one) & (classes[1:-1] == two) & (classes[2:] == one)
    total = np.cumsum(hit)
    return total[table.end] - total[np.minimum(table.start + 2, table.end)]


def _marks(table: LineTable) -> NDArray[np.int64]:
    """Characters that addresses, handles, tags and rights are written with."""
    hit = np.isin(table.codes, np.array([ord(c) for c in "@#\u00a9\u00ae%&"], dtype=np.uint32))
    return counts_of(table, hit)
