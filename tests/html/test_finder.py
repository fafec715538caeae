from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.html.finder import _HIGHEST, _LOWEST, best_limit, find_blocks, picks_article
from newsclean.html.model import PageModel, shipped_page_model
from newsclean.html.naming import TYPES, Naming
from newsclean.html.parsing import parse
from newsclean.html.shape import Floats
from newsclean.html.signals import NAMES
from newsclean.scoring.forest import Forest
from page_parts import ARTICLE, PROSE, pages

WORDS = NAMES.index("words")


def types(article: float) -> Floats:
    rest = (1 - article) / (len(TYPES) - 1)
    return np.array([article if name == "article" else rest for name in TYPES], dtype=np.float32)


def forest(*trees: tuple[float, float], feature: int = WORDS, threshold: float = 1.5) -> Forest:
    """Trees of one question each: whether a signal is at most a threshold, and what then, and what else."""
    count = len(trees)
    at = 3 * np.arange(count)
    leaves = np.stack((at, at + 1, at + 2), axis=1).ravel()
    left, right = leaves.copy(), leaves.copy()
    left[at], right[at] = at + 1, at + 2
    return Forest(
        np.full(3 * count, feature, dtype=np.uint8),
        np.full(3 * count, threshold, dtype=np.float32),
        left.astype(np.int32),
        right.astype(np.int32),
        np.array([value for low, high in trees for value in (0, low, high)], dtype=np.float32),
        at.astype(np.int32),
        1,
    )


def model(bias: list[float], article: Forest, general: Forest) -> PageModel:
    naming = Naming({}, {}, {}, np.zeros((0, len(TYPES)), np.float32), np.array(bias, dtype=np.float32))
    return PageModel(naming, article, general, {})


SURE, UNSURE = [9.0, *[0.0] * 6], [0.0] * 7
PAGE = parse("<p>x<p>Rain fell all day")


def scores(made: PageModel) -> list[float]:
    return find_blocks(PAGE, made).scores.tolist()


def logistic(value: float) -> float:
    return 1 / (1 + float(np.exp(-value)))


@pytest.mark.parametrize(("bias", "which"), [(SURE, 0), (UNSURE, 1)])
def test_only_a_page_that_is_surely_an_article_goes_to_the_head_for_articles(
    bias: list[float], which: int
) -> None:
    heads = forest((-1, 1)), forest((-2, 2))
    odds = (1, 2)[which]
    assert scores(model(bias, *heads)) == pytest.approx([logistic(-odds), logistic(odds)], abs=1e-6)


def test_the_log_odds_of_all_trees_add_up() -> None:
    trees = [(-0.01 * i, 0.02 * i) for i in range(50)]
    expected = [logistic(sum(low for low, _ in trees)), logistic(sum(high for _, high in trees))]
    some = forest(*trees[:30], (0, 0))
    # the first block is seen as hopeless after thirty trees, and then only
    assert scores(model(SURE, forest(*trees), some)) == pytest.approx(
        [logistic(sum(low for low, _ in trees[:30])), expected[1]], abs=1e-5
    )
    mild = [(-0.001, 0.002)] * 50
    assert scores(model(SURE, forest(*mild), some)) == pytest.approx(
        [logistic(-0.05), logistic(0.1)], abs=1e-5
    )


def test_odds_of_any_size_give_probabilities() -> None:
    with np.errstate(all="raise", under="ignore"):
        assert scores(model(SURE, forest((-1e6, 1e6)), forest((0, 0)))) == pytest.approx([0, 1], abs=1e-6)


def test_a_page_without_blocks_has_types_and_no_scores() -> None:
    found = find_blocks(parse(""), shipped_page_model())
    assert found.scores.shape == (0,)
    assert found.types.sum() == pytest.approx(1)


@given(pages)
def test_each_block_of_any_page_has_a_probability(html: str) -> None:
    parsed = parse(html)
    found = find_blocks(parsed, shipped_page_model())
    assert found.scores.shape == (len(parsed.texts),)
    assert ((found.scores >= 0) & (found.scores <= 1)).all()
    assert _LOWEST - 1e-6 <= found.limit <= _HIGHEST + 1e-6


def test_the_paragraphs_of_an_article_score_above_the_limit_and_the_menu_below() -> None:
    parsed = parse(ARTICLE)
    found = find_blocks(parsed, shipped_page_model())
    kept = {text for text, score in zip(parsed.texts, found.scores, strict=True) if score >= found.limit}
    assert set(PROSE) <= kept
    assert not kept & {"Home", "News", "About us Terms"}


@pytest.mark.parametrize(("share", "picked"), [(0.5, False), (0.9, False), (0.98, True), (1.0, True)])
def test_the_head_for_articles_is_for_pages_that_are_surely_articles(share: float, picked: bool) -> None:
    assert picks_article(types(share)) is picked


@pytest.mark.parametrize(
    ("chances", "share", "limit"),
    [
        ([0.3, 0.9], 0.95, 0.55),
        ([0.55, 0.4], 0.95, 0.55),
        ([0.28, 0.28], 0.95, 0.28),  # no block of the article is sure: it is not lost
        ([0.05, 0.01], 0.95, _LOWEST),
        ([0.9, 0.9], 0.8, _HIGHEST),
    ],
)
def test_on_articles_the_limit_is_fixed_unless_all_blocks_score_low(
    chances: list[float], share: float, limit: float
) -> None:
    words = np.log1p(np.full(len(chances), 50, dtype=np.float32))
    assert best_limit(np.array(chances, np.float32), words, types(share)) == pytest.approx(limit)


blocks = st.lists(st.tuples(st.floats(0, 1, width=32), st.integers(1, 500)), min_size=1, max_size=12)


@given(blocks)
def test_on_other_pages_the_limit_is_where_the_expected_f1_is_highest_within_bounds(
    made: list[tuple[float, int]],
) -> None:
    chances = np.array([chance for chance, _ in made], dtype=np.float32)
    words = np.array([count for _, count in made], dtype=np.float32)
    limit = best_limit(chances, np.log1p(words), types(0.1))
    assert _LOWEST - 1e-6 <= limit <= _HIGHEST + 1e-6
    all_right = float((chances * words).sum())

    def expected(least: float) -> float:
        kept = chances >= least
        return 2 * float((chances * words)[kept].sum()) / (float(words[kept].sum()) + max(all_right, 1e-6))

    if _LOWEST + 1e-6 < limit < _HIGHEST - 1e-6:
        assert expected(limit) == pytest.approx(max(expected(float(c)) for c in chances), rel=1e-4)


@pytest.mark.parametrize(
    ("chances", "limit"),
    [([0.9, 0.9, 0.01], _HIGHEST), ([0.05, 0.04], _LOWEST), ([0.5, 0.5, 0.01, 0.01], 0.5), ([0.0], _LOWEST)],
)
def test_the_limit_goes_with_the_scores_of_the_page(chances: list[float], limit: float) -> None:
    words = np.log1p(np.full(len(chances), 50, dtype=np.float32))
    assert best_limit(np.array(chances, np.float32), words, types(0)) == pytest.approx(limit)
