from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from line_features import features, table_of

from newsclean.categories import CATEGORIES
from newsclean.cleaner import PROFILES
from newsclean.decision.scored import _INSIDE, _PROSE, _SENTENCE, Limits
from newsclean.languages import ALWAYS
from newsclean.scoring.model import SHIPPED, Model, shipped_model

TIERS = ("unseen", "seen", "measured")


@pytest.fixture(scope="module")
def model() -> Model:
    return shipped_model()


def test_the_shipped_model_is_no_larger_than_a_picture() -> None:
    assert SHIPPED.stat().st_size <= 1_000_000


def test_the_columns_of_the_model_are_the_features_in_their_order(model: Model) -> None:
    assert model.columns == tuple(features(table_of("Rain fell.\n\nShare this story")))


def test_the_categories_of_the_model_are_categories(model: Model) -> None:
    assert set(model.categories) <= set(CATEGORIES)
    assert len(set(model.categories)) == len(model.categories) > 1


def test_the_model_knows_all_that_is_removed_by_default(model: Model) -> None:
    removed = {category.id for category in CATEGORIES.values() if category.default == "remove"}
    assert removed <= set(model.categories)


def test_probabilities_rise_with_the_odds(model: Model) -> None:
    assert (np.diff(model.odds) > 0).all()
    assert (np.diff(model.probability) >= 0).all()
    assert 0 < model.probability[0] < 0.05
    assert 0.95 < model.probability[-1] < 1


@pytest.mark.parametrize("tier", TIERS)
def test_limits_fall_from_the_careful_profile_to_the_thorough(tier: str, model: Model) -> None:
    limits = [Limits(*model.facts["limits"][profile][tier]) for profile in PROFILES]
    for stricter, looser in pairwise(limits):
        assert all(one >= other for one, other in zip(stricter, looser, strict=True))
    assert limits[0].line > limits[-1].line


@pytest.mark.parametrize("profile", PROFILES)
def test_limits_fall_with_what_is_known_of_a_language(profile: str, model: Model) -> None:
    limits = [Limits(*model.facts["limits"][profile][tier]) for tier in TIERS]
    for stricter, looser in pairwise(limits):
        assert all(one >= other for one, other in zip(stricter, looser, strict=True))
    assert limits[0].line > limits[-1].line


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("tier", TIERS)
def test_limits_are_probabilities(profile: str, tier: str, model: Model) -> None:
    limits = Limits(*model.facts["limits"][profile][tier])
    assert all(0 < limit < 1 for limit in limits)


@pytest.mark.parametrize("profile", ["balanced", "recall"])
@pytest.mark.parametrize("tier", TIERS)
def test_the_model_reaches_the_limits_of_profiles_that_guess(profile: str, tier: str, model: Model) -> None:
    limits = Limits(*model.facts["limits"][profile][tier])
    strictest = 1 - (1 - limits.line) * min(_INSIDE, _PROSE, _SENTENCE)
    assert max(strictest, *limits) < model.probability[-1]


def test_each_language_has_a_tier_and_english_was_measured(model: Model) -> None:
    assert tuple(model.facts["order"]) == TIERS
    assert set(model.facts["tiers"].values()) <= set(TIERS)
    assert model.facts["tiers"][ALWAYS] == "measured"


@pytest.mark.parametrize("name", ["lines", "kinds"])
def test_trees_ask_for_columns_that_exist_and_end_in_leaves(name: str, model: Model) -> None:
    forest = getattr(model, name)
    outcomes = 1 if name == "lines" else len(model.categories)
    columns = len(model.columns) + (0 if name == "lines" else 2 * outcomes)
    assert len(forest.root) % outcomes == 0
    assert forest.feature.max() < columns
    leaf = forest.left == np.arange(len(forest.left))
    np.testing.assert_array_equal(leaf, forest.right == np.arange(len(forest.left)))
    deep = np.random.default_rng(1).normal(0, 3, (50, columns)).astype(np.float32)
    assert leaf[forest.leaves(deep)].all()
    assert np.isfinite(forest.value).all()


@pytest.mark.parametrize("name", ["leanings", "kind_leanings"])
def test_weights_stand_in_as_many_buckets_as_bits_can_name(name: str, model: Model) -> None:
    buckets, outcomes = getattr(model, name).weights.shape
    assert buckets & (buckets - 1) == 0
    assert outcomes == (1 if name == "leanings" else len(model.categories))
    assert len(model.kind_leanings.weights) <= len(model.leanings.weights)  # its bits are a part of those
