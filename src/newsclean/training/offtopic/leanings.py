"""What wordings lean to: logistic regression over the units' hashed words, frames and character runs."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.offtopic.reading import Lexicon, read_units
from newsclean.offtopic.signals import CLASSES, LEANS
from newsclean.offtopic.wording import wording_hashes
from newsclean.scoring.leaning import Leanings
from newsclean.scoring.words import line_hashes
from newsclean.training.folds import FOLDS
from newsclean.training.offtopic.rows import Units
from newsclean.training.offtopic.texts import TRANSPLANT, TRAP
from newsclean.training.words import bags, fit_weights, to_leanings

__all__ = ["Leant", "fit_leanings"]

_CLASS_BITS, _WHOLE_BITS = 18, 19
_PENALTY, _ROUNDS, _CLASS_ROUNDS = 3.0, 40, 30  # inverse strength; stopped early on purpose
_ARTICLE, _CLASS_ARTICLE = 0.6, 0.5  # of the article's units are learned from
_AT_ONCE = 300  # texts
_LANGUAGES = ("en", "de")


class Leant(NamedTuple):
    """Weights from all units, and what each unit leans to by weights that have not seen its site."""

    classes: Leanings
    whole: Leanings
    leans: NDArray[np.float32]


def fit_leanings(units: Units, lexicon: Lexicon) -> Leant:
    """Learn what wordings lean to; `lexicon` tells which words are common."""
    from scipy import sparse

    classes: list[Any] = []
    whole: list[Any] = []
    hashes: list[NDArray[np.uint64]] = []
    for start in range(0, len(units.documents), _AT_ONCE):
        reading = read_units(units.documents[start : start + _AT_ONCE], lexicon)
        line, found, bare = wording_hashes(reading)
        bucket = (found & np.uint64((1 << _WHOLE_BITS) - 1)).astype(np.int64)
        count = len(reading.table.start)
        classes.append(bags(line[:bare], bucket[:bare], count, _CLASS_BITS))
        whole.append(bags(line, bucket, count, _WHOLE_BITS))
        hashes.append(line_hashes(reading.words, len(reading.table.start)))
    words, runs = sparse.vstack(classes).tocsr(), sparse.vstack(whole).tocsr()
    use = _used(units, np.concatenate(hashes))
    label = units.label
    fold = units.fold[units.text]
    leans = np.zeros((len(label), len(LEANS)), dtype=np.float32)
    for number in [*range(FOLDS), -1]:
        learned = use[fold[use] != number]
        made = _fit(words[learned], runs[learned], label[learned])
        own = np.flatnonzero(fold == number)
        if len(own):
            leans[own, :-1] = words[own] @ _weights(made[0])
            leans[own, -1:] = runs[own] @ _weights(made[1])
    return Leant(*made, leans)


def _used(units: Units, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The units to learn from: each wording once a site, not those of transplants, and not all of the article."""
    site = np.array([hash_of(host.site) for host in units.hosts], dtype=np.uint64)[units.text]
    source = np.array([host.source for host in units.hosts])[units.text]
    known = np.isin(np.array([host.lang for host in units.hosts])[units.text], _LANGUAGES)
    _, first = np.unique(hashes ^ site, return_index=True)
    once = np.zeros(len(site), dtype=bool)
    once[first] = True
    chosen = np.random.default_rng(1).random(len(site)) < _ARTICLE
    off = units.label > 0
    use = once & known & (off | chosen | (source == TRAP)) & ~(off & (source == TRANSPLANT))
    return np.flatnonzero(use)


def hash_of(name: str) -> int:
    """A number for a name, the same on every machine."""
    import zlib

    return zlib.crc32(name.encode()) * 0x9E3779B97F4A7C15 & (1 << 64) - 1


def _fit(words: Any, runs: Any, label: NDArray[np.int64]) -> tuple[Leanings, Leanings]:
    weights = np.zeros((words.shape[1], 1 + len(CLASSES)), dtype=np.float32)
    weights[:, 0] = _weigh(words, label > 0, _ROUNDS)
    chosen = np.random.default_rng(2).random(len(label)) < _CLASS_ARTICLE
    for number in range(1, 1 + len(CLASSES)):
        rows = np.flatnonzero((label == number) | ((label == 0) & chosen))
        weights[:, number] = _weigh(words[rows], label[rows] == number, _CLASS_ROUNDS)
    return to_leanings(weights), to_leanings(_weigh(runs, label > 0, _ROUNDS)[:, None])


def _weigh(matrix: Any, off: NDArray[np.bool_], rounds: int) -> NDArray[np.float32]:
    return fit_weights(matrix, off, _PENALTY, rounds)[:, 0]


def _weights(leanings: Leanings) -> NDArray[np.float32]:
    found: NDArray[np.float32] = leanings.weights.astype(np.float32) * np.float32(leanings.scale)
    return found
