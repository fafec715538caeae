"""Which blocks of a page are its title."""

from __future__ import annotations

from newsclean.html.hints import words_key
from newsclean.html.parsing import Parsed

__all__ = ["title_blocks"]

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def title_blocks(parsed: Parsed) -> frozenset[int]:
    """The blocks that are the page's title: headings that repeat it, else a block that does, else its only h1."""
    texts, page = parsed.texts, parsed.page
    tag, owner = page.elements.tag, page.owner
    told = {words_key(title) for title in parsed.hints.titles} - {""}
    headings = [
        b for b, e in enumerate(owner) if tag[e] in _HEADINGS or tag[page.elements.parent[e]] in _HEADINGS
    ]
    found = [b for b in headings if _repeats(texts[b], told, in_part=True)]
    whole = [b for b in found if words_key(texts[b]) in told]
    if found:
        return frozenset(whole or found[:1])
    raw = "\n".join(parsed.hints.titles).lower()
    for b, text in enumerate(texts):
        line = text.rsplit("\n", 1)[-1]
        if len(line) < 15 or line[:3].lower() not in raw or not _repeats(line, told, in_part=len(line) >= 30):
            continue
        if page.elements.link[page.at[page.start[b]]] < 0 and tag[owner[b]] != "li":
            return frozenset((b,))
    main = [b for b in headings if "h1" in (tag[owner[b]], tag[page.elements.parent[owner[b]]])]
    return frozenset(main if len(main) == 1 and len(texts[main[0]]) >= 8 else ())


def _repeats(text: str, told: set[str], *, in_part: bool = False) -> bool:
    """Whether a text is a title that the page's head tells, or (`in_part`) most of one: the site's name is put to it."""
    if not 4 <= len(text) <= 400:
        return False
    head = words_key(text[:12])[:6]
    if not head or not any(head in title for title in told):
        return False
    key = words_key(text)
    if key in told:
        return len(key) >= 15 or in_part
    return in_part and any(
        (len(key) >= 15 and key in title and len(key) * 2 > len(title))
        or (len(title) > 15 and key.startswith(title))
        for title in told
    )
