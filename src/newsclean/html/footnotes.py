"""Which inline elements are footnote marks."""

from __future__ import annotations

import re

from newsclean.html.inline_names import NOTE
from newsclean.html.inline_parts import Part
from newsclean.html.walk import Page

__all__ = ["is_note"]

_ONE_MARK = r"[\[(]?\s*(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]+)\s*[\])]?"
_MARK = re.compile(rf"{_ONE_MARK}(?:(?:\s*[,;–-]\s*|\s+|(?<=\])){_ONE_MARK})*\s*\Z", re.IGNORECASE)
_BRACKETED = re.compile(r"(?:\s*\[[^\[\]]{1,60}\]\s*)+\Z")


def is_note(page: Page, part: Part, inside: str) -> bool:
    """Whether an element is a footnote mark: [1], a raised 1 that leads down the page, [citation needed]."""
    tag = page.elements.tag[part.element]
    stop = page.elements.stop[part.element]
    if tag == "sup" and part.links and _BRACKETED.match(inside):
        return True
    if len(inside) > 40 or not _MARK.match(inside):
        return False
    if tag == "a":
        local = page.elements.href.get(part.element, "").startswith("#")
        raised = "sup" in page.elements.tag[part.element : stop]
        return local and (raised or bool(_BRACKETED.match(inside)) or part.sign == NOTE)
    hrefs = (
        page.elements.href.get(element, "") for element in range(part.element, min(stop, part.element + 50))
    )
    return tag == "sup" and (part.sign == NOTE or any(href.startswith("#") for href in hrefs))
