"""The lines that another engine found, as blocks: those of the page that they are, and new ones for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsclean.html.page import Block

__all__ = ["by_lines", "none_found"]

#: The score of a line that is no block of the page.
_UNKNOWN = 0.5


def by_lines(blocks: Sequence[Block], lines: Sequence[str], engine: str) -> tuple[Block, ...]:
    """Blocks for the lines that an engine found, in their order, then the page's other blocks as left out.

    A line that says what a block of the page says is that block, with its kind and score.

    >>> made = by_lines([Block("Menu"), Block("Rain  fell.", score=0.9)], ["Rain fell."], "justext")
    >>> [(block.text, block.kept, block.score) for block in made]
    [('Rain fell.', True, 0.9), ('Menu', False, 0.0)]
    """
    waiting: dict[str, list[int]] = {}
    for number, block in enumerate(blocks):
        waiting.setdefault(_bare(block.text), []).append(number)
    made: list[Block] = []
    used: set[int] = set()
    for line in lines:
        places = waiting.get(_bare(line), [])
        found = f"found by {engine}"
        if places:
            used.add(places[0])
            block = blocks[places.pop(0)]
            made.append(replace(block, text=line, kept=True, reason=found, cuts=(), links=()))
        else:
            made.append(Block(line, _kind(line), score=_UNKNOWN, kept=True, reason=found))
    left = [block for number, block in enumerate(blocks) if number not in used]
    return (*made, *none_found(left, engine))


def none_found(blocks: Sequence[Block], engine: str) -> tuple[Block, ...]:
    """The blocks as left out, those that were kept because `engine` did not find them."""
    return tuple(
        replace(block, kept=False, reason=f"not found by {engine}", cuts=()) if block.kept else block
        for block in blocks
    )


def _kind(line: str) -> str:
    if line.startswith(("- ", "• ", "* ")):
        return "list item"
    return "table row" if line.startswith("|") else "paragraph"


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))
