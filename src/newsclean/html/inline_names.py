"""What the names of an inline element, or its being hidden, say of its text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from newsclean.html.walk import Key, Page

__all__ = [
    "AD",
    "BUTTON",
    "EDIT",
    "HIDDEN",
    "ICON",
    "KEEP",
    "NOTE",
    "SCREEN",
    "SHARE",
    "is_telling",
    "sign_of",
]

#: What names say: that an element stays whatever its words are, or why it goes.
KEEP = "keep"
SCREEN, HIDDEN, NOTE, EDIT = "text for screen readers", "hidden text", "a footnote mark", "an edit link"
ICON, SHARE, AD, BUTTON = "an icon's name", "a share widget", "an advertisement's label", "a button"
_SIGNS = {
    "formula": KEEP, "screen": SCREEN, "edit": EDIT, "icon": ICON, "note": NOTE, "ad": AD, "share": SHARE
}  # fmt: skip


def is_telling(page: Page, at: Sequence[int], owner: int) -> bool:
    """Whether a block, given the elements of its pieces, holds a link or an inline element whose names tell something."""
    elements = page.elements
    link, hidden = elements.link, elements.hidden
    seen = {owner}
    for innermost in at:
        if innermost in seen:
            continue
        # Links and what is hidden hand it down to what they hold; names do not.
        if link[innermost] > owner or (hidden[innermost] and not hidden[owner]):
            return True
        element = innermost
        while element not in seen:
            kind = page.keys[elements.key[element]]
            if len(kind) > 1 and _sign(kind):
                return True
            seen.add(element)
            element = elements.parent[element]
    return False


def sign_of(page: Page, element: int, owner: int) -> str:
    """What an inline element of a block says of its text: why it is to go, `KEEP`, or ""."""
    sign = _sign(page.keys[page.elements.key[element]])
    if sign == "" and page.elements.hidden[element] and not page.elements.hidden[owner]:
        return HIDDEN
    return sign


@lru_cache(maxsize=8192)
def _sign(key: Key) -> str:
    """What the names of a kind of element say of it: a reason to cut, `KEEP`, or ""."""
    named = " ".join(name for name in key[1:3] if name).lower()[:300]
    if "tooltip" in key[3:]:
        return HIDDEN
    if named:
        names = _names()
        for name, sign in _SIGNS.items():
            if names[name].search(named):
                return sign
        if names["hidden"].search(named) and not names["shown"].search(named):
            return HIDDEN
    return BUTTON if "button" in key[3:4] else ""


@cache
def _names() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(files("newsclean.html").joinpath("data/inline.toml").read_text("utf-8"))
    return {name: re.compile(value) for name, value in data["names"].items()}
