"""What the names of elements (class, id, itemprop, role …) and a few wordings say of the blocks below them."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import Any

from newsclean.html.walk import Key

__all__ = [
    "BYLINE", "CAPTION", "CODE", "COMMENT", "EMBED", "LEAD", "QUOTE", "element_label", "is_comments_heading",
    "is_worded_byline", "names_of",
]  # fmt: skip

# Bits, so that what many elements say of a block adds up.
CAPTION, EMBED, QUOTE, CODE, BYLINE, LEAD, COMMENT = (1 << i for i in range(7))
_GROUPS = ("caption", "embed", "quote", "code", "byline", "standfirst", "comment")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0903\u093a-\u094f]+[^\W\d_]*)*")


@lru_cache(maxsize=32_768)
def names_of(key: Key) -> int:
    """The groups of names that a kind of element is named by."""
    said = 0
    index = _names()
    for place, value in enumerate(islice(key, 1, None)):
        for name in value.split()[:24] if value else ():
            parts = (
                _PARTS.findall(name) if name.islower() else [part.lower() for part in _PARTS.findall(name)]
            )
            for part in parts:
                if part in index:
                    whole = f"{'=' if place > 1 else ''}-{'-'.join(parts)}-"
                    for bit, needle, void in index[part]:
                        if needle in (f"^{whole}$" if needle[0] == "^" else whole) and void.isdisjoint(parts):
                            said |= bit
    return said


@lru_cache(maxsize=32_768)
def element_label(key: Key) -> str:
    """A kind of element in a path: its tag and its first two class names."""
    names = (key[1] or "").split()[:2] if len(key) > 1 else ()
    return ".".join((key[0] or "", *names))


def is_worded_byline(text: str) -> bool:
    """Whether a short text is worded as a byline."""
    start, ends = _wordings()
    return start.match(text) is not None or text.endswith(ends)


def is_comments_heading(text: str) -> bool:
    """Whether a block's text is what stands above readers' comments."""
    return len(text) < 40 and " ".join(_WORD.findall(text.lower())) in _comment_headings()


@cache
def _names() -> dict[str, list[tuple[int, str, frozenset[str]]]]:
    """By the last word of each name: its group's bit, the name as it is sought, the words that make it say nothing."""
    index: dict[str, list[tuple[int, str, frozenset[str]]]] = {}
    for number, group in enumerate(_GROUPS):
        void = frozenset(_data()[group]["void"])
        for name in _data()[group]["names"]:
            sign, words = (name[0], name[1:]) if name[0] in "=^" else ("", name)
            sought = f"{sign}-{words}-{'$' if sign == '^' else ''}"
            index.setdefault(words.rsplit("-", 1)[-1], []).append((1 << number, sought, void))
    return index


@cache
def _comment_headings() -> frozenset[str]:
    return frozenset(_data()["wordings"]["comment-headings"])


@cache
def _wordings() -> tuple[re.Pattern[str], tuple[str, ...]]:
    starts = "|".join(map(re.escape, _data()["wordings"]["byline-starts"]))
    return re.compile(rf"(?:{starts})(?![^\W_])|作者|記者|记者|来源|來源", re.IGNORECASE), tuple(
        _data()["wordings"]["byline-ends"]
    )


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("newsclean.html").joinpath("data/kinds.toml").read_text("utf-8"))
