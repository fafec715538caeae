"""What a page says about itself in its head and its linked data, as far as it helps to find the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

__all__ = ["Hints", "read_hints", "words_key"]

_WORD = re.compile(r"\w+")
_MOST_DATA = 1_000_000  # characters of one script of linked data; longer ones are no article's
_DEEPEST = 6
# Characters of the article; titles or summaries, and characters of each.
_MOST_BODY, _MOST_HEADS, _MOST_HEAD = 100_000, 20, 1_000


class Hints(NamedTuple):
    """Title and summary, type as Open Graph and linked data name it, address, and the article's text if it is given."""

    titles: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    url: str = ""
    body: str = ""
    language: str = ""


def words_key(text: str) -> str:
    """The words of a text, by which texts are compared.

    >>> words_key("Rain – again!")
    'rain again'
    """
    return " ".join(_WORD.findall(text.lower()))


def read_hints(parser: Any, url: str | None = None) -> Hints:
    """The hints that a parsed page gives, before anything is taken out of it."""
    titles, summaries, kinds = [], [], []
    address = url or ""
    for node in parser.css("title, meta[property], meta[name], link[rel=canonical]"):
        if node.tag == "title":
            titles.append(node.text() or "")
            continue
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or "").lower()
        value = attributes.get("content") or ""
        if node.tag == "link" or name == "og:url":
            address = address or attributes.get("href") or value
        elif name in ("og:title", "twitter:title"):
            titles.append(value)
        elif name in ("description", "og:description", "twitter:description"):
            summaries.append(value)
        elif name == "og:type":
            kinds.append(f"og:{value.lower()[:40]}")
    bodies: list[str] = []
    for node in parser.css('script[type="application/ld+json"]'):
        for item in _items(node.text() or ""):
            types = item.get("@type")
            names = types if isinstance(types, list) else [types]
            kinds += [f"ld:{name.lower()[:40]}" for name in names if isinstance(name, str)]
            for field, where in (("headline", titles), ("description", summaries), ("articleBody", bodies)):
                value = item.get(field)
                if isinstance(value, str) and value:
                    where.append(value)
    root = parser.root
    language = (root.attributes.get("lang") or "") if root is not None else ""
    body = max(bodies, key=len, default="")[:_MOST_BODY]
    return Hints(
        tuple(dict.fromkeys(title[:_MOST_HEAD] for title in titles[:_MOST_HEADS])),
        tuple(dict.fromkeys(summary[:_MOST_HEAD] for summary in summaries[:_MOST_HEADS])),
        tuple(dict.fromkeys(kinds)),
        address,
        body,
        language,
    )


def _items(text: str) -> Iterator[dict[str, Any]]:
    if len(text) > _MOST_DATA:
        return
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    waiting = [(data, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(value, dict):
            yield value
            waiting += [
                (value[name], depth + 1)
                for name in ("@graph", "mainEntity", "mainEntityOfPage")
                if name in value
            ]
        elif isinstance(value, list):
            waiting += [(item, depth + 1) for item in value[:200]]
