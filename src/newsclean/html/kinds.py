"""What each block of a page is, by its markup, the names around it and its place: kind, role, level and path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, islice
from typing import NamedTuple

from newsclean.html.element_names import (
    BYLINE,
    CAPTION,
    CODE,
    COMMENT,
    EMBED,
    LEAD,
    QUOTE,
    element_label,
    is_comments_heading,
    is_worded_byline,
    names_of,
)
from newsclean.html.hints import words_key
from newsclean.html.parsing import Parsed
from newsclean.html.tables import rows
from newsclean.html.titles import title_blocks

__all__ = ["Described", "describe"]

#: What an element makes of the blocks below it; a section of its own makes nothing of them.
_KIND_OF_TAG = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"), "li": "list item", "blockquote": "quote",
    "pre": "code", "figure": "figure", "figcaption": "caption", "caption": "caption", "td": "cell", "th": "cell",
    **dict.fromkeys(("article", "section", "main", "nav", "aside", "footer", "form"), ""),
}  # fmt: skip
_IMAGES = frozenset(("img", "picture"))
_STRESSED = frozenset(("b", "strong", "em", "i", "big"))
_DATED = re.compile(
    r"(?<!\d)(?:19|20)\d\d.*(?<!\d)\d{1,2}(?!\d)|(?<!\d)\d{1,2}(?!\d).*(?<!\d)(?:19|20)\d\d|\b\d{1,2}[./]\d{1,2}[./]\d\d"
)
# Sizes, in blocks and characters, up to which a name speaks for all that stands below it.
_FEW, _SOME, _SHORT, _LONG = 4, 12, 200, 120
_NEAR_BEFORE, _NEAR_AFTER = 6, 15


class Described(NamedTuple):
    """What a block is: one of `page.KINDS` and `page.ROLES`, a heading's or list item's level (else 0), its elements."""

    kind: str
    role: str
    level: int
    path: str


def describe(parsed: Parsed, blocks: Iterable[int]) -> dict[int, Described]:
    """What each of `blocks` is.

    >>> from newsclean.html.parsing import parse
    >>> describe(parse("<ul class=news><li>Rain fell</ul>"), [0])[0]
    Described(kind='list item', role='', level=1, path='body > ul.news > li')
    """
    reader = _Reader(parsed)
    return {block: reader.described(block) for block in blocks}


class _Place(NamedTuple):
    """What the elements around a block say, handed down from each to those below it."""

    kind: str = ""
    level: int = 0
    said: int = 0


_NOWHERE = _Place()


class _Reader:
    """Reads blocks of one page; what it learns of an element serves all blocks below it."""

    def __init__(self, parsed: Parsed) -> None:
        self.texts = parsed.texts
        self.page = parsed.page
        e = parsed.page.elements
        self.tag, self.key, self.parent = e.tag, e.key, e.parent
        self.first, self.end, self.stop = e.first, e.end, e.stop
        self.keys = parsed.page.keys
        self.size = [0, *accumulate(map(len, parsed.texts))]
        self.places: dict[int, _Place] = {}
        self.paths: dict[int, tuple[str, ...]] = {0: ("html",)}
        self.alike: dict[tuple[int, int], tuple[_Place, str]] = {}
        self.known: dict[int, tuple[int, str]] = {}
        self.cells = {block for row in rows(parsed) for block in row}
        self.titles = title_blocks(parsed)
        self.title = min(self.titles, default=-1)
        self.summaries = {words_key(text) for text in parsed.hints.summaries if len(text) > 30}
        self.summary_sizes = [len(text) for text in parsed.hints.summaries]

    def described(self, block: int) -> Described:
        owner = self.page.owner[block]
        place, path = self.around(owner)
        kind = place.kind
        if kind == "cell":
            kind = "table row" if block in self.cells else ""
        elif kind == "figure":
            link = self.page.elements.link[owner]
            kind = "" if link >= 0 else "caption"
        if not kind and self.is_below_image(block, owner):
            kind = "caption"
        kind = kind or "paragraph"
        role = self.role(block, kind, place.said)
        if role == "comment" and kind == "code" and self.tag[owner] != "pre":
            kind = "paragraph"
        level = place.level if kind in ("heading", "list item") else 0
        return Described(kind, role, level, path)

    def around(self, owner: int) -> tuple[_Place, str]:
        """What holds in a block's element, and its path; most elements are like others beside them."""
        pair = self.parent[owner], self.key[owner]
        found = self.alike.get(pair)
        if found is None:
            found = self.place(owner), " > ".join(self.paths[owner])
            if self.tag[owner] not in _KIND_OF_TAG and not self.known.get(pair[1], (0,))[0]:
                self.alike[pair] = found
        return found

    def place(self, element: int) -> _Place:
        """What holds below an element; on the way its path is noted, too."""
        chain: list[int] = []
        while element > 0 and element not in self.places:
            chain.append(element)
            element = self.parent[element]
        made = self.places.get(element, _NOWHERE)
        path = self.paths.get(element, ()) if element else ()
        for element in reversed(chain):
            number = self.key[element]
            known = self.known.get(number)
            if known is None:
                key = self.keys[number]
                known = self.known[number] = (names_of(key), element_label(key))
            said, label = known
            tag = self.tag[element]
            if said or tag in _KIND_OF_TAG:
                made = self.placed(element, tag, said, made)
            self.places[element] = made
            path = self.paths[element] = (*path[-4:], label)
        return made

    def placed(self, element: int, tag: str, said: int, above: _Place) -> _Place:
        """What holds below an element, from its tag and names and from what holds around it."""
        first, end = self.first[element], self.end[element]
        blocks, size = end - first, self.size[end] - self.size[first]
        most = size * 2 > self.size[-1]
        kept = above.said
        if blocks <= 2 * _FEW and size < 3 * _SHORT:
            kept |= said & BYLINE
        if blocks <= _FEW:
            kept |= said & LEAD
        if tag == "section" and blocks > 1 and is_comments_heading(self.texts[first]):
            said |= COMMENT
        if said & COMMENT and not most and tag not in ("body", "html") and first > self.title:
            kept |= COMMENT
        kind, level = above.kind, above.level
        if said & EMBED and blocks <= (_FEW if most else _SOME):
            kind, kept = "embed", kept | EMBED
        elif kept & EMBED:
            kind = "caption" if tag in ("figcaption", "caption") else "embed"
        elif said & CAPTION and blocks <= _FEW and size < 3 * _SHORT:
            kind = "caption"
        elif tag in _KIND_OF_TAG:
            kind, level = (
                self.by_tag(element, tag, most),
                int(tag[1]) if tag[0] == "h" and len(tag) == 2 else level,
            )
            if kind == "list item":
                level = above.level + 1 if above.kind == "list item" else 1
        elif said & QUOTE and blocks <= _FEW:
            kind = "quote"
        elif said & CODE and not most:
            kind = "code"
        return _Place(kind, level, kept)

    def by_tag(self, element: int, tag: str, most: bool) -> str:
        """The kind that a tag gives; "" where it holds so much that it says nothing."""
        kind = _KIND_OF_TAG[tag]
        blocks = self.end[element] - self.first[element]
        if kind == "list item" and blocks > 8 and self.tag[element : self.stop[element]].count("p") > _FEW:
            return ""
        if (kind in ("caption", "figure") and blocks > _SOME) or (kind == "quote" and most and blocks > _FEW):
            return ""
        return kind

    def role(self, block: int, kind: str, said: int) -> str:
        if said & COMMENT:
            return "comment"
        if block in self.titles:
            return "title"
        if kind in ("caption", "embed", "code", "table row"):
            return ""
        near = self.title >= 0 and -_NEAR_BEFORE <= block - self.title <= _NEAR_AFTER
        text = self.texts[block]
        if near and block > self.title and len(text) > 15 and self.is_standfirst(block, said, text):
            return "standfirst"
        if len(text) <= _SHORT and self.is_byline(block, kind, said, text, near):
            return "byline"
        return ""

    def is_standfirst(self, block: int, said: int, text: str) -> bool:
        named = bool(said & LEAD)
        if not named and not any(abs(len(text) - size) < 10 for size in self.summary_sizes):
            return False
        if not self.is_above_text(block):
            return False
        return named or (words_key(text) in self.summaries and self.stands_out(block))

    def stands_out(self, block: int) -> bool:
        """Whether a block has another look than the text after it: many a summary is but the first paragraph."""
        long = (b for b in range(block + 1, len(self.texts)) if len(self.texts[b]) > _LONG // 2)
        after = next(
            (b for b in islice(long, 4) if self.place(self.page.owner[b]).kind not in ("caption", "heading")),
            None,
        )
        if after is None:
            return True
        page = self.page
        own, other = page.owner[block], page.owner[after]
        if all(
            self.tag[page.at[i]] in _STRESSED
            for i in range(page.start[block], page.start[block + 1])
            if page.text[i].strip()
        ):
            return True
        return self.parent[own] != self.parent[other] or self.key[own] != self.key[other]

    def is_above_text(self, block: int) -> bool:
        """Whether between the title and a block no text has begun."""
        for b in range(self.title + 1, block):
            if len(self.texts[b]) > _LONG:
                place = self.place(self.page.owner[b])
                if (
                    place.kind != "caption"
                    and not place.said & LEAD
                    and words_key(self.texts[b]) not in self.summaries
                ):
                    return False
        return True

    def is_byline(self, block: int, kind: str, said: int, text: str, near: bool) -> bool:
        sentence = text.endswith((".", "!", "?", "。"))
        if said & BYLINE and (near or (len(text) < _LONG and kind != "heading" and not sentence)):
            return True
        if block < self.title or kind == "heading" or len(text) > _LONG or text.count(" ") > 14:
            return False
        worded = is_worded_byline(text)
        if not near and not worded:
            return False
        page = self.page
        inside = {page.at[i] for i in range(page.start[block], page.start[block + 1])}
        named = any(names_of(self.keys[self.key[e]]) & BYLINE for e in inside)
        if named and worded:
            return True
        dated = (kind == "paragraph" and _DATED.search(text)) or any(self.tag[e] == "time" for e in inside)
        return near and (named or bool(dated) or (worded and not sentence)) and self.is_above_text(block)

    def is_below_image(self, block: int, owner: int) -> bool:
        """Whether a block is the one text of an element in which an image stands before it."""
        text = self.texts[block]
        if not 15 <= len(text) <= 2 * _SHORT or block <= self.title:
            return False
        around = owner if self.tag[owner] == "td" else self.parent[owner]
        if around <= 0 or self.end[around] - self.first[around] != 1:
            return False
        if _IMAGES.isdisjoint(self.tag[around : owner if around != owner else self.stop[owner]]):
            return False
        if not any(
            len(self.texts[b]) > _LONG
            for b in range(max(0, block - 2), min(block + 3, len(self.texts)))
            if b != block
        ):
            return False
        page = self.page
        return any(
            page.elements.link[page.at[i]] < 0
            for i in range(page.start[block], page.start[block + 1])
            if page.text[i].strip()
        )
