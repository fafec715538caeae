"""What the names of elements and the first words of blocks lean to: sums of learned weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from newsclean.html.hints import Hints
from newsclean.html.tokens import key_tokens
from newsclean.html.walk import Key

__all__ = ["TYPES", "TYPE_SCALE", "Naming", "block_tokens", "page_tokens"]

Floats = NDArray[np.float32]

#: The page types that are told apart.
TYPES = ("article", "forum", "product", "listing", "collection", "documentation", "service")

#: What a token of a page counts, beside a bias of 1: so many are seldom wrong together.
TYPE_SCALE = 0.4

_URL_WORD = re.compile(r"[a-z]{2,}|\d+")
_READ, _MOST_WORDS = 70, 8  # characters and words of a block that are looked at
_MOST_KEYS = 50_000  # kinds of elements remembered from page to page


def block_tokens(text: str) -> list[str]:
    """The words a block begins with, the first (``^``) and the first two once more, and a short block as a whole (``=``).

    >>> block_tokens("Read more")
    ['read', 'more', '^read', '^read more', '=read more']
    """
    words = text[:_READ].lower().split()[:_MOST_WORDS]
    if not words:
        return []
    made = [*words, f"^{words[0]}"]
    if len(words) > 1:
        made.append(f"^{words[0]} {words[1]}")
    if len(words) <= 4:
        made.append(f"={' '.join(words)}")
    return made


def page_tokens(keys: Iterable[Key], hints: Hints, blocks: int) -> set[str]:
    """What tells the type of a page: names of elements, types it claims, words of address and title, its size."""
    made = set().union(*map(key_tokens, keys))
    return made | _head_tokens(hints, blocks)


def _head_tokens(hints: Hints, blocks: int) -> set[str]:
    made = {f"k:{kind}" for kind in hints.kinds}
    try:
        address = urlsplit(hints.url.lower())
    except ValueError:
        address = urlsplit("")
    for word in _URL_WORD.findall(address.path):
        made.add(f"u:{len(word)}" if word.isdigit() else f"u:{word}")
    made.update(f"n:{word}" for word in _URL_WORD.findall(address.netloc))
    path = address.path.strip("/")
    made.add(f"depth:{min(6, path.count('/') + bool(path))}")
    made.add(f"slug:{min(8, path.rsplit('/', 1)[-1].count('-'))}")
    if hints.titles:
        made.update(f"t:{word}" for word in _URL_WORD.findall(hints.titles[0].lower()))
    made.add(f"size:{(blocks + 1).bit_length()}")
    return made


class _Known(NamedTuple):
    near: float
    far: float
    types: tuple[int, ...]


class Naming:
    """Weights of tokens.

    Args:
        names: token of an element -> what it leans to near a block, and anywhere above it (log odds of article).
        words: token of a block -> what it leans to.
        types: token of a page -> its row of `type_weights`.
        type_weights: (tokens, types).
        bias: of the types.
    """

    def __init__(
        self,
        names: Mapping[str, tuple[float, float]],
        words: Mapping[str, float],
        types: Mapping[str, int],
        type_weights: Floats,
        bias: Floats,
    ) -> None:
        self.names, self.words, self.types = names, words, types
        self.type_weights, self.bias = type_weights, bias
        self._known: dict[Key, _Known] = {}

    def leans(self, keys: Sequence[Key]) -> tuple[Floats, Floats]:
        """What the names of each kind of element lean to, near a block and anywhere above it."""
        near, far, _ = zip(*self._look_up(keys), strict=True)
        return np.array(near, dtype=np.float32), np.array(far, dtype=np.float32)

    def words_lean(self, texts: Sequence[str], read: Sequence[bool]) -> Floats:
        """What the words of each block lean to; 0 of those that are not read."""
        get = self.words.get
        sums = (
            sum([get(token, 0.0) for token in block_tokens(text)]) if wanted else 0.0
            for text, wanted in zip(texts, read, strict=True)
        )
        return np.fromiter(sums, dtype=np.float32, count=len(texts))

    def type_probabilities(self, keys: Sequence[Key], hints: Hints, blocks: int) -> Floats:
        """The probability of each of `TYPES`."""
        rows = set().union(*[known.types for known in self._look_up(keys)])
        rows.update(self.types[token] for token in _head_tokens(hints, blocks) if token in self.types)
        # sorted: sums of floats in another order differ in the last bit
        weights = self.type_weights[sorted(rows)].sum(0) * TYPE_SCALE + self.bias
        odds = np.exp(weights - weights.max())
        made: Floats = (odds / odds.sum()).astype(np.float32)
        return made

    def _look_up(self, keys: Iterable[Key]) -> list[_Known]:
        get = self._known.get
        return [get(key) or self._read(key) for key in keys]

    def _read(self, key: Key) -> _Known:
        tokens = sorted(key_tokens(key))
        pairs = [self.names[token] for token in tokens if token in self.names]
        types = tuple(self.types[token] for token in tokens if token in self.types)
        known = _Known(sum(near for near, _ in pairs), sum(far for _, far in pairs), types)
        if len(self._known) >= _MOST_KEYS:
            self._known.clear()
        self._known[key] = known
        return known
