"""What the kernel knows of code points: filled in page by page, when a text first needs them.

Made by the functions that the Python side itself goes by, from the Unicode data of this Python: the two cannot differ.
"""

from __future__ import annotations

import re
from array import array
from functools import cache
from typing import NamedTuple

from newsclean.folding import BLANKS, FOLD, INVISIBLE, TIDY
from newsclean.scoring.kinds import kind_of
from newsclean.tokens import UNSPACED, WORD

__all__ = ["SIZE", "Page", "page", "pages_of"]

#: Code points of a page.
SIZE = 256


class Page(NamedTuple):
    """``tidy[c]`` and ``fold[c]`` (32 bits), ``flags[c]`` (16 bits) and ``kind[c]`` (8 bits) of a page's code points."""

    tidy: array[int]
    fold: array[int]
    flags: array[int]
    kind: array[int]


@cache
def _tests() -> tuple[re.Pattern[str], ...]:
    """By the bits of a character's flags, those that expressions know; the others are str's own."""
    classes = (f"[{BLANKS}]", f"[{INVISIBLE}]", r"\d", r"\w", f"[{UNSPACED}]", WORD, r"\s")
    return tuple(map(re.compile, classes))


def _flags(char: str) -> int:
    blank, invisible, digit, word, unspaced, wordy, space = (
        test.match(char) is not None for test in _tests()
    )
    told = (
        blank, invisible, char.isupper(), char.islower(), char.isalpha(), char.isalnum(), char.isspace(),
        digit, word, unspaced, wordy, space,
    )  # fmt: skip
    return sum(1 << bit for bit, yes in enumerate(told) if yes)


def page(number: int) -> Page:
    """What is known of the code points ``number * 256`` and on.

    >>> latin = page(0)
    >>> chr(latin.fold[ord("É")]), chr(latin.tidy[ord("`")])
    ('e', "'")
    """
    codes = range(number * SIZE, (number + 1) * SIZE)
    return Page(
        array("I", [ord(TIDY.get(code, chr(code))) for code in codes]),
        array("I", [ord(FOLD[code]) for code in codes]),
        array("H", [_flags(chr(code)) for code in codes]),
        array("B", map(kind_of, codes)),
    )


def pages_of(numbers: list[int]) -> dict[int, Page]:
    """The pages of those numbers, and those that their characters are folded into."""
    made: dict[int, Page] = {}
    wanted = list(numbers)
    while wanted:
        number = wanted.pop()
        if number not in made:
            made[number] = page(number)
            wanted += {code // SIZE for codes in made[number][:2] for code in codes} - made.keys()
    return made
