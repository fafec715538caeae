from __future__ import annotations

import pytest

from newsclean import Cleaner
from rule_helpers import PROSE

CLEANER = Cleaner(languages=["en"])
BOX = "Jane Doe writes about the harbour and the hills, and lives in a mill there with two old dogs."
COMMENT = "I have walked over that bridge for twenty years and never once saw it open for any boat at all."


def cleaned(*lines: str) -> list[str]:
    report = CLEANER.analyze("\n\n".join(lines))
    assert report.error is None
    return report.text.split("\n\n")


def test_the_lines_about_the_author_below_the_article_go_with_their_heading() -> None:
    assert cleaned(*[PROSE] * 8, "About the author", BOX) == [PROSE] * 8


def test_an_author_box_at_the_top_of_an_article_does_not_take_the_article() -> None:
    assert cleaned(BOX, "About the author", *[PROSE] * 8)[-8:] == [PROSE] * 8


@pytest.mark.parametrize("sections", [5, 30, 60])
def test_a_heading_that_stands_again_and_again_parts_sections_and_ends_none(sections: int) -> None:
    kept = cleaned(*[PROSE, "About the author"] * sections)
    assert kept.count(PROSE) == sections


def test_a_thread_of_comments_below_the_article_goes_whole() -> None:
    thread = [line for _ in range(4) for line in ("Jane Doe says:", COMMENT, "Reply")]
    assert cleaned(*[PROSE] * 8, "4 Comments", *thread) == [PROSE] * 8


def test_a_comment_heading_with_more_article_below_it_takes_nothing() -> None:
    assert cleaned(*[PROSE] * 5, "4 Comments", *[PROSE] * 30).count(PROSE) == 35
