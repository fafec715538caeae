"""Pages made to hang, crash or bloat a reader: work is bounded by counts, so none of these tests looks at a clock.

They are run at sizes at which work that grows with the square of a page's size would hang.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from newsclean.html import engines
from newsclean.html.bounding import MOST_CHARACTERS, MOST_TAGS
from newsclean.html.extractor import Extractor
from newsclean.html.page import PageReport
from newsclean.html.parsing import MOST_BLOCKS, parse
from page_parts import PROSE, article
from stepcount import lines_run

EXTRACTOR = Extractor()
MILLION = 1_000_000
TAGS, BLOCKS = f"all but the first {MOST_TAGS:,} tags", f"all but the first {MOST_BLOCKS:,} blocks"
CHARACTERS = f"all but the first {MOST_CHARACTERS:,} characters"


@pytest.fixture(autouse=True)
def our_engine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of other engines is not ours to bound."""
    monkeypatch.setattr(engines, "find_spec", lambda _: None)


def nested(depth: int, tags: str, text: str = "x") -> str:
    return "".join(f"<{tag}>" for tag in tags.split()) * depth + text


def data(inside: str) -> str:
    return f'<script type="application/ld+json">{inside}</script><p>Rain fell.</p>'


# what is done, the page, what is said to be cut off, and a text that is still read ("" for none)
PAGES: dict[str, tuple[Callable[[], str | bytes], str, str]] = {
    "nothing": (lambda: "", "", ""),
    "blanks only": (lambda: " \n\t" * MILLION, "", ""),
    "100 MB of opened div": (lambda: "<div>" * 20 * MILLION, CHARACTERS, ""),
    "100 MB without a tag": (lambda: "Rain fell. " * 9 * MILLION, CHARACTERS, "Rain fell. Rain"),
    "a million div with text": (lambda: "<div>x" * MILLION, TAGS, "x"),
    "a million paragraphs": (lambda: "<p class=a id=b>x</p>" * MILLION, CHARACTERS, "x"),
    "200,000 paragraphs": (lambda: "<p class=a id=b href=c>x</p>" * 199_000, BLOCKS, "x"),
    "div 19,000 deep": (lambda: nested(19_000, "div"), "", "x"),
    "lists 100,000 deep": (lambda: nested(100_000, "ul li", "") + "x", "", "x"),
    "b 300,000 deep": (lambda: "<p>" + "<b>x" * 300_000, "", "xxx"),
    "b and p 150,000 deep": (lambda: "<b>x<p>" * 150_000, BLOCKS, "x"),
    "tables 100,000 deep": (lambda: "<table><tr><td>x" * 100_000, BLOCKS, "x"),
    "links in links": (lambda: "<a href=x>x" * 100_000, "", "xxx"),
    "links in one paragraph": (lambda: "<p>" + "<a href=/x>rain</a> " * 100_000, "", "rain rain"),
    "inline elements of one paragraph": (lambda: "<p>" + "<span class=k>x</span>" * 130_000, "", "xxx"),
    "100,000 line breaks": (lambda: "<p>" + "x<br>" * 100_000, "", "x\nx"),
    "100,000 pairs of line breaks": (lambda: "x<br><br>" * 100_000, BLOCKS, "x"),
    "line breaks only": (lambda: "<br>" * 100_000, "", ""),
    "a million attributes on a tag": (
        lambda: f"<p {' '.join(f'a{i}=1' for i in range(MILLION))}>Rain fell.</p>", "", "Rain fell.",
    ),
    "a million names on a tag": (
        lambda: f"<p {' '.join(f'a{i}' for i in range(MILLION))}>Rain fell.</p>", "", "Rain fell.",
    ),
    "an attribute of 10 MB": (lambda: f"<p class='{'c ' * 5 * MILLION}'>Rain fell.</p>", "", "Rain fell."),
    "a style of 8 MB": (lambda: f"<p style='{'display ' * MILLION}'>Rain fell.</p>", "", "Rain fell."),
    "a tag never closed": (lambda: "<p>Rain fell.</p><p " + "x" * 15 * MILLION, "", "Rain fell."),
    "a quote never closed": (lambda: "<p>Rain fell.</p><p a='" + ">x" * 5 * MILLION, "", "Rain fell."),
    "a comment never closed": (lambda: "<p>Rain fell.</p>" + "<!--" * MILLION, "", "Rain fell."),
    "a script never closed": (lambda: "<p>Rain fell.</p><script>" + "if (a<b) " * MILLION, TAGS, "Rain fell."),
    "signs of tags only": (lambda: "<" * 5 * MILLION, "", "<<<"),
    "signs of ends only": (lambda: "</" * 5 * MILLION, "", ""),
    "ampersands only": (lambda: "&" * 5 * MILLION, "", "&&&"),
    "NULs": (lambda: "\0" * MILLION + "<p>Ra\0in fell.</p>", "", "Rain fell."),
    "lone surrogates": (lambda: "<p>Rain \ud800\udfff fell.</p>" * 5, "", "Rain ?? fell."),
    "UTF-16 without a mark": (lambda: article().encode("utf-16-le"), "", PROSE[0]),
    "UTF-16 cut in a character": (lambda: b"\xff\xfe" + article().encode("utf-16-le")[:-1], "", PROSE[0]),
    "UTF-8 broken in places": (
        lambda: article().encode().replace(b"e", b"e\xff\xc3", 3), "", PROSE[4],
    ),
    "every byte there is": (lambda: bytes(range(256)) * 4_000, "", "!"),
    "frames only": (lambda: "<frameset><frame src=x>" * 50_000, "", ""),
    "frames of one kind": (lambda: "<iframe src=x>Rain</iframe>" * 50_000, "", ""),
    "a script only": (lambda: f"<script>{'a();' * MILLION}</script>", "", ""),
    "svg only": (lambda: "<svg><text>x</text></svg>" * 50_000, "", ""),
    "svg 100,000 deep": (lambda: nested(100_000, "svg g"), "", ""),
    "templates 300,000 deep": (lambda: nested(300_000, "template"), "", ""),
    "comments only": (lambda: "<!-- x -->" * MILLION, "", ""),
    "linked data 10,000 deep": (lambda: data("[" * 10_000 + "]" * 10_000), "", "Rain fell."),
    "linked data 100,000 graphs deep": (lambda: data('{"@graph":' * 100_000), "", "Rain fell."),
    "linked data of 5 MB": (lambda: data('{"articleBody":"' + "rain " * MILLION + '"}'), "", "Rain fell."),
    "19,000 kinds of elements": (lambda: "".join(f"<p class=c{i}>Rain {i}" for i in range(19_000)), "", "Rain 1"),
    "a row of 19,000 cells": (lambda: "<table><tr>" + "<td>a" * 19_000 + "<tr><td>a<td>b</table>", "", "a | a"),
    "30,000 rows": (lambda: "<table>" + "<tr><td>a<td>b" * 30_000 + "</table>", BLOCKS, "a | b"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_comes_back_with_its_text_and_what_was_not_read(name: str) -> None:
    make, cut, text = PAGES[name]
    report = EXTRACTOR.analyze(make())
    assert report.error is None
    assert report.report.error is None
    assert report.cut == cut
    assert len(report.blocks) <= MOST_BLOCKS
    found = "\n".join(block.text for block in report.blocks[:20])
    assert text in found if text else not report.text


@pytest.mark.parametrize("tag", ["div", "b", "ul", "section", "table", "x-a", "font", "form"])
def test_of_elements_that_are_nested_too_deep_few_are_read(tag: str) -> None:
    elements = parse(f"<{tag}>" * 50_000 + "x").page.elements
    assert len(elements.tag) < 2_000


def growth(make: Callable[[int], str], size: int) -> float:
    """How many times as many lines of code run for a page of twice the size."""
    small, large = make(size), make(2 * size)
    EXTRACTOR.analyze(large)  # what is kept from page to page is there for both
    once, twice = (lines_run(EXTRACTOR.analyze, page, within=("html/",)).total() for page in (small, large))
    return twice / once


@pytest.mark.parametrize(
    "make",
    [
        lambda n: article(*PROSE * n),
        lambda n: "<p>" + "<a href=/x>rain</a> " * 10 * n,
        lambda n: "<p>" + "<span class=k>x</span>" * 10 * n,
        lambda n: "<p>Rain fell.<sup><a href=#f>[1]</a></sup> " + "<sup>[1]</sup> " * 10 * n,
        lambda n: "<p>" + "x<br>" * 10 * n,
        lambda n: "<table><tr><td>x" * 4 * n,
        lambda n: "<table>" + "<tr><td>a<td>b" * 5 * n + "</table>",
        lambda n: "<ul><li>x" * 4 * n,
        lambda n: "<div class=comment><h3>x</h3><p>Rain</div>" * 4 * n,
        lambda n: "".join(f"<figure class=k{i}><figcaption>Rain {i}</figcaption></figure>" for i in range(4 * n)),
    ],
)  # fmt: skip
def test_twice_the_page_is_twice_the_work(make: Callable[[int], str]) -> None:
    assert growth(make, 40) < 2.6


#: Peak memory of reading a page of at most 100 MB, above what an idle extractor takes.
MOST_MEGABYTES = 700

MEASURE = """
import resource, sys
from newsclean.html.extractor import Extractor
from newsclean.html import engines
engines.find_spec = lambda _: None
unit = 1 if sys.platform == "darwin" else 1024
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
html = eval(sys.argv[1])
extractor = Extractor()
extractor.extract("<p>Rain fell.</p>")
before = peak()
assert extractor.analyze(html).error is None
print((peak() - before) // 2**20)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell a process's peak memory this way")
@pytest.mark.parametrize(
    "page",
    [
        "'<div>' * 20_000_000",
        "'Rain fell. ' * 9_000_000",
        "'<p class=a id=b>x</p>' * 1_000_000",
        "'<p ' + 'x ' * 10_000_000",
        "'<table><tr><td>x' * 130_000",
    ],
)
def test_no_page_takes_more_memory_than_stated(page: str) -> None:
    run = subprocess.run([sys.executable, "-c", MEASURE, page], capture_output=True, text=True, check=True)
    assert int(run.stdout) < MOST_MEGABYTES


def spy(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The pages that other engines are given."""
    given: list[Any] = []
    monkeypatch.setattr(engines, "find_spec", lambda _: object())
    for name in engines._PACKAGED:
        monkeypatch.setitem(engines._PACKAGED, name, lambda html, _: given.append(html) or [])
    return given


def test_other_engines_are_given_a_page_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    given = spy(monkeypatch)
    report: PageReport = EXTRACTOR.analyze("<iframe>x</iframe>" * 1_000)
    assert report.tried == ("linked data", "trafilatura", "justext")
    assert len(given) == 2


@pytest.mark.parametrize("html", ["<form><input>" * 100_000, "<td>" * 390_000, " <br>" * 200_000])
def test_other_engines_are_given_no_page_that_would_keep_them_for_minutes(
    monkeypatch: pytest.MonkeyPatch, html: str
) -> None:
    given = spy(monkeypatch)
    EXTRACTOR.analyze(html)
    assert all(page.count("<") <= 50_000 for page in given)


def test_a_tag_loses_its_thousands_of_attributes_even_if_they_hold_signs_of_an_end() -> None:
    many = " ".join(f"a{i}='>'" for i in range(60_000))
    parsed = parse(f"<p {many} class=last>Rain fell.</p>")
    assert parsed.texts == ["Rain fell."]
    assert parsed.page.keys[-1][:2] != ("p", "last")
