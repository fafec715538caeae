"""The inline elements of a block: where their texts stand, what their names say, what links they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsclean.html.walk import Page

__all__ = ["GOING_ON", "WORDING_LIMIT", "Part", "links_apart", "opened_elements", "read_parts"]

#: What a sentence goes on with, beside a small letter.
GOING_ON = ",.;:!?)]’'、。，،-–—&"
WORDING_LIMIT = 220  # characters; longer pieces are told by no wording


class Part(NamedTuple):
    """An inline element of a block: where its text stands, what its names say, and how many links it holds."""

    element: int
    start: int
    end: int
    sign: str
    links: int


def opened_elements(page: Page, at: Sequence[int], owner: int) -> dict[int, tuple[int, int]]:
    """The inline elements of a block, outermost first, each with its range of pieces."""
    parent, stop = page.elements.parent, page.elements.stop
    ranges: dict[int, tuple[int, int]] = {}
    stack: list[int] = []
    for index, innermost in enumerate(at):
        while stack and not stack[-1] <= innermost < stop[stack[-1]]:
            ranges[stack[-1]] = (ranges[stack[-1]][0], index)
            stack.pop()
        floor = stack[-1] if stack else owner
        chain, element = [], innermost
        while element > floor:
            chain.append(element)
            element = parent[element]
        for element in reversed(chain):
            ranges[element] = (index, len(at))
            stack.append(element)
    return ranges


def links_apart(page: Page, opened: dict[int, tuple[int, int]], pieces: list[str]) -> bool:
    """Whether a link, or what holds one, may be more than a part of a sentence; most are none, which is soon seen."""
    hrefs, stop = page.elements.href, page.elements.stop
    links = [element for element in opened if element in hrefs]
    if not links:
        return False
    if sum(map(len, map(str.strip, pieces[opened[links[-1]][1] :]))) < 5:
        return True
    for element, (first, after) in opened.items():
        if page.elements.tag[element] == "sup" or hrefs.get(element, "").startswith("#"):
            return True
        if _is_apart(pieces, first, after) and any(element <= link < stop[element] for link in links):
            return True
    return False


def _is_apart(pieces: list[str], first: int, after: int) -> bool:
    """Whether the characters beside a range of pieces let a sentence end before it and none go on behind it."""
    before = pieces[first - 1].rstrip() if first else ""
    if before and (before[-1].isalnum() or before[-1] in ",;:"):
        return False
    behind = pieces[after].lstrip() if after < len(pieces) else ""
    return not behind or not (behind[0].islower() or behind[0] in GOING_ON)


def read_parts(
    page: Page, opened: dict[int, tuple[int, int]], signs: dict[int, str], spans: list[tuple[int, int]]
) -> list[Part]:
    """The elements that `opened_elements` found, each with its place in the text, its sign and its links."""
    hrefs = page.elements.href
    before = [0]  # links up to each piece's opening, in the order of the elements
    numbers = list(opened)
    for element in numbers:
        before.append(before[-1] + (element in hrefs))
    made = []
    for place, element in enumerate(numbers):
        first, after = opened[element]
        stop = page.elements.stop[element]
        inside = place
        while inside < len(numbers) and inside - place < WORDING_LIMIT and numbers[inside] < stop:
            inside += 1
        links = before[inside] - before[place]
        made.append(Part(element, spans[first][0], spans[after - 1][1], signs[element], links))
    return made
