"""A stream in blocks: big enough to be worked on at once, small enough for memory not to grow with the stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

__all__ = ["MOST_CHARACTERS", "MOST_TEXTS", "in_blocks"]

Item = TypeVar("Item")

#: Texts and characters of a block, at most; a longer text is a block of its own.
MOST_TEXTS, MOST_CHARACTERS = 64, 1 << 19


def in_blocks(items: Iterable[Item], size: Callable[[Item], int]) -> Iterator[list[Item]]:
    """`items` in blocks, in order; `size` gives the characters of one.

    The first block holds one item, and each next up to twice as many, so that a slow stream shows its first
    results at once and a short one is not read further than its first result needs. A list or tuple is all there:
    its blocks are big from the first.

    >>> [len(block) for block in in_blocks(["rain"] * 10, len)]
    [10]
    >>> [len(block) for block in in_blocks(iter(["rain"] * 10), len)]
    [1, 2, 4, 3]
    """
    most, held = MOST_TEXTS if isinstance(items, (list, tuple)) else 1, 0
    block: list[Item] = []
    try:
        for item in items:
            block.append(item)
            held += size(item)
            if len(block) >= most or held >= MOST_CHARACTERS:
                yield block
                block, held = [], 0
                most = min(2 * most, MOST_TEXTS)
    except Exception:
        if block:  # what came before the stream broke is not lost
            yield block
        raise
    if block:
        yield block
