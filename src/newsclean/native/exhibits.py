"""Blocks that the kernel holds for off topic, with what their kinds and reasons are told from."""

from __future__ import annotations

from ctypes import POINTER, Structure, c_double, c_float, c_int32, c_uint32
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.looking import intruded, with_separators
from newsclean.native.loading import text_of
from newsclean.offtopic.intrusions import MOST, chosen
from newsclean.offtopic.model import Judge
from newsclean.report import Decision
from newsclean.spans import Span

__all__ = ["intrusions"]


class _Exhibit(Structure):
    """One such block: nc_exhibit of the kernel."""

    _fields_ = (
        ("start", c_int32), ("end", c_int32), ("first", c_int32), ("last", c_int32), ("units", c_int32),
        ("asks", c_int32), ("score", c_double), ("unit_rows", POINTER(c_float)), ("row", POINTER(c_float)),
        ("words", POINTER(c_uint32)), ("word_sizes", POINTER(c_int32)), ("n_words", c_int32),
    )  # fmt: skip


class _Candidate:
    """One of them, as `newsclean.offtopic.intrusions` takes it; `span` is its place in the text."""

    def __init__(self, exhibit: Any, judge: Judge) -> None:
        self.judge = judge
        self.start, self.end = int(exhibit.start), int(exhibit.end)
        self.span = Span(exhibit.first, exhibit.last)
        self.score = float(exhibit.score)
        self.asks = bool(exhibit.asks)
        self.unit_rows: NDArray[np.float32] = np.ctypeslib.as_array(
            exhibit.unit_rows, (exhibit.units, len(judge.unit_columns))
        )
        self.row: NDArray[np.float32] = np.ctypeslib.as_array(exhibit.row, (len(judge.block_columns),))
        self._exhibit = exhibit

    def new_words(self, most: int) -> list[str]:
        told, at = [], 0
        for size in self._exhibit.word_sizes[: min(most, self._exhibit.n_words)]:
            told.append(text_of(bytes((c_uint32 * size)(*self._exhibit.words[at : at + size]))))
            at += size
        return told


def intrusions(
    text: str, address: int, count: int, characters: int, judge: Judge, profile: str
) -> list[Decision]:
    """What is to go of `count` blocks of `text` (``nc_exhibit`` at `address`), likeliest first.

    `characters` are those of all its lines.
    """
    exhibits = (_Exhibit * count).from_address(address)
    candidates = [_Candidate(exhibit, judge) for exhibit in exhibits]
    places = {(one.start, one.end): one.span for one in candidates}
    found = chosen(candidates, profile, int(MOST * characters))
    return with_separators(text, [intruded(one, places[one.start, one.end]) for one in found])
