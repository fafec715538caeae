from __future__ import annotations

from itertools import pairwise

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean import Decision, Evidence, Report, Span
from newsclean.html.page import Block, Cut, PageReport
from newsclean.render.page_text import Part, facts, parts, render_page_text, summary
from newsclean.render.text import COLOURS

POST = (Evidence("post", "embed", "certain", Span(16, 22), ""),)
DECISIONS = (
    Decision(Span(0, 10), "keep"),
    Decision(Span(10, 16), "remove", "tags", 0.9, (), "at the end"),
    Decision(Span(16, 22), "keep", "embed", 0.0, POST),
    Decision(Span(22, 23), "remove", "separator"),
    Decision(Span(23, 28), "keep"),
)
REPORT = PageReport(
    (
        Block("Home\nNews", "list item", score=0.021, reason="a menu"),
        Block("Rain fell. Read on#rain— @post", kept=True, cuts=(Cut(10, 18, "a link"),)),
        Block("Footer"),
        Block("\nSnow", kept=True),
    ),
    Report("Rain fell.#rain— @post\n\nSnow", DECISIONS),
)


def small(text: str) -> str:
    return click.style(text, dim=True)


BODY = """
- Home
  News <list item, 0.02: a menu>
Rain fell.[- Read on-] <a link>[-#rain—-] <tags: at the end> @post <(kept embed)>
- Footer <paragraph, 0.00>

Snow"""


def test_without_colour_what_is_left_out_is_marked_with_the_reason_beside() -> None:
    assert render_page_text(REPORT, colour=False).split("left out; ")[1].split("\n", 1)[1] == BODY


def test_in_colour_what_is_left_out_is_dim_and_removals_in_the_colour_of_their_category() -> None:
    shown = render_page_text(REPORT, colour=True)
    assert small("- Home\n  News ← list item, 0.02: a menu") in shown
    assert click.style(" Read on", dim=True, strikethrough=True) + " " + small("← a link") in shown
    assert (
        click.style("#rain—", fg=COLOURS["tags"], strikethrough=True) + " " + small("← tags: at the end")
        in shown
    )
    assert small("(kept embed)") in shown


def test_colour_changes_nothing_in_what_is_kept() -> None:
    report = PageReport(
        (Block("Rain\nfell.", kept=True),), Report("Rain\nfell.", (Decision(Span(0, 10), "keep"),))
    )
    for colour in (False, True):
        assert render_page_text(report, colour).endswith("\nRain\nfell.")


def test_the_facts_are_those_that_are_known() -> None:
    empty = Report("", ())
    assert facts(PageReport((), empty)) == [("engine", "newsclean")]
    full = PageReport(
        (), empty, "justext", ("newsclean", "trafilatura"), {"forum": 0.25, "article": 0.75}, "http://a.b/", "utf-8",
        "more than 9 tags", "ValueError: x", "Rain", "Jane Doe", "2024-05-01", "en",
    )  # fmt: skip
    assert facts(full) == [
        ("url", "http://a.b/"),
        ("title", "Rain"),
        ("byline", "Jane Doe"),
        ("date", "2024-05-01"),
        ("language", "en"),
        ("page type", "article (75%)"),
        ("engine", "justext, after newsclean, trafilatura found nothing"),
        ("cut off", "more than 9 tags"),
        ("encoding", "utf-8"),
        ("error", "ValueError: x"),
    ]
    assert render_page_text(full, colour=False).startswith("url: http://a.b/\ntitle: Rain\n")


def test_an_error_of_the_text_side_is_told_too() -> None:
    assert ("error", "ValueError: y") in facts(PageReport((), Report("", (), error="ValueError: y")))


def test_the_summary_counts_blocks_and_words() -> None:
    assert summary(REPORT) == "2 blocks kept, 2 left out; 4 words of 9"


@pytest.mark.parametrize("kept", [True, False])
def test_a_text_the_text_side_was_not_asked_about_stands(kept: bool) -> None:
    [(_, made)] = parts(PageReport((Block("Rain.", kept=kept),), Report("", ())))
    assert made == ((Part(0, 5),) if kept else ())


@st.composite
def reports(draw: st.DrawFn) -> PageReport:
    made: list[Block] = []
    for text in draw(st.lists(st.text("ab \n", max_size=10), max_size=5)):
        edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
        cuts = tuple(Cut(a, b, "cut") for a, b in zip(edges[::2], edges[1::2], strict=False))
        made.append(Block(text, kept=draw(st.booleans()), cuts=cuts))
    original = "\n".join(block.kept_text for block in made if block.kept)
    ends = [n for n in range(len(original) + 1) if n in (0, len(original)) or draw(st.booleans())]
    decisions = tuple(
        Decision(Span(a, b), "remove", "tags") if draw(st.booleans()) else Decision(Span(a, b), "keep")
        for a, b in pairwise(ends)
    )
    return PageReport(tuple(made), Report(original, decisions))


@settings(deadline=None)
@given(reports())
def test_the_parts_tile_each_kept_block_and_what_stands_is_what_the_pieces_say(report: PageReport) -> None:
    left: list[str] = []
    for block, made in parts(report):
        if not block.kept:
            assert made == ()
            continue
        edges = [0, *(part.end for part in made)]
        assert [part.start for part in made] == edges[:-1]
        assert edges[-1] == len(block.text)
        assert all(part.start < part.end for part in made)
        left.append("".join(block.text[part.start : part.end] for part in made if part.stands).strip())
    assert [text for text in left if text] == [text for _, text in report.pieces()]


@settings(deadline=None)
@given(reports())
def test_every_part_has_the_decision_on_its_text(report: PageReport) -> None:
    for block, made in parts(report):
        for part in made:
            if part.cut is None:
                assert part.decision is not None
                assert block.text[part.start : part.end] in part.decision.span.of(report.report.original)
