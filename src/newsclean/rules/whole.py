"""Whether a unit as a whole is junk: by its wording, by an expression, or by the wordings it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsclean.document import Document
from newsclean.evidence import RANK, Strength
from newsclean.rules.found import Found
from newsclean.rules.index import Index
from newsclean.rules.pack import RuleHead
from newsclean.rules.tiling import tile
from newsclean.rules.units import Hit, Unit, matches_whole
from newsclean.tokens import NUMBER

__all__ = ["LONGEST_LINE", "find_whole"]

#: Characters of the longest line that expressions for whole lines are tried on.
LONGEST_LINE = 400

_MOST_WORDS = 160  # no wording is longer


def find_whole(
    index: Index,
    document: Document,
    unit: Unit,
    hits: Iterable[Hit],
    tiled: bool = True,
    flat: bool = False,
) -> list[Found]:
    """What says that the whole of `unit` is junk, strongest first; empty if nothing does.

    Inside a line only rules for sentences and pieces count, unless the text is `flat`: lines run together.
    """
    index.work += unit.end - unit.start
    if not unit.tokens.words:
        return []
    sets_off = _sets_off_a_part(document.tidy[unit.start : unit.end])  # expressions see that for themselves
    heads = [] if sets_off else _by_wording(index, document, unit)
    if not _GLUED.search(document.tidy, unit.start, unit.end):
        if not sets_off and len(unit.tokens) <= _MOST_WORDS:
            opened = index.by_open_wording(unit.tokens, document.tidy, unit.is_line)
            heads += opened if unit.is_line else _without_titles(opened, document, unit)
        heads += _by_pattern(index, document, unit, hits)
    if not unit.is_line:
        heads = [h for h in heads if h.scope in ("sentence", "inline") or (flat and _distinct(h, unit))]
    found = [Found(unit.start, unit.end, head, _strength(head, unit)) for head in heads]
    if tiled and not sets_off and not any(f.strength == "certain" for f in found):
        made = tile(index, unit, document.tidy[unit.end - 1] in ".!?")
        if made and (not found or RANK[made.strength] > RANK[found[0].strength]):
            found.append(made)
    found.sort(key=lambda f: -RANK[f.strength])
    return found


_QUOTES = {'"': '"', "\u00ab": "\u00bb", "\u00bb": "\u00ab", "\u300c": "\u300d"}
_BRACKETS = {"(": ")", "[": "]"}


def _sets_off_a_part(text: str) -> bool:
    """Whether the text is a quotation, or opens with a quotation or bracket and goes on after it.

    "'Read also', said the sign." is a sentence about the wording, "(Read also: …) The suspect …" one behind it,
    and "'Become a member'" is what stood on a sign.
    """
    lead = text.lstrip("-\u2022* ")
    quoted = lead[:1] in _QUOTES and lead[1:2] != " "  # "» Next story" is decorated, »Next story« is quoted
    closing = _QUOTES.get(lead[:1]) or _BRACKETS.get(lead[:1])
    if closing is None:
        return False
    end = lead.find(closing, 1)
    return end > 0 and (quoted or sum(char.isalnum() for char in lead[end:]) > 3)


# A quotation or sentence that begins right behind a letter: an extractor ran two lines together there.
# ("Example.Com" is none.)
_GLUED = re.compile(r'[a-z]"[A-Z]|[a-z]{2}[.!?](?!(?:Com|Net|Org|Co)\b)[A-Z][a-z]')


def _by_wording(index: Index, document: Document, unit: Unit) -> list[RuleHead]:
    words = unit.tokens.words
    if len(words) > _MOST_WORDS:
        return []
    heads = index.by_wording(words)
    if not heads and unit.is_line and NUMBER in (words[0], words[-1]):
        # "1. News", "Comments 0": a list's number or a count beside a label
        heads = index.by_wording(tuple(word for word in words if word != NUMBER))
        if not heads and words[0] == NUMBER and len(words) > 1:
            heads = index.by_open_wording(unit.tokens.without_first(), document.tidy)  # "1. Jane says:"
    return heads


def _by_pattern(index: Index, document: Document, unit: Unit, hits: Iterable[Hit]) -> list[RuleHead]:
    inside = [hit for hit in hits if hit[1] >= unit.start and hit[2] <= unit.end]
    candidates = [head for head, _ in index.pattern_rules(inside, inline=False).values()]
    if unit.is_line and unit.end - unit.start <= LONGEST_LINE:
        candidates += index.line_rules(document.folded[unit.start : unit.end], unit.tokens.words)
    heads: list[RuleHead] = []
    if candidates and not unit.is_line:
        candidates = _for_sentences(candidates, document, unit)
    for head in candidates:
        index.work += unit.end - unit.start
        if matches_whole(head.pattern, document, unit.start, unit.end):
            heads.append(head)
    return heads


def _for_sentences(candidates: list[RuleHead], document: Document, unit: Unit) -> list[RuleHead]:
    """The rules by expression that may speak for a sentence inside a line; where lines run together, few may."""
    from newsclean.rules.placeholders import runs_on

    if runs_on(unit.tokens, document.tidy):
        return []
    return _without_titles(candidates, document, unit)


def _without_titles(heads: list[RuleHead], document: Document, unit: Unit) -> list[RuleHead]:
    """A title has no full stop: a pointer that ends in one has a sentence of the story glued to its title."""
    from newsclean.rules.placeholders import STOPS

    if document.tidy[unit.end - 1] in STOPS:
        return [head for head in heads if head.category != "related"]
    return heads


def _strength(head: RuleHead, unit: Unit) -> Strength:
    """The rule's strength; but a word alone may be a subheading anywhere, an advert's mark apart."""
    if head.strength == "certain" and len(unit.tokens) == 1 and head.category != "advertisement":
        return "likely"
    return head.strength


def _distinct(head: RuleHead, unit: Unit) -> bool:
    """Whether a rule for lines may speak for a sentence of a text whose lines run together."""
    long_enough = len(unit.tokens) >= 2 and unit.end - unit.start >= 8
    return head.strength == "certain" and long_enough
