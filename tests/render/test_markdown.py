from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean import Decision, Report, Span
from newsclean.html.page import Block, Cut, Link, PageReport
from newsclean.render.markdown import render_markdown

KINDS = ("heading", "paragraph", "list item", "quote", "table row", "code", "caption", "embed")


def report_of(*blocks: Block, removed: tuple[tuple[int, int], ...] = ()) -> PageReport:
    """A report in which the text side removed these spans of the kept blocks' text."""
    original = "\n".join(block.kept_text for block in blocks if block.kept)
    edges = sorted({0, len(original), *(edge for span in removed for edge in span)})
    decisions = tuple(
        Decision(Span(a, b), "remove", "tags") if (a, b) in removed else Decision(Span(a, b), "keep")
        for a, b in pairwise(edges)
    )
    return PageReport(blocks, Report(original, decisions))


def block(text: str, kind: str = "paragraph", level: int = 0, **more: Any) -> Block:
    return Block(text, kind, level=level, kept=True, **more)


@pytest.mark.parametrize(
    ("blocks", "written"),
    [
        ([], ""),
        ([Block("Menu")], ""),
        ([block("Rain."), block("Snow.")], "Rain.\n\nSnow."),
        ([block("One\nTwo")], "One\\\nTwo"),
        ([block("Rain", "heading", 1), block("Snow", "heading", 6)], "# Rain\n\n###### Snow"),
        ([block("Rain", "heading")], "## Rain"),
        ([block("Rain\nSnow", "heading", 2)], "## Rain Snow"),
        ([block("C #", "heading", 2)], "## C \\#"),
        ([block("a", "list item", 1), block("b", "list item", 1)], "- a\n- b"),
        ([block("a", "list item", 1), block("b", "list item", 2), block("c", "list item", 1)], "- a\n  - b\n- c"),
        ([block("a", "list item", 3), block("b", "list item", 1)], "- a\n- b"),
        ([block("a", "list item", 1), block("b", "list item", 4)], "- a\n  - b"),
        ([block("a\nb", "list item", 1)], "- a\\\n  b"),
        ([block("Go.", "quote"), block("Now.", "quote"), block("Rain.")], "> Go.\n>\n> Now.\n\nRain."),
        ([block("A\nB", "quote"), block("post", "embed")], "> A\\\n> B\n\n> post"),
        ([block("Rain, by hand", "caption")], "*Rain, by hand*"),
        ([block("  a\n\n  b", "code")], "```\n  a\n\n  b\n```"),
        ([block("a ```` b", "code")], "`````\na ```` b\n`````"),
        ([block("a | b", "table row"), block("1 | 2", "table row")], "| a | b |\n| --- | --- |\n| 1 | 2 |"),
        ([block("a", "table row"), block("1 | 2", "table row")], "| a |  |\n| --- | --- |\n| 1 | 2 |"),
        ([block("a | | x|y", "table row")], "| a |  | x\\|y |\n| --- | --- | --- |"),
        ([block("a\nb | c", "table row")], "| a b | c |\n| --- | --- |"),
    ],
)  # fmt: skip
def test_blocks_are_written_by_their_kind(blocks: list[Block], written: str) -> None:
    assert render_markdown(report_of(*blocks)) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# no heading", "\\# no heading"),
        ("#rain", "\\#rain"),
        ("> no quote", "\\> no quote"),
        ("- no item", "\\- no item"),
        ("+ no item", "\\+ no item"),
        ("---", "\\---"),
        ("Rain\n===", "Rain\\\n\\==="),
        ("a | b\n:-- | --:", "a | b\\\n\\:-- | --:"),
        ("1. no item", "1\\. no item"),
        ("2) no item", "2\\) no item"),
        ("2024 was wet. 1.5 metres", "2024 was wet. 1.5 metres"),
        ("5 * 3", "5 \\* 3"),
        ("~~~", "\\~\\~\\~"),
        ("_so_ snake_case", "\\_so\\_ snake_case"),
        ("`code`", "\\`code\\`"),
        ("C:\\*", "C:\\\\\\*"),
        ("<b> 1 < 2", "\\<b> 1 < 2"),
        ("&amp; R&D", "\\&amp; R&D"),
        ("[…] [a](b)", "[…] [a\\](b)"),
        ("[a]: b", "[a\\]: b"),
        ("![a]", "\\![a]"),
        ("[ ] to do", "\\[ ] to do"),
        ("Rain - and snow.", "Rain - and snow."),
    ],
)
def test_what_would_be_read_as_markup_by_accident_is_escaped_and_nothing_else(
    text: str, written: str
) -> None:
    assert render_markdown(report_of(block(text))) == written


def test_headings_and_lists_are_plain_paragraphs_on_demand() -> None:
    report = report_of(block("Rain", "heading", 2), block("a", "list item", 1), block("b", "list item", 2))
    assert render_markdown(report, headings=False) == "Rain\n\n- a\n  - b"
    assert render_markdown(report, lists=False) == "## Rain\n\na\n\nb"


def test_what_the_text_side_removed_is_not_written() -> None:
    report = report_of(block("Rain fell. Tags: rain"), block("Close"), block("Snow."), removed=((10, 27),))
    assert render_markdown(report) == "Rain fell.\n\nSnow."


def test_a_block_left_out_does_not_part_a_list() -> None:
    report = report_of(block("a", "list item", 1), Block("Advertisement"), block("b", "list item", 1))
    assert render_markdown(report) == "- a\n- b"


def linked(text: str, *links: tuple[str, str], kind: str = "paragraph", cuts: tuple[Cut, ...] = ()) -> Block:
    found = tuple(Link(text.index(part), text.index(part) + len(part), href) for part, href in links)
    return block(text, kind, 1 if kind == "list item" else 0, links=found, cuts=cuts)


@pytest.mark.parametrize(
    ("text", "link", "written"),
    [
        ("See here now", ("here", "https://a.b/c"), "See [here](https://a.b/c) now"),
        ("See here now", (" here ", "/c?d=1&e=2"), "See [here](/c?d=1&e=2) now"),
        ("Wow!here", ("here", "a.html"), "Wow\\![here](a.html)"),
        ("a [b] c", ("a [b] c", "/x"), "[a \\[b\\] c](/x)"),
        ("one\ntwo", ("one\ntwo", "/x"), "[one](/x)\\\n[two](/x)"),
        ("See", ("See", "/a_(b) c`|<>\\"), "[See](/a_\\(b\\)%20c%60%7C%3C%3E%5C)"),
        ("See", ("See", "&#106;avascript:x"), "[See](&amp;#106;avascript:x)"),
        ("See", ("See", "//a.b/"), "[See](//a.b/)"),
        ("See", ("See", " HTTP://a.b/ "), "[See](HTTP://a.b/)"),
        ("See", ("See", "javascript:alert(1)"), "See"),
        ("See", ("See", " java\tscript:alert(1)"), "See"),
        ("See", ("See", "mailto:a@b.c"), "See"),
        ("See", ("See", "data:text/html,x"), "See"),
        ("See", ("See", "  "), "See"),
    ],
)
def test_links_to_web_addresses_are_kept_on_demand(text: str, link: tuple[str, str], written: str) -> None:
    report = report_of(linked(text, link))
    assert render_markdown(report, links=True) == written
    assert "](" not in render_markdown(report)


def test_links_move_with_the_cuts_before_them_and_go_with_their_text() -> None:
    text = "Ad: buy. Rain fell here and there. More"
    found = linked(
        text, ("buy", "/1"), ("fell", "/2"), ("there", "/3"), ("More", "/4"), cuts=(Cut(0, 9, "an advert"),)
    )
    report = report_of(found, removed=((10, 19), (24, 30)))
    assert report.text == "Rain fell there"
    assert render_markdown(report, links=True) == "Rain [fell](/2) [there](/3)"


def test_links_stand_in_cells_items_and_headings() -> None:
    report = report_of(
        linked("a | b", ("b", "/x"), kind="table row"),
        linked("a b", ("b", "/y"), kind="list item"),
        linked("a b", ("a", "/z"), kind="heading"),
    )
    assert (
        render_markdown(report, links=True) == "| a | [b](/x) |\n| --- | --- |\n\n- a [b](/y)\n\n## [a](/z) b"
    )


def test_of_links_that_overlap_the_later_one_gives_way() -> None:
    found = block("one two", links=(Link(0, 5, "/a"), Link(2, 7, "/b")))
    assert render_markdown(report_of(found), links=True) == "[one t](/a)[wo](/b)"


TEXTS = st.text(
    st.one_of(
        st.sampled_from("\\`*_{}[]()<>#+-.!|~&=:;1ax \n\r\té中\u00a0"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=16,
)


@st.composite
def blocks_of(draw: st.DrawFn, kinds: tuple[str, ...]) -> Block:
    text = draw(TEXTS)
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    links = tuple(Link(a, b, draw(TEXTS)) for a, b in zip(ends[::2], ends[1::2], strict=False))
    return block(text, draw(st.sampled_from(kinds)), draw(st.integers(0, 6)), links=links)


def read(markdown: str) -> tuple[str, set[str]]:
    """What a Markdown reader shows, without white space, and the kinds of markup that it found."""
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable(["table", "strikethrough"])
    shown: list[str] = []
    found: set[str] = set()
    for token in reader.parse(markdown):
        if token.type in ("fence", "code_block"):
            shown.append(token.content)
        found.add(token.type)
        for child in token.children or ():
            found.add(child.type)
            shown.append(child.content)
    return "".join("".join(shown).split()), found


def shown_text(report: PageReport) -> str:
    """The article as it should be shown, without white space."""
    pieces = [
        re.sub(r"(?<!\S)\|(?!\S)", "", text) if piece.kind == "table row" else text
        for piece, text in report.pieces()
    ]
    return "".join("".join(pieces).split())


@settings(max_examples=400, deadline=None)
@given(st.lists(blocks_of(("paragraph",)), max_size=4))
def test_a_reader_finds_no_markup_in_any_plain_text(blocks: list[Block]) -> None:
    report = report_of(*blocks)
    shown, found = read(render_markdown(report))
    assert shown == shown_text(report)
    assert found <= {"paragraph_open", "paragraph_close", "inline", "text", "hardbreak"}


@settings(max_examples=400, deadline=None)
@given(st.lists(blocks_of(KINDS), max_size=5), st.booleans(), st.booleans(), st.booleans())
def test_a_reader_shows_the_very_article(
    blocks: list[Block], headings: bool, lists: bool, links: bool
) -> None:
    report = report_of(*blocks)
    shown, found = read(render_markdown(report, headings=headings, lists=lists, links=links))
    assert shown == shown_text(report)
    assert found.isdisjoint(
        {"html_inline", "html_block", "image", "code_inline", "code_block", "s_open", "strong_open", "hr"}
    )
    assert ("heading_open" in found) == (headings and any(p.kind == "heading" for p, _ in report.pieces()))
    assert ("list_item_open" in found) == (lists and any(p.kind == "list item" for p, _ in report.pieces()))
    assert ("table_open" in found) == any(p.kind == "table row" for p, _ in report.pieces())
    assert links or "link_open" not in found
