from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsclean.html.hints import Hints, read_hints, words_key
from page_parts import pages


def hints(html: str, url: str | None = None) -> Hints:
    return read_hints(LexborHTMLParser(html.encode("utf-8", "replace")), url)


def linked(data: Any) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", Hints()),
        ("<title>Rain</title>", Hints(titles=("Rain",))),
        ("<title>Rain</title><meta property=og:title content=Rain>", Hints(titles=("Rain",))),
        ("<meta property=og:title content=Snow><meta name=twitter:title content=Hail>", Hints(titles=("Snow", "Hail"))),
        ("<meta name=DESCRIPTION content=Wet>", Hints(summaries=("Wet",))),
        ("<meta property=og:description content=Wet><meta name=description content=Wet>", Hints(summaries=("Wet",))),
        ("<meta property=og:type content=Article>", Hints(kinds=("og:article",))),
        ("<meta property=og:url content=http://a.b/>", Hints(url="http://a.b/")),
        ("<link rel=canonical href=http://a.c/><meta property=og:url content=http://a.b/>", Hints(url="http://a.c/")),
        ("<html lang=de-AT>", Hints(language="de-AT")),
        ("<html lang>", Hints()),
        ("<meta name=keywords content=x><meta property>", Hints()),
        (linked({"@type": "NewsArticle", "headline": "Rain"}), Hints(titles=("Rain",), kinds=("ld:newsarticle",))),
        (linked([{"@type": ["A", "B", 3]}]), Hints(kinds=("ld:a", "ld:b"))),
        (linked({"@graph": [{"mainEntity": {"description": "Wet"}}]}), Hints(summaries=("Wet",))),
        (linked({"articleBody": "Rain"}) + linked({"articleBody": "Rain fell"}), Hints(body="Rain fell")),
        (linked('{"articleBody": "a\nb"}'), Hints(body="a\nb")),
        (linked({"articleBody": ["Rain"], "headline": {"x": 1}, "@type": 7}), Hints()),
        (linked({"author": {"headline": "Not this"}}), Hints()),
        (linked("{broken"), Hints()),
        (linked("null") + linked("3") + linked('"x"'), Hints()),
        (linked("[" * 100_000), Hints()),
        ("<script>{\"articleBody\": \"x\"}</script>", Hints()),
    ],
)  # fmt: skip
def test_hints_come_from_the_head_and_the_linked_data(html: str, expected: Hints) -> None:
    assert hints(html) == expected


def test_the_address_given_goes_before_the_page_s_own() -> None:
    assert hints("<link rel=canonical href=http://a.c/>", "http://a.b/").url == "http://a.b/"


def test_linked_data_is_read_only_some_levels_deep() -> None:
    data: Any = {"headline": "Too deep"}
    for _ in range(7):
        data = {"@graph": [data]}
    assert hints(linked(data)) == Hints()
    assert hints(linked({"@graph": [{"@graph": [{"headline": "Deep"}]}]})).titles == ("Deep",)


def test_linked_data_of_more_than_a_million_characters_is_not_read() -> None:
    assert hints(linked({"articleBody": "x" * 900_000})).body
    assert not hints(linked({"articleBody": "x" * 1_000_000})).body


def test_a_list_of_linked_data_is_read_up_to_its_two_hundredth_item() -> None:
    made = hints(linked([{"@type": f"n{i}"} for i in range(300)])).kinds
    assert sorted(made) == sorted(f"ld:n{i}" for i in range(200))


def test_of_many_titles_the_first_twenty_are_read_and_of_a_long_text_its_beginning() -> None:
    assert len(hints("".join(f'<meta property="og:title" content="t{i}">' for i in range(300))).titles) == 20
    assert len(hints(linked({"articleBody": "Rain fell. " * 20_000})).body) == 100_000


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@graph", "headline", "description", "articleBody", "mainEntity"]),
            inside,
        )
    ),
)


@given(_json)
def test_linked_data_of_any_shape_gives_hints_that_are_texts(data: Any) -> None:
    made = hints(linked(data))
    for texts in (made.titles, made.summaries, made.kinds):
        assert all(isinstance(text, str) for text in texts)
        assert len(set(texts)) == len(texts)
    assert isinstance(made.body, str)


@given(pages, st.none() | st.text())
def test_any_page_gives_hints(html: str, url: str | None) -> None:
    assert all(isinstance(part, str | tuple) for part in hints(html, url))


@given(st.text(), st.text())
def test_the_words_of_a_text_are_the_same_after_changes_of_case_and_punctuation(a: str, b: str) -> None:
    assert words_key(f"{a} – {b}!") == words_key(f"{words_key(a)} {words_key(b)}")
