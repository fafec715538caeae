from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from newsclean import Cleaner, Decision, Evidence, Report, Span
from newsclean.categories import CATEGORIES
from newsclean.render.html import render_html
from strategies import messy_texts

ALL = Cleaner(remove=["embed"])
VOID = {"meta", "hr"}


class Page(HTMLParser):
    """A page read back: its tags, the texts of its articles, and what is struck through in them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.titles: list[str] = []
        self.articles: list[str] = []
        self.struck: list[str] = []
        self.notes: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == [], "tags that are not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        lists = {"h1": self.titles, "article": self.articles, "del": self.struck}
        if tag in lists:
            lists[tag].append("")
        if tag == "span" and self.tags[-1][1].get("class", "").startswith("why"):
            self.notes.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "h1" in self.open:
            self.titles[-1] += data
        if "article" in self.open and "span" in self.open:
            self.notes[-1] += data
        elif "article" in self.open:
            self.articles[-1] += data
            if "del" in self.open:
                self.struck[-1] += data


def shown(text: str) -> str:
    """`text` as a page in UTF-8 can carry it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def page_of(*texts: str) -> Page:
    return Page(render_html([(f"{n}.txt", ALL.analyze(text)) for n, text in enumerate(texts)]))


def test_the_article_is_whole_and_its_junk_struck_through_with_the_reason_beside() -> None:
    text = "Rain fell.\n\nThis news has been read 731 times!\n\nLeave a Reply\n"
    page = page_of(text)
    assert page.articles == [text]
    assert page.struck == ["This news has been read 731 times!", "Leave a Reply"]
    assert [note.split(":")[0] for note in page.notes] == ["counter", "comment_template"]


def test_what_was_spared_is_marked() -> None:
    evidence = (Evidence("post", "embed", "certain", Span(6, 10), ""),)
    report = Report(
        "Rain. Post", (Decision(Span(0, 6), "keep"), Decision(Span(6, 10), "keep", "embed", 0, evidence))
    )
    assert "<mark class='embed' title='kept: embed'>Post</mark>" in render_html([("x", report)])


def test_each_text_has_its_heading_with_the_figures() -> None:
    page = render_html([("a.txt", ALL.analyze("Rain fell.\nLeave a Reply")), ("b.txt", ALL.analyze("Snow."))])
    assert Page(page).titles == ["a.txt", "b.txt"]
    assert "1 pieces removed, 58.3% of the characters; profile balanced; rules for en" in page
    assert "0 pieces removed, 0.0% of the characters" in page
    assert "<span class='comment_template'><i></i>comment_template 1</span>" in page


def test_a_text_in_which_something_went_wrong_says_so() -> None:
    report = Report("Rain.", (Decision(Span(0, 5), "keep"),), error="ValueError: <x>")
    assert "<p>ValueError: &lt;x&gt;</p>" in render_html([("x", report)])


@pytest.mark.parametrize("reports", [[], [("empty.txt", ALL.analyze(""))]])
def test_a_page_of_nothing_is_a_page(reports: list[tuple[str, Report]]) -> None:
    assert Page(render_html(reports)).struck == []


def test_the_page_refers_to_nothing_outside() -> None:
    page = render_html([("a.txt", ALL.analyze("Rain fell.\nLeave a Reply"))])
    assert not re.search(r"https?:|//|url\(|@import|<(script|link|img|iframe|a)\b|\s(src|href|on\w+)=", page)


def test_every_category_has_a_colour() -> None:
    page = render_html([])
    assert [name for name in CATEGORIES if f".{name} {{ --c: hsl(" not in page] == []


HOSTILE = (
    "<script>alert(1)</script>\n</article></main>\n<img src=x onerror='alert(1)'>\n&amp; &#60; \"quoted\" '&'\n"
    "<!-- Leave a Reply\n]]> http://example.com/ --> <del>"
)


def test_nothing_in_a_text_becomes_markup() -> None:
    page = page_of(HOSTILE)
    plain = page_of("Rain fell.")
    assert page.articles == [HOSTILE]
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags} | {"del", "span", "i"}


def test_nothing_in_a_name_becomes_markup() -> None:
    name = "<b>'\"&.txt"
    assert Page(render_html([(name, ALL.analyze("Rain."))])).titles == [name]


def test_lone_surrogates_are_shown_as_question_marks() -> None:
    assert page_of("Rain \ud800 fell.\nLeave a Reply").articles == ["Rain ? fell.\nLeave a Reply"]


@settings(max_examples=60, deadline=None)
@given(messy_texts())
def test_any_text_is_shown_whole_with_its_junk_struck_through(text: str) -> None:
    page = page_of(text)
    assert page.articles == [shown(text)]
    assert page.struck == [shown(d.span.of(text)) for d in ALL.analyze(text).junk]
