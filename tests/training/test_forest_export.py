from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np
import pytest
from numpy.typing import NDArray

from newsclean.training.export import forest_of

Floats = NDArray[np.float32]


def columns(seed: int, rows: int = 1200) -> Floats:
    """Columns as features are: measures, counts, shares, flags, one that never changes, and places that may be -1."""
    chance = np.random.default_rng(seed)
    return np.stack(
        (
            chance.normal(size=rows),
            chance.poisson(2, rows),
            chance.integers(0, 8, rows) / np.float32(7),
            chance.random(rows) < 0.2,
            np.full(rows, 3),
            chance.integers(-1, 31, rows),
            np.log1p(chance.integers(0, 900, rows)),
        ),
        axis=1,
    ).astype(np.float32)


def boosted(matrix: Floats, outcome: NDArray[Any], rounds: int = 25, **settings: Any) -> lightgbm.Booster:
    usual = {"verbose": -1, "seed": 1, "deterministic": True, "num_threads": 1}
    return lightgbm.train(usual | settings, lightgbm.Dataset(matrix, outcome.astype(np.float32)), rounds)


def noisy(matrix: Floats, seed: int) -> Floats:
    return (
        matrix[:, 0] + matrix[:, 1] / 2 - matrix[:, 3] + np.random.default_rng(seed).normal(size=len(matrix))
    )


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("leaves", [2, 31])
def test_sums_are_the_log_odds_that_lightgbm_predicts(seed: int, leaves: int) -> None:
    matrix = columns(seed)
    trees = boosted(matrix, noisy(matrix, seed) > 1.5, objective="binary", num_leaves=leaves)
    forest = forest_of(trees)
    for seen in (matrix, columns(seed + 100)):
        expected = trees.predict(seen, raw_score=True)
        assert np.std(expected) > 0.1
        np.testing.assert_allclose(forest.sums(seen)[:, 0], expected, atol=1e-4)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kinds", [3, 16])
def test_sums_by_category_are_those_that_lightgbm_predicts(seed: int, kinds: int) -> None:
    matrix = columns(seed)
    outcome = np.clip(noisy(matrix, seed) + 2, 0, kinds - 2).astype(int)  # the last one never comes
    trees = boosted(matrix, outcome, 8, objective="multiclass", num_class=kinds)
    forest = forest_of(trees, kinds)
    for seen in (matrix, columns(seed + 100)):
        expected = trees.predict(seen, raw_score=True)
        assert expected.shape == (len(seen), kinds)
        np.testing.assert_allclose(forest.sums(seen, kinds), expected, atol=1e-4)


def test_trees_with_nothing_to_split_on_give_the_mean() -> None:
    matrix = np.zeros((100, 2), dtype=np.float32)
    trees = boosted(matrix, np.arange(100) < 20, 3, objective="binary")
    forest = forest_of(trees)
    assert forest.depth == 0
    np.testing.assert_allclose(forest.sums(matrix)[:, 0], trees.predict(matrix, raw_score=True), atol=1e-4)


def test_the_depth_is_that_of_the_deepest_tree() -> None:
    matrix = columns(1)
    trees = boosted(matrix, noisy(matrix, 1) > 0, 5, objective="binary", num_leaves=40, max_depth=3)
    assert forest_of(trees).depth == 3


def test_each_tree_has_its_root_and_leaves_lead_to_themselves() -> None:
    matrix = columns(2)
    forest = forest_of(boosted(matrix, noisy(matrix, 2) > 0, 7, objective="binary"))
    assert len(forest.root) == 7
    leaves = np.unique(forest.leaves(matrix))
    assert (forest.left[leaves] == leaves).all()
    assert (forest.right[leaves] == leaves).all()


def test_trees_that_do_not_make_whole_groups_are_refused() -> None:
    matrix = columns(3)
    trees = boosted(matrix, noisy(matrix, 3) > 0, 7, objective="binary")
    with pytest.raises(ValueError, match="trees in groups of 2, got 7 trees"):
        forest_of(trees, 2)


def test_more_features_than_a_byte_counts_are_refused() -> None:
    matrix = np.zeros((200, 300), dtype=np.float32)
    matrix[:, 299] = np.arange(200)
    trees = boosted(matrix, np.arange(200) < 100, 2, objective="binary")
    with pytest.raises(ValueError, match="expected up to 256 features"):
        forest_of(trees)


def test_values_next_to_each_other_are_told_apart() -> None:
    low = np.float32(1 / 3)
    matrix = np.where(np.arange(200) % 2, low, np.nextafter(low, np.float32(1)))[:, None]
    trees = boosted(matrix, np.arange(200) % 2, 5, objective="binary")
    expected = trees.predict(matrix, raw_score=True)
    assert np.ptp(expected) > 0.5
    np.testing.assert_allclose(forest_of(trees).sums(matrix)[:, 0], expected, atol=1e-4)
