from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from line_features import documents_of, features, table_of

from newsclean.document import read_document
from newsclean.scoring.table import LineTable, line_table
from newsclean.scoring.words import Words, ngram_hashes, words_of
from strategies import any_text, messy_texts

relaxed = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BARE = ("", " ", "\n\n", " \r\n\u200b\n", "***", "***\n\n---\n|")  # without lines, or without words
texts = st.one_of(messy_texts(), messy_texts(), any_text, st.sampled_from(BARE))
blocks = st.lists(texts, min_size=1, max_size=4)


def parts(table: LineTable) -> list[slice]:
    """The lines of each document."""
    return [slice(*bounds) for bounds in zip(table.first[:-1], table.first[1:], strict=True)]


@relaxed
@given(blocks)
def test_a_line_of_a_block_is_the_line_of_its_document(block: list[str]) -> None:
    documents = documents_of(block)
    table = line_table(documents)
    assert len(table.first) == len(documents) + 1
    for number, (document, part) in enumerate(zip(documents, parts(table), strict=True)):
        lines = range(*part.indices(len(table.start)))
        assert [table.doc[at] for at in lines] == [number] * len(document.lines)
        assert [table.gap[at] for at in lines] == [line.gap for line in document.lines]
        for at, line in zip(lines, document.lines, strict=True):
            stretch = slice(table.start[at], table.end[at])
            assert "".join(map(chr, table.codes[stretch])) == document.text(line)
            assert "".join(map(chr, table.folded[stretch])) == document.folded[line.start : line.end]


@relaxed
@given(blocks)
def test_the_words_of_a_block_are_those_of_each_document(block: list[str]) -> None:
    table = table_of(*block)
    words = words_of(table)
    for text, part in zip(block, parts(table), strict=True):
        alone = words_of(table_of(text))
        inside = (words.line >= part.start) & (words.line < part.stop)
        here = Words(*(column[inside] for column in words))
        at = int(table.start[part.start] - table_of(text).start[0]) if len(here.line) else 0
        here = here._replace(line=here.line - part.start, start=here.start - at)
        for name, one, other in zip(Words._fields, here, alone, strict=True):
            np.testing.assert_array_equal(one, other, name)


@relaxed
@given(blocks)
def test_the_hashes_of_a_block_are_those_of_each_document(block: list[str]) -> None:
    table = table_of(*block)
    line, hashes = ngram_hashes(table, words_of(table))
    for text, part in zip(block, parts(table), strict=True):
        single = table_of(text)
        own_line, own_hashes = ngram_hashes(single, words_of(single))
        inside = (line >= part.start) & (line < part.stop)
        here = sorted(zip(line[inside] - part.start, hashes[inside], strict=True))
        assert here == sorted(zip(own_line, own_hashes, strict=True))


@relaxed
@given(blocks)
def test_the_features_of_a_block_are_those_of_each_document(block: list[str]) -> None:
    table = table_of(*block)
    together = features(table)
    for text, part in zip(block, parts(table), strict=True):
        alone = features(table_of(text))
        assert list(alone) == list(together)
        for name, column in together.items():
            assert column.dtype == np.float32
            # means over windows are differences of sums over the whole block: rounding may differ
            np.testing.assert_allclose(column[part], alone[name], 0, 1e-6 if "~" in name else 0, err_msg=name)


def test_a_document_without_words_has_the_same_features_alone_and_in_a_block() -> None:
    text = "***\n\n***\n\n|"
    alone, together = features(table_of(text)), features(table_of(text, "Rain fell."))
    for name, column in together.items():
        np.testing.assert_array_equal(column[:3], alone[name], name)


@relaxed
@given(texts)
def test_features_are_figures_whatever_the_text(text: str) -> None:
    table = table_of(text)
    columns = features(table)
    assert len(table.start) == len(read_document(text).lines)
    for name, column in columns.items():
        assert column.shape == table.start.shape, name
        assert np.isfinite(column).all(), name


@pytest.mark.parametrize("block", [[], [""], ["", " "], ["Rain", ""], ["", "Rain"], ["*", ""], ["", "", "a"]])
def test_blocks_of_little_or_nothing_have_their_features(block: list[str]) -> None:
    table = table_of(*block)
    lines = sum(len(document.lines) for document in documents_of(block))
    assert {len(column) for column in features(table).values()} == {lines}


def test_the_features_are_the_same_ones_in_the_same_order_whatever_the_text() -> None:
    names = {tuple(features(table_of(*block))) for block in ((), ("",), ("***",), ("Rain fell.", "北京"))}
    assert len(names) == 1
