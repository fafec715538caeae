"""What stands inside the text of a kept block and is none of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsclean.html.footnotes import is_note
from newsclean.html.inline_names import (
    AD,
    BUTTON,
    EDIT,
    HIDDEN,
    ICON,
    KEEP,
    NOTE,
    SCREEN,
    SHARE,
    is_telling,
    sign_of,
)
from newsclean.html.inline_parts import (
    GOING_ON,
    WORDING_LIMIT,
    Part,
    links_apart,
    opened_elements,
    read_parts,
)
from newsclean.html.link_tails import LABEL_LIMIT, LINK, NUMBERED, RUN, SENTENCE_START, with_tail
from newsclean.html.page import Cut
from newsclean.html.positions import piece_spans, trimmed
from newsclean.html.walk import Page
from newsclean.html.wording import Wording

__all__ = ["inline_cuts"]

_ENDED = re.compile(r"(?:[.!?…؟।۔][\"'”’»)\]]*[ \n\u00a0]+|[。！？!?.…؟][」』）”\"]*|\n)\Z")
_LIGATURE = re.compile(r"[a-z][a-z0-9_]*\Z")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\s]+\Z")
_CLOSING = ",.;:!?)]…"


def inline_cuts(page: Page, block: int, text: str) -> tuple[Cut, ...]:
    """The pieces inside a kept block's text that are junk, with the white space that goes with them, and why.

    They are in order and do not overlap. A block is never cut away in whole: whether it is kept is not decided here.

    Args:
        page: the page that the block is of.
        block: its number.
        text: its collapsed text, as `parsing.block_text` makes it.

    >>> from newsclean.html.parsing import parse
    >>> parsed = parse('<p>Rain fell. <a href="/x">Read more</a>')
    >>> inline_cuts(parsed.page, 0, parsed.texts[0])
    (Cut(start=10, end=20, reason='a link to another page'),)
    """
    first, after = page.start[block], page.start[block + 1]
    if after - first == 1:
        return ()
    at = page.at[first:after]
    # What one element holds in whole is no piece of it.
    owner = page.owner[block]
    if at.count(at[0]) == len(at) or not is_telling(page, at, owner):
        return ()
    opened = opened_elements(page, at, owner)
    signs = {element: sign_of(page, element, owner) for element in opened}
    pieces = page.text[first:after]
    if not any(signs.values()) and not links_apart(page, opened, pieces):
        return ()
    spans = piece_spans(pieces, text)
    parts = read_parts(page, opened, signs, spans)
    return _cuts(text, _found(page, parts, text, Wording(page, block)))


def _found(page: Page, parts: list[Part], text: str, wording: Wording) -> list[Cut]:
    """What is to be cut, without white space; parts inside what is cut or kept for its names are not looked at."""
    found: list[Cut] = []
    passed = -1
    for place, part in enumerate(parts):
        start, end = trimmed(text, part.start, part.end)
        if start >= end or start < passed:
            continue
        if part.sign == KEEP or (part.sign == HIDDEN and _has_double(parts, place)):
            passed = end
        elif end - start < len(text):
            left = found[-1].end if found else 0
            piece = _Piece(start, end, left, _lead(page, parts, place))
            reason = _reason(page, part, text, piece, wording)
            if reason:
                found.append(Cut(start, end, reason))
                passed = end
    return with_tail(page, parts, text, wording, found)


def _has_double(parts: list[Part], place: int) -> bool:
    """Whether text for screen readers adjoins: what is hidden from those is what everybody else sees."""
    near = parts[max(0, place - 12) : place + 12]
    part = parts[place]
    return any(
        other.sign == SCREEN and min(abs(other.start - part.end), abs(part.start - other.end)) < 2
        for other in near
    )


def _lead(page: Page, parts: list[Part], place: int) -> tuple[int, int] | None:
    """The span of the link that a part which is none begins with, if it holds no other."""
    part = parts[place]
    if part.links != 1 or part.element in page.elements.href:
        return None
    link = next(other for other in parts[place + 1 :] if other.element in page.elements.href)
    return (link.start, link.end) if link.start == part.start else None


class _Piece(NamedTuple):
    start: int
    end: int
    cut: int  # where the cut before it ends
    lead: tuple[int, int] | None  # the one link it begins with


def _reason(page: Page, part: Part, text: str, piece: _Piece, wording: Wording) -> str:
    """Why an element goes; "" if it stays."""
    sign = part.sign
    if piece.end - piece.start > WORDING_LIMIT and sign not in (SCREEN, HIDDEN, EDIT):
        return ""
    inside = text[piece.start : piece.end]
    if sign in (SCREEN, HIDDEN):
        return sign if _is_unseen(text, piece) else ""
    if sign == EDIT:
        return sign
    if sign == ICON or _PRIVATE.match(inside):
        return ICON if _LIGATURE.match(inside) or _PRIVATE.match(inside) else ""
    if is_note(page, part, inside):
        return NOTE
    if not (part.links or sign) or not _stands_apart(text, piece):
        return ""
    if sign in (AD, SHARE) and len(inside) <= LABEL_LIMIT and not part.links and inside[-1] not in ".!?。":
        return sign
    if wording.is_junk(inside) or _is_call(text, piece, wording):
        return sign if sign in (AD, SHARE, BUTTON) else RUN if part.links > 1 else LINK
    return ""


def _is_call(text: str, piece: _Piece, wording: Wording) -> bool:
    """Whether a piece is one sentence that begins with a link which is a call by itself: "Follow our channel to …"."""
    inside = text[piece.start : piece.end]
    if piece.lead is None or inside[-1] not in ".!" or SENTENCE_START.search(inside):
        return False
    return wording.is_junk(text[slice(*trimmed(text, *piece.lead))])


def _is_unseen(text: str, piece: _Piece) -> bool:
    """Whether a part that is not shown may go.

    The first letter of a word and bare numbers may not: they may be hidden from screen readers only.
    """
    inside = text[piece.start : piece.end]
    if any(map(str.isdigit, inside)) and not any(map(str.isalpha, inside)):
        return False
    return len(inside) > 2 or not text[piece.end : piece.end + 1].isalnum()


def _stands_apart(text: str, piece: _Piece) -> bool:
    """Whether a sentence ends before a piece, and none goes on behind it."""
    before = text[max(piece.cut, piece.start - 12) : piece.start]
    if before.strip() and (not _ENDED.search(before) or NUMBERED.match(text[: piece.start])):
        return False
    after = text[piece.end : piece.end + 4].lstrip(" \u00a0|")
    return not after or after[0] == "\n" or not (after[0].islower() or after[0] in GOING_ON)


def _cuts(text: str, found: list[Cut]) -> tuple[Cut, ...]:
    """The cuts with the white space that goes with them; none if nothing would be left."""
    groups: list[list[Cut]] = []
    for cut in found:
        if groups and not text[groups[-1][-1].end : cut.start].strip():
            groups[-1].append(cut)
        else:
            groups.append([cut])
    cuts: list[Cut] = []
    for group in groups:
        start, end = _with_blanks(text, group[0].start, group[-1].end)
        if start == 0 and end == len(text):
            return ()
        for cut in group:
            after = end if cut is group[-1] else cut.end
            cuts.append(Cut(start, after, cut.reason))
            start = after
    return tuple(cuts)


def _with_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """A span that is cut with as much white space as keeps what is left apart by one blank or line break, if it was."""
    left, right = len(text[:start].rstrip()), len(text) - len(text[end:].lstrip())
    if left == 0:
        return 0, right
    if right == len(text):
        return left, right
    if "\n" in text[end:right]:
        return left, end
    if "\n" in text[left:start]:
        return start, right
    if right > end or text[end] in _CLOSING:
        return left, end
    return start, end
