from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from line_features import documents_of, no_signs, signs_by_size
from tiny_model import stump, tiny_model

from newsclean.categories import CATEGORIES
from newsclean.document import read_document
from newsclean.scoring.model import Model, shipped_model
from newsclean.scoring.scorer import Scored, kind_matrix
from newsclean.scoring.table import Signs, line_table
from strategies import any_text, messy_texts

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PAGE = (
    "They all went home by the old bridge.\n\nShare this\n\nMore on old bridges\n\nRain fell on them all day"
)


def scored(text: str, *, model: Model | None = None, surety: tuple[float, ...] = ()) -> Scored:
    document = read_document(text)
    signs = no_signs(len(document.lines))
    if surety:
        signs = signs._replace(surety=np.array(surety, dtype=np.float32))
    return Scored(model or tiny_model(), [document], signs)


def test_each_line_has_its_calibrated_probability() -> None:
    assert scored(PAGE).probability.tolist() == pytest.approx([0.1, 0.9, 0.9, 0.1])


def test_odds_between_two_knots_have_a_probability_between_theirs() -> None:
    found = scored(PAGE, surety=(0.9, 0, 0.9, 0))
    assert found.probability.tolist() == pytest.approx(
        [0.95, 0.9, 0.95, 0.1]
    )  # beyond the last knot: its own
    model = tiny_model()
    model = model._replace(lines=stump(model.columns.index("words"), np.log1p(4.5), 4, -1))
    assert scored(PAGE, model=model).probability.tolist() == pytest.approx([0.3, 0.925, 0.925, 0.3])


def test_each_line_has_its_likeliest_category() -> None:
    found = scored(PAGE)
    assert [found.category(at) for at in range(4)] == ["related", "social", "related", "related"]


def test_words_lean_to_the_probability_and_the_category_of_their_line() -> None:
    model = tiny_model()
    heavy = np.full_like(model.leanings.weights, 127)
    kinds = np.zeros_like(model.kind_leanings.weights)
    kinds[:, 1] = 127
    first = len(model.columns)  # behind the columns stand the sums of the leanings by category
    told = model._replace(
        leanings=model.leanings._replace(weights=heavy),
        lines=stump(model.columns.index("lean"), 1, -2, 2),
        kind_leanings=model.kind_leanings._replace(weights=kinds),
        kinds=model.kinds._replace(
            feature=np.array([first, 0, 0, first + 1, 0, 0], dtype=np.uint8),
            threshold=np.ones(6, dtype=np.float32),
            value=np.array([0, -1, 1] * 2, dtype=np.float32),
        ),
    )
    untold = told._replace(leanings=model.leanings, kind_leanings=model.kind_leanings)
    assert scored("Share this", model=told).probability.tolist() == pytest.approx([0.9])
    assert scored("Share this", model=untold).probability.tolist() == pytest.approx([0.1])
    assert scored("Share this", model=told).category(0) == "related"
    assert scored("Share this", model=untold).category(0) == "social"


def test_the_reason_names_what_moved_the_score_to_junk_the_most_first() -> None:
    found = scored(PAGE, surety=(0.9, 0.9, 0, 0))
    reasons = [found.reason(at) for at in range(4)]
    assert reasons == [
        "by rules that match here",
        "by rules that match here, its shape",
        "by its shape",
        "by all together",
    ]


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("ends_sentence", "its shape"),
        ("share_digit", "its shape"),
        ("lean_high", "its words"),
        ("known", "its words"),
        ("words-2", "its neighbours"),
        ("shared+1", "its neighbours"),
        ("lean~8", "its neighbours"),
        ("from_end", "its place"),
        ("gap_after", "its place"),
        ("strength", "rules that match here"),
        ("removed_above", "boilerplate near by"),
        ("category_below", "boilerplate near by"),
        ("headline", "what it shares with the text"),
        ("repeated", "what it shares with the text"),
        ("doc_lines", "the text as a whole"),
        ("doc_lean", "the text as a whole"),
    ],
)
def test_a_reason_tells_columns_by_what_they_look_at(column: str, told: str) -> None:
    model = tiny_model()._replace(columns=(column,), lines=stump(0, 1e9, 1, 0))
    assert scored(PAGE, model=model).reason(0) == f"by {told}"


def test_a_text_without_lines_has_no_scores() -> None:
    assert scored("").probability.tolist() == []


def test_kinds_are_told_apart_by_the_lines_around_too() -> None:
    leans = np.array([[1], [2], [4], [8]], dtype=np.float32)
    made = kind_matrix(np.zeros((4, 2), dtype=np.float32), leans, np.array([0, 3, 4]))
    assert made.tolist() == [[0, 0, 1, 3], [0, 0, 2, 2.5], [0, 0, 4, 1.5], [0, 0, 8, 0]]


@relaxed
@given(st.lists(st.one_of(messy_texts(), any_text, st.just("")), min_size=1, max_size=3))
def test_whatever_the_texts_each_line_has_a_probability_a_category_and_a_reason(block: list[str]) -> None:
    documents = documents_of(block)
    table = line_table(documents)
    found = Scored(shipped_model(), documents, signs_by_size(table))
    assert found.probability.shape == table.start.shape
    assert ((found.probability > 0) & (found.probability < 1)).all()
    for at in range(len(table.start)):
        assert found.category(at) in CATEGORIES
        assert found.reason(at).startswith("by ")


@relaxed
@given(st.lists(st.one_of(messy_texts(), st.just("")), min_size=2, max_size=4))
def test_the_scores_of_a_block_are_those_of_each_document(block: list[str]) -> None:
    documents = documents_of(block)
    table = line_table(documents)
    signs = signs_by_size(table)
    together = Scored(tiny_model(), documents, signs)
    for document, first, last in zip(documents, table.first[:-1], table.first[1:], strict=True):
        own = Signs(*(column[first:last] for column in signs))
        alone = Scored(tiny_model(), [document], own)
        np.testing.assert_array_equal(together.probability[first:last], alone.probability)
        for at in range(last - first):
            assert together.category(first + at) == alone.category(at)
            assert together.reason(first + at) == alone.reason(at)
