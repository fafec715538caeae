"""The blocks of a page with all that is told of them: scored, described, switched, joined to rows, cut inside."""

from __future__ import annotations

from typing import NamedTuple

from newsclean.html.finder import Found, find_blocks
from newsclean.html.inline import inline_cuts
from newsclean.html.kinds import Described, describe
from newsclean.html.model import shipped_page_model
from newsclean.html.naming import TYPES
from newsclean.html.page import Block
from newsclean.html.parsing import Parsed
from newsclean.html.positions import block_links
from newsclean.html.switches import Switches, apply
from newsclean.html.tables import rows
from newsclean.html.walk import BREAK, Page

__all__ = ["Selected", "read_blocks"]

#: How many elements out a <pre> still makes a block preformatted.
_NEAR = 4
_PLAIN = Described("paragraph", "", 0, "")


class Selected(NamedTuple):
    """The blocks of a page in page order, and the probability of each page type.

    `settled` says of each whether no wording speaks against it: rows of tables and preformatted text.
    """

    blocks: tuple[Block, ...]
    settled: tuple[bool, ...]
    types: dict[str, float]


class _Unit(NamedTuple):
    """A block, or the cells of a row of a table as one (its first block, and how many)."""

    first: int
    cells: int
    text: str
    score: float


def read_blocks(parsed: Parsed, switches: Switches, whole: bool = True) -> Selected:
    """The blocks of a page, the article's marked as kept.

    Without `whole` only the kept blocks come, and only their texts are to be relied on: half the time.
    """
    found = find_blocks(parsed, shipped_page_model(), whole)
    types = {name: round(float(share), 4) for name, share in zip(TYPES, found.types, strict=True)}
    units = _units(parsed, found, whole or switches.any)
    kept = [unit.score >= found.limit for unit in units]
    described: dict[int, Described] = {}
    decided = [(keep, "") for keep in kept]
    if whole or switches.any:
        described = describe(parsed, [unit.first for unit in units])
        about = [described[unit.first] for unit in units]
        decided = apply(switches, about, kept, [unit.text for unit in units])
    settled, blocks = [], []
    for unit, (keep, why) in zip(units, decided, strict=True):
        if keep or whole:
            fixed = unit.cells > 1 or _is_preformatted(parsed.page, unit.first)
            by = f" by {found.reasons[unit.first]}" if whole and found.reasons[unit.first] else ""
            reason = (
                why
                or f"scored {round(unit.score, 4):.2f}, {'at least' if keep else 'below'} {found.limit:.2f}{by}"
            )
            blocks.append(_block(parsed, unit, described.get(unit.first, _PLAIN), fixed, keep, reason, whole))
            settled.append(fixed)
    return Selected(tuple(blocks), tuple(settled), types)


def _units(parsed: Parsed, found: Found, whole: bool) -> list[_Unit]:
    """The blocks with the cells of each row as one; only those that may be kept, unless `whole`."""
    scores = found.scores.tolist()
    texts = parsed.texts
    rest: set[int] = set()
    row_of: dict[int, tuple[int, ...]] = {}
    for cells in rows(parsed):
        row_of[cells[0]] = cells
        rest.update(cells[1:])
    made: list[_Unit] = []
    for block, score in enumerate(scores):
        cells = row_of.get(block, ())
        if cells:
            sizes = [len(texts[cell]) + 1 for cell in cells]
            total = sum(size * scores[cell] for cell, size in zip(cells, sizes, strict=True))
            row = " | ".join(texts[cell] for cell in cells)
            made.append(_Unit(block, len(cells), row, total / sum(sizes)))
        elif (whole or score >= found.limit) and block not in rest:
            made.append(_Unit(block, 1, texts[block], score))
    return made


def _is_preformatted(page: Page, block: int) -> bool:
    """Whether white space counts in a block."""
    elements = page.elements
    at = page.owner[block]
    for _ in range(_NEAR):
        if elements.tag[at] == "pre":
            return True
        at = elements.parent[at]
        if at < 0:
            return False
    return False


def _block(
    parsed: Parsed, unit: _Unit, about: Described, fixed: bool, keep: bool, why: str, whole: bool
) -> Block:
    page, first, text = parsed.page, unit.first, unit.text
    if fixed and unit.cells == 1:
        pieces = page.text[page.start[first] : page.start[first + 1]]
        text = "".join(pieces).replace(BREAK, "\n").strip("\n")
    cuts = inline_cuts(page, first, text) if keep and not fixed else ()
    links = block_links(page, first, text) if keep and not fixed and whole else ()
    return Block(
        text, about.kind, about.role, about.level, about.path, round(unit.score, 4), keep, why, cuts, links
    )
