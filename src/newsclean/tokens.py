"""Words as rules see them: folded, without punctuation, every number alike."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["NUMBER", "UNSPACED", "WORD", "Tokens", "tokenize"]

#: What every number reads as.
NUMBER = "0"

#: Scripts without spaces between words: each character is a word, so a wording is found inside a run.
UNSPACED = (
    "\u0e00-\u0e4f\u0e80-\u0eff\u1000-\u109f\u1780-\u17d3\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
# The vowel signs of the Indic scripts are marks, not letters, to `re`.
_MARKS = "\u0900-\u0963\u0970-\u0dff\u0f00-\u0f19\u0f39-\u0f84"
WORD = f"(?:(?![{UNSPACED}])[^\\W\\d_]|[{_MARKS}])"
_NUMBER = r"(?P<number>\d{1,3}(?:[ .,']\d{3})+(?!\d)(?:[km]\b)?|\d+(?:[.,:]\d+)*(?:[km]\b)?)"
_ASCII_TOKEN = re.compile(rf"{_NUMBER}|[a-z]+(?:'[a-z]+)*")


@cache
def _any_token() -> re.Pattern[str]:
    return re.compile(rf"{_NUMBER}|[{UNSPACED}]|{WORD}+(?:'{WORD}+)*|[©ⓒ]")


class Tokens:
    """The words of one stretch of folded text; `starts` and `ends` are positions in that text.

    A plain class: one is made for every line, and frozen dataclasses take three times as long to make.
    """

    __slots__ = ("ends", "starts", "words")

    def __init__(self, words: tuple[str, ...], starts: tuple[int, ...], ends: tuple[int, ...]) -> None:
        self.words, self.starts, self.ends = words, starts, ends

    def __len__(self) -> int:
        return len(self.words)

    def is_unspaced(self, at: int) -> bool:
        """Whether word `at` is one character of a script without blanks between words."""
        return self.ends[at] - self.starts[at] == 1 and self.words[at] > "\u0e00"

    def without_first(self) -> Tokens:
        """The words after the first."""
        return Tokens(self.words[1:], self.starts[1:], self.ends[1:])


def tokenize(folded: str, start: int = 0, end: int | None = None) -> Tokens:
    """The words of ``folded[start:end]`` with their positions in `folded`.

    >>> tokenize("5 min read! it's 1,234.").words
    ('0', 'min', 'read', "it's", '0')
    >>> tokenize("広告 ad").words
    ('広', '告', 'ad')
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    pattern = _ASCII_TOKEN if folded.isascii() else _any_token()
    for found in pattern.finditer(folded, start, len(folded) if end is None else end):
        words.append(NUMBER if found.lastgroup else found[0])
        starts.append(found.start())
        ends.append(found.end())
    return Tokens(tuple(words), tuple(starts), tuple(ends))
