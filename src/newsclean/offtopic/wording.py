"""The wording of units as hashes: words, character runs, and the frame left when names and topics are blanked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsclean.offtopic.reading import Reading
from newsclean.scoring.words import character_hashes, mixed, word_hashes

__all__ = ["frame_hashes", "wording_hashes"]

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
_COMMON = 0.45  # rarity below which a word is part of the frame
_LONGEST = 4  # words of the frame taken together
_MARKS = np.array([ord(char) for char in '$€£¥%?!:;()[]"'], dtype=np.uint32)
_SALT = np.uint64(0x9E3779B97F4A7C15)
_NUMBER, _CAPITALS, _NAME, _WORD = (np.uint64(1000 * kind) for kind in (1, 2, 3, 4))
_WORD_SIZES = 2  # sizes, of five letters each, by which blanked words are told apart


def wording_hashes(reading: Reading) -> tuple[Ints, Hashes, int]:
    """Unit and hash of all that stands in each unit; and how many, from the first on, are not runs of characters.

    Those are the words, pairs of words, frames and telling marks; the runs are of 3 to 5 characters.
    """
    bare = [word_hashes(reading.words, len(reading.table.start)), *frame_hashes(reading), _marks(reading)]
    parts = [*bare, *character_hashes(reading.table)]
    return (
        np.concatenate([unit for unit, _ in parts]),
        np.concatenate([value for _, value in parts]),
        sum(len(unit) for unit, _ in bare),
    )


def frame_hashes(reading: Reading) -> list[tuple[Ints, Hashes]]:
    """Runs of one to four words in which everything but common words is blanked to its kind.

    "Acme was founded in 1908 by" and "Zenit was founded in 1932 by" read alike: tone without topic.
    """
    words = reading.words
    sizes = np.minimum(words.length // 5, _WORD_SIZES).astype(np.uint64)
    blank = np.where(words.upper, _NAME, _WORD + sizes)
    blank = np.where(words.capitals, _CAPITALS, blank)
    blank = np.where(words.number, _NUMBER + words.length.astype(np.uint64), blank)
    token = np.where((reading.rarity < _COMMON) & ~words.number, words.hash, blank * _SALT)
    line = words.line
    found: list[tuple[Ints, Hashes]] = []
    run = token
    for length in range(1, _LONGEST + 1):
        count = len(token) - length + 1
        if count <= 0:
            break
        if length > 1:
            run = mixed(run[:count], token[length - 1 :], 20 + length)
        whole = line[:count] == line[length - 1 :]
        found.append((line[:count][whole], run[whole] ^ np.uint64(length * 7919)))
    return [*found, *_openings(token, line)]


def _openings(token: Hashes, line: Ints) -> list[tuple[Ints, Hashes]]:
    """The first word and the first two words of each unit."""
    if not len(line):
        return []
    first = np.concatenate(([True], line[1:] != line[:-1]))
    two = np.flatnonzero(first[:-1] & ~first[1:])
    return [
        (line[first], mixed(token[first], np.uint64(1), 51)),
        (line[two], mixed(mixed(token[two], token[two + 1], 53), np.uint64(3), 55)),
    ]


def _marks(reading: Reading) -> tuple[Ints, Hashes]:
    table = reading.table
    at = np.flatnonzero(np.isin(table.codes, _MARKS))
    unit = np.searchsorted(table.start, at, side="right") - 1
    inside = (unit >= 0) & (at < table.end[np.maximum(unit, 0)])
    at, unit = at[inside], unit[inside]
    return unit, mixed(table.codes[at].astype(np.uint64), np.uint64(5), 57)
