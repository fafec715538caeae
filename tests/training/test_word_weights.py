from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from test_rows import STORY, marked

from newsclean.training.rows import BITS, KINDS, make_rows
from newsclean.training.words import bags, fit_junk, fit_kinds, line_bags, phrase_bags, to_leanings
from strategies import fixture_lines

JUNK = ("Read more about it", "Read more on the page", "Share this page", "Share it now", "Leave a reply now")
LINES = [*STORY, *JUNK] * 3
IS_JUNK = np.array([line in JUNK for line in LINES])
EVEN = np.ones(len(LINES), dtype=np.float32)


@given(st.lists(st.frozensets(st.integers(0, (1 << BITS) - 1), max_size=6), min_size=1, max_size=6))
def test_a_line_is_a_row_of_length_one(lines: list[frozenset[int]]) -> None:
    pairs = [(at, bucket) for at, buckets in enumerate(lines) for bucket in sorted(buckets)]
    line, bucket = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    matrix = bags(line, bucket, len(lines))
    assert matrix.shape == (len(lines), 1 << BITS)
    assert [set(matrix[at].indices) for at in range(len(lines))] == [set(buckets) for buckets in lines]
    length = np.sqrt(matrix.multiply(matrix).sum(1))
    np.testing.assert_allclose(np.ravel(length), [float(bool(buckets)) for buckets in lines], atol=1e-6)


def test_fewer_bits_put_buckets_together() -> None:
    matrix = bags(np.array([0, 0, 1]), np.array([3, 19, 35]), 2, bits=4)
    assert matrix.shape == (2, 16)
    np.testing.assert_allclose(matrix.toarray()[:, 3], [2 / np.sqrt(2), 1], atol=1e-6)


def test_a_line_by_itself_has_the_words_that_it_has_in_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.training.rows.ProcessPoolExecutor", lambda _: ThreadPoolExecutor(1))
    rows = make_rows([marked(*JUNK)])
    within = bags(rows.line, rows.bucket, len(rows.junk))
    assert (within != line_bags([*STORY, *JUNK])).nnz == 0


@given(st.lists(st.sampled_from(fixture_lines()), min_size=1, max_size=5), st.data())
def test_a_line_has_the_same_words_beside_any_others(lines: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    assert (line_bags(lines)[at] != line_bags(lines[at : at + 1])).nnz == 0


def test_white_space_is_a_line_without_words() -> None:
    assert line_bags(["", " \n", "Rain"]).getnnz(1).tolist()[:2] == [0, 0]


@pytest.mark.parametrize("line", ["\u200b", "\ufeff", "\u0301"])
def test_a_line_of_invisible_characters_is_a_line_without_words(line: str) -> None:
    assert (line_bags([line, "Menu"])[1] != line_bags(["Menu"])[0]).nnz == 0


def test_rules_bring_wordings_of_every_category() -> None:
    wordings, kinds = phrase_bags()
    assert len(wordings) == len(kinds)
    assert set(kinds) == set(range(len(KINDS)))
    assert [wording for wording in wordings if re.search(r"[{}\[\]]", wording)] == []


def test_of_options_one_is_in_a_wording() -> None:
    assert [wording for wording in phrase_bags()[0] if re.search(r"\w\|\w", wording)] == []


def test_words_of_junk_lean_to_junk() -> None:
    matrix = line_bags(LINES)
    weights = fit_junk(matrix, IS_JUNK, EVEN)
    assert weights.shape == (1 << BITS, 1)
    sums = (matrix @ weights)[:, 0]
    assert sums[IS_JUNK].min() > 0 > sums[~IS_JUNK].max()


def test_words_of_fewer_than_three_lines_lean_to_nothing() -> None:
    lines = [*LINES, "quagga " * 5, "quagga zebu"]
    matrix = line_bags(lines)
    weights = fit_junk(matrix, np.append(IS_JUNK, [True, True]), np.ones(len(lines), np.float32))[:, 0]
    rare = np.unique(matrix[-2:].indices)
    often = np.unique(matrix[:-2].indices)
    assert not weights[np.setdiff1d(rare, often)].any()
    assert (weights[often] != 0).mean() > 0.9


def test_words_of_junk_lean_to_their_category() -> None:
    matrix = line_bags(LINES)[IS_JUNK]
    lines = [line for line in LINES if line in JUNK]
    names = {"Read": "related", "Share": "social", "Leave": "comment_template"}
    kind = np.array([KINDS.index(names[line.split()[0]]) for line in lines])
    weights = fit_kinds(matrix, kind, EVEN[IS_JUNK])
    assert weights.shape == (1 << BITS, len(KINDS))
    assert ((matrix @ weights).argmax(1) == kind).all()
    assert not np.delete(weights, np.unique(kind), axis=1).any()


def test_two_categories_are_told_apart() -> None:
    kind = np.arange(len(LINES)) % 2
    assert fit_kinds(line_bags(LINES), kind, EVEN).shape == (1 << BITS, len(KINDS))


weights = arrays(
    np.float32, st.tuples(st.integers(1, 40), st.integers(1, 3)), elements=st.floats(-8, 8, width=16)
)


@given(weights)
def test_rounded_weights_are_the_nearest_of_their_steps(made: np.ndarray) -> None:
    leanings = to_leanings(made)
    again = leanings.weights.astype(np.float64) * leanings.scale
    inside = np.abs(made) <= 127 * leanings.scale
    assert (np.abs(again - made)[inside] <= leanings.scale * 0.5001).all()
    assert (again[made == 0] == 0).all()
    assert (again * made >= 0).all()


@given(st.integers(2, 4000))
def test_a_few_large_weights_do_not_make_the_steps_coarse(count: int) -> None:
    made = np.linspace(-1, 1, count, dtype=np.float32)[:, None]
    outlier = made.copy()
    outlier[0] = 1000
    coarse = to_leanings(outlier).scale / to_leanings(made).scale
    assert coarse < 1.1 or count < 1100
