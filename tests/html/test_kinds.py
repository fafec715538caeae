from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.html.hints import words_key
from newsclean.html.kinds import Described, describe
from newsclean.html.page import KINDS, ROLES
from newsclean.html.parsing import Parsed, parse
from newsclean.html.tables import rows
from strategies import FIXTURES

PAGES = FIXTURES / "pages" / "articles"
GOLD = {
    row["id"]: row for row in map(json.loads, (PAGES / "gold.jsonl").read_text(encoding="utf-8").splitlines())
}
#: What single pages do not tell, by page and part.
CANNOT = {
    (
        "de-agentur-br",
        "comment",
    ): "the comments are one block with what stands around them, and nothing names them",
    ("en-blogger", "heading"): "the heading is a bold paragraph",
    ("en-medium-code", "byline"): "a bare name, a link without a telling class",
    ("en-next-hashed", "quote"): "hashed class names only",
    ("fr-texte-nu", "standfirst"): "a paragraph like the others",
    ("fr-texte-nu", "comment"): "nothing names the comments",
    ("fr-texte-nu", "heading"): "the headings are bold lines",
    ("he-iton", "quote"): "hashed class names only",
    ("ko-ilbo", "heading"): "the heading is a bold paragraph",
    ("nl-styled", "standfirst"): "the summary is a paragraph like the others, as first paragraphs often are",
}


def wanted(gold: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield "title", [gold["headline"]]
    yield "standfirst", gold["standfirst"].split("\n")
    yield "byline", [gold["byline"]]
    yield "comment", gold["comments"]
    yield "caption", gold["captions"]
    yield from gold["kinds"].items()


PARTS = [
    pytest.param(
        page,
        part,
        [text for text in texts if text],
        id=f"{page}-{part}",
        marks=pytest.mark.xfail(reason=CANNOT[page, part]) if (page, part) in CANNOT else (),
    )
    for page, gold in GOLD.items()
    for part, texts in wanted(gold)
    if any(texts)
]


@cache
def read(page: str) -> tuple[Parsed, dict[int, Described]]:
    parsed = parse((PAGES / "html" / f"{page}.html").read_text(encoding="utf-8"))
    return parsed, describe(parsed, range(len(parsed.texts)))


def holding(parsed: Parsed, text: str) -> list[int]:
    wanted = words_key(text)
    keys = list(map(words_key, parsed.texts))
    return [b for b, key in enumerate(keys) if wanted in key or (len(key) > 15 and key in wanted)]


def only(html: str) -> Described:
    return describe(parse(html), [0])[0]


def of(html: str, text: str) -> Described:
    parsed = parse(html)
    return describe(parsed, range(len(parsed.texts)))[parsed.texts.index(text)]


@pytest.mark.parametrize(("page", "part", "texts"), PARTS)
def test_a_page_s_parts_are_told(page: str, part: str, texts: list[str]) -> None:
    parsed, described = read(page)
    field = "role" if part in ROLES else "kind"
    if part == "table row":
        joined = {words_key(" ".join(parsed.texts[b] for b in row)) for row in rows(parsed)}
        assert {words_key(text) for text in texts} <= joined
        return
    for text in texts:
        assert part in {getattr(described[b], field) for b in holding(parsed, text)}, text


@pytest.mark.parametrize("page", GOLD)
def test_no_paragraph_of_an_article_is_taken_for_something_else(page: str) -> None:
    gold = GOLD[page]
    parsed, described = read(page)
    special = {words_key(text) for texts in gold["kinds"].values() for text in texts}
    standfirst = {words_key(text) for text in gold["standfirst"].split("\n")}
    paragraphs = {words_key(text) for text in gold["text"].split("\n")} - special - standfirst
    for b, text in enumerate(parsed.texts):
        if len(text) > 20 and words_key(text) in paragraphs:
            assert (described[b].kind, described[b].role) in {("paragraph", ""), ("paragraph", "title")}, text
        elif words_key(text) in special:
            assert described[b].role == "", text


LONG = "<p>" + "The river rose all night and the bridge was closed before dawn. " * 4 + "</p>"
TITLE = "<title>River rises - Post</title><h1>River rises</h1>"
KIND = {
    "a heading": ("<h3>Rain</h3>", "heading"),
    "a paragraph": ("<p>Rain</p>", "paragraph"),
    "an item of a list": ("<ul><li>Rain</ul>", "list item"),
    "a paragraph in an item": ("<ul><li><p>Rain</p></ul>", "list item"),
    "an article in an item": ("<ul><li><article><p>Rain</p></article></ul>", "paragraph"),
    "a quotation": ("<blockquote><p>Rain</p></blockquote>", "quote"),
    "code": ("<pre>rain()</pre>", "code"),
    "a table's caption": ("<table><caption>Rain<tr><td>1</table>", "caption"),
    "a figure's caption": ("<figure><img><figcaption>Rain</figcaption></figure>", "caption"),
    "a paragraph in a figure": ("<figure><img><p>Rain</p></figure>", "caption"),
    "a quotation in a figure": ("<figure><blockquote>Rain</blockquote></figure>", "quote"),
    "a link card in a figure": ("<figure><a href=/><div>Rain</div></a></figure>", "paragraph"),
    "a caption by name": ("<div class=wp-caption><p class=wp-caption-text>Rain</p></div>", "caption"),
    "a caption by a hump in its name": ("<div class=photoCaption>Rain</div>", "caption"),
    "a table's caption side": ("<div class=caption-bottom>Rain</div>", "paragraph"),
    "a tweet": ("<blockquote class=twitter-tweet><p>Rain</p></blockquote>", "embed"),
    "a cell that lays out": ("<table><tr><td>Rain</table>", "paragraph"),
    "a cell of data": ("<table><tr><th>Rain<th>Sun<tr><td>1<td>2</table>", "table row"),
}


@pytest.mark.parametrize(("html", "kind"), KIND.values(), ids=KIND)
def test_the_kind_is_read_from_markup_and_names(html: str, kind: str) -> None:
    assert only(html).kind == kind


ROLE = {
    "the h1": (TITLE + LONG, "River rises", "title"),
    "a standfirst below the title": (
        TITLE + "<p class=lead>Bridge closed before dawn</p>" + LONG,
        "Bridge closed before dawn",
        "standfirst",
    ),
    "a lead deep in the text": (
        TITLE + LONG + "<p class=lead>Bridge closed before dawn</p>",
        "Bridge closed before dawn",
        "",
    ),
    "a byline": (TITLE + "<p class=byline>Jane Doe</p>" + LONG, "Jane Doe", "byline"),
    "a byline by its wording": (TITLE + "<p>By Jane Doe</p>" + LONG, "By Jane Doe", "byline"),
    "a long block of an author's name": (TITLE + f"<div class=author>{LONG}</div>", LONG[3:-5], ""),
    "a comment": (TITLE + LONG * 3 + "<div class=comments><p>Nice one</p></div>", "Nice one", "comment"),
    "a section headed Comments": (
        TITLE + LONG + "<section><h2>Comments (1)</h2><p>Nice one</p></section>",
        "Nice one",
        "comment",
    ),
    "a body that has comments": (f"<body class=has-comments>{TITLE}{LONG}<p>Bye now</p>", "Bye now", ""),
    "a body named comments": (f"<body class=comments>{TITLE}{LONG}<p>Bye now</p>", "Bye now", ""),
    "a wrapper named comments": (f"<div class=comments>{TITLE}{LONG}<p>Bye now</p></div>", "Bye now", ""),
    "a count of comments": (TITLE + LONG + "<p class=comment-count>12 in all</p>", "12 in all", ""),
    "a section about replies": (
        TITLE + LONG * 2 + "<div id=receive-and-reply-to-it><p>First do this</p></div>",
        "First do this",
        "",
    ),
}


@pytest.mark.parametrize(("html", "text", "role"), ROLE.values(), ids=ROLE)
def test_the_role_is_read_from_names_and_place(html: str, text: str, role: str) -> None:
    assert of(html, " ".join(text.split())).role == role


def test_a_heading_has_its_level() -> None:
    assert only("<h4>Rain</h4>").level == 4


def test_a_nested_item_has_its_depth() -> None:
    assert of("<ul><li>Rain<ul><li>Hail</ul></ul>", "Hail").level == 2


def test_a_paragraph_has_no_level() -> None:
    assert only("<p>Rain</p>").level == 0


def test_a_path_names_the_five_innermost_elements_and_two_classes_each() -> None:
    html = "<main><div><section><article class='post big wide'><div class=entry-content><p id=x>Rain"
    assert only(html).path == "div > section > article.post.big > div.entry-content > p"


names = st.sampled_from(["", "caption", "comments", "byline", "lead", "post", "twitter-tweet", "pullquote"])
tags = st.sampled_from(
    [
        "div",
        "p",
        "h1",
        "h2",
        "li",
        "ul",
        "blockquote",
        "figure",
        "figcaption",
        "table",
        "tr",
        "td",
        "pre",
        "section",
        "a",
    ]
)
trees: Callable[..., Any] = st.recursive(
    st.sampled_from(["Rain fell", "By Jane", "12 May 2024", " ", "<br><br>", "<img>"]),
    lambda inner: st.builds(
        lambda tag, name, parts: f"<{tag} class='{name}'>{''.join(parts)}</{tag}>",
        tags,
        names,
        st.lists(inner, max_size=4),
    ),
)  # type: ignore[assignment]


@given(trees)
def test_any_page_is_described_whole_and_in_the_known_words(html: str) -> None:
    parsed = parse(html)
    described = describe(parsed, range(len(parsed.texts)))
    assert list(described) == list(range(len(parsed.texts)))
    for one in described.values():
        assert one.kind in KINDS
        assert one.role in ROLES
        assert (one.level > 0) == (one.kind in ("heading", "list item"))
        assert 1 <= len(one.path.split(" > ")) <= 5


@given(trees)
def test_a_block_is_described_alike_alone_and_with_others(html: str) -> None:
    parsed = parse(html)
    described = describe(parsed, range(len(parsed.texts)))
    assert all(describe(parsed, [b])[b] == one for b, one in described.items())
