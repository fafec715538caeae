from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.html.matching import by_lines, none_found
from newsclean.html.page import Block, Cut, Link

words = st.text("ab. X\n-é", max_size=6)
blocks = st.lists(st.builds(Block, words, score=st.floats(0, 1), kept=st.booleans()), max_size=6)


@given(blocks, st.lists(words, max_size=6))
def test_the_lines_come_first_in_their_order_and_are_kept(page: list[Block], lines: list[str]) -> None:
    made = by_lines(page, lines, "justext")
    assert [block.text for block in made[: len(lines)]] == lines
    assert [block.kept for block in made] == [True] * len(lines) + [False] * (len(made) - len(lines))
    assert {block.reason for block in made[: len(lines)]} <= {"found by justext"}


@given(blocks, st.lists(words, max_size=6))
def test_each_block_of_the_page_comes_once_as_a_line_or_left_out(page: list[Block], lines: list[str]) -> None:
    made = by_lines(page, lines, "justext")
    left = [block.text for block in made[len(lines) :]]
    new = sum(block.score == 0.5 and block.path == "" for block in made[: len(lines)])
    assert len(left) <= len(page) <= len(left) + len(lines)
    rest = [block.text for block in page]
    for text in left:  # in page order
        assert text in rest
        rest = rest[rest.index(text) + 1 :]
    assert len(made) <= len(page) + max(new, len(lines))


@given(blocks)
def test_a_page_s_own_lines_are_its_own_blocks(page: list[Block]) -> None:
    made = by_lines(page, [block.text for block in page], "justext")
    assert [(block.text, block.score) for block in made] == [(block.text, block.score) for block in page]


def test_a_line_is_the_first_block_of_its_words_that_no_line_took() -> None:
    page = [Block("Rain fell.", score=0.1), Block("rain-fell", score=0.2), Block("Snow", score=0.3)]
    made = by_lines(page, ["Rain fell", "Rain  fell!", "Rain fell"], "trafilatura")
    assert [(block.text, block.score) for block in made] == [
        ("Rain fell", 0.1), ("Rain  fell!", 0.2), ("Rain fell", 0.5), ("Snow", 0.3)
    ]  # fmt: skip


def test_a_block_that_a_line_is_keeps_its_kind_and_loses_cuts_and_links_of_its_own_text() -> None:
    page = [Block("A b", "heading", "title", 2, "h2", 0.9, True, "x", (Cut(0, 1, ""),), (Link(0, 1, "/"),))]
    assert by_lines(page, ["A b"], "justext") == (
        Block("A b", "heading", "title", 2, "h2", 0.9, True, "found by justext"),
    )


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("- Rain", "list item"),
        ("• Rain", "list item"),
        ("* Rain", "list item"),
        ("| a | b |", "table row"),
        ("Rain - fell", "paragraph"),
        ("-Rain", "paragraph"),
    ],
)
def test_a_line_that_is_no_block_is_told_by_its_mark(line: str, kind: str) -> None:
    assert by_lines([], [line], "justext")[0].kind == kind


def test_blocks_that_an_engine_did_not_find_are_left_out_for_that_and_others_as_they_were() -> None:
    page = (Block("a", kept=True, reason="scored", cuts=(Cut(0, 1, ""),)), Block("b", reason="scored"))
    assert none_found(page, "justext") == (
        Block("a", reason="not found by justext"),
        Block("b", reason="scored"),
    )
