"""Where the pieces of a block, and the links in it, stand in its collapsed text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsclean.html.page import Link
from newsclean.html.walk import BREAK, Page

__all__ = ["block_links", "piece_spans", "trimmed"]

_BLANK = re.compile(r"[ \t\n\r\f\v]+")
_SEPARATOR = re.compile(r"[\x1c-\x1f]")


def piece_spans(pieces: Sequence[str], text: str) -> list[tuple[int, int]]:
    r"""Where each piece of a block stands in the block's collapsed text; together they are the text, without a gap.

    Args:
        pieces: the block's pieces, line breaks as `walk.BREAK`.
        text: what `parsing.block_text` makes of them.

    >>> piece_spans(["Rain ", " fell", "\0", "all\n day "], "Rain fell\nall day")
    [(0, 5), (5, 9), (9, 10), (10, 17)]
    """
    spans: list[tuple[int, int]] = []
    at = 0
    for index, piece in enumerate(pieces):
        start = at
        if piece == BREAK:
            at += text.startswith("\n", at)
        elif text.startswith(piece, at):
            at += len(piece)
        else:
            at = _collapsed_end(pieces, index, text, at)
        spans.append((start, at))
    return spans


def _collapsed_end(pieces: Sequence[str], index: int, text: str, at: int) -> int:
    """Where a piece ends in the text, of which white space was collapsed."""
    piece = pieces[index]
    # The two ways to split an ASCII piece differ in these separators alone, so the whole line is rarely looked at.
    if piece.isascii() and (not _SEPARATOR.search(piece) or _line(pieces, index).isascii()):
        words = piece.split()
    else:
        words = [word for word in _BLANK.split(piece) if word]
    # A blank of the text belongs to the first piece that has it.
    if text.startswith(" ", at) and not (words and piece.startswith(words[0])):
        at += 1
    if words:
        at += sum(map(len, words)) + len(words) - 1
        if text.startswith(" ", at) and not piece.endswith(words[-1]):
            at += 1
    return at


def _line(pieces: Sequence[str], index: int) -> str:
    """The pieces from the line break before one to the line break behind it."""
    first, after = index, index
    while first > 0 and pieces[first - 1] != BREAK:
        first -= 1
    while after < len(pieces) and pieces[after] != BREAK:
        after += 1
    return "".join(pieces[first:after])


def block_links(page: Page, block: int, text: str) -> tuple[Link, ...]:
    """The links in a block's text, in order; those without text are passed over.

    >>> from newsclean.html.parsing import parse
    >>> parsed = parse('<p>Rain <a href="/x">fell</a>.')
    >>> block_links(parsed.page, 0, parsed.texts[0])
    (Link(start=5, end=9, href='/x'),)
    """
    first, after = page.start[block], page.start[block + 1]
    link = page.elements.link
    owners = [link[element] for element in page.at[first:after]]
    if max(owners, default=-1) < 0:
        return ()
    spans = piece_spans(page.text[first:after], text)
    found: list[Link] = []
    at = 0
    while at < len(owners):
        last = at
        while last + 1 < len(owners) and owners[last + 1] == owners[at]:
            last += 1
        start, end = trimmed(text, spans[at][0], spans[last][1])
        if owners[at] >= 0 and start < end:
            found.append(Link(start, end, page.elements.href.get(owners[at], "")))
        at = last + 1
    return tuple(found)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
