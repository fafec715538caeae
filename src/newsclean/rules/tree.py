"""Phrases as trees of words."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["PLACEHOLDERS", "Choice", "Sequence"]

#: Placeholder -> the most words it stands for (four times as many in scripts without spaces).
#: ``{:title}`` is what ``{title}`` behind a colon, or behind few words, is read as: a new beginning has to
#: show in the text, by punctuation or a capital. "Read also the back", he said.
PLACEHOLDERS: dict[str, int] = {"{name}": 6, "{date}": 10, "{site}": 6, "{title}": 40, "{:title}": 40}


class Choice(NamedTuple):
    """One of several sequences."""

    options: tuple[Sequence, ...]


class Sequence(NamedTuple):
    """Words and placeholders (both `str`) and choices, one after the other.

    `breaks` are the numbers of items before which the wording has punctuation.
    """

    items: tuple[str | Choice, ...]
    breaks: frozenset[int] = frozenset()
