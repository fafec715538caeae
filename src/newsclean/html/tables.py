"""The rows of a page's data tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from newsclean.html.parsing import Parsed

__all__ = ["rows"]

_MOST_WORDS = 40  # of a cell; longer ones are text that a table lays out


def rows(parsed: Parsed) -> list[tuple[int, ...]]:
    """The rows of data tables: the blocks that are the cells of one row, two or more, in page order.

    A row's text is its cells, joined by ``" | "``. Tables that lay out a page have no rows.

    >>> from newsclean.html.parsing import parse
    >>> rows(parse("<table><tr><th>Place<th>Name<tr><td>1<td>Amy Dahl</table>"))
    [(0, 1), (2, 3)]
    """
    elements = parsed.page.elements
    tag, parent, stop = elements.tag, elements.parent, elements.stop
    if "tr" not in tag:
        return []
    # looked up, as tables within tables would be searched again and again
    tables = [at for at, name in enumerate(tag) if name == "table"]
    head_cells = [at for at, name in enumerate(tag) if name == "th"]
    found: dict[int, list[tuple[int, ...]]] = {}
    heads: set[int] = set()
    for row, name in enumerate(tag):
        if name != "tr" or elements.end[row] - elements.first[row] < 2:
            continue
        table = parent[row]
        if tag[table] in ("tbody", "thead", "tfoot"):
            table = parent[table]
        if _any_between(head_cells, row, stop[row]):
            heads.add(table)
        cells = range(elements.first[row], elements.end[row])
        if all(_is_cell(parsed, block, row) for block in cells):
            found.setdefault(table, []).append(tuple(cells))
    made = []
    for table, groups in found.items():
        inner = _any_between(tables, table + 1, stop[table])
        laid_out = inner or "presentation" in parsed.page.keys[elements.key[table]]
        if not laid_out and (len(groups) > 1 or table in heads):
            made += groups
    return sorted(made)


def _any_between(places: Sequence[int], first: int, end: int) -> bool:
    """Whether one of `places`, in order, is in the half-open range."""
    at = bisect_left(places, first)
    return at < len(places) and places[at] < end


def _is_cell(parsed: Parsed, block: int, row: int) -> bool:
    """Whether a block is all of a cell of a row, and short."""
    e = parsed.page.elements
    cell = parsed.page.owner[block]
    if e.tag[cell] == "p":
        cell = e.parent[cell]
    alone = e.tag[cell] in ("td", "th") and e.parent[cell] == row and e.end[cell] - e.first[cell] == 1
    return alone and parsed.texts[block].count(" ") < _MOST_WORDS - 1
