"""What the names in a page say: tag, class, id and other telling attributes of an element as tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["key_tokens"]

_PARTS = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}|[a-z]")
_MOST_NAMES, _LONGEST = 24, 60


def key_tokens(key: Sequence[str | None]) -> frozenset[str]:
    """The tokens of a kind of element: ``<tag``, ``.class``, ``#id``, ``=value`` whole, and the words in them.

    >>> sorted(key_tokens(("div", "entry-content mainText", None)))
    ['.entry-content', '.maintext', '<div', 'content', 'entry', 'main', 'text']
    """
    tag = key[0] or ""
    made = {f"<{tag}"}
    if "-" in tag:
        made.update(_words(tag))
    for place, value in enumerate(key[1:]):
        if not value:
            continue
        sign = ".#="[min(place, 2)]
        for name in value.split()[:_MOST_NAMES]:
            if len(name) <= _LONGEST:
                made.add(sign + name.lower())
                made.update(_words(name))
    return frozenset(made)


@lru_cache(maxsize=20_000)  # names recur from element to element, and those of builders from site to site
def _words(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _PARTS.findall(name) if len(word) > 1)
