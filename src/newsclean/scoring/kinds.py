"""The classes of characters, and the class of one character; without numpy, for short-lived processes."""

from __future__ import annotations

import unicodedata

__all__ = ["BY_CATEGORY", "CALLED_UNSPACED", "CHARS", "CLASSES", "NUMBER_OF", "by_category", "kind_of"]

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
#: The number of each class.
NUMBER_OF = {name: number for number, name in enumerate(CLASSES)}
#: Code points of scripts without blanks between words: first and last of each range.
CALLED_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17D3),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3134F),
)
#: Characters that are of a class whatever their general category.
CHARS = {
    "ender": ".!?\u2026\u3002\uff01\uff1f\u0964\u061f\u06d4",
    "comma": ",\u3001\uff0c\u060c",
    "quote": "\"'\u00ab\u00bb\u2039\u203a\u300c\u300d\u300e\u300f",
    "dash": "-",
    "divider": "|/\\\u00b7\u2022\u25aa\u25cf\u25e6\u25ba\u25b6\u2192\u2190\u203b>*\u2013_~+=",
    "bracket": "()[]{}\uff08\uff09\u3010\u3011",
    "colon": ":;\uff1a\uff1b\u061b",
    "blank": " \n",
}
#: Ranges whose characters are classed by their general category.
BY_CATEGORY = (
    (0x21, 0x7F),
    (0x80, 0x2FFF),
    (0xA640, 0xA7FF),
    (0xA8E0, 0xABFF),
    (0xFB00, 0xFEFF),
    (0xFF00, 0xFFEF),
)
_OF_CHAR = {ord(char): NUMBER_OF[name] for name, chars in CHARS.items() for char in chars}


def kind_of(code: int) -> int:
    """The class number of a code point.

    >>> [CLASSES[kind_of(ord(char))] for char in "aÉ5。字"]
    ['lower', 'upper', 'digit', 'ender', 'unspaced']
    """
    if code in _OF_CHAR:
        return _OF_CHAR[code]
    if any(first <= code <= last for first, last in CALLED_UNSPACED):
        return NUMBER_OF["unspaced"]
    if 0xAC00 <= code < 0xD7A4:
        return NUMBER_OF["caseless"]
    if any(first <= code <= last for first, last in BY_CATEGORY):
        return by_category(chr(code))
    return NUMBER_OF["symbol" if code >= 0x2000 else "other"]


def by_category(char: str) -> int:
    """The class number that a character's general category stands for."""
    category = unicodedata.category(char)
    if category in ("Ll", "Lo", "Lm", "Lt", "Mn", "Mc"):
        return NUMBER_OF["lower" if category == "Ll" else "caseless"]
    if category == "Lu":
        return NUMBER_OF["upper"]
    if category == "Nd":
        return NUMBER_OF["digit"]
    return NUMBER_OF["symbol" if category[0] == "S" else "other"]
