"""From a page's HTML to its elements and blocks, in bounded time and memory whatever the page is."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsclean.html.bounding import bound
from newsclean.html.hints import Hints, read_hints
from newsclean.html.walk import BREAK, DROPPED, Page, walk

__all__ = ["MOST_BLOCKS", "Parsed", "block_text", "parse"]

#: So many blocks are read of one page.
MOST_BLOCKS = 20_000

_BLANK = re.compile(r"[ \t\n\r\f\v]+")


class Parsed(NamedTuple):
    """A page's elements and blocks, the text of each block, what the page says of itself, and what was cut off."""

    page: Page
    texts: list[str]
    hints: Hints
    cut: str


def parse(html: str, url: str | None = None, data: bytes | None = None) -> Parsed:
    """Parse a page; `data` is the same in UTF-8, if it is at hand.

    >>> parse("<p>Rain <b>fell</b>.</p><div>Menu").texts
    ['Rain fell.', 'Menu']
    """
    from selectolax.lexbor import LexborHTMLParser

    bounded, cut = bound(html, data)
    parser = LexborHTMLParser(bounded)
    hints = read_hints(parser, url)
    parser.strip_tags(list(DROPPED))
    root = parser.root
    page = walk(root, MOST_BLOCKS)
    if len(page.owner) >= MOST_BLOCKS:
        cut = cut or f"all but the first {MOST_BLOCKS:,} blocks"
    texts = [block_text(page.text[a:b]) for a, b in zip(page.start, page.start[1:], strict=False)]
    return Parsed(page, texts, hints, cut)


def block_text(pieces: list[str]) -> str:
    r"""The text of a block: white space collapsed as a browser does, line breaks as ``\n``.

    >>> block_text(["Rain ", " fell\n", BREAK, " all day"])
    'Rain fell\nall day'
    """
    text = "".join(pieces)
    if BREAK in text:
        return "\n".join(_collapsed(line) for line in text.split(BREAK)).strip("\n")
    return _collapsed(text)


def _collapsed(text: str) -> str:
    if text.isascii():
        return " ".join(text.split())
    return _BLANK.sub(" ", text).strip(" ")
