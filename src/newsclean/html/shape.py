"""A page in arrays: its elements' nesting and the measures of its blocks that everything else is made from."""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.html import characters as ch
from newsclean.html.parsing import Parsed

__all__ = ["Floats", "Ints", "Shape", "ints", "page_shape", "ratio", "running"]

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

# Wrappers within wrappers that are passed over: two to the power of this.
_JUMPS = 5


class Shape(NamedTuple):
    """Arrays over elements (`parent`, `key`, `first`, `end`, `stop`, `wider`) and over blocks (the others).

    `wider` is the nearest ancestor with more blocks; `owner` the element of a block, `counts` its characters by class,
    `chars` those that are no white space, `words` how many words it has (an ideograph is half a word), `linked` the
    share of its characters in links, `first_class` and `last_class` the classes of its outermost characters.
    """

    parent: Ints
    key: Ints
    first: Ints
    end: Ints
    stop: Ints
    wider: Ints
    owner: Ints
    counts: Floats
    chars: Floats
    words: Floats
    linked: Floats
    first_class: NDArray[np.uint8]
    last_class: NDArray[np.uint8]


def ints(values: array[int]) -> Ints:
    """The values of an array of 64-bit integers, without a copy."""
    return np.frombuffer(values, dtype=np.int64)


def ratio(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[Any]:
    """`part` by `whole`, by 1 where that is less."""
    made: NDArray[Any] = part / np.maximum(whole, 1)
    return made


def running(values: NDArray[np.floating]) -> Doubles:
    """Sums of all values before each place, and of all at the end."""
    made = np.empty(len(values) + 1, dtype=np.float64)
    made[0] = 0
    np.cumsum(values, out=made[1:])
    return made


def page_shape(parsed: Parsed) -> Shape:
    """The arrays of a page that has at least one block."""
    page, texts = parsed.page, parsed.texts
    elements = page.elements
    parent = np.maximum(ints(elements.parent), 0)
    first, end = ints(elements.first), ints(elements.end)
    start = ints(page.start)[:-1]
    pieces = ch.class_counts(page.text)
    counts = np.add.reduceat(pieces, start, axis=0)
    solid = pieces.sum(1) - pieces[:, ch.SPACE]
    in_link = ints(elements.link).take(ints(page.at)) >= 0
    chars = counts.sum(1) - counts[:, ch.SPACE]
    blanks = np.fromiter((text.count(" ") + 1 for text in texts), dtype=np.float32, count=len(texts))
    first_class, last_class = ch.ends(texts)
    return Shape(
        parent,
        ints(elements.key),
        first,
        end,
        ints(elements.stop),
        _wider(parent, first, end),
        ints(page.owner),
        counts,
        chars,
        (blanks + counts[:, ch.IDEOGRAPH] / 2).astype(np.float32),
        ratio(np.add.reduceat(solid * in_link, start), chars),
        first_class,
        last_class,
    )


def _wider(parent: Ints, first: Ints, end: Ints) -> Ints:
    """For each element the nearest ancestor with more blocks: pages nest wrappers in wrappers."""
    wider = parent
    for _ in range(_JUMPS):
        same = (first[wider] == first) & (end[wider] == end)
        if not same[1:].any():
            break
        wider = np.where(same, wider[wider], wider)
    return wider
