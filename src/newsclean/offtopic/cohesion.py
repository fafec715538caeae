"""How a block of sentences hangs together with its text: shared words weighed by rarity, and nearness in meaning."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Fabric", "held_words"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_NEAR = 3  # units that count as right before or after
_OFTEN = 2  # units that hold a word of which the text is about
# Weights and vectors are rounded to these parts of 1 where they are added up: so sums are exact whatever the order.
_WEIGHED = 1020.0  # 4 * 255: rarities are told in 255ths
_MEANT = 2.0**26


class Held(NamedTuple):
    """``weight[u, w]`` is the rarity of word w if unit u holds it, else 0; `name` says which words are names.

    A name stands with a capital inside a sentence, and never without one; `stem` is each word's hash.
    """

    weight: Floats
    name: Flags
    stem: NDArray[np.uint64]


def held_words(
    unit: Ints, stem: NDArray[np.uint64], weight: Floats, inner: Flags, lower: Flags, units: int
) -> Held:
    """The words of one document from its word list: `unit` of each word, its `stem` and `weight`.

    `inner` marks capitals inside sentences, `lower` words without a capital.
    """
    stems, ident = np.unique(stem, return_inverse=True)
    held = np.zeros((units, len(stems)), np.float32)
    held[unit, ident] = weight
    name = np.zeros(len(stems), bool)
    name[ident[inner]] = True
    name[ident[lower]] = False
    keep = held.max(0, initial=0) > 0
    return Held(held[:, keep], name[keep], stems[keep])


class Fabric:
    """One document: which unit holds which words, and each unit's vector of meaning (units, dimensions)."""

    def __init__(self, held: Held, vectors: Floats) -> None:
        self.units = len(vectors)
        self.held = held
        self._weight: Floats = held.weight.max(0, initial=0)
        self._parts: NDArray[np.float64] = np.rint(self._weight.astype(np.float64) * _WEIGHED)
        self._name = held.name.astype(np.float32)
        self._counts = _cumulated((held.weight > 0).astype(np.int32))
        self._vectors = vectors
        self._sums = _cumulated(vectors.astype(np.float64))

    def columns(self, start: Ints, end: Ints) -> dict[str, Floats]:
        """Figures of the blocks of units [start, end), one value a block."""
        low, high = np.maximum(start - _NEAR, 0), np.minimum(end + _NEAR, self.units)
        return self._word_columns(start, end, low, high) | self._meaning_columns(start, end, low, high)

    def _word_columns(self, start: Ints, end: Ints, low: Ints, high: Ints) -> dict[str, Floats]:
        """`shared_*` are shares of the weight of a block's words that stand elsewhere too, or right before or after.

        `closes` is how much the units after it share with those before: how well the text closes up without the
        block. `new_*` are words that stand nowhere else.
        """
        weight, name = self._parts, self._name
        total = self._counts[-1]
        inside = self._counts[end] - self._counts[start]
        own = inside > 0
        outside = total > inside
        before, after = self._within(low, start), self._within(end, high)
        last = self._within(np.maximum(start - 1, 0), start)
        following = self._within(end, np.minimum(end + 1, self.units))
        held = own @ weight
        new = own & ~outside
        new_weight = new @ weight / _WEIGHED
        names = own @ name
        found: dict[str, NDArray[Any]] = {
            "held": held / _WEIGHED,
            "shared_all": _share((own & outside) @ weight, held),
            "shared_often": _share((own & (total - inside > _OFTEN)) @ weight, held),
            "shared_before": _share((own & before) @ weight, held),
            "shared_after": _share((own & after) @ weight, held),
            "shared_names": _share((own & outside) @ name, names),
            "closes": _share((before & after) @ weight, np.minimum(before @ weight, after @ weight)),
            "closes_next": _share((last & following) @ weight, np.minimum(last @ weight, following @ weight)),
            "following_before": _share((following & before) @ weight, following @ weight),
            "following_own": _share((following & own) @ weight, following @ weight),
            "names": names,
            "new_words": new.sum(1),
            "new_weight": new_weight,
            "new_mean": _share(new_weight, new.sum(1)),
            "new_names": new @ name,
            "again": ((inside > 1) & ~outside) @ weight / _WEIGHED,
        }
        return {column: values.astype(np.float32) for column, values in found.items()}

    def _meaning_columns(self, start: Ints, end: Ints, low: Ints, high: Ints) -> dict[str, Floats]:
        """Cosines of the block with the rest of the text, with what is right before and after, and of those two."""
        sums = self._sums
        block = sums[end] - sums[start]
        rest = sums[-1] - block
        before, after = sums[start] - sums[low], sums[high] - sums[end]
        first, last = sums[start + 1] - sums[start], sums[end] - sums[end - 1]
        near_before, near_after = _cosine(block, before), _cosine(block, after)
        closes = _cosine(before, after)
        return {
            "meant_all": _cosine(block, rest),
            "meant_before": near_before,
            "meant_after": near_after,
            "meant_closes": closes,
            "meant_gain": (closes - (near_before + near_after) / 2).astype(np.float32),
            "meant_first": _cosine(first, before),
            "meant_last": _cosine(last, after),
        }

    def nearest(self) -> Floats:
        """For each unit its cosine with the unit nearest in meaning, neighbours left out."""
        vectors = np.rint(self._vectors.astype(np.float64) * _MEANT)
        cosines = vectors @ vectors.T
        at = np.arange(self.units)
        cosines[np.abs(at[:, None] - at[None, :]) < 2] = -_MEANT * _MEANT
        found: Floats = (cosines.max(1) / (_MEANT * _MEANT)).astype(np.float32)
        return found

    def new_stems(self, start: int, end: int) -> tuple[NDArray[np.uint64], Flags]:
        """The stems of words that stand only in the units [start, end), heaviest first, and which are names."""
        inside = self._counts[end] - self._counts[start]
        new = np.flatnonzero((inside > 0) & (self._counts[-1] == inside))
        new = new[np.argsort(-self._weight[new] - self._name[new], kind="stable")]
        return self.held.stem[new], self.held.name[new]

    def _within(self, start: Ints, end: Ints) -> Flags:
        found: Flags = self._counts[end] > self._counts[start]
        return found


def _cumulated(values: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate((np.zeros((1, values.shape[1]), values.dtype), np.cumsum(values, axis=0)))


def _share(part: NDArray[Any], whole: NDArray[Any]) -> Floats:
    found: Floats = np.where(whole > 0, part / np.maximum(whole, 1e-6), -1).astype(np.float32)
    return found


def _cosine(one: NDArray[np.float64], two: NDArray[np.float64]) -> Floats:
    found: Floats = ((one * two).sum(1) / (_length(one) * _length(two))).astype(np.float32)
    return found


def _length(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.maximum(np.sqrt((rows * rows).sum(1)), 1e-6)
    return found
