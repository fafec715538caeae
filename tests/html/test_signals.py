from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, reject

from newsclean.html.model import shipped_page_model
from newsclean.html.naming import TYPES
from newsclean.html.parsing import parse
from newsclean.html.shape import Floats
from newsclean.html.signals import NAMES, block_signals
from page_parts import ARTICLE, PROSE, article, pages, trees

EVEN = np.full(len(TYPES), 1 / len(TYPES), dtype=np.float32)


def signals(html: str, url: str | None = None) -> Floats:
    parsed = parse(html, url)
    if not parsed.texts:
        reject()
    return block_signals(parsed, shipped_page_model().naming, EVEN)


def column(html: str, name: str) -> list[float]:
    return [round(float(value), 4) for value in signals(html)[:, NAMES.index(name)]]


def test_each_signal_has_a_name_of_its_own() -> None:
    assert len(set(NAMES)) == len(NAMES)


@given(pages)
def test_every_block_of_any_page_has_all_signals_and_they_are_finite(html: str) -> None:
    made = signals(html)
    assert made.shape == (len(parse(html).texts), len(NAMES))
    assert made.dtype == np.float32
    assert np.isfinite(made).all()


@pytest.mark.parametrize("text", ["", "x", "Rain fell all day. " * 9, "<g>y</g>", "</p><p>", "{}"])
@pytest.mark.parametrize("tag", ["script", "style", "template", "svg"])
def test_signals_do_not_change_with_what_stands_in_dropped_elements(tag: str, text: str) -> None:
    page = ARTICLE.replace("<footer>", f"<{tag}>{text}</{tag}><footer>")
    assert (signals(page) == signals(ARTICLE)).all()


@given(trees)
def test_signals_do_not_change_with_comments_and_white_space_between_blocks(html: str) -> None:
    page = f"<div><p>{PROSE[0]}</p>{{}}<div>{html}</div></div>"
    assert (signals(page.format(" <!-- x --> \n")) == signals(page.format(""))).all()


@given(trees)
def test_two_pages_of_one_text_have_the_same_signals_every_time(html: str) -> None:
    assert (signals(html) == signals(html)).all()


@pytest.mark.parametrize(
    ("html", "name", "values"),
    [
        ("<p>a b c<p>a", "words", [np.log1p(3), np.log1p(1)]),
        ("<p>ab abcd", "word_length", [3]),
        ("<p><a href=x>ab</a>cd", "linked", [0.5]),
        ("<p>AbCd", "upper", [0.5]),
        ("<p>a1 b2", "digits", [0.5]),
        ("<p>a, b", "commas", [0.5]),
        ("<p>a. b.", "sentence_ends", [1]),
        ("<p>a|||", "symbols", [0.75]),
        ("<p>a.<p>a”<p>a<p>a,", "ended", [1, 1, 0, 0]),
        ("<h1>a</h1><h2>a</h2><h3>a</h3><h4>a</h4><h5>a</h5><p>a", "heading", [4, 3, 2, 1, 0, 0]),
        ("<p>a<div>a<ul><li>a", "is_p", [1, 0, 0]),
        ("<p>a<div>a<ul><li>a", "is_div", [0, 1, 0]),
        ("<p>a<div>a<ul><li>a", "is_li", [0, 0, 1]),
        ("<article>a<p>a<article>a</article></article>a", "in_article", [1, 1, 2, 0]),
        ("<ul><li>a<ul><li>a</ul></ul><p>a", "in_ul", [1, 2, 0]),
        ("<a href=x><p>a</p></a><p><a>a</a>", "in_a", [1, 0]),
        ("<p hidden>a<p>a<div style='display:none'><p>a", "hidden", [1, 0, 1]),
        ("<p>a<p>a<p>a<p>a", "place", [0, 0.25, 0.5, 0.75]),
        ("<p>a<h1>a</h1><p>a<p>a", "from_h1", [-1, 0, 1, 2]),
        ("<p>a<p>a", "from_h1", [-50, -50]),
        ("<p>a<h3>a</h3><p>a", "from_heading", [-1, 0, 1]),
        ("<p>a<h2>a</h2><p>a<h2>a</h2>a", "subheadings", [0, 1, 1, 2, 2]),
        ("<p>a<p>b<p>a", "copies", [2, 1, 2]),
        ("<p>a<p>a<div>a", "kind_count", [np.log1p(2), np.log1p(2), np.log1p(1)]),
        ("<p>a<div><p>a</div>", "pair_count", [np.log1p(1), np.log1p(1)]),
        ("<p>a<p>a b<p>a", "before_words", [-1, np.log1p(1), np.log1p(2)]),
        ("<p>a<p>a b<p>a", "after_words", [np.log1p(2), np.log1p(1), -1]),
        ("<p>a<p>a<div>a", "kin_before", [0, 2, 1]),
        ("<p>a<p>a<div>a", "kin_after", [2, 1, 0]),
        ("<div><p>a b<p>a</div><p>a", "up1_words", [np.log1p(3), np.log1p(3), np.log1p(4)]),
        ("<div><p>a b<p>a</div><p>a", "up1_share", [0.75, 0.75, 1]),
        ("<p>a<p>a", "page_blocks", [np.log1p(2)] * 2),
        ("<article>a</article><article>a", "page_articles", [np.log1p(2)] * 2),
        ("<h1>a</h1><h1>a", "page_h1", [2, 2]),
        ("<title>Rain fell here - News</title><h1>Rain fell here</h1><p>Rain", "title", [1, 0]),
        ("<title>Rain fell here</title><h1>Rain fell here</h1><p>Rain fell", "title", [2, 1]),
        ("<title>Rain fell here</title><p>a<h1>Rain fell here</h1><p>a", "from_title", [-1, 0, 1]),
        ("<p>a", "from_title", [-99]),
        (f"<meta name=description content='{PROSE[0]}'><p>{PROSE[0]}<p>{PROSE[1]}", "summary", [1, 0]),
        ("<p>a", "body", [0]),
    ],
)  # fmt: skip
def test_a_signal_says_what_its_name_says(html: str, name: str, values: list[float]) -> None:
    assert column(html, name) == pytest.approx(values, abs=1e-3)


def test_text_that_is_in_the_linked_data_is_told_from_other_text() -> None:
    data = f'<script type="application/ld+json">{{"articleBody": "{PROSE[0]} {PROSE[1]}"}}</script>'
    page = f"{data}<p>{PROSE[0]}<p>{PROSE[2]}<p>x<p>{PROSE[1]}"
    assert column(page, "body") == [1, -1, 0, 1]
    assert column(page, "page_body") == [1] * 4


def test_the_last_columns_are_the_page_types() -> None:
    types = np.arange(len(TYPES), dtype=np.float32)
    made = block_signals(parse(ARTICLE), shipped_page_model().naming, types)
    assert (made[:, -len(TYPES) :] == types).all()
    assert NAMES[-len(TYPES) :] == TYPES


def test_names_lean_as_they_are_learned_to() -> None:
    page = article().replace("<p>", "<p class='comment-body'>", 1)
    naming = shipped_page_model().naming
    near = naming.leans([("p", "comment-body", None)])[0][0]
    assert column(page, "near")[parse(page).texts.index(PROSE[0])] == pytest.approx(near, abs=1e-3)


@given(trees)
def test_the_best_block_is_none_below_the_best_and_ranks_differ(html: str) -> None:
    made = signals(html)
    below, rank = made[:, NAMES.index("below_best")], made[:, NAMES.index("rank")]
    assert below.max() == 0
    assert len(set(rank.tolist())) == len(made)
    assert rank[int(np.argmax(below))] == 0
