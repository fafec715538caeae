"""What follows the last sentence of a block, if that is links: bare ones, or junk by its wording."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsclean.html.inline_parts import WORDING_LIMIT, Part
from newsclean.html.page import Cut
from newsclean.html.positions import trimmed
from newsclean.html.walk import Page
from newsclean.html.wording import Wording

__all__ = ["LABEL_LIMIT", "LINK", "NUMBERED", "RUN", "SENTENCE_START", "with_tail"]

LABEL_LIMIT = 60  # characters; a label or a lead is shorter
_TAIL_LIMIT = 3  # tails of a block that are asked for their wording
#: Between two sentences; and a block's start that only numbers it.
SENTENCE_START = re.compile(r"[.!?…؟।۔][\"'”’»)\]]*[ \u00a0]+|[。！？][」』）]*")
NUMBERED = re.compile(r"\s*(?:[IVXivx]{1,5}|\d{1,3}|\w)\.\s*\Z")
_BETWEEN_LINKS = re.compile(r"[\s|/·•,;>»\u00a0–-]*\Z")
LINK, RUN = "a link to another page", "a run of links"


def with_tail(page: Page, parts: list[Part], text: str, wording: Wording, found: list[Cut]) -> list[Cut]:
    """The cuts with what follows the last sentence, if that is links: bare, or junk by its wording."""
    links = [part for part in parts if part.element in page.elements.href]
    cut = found[-1].end if found else 0
    links = [part for part in links if part.start >= cut and part.end > part.start]
    if not links:
        return found
    for start in _tails(text, cut, links):
        inside = text[start:]
        held = [part for part in links if part.start >= start]
        if "\n" in inside or not _is_led(text[start : held[0].start], held, inside):
            continue
        if wording.is_junk(inside):
            reason = RUN if len(held) > 1 else LINK
        elif _is_run(text, start, held, wording):
            reason = RUN
        else:
            continue
        return [*found, Cut(start, len(text), reason)]
    return found


def _tails(text: str, cut: int, links: list[Part]) -> Iterator[int]:
    """Where sentences begin that run into a link which the block ends with, the longest tail first."""
    if text[links[-1].end :].strip(" .)]»›|\u00a0"):
        return
    floor = max(cut, len(text) - WORDING_LIMIT)
    starts = [floor + match.end() for match in SENTENCE_START.finditer(text[floor:])]
    starts = [start for start in starts if start <= links[-1].start][-_TAIL_LIMIT:]
    yield from (start for start in starts if start > 0 and not NUMBERED.match(text[:start]))


def _is_led(lead: str, links: list[Part], tail: str) -> bool:
    """Whether a tail is links more than words, or links behind a few words and a colon; other sentences are the story's."""
    if lead.rstrip(" \u00a0").endswith((":", "：")) and len(lead) <= LABEL_LIMIT:
        return True
    return 2 * sum(part.end - part.start for part in links) >= len(tail)


def _is_run(text: str, start: int, links: list[Part], wording: Wording) -> bool:
    """Whether a tail is two or more links and nothing else, none of them a hashtag, a mention or a sentence."""
    if len(links) < 2 or "\n" in text[start:] or text[-1] in ".!?…。！？":
        return False
    if not any(wording.is_junk(text[slice(*trimmed(text, part.start, part.end))]) for part in links):
        return False
    at = start
    for part in links:
        if not _BETWEEN_LINKS.match(text[at : part.start]) or text[part.start] in "#@＃":
            return False
        at = part.end
    return bool(_BETWEEN_LINKS.match(text[at:]))
