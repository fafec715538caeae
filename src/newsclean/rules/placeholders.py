"""What placeholders may stand for, checked once a network has found a phrase that holds some."""

from __future__ import annotations

import os
import re
from functools import lru_cache

from newsclean.rules.net import PLACEHOLDERS, Net
from newsclean.tokens import NUMBER, Tokens

__all__ = ["fills_plausibly"]

_UNSPACED_FACTOR = 4


def fills_plausibly(net: Net, first: int, end: int, tokens: Tokens, tidy: str) -> bool:
    """Whether `tokens` are the phrase with states from `first` to `end`, its placeholders filled plausibly.

    `tidy` is the text that the tokens' positions point into: names are known by their capitals.
    """
    words = tokens.words
    failed: set[tuple[int, int]] = set()

    def walk(state: int, at: int) -> bool:
        if at == len(words):
            return state == end
        if (state, at) in failed:
            return False
        for target in net.targets(words[at]).get(state, ()):
            if first <= target <= end and walk(target, at + 1):
                return True
        for kind, most in PLACEHOLDERS.items():
            for target in net.targets(kind).get(state, ()):
                if not first <= target <= end:
                    continue
                limit = most * (_UNSPACED_FACTOR if _is_unspaced(tokens, at) else 1)
                for stop in range(at + 1, min(at + limit, len(words)) + 1):
                    if _fits(kind, tokens, at, stop, tidy) and walk(target, stop):
                        return True
        failed.add((state, at))
        return False

    return walk(0, 0)


# A year, a time of day, or day and month.
_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}[:.h]\d\d|\d{1,2}[./-]\d{1,2}")


def _is_date(words: tuple[str, ...], text: str) -> bool:
    if NUMBER not in words:
        return False
    named = [word for word in words if word != NUMBER]
    if not all(word in date_words() for word in named):
        return False
    return bool(_DATE.search(text)) or any(len(word) > 2 or word > "\u3000" for word in named)


@lru_cache(maxsize=1)
def date_words() -> frozenset[str]:
    """Words that a date or a time may hold, in all languages of the rules."""
    with open(os.path.join(os.path.dirname(__file__), "dates.txt"), encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines if not line.startswith("#"))


def _is_unspaced(tokens: Tokens, at: int) -> bool:
    """Whether words from here on are single characters of a script without spaces."""
    return tokens.ends[at] - tokens.starts[at] == 1 and tokens.words[at] > "\u0e00"


def _fits(kind: str, tokens: Tokens, start: int, end: int, tidy: str) -> bool:
    words = tokens.words[start:end]
    if kind == "{date}":
        return _is_date(words, tidy[tokens.starts[start] : tokens.ends[end - 1]])
    if kind == "{:title}" and start:
        between = tidy[tokens.ends[start - 1] : tokens.starts[start]].strip()
        begins = bool(between) or tidy[tokens.starts[start]].isupper()
        return begins and not _runs_on(tokens, start, end, tidy)
    if kind == "{title}":
        return not _starts_anew(tokens, start, end, tidy)
    if kind == "{name}":
        if NUMBER in words or _sentence_inside(tokens, start, end, tidy):
            return False
        capitals = cased = 0
        for at in range(start, end):
            first = tidy[tokens.starts[at]]
            cased += first.isupper() or first.islower()
            capitals += first.isupper()
        # "Jane Doe", "Ludwig van der Berg", but not "we are not to blame"
        return not cased or (tidy[tokens.starts[start]].isupper() and capitals * 2 >= cased)
    if kind == "{site}":
        return not _sentence_inside(tokens, start, end, tidy)
    return True


# Words that, in capitals behind a small word, begin a sentence. (German has capitals everywhere else.)
_BEGINNERS = frozenset(
    [
        "the",
        "a",
        "an",
        "he",
        "she",
        "it",
        "they",
        "we",
        "but",
        "after",
        "when",
        "in",
        "on",
        "at",
        "mr",
        "mrs",
        "according",
        "this",
        "that",
        "there",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "er",
        "im",
        "am",
        "auf",
        "nach",
        "le",
        "la",
        "les",
        "un",
        "une",
        "il",
        "elle",
        "ils",
        "el",
        "los",
        "las",
        "una",
        "o",
        "os",
        "as",
        "um",
        "uma",
        "il",
        "lo",
        "gli",
        "de",
        "het",
        "een",
        "en",
        "den",
        "det",
        "han",
        "hon",
        "w",
        "na",
    ]
)


def _starts_anew(tokens: Tokens, start: int, end: int, tidy: str) -> bool:
    """Whether a sentence of the story is glued to a wording: "… for sports news The winner came in"."""
    return any(
        tidy[tokens.starts[at + 1]].isupper()
        and tokens.words[at + 1] in _BEGINNERS
        and tidy[tokens.starts[at]].islower()
        and tidy[tokens.ends[at] : tokens.starts[at + 1]] == " "
        for at in range(start, end - 1)
    )


_LONG_TITLE = 6  # words


def _runs_on(tokens: Tokens, start: int, end: int, tidy: str) -> bool:
    """Whether what should be a title is a title and a sentence of the story glued to it.

    "READ ALSO: The door under the sea The course has forty pupils." Titles hardly end in a full stop, and
    capitals in them follow each other or a comma.
    """
    if _sentence_inside(tokens, start, end, tidy):
        return True
    closing = tidy[tokens.ends[end - 1] : tokens.ends[end - 1] + 1]
    if end - start <= _LONG_TITLE or closing not in (".", "\u0964"):
        return False
    return any(
        tidy[tokens.starts[at]].islower()
        and tidy[tokens.starts[at + 1]].isupper()
        and tidy[tokens.ends[at] : tokens.starts[at + 1]] == " "
        for at in range(start + 1, end - 1)
    )


def _sentence_inside(tokens: Tokens, start: int, end: int, tidy: str) -> bool:
    """Whether a sentence ends between two of the words: a name does not run over a full stop."""
    for at in range(start, end - 1):
        between = tidy[tokens.ends[at] : tokens.starts[at + 1]]
        if between.strip() in ("!", "?", ";", ":") or (
            between.startswith(". ") and tokens.ends[at] - tokens.starts[at] > 3
        ):
            return True
    return False
