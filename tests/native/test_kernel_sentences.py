"""The kernel splits sentences as sentencex does; should a version of it split otherwise, this tells."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pytest
import sentencex
from hypothesis import given
from hypothesis import strategies as st

from newsclean.native import building
from newsclean.native.loading import code_points, kernel, ready
from strategies import fixture_lines

pytestmark = pytest.mark.skipif(not building.compilers(), reason="there is no C compiler")

#: sentencex itself ends in an error on an initial, a blank that is not ASCII, and a full stop; tidy text has no such blank.
NO_BLANKS = re.compile(r"[^\S \n]")
PIECES = st.one_of(
    st.sampled_from(fixture_lines()),
    st.sampled_from(
        [
            "Dr. ", "e.g. ", "No. 5 ", "U.S. ", "J. Doe ", "3.5 ", "…", "...", "?!", '"Rain." ', "'s ", "(a.) ", "[1] ",
            "1. ", "a) ", "jane@example.org ", "example.org. ", "。", "؟ ", "“Why?” ", "\n", "\n\n", " - ", "etc. ", "A.",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)  # fmt: skip


class _Span(ctypes.Structure):
    _fields_ = (("start", ctypes.c_int32), ("end", ctypes.c_int32))


@pytest.fixture(scope="module")
def arena() -> Iterator[int]:
    library = kernel()
    assert library is not None
    made = library.nc_arena_new()
    yield made
    library.nc_arena_free(made)


def pieces(arena: int, text: str) -> list[str]:
    library = kernel()
    assert library is not None
    codes = code_points(text)
    ready(library, codes)
    spans = (_Span * (len(text) + 1))()
    library.nc_test_segment.argtypes = [
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_int32,
        ctypes.c_void_p,
        ctypes.c_int32,
    ]
    count = library.nc_test_segment(arena, codes, len(text), spans, len(spans))
    return [text[span.start : span.end] for span in spans[:count]]


def test_fixtures_are_split_alike(arena: int) -> None:
    for line in fixture_lines():
        assert pieces(arena, line) == list(sentencex.segment("en", line))


@given(st.lists(PIECES, max_size=12))
def test_any_mix_is_split_alike(arena: int, parts: list[str]) -> None:
    text = NO_BLANKS.sub(" ", "".join(parts))
    assert pieces(arena, text) == list(sentencex.segment("en", text))
