"""The two stretches of a wording's hashes, as tests of the finder and of its training look at them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsclean.offtopic.reading import Reading
from newsclean.offtopic.wording import wording_hashes

__all__ = ["all_hashes", "word_and_frame_hashes"]

Found = tuple[NDArray[np.int64], NDArray[np.uint64]]


def all_hashes(reading: Reading) -> Found:
    line, hashes, _ = wording_hashes(reading)
    return line, hashes


def word_and_frame_hashes(reading: Reading) -> Found:
    line, hashes, bare = wording_hashes(reading)
    return line[:bare], hashes[:bare]
