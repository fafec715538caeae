"""A model made by hand: lines of few words are junk, and the word "share" tells what kind."""

from __future__ import annotations

import numpy as np

from newsclean.scoring.forest import Forest
from newsclean.scoring.leaning import Leanings
from newsclean.scoring.model import Model

COLUMNS = ("size", "words", "lean", "surety")
CATEGORIES = ("social", "related")
WORDS = 4.5  # lines of fewer are junk


def stump(column: int, threshold: float, below: float, above: float) -> Forest:
    """One tree that asks one question."""
    return Forest(
        np.array([column, 0, 0], dtype=np.uint8),
        np.array([threshold, 0, 0], dtype=np.float32),
        np.array([1, 1, 2], dtype=np.int32),
        np.array([2, 1, 2], dtype=np.int32),
        np.array([0, below, above], dtype=np.float32),
        np.array([0], dtype=np.int32),
        1,
    )


def grove(*stumps: Forest) -> Forest:
    """The trees of some forests, one behind the other."""
    starts = np.cumsum([0, *(len(forest.feature) for forest in stumps)])[:-1]
    columns = {
        name: np.concatenate([getattr(forest, name) for forest in stumps])
        for name in ("feature", "threshold", "value")
    }
    moved = {
        name: np.concatenate(
            [getattr(forest, name) + start for forest, start in zip(stumps, starts, strict=True)]
        ).astype(np.int32)
        for name in ("left", "right", "root")
    }
    return Forest(**columns, **moved, depth=max(forest.depth for forest in stumps))


def tiny_model() -> Model:
    """Lines of up to four words have a probability of 0.9, lines that rules took 0.95 at least, others 0.1."""
    short = stump(COLUMNS.index("words"), float(np.log1p(WORDS)), 2, -2)
    taken = stump(COLUMNS.index("surety"), 0.5, 0, 8)
    related = stump(
        COLUMNS.index("size"), float(np.log1p(12)), -1, 1
    )  # longer than "Share this" and its like
    social = stump(COLUMNS.index("size"), float(np.log1p(12)), 1, -1)
    return Model(
        COLUMNS,
        CATEGORIES,
        Leanings(np.zeros((1024, 1), dtype=np.int8), 0.25),
        Leanings(np.zeros((256, len(CATEGORIES)), dtype=np.int8), 0.5),
        grove(short, taken),
        grove(social, related),
        np.array([-4, -2, 2, 6], dtype=np.float32),
        np.array([0.05, 0.1, 0.9, 0.95], dtype=np.float32),
        {"limits": {"balanced": {"seen": [0.8, 0.7, 0.5]}}, "order": ["seen"], "tiers": {"en": "seen"}},
    )
