"""Words of a line table as hashes, and what they say: how common, how repeated, how much of the story."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.scoring.characters import CLASSES
from newsclean.scoring.table import LineTable, lines_of

__all__ = [
    "Words",
    "character_hashes",
    "line_hashes",
    "mixed",
    "ngram_hashes",
    "stem_hashes",
    "word_hashes",
    "words_of",
]

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_LOWER, _UPPER, _CASELESS, _UNSPACED, _DIGIT = (
    CLASSES.index(name) for name in ("lower", "upper", "caseless", "unspaced", "digit")
)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that its powers can be divided by
_MIX = np.uint64(0xD6E8FEB86659FD93)
_RUNS = (3, 4, 5)  # characters: short enough to be met again, long enough to tell something


class Words(NamedTuple):
    """The words of all lines, in order: a word is a run of letters or digits, or one unspaced character.

    `line` is the line each stands in, `hash` a hash of its folded form with every digit alike, `length` its
    characters, `upper` and `capitals` whether it begins with, or is all, capitals, `number` whether it is
    one, `unspaced` whether it is a character of a script without blanks, `start` where in the table it begins.
    """

    line: Ints
    hash: Hashes
    length: Ints
    upper: NDArray[np.bool_]
    capitals: NDArray[np.bool_]
    number: NDArray[np.bool_]
    unspaced: NDArray[np.bool_]
    start: Ints


@cache
def _powers(size: int) -> tuple[Hashes, Hashes]:
    up: Hashes = np.cumprod(np.full(size, _FACTOR, dtype=np.uint64), dtype=np.uint64)
    inverse = np.uint64(pow(int(_FACTOR), -1, 1 << 64))
    down: Hashes = np.cumprod(np.full(size, inverse, dtype=np.uint64), dtype=np.uint64)
    return up, down


def words_of(table: LineTable) -> Words:
    """The words of a line table."""
    classes = table.classes
    covered = lines_of(table) >= 0
    unspaced = (classes == _UNSPACED) & covered
    spaced = (
        (classes == _LOWER) | (classes == _UPPER) | (classes == _CASELESS) | (classes == _DIGIT)
    ) & covered
    before = np.concatenate(([False], spaced[:-1]))
    starts = np.flatnonzero((spaced & ~before) | unspaced)
    after = np.concatenate((spaced[1:], [False]))
    ends = np.flatnonzero((spaced & ~after) | unspaced) + 1
    capital = np.concatenate(([0], np.cumsum(classes == _UPPER)))
    small = np.concatenate(([0], np.cumsum((classes == _LOWER) | (classes == _CASELESS))))
    return Words(
        np.searchsorted(table.start, starts, side="right") - 1,
        _hashes(*_prefix_sums(_letters(table)), starts, ends),
        ends - starts,
        classes[starts] == _UPPER,
        (capital[ends] - capital[starts] >= 2) & (small[ends] == small[starts]),
        classes[starts] == _DIGIT,
        unspaced[starts],
        starts,
    )


def stem_hashes(table: LineTable, words: Words, letters: int) -> Hashes:
    """A hash of the first `letters` letters of each word, so that most forms of a word are one."""
    ends = words.start + np.minimum(words.length, letters)
    return _hashes(*_prefix_sums(_letters(table)), words.start, ends)


def _letters(table: LineTable) -> Hashes:
    """Folded code points with every digit alike."""
    return np.where(table.classes == _DIGIT, np.uint32(48), table.folded).astype(np.uint64)


def _prefix_sums(letters: Hashes) -> tuple[Hashes, Hashes]:
    """From which the hash of any run of characters follows: sums of powers up to each position, and divisors."""
    up, down = _powers(1 << max(10, len(letters).bit_length()))
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(letters * up[: len(letters)])))
    return sums, down


def _hashes(sums: Hashes, down: Hashes, starts: Ints, ends: Ints) -> Hashes:
    hashes = (sums[ends] - sums[starts]) * down[starts]
    hashes ^= hashes >> np.uint64(29)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(32)
    return hashes


def ngram_hashes(table: LineTable, words: Words) -> tuple[Ints, Hashes]:
    """Line and hash of what stands in each line.

    That is its words, pairs of words, first and last word, the whole line if it has up to four words, and its
    runs of 3 to 5 characters, so that unknown forms of known words count.
    """
    parts = [word_hashes(words, len(table.start)), *character_hashes(table)]
    return np.concatenate([line for line, _ in parts]), np.concatenate([value for _, value in parts])


def word_hashes(words: Words, lines: int) -> tuple[Ints, Hashes]:
    """Line and hash of each line's words, pairs of words, first and last word, and of all if they are few."""
    line, value = words.line, words.hash
    if not len(line):
        return line, value
    same = line[1:] == line[:-1]
    first = np.concatenate(([True], ~same))
    last = np.concatenate((~same, [True]))
    pairs = mixed(value[:-1], value[1:], 3)[same]
    counts = np.bincount(line, minlength=lines)
    short = (counts > 0) & (counts <= 4)
    return (
        np.concatenate((line, line[:-1][same], line[first], line[last], np.flatnonzero(short))),
        np.concatenate(
            (
                value,
                pairs,
                mixed(value[first], np.uint64(1), 5),
                mixed(value[last], np.uint64(1), 7),
                mixed(line_hashes(words, lines)[short], np.uint64(1), 9),
            )
        ),
    )


def line_hashes(words: Words, lines: int) -> Hashes:
    """A hash of all words of each line in their order; 0 for a line without words."""
    line = words.line
    whole = np.zeros(lines, dtype=np.uint64)
    first = np.concatenate(([True], line[1:] != line[:-1]))
    position = np.arange(len(line)) - np.flatnonzero(first)[np.cumsum(first) - 1]
    np.add.at(whole, line, words.hash * (2 * position.astype(np.uint64) + np.uint64(1)))
    return whole


def character_hashes(table: LineTable) -> Iterator[tuple[Ints, Hashes]]:
    """Line and hash of the runs of 3, of 4, and of 5 characters in each line."""
    letters = _letters(table)
    sums, down = _prefix_sums(letters)
    covered = lines_of(table)
    for length in _RUNS:
        if len(letters) < length:
            return
        starts = np.arange(len(letters) - length + 1)
        line = covered[: len(starts)]
        starts = starts[(line >= 0) & (line == covered[length - 1 :])]
        yield covered[starts], mixed(_hashes(sums, down, starts, starts + length), np.uint64(length), 11)


def mixed(one: Hashes, two: Hashes | np.uint64, salt: int) -> Hashes:
    """A hash of two hashes in their order; `salt` tells one use from another."""
    with np.errstate(over="ignore"):  # hashes wrap around
        made: Hashes = (one * np.uint64(2 * salt + 1)) ^ (two * _FACTOR + np.uint64(salt))
    made ^= made >> np.uint64(31)
    made *= _MIX
    made ^= made >> np.uint64(30)
    return made
