"""Documents as units with their words, rarities and vectors: what every signal is made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.document import Document
from newsclean.offtopic.cohesion import Fabric, held_words
from newsclean.scoring.table import LineTable, line_table
from newsclean.scoring.words import Words, stem_hashes, words_of

__all__ = ["STEM", "Lexicon", "Reading", "read_units", "stem_buckets"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
#: Letters by which two words are one: forms of a word mostly differ behind them.
STEM = 6


class Lexicon(NamedTuple):
    """How rare words are and what they mean, by the bucket of their stem.

    `rarity` is 0 for function words and 255 for words hardly ever met; ``vectors[row[bucket]]`` is the vector,
    in units of `scale`; row 0 is that of unknown words, all zeros. The number of buckets is a power of two.
    """

    rarity: NDArray[np.uint8]
    row: NDArray[np.uint16]
    vectors: NDArray[np.int8]
    scale: float

    def weights(self, buckets: Ints) -> Floats:
        """The rarity of each bucket, from 0 to 1."""
        found: Floats = self.rarity[buckets].astype(np.float32) / np.float32(255)
        return found


class Reading(NamedTuple):
    """Units of documents (lines of `table`), their `words`, each word's `rarity` and stem, and unit vectors."""

    table: LineTable
    words: Words
    rarity: Floats
    stems: NDArray[np.uint64]
    vectors: Floats

    def fabrics(self) -> list[Fabric]:
        """The fabric of each document."""
        table, words = self.table, self.words
        opens = np.concatenate(([True], words.line[1:] != words.line[:-1]))
        inner = words.upper & ~opens
        lower = ~words.upper & ~words.number
        edges = np.searchsorted(words.line, table.first)
        made = []
        for doc in range(len(table.first) - 1):
            span = slice(int(edges[doc]), int(edges[doc + 1]))
            first, last = int(table.first[doc]), int(table.first[doc + 1])
            held = held_words(
                words.line[span] - first,
                self.stems[span],
                self.rarity[span],
                inner[span],
                lower[span],
                last - first,
            )
            made.append(Fabric(held, self.vectors[first:last]))
        return made


def stem_buckets(stems: NDArray[np.uint64], buckets: int) -> Ints:
    """The bucket of each stem."""
    return (stems & np.uint64(buckets - 1)).astype(np.int64)


def read_units(documents: Sequence[Document], lexicon: Lexicon) -> Reading:
    """Read `documents`, whose lines are units."""
    table = line_table(documents)
    words = words_of(table)
    stems = stem_hashes(table, words, STEM)
    buckets = stem_buckets(stems, len(lexicon.rarity))
    return Reading(
        table, words, lexicon.weights(buckets), stems, _unit_vectors(table, words, lexicon, buckets)
    )


def _unit_vectors(table: LineTable, words: Words, lexicon: Lexicon, buckets: Ints) -> Floats:
    """The direction of the sum of each unit's word vectors; whole numbers are added, so that no order tells."""
    rows = lexicon.row[buckets]
    known = rows > 0
    found = lexicon.vectors[rows[known]].astype(np.int64)
    sums = np.concatenate((np.zeros((1, found.shape[1]), np.int64), np.cumsum(found, axis=0)))
    line = words.line[known]
    units = np.arange(len(table.start))
    total = sums[np.searchsorted(line, units, "right")] - sums[np.searchsorted(line, units, "left")]
    length = np.sqrt(np.maximum((total * total).sum(1, keepdims=True), 1))
    made: Floats = (total / length).astype(np.float32)
    return made
