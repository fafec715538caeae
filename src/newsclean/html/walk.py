"""From a parsed page to its elements and blocks: one walk down the tree, in page order.

A block is the text between two block boundaries: the start or end of a block element, two line breaks in a row,
or a horizontal rule.
"""

from __future__ import annotations

import re
from array import array
from typing import Any, NamedTuple, TypeAlias

__all__ = ["BREAK", "DROPPED", "Elements", "Page", "walk"]

#: Elements without text of the page, that are taken out before the walk: most pages are full of them.
DROPPED = ("script", "style", "template", "head", "svg")

# Elements whose text is no text of the page, and elements that hold none.
_UNREADS = frozenset((
    "iframe", "select", "datalist", "textarea", "object", "canvas", "audio", "video", "map", "frameset",
    "math",
))  # fmt: skip
_EMPTY = frozenset((
    "input", "source", "link", "meta", "wbr", "track", "embed", "param", "area", "base", "col",
))  # fmt: skip

# Elements that stand inside a line of text.
_INLINES = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "img", "picture", "meter", "progress",
    "output", "image", "slot",
))  # fmt: skip
_LINES = frozenset((
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "td", "th", "blockquote", "figcaption",
))  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: What of an element, beside class and id, may tell what it holds.
_NAMING = ("role", "itemprop", "data-testid", "data-component", "data-type", "data-module")
_TELLING = frozenset((*_NAMING, "href", "hidden", "aria-hidden", "style"))

# What a node is to the walk; all other elements are blocks.
_TEXT, _LINE_END, _NOTHING, _INLINE, _UNREAD, _BLOCK = range(6)
_SORTS: dict[str | None, int] = {
    **dict.fromkeys(_INLINES, _INLINE),
    **dict.fromkeys(_UNREADS, _UNREAD),
    **dict.fromkeys((*_EMPTY, "-comment", "-document", "!doctype", None, ""), _NOTHING),
    **dict.fromkeys(("br", "hr"), _LINE_END),
    "-text": _TEXT,
}

#: The piece of text that a line break leaves; no text of a parsed page holds it.
BREAK = "\0"

#: What makes elements of one kind: tag, class, id and other telling attributes ("name=value").
Key = tuple[str | None, ...]
Ints: TypeAlias = "array[int]"


class Elements(NamedTuple):
    """The elements of a page in parallel arrays (of 64 bits), in page order; 0 is the root.

    `key` counts the kinds of elements; `owner` is the block element that an element is or is in, `link` the link (-1:
    none), `first` and `end` the half-open range of blocks that begin below it, `stop` the index of the first element that is
    not below it.
    """

    tag: list[str]
    key: Ints
    parent: Ints
    owner: Ints
    link: Ints
    hidden: Ints
    first: Ints
    end: Ints
    stop: Ints
    href: dict[int, str]


class Page(NamedTuple):
    """A page: its elements, the kinds they come in, and its blocks as ranges of pieces (text nodes).

    Block b owns the pieces from ``start[b]`` up to ``start[b + 1]``; `at` is the element of each piece.
    """

    elements: Elements
    keys: list[Key]
    owner: Ints
    start: Ints
    text: list[str]
    at: Ints


def walk(root: Any, most_blocks: int) -> Page:  # noqa: PLR0915 (one loop on purpose, see below)
    """The elements and blocks of a page.

    Args:
        root: selectolax's root node, without the elements in `DROPPED`.
        most_blocks: the walk ends there.
    """
    tags: list[str] = []
    kinds, parents, first = array("q"), array("q"), array("q")
    # lists where values are read back or set: twice as fast as arrays
    owners: list[int] = []
    links: list[int] = []
    hidden: list[int] = []
    end: list[int] = []
    stop: list[int] = []
    hrefs: dict[int, str] = {}
    numbers: dict[Key, int] = {}
    texts: list[str] = []
    block_owner, start, at_element = array("q"), array("q", [0]), array("q")
    open_owner = -1  # of the block being gathered; -1: there is none
    breaks = 0
    here = -1  # the innermost element
    here_id = -1
    path: list[int] = []  # those around it, with their ids
    path_ids: list[int] = []
    unread: set[int] = set()
    sort_of = _SORTS.get
    # One long loop on purpose: it runs for each node of each page, calls would double its time.
    for node in root.traverse(include_text=True):
        tag = node.tag
        sort = sort_of(tag, _BLOCK)
        if sort == _TEXT:
            text = node.text_content
            if text.isspace():
                if open_owner >= 0:
                    texts.append(" ")
                    at_element.append(here)
                continue
        elif sort == _NOTHING:
            continue
        elif sort == _LINE_END:
            breaks += 1
            if open_owner >= 0:
                if breaks > 1 or tag == "hr":
                    block_owner.append(open_owner)
                    open_owner = -1
                    start.append(len(texts))
                else:
                    texts.append(BREAK)
                    at_element.append(here)
            continue
        # leave the elements that ended before this node
        parent_id = node.parent.mem_id
        while here_id != parent_id and path:
            if open_owner >= 0 and owners[here] == here:
                block_owner.append(open_owner)
                open_owner = -1
                start.append(len(texts))
            end[here] = len(block_owner)
            stop[here] = len(tags)
            here = path.pop()
            here_id = path_ids.pop()
        if sort == _TEXT:
            if here not in unread:
                breaks = 0
                if open_owner < 0:
                    if len(block_owner) >= most_blocks:
                        break
                    open_owner = owners[here]
                texts.append(text)
                at_element.append(here)
            continue
        path.append(here)
        path_ids.append(here_id)
        parent = here
        here = len(tags)
        here_id = node.mem_id
        if sort == _BLOCK and "-" in tag and parent >= 0 and tags[owners[parent]] in _LINES:
            sort = _INLINE  # an element of the page's own making, in a line of text
        if sort == _INLINE and here:
            owner = owners[parent]
        else:
            owner = here
            breaks = 0
            if open_owner >= 0:
                block_owner.append(open_owner)
                open_owner = -1
                start.append(len(texts))
            if sort == _UNREAD:
                unread.add(here)
        if parent in unread:
            unread.add(here)
        link = links[parent] if here else -1
        is_hidden = hidden[parent] if here else 0
        attributes = node.attributes
        if attributes:
            get = attributes.get
            key: Key = (tag, get("class"), get("id"))
            if not _TELLING.isdisjoint(attributes):
                key += tuple(map(get, _NAMING))
                if tag == "a" and "href" in attributes:
                    link = here
                    hrefs[here] = attributes["href"] or ""
                if (
                    "hidden" in attributes
                    or get("aria-hidden") == "true"
                    or ("style" in attributes and _HIDDEN_STYLE.search(attributes["style"] or ""))
                ):
                    is_hidden = 1
        else:
            key = (tag,)
        number = numbers.get(key)
        if number is None:
            number = numbers[key] = len(numbers)
        tags.append(tag)
        kinds.append(number)
        parents.append(parent)
        owners.append(owner)
        links.append(link)
        hidden.append(is_hidden)
        first.append(len(block_owner))
        end.append(0)
        stop.append(0)
    if open_owner >= 0:
        block_owner.append(open_owner)
        start.append(len(texts))
    while here >= 0:
        end[here] = len(block_owner)
        stop[here] = len(tags)
        here = path.pop() if path else -1
    later = (array("q", values) for values in (owners, links, hidden, end, stop))
    owner_of, link_of, hidden_of, ends, stops = later
    elements = Elements(tags, kinds, parents, owner_of, link_of, hidden_of, first, ends, stops, hrefs)
    return Page(elements, list(numbers), block_owner, start, texts, at_element)
