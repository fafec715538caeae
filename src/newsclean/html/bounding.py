"""What of a page is given to a parser: pages that would take it minutes are bounded first.

A parser's time grows with the square of how deep elements nest and of how many attributes one of them has. Pages of people
stay far below the limits; what is left out of one that passes them is told.
"""

from __future__ import annotations

import re

import numpy as np

__all__ = ["MOST_CHARACTERS", "MOST_TAGS", "bound"]

#: So much of one page is read.
MOST_CHARACTERS, MOST_TAGS = 20_000_000, 400_000

_FEW_TAGS, _DEEPEST = 20_000, 1_000
#: A tag without ">" inside is looked at if it is longer than two windows, each tag if a page is as long as that or has as
#: many equals signs: quoted values may hold anything.
_WINDOW, _LONG_PAGE, _MANY_VALUES = 4_096, 8_000_000, 20_000
_MOST_ATTRIBUTES = 300

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_START = re.compile(rb"</?[a-zA-Z][^\s/>]*")
_SCRIPT = re.compile(rb"<(?:script|style)\b", re.IGNORECASE)
# up to the end tag of a script that only looks like a tag's attributes
_ATTRIBUTE = re.compile(rb"""[\s/]*(?:[^\s=<>/]|<(?!/))+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?|\s*=""")
_UNCLOSED = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p",
    "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot", "script", "style", "param",
))  # fmt: skip


def bound(html: str, data: bytes | None = None) -> tuple[bytes, str]:
    """The page in UTF-8 with what would take a parser too long left out, and what was not read, in words.

    Args:
        html: the page.
        data: the same in UTF-8, if it is at hand.

    >>> bound("<p>Rain")
    (b'<p>Rain', '')
    """
    cut = ""
    if len(html) > MOST_CHARACTERS:
        html, cut, data = html[:MOST_CHARACTERS], f"all but the first {MOST_CHARACTERS:,} characters", None
    if data is None:
        data = html.encode("utf-8", "replace")  # what cannot be encoded is no text
    if _count(data, "<") > _FEW_TAGS:
        html, cut = _flattened(html, cut)
        data = html.encode("utf-8", "replace")
    many = len(data) > _LONG_PAGE or _count(data, "=") > _MANY_VALUES
    return (_fewer_attributes if many else _fewer_in_long_tags)(data), cut


def _count(data: bytes, sign: str) -> int:
    """How often a frequent sign stands in a page: numpy takes a fifth of the time of bytes.count."""
    return int(np.count_nonzero(np.frombuffer(data, dtype=np.uint8) == ord(sign)))


def _fewer_in_long_tags(data: bytes) -> bytes:
    """The page with tags that span a whole window cut down to some hundred attributes."""
    pieces: list[bytes] = []
    done = at = 0
    while at + _WINDOW <= len(data):
        if data.find(b">", at, at + _WINDOW) >= 0:
            at += _WINDOW
            continue
        start = data.rfind(b">", 0, at) + 1
        at = data.find(b">", at + _WINDOW)
        at = at if at >= 0 else len(data)
        if _SCRIPT.match(data, max(0, data.rfind(b"<", 0, start))):
            start = max(start, data.rfind(b"</", start, at))  # a script has no tags but the one that ends it
        if at - start < _WINDOW or not _may_hold_many(data[start:at]):
            continue
        shorter = _shorter_tag(data[start:at])
        if len(shorter) < at - start:
            pieces += [data[done:start], shorter]
            done = at
    return b"".join([*pieces, data[done:]]) if pieces else data


def _may_hold_many(piece: bytes) -> bool:
    """Whether a piece may be a tag with hundreds of attributes: most long ones are scripts, and soon told."""
    found = _START.search(piece)
    if found is None:
        return False
    some = _MOST_ATTRIBUTES
    return len(piece[found.end() :].split(None, some)) > some or piece.count(b"/", found.end()) > some


def _shorter_tag(piece: bytes) -> bytes:
    """A piece that ends where a tag ends, without most of the attributes if they are hundreds."""
    at = 0
    while tag := _START.search(piece, at):
        at = tag.end()
        for _ in range(_MOST_ATTRIBUTES):
            found = _ATTRIBUTE.match(piece, at)
            if found is None:
                break
            at = found.end()
        else:
            # what only looks like a tag may be a script, whose end tag is kept
            end = piece.rfind(b"</", at)
            return piece[:at] + (piece[end:] if end >= 0 else b"")
    return piece


def _fewer_attributes(data: bytes) -> bytes:
    """The page with no more than some hundred attributes in each tag."""
    pieces: list[bytes] = []
    done = at = 0
    while tag := _START.search(data, at):
        at = tag.end()
        last = -1
        for count in range(len(data)):
            if count == _MOST_ATTRIBUTES:
                last = at
            found = _ATTRIBUTE.match(data, at)
            if found is None:
                break
            at = found.end()
        if 0 <= last < at:
            pieces.append(data[done:last])
            done = at
    return b"".join([*pieces, data[done:]]) if pieces else data


def _flattened(html: str, cut: str) -> tuple[str, str]:
    """A page of many tags without those that are nested too deep, up to the last tag that is read."""
    depth = 0
    pieces: list[str] = []
    at = 0
    for number, tag in enumerate(_TAG.finditer(html)):
        if number >= MOST_TAGS:
            html, cut = html[: tag.start()], cut or f"all but the first {MOST_TAGS:,} tags"
            break
        if tag[2].lower() in _UNCLOSED:
            continue
        if tag[1]:
            depth = max(0, depth - 1)
            continue
        depth += 1
        if depth > _DEEPEST and tag.start() >= at:  # not in a tag that is left out
            pieces.append(html[at : tag.start()])
            at = html.find(">", tag.end()) + 1 or len(html)
    return "".join([*pieces, html[at:]]), cut
