"""Literals: what is looked for in a text before a phrase is."""

from __future__ import annotations

from itertools import product

from newsclean.rules.tree import PLACEHOLDERS, Choice, Sequence
from newsclean.tokens import NUMBER

__all__ = ["literals"]

_MOST = 48  # literals that one phrase may bring into the keyword scan


def literals(sequence: Sequence) -> list[str]:
    """Stretches of folded text of which every text that holds the phrase holds one: the prefilter.

    Picked so that the shortest of them is as long as can be had with few.

    >>> from newsclean.rules.phrases import parse_phrase
    >>> literals(parse_phrase("{number} people (like|love) this"))
    ['people like this', 'people love this']
    """
    best: list[str] = []
    for first, start in enumerate(sequence.items):
        best = max(best, _of_options(start), key=_worth)
        stretch = [""]
        for at in range(first, len(sequence.items)):
            if at > first and at in sequence.breaks:
                break
            words = _short_texts(sequence.items[at])
            if words is None or len(stretch) * len(words) > _MOST:
                break
            stretch = _joined(stretch, words)
            best = max(best, stretch, key=_worth)
    return list(dict.fromkeys(best))


def _of_options(item: str | Choice) -> list[str]:
    """The literals of every option of a choice together, if each has some."""
    each = [literals(option) for option in item.options] if isinstance(item, Choice) else []
    made = [literal for found in each for literal in found]
    return made if all(each) and len(made) <= _MOST else []


def _worth(stretch: list[str]) -> tuple[int, int]:
    shortest = min(map(len, stretch), default=0)
    return min(shortest, 12), -len(stretch)


def _joined(firsts: list[str], seconds: list[str]) -> list[str]:
    """Every one of `firsts` with every one of `seconds` behind it.

    Between a word of a script without blanks and another, people type a blank or none.
    """
    glues = {0: (" ",), 1: ("", " "), 2: ("",)}  # by how many of the two are of a script without blanks
    return [
        a + glue + b
        for a, b in product(firsts, seconds)
        for glue in (glues[_unspaced(a[-1]) + _unspaced(b[0])] if a and b else ("",))
    ]


def _unspaced(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or "\u0e00" <= char <= "\u0eff" or "\u1000" <= char <= "\u109f"


def _short_texts(item: str | Choice) -> list[str] | None:
    """The texts of an item, or None where they are open, many, or parted by punctuation."""
    if isinstance(item, str):
        return None if item in PLACEHOLDERS or item == NUMBER else [item]
    texts: list[str] = []
    for option in item.options:
        if option.breaks:
            return None
        made = [""]
        for part in option.items:
            words = _short_texts(part)
            if words is None or len(made) * len(words) > _MOST:
                return None
            made = _joined(made, words)
        texts += made
    return texts
