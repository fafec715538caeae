"""Characters as the scorer sees them: one class each, so that lines of all scripts are counted alike."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["CLASSES", "classes_of"]

#: The classes, by number.
CLASSES = (
    "other",
    "lower",
    "upper",
    "caseless",  # letters of scripts with blanks between words, but without capitals
    "unspaced",  # letters of scripts without blanks between words
    "digit",
    "ender",  # of sentences
    "comma",
    "quote",
    "dash",
    "divider",  # bullets, pipes, slashes, arrows
    "bracket",
    "colon",
    "symbol",
    "blank",
)
_NUMBER = {name: number for number, name in enumerate(CLASSES)}
_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17D3),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)
_CHARS = {
    "ender": ".!?\u2026\u3002\uff01\uff1f\u0964\u061f\u06d4",
    "comma": ",\u3001\uff0c\u060c",
    "quote": "\"'\u00ab\u00bb\u2039\u203a\u300c\u300d\u300e\u300f",
    "dash": "-",
    "divider": "|/\\\u00b7\u2022\u25aa\u25cf\u25e6\u25ba\u25b6\u2192\u2190\u203b>*\u2013_~+=",
    "bracket": "()[]{}\uff08\uff09\u3010\u3011",
    "colon": ":;\uff1a\uff1b\u061b",
    "blank": " \n",
}


@cache
def _table() -> NDArray[np.uint8]:
    table = np.zeros(0x110000, dtype=np.uint8)
    # the ranges by their general category; done once, in a tenth of a second
    table[:] = _NUMBER["other"]
    table[0x2000:] = _NUMBER["symbol"]
    for code in range(0x80, 0x3000):
        table[code] = _by_category(chr(code))
    for code in range(0x21, 0x80):
        table[code] = _by_category(chr(code))
    for start, end in ((0xA640, 0xA7FF), (0xA8E0, 0xABFF), (0xFB00, 0xFEFF), (0xFF00, 0xFFEF)):
        for code in range(start, end + 1):
            table[code] = _by_category(chr(code))
    table[0xAC00:0xD7A4] = _NUMBER["caseless"]
    for first, last in (*_UNSPACED, (0x20000, 0x3134F)):
        letters = table[first : last + 1]
        letters[:] = _NUMBER["unspaced"]
    for name, chars in _CHARS.items():
        for char in chars:
            table[ord(char)] = _NUMBER[name]
    return table


def _by_category(char: str) -> int:
    category = unicodedata.category(char)
    if category in ("Ll", "Lo", "Lm", "Lt", "Mn", "Mc"):
        return _NUMBER["lower" if category == "Ll" else "caseless"]
    if category == "Lu":
        return _NUMBER["upper"]
    if category == "Nd":
        return _NUMBER["digit"]
    return _NUMBER["symbol" if category[0] == "S" else "other"]


def classes_of(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """The class number of each code point."""
    found: NDArray[np.uint8] = _table()[codes]
    return found
