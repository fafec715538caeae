"""What the words of a line lean to: hashed words, word pairs and character runs with learned weights."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.scoring.table import distinct

__all__ = ["Leanings", "lean_columns", "unique_hashes"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Leanings(NamedTuple):
    """Weights of hashed words: ``weights[bucket, outcome]``, 0 where nothing is known.

    The number of buckets is a power of two; `scale` is the weight that 1 stands for.
    """

    weights: NDArray[np.int8]
    scale: float

    def values(self, buckets: Ints, outcome: int = 0) -> Floats:
        """The weight of each bucket."""
        column: Floats = self.weights[buckets, outcome].astype(np.float32) * np.float32(self.scale)
        return column

    def sums(self, line: Ints, buckets: Ints, lines: int) -> Floats:
        """For each line and outcome, the weights added up and divided by the root of their number."""
        order = np.bincount(line, minlength=lines)
        made = np.zeros((lines, self.weights.shape[1]), dtype=np.float32)
        for outcome in range(made.shape[1]):
            made[:, outcome] = np.bincount(line, self.values(buckets, outcome), minlength=lines)
        made /= np.sqrt(np.maximum(order, 1))[:, None].astype(np.float32)
        return made


def unique_hashes(line: Ints, hashes: NDArray[np.uint64], bits: int) -> tuple[Ints, Ints]:
    """Line and bucket of each hash, each bucket once a line."""
    buckets = (hashes & np.uint64((1 << bits) - 1)).astype(np.int64)
    keys = distinct((line << bits) | buckets)
    return keys >> bits, keys & ((1 << bits) - 1)


def lean_columns(line: Ints, values: Floats, lines: int) -> dict[str, Floats]:
    """What each line leans to, from the values of its buckets: in the mean, in all, and at most."""
    count = np.maximum(np.bincount(line, minlength=lines), 1)
    total = np.bincount(line, weights=values, minlength=lines)
    highest, lowest = np.zeros(lines, np.float32), np.zeros(lines, np.float32)
    np.maximum.at(highest, line, values)
    np.minimum.at(lowest, line, values)
    return {
        "lean": (total / np.sqrt(count)).astype(np.float32),
        "lean_sum": np.clip(total, -300, 300).astype(np.float32),
        "lean_high": highest,
        "lean_low": lowest,
        "known": (np.bincount(line, weights=values != 0, minlength=lines) / count).astype(np.float32),
    }
