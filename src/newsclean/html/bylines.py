"""The names of a page's authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from typing import Any

from newsclean.html.linked_data import Node
from newsclean.html.tidying import ADDRESS, listed, tidy

__all__ = ["joined_byline", "linked_people"]

_LONGEST = 300  # characters of a byline
_BETWEEN = re.compile(r"\s*[;,|、،]\s*|\s+(?:and|und|&)\s+")
_PREFIX = re.compile(
    r"(?:(?:text|story|words|written|posted|reported)\s+)?(?:by|por|par|door|von(?!\s+(?:der?|de[nm]|zu[mr]?)\s))"
    r"(?:\s*[:：]\s*|\s+)|(?:بقلم|文)\s*[:：/]\s*|بقلم\s+",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    ("admin", "administrator", "anonymous", "author", "editor", "root", "unknown", "webmaster")
)


def linked_people(nodes: Iterable[Node], by_id: dict[str, Node]) -> list[str]:
    """The names of the article's authors in JSON-LD: persons, and only without these, organisations."""
    for node in nodes:
        persons: list[str] = []
        others: list[str] = []
        for said in listed(node.get("author") or node.get("creator")):
            author = said if isinstance(said, dict) else {"name": said}
            known = author.get("@id")
            author = {**(by_id.get(known, {}) if isinstance(known, str) else {}), **author}
            given = [author[key] for key in ("givenName", "familyName") if isinstance(author.get(key), str)]
            names = [name for name in listed(author.get("name")) if isinstance(name, str)]
            person = "Person" in listed(author.get("@type", "Person"))
            (persons if person else others).extend(names or [" ".join(given)])
        if any(persons) or any(others):
            return persons if any(persons) else others
    return []


def joined_byline(*sources: Iterable[Any]) -> str | None:
    """The names of the first source that has some, parted by commas."""
    for texts in sources:
        names: dict[str, str] = {}
        for text in islice(texts, 50):
            for name in _names(text[:1000] if isinstance(text, str) else ""):
                names.setdefault(name.casefold(), name)
        while len(", ".join(names.values())) > _LONGEST:
            names.popitem()
        if names:
            return ", ".join(names.values())
    return None


def _names(text: str) -> Iterator[str]:
    for part in _BETWEEN.split(ADDRESS.sub(" ", unescape(text))):
        name = (tidy(part, 100) or "").strip(" .:–—*-/")
        prefix = _PREFIX.match(name)
        name = name[prefix.end() :] if prefix else name
        if any(map(str.isalpha, name)) and name[0] != "@" and name.casefold() not in _NOBODY:
            yield name
