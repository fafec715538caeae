from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsclean.decision.sentences import parents, split_lines
from newsclean.document import Document, read_document
from rule_helpers import PROSE
from strategies import any_text, fixture_lines

LONG = 1000
relaxed = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
bits = st.one_of(
    st.sampled_from(fixture_lines()),
    any_text,
    st.sampled_from(
        ('"', "'", "“", "(", "Dr. ", "e.g. ", "... ", "?!", "。", "北京下雨了。", "x" * 700, "！" * 90, " ")
    ),
)


@st.composite
def long_texts(draw: st.DrawFn) -> str:
    """Texts of some lines, most of them long: pieces of all kinds without a line break, over and over."""
    lines = []
    for pieces, times, glue in draw(
        st.lists(
            st.tuples(
                st.lists(bits, min_size=1, max_size=6), st.integers(1, 12), st.sampled_from((" ", "", "  "))
            ),
            min_size=1,
            max_size=3,
        )
    ):
        line = glue.join(pieces * times)
        lines.append(" ".join(line.split("\n")))
    return draw(st.sampled_from(("\n", "\n\n"))).join(lines)


def check(document: Document) -> None:
    split = split_lines(document)
    if split is None:
        assert all(len(line) < LONG for line in document.lines)
        return
    assert any(len(line) >= LONG for line in document.lines)
    assert split[:3] == document[:3]  # the same text
    assert [line.index for line in split.lines] == list(range(len(split.lines)))
    assert all(len(line) > 0 for line in split.lines)
    assert all(one.end <= other.start for one, other in pairwise(split.lines))
    parts: list[list[tuple[int, int]]] = [[] for _ in document.lines]
    for line, parent in zip(split.lines, parents(document, split), strict=True):
        whole = document.lines[parent]
        assert whole.start <= line.start < line.end <= whole.end
        assert line.gap == (0 if parts[parent] else whole.gap)
        parts[parent].append((line.start, line.end))
    for whole, pieces in zip(document.lines, parts, strict=True):
        if len(whole) < LONG:
            assert pieces == [(whole.start, whole.end)]
        at = whole.start
        for start, end in pieces:
            assert not document.tidy[at:start].strip()
            at = end
        assert at == whole.end


@relaxed
@given(long_texts())
def test_the_sentences_of_long_lines_tile_them(text: str) -> None:
    check(read_document(text))


@pytest.mark.parametrize("glue", [" ", "  ", "\u00a0", "\u200b "])
def test_each_sentence_of_a_long_line_is_a_line(glue: str) -> None:
    document = read_document(glue.join([PROSE, "Did it rain?"] * 12))
    split = split_lines(document)
    assert split
    assert [split.text(line) for line in split.lines] == [PROSE, "Did it rain?"] * 12


@pytest.mark.parametrize("size", [LONG, 3000, 3001, 4500, 9000])
@pytest.mark.parametrize("unit", ["x", "“", "'\"", "x y ", "a. ", "。", "!"])
def test_a_long_line_of_anything_is_tiled(unit: str, size: int) -> None:
    text = (unit * size)[:size]
    check(read_document(f"{PROSE}\n\n{text}.\n\n{PROSE}"))


def test_a_stretch_that_is_split_at_once_ends_at_a_blank() -> None:
    words = " ".join(f"word{number}" for number in range(900))
    split = split_lines(read_document(words))
    assert split
    assert len(split.lines) > 1
    assert " ".join(split.text(line) for line in split.lines) == words


@pytest.mark.parametrize("size", [1, 400, LONG - 1])
def test_a_document_without_a_long_line_is_not_split(size: int) -> None:
    text = (PROSE * 10)[:size].strip().ljust(size, ".")
    assert split_lines(read_document(f"{text}\n\n{text}")) is None
    assert split_lines(read_document("")) is None


def test_a_line_is_long_from_a_thousand_characters_on() -> None:
    line = ((PROSE + " ") * 10)[: LONG - 1] + "."
    split = split_lines(read_document(line))
    assert split
    assert len(split.lines) == 10


def test_lines_that_are_not_long_stay_whole_beside_one_that_is() -> None:
    document = read_document("\n\n".join([PROSE + " " + PROSE, (PROSE + " ") * 12, "Share"]))
    split = split_lines(document)
    assert split
    assert parents(document, split) == [0, *[1] * 12, 2]
    assert [line.gap for line in split.lines] == [0, 2, *[0] * 11, 2]
