from __future__ import annotations

import numpy as np
import pytest
from line_features import table_and_words

from newsclean.scoring.sharing import sharing_columns

HEADLINE = "Harbour ferry keeps running"
FIRST = "The ferry will keep its timetable, Jane Smith of the harbour said on Monday."
SECOND = "Smith spoke in Oldtown, and the ferry sailed again."
PAGE = (
    "Oldtown",
    HEADLINE,
    FIRST,
    "Read more",
    SECOND,
    "Jane Smith",
    "Harbour ferry 2024",
    "Read more",
    "***",
)


def shares(name: str, *pages: tuple[str, ...], prose: tuple[str, ...] = (FIRST, SECOND)) -> list[float]:
    """A sharing column of the lines of some pages, of which `prose` are the lines of running text."""
    table, words = table_and_words(*("\n\n".join(page) for page in pages))
    lines = [line for page in pages for line in page]
    assert len(table.start) == len(lines)
    column = sharing_columns(table, words, np.array([line in prose for line in lines]))[name]
    return [round(float(value), 3) for value in column]


# On the page, words that say something are those of five letters or more and those with a capital; "the", "and"
# and the like say nothing, and "ferry", "smith" and "the" stand in both lines of prose: common words.
EXPECTED = {
    # of the words that say something, those of the headline: the first line of three words
    "headline": [0, 0, 2 / 7, 0, 1 / 6, 0, 1, 0, -1],
    # … those of the line below
    "line_below": [0, 2 / 4, 0, 0, 1 / 6, 0, 0, 0, -1],
    # of the words that say something and are not common, those of another line
    "shared": [1, 1 / 3, 2 / 4, 1, 1 / 4, 1, 1, 1, -1],
    # … of another line of prose
    "shared_prose": [1, 1 / 3, 0, 0, 0, 1, 1, 0, -1],
    # of the words with a capital behind the first word, those of another line of prose
    "shared_names": [-1, -1, 1 / 3, -1, 0, 1, -1, -1, -1],
    # of all words, the common ones
    "common": [0, 1 / 4, 4 / 14, 0, 3 / 9, 1 / 2, 1 / 2, 0, -1],
    # times that the whole line stands elsewhere
    "repeated": [0, 0, 0, 1, 0, 0, 0, 1, 0],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_line_shares_what_stands_elsewhere_in_its_document(name: str) -> None:
    assert shares(name, PAGE) == [round(value, 3) for value in EXPECTED[name]]


@pytest.mark.parametrize("name", EXPECTED)
def test_nothing_is_shared_with_another_document(name: str) -> None:
    alone = shares(name, PAGE)
    assert shares(name, PAGE, (), PAGE, PAGE) == alone * 3


def test_a_document_of_which_nothing_stands_twice_shares_nothing() -> None:
    page = ("Rain fell on Oldtown again", "Jane spoke", "Share this")
    for name in ("headline", "line_below", "shared", "shared_prose", "repeated", "common"):
        assert shares(name, page, page) == [0] * 6, name


def test_the_headline_is_the_first_line_of_three_words() -> None:
    page = (
        "Weather",
        "Local news",
        "Storm hits Oldtown harbour",
        "Weather",
        "Local",
        "Storm",
        "Oldtown harbour",
    )
    assert shares("headline", page) == [0, 0, 0, 0, 0, 1, 1]


def test_a_document_without_a_headline_has_no_line_that_shares_it() -> None:
    page = ("Weather", "Local news", "Weather", "Local news")
    assert shares("headline", (HEADLINE, "Weather"), page) == [0] * 6


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Share this", "SHARE  This", 1),
        ("12 Comments", "7 comments", 0),
        ("12 Comments", "73 comments", 1),
        ("Share this", "This share", 0),
        ("Share, this!", "Share: this", 1),
        ("评论", "评论", 1),
        ("评论", "论评", 0),
    ],
)
def test_a_line_is_repeated_where_its_words_are_in_its_order(one: str, other: str, expected: float) -> None:
    assert shares("repeated", (one, FIRST, other)) == [expected, 0, expected]


def test_repetitions_count_up_to_five() -> None:
    assert shares("repeated", ("Reply",) * 4) == [3] * 4
    assert shares("repeated", ("Reply",) * 9) == [5] * 9


def test_words_of_a_repeated_line_are_no_words_of_another() -> None:
    assert shares("shared", ("Storm Storm Storm", "Weather report")) == [0, 0]
