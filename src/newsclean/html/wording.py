"""Whether a piece of a line is junk by its wording: the rules of the text side, asked about the piece alone."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from newsclean.html.walk import Page

if TYPE_CHECKING:
    from newsclean.cleaner import Cleaner

__all__ = ["Wording"]

#: The pieces of a page in stretches of so many share their languages, told by so many characters from each start on.
_STRETCH, _SAMPLE = 64, 3000
_WORD = re.compile(r"\w+")


class Wording:
    """Asks whether pieces of a block's text are junk, in the languages of the page around the block.

    A few words of a button look like any language; those around them tell which it is.
    """

    __slots__ = ("_languages", "_page", "_piece")

    def __init__(self, page: Page, block: int) -> None:
        self._page, self._piece = page, page.start[block]
        self._languages: tuple[str, ...] = ()

    def is_junk(self, text: str) -> bool:
        """Whether a text, as a line of its own, is junk in whole by its wording."""
        if not self._languages:
            start = self._piece - self._piece % _STRETCH
            self._languages = _languages("".join(self._page.text[start : start + 2 * _STRETCH])[:_SAMPLE])
        return _is_junk(text, self._languages)


@lru_cache(maxsize=256)
def _languages(around: str) -> tuple[str, ...]:
    from newsclean.languages import text_languages
    from newsclean.rules.ruleset import language_folders

    known = language_folders()
    return tuple(code for code in text_languages(around) if code in known)


@lru_cache(maxsize=8192)
def _is_junk(text: str, languages: tuple[str, ...]) -> bool:
    if " ".join(_WORD.findall(text.lower())) in _wordings():
        return True
    report = _cleaner(languages).analyze(text)
    return not report.text.strip() and all(decision.category != "byline" for decision in report.removed)


@cache
def _wordings() -> frozenset[str]:
    data = tomllib.loads(files("newsclean.html").joinpath("data/inline.toml").read_text("utf-8"))
    return frozenset(data["wordings"]["lines"])


@lru_cache(maxsize=32)
def _cleaner(languages: tuple[str, ...]) -> Cleaner:
    from newsclean.cleaner import Cleaner

    return Cleaner(languages=languages, scorer=False)
