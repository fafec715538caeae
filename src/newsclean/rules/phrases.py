"""The phrase language: wordings with `(a|b)`, `[optional]` and `{placeholders}`, read into a tree of words.

A tree is a `Sequence` of words, placeholders, and `Choice`s between sequences (an empty one for what is
optional). Words are folded as texts are; ``{number}`` is the word that every number reads as.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from newsclean.folding import fold_phrase
from newsclean.rules.tree import PLACEHOLDERS, Choice, Sequence
from newsclean.tokens import NUMBER, tokenize

__all__ = ["PhraseError", "has_fixed_word", "parse_phrase", "wordings"]

_NUMBER = "{number}"
_PART = re.compile(r"\{[^{}]*\}|[(|)\[\]]|[^(|)\[\]{}]+|.")
_ZWNJ = "\u200c"
_TELLING_WORDS = 4  # so many words before a title tell enough without punctuation
# So many before a title in brackets of its own, which says that it may be taken as it comes.
_LEAST_TELLING = 3
_MOST_GLUED = 200  # wordings of one word that brackets cut into pieces


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says what to do."""


# Between reading and folding: text, a placeholder, or the raw alternatives of a bracket.
_Raw = list["str | list[_Raw]"]


def parse_phrase(phrase: str) -> Sequence:
    """Read a phrase.

    Raises:
        PhraseError: unbalanced brackets, or an unknown placeholder.

    >>> parse_phrase("Read [this] more").items
    ('read', Choice(options=(Sequence(items=('this',), breaks=frozenset()), Sequence(items=(), breaks=frozenset()))), 'more')
    """
    parts = _PART.findall(phrase)
    options, at = _read(parts, 0, "")
    if at != len(parts):
        raise PhraseError(f"{parts[at]!r} closes nothing in {phrase!r}, balance the brackets")
    if len(options) > 1:
        raise PhraseError(f"'|' stands outside brackets in {phrase!r}, write (a|b)")
    return _fold(options[0])


def _read(parts: list[str], at: int, closing: str) -> tuple[list[_Raw], int]:
    options: list[_Raw] = [[]]
    while at < len(parts):
        part = parts[at]
        if part in ("(", "["):
            closer = ")" if part == "(" else "]"
            inner, at = _read(parts, at + 1, closer)
            if at >= len(parts):
                raise PhraseError(f"{part!r} is never closed, add {closer!r}")
            options[-1].append([*inner, []] if part == "[" else list(inner))
        elif part == "|":
            options.append([])
        elif part in (")", "]"):
            if part != closing:
                if closing:
                    raise PhraseError(f"{part!r} closes {closing!r}'s bracket, balance the brackets")
                break
            return options, at
        elif part.startswith("{") and part != _NUMBER and part not in PLACEHOLDERS:
            raise PhraseError(f"{part} is no placeholder, use {_NUMBER}, {', '.join(PLACEHOLDERS)}")
        else:
            options[-1].append(part)
        at += 1
    return options, at


def _fold(raw: _Raw, before: int = 0, final: bool = True) -> Sequence:
    """Fold and split the texts of a sequence into words, minding words that brackets cut.

    `before` is the least number of words that stand before the bracket that is read, if it is one; `final` says
    that nothing stands behind it.
    """
    items: list[str | Choice] = []
    breaks: set[int] = set()
    text_before = part_before = ""
    groups = list(_glued_groups(raw))
    for number, glued in enumerate(groups):
        last = final and all(map(_may_be_left_out, groups[number + 1 :]))
        text_before, part_before = part_before, glued[-1] if isinstance(glued[-1], str) else ""
        if len(glued) > 1:
            items.append(_glued_words(glued))
            continue
        part = glued[0]
        if isinstance(part, list):
            told = before + _least_words(items)
            items.append(Choice(tuple(_fold(option, told, last) for option in part)))
        elif part == _NUMBER:
            items.append(NUMBER)
        elif part == "{title}" and (
            text_before.rstrip().endswith(":")
            or (last and 0 < len(items) < _TELLING_WORDS)
            or (last and 0 < before + _least_words(items) < _LEAST_TELLING)
        ):
            items.append("{:title}")
        elif part in PLACEHOLDERS:
            items.append(part)
        else:
            _add_words(part, items, breaks)
    return Sequence(tuple(items), frozenset(breaks))


def _may_be_left_out(group: _Raw) -> bool:
    """Whether a part of a phrase is optional, or holds no word."""
    part = group[0]
    if isinstance(part, str):
        return not any(char.isalnum() for char in part)
    return len(group) == 1 and [] in part


def _least_words(items: Iterable[str | Choice]) -> int:
    """The fewest fixed words that a wording of the items may hold."""
    return sum(
        item not in PLACEHOLDERS
        if isinstance(item, str)
        else min(_least_words(option.items) for option in item.options)
        for item in items
    )


def _add_words(text: str, items: list[str | Choice], breaks: set[int]) -> None:
    spaced = text.replace(_ZWNJ, " ")
    if spaced != text:  # where a zero-width non-joiner belongs, people also type a blank
        items.append(Choice((_plain(text), _plain(spaced))))
        return
    folded = fold_phrase(" " + text + " ")
    tokens = tokenize(folded)
    end = 0
    for word, start, stop in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        if folded[end:start].strip(" -_") and items:
            breaks.add(len(items))
        items.append(word)
        end = stop
    if folded[end:].strip(" -_") and items:
        breaks.add(len(items))


def _plain(text: str) -> Sequence:
    return Sequence(tokenize(fold_phrase(text)).words)


def _glued_groups(raw: _Raw) -> Iterator[_Raw]:
    """Parts that make up one word together ("Abo[nnement]"), else each part alone."""
    group: _Raw = []
    for part in raw:
        if group and not (_touches(group[-1], -1) and _touches(part, 0)):
            yield from _split_words(group)
            group = []
        group.append(part)
    if group:
        yield from _split_words(group)


def _split_words(group: _Raw) -> Iterator[_Raw]:
    """Of glued parts, texts are cut so that only the word at the bracket is glued."""
    if len(group) == 1:
        yield group
        return
    first, last = group[0], group[-1]
    if isinstance(first, str) and " " in first:
        head, _, first = first.rpartition(" ")
        yield [head]
    rest: str | None = None
    if isinstance(last, str) and " " in last:
        last, _, rest = last.partition(" ")
    yield [first, *group[1:-1], last]
    if rest is not None:
        yield [rest]


def _touches(part: str | list[_Raw], side: int) -> bool:
    """Whether a part begins (0) or ends (-1) within a word of a script that parts words by blanks."""
    if isinstance(part, list):
        return any(option and _touches(option[side], side) for option in part)
    return (
        not part.startswith("{")
        and part[side].isalpha()
        and not "\u0e00" <= part[side] <= "\u0eff"
        and (part[side] < "\u3040" or "\uac00" <= part[side] <= "\ud7a3")
    )


def _glued_words(group: _Raw) -> Choice:
    texts = [""]
    for part in group:
        texts = [a + b for a, b in product(texts, _texts(part))]
        if len(texts) > _MOST_GLUED:
            raise PhraseError(f"{group[0]!r}… is one word in over {_MOST_GLUED} forms, add blanks")
    return Choice(tuple(_plain(text) for text in dict.fromkeys(texts)))


def _texts(part: str | list[_Raw]) -> list[str]:
    if isinstance(part, str):
        return [part]
    return ["".join(choice) for option in part for choice in product(*map(_texts, option))]


def has_fixed_word(sequence: Sequence) -> bool:
    """Whether every wording of a phrase holds a word of its own.

    >>> has_fixed_word(parse_phrase("[Posted] {date}"))
    False
    """
    return any(
        item not in PLACEHOLDERS and item != NUMBER
        if isinstance(item, str)
        else all(map(has_fixed_word, item.options))
        for item in sequence.items
    )


def wordings(sequence: Sequence) -> Iterator[tuple[str, ...]]:
    """Every wording of a phrase, as words; for tests and listings, there may be very many.

    >>> list(wordings(parse_phrase("(Read|See) [this] more")))
    [('read', 'this', 'more'), ('read', 'more'), ('see', 'this', 'more'), ('see', 'more')]
    """
    options: list[list[tuple[str, ...]]] = [
        [(item,)] if isinstance(item, str) else [w for option in item.options for w in wordings(option)]
        for item in sequence.items
    ]
    for chosen in product(*options):
        yield tuple(word for words in chosen for word in words)
