"""A page as its metadata is read from it: the tree, its meta tags and its linked data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from newsclean.html.linked_data import Node, linked_nodes
from newsclean.html.tidying import ADDRESS, CONTROL, EMAIL, listed

__all__ = ["ATTRIBUTE_LIMIT", "PAGE_LIMIT", "Heads", "lighten", "read_heads"]

#: Characters, and bytes of UTF-8, of a page that are looked at: what a page says of itself stands early, and
#: what comes after two megabytes is scripts and pictures, which cost time in proportion and more.
PAGE_LIMIT = 2_000_000
# Expressions of the packages below take quadratic time on long stretches of "<" and the like.
ATTRIBUTE_LIMIT = 2_000
_JSON_LIMIT = 20_000  # characters of JSON, all blocks together, that are handed over


class Heads(NamedTuple):
    """A parsed page: `metas` by lower-case name, JSON-LD `nodes` of the article, and those with names `by_id`."""

    tree: Any
    metas: dict[str, list[str]]
    nodes: list[Node]
    by_id: dict[str, Node]

    def meta(self, *names: str) -> Iterator[str]:
        """The contents of the meta tags of these names, name by name."""
        for name in names:
            yield from self.metas.get(name, ())

    def linked(self, key: str) -> Iterator[str]:
        """The texts that the article's JSON-LD has under a key."""
        for node in self.nodes:
            yield from (value for value in listed(node.get(key)) if isinstance(value, str))


def read_heads(html: str) -> Heads:
    """Parse the first `PAGE_LIMIT` characters of a page; what lxml raises comes through."""
    from lxml.html import HTMLParser, document_fromstring

    # In bytes whose encoding is said: an XML declaration of another one in the page has no say.
    data = html[:PAGE_LIMIT].replace("\0", " ").encode("utf-8", "replace")[:PAGE_LIMIT]
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    tree = document_fromstring(data.decode("utf-8", "ignore").encode(), parser=parser)
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        names = (element.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
        metas.setdefault(next(filter(None, names), "").strip().lower(), []).append(
            element.get("content") or ""
        )
    return Heads(tree, metas, *linked_nodes(tree))


def lighten(tree: Any) -> None:
    """Take out of a page what makes the packages slow or leads them astray."""
    for value in tree.xpath(f"//@*[string-length() > {ATTRIBUTE_LIMIT}]"):
        value.getparent().attrib.pop(value.attrname, None)
    left = _JSON_LIMIT
    for script in tree.xpath("//script[contains(@type, 'json')]"):
        left -= len(script.text or "")
        if left < 0:
            script.text = ""
    for meta in tree.xpath("//meta[@content][contains(@name, 'author') or contains(@property, 'author')]"):
        meta.set("content", ADDRESS.sub(" ", CONTROL.sub(" ", meta.get("content"))))
    for text in tree.xpath("//body//text()[contains(., '@')][not(ancestor::script)]"):
        # trafilatura makes names of addresses; lxml gives control characters, but does not take them
        element, bare = text.getparent(), EMAIL.sub(" ", CONTROL.sub(" ", text))
        if text.is_tail:
            element.tail = bare
        else:
            element.text = bare
