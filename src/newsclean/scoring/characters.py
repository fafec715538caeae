"""Characters as the scorer sees them: one class each, so that lines of all scripts are counted alike."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from newsclean.scoring.kinds import BY_CATEGORY, CALLED_UNSPACED, CHARS, CLASSES, NUMBER_OF, by_category

__all__ = ["CLASSES", "classes_of"]


@cache
def _table() -> NDArray[np.uint8]:
    table = np.zeros(0x110000, dtype=np.uint8)
    # the ranges by their general category; done once, in a tenth of a second
    table[:] = NUMBER_OF["other"]
    table[0x2000:] = NUMBER_OF["symbol"]
    for start, end in BY_CATEGORY:
        for code in range(start, end + 1):
            table[code] = by_category(chr(code))
    table[0xAC00:0xD7A4] = NUMBER_OF["caseless"]
    for first, last in CALLED_UNSPACED:
        letters = table[first : last + 1]
        letters[:] = NUMBER_OF["unspaced"]
    for name, chars in CHARS.items():
        for char in chars:
            table[ord(char)] = NUMBER_OF[name]
    return table


def classes_of(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """The class number of each code point."""
    found: NDArray[np.uint8] = _table()[codes]
    return found
