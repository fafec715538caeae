from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from offtopic_texts import filled, read, relaxed
from tiny_offtopic import lexicon, tiny_offtopic

from newsclean.offtopic.finder import leans_of
from newsclean.offtopic.reading import read_units
from newsclean.offtopic.signals import LEANS, asking, unit_columns
from newsclean.scoring.leaning import Leanings
from newsclean.scoring.table import line_table

Floats = NDArray[np.float32]
RANDOM = np.random.default_rng(7)
#: Every wording leans somewhere.
MODEL = tiny_offtopic(lexicon({"rain": (100, 0), "snow": (50, 50), "the": (-9, 9)}))._replace(
    classes=Leanings(RANDOM.integers(-128, 128, (1 << 12, 8)).astype(np.int8), 0.03),
    whole=Leanings(RANDOM.integers(-128, 128, (1 << 12, 1)).astype(np.int8), 0.05),
)


def signals(*documents: str) -> dict[str, Floats]:
    reading = read_units([read(text) for text in documents], MODEL.lexicon)
    return unit_columns(reading, reading.fabrics(), leans_of(reading, MODEL))


def one(name: str, *documents: str) -> list[float]:
    return [round(float(value), 4) for value in signals(*documents)[name]]


@relaxed
@given(st.lists(filled, min_size=1, max_size=4))
def test_signals_of_documents_at_once_are_those_of_each(block: list[str]) -> None:
    together, first = signals(*block), 0
    for text in block:
        alone = signals(text)
        assert list(alone) == list(together)
        units = len(read(text).lines)
        for name, column in together.items():
            # means and spreads are differences of sums over all documents: rounding may differ
            np.testing.assert_allclose(column[first : first + units], alone[name], 1e-4, 1e-3, err_msg=name)
        first += units
    assert {len(column) for column in together.values()} == {first}


@relaxed
@given(filled)
def test_signals_are_figures_whatever_the_text(text: str) -> None:
    units = len(read(text).lines)
    for name, column in signals(text).items():
        assert column.shape == (units,), name
        assert column.dtype == np.float32, name
        assert np.isfinite(column).all(), name


def test_the_number_of_a_signal_fits_into_a_byte_of_the_trees() -> None:
    assert 100 < len(signals("Rain fell.")) <= 256


def test_leanings_come_one_column_each() -> None:
    reading = read_units([read("A zebra fell. Rain fell. A quagga.")], MODEL.lexicon)
    model = tiny_offtopic()
    found = leans_of(reading, model)
    assert found.shape == (3, len(LEANS))
    assert (found > 0).tolist() == [
        [name == "off" for name in LEANS],
        [False] * len(LEANS),
        [name == "off_all" for name in LEANS],
    ]


ASKING = "Who came?\n\nJane came.\n\nWhy?\n\nIt rained.\n\nWhen did it end?\n\nAt noon."


def test_texts_that_ask_have_no_question_signal() -> None:
    assert one("question", ASKING) == [0] * 6
    assert one("above_question", ASKING) == one("doc_question", ASKING) == [0] * 6


@pytest.mark.parametrize(
    "text",
    [
        "Who came?\n\nJane came.\n\nWhy?\n\nIt rained.\n\nIt ended at noon.",  # two lines
        "Who came? Jane came.\n\nWhy? It rained.\n\nWhen? At noon.",  # no lines of their own
        "Who came? Why? When?",
    ],
)
def test_a_text_in_which_questions_are_rare_has_them_told(text: str) -> None:
    document = read(text)
    asked = [float(document.text(unit).endswith("?")) for unit in document.lines]
    assert one("question", text) == asked
    assert sum(asked) > 1


def test_whether_a_text_asks_is_its_own_matter() -> None:
    quiet = "Rain fell.\n\nWhy?"
    documents = [read(text) for text in (quiet, ASKING, "谁来了？\n\n什么？\n\n为什么？", "", quiet)]
    assert asking(line_table(documents)).tolist() == [False, True, True, False, False]
    assert one("question", quiet, ASKING, quiet) == [0, 1, *[0] * 6, 0, 1]


def test_money_and_shares_are_counted_in_a_unit() -> None:
    text = "It costs $20 or €18. It is 5 % less. Snow fell."
    assert one("money", text) == [2, 0, 0]
    assert one("percent", text) == [0, 1, 0]


def test_sentences_without_a_blank_between_them_are_glued() -> None:
    assert one("glued", "Rain fell.Snow followed. Wind rose.\nIt was cold.", "Rain.") == [0, 1, 0, 0, 0]


def test_paragraphs_are_told_by_their_ends() -> None:
    texts = ("Rain fell. Snow followed. Wind rose.\n\nIt was cold.", "Rain fell. Snow followed.")
    assert one("par_start", *texts) == [1, 0, 0, 1, 1, 0]
    assert one("par_end", *texts) == [0, 0, 1, 1, 0, 1]
    assert one("par_units", *texts) == [3, 3, 3, 1, 2, 2]
    assert one("place", *texts) == [0.125, 0.375, 0.625, 0.875, 0.25, 0.75]
    assert one("doc_units", *texts) == [round(float(np.log1p(n)), 4) for n in (4, 4, 4, 4, 2, 2)]


def test_a_signal_is_compared_with_the_rest_of_the_document_and_what_is_near() -> None:
    text = "Rain fell for $2 and $3. Snow fell for $1. Wind rose. It was cold. It was wet for $1."
    money = np.array([2, 1, 0, 0, 1])
    assert one("money", text) == money.tolist()
    rest = (money.sum() - money) / 4
    assert one("doc_money", text) == rest.tolist()
    assert one("above_money", text, "Rain.")[:5] == pytest.approx((money - rest) / money.std(), abs=1e-4)
    assert one("near_money", text) == pytest.approx([0.5, 2 / 3, 1, 2 / 3, 0], abs=1e-4)


def test_a_signal_that_is_the_same_all_over_is_above_nothing() -> None:
    assert one("above_money", "Rain fell. Snow fell. Wind rose.") == [0] * 3


def test_signals_of_the_units_around_end_with_the_document() -> None:
    texts = ("Rain fell. Why? Wind rose.", "How?")
    assert one("question", *texts) == [0, 1, 0, 1]
    assert one("question-1", *texts) == [-9, 0, 1, -9]
    assert one("question+1", *texts) == [1, 0, -9, -9]
    assert one("question-2", *texts) == [-9, -9, 0, -9]
    assert one("question+2", *texts) == [0, -9, -9, -9]
