from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.scoring.leaning import Leanings, lean_columns, unique_hashes

WEIGHTS = Leanings(np.array([[4, 0], [-2, 6], [0, 0], [127, -128]], dtype=np.int8), 0.5)
hashed = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2**64 - 1)), max_size=30)


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_a_weight_is_its_number_times_the_scale() -> None:
    assert WEIGHTS.values(ints(0, 1, 2, 3)).tolist() == [2, -1, 0, 63.5]
    assert WEIGHTS.values(ints(3, 1), 1).tolist() == [-64, 3]


def test_sums_are_by_line_and_outcome_over_the_root_of_the_number_of_words() -> None:
    found = WEIGHTS.sums(ints(0, 0, 0, 0, 2), ints(0, 0, 1, 2, 3), 4)
    assert found.tolist() == [[1.5, 1.5], [0, 0], [63.5, -64], [0, 0]]


@given(hashed, st.sampled_from((1, 3, 18)))
def test_each_bucket_counts_once_a_line(pairs: list[tuple[int, int]], bits: int) -> None:
    line = ints(*(at for at, _ in pairs))
    hashes = np.array([value for _, value in pairs], dtype=np.uint64)
    found = list(zip(*(column.tolist() for column in unique_hashes(line, hashes, bits)), strict=True))
    assert found == sorted({(at, value % 2**bits) for at, value in pairs})


def test_a_line_leans_in_the_mean_in_all_and_at_most() -> None:
    values = np.array([2, -1, 0, 0.5], dtype=np.float32)
    columns = lean_columns(ints(0, 0, 0, 2), values, 4)
    expected = {
        "lean": [1 / 3**0.5, 0, 0.5, 0],
        "lean_sum": [1, 0, 0.5, 0],
        "lean_high": [2, 0, 0.5, 0],
        "lean_low": [-1, 0, 0, 0],
        "known": [2 / 3, 0, 1, 0],
    }
    assert {name: pytest.approx(column.tolist()) for name, column in columns.items()} == expected


@pytest.mark.parametrize("sign", [1, -1])
def test_the_leaning_in_all_is_bounded(sign: int) -> None:
    values = np.full(900, sign, dtype=np.float32)
    columns = lean_columns(np.zeros(900, dtype=np.int64), values, 1)
    assert columns["lean_sum"].tolist() == [sign * 300]
    assert columns["lean"].tolist() == [sign * 30]
