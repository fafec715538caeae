from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.scoring import forest as forest_module
from newsclean.scoring.forest import Forest

# The first tree asks for column 0, then for column 1; the second for column 2 only.
#   0: x0 <= 0.5 ? 1 : 2        5: x2 <= -1 ? 6 : 7
#   2: x1 <= 2 ? 3 : 4
TREES = Forest(
    feature=np.array([0, 0, 1, 0, 0, 2, 0, 0], dtype=np.uint8),
    threshold=np.array([0.5, 0, 2, 0, 0, -1, 0, 0], dtype=np.float32),
    left=np.array([1, 1, 3, 3, 4, 6, 6, 7], dtype=np.int32),
    right=np.array([2, 1, 4, 3, 4, 7, 6, 7], dtype=np.int32),
    value=np.array([0.5, -1, 2, 1, 3, 0.25, -0.5, 1], dtype=np.float32),
    root=np.array([0, 5], dtype=np.int32),
    depth=2,
)
ROOTS = 0.75
LEAVES = [
    ([0, 9, 0], (1, 7)),
    ([0.5, 9, -1], (1, 6)),  # at most: the threshold itself goes left
    ([0.75, 2, -2], (3, 6)),
    ([9, 2.5, -0.5], (4, 7)),
    ([9, -9, 0], (3, 7)),
]
rows = st.lists(st.sampled_from((-9.0, -1.0, 0.0, 0.5, 1.0, 2.0, 3.0)), min_size=3, max_size=3)


def matrix(*some: list[float]) -> np.ndarray:
    return np.array(some, dtype=np.float32).reshape(-1, 3)


@pytest.mark.parametrize(("row", "leaves"), LEAVES)
def test_a_row_falls_to_its_leaf_in_each_tree(row: list[float], leaves: tuple[int, int]) -> None:
    assert TREES.leaves(matrix(row)).tolist() == [list(leaves)]
    assert TREES.sums(matrix(row)).tolist() == [[TREES.value[leaves[0]] + TREES.value[leaves[1]]]]


def test_rows_do_not_depend_on_the_block_that_they_are_scored_in(monkeypatch: pytest.MonkeyPatch) -> None:
    many = matrix(*(row for row, _ in LEAVES))
    expected = TREES.sums(many)
    monkeypatch.setattr(forest_module, "_BLOCK", 2)
    np.testing.assert_array_equal(TREES.sums(many), expected)
    assert TREES.sums(many[:0]).shape == (0, 1)


def test_trees_of_several_outcomes_take_turns() -> None:
    many = matrix(*(row for row, _ in LEAVES))
    np.testing.assert_array_equal(TREES.sums(many, 2), TREES.value[TREES.leaves(many)])
    twice = TREES._replace(root=np.array([0, 5, 0, 5], dtype=np.int32))
    np.testing.assert_array_equal(twice.sums(many, 2), 2 * TREES.sums(many, 2))


@given(st.lists(rows, max_size=9))
def test_the_sum_is_that_of_the_values_of_the_leaves(many: list[list[float]]) -> None:
    x = matrix(*many)
    first = np.where(x[:, 0] <= 0.5, -1, np.where(x[:, 1] <= 2, 1, 3))
    assert TREES.sums(x)[:, 0].tolist() == (first + np.where(x[:, 2] <= -1, -0.5, 1)).tolist()


@given(rows)
def test_contributions_add_up_to_the_sum_less_the_roots(row: list[float]) -> None:
    x = matrix(row)
    moved = TREES.contributions(x[0])
    assert moved.shape == (3,)
    assert moved.sum() == TREES.sums(x)[0, 0] - ROOTS


@pytest.mark.parametrize(
    ("row", "moved"),
    [([0, 9, 0], [-1.5, 0, 0.75]), ([1, 2, -2], [1.5, -1, -0.75]), ([1, 3, 0], [1.5, 1, 0.75])],
)
def test_a_column_moves_the_sum_where_it_is_asked_for(row: list[float], moved: list[float]) -> None:
    assert TREES.contributions(matrix(row)[0]).tolist() == moved
