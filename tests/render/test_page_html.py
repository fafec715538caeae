from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean import Decision, Report, Span
from newsclean.html.page import KINDS, Block, Cut, PageReport
from newsclean.render.page_html import render_page_html
from strategies import any_text

VOID = {"meta", "hr"}
OWN_TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "h1", "dl", "dt", "dd", "div", "article",
    "details", "summary", "del", "span", "i", "b", "code", "hr",
}  # fmt: skip


class Page(HTMLParser):
    """A page read back: its tags, the texts of its blocks, what is struck through in them, and the reasons."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.blocks: list[str] = []
        self.struck: list[str] = []
        self.notes: list[str] = []
        self.about: list[str] = []
        self.titles: list[str] = []
        self.summaries: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == [], "tags that are not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("class") or "").split(" ")[0]
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append((tag, kind))
        for at, heard in self._lists().items():
            if at in ((tag, kind), (tag, "")):
                heard.append("")

    def _lists(self) -> dict[tuple[str, str], list[str]]:
        return {
            ("div", "t"): self.blocks,
            ("del", ""): self.struck,
            ("span", "why"): self.notes,
            ("div", "about"): self.about,
            ("h1", ""): self.titles,
            ("summary", ""): self.summaries,
        }

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        noted = ("span", "why") in self.open
        for (tag, kind), heard in self._lists().items():
            if any(t == tag and kind in ("", k) for t, k in self.open) and (not noted or kind == "why"):
                heard[-1] += data


def shown(text: str) -> str:
    """`text` as a page in UTF-8 can carry it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def report_of(*blocks: Block, **more: str) -> PageReport:
    original = "\n".join(block.kept_text for block in blocks if block.kept)
    decisions = (Decision(Span(0, len(original)), "keep"),) if original else ()
    return PageReport(blocks, Report(original, decisions), **more)  # type: ignore[arg-type]


def page_of(*blocks: Block) -> Page:
    return Page(render_page_html([("a.html", report_of(*blocks))]))


def test_all_blocks_are_shown_in_page_order_with_what_was_thought_of_them() -> None:
    page = page_of(
        Block("Menu", "list item", path="nav > li", score=0.02, reason="a menu"),
        Block("Rain", "heading", "title", score=0.91, kept=True),
    )
    assert page.blocks == ["Menu", "Rain"]
    assert page.struck == ["Menu"]
    assert page.about == ["list item0.02a menunav > li", "heading, title0.91"]


def test_cuts_and_what_the_text_side_removed_are_struck_through_with_the_reason_beside() -> None:
    block = Block("Rain fell. Read on #rain", kept=True, cuts=(Cut(10, 18, "a link"),))
    decisions = (
        Decision(Span(0, 10), "keep"),
        Decision(Span(10, 11), "remove", "separator"),
        Decision(Span(11, 16), "remove", "tags", 0.9, (), "at the end"),
    )
    page = Page(render_page_html([("a", PageReport((block,), Report("Rain fell. #rain", decisions)))]))
    assert page.blocks == [block.text]
    assert page.struck == [" Read on", "#rain"]
    assert page.notes == ["a link", "tags: at the end"]


def test_what_was_spared_is_marked() -> None:
    report = PageReport((Block("Post", kept=True),), Report("Post", (Decision(Span(0, 4), "keep", "embed"),)))
    assert "<mark class='embed' title='kept: embed'>Post</mark>" in render_page_html([("a", report)])


@pytest.mark.parametrize(("many", "folded"), [(0, 0), (5, 0), (6, 1)])
def test_more_than_five_blocks_left_out_in_a_row_are_folded_away(many: int, folded: int) -> None:
    menu = [Block("Menu", reason="a menu")] * many
    page = page_of(*menu, Block("Rain.", kept=True), Block("Footer"))
    assert page.tags.count("details") == folded
    assert page.summaries == ["6 blocks left out: a menu (6)"] * folded
    assert len(page.blocks) == many + 2


def test_the_head_tells_what_is_known_of_the_page() -> None:
    report = PageReport(
        (Block("Menu"),), Report("", ()), page_types={"forum": 0.25, "article": 0.75}, url="http://a.b/?c&d",
        encoding="utf-8", cut="more than 9 tags", error="ValueError: <x>", title="Rain", byline="Jane", date="2024-05-01",
    )  # fmt: skip
    page = render_page_html([("a.html", report)])
    for name, value in (
        ("url", "http://a.b/?c&amp;d"),
        ("title", "Rain"),
        ("byline", "Jane"),
        ("date", "2024-05-01"),
        ("page type", "article (75%)"),
        ("page types", "article 75%, forum 25%"),
        ("cut off", "more than 9 tags"),
        ("error", "ValueError: &lt;x&gt;"),
    ):
        assert f"<dt>{name}</dt><dd>{value}</dd>" in page
    assert "0 blocks kept, 1 left out; 0 words of 1" in page


def test_each_page_has_its_heading() -> None:
    pages = [(name, report_of(Block("Rain.", kept=True))) for name in ("a.html", "<b>'\"&.html")]
    assert Page(render_page_html(pages)).titles == ["a.html", "<b>'\"&.html"]
    assert Page(render_page_html([])).titles == []


def test_the_page_refers_to_nothing_outside() -> None:
    page = render_page_html([("a.html", report_of(Block("Menu"), Block("Rain.", kept=True)))])
    assert not re.search(r"https?:|//|url\(|@import|<(script|link|img|iframe|a)\b|\s(src|href|on\w+)=", page)


@pytest.mark.parametrize("score", [-1.0, 0.0, 0.5, 1.0, 7.0])
def test_the_bar_of_any_score_stays_within_its_bounds(score: float) -> None:
    page = render_page_html([("a", report_of(Block("Menu", score=score)))])
    width = re.search(r"width:(\d+)%", page)
    assert width is not None
    assert 0 <= int(width[1]) <= 100


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(any_text, st.sampled_from(KINDS), st.booleans()), max_size=8), any_text)
def test_any_text_is_shown_whole_and_none_becomes_markup(
    made: list[tuple[str, str, bool]], other: str
) -> None:
    blocks = [Block(text, kind, other, path=other, kept=kept, reason=other) for text, kind, kept in made]
    report = report_of(*blocks, url=other, title=other, byline=other, date=other, cut=other, error=other)
    page = Page(render_page_html([(other, report)]))
    assert page.blocks == [shown(text) for text, *_ in made]
    assert page.titles == [shown(other)]
    assert set(page.tags) <= OWN_TAGS


def test_nothing_in_a_category_becomes_markup() -> None:
    report = Report("Rain", (Decision(Span(0, 4), "remove", "x' onclick='y"),))
    page = render_page_html([("a", PageReport((Block("Rain", kept=True),), report))])
    assert "' onclick=" not in page
