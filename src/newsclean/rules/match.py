"""Matching a document's lines against indexed packs.

The keywords of all rules are looked for in one pass over the whole text (Aho-Corasick); lines that are long
are looked at only around a keyword, short ones by a table look-up. Expressions run on RE2, which has no
backtracking, and only on units of bounded length: the work is linear in the text whatever it holds.
"""

from __future__ import annotations

from bisect import bisect_left

from newsclean.document import Document
from newsclean.rules.found import Found
from newsclean.rules.index import Index
from newsclean.rules.units import Unit
from newsclean.rules.whole import LONGEST_LINE, find_whole

__all__ = ["LONGEST", "SHORT", "match_lines"]

#: Lines up to this many characters may be made of several wordings.
SHORT = 240
#: No rule describes a longer line than this.
LONGEST = 1200


def match_lines(index: Index, document: Document) -> dict[int, list[Found]]:
    """Everything found, by number of the line; per line strongest first or, for pieces, in order."""
    hits = index.find_keywords(document.folded)
    starts = [hit[1] for hit in hits]
    flat = _is_flat(document)
    found: dict[int, list[Found]] = {}
    for line in document.lines:
        here = hits[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
        whole: list[Found] = []
        if len(line) <= LONGEST_LINE or (here and len(line) <= LONGEST):
            unit = Unit(document.folded, line.start, line.end, is_line=True)
            whole = find_whole(index, document, unit, here, tiled=len(line) <= SHORT)
        if not whole and here:
            from newsclean.rules.pieces import find_pieces  # not needed for many a short text

            whole = find_pieces(index, document, line, here, flat)
        if whole:
            found[line.index] = whole
    return found


def _is_flat(document: Document) -> bool:
    """Whether the text lost its line breaks: an article on one or two very long lines."""
    lines = document.lines
    return 0 < len(lines) <= 3 and len(document.tidy) / len(lines) > 600
