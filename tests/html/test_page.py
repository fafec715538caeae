from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean import Decision, Report, Span
from newsclean.errors import DataFormatError
from newsclean.html.page import KINDS, ROLES, Block, Cut, Link, PageReport

WORDS = st.text(st.sampled_from("ab. |\n\u3000é"), max_size=12)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """Blocks of every kind, kept and left out, with cuts and links anywhere."""
    text = draw(WORDS)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    return Block(
        text,
        kind=draw(st.sampled_from(KINDS)),
        role=draw(st.sampled_from(ROLES)),
        level=draw(st.integers(0, 6)),
        path="main > p",
        score=draw(st.floats(0, 1)),
        kept=draw(st.booleans()),
        reason=draw(WORDS),
        cuts=tuple(Cut(a, b, "a cut") for a, b in spans),
        links=tuple(Link(a, b, "/x") for a, b in spans),
    )


@st.composite
def reports(draw: st.DrawFn) -> PageReport:
    """Page reports in which the text side removed spans at random."""
    made = tuple(draw(st.lists(blocks(), max_size=6)))
    original = "\n".join(block.kept_text for block in made if block.kept)
    edges = draw(st.sets(st.integers(1, max(1, len(original) - 1)), max_size=8)) | {0, len(original)}
    ends = sorted(edge for edge in edges if edge <= len(original))
    decisions = tuple(
        Decision(Span(a, b), "remove", "tags", 0.9) if draw(st.booleans()) else Decision(Span(a, b), "keep")
        for a, b in pairwise(ends)
    )
    return PageReport(
        made, Report(original, decisions), page_types={"article": 0.9, "forum": 0.1}, url="http://a.b/"
    )


@pytest.mark.parametrize(
    ("cuts", "left"),
    [
        ((), "Rain fell. Read more"),
        ((Cut(10, 20, ""),), "Rain fell."),
        ((Cut(0, 5, ""), Cut(10, 15, "")), "fell. more"),
        ((Cut(0, 20, ""),), ""),
    ],
)
def test_the_kept_text_is_the_text_without_the_cuts(cuts: tuple[Cut, ...], left: str) -> None:
    assert Block("Rain fell. Read more", kept=True, cuts=cuts).kept_text == left


def test_a_block_that_is_left_out_has_no_kept_text() -> None:
    assert Block("Menu").kept_text == ""


def test_pieces_are_what_the_text_side_left_of_each_kept_block() -> None:
    made = (
        Block("Menu"),
        Block("Rain fell. Read more", kept=True, cuts=(Cut(10, 20, "a link"),)),
        Block("Leave a Reply", kept=True),
        Block("Snow fell. Tags: snow", kept=True),
    )
    original = "Rain fell.\nLeave a Reply\nSnow fell. Tags: snow"
    decisions = (
        Decision(Span(0, 10), "keep"),
        Decision(Span(10, 24), "remove", "comment_template"),
        Decision(Span(24, 35), "keep"),
        Decision(Span(35, 46), "remove", "tags"),
    )
    report = PageReport(made, Report(original, decisions))
    assert [(block.text[:4], text) for block, text in report.pieces()] == [
        ("Rain", "Rain fell."),
        ("Snow", "Snow fell."),
    ]
    assert report.left_out == made[:1]
    assert report.kept == made[1:]


def test_the_page_type_is_the_likeliest() -> None:
    report = Report("", ())
    assert PageReport((), report, page_types={"forum": 0.2, "article": 0.7}).page_type == "article"
    assert PageReport((), report).page_type == ""


@settings(deadline=None)
@given(reports())
def test_the_pieces_joined_are_the_article_up_to_white_space(report: PageReport) -> None:
    pieces = [text for _, text in report.pieces()]
    assert "".join("".join(pieces).split()) == "".join(report.text.split())
    assert all(text and text == text.strip() for text in pieces)


@settings(deadline=None)
@given(reports())
def test_pieces_come_in_page_order_each_of_another_block(report: PageReport) -> None:
    numbers = {id(block): n for n, block in enumerate(report.blocks)}
    order = [numbers[id(block)] for block, _ in report.pieces()]
    assert order == sorted(set(order))


@settings(deadline=None)
@given(reports())
def test_a_report_comes_back_from_json_as_it_was(report: PageReport) -> None:
    assert PageReport.from_dict(json.loads(json.dumps(report.to_dict()))) == report
    assert PageReport.from_dict(report.to_dict()) == report


def broken(**changes: Any) -> dict[str, Any]:
    return {**PageReport((Block("Rain."),), Report("", ())).to_dict(), **changes}


@pytest.mark.parametrize(
    "data",
    [
        {},
        broken(blocks=None),
        broken(blocks=[{"text": "Rain."}]),
        broken(blocks=[{"cuts": [], "links": [], "colour": "red"}]),
        broken(blocks=[{"text": "Rain.", "cuts": [[1]], "links": []}]),
        broken(report={}),
        broken(page_types=[]),
        broken(page_types={"forum": "much"}),
        broken(tried=None),
    ],
)
def test_what_is_no_report_is_an_error_that_says_so(data: dict[str, Any]) -> None:
    with pytest.raises(DataFormatError, match=r"expected"):
        PageReport.from_dict(data)
