from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from inline_html import HTML
from newsclean.html.inline import inline_cuts
from newsclean.html.page import Block, Cut
from newsclean.html.parsing import Parsed, parse

FOLDER = Path(__file__).parents[2] / "fixtures" / "pages" / "inline"
GOLD = [json.loads(line) for line in (FOLDER / "gold.jsonl").read_text("utf-8").splitlines()]
LINK = '<a href="/x">{}</a>'


def kept_text(parsed: Parsed, block: int) -> str:
    text = parsed.texts[block]
    return Block(text, kept=True, cuts=inline_cuts(parsed.page, block, text)).kept_text


def kept(html: str) -> str:
    """What is left of a page, a line a block."""
    parsed = parse(html)
    return "\n".join(kept_text(parsed, block) for block in range(len(parsed.texts)))


def reasons(html: str) -> list[str]:
    parsed = parse(html)
    return [cut.reason for cut in inline_cuts(parsed.page, 0, parsed.texts[0])]


@pytest.mark.parametrize("gold", GOLD, ids=[gold["id"] for gold in GOLD])
def test_of_a_page_each_block_of_the_article_is_left_as_it_should_be(gold: dict[str, str]) -> None:
    parsed = parse((FOLDER / "html" / f"{gold['id']}.html").read_text("utf-8"))
    left = {kept_text(parsed, block) for block in range(len(parsed.texts))}
    assert [line for line in gold["text"].split("\n") if line not in left] == []


GOES = {
    "read more behind": ('<p>Rain fell. <a href="/x">Read more</a>', "Rain fell.", "a link to another page"),
    "read more before": (
        '<p><a href="/x">Read more: Snow in May</a> Rain fell.',
        "Rain fell.",
        "a link to another page",
    ),
    "bare tail": (
        '<p>Es regnet. Lesen Sie auch: <a href="/x">Schnee im Mai</a>',
        "Es regnet.",
        "a link to another page",
    ),
    "bare run": (
        '<p>Rain fell. Also read: <a href="/x">Snow</a> | <a href="/y">Hail</a>',
        "Rain fell.",
        "a run of links",
    ),
    "between sentences": (
        '<p>Il pleut. <b>Lire aussi : <a href="/x">La neige</a></b> Il pleut encore.',
        "Il pleut. Il pleut encore.",
        "a link to another page",
    ),
    "ad label": (
        '<p>Rain fell. <span class="ad-label">Reklame</span> It fell all day.',
        "Rain fell. It fell all day.",
        "an advertisement's label",
    ),
    "share widget": (
        '<p><span class="share">Delen</span> Het regent.',
        "Het regent.",
        "a share widget",
    ),
    "screen readers": (
        '<p>See <a href="/x">the list<span class="sr-only"> (new window)</span></a>, says he.',
        "See the list, says he.",
        "text for screen readers",
    ),
    "hidden": ('<p>Rain <span style="display:none">snow</span> fell.', "Rain fell.", "hidden text"),
    "tooltip": ('<p>A stay<span role="tooltip">A halt.</span> came.', "A stay came.", "hidden text"),
    "footnote": ('<p>Rain<sup><a href="#n1">[1]</a></sup> fell.', "Rain fell.", "a footnote mark"),
    "footnote on another page": (
        '<p>Rain<sup><a href="/notes/1">[1]</a></sup> fell.',
        "Rain fell.",
        "a footnote mark",
    ),
    "footnote, link outside": (
        '<p>Rain fell.<a href="#n1"><sup>1</sup></a> It did.',
        "Rain fell. It did.",
        "a footnote mark",
    ),
    "edit": (
        '<h2>Rain<span class="mw-editsection">[<a href="/e">edit</a>]</span></h2>',
        "Rain",
        "an edit link",
    ),
    "icon": ('<p>Rain fell. <i class="material-icons">share</i>', "Rain fell.", "an icon's name"),
    "before a comma": (
        '<p>See it <span class="visually-hidden">(new tab)</span>, please.',
        "See it, please.",
        "text for screen readers",
    ),
    "on a line of its own": (
        '<p>Rain fell.<br><a href="/x">Read more</a><br>It fell all day.',
        "Rain fell.\nIt fell all day.",
        "a link to another page",
    ),
    "shown and read out": (
        '<p>It costs <s aria-hidden="true">$5</s> <b class="sr-only">Price: $5</b> now.',
        "It costs $5 now.",
        "text for screen readers",
    ),
}


@pytest.mark.parametrize(("html", "left", "reason"), GOES.values(), ids=GOES)
def test_junk_goes_with_its_white_space_and_a_reason(html: str, left: str, reason: str) -> None:
    assert kept(html) == left
    assert set(reasons(html)) == {reason}


STAYS = {
    "links in a sentence": '<p>The <a href="/x">report</a> by <a href="/y">the board</a> blames <a href="/z">rust</a>.',
    "a sentence that is a link": '<p>Rain fell. <a href="/x">The mayor put the letter online.</a> Nobody read it.',
    "a block that is a link": '<p><a href="/x">Read more</a>',
    "thanks": '<p>Thanks to <a href="/a">A</a>, <a href="/b">B</a> and <a href="/c">C</a>.',
    "thanks without an end": '<p>Rain fell. <a href="/a">Ann Low</a>, <a href="/b">Ben High</a>',
    "read more in a sentence": '<p>Rain fell. <a href="/x">Read more</a> books, said the teacher.',
    "share in a sentence": '<p>He wants a <a href="/x">share</a> of it.',
    "drop cap": '<p><span class="drop">N</span><span>obody</span> came.',
    "drop cap hidden from readers": '<p><span aria-hidden="true">N</span>obody came.',
    "number hidden from readers": '<h2><b aria-hidden="true">18.2.</b> Rain</h2>',
    "time": '<p>Rain fell. <time datetime="2024-01-04">On Thursday</time> it stopped.',
    "hashtags": '<p>Rain fell. <a href="/t/rain">#rain</a> <a href="/t/wet">#wet</a>',
    "mention": '<p><a href="/@ann">@ann</a> saw it.',
    "square metres": "<p>It has 40 m<sup>2</sup> and the 1<sup>st</sup> CO<sub>2</sub> meter.",
    "linked superscript": '<p>It has 40 m<sup><a href="/square">2</a></sup> of floor.',
    "brackets in a quotation": "<p>“It was moved [at dusk] there.”",
    "code in brackets": '<p>The <a href="#options">[options]</a> section.',
    "reference to a section": '<p>See <a class="reference" href="#fields">fields</a> below.',
    "author": '<p>As <a href="/author/ann" rel="author">Ann Low</a> wrote, it rained.',
    "byline": '<p><a href="/ann">By Ann Low</a> Dec. 19, 2025',
    "numbered heading": '<h2>II. <a href="#tts">Text-to-Speech</a></h2>',
    "glossary word": '<p><span role="button">Inflation</span> is up.',
    "formula": '<p>Let <span class="katex-html" aria-hidden="true">x = 1</span> be.',
    "hidden on small screens": '<p>Rain <span class="hidden md:inline">and snow</span> fell.',
    "an ad in a sentence": '<p>He placed an <span class="ad">advertisement</span> there.',
}


@pytest.mark.parametrize("html", STAYS.values(), ids=STAYS)
def test_what_belongs_to_a_sentence_stays(html: str) -> None:
    assert reasons(html) == []


def test_adjacent_cuts_leave_one_blank() -> None:
    html = '<p>Rain fell. <i class="sr-only">One</i><i class="sr-only">two</i> It fell.'
    assert kept(html) == "Rain fell. It fell."


def test_a_block_is_never_cut_away_in_whole() -> None:
    parsed = parse('<p><i class="sr-only">One</i> <i class="sr-only">two</i>')
    assert inline_cuts(parsed.page, 0, parsed.texts[0]) == ()


@given(HTML)
def test_cuts_are_in_order_and_what_is_left_reads_well(html: str) -> None:
    parsed = parse(f"<p>{html}</p><p>x")
    for block, text in enumerate(parsed.texts):
        cuts = inline_cuts(parsed.page, block, text)
        edges = [0, *(edge for cut in cuts for edge in cut[:2]), len(text)]
        assert edges == sorted(edges)
        assert all(isinstance(cut, Cut) and cut.reason and cut.start < cut.end for cut in cuts)
        left = Block(text, kept=True, cuts=cuts).kept_text
        assert left.strip()
        if cuts and "\u00a0" not in text:
            assert "  " not in left
            assert left == left.strip(" ")
