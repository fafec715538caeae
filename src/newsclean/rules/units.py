"""Units: stretches of a document that may be junk as a whole, and whether an expression matches one."""

from __future__ import annotations

from newsclean.document import Document
from newsclean.rules.patterns import compiled
from newsclean.tokens import Tokens, tokenize

__all__ = ["Hit", "Unit", "matches_whole", "seen_by"]

Hit = tuple[int, int, int]  # number of the keyword, start, end


class Unit:
    """A line, a sentence or a bracket: ``[start, end)`` of a document, with its words."""

    __slots__ = ("end", "is_line", "start", "tokens")

    def __init__(self, folded: str, start: int, end: int, is_line: bool) -> None:
        self.start, self.end, self.is_line = start, end, is_line
        self.tokens: Tokens = tokenize(folded, start, end)


_DECORATION = " *•▪■●◦‣·-|>»›▶►▼→+#~"
_TRAILING = " |•·»›>▶►→"


def seen_by(pattern: str, document: Document) -> str:
    """The reading of a document that an expression sees: folded if it is blind to case, else tidy."""
    return document.folded if pattern.startswith("(?i)") else document.tidy


def matches_whole(pattern: str, document: Document, start: int, end: int) -> bool:
    """Whether an expression matches a unit from end to end, bullets and arrows left aside."""
    piece = seen_by(pattern, document)[start:end]
    regex = compiled(pattern)
    bare = piece.lstrip(_DECORATION).rstrip(_TRAILING)
    for candidate in (piece,) if bare == piece else (piece, bare):
        found = regex.search(candidate)
        if found and found.start() == 0 and found.end() == len(candidate) and candidate:
            return True
    return False
