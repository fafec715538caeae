from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from newsclean.html.naming import TYPES
from newsclean.training.html.figures import page_figures
from newsclean.training.html.labels import words_of
from newsclean.training.html.records import Record
from newsclean.training.pages import Page


def page(folder: str, kind: str, gold: str, present: Sequence[str] = (), absent: Sequence[str] = ()) -> Page:
    return Page(Path("made") / folder, "a", "en", kind, gold, tuple(present), tuple(absent), "a.example")


def record(made: Page, *blocks: str) -> Record:
    unread = cast(Any, None)  # figures are made from the words
    return Record(made, unread, [words_of(block) for block in blocks], words_of(made.text), None, 1.0, 0)


def figures(
    *judged: tuple[Record, Sequence[float], float, str], empty: Sequence[Page] = ()
) -> dict[str, Any]:
    """Of pages with scores of their blocks, a limit and the type they are told to be."""
    records = [each[0] for each in judged]
    types = [np.array([0.9 if name == each[3] else 0.01 for name in TYPES]) for each in judged]
    return page_figures(
        records, empty, [np.array(each[1]) for each in judged], [each[2] for each in judged], types
    )


def test_f1_is_a_mean_over_pages_by_folder_and_by_type() -> None:
    whole = record(page("a", "article", "Rain fell."), "Rain fell", "Menu")
    half = record(page("a", "forum", "Rain fell."), "Rain fell", "Menu now")
    other = record(page("b", "article", "Snow fell."), "Snow fell")
    found = figures(
        (whole, [0.9, 0.1], 0.5, "article"), (half, [0.9, 0.8], 0.5, "forum"), (other, [0.4], 0.5, "article")
    )
    assert found["f1"] == {
        "a": {"pages": 2, "f1": pytest.approx((1 + 2 / 3) / 2, abs=1e-4)},
        "a article": {"pages": 1, "f1": 1},
        "a forum": {"pages": 1, "f1": 0.6667},
        "b": {"pages": 1, "f1": 0},
        "b article": {"pages": 1, "f1": 0},
    }


def test_a_block_at_the_limit_is_kept() -> None:
    made = record(page("a", "article", "Rain fell."), "Rain", "fell")
    assert figures((made, [0.5, 0.25], 0.5, "article"))["f1"]["a"]["f1"] == 0.6667
    assert figures((made, [0.5, 0.25], 0.25, "article"))["f1"]["a"]["f1"] == 1


def test_a_page_without_blocks_counts_as_missed_if_it_has_gold() -> None:
    made = record(page("a", "article", "Rain fell."), "Rain fell")
    empty = [page("a", "forum", "Snow fell."), page("a", "forum", ""), page("c", "article", "Hail fell.")]
    found = figures((made, [0.9], 0.5, "article"), empty=empty)["f1"]
    assert found == {
        "a": {"pages": 2, "f1": 0.5},
        "a article": {"pages": 1, "f1": 1},
        "a forum": {"pages": 1, "f1": 0},
        "c": {"pages": 1, "f1": 0},
        "c article": {"pages": 1, "f1": 0},
    }


def test_a_page_without_gold_counts_by_its_snippets_alone() -> None:
    made = record(
        page("a", "article", "", ["Rain fell", "snow"], ["menu", "rain-fell", "news"]), "Rain fell", "Menu"
    )
    found = figures((made, [0.9, 0.1], 0.5, "article"))
    assert found["f1"] == {}
    assert found["snippets"] == {"present": 2, "found": 1, "absent": 3, "gone": 2}


def test_snippets_are_whole_words_and_may_run_over_blocks() -> None:
    made = record(
        page("a", "article", "", ["fell. On the", "rain", "ell"]), "Rain fell", "Menu", "on the mill"
    )
    assert figures((made, [0.9, 0.1, 0.9], 0.5, "article"))["snippets"]["found"] == 2


def test_types_told_right_are_counted_where_the_type_is_known() -> None:
    kinds = [
        ("article", "article"),
        ("news", "article"),
        ("forum", "product"),
        ("forum", "article"),
        ("", "forum"),
    ]
    judged = [(record(page("a", kind, "Rain."), "Rain"), [0.9], 0.5, told) for kind, told in kinds]
    found = figures(*judged)
    assert found["type_right"] == 0.5
    assert found["article_right"] == 0.75


def test_without_known_types_nothing_is_told_of_them() -> None:
    found = figures((record(page("a", "recipe", "Rain."), "Rain"), [0.9], 0.5, "article"))
    assert (found["type_right"], found["article_right"]) == (None, None)


def test_no_pages_are_no_division() -> None:
    assert figures()["f1"] == {}


def test_each_page_needs_its_scores() -> None:
    made = record(page("a", "article", "Rain."), "Rain")
    with pytest.raises(ValueError, match="shorter"):
        page_figures([made, made], [], [np.array([0.5])], [0.5], [np.ones(len(TYPES))])
