"""The paired bootstrap over pages: how sure a difference between two extractors is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

SEED = 0
#: So many drawn figures are held in memory at once.
_AT_ONCE = 4_000_000


class Difference(NamedTuple):
    """A mean difference over pages, its 95% interval, and the share of resamples in which it is above zero."""

    mean: float
    low: float
    high: float
    better: float


def paired(ours: Sequence[float], theirs: Sequence[float], resamples: int = 2000) -> Difference:
    """How much higher `ours` is than `theirs`, page by page, in resamples of as many pages with replacement.

    The draws are the same in every run. The interval goes from the 2.5th to the 97.5th percentile; a resample
    without a difference does not count as better.

    Raises:
        ValueError: for no pages, or not as many on both sides.

    >>> paired([0.9, 0.8, 1.0], [0.4, 0.3, 0.5])
    Difference(mean=0.5, low=0.5, high=0.5, better=1.0)
    """
    if not ours or len(ours) != len(theirs):
        raise ValueError(f"expected figures for the same pages, got {len(ours)} and {len(theirs)}")
    by_page = np.asarray(ours, float) - np.asarray(theirs, float)
    draw = np.random.default_rng(SEED)
    step = max(1, _AT_ONCE // len(by_page))
    means = np.concatenate(
        [
            by_page[draw.integers(len(by_page), size=(min(step, resamples - at), len(by_page)))].mean(axis=1)
            for at in range(0, resamples, step)
        ]
    )
    low, high = np.quantile(means, (0.025, 0.975))
    return Difference(float(by_page.mean()), float(low), float(high), float((means > 0).mean()))
