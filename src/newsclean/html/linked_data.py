"""The objects of a page's JSON-LD that describe its article."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from newsclean.html.tidying import listed, tidy

__all__ = ["Node", "linked_nodes"]

Node = dict[str, Any]
_HEADLINE = 500  # characters
_NODE_LIMIT = 5_000  # objects of JSON-LD that are looked at
_ARTICLE = re.compile(r"(?:Article|BlogPosting)$|^Report$")
_WEB_PAGE = re.compile(r"(?:WebPage|ItemPage)$")
_OTHERS = frozenset(
    ("citation", "hasPart", "isPartOf", "itemListElement", "mentions", "relatedLink", "review")
)


def linked_nodes(tree: Any) -> tuple[list[Node], dict[str, Node]]:
    """The JSON-LD objects that describe the article and its page; and all objects that have a name, by id."""
    waiting: deque[Any] = deque(_blocks(tree))
    articles: list[Node] = []
    pages: list[Node] = []
    by_id: dict[str, Node] = {}
    for _ in range(_NODE_LIMIT):  # level by level: what lies deeper is rather about something else
        node = waiting.popleft() if waiting else None
        if isinstance(node, list):
            waiting.extend(item for item in node[:_NODE_LIMIT] if isinstance(item, dict | list))
        elif isinstance(node, dict):
            types = [kind for kind in listed(node.get("@type")) if isinstance(kind, str)]
            if any(map(_ARTICLE.search, types)):
                articles.append(node)
            elif any(map(_WEB_PAGE.search, types)):
                pages.append(node)
            if isinstance(node.get("@id"), str) and "name" in node:
                by_id[node["@id"]] = node
            parts = (value for key, value in node.items() if key not in _OTHERS)
            waiting.extend(part for part in parts if isinstance(part, dict | list))
    same = [node for node in articles[1:] if _headline(node) and _headline(node) == _headline(articles[0])]
    return articles[:1] + same + pages[:1], by_id


def _headline(node: Node) -> str | None:
    return tidy(node.get("headline"), _HEADLINE)


def _blocks(tree: Any) -> Iterator[Any]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        text = script.text or ""
        start = re.search(r"[{\[]", text)
        try:
            yield json.JSONDecoder(strict=False).raw_decode(text, start.start() if start else 0)[0]
        except (ValueError, RecursionError):
            continue
