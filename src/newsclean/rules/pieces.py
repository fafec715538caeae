"""Junk inside a line: whole sentences, bracketed pieces, and pieces glued to a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from newsclean.document import Document, Line
from newsclean.rules.found import Found
from newsclean.rules.index import Index
from newsclean.rules.patterns import compiled
from newsclean.rules.units import Hit, Unit, seen_by
from newsclean.rules.whole import find_whole

__all__ = ["find_pieces"]

_AROUND = 700  # characters of a long line that are looked at on either side of a keyword
_LONG_UNSPACED = 6  # characters of a wording in Chinese or Japanese
_TELLING_WORDS = 3  # of a wording that may be cut out of a text whose lines run together
_WINDOW = 3000  # longest stretch that is split into sentences at once
_COLON = re.compile(r":(?= [A-ZÀ-Þ])")
_BRACKET = re.compile(r"[(\[][^()\[\]\n]{3,240}[)\]]")
_BOUNDARY_BEFORE = ".!?:;|•·)]\"'…。！？؟।»›*>"
_OPENING = "([{\"'“‘«„"


def find_pieces(index: Index, document: Document, line: Line, hits: Sequence[Hit], flat: bool) -> list[Found]:
    """Junk pieces of a line that is not junk as a whole; `hits` are the keywords in the line."""
    found: list[Found] = []
    starts = [hit[1] for hit in hits]

    def inside(start: int, end: int) -> Sequence[Hit]:
        return hits[bisect_left(starts, start) : bisect_left(starts, end)]

    for start, end in _windows(document, line, hits):
        index.work += end - start
        for bracket in _BRACKET.finditer(document.tidy, start, end):
            if _is_quoted(document.tidy, *bracket.span()):
                continue
            unit = Unit(document.folded, bracket.start(), bracket.end(), is_line=True)
            near = inside(unit.start, unit.end)
            found += _certain(find_whole(index, document, unit, near, tiled=False))
        for a, b in _sentences(document, line, start, end):
            near = inside(a, b)
            if near or flat:
                unit = Unit(document.folded, a, b, is_line=False)
                whole = _before_colon(index, document, unit, near) or _certain(
                    find_whole(index, document, unit, near, flat=flat)
                )
                found += whole or _glued(index, document, unit, flat)
        found += _by_pattern(index, document, inside(start, end), start, end)
    return _without_overlaps(found)


def _before_colon(index: Index, document: Document, unit: Unit, near: Sequence[Hit]) -> list[Found]:
    """A wording that ends in a colon, behind which the article goes on with a capital in the same sentence."""
    colon = _COLON.search(document.tidy, unit.start, unit.end)
    if not colon:
        return []
    head = Unit(document.folded, unit.start, colon.start(), is_line=False)
    found = _certain(find_whole(index, document, head, [hit for hit in near if hit[2] <= head.end]))
    return [one._replace(end=colon.end()) for one in found]


def _certain(found: list[Found]) -> list[Found]:
    """Inside a line only what is certain counts: a sentence lost is worse than a stray one kept."""
    return [f for f in found if f.strength == "certain"][:1]


def _windows(document: Document, line: Line, hits: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """Stretches of the line around its keywords, each short enough to be split at once."""
    if len(line) <= _WINDOW:
        yield line.start, line.end
        return
    at = line.start
    for start, end in _merged(line, hits):
        at = max(start, at)
        while at < end:
            stop = min(end, at + _WINDOW)
            if stop < line.end:
                space = document.tidy.rfind(" ", at + _WINDOW // 2, stop)
                stop = space if space > 0 else stop
            yield at, stop
            at = stop


def _merged(line: Line, hits: Sequence[Hit]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for _, hit_start, hit_end in hits:
        start, end = max(line.start, hit_start - _AROUND), min(line.end, hit_end + _AROUND)
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _sentences(document: Document, line: Line, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch; those that the stretch cuts in two are left out."""
    import sentencex

    at = start
    text = document.tidy[start:end]
    pieces = list(sentencex.segment("en", text))
    for number, piece in enumerate(pieces):
        a, b = at, at + len(piece)
        at = b
        cut = (number == 0 and start > line.start) or (number == len(pieces) - 1 and end < line.end)
        bare = piece.strip()
        if bare and not cut:
            lead = len(piece) - len(piece.lstrip())
            yield a + lead, a + lead + len(bare)


def _glued(index: Index, document: Document, unit: Unit, flat: bool) -> list[Found]:
    """Wordings of scope `inline` that stand in a sentence as a piece of their own.

    A piece of its own starts where something ended or a capital breaks in, and ends where the sentence
    does or a new one starts; inside quotation marks it is quoted, and stays. Where all lines of a text run
    together, wordings of other scopes count too if they are long enough to tell.
    """
    words, tokens, tidy = unit.tokens.words, unit.tokens, document.tidy
    index.work += unit.end - unit.start
    found: list[Found] = []
    at = 0
    while at < len(words):
        step = index.longest(words, at) if flat or words[at] in index.glued else None
        telling = step and (step[1].scope == "inline" or step[0] - at >= _TELLING_WORDS)
        if step and telling and step[1].strength == "certain":
            start, end = tokens.starts[at], tokens.ends[step[0] - 1]
            end = _closing(tidy, end, unit.end)
            if _stands_alone(tidy, unit, start, end):
                found.append(Found(start, end, step[1], "certain"))
                at = step[0]
                continue
        at += 1
    return found


def _closing(tidy: str, end: int, limit: int) -> int:
    """`end` moved over the piece's own closing marks."""
    while end < limit and tidy[end] in "!?*…:":
        end += 1
    if end < limit and tidy[end] == "." and (end + 1 == limit or tidy[end + 1] == " "):
        end += 1
    return end


def _stands_alone(tidy: str, unit: Unit, start: int, end: int) -> bool:
    before = tidy[unit.start : start].rstrip()
    after = tidy[end : unit.end].lstrip()
    if before and before[-1] in _OPENING:
        return False
    first = tidy[start]
    cased = first.isupper() or first.islower()
    # Without blanks between words, every wording inside a sentence touches its neighbours: only a long one tells.
    spaced = first < "\u0e00" or "\uac00" <= first <= "\ud7a3" or end - start >= _LONG_UNSPACED
    glued = start > unit.start and tidy[start - 1].isalpha() and not cased and spaced
    starts = not before or before[-1] in _BOUNDARY_BEFORE or first.isupper() or glued
    if not starts:
        return False
    if not after or tidy[end - 1] in "!?.…。":
        return True
    return after[0].isupper() or not (after[0].isalnum() or after[0] in ",;-'\"")


def _by_pattern(index: Index, document: Document, hits: Sequence[Hit], start: int, end: int) -> list[Found]:
    """Matches of `inline` expressions near their keywords."""
    found: list[Found] = []
    for head, near in index.pattern_rules(hits, inline=True).values():
        if head.strength != "certain":
            continue
        text = seen_by(head.pattern, document)
        done = start
        for _, hit_start, hit_end in near:
            a, b = max(done, hit_start - _AROUND // 2), min(end, hit_end + _AROUND // 2)
            if hit_start < done or a >= b:
                continue
            index.work += b - a
            match = compiled(head.pattern).search(text[a:b])
            if match and match.end() > match.start():
                # the group of that name is what goes, if not all of the match does
                group = compiled(head.pattern).groupindex.get("junk", 0)
                first, last = match.span(group)
                piece = text[a + first : a + last]
                lead = len(piece) - len(piece.lstrip())
                at = a + first + lead
                stop = at + len(piece.strip())
                if not _is_quoted(document.tidy, at, stop):
                    found.append(Found(at, stop, head, "certain"))
                done = a + match.end()
    return found


def _is_quoted(tidy: str, start: int, end: int) -> bool:
    """Whether a piece stands between quotation marks: then a story speaks of it."""
    return tidy[max(0, start - 1) : start] in tuple("\"'\u00ab\u300c") and tidy[end : end + 1] in tuple(
        "\"'\u00bb\u300d"
    )


def _without_overlaps(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for piece in sorted(found, key=lambda f: (f.start, f.start - f.end)):
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept
