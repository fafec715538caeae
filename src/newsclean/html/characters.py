"""Counts of characters by class, for all pieces of text of a page at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "COMMA",
    "DIGIT",
    "END",
    "IDEOGRAPH",
    "LETTER",
    "OTHER",
    "QUOTE",
    "SPACE",
    "UPPER",
    "class_counts",
    "ends",
]

LETTER, UPPER, DIGIT, SPACE, COMMA, END, QUOTE, IDEOGRAPH, OTHER = range(9)
CLASSES = 9

_COMMAS = ",;:،؛、，；：՝"
_ENDS = ".!?…。！？؟।॥։።។༎؞．"
_QUOTES = "\"'“”‘’„‚«»‹›「」『』()（）"
_IDEOGRAPHS = (
    (0x2E80, 0x2FE0),
    (0x3040, 0x3100),
    (0x31F0, 0x3200),
    (0x3400, 0xA000),
    (0xF900, 0xFB00),
    (0x0E00, 0x0EE0),
)


@cache
def _table() -> NDArray[np.uint8]:
    made = np.full(0x10000, LETTER, dtype=np.uint8)
    for code in range(0x3000):
        char = chr(code)
        if char.isspace() or code < 32:
            made[code] = SPACE
        elif char.isupper():
            made[code] = UPPER
        elif char.isdigit():
            made[code] = DIGIT
        elif not char.isalpha() and not "\u0300" <= char <= "\u1100":
            made[code] = OTHER
    for first, after in _IDEOGRAPHS:
        made[first:after] = IDEOGRAPH
    made[0x3000:0x3040] = made[0xFF00:0xFF0F] = OTHER
    made[0x3000] = made[0xFEFF] = SPACE
    for chars, kind in ((_COMMAS, COMMA), (_ENDS, END), (_QUOTES, QUOTE)):
        made[[ord(char) for char in chars]] = kind
    return made


def _classes(text: str) -> NDArray[np.uint8]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds: NDArray[np.uint8] = _table().take(np.minimum(codes, 0xFFFF))
    return kinds


def class_counts(texts: Sequence[str]) -> NDArray[np.float32]:
    """How many characters of each class each text has: (texts, classes).

    >>> class_counts(["Rain, 12"])[0, [UPPER, LETTER, COMMA, DIGIT]].tolist()
    [1.0, 3.0, 1.0, 2.0]
    """
    kinds = _classes("".join(texts))
    lengths = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
    at = np.repeat(np.arange(len(texts)) * CLASSES, lengths) + kinds
    return np.bincount(at, minlength=len(texts) * CLASSES).reshape(-1, CLASSES).astype(np.float32)


def ends(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The classes of the first and of the last character of each text (none empty)."""
    return _classes("".join([text[0] for text in texts])), _classes("".join([text[-1] for text in texts]))
