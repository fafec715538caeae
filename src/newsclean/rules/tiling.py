"""Lines that are nothing but several wordings in a row: "Share on X Share on Facebook Print"."""

from __future__ import annotations

from newsclean.evidence import RANK, Strength
from newsclean.rules.found import Found
from newsclean.rules.index import Index
from newsclean.rules.pack import RuleHead
from newsclean.rules.units import Unit
from newsclean.tokens import NUMBER

__all__ = ["tile"]

_LONGEST_TILED = 80  # words
_CERTAIN_SHARE = 0.4  # of the characters, for the whole to be certain


def tile(index: Index, unit: Unit, ends_sentence: bool) -> Found | None:
    """Evidence for a unit whose words are wordings and numbers without a rest; None if a word is left.

    The whole is as strong as its parts allow: certain when certain wordings make up a good part of it,
    likely from one likely wording or three hints on (unless they end as a sentence does).
    """
    tokens = unit.tokens
    words = tokens.words
    if not 1 < len(words) <= _LONGEST_TILED:
        return None
    index.work += unit.end - unit.start
    parts: list[tuple[int, RuleHead]] = []  # characters, rule
    at = 0
    while at < len(words):
        if words[at] == NUMBER and at + 1 < len(words) and parts:
            at += 1
            continue
        step = index.longest(words, at)
        if step is None:
            if words[at] != NUMBER:
                return None
            at += 1
            continue
        end, head = step
        parts.append((tokens.ends[end - 1] - tokens.starts[at], head))
        at = end
    if not parts or (len(parts) == 1 and len(words) > 3):
        return None
    total = sum(size for size, _ in parts)
    certain = sum(size for size, head in parts if head.strength == "certain")
    strength: Strength = "hint"
    if certain >= _CERTAIN_SHARE * total:
        strength = "certain"
    elif any(head.strength != "hint" for _, head in parts) or (len(parts) >= 3 and not ends_sentence):
        strength = "likely"
    best = max(parts, key=lambda part: (RANK[part[1].strength], part[0]))[1]
    return Found(unit.start, unit.end, best, strength)
