from __future__ import annotations

import json
import sys
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from metadata_pages import ARTICLE, BODY, articled, linked, meta, page
from newsclean.errors import MissingExtraError, NewscleanError
from newsclean.html.metadata import PAGE_LIMIT, Metadata, read_metadata

PAGES = {
    "German": (
        page(
            meta("og:site_name", "Talpost")
            + meta("og:title", "Schnee im Mai | Talpost")
            + meta("author", "Von Eva Maier")
            + meta("description", "Der Mai bringt Schnee.")
            + meta("article:published_time", "2024-01-04T10:12:00+01:00"),
            "<h1>Schnee im Mai</h1><p>Es schneit.</p>",
            "de-AT",
        ),
        Metadata(
            title="Schnee im Mai",
            byline="Eva Maier",
            date="2024-01-04T10:12:00+01:00",
            language="de",
            site="Talpost",
            description="Der Mai bringt Schnee.",
        ),
    ),
    "Spanish": (
        page(
            meta("og:locale", "es_MX") + meta("dc.creator", "Por José Núñez") + meta("dc.date", "2024-01-04"),
            "<h1>Llueve en el valle</h1>",
        ),
        Metadata(title="Llueve en el valle", byline="José Núñez", date="2024-01-04", language="es"),
    ),
    "Arabic": (
        page(
            linked({**ARTICLE, "headline": "أمطار غزيرة", "author": {"name": "بقلم: ليلى حداد"}}),
            "<h1>أمطار غزيرة</h1>",
            "ar",
        ),
        Metadata(title="أمطار غزيرة", byline="ليلى حداد", date="2024-01-04T10:12:00+01:00", language="ar"),
    ),
    "Japanese": (
        page(
            meta("og:title", "雪が降る：谷新聞デジタル") + meta("author", "山田太郎"),
            "<h1>雪が降る</h1><p>2024年1月4日 10時12分</p>",
            "ja",
        ),
        Metadata(title="雪が降る", byline="山田太郎", date="2024-01-04", language="ja"),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_each_script_is_read_whole(name: str) -> None:
    html, expected = PAGES[name]
    assert read_metadata(html) == expected


def test_a_related_article_says_nothing_of_this_one() -> None:
    other = {"@type": "NewsArticle", "headline": "Snow", "inLanguage": "fr", "dateModified": "2024-02-02"}
    found = read_metadata(page(linked({**ARTICLE, "mentions": [other]}, other)))
    assert (found.title, found.updated, found.language) == ("Rain floods the valley", None, None)


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Rain floods the valley | Valley Post", BODY, "Rain floods the valley"),
        ("Valley Post - Rain floods the valley", BODY, "Rain floods the valley"),
        ("Rain floods the valley – Weather – Valley Post", BODY, "Rain floods the valley"),
        ("Rain - and more rain", "<h1>Valley Post</h1>", "Rain - and more rain"),
        ("Valley Post | Rain", "<h1>Valley Post</h1>", "Valley Post | Rain"),
        ("Rain &amp; wind", "<h1>Rain</h1>", "Rain & wind"),
    ],
)
def test_the_title_loses_the_site_only_if_the_bare_one_is_given(title: str, body: str, expected: str) -> None:
    head = meta("og:title", title) + meta("og:site_name", "Valley Post")
    assert read_metadata(page(head, body)).title == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '<link rel="canonical" href="/rain">' + meta("og:url", "https://m.example/r"),
            "https://valley.example/rain",
        ),
        (meta("og:url", "https://valley.example/rain#top"), "https://valley.example/rain"),
        ('<link rel="canonical" href="https://valley.example/">', "https://valley.example/a?b=1"),
        ('<link rel="canonical" href="javascript:void(0)">', "https://valley.example/a?b=1"),
        ('<link rel="canonical" href="http://[broken">', "https://valley.example/a?b=1"),
        ("", "https://valley.example/a?b=1"),
    ],
)
def test_the_url_is_the_canonical_one_if_that_can_be(head: str, expected: str) -> None:
    assert read_metadata(page(head), "https://valley.example/a?b=1").url == expected


def test_site_and_description_come_from_meta_tags() -> None:
    found = read_metadata(
        page(meta("og:site_name", "Valley Post") + meta("twitter:description", "It rained."))
    )
    assert (found.site, found.description) == ("Valley Post", "It rained.")


@pytest.mark.parametrize(
    "html", ["", "   ", "\0", "<", "<html", "no page", "<?xml version='1.0'?>", "\ud800"]
)
def test_an_empty_page_has_only_the_address_that_was_given(html: str) -> None:
    found = read_metadata(html, "https://valley.example/a")
    assert found._replace(title=None, site=None) == Metadata(url="https://valley.example/a")


LONG = 1_000_000
HOSTILE = {
    "broken linked data": '<script type="application/ld+json">{"headline": "Rain", "author": [</script>',
    "much broken linked data": '<script type="application/ld+json">{' + '"author":' * 100_000 + "</script>",
    "deeply nested linked data": f'<script type="application/ld+json">{"[" * 200_000}</script>',
    "nested headlines": linked({**ARTICLE, "headline": json.loads("[" * 400 + "]" * 400)}),
    "a circle of ids": linked({**ARTICLE, "@id": "#a", "name": "A", "author": {"@id": "#a"}}),
    "wrong types": linked({key: {"@type": [1, None]} for key in ARTICLE}, [[]], 7, None, {"@type": 7}),
    "a long attribute": meta("og:title", "<" * LONG),
    "long linked data": linked({**ARTICLE, "headline": "<" * LONG}),
    "half a character": linked({**ARTICLE, "description": "\ud800", "inLanguage": "\ud800"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_head_does_not_hide_the_heading(name: str) -> None:
    found = read_metadata(page(HOSTILE[name]))
    assert found.title in ("Rain floods the valley", "Rain")
    assert all(len(value.encode()) < 10_000 for value in found if value)


def test_deeply_nested_elements_do_no_harm() -> None:
    assert read_metadata(page(body=BODY + "<div>" * 100_000)).title == "Rain floods the valley"


def test_what_stands_behind_the_limit_is_not_looked_at() -> None:
    html = page(body="<h1>Rain</h1><!--" + "x" * PAGE_LIMIT + "-->" + '<a rel="author">Jane Doe</a>')
    assert read_metadata(html)[:2] == ("Rain", None)


@pytest.mark.parametrize("character", ["\x1f", "\x0b", "&#31;", "&#11;", "&#xFFFE;", "\ufffe", "\x85"])
def test_control_characters_do_no_harm(character: str) -> None:
    html = page(meta("author", f"Jane{character} Doe"), f"{BODY}<p>a@b.example{character}</p>{character}@")
    assert read_metadata(html)[:2] == ("Rain floods the valley", "Jane Doe")


def test_an_xml_declaration_does_not_change_the_letters() -> None:
    html = '<?xml version="1.0" encoding="iso-8859-1"?>' + page(body="<h1>Schnee über Köln</h1>")
    assert read_metadata(html).title == "Schnee über Köln"


@pytest.mark.parametrize("broken", ["trafilatura.extract_metadata", "htmldate.find_date"])
def test_a_package_that_raises_costs_no_more_than_its_field(
    broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(broken, fail)
    found = read_metadata(articled())
    assert found[:3] == ("Rain floods the valley", "Jane Doe", ARTICLE["datePublished"])


def test_the_date_is_still_searched_for_when_the_rest_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.extract_metadata", lambda *_args, **_options: None)
    assert read_metadata(page(body=BODY + '<p class="date">4 January 2024</p>')).date == "2024-01-04"


@pytest.mark.parametrize("nonsense", [7, "", "yesterday", "2024-13-45", "9999-99-99"])
def test_nonsense_of_a_package_does_not_come_out(nonsense: object, monkeypatch: pytest.MonkeyPatch) -> None:
    class Found:
        title = author = sitename = description = date = nonsense

    monkeypatch.setattr("trafilatura.extract_metadata", lambda *_args, **_options: Found())
    assert read_metadata(page()).date is None


@pytest.mark.parametrize("package", ["trafilatura", "htmldate"])
def test_a_missing_package_is_named_with_its_extra(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError) as caught:
        read_metadata(page())
    assert isinstance(caught.value, NewscleanError)
    assert isinstance(caught.value, ImportError)
    assert str(caught.value) == (
        "reading metadata needs trafilatura, which is not installed: pip install newsclean[metadata]"
    )


VALUES = st.recursive(
    st.none()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from(["NewsArticle", "2024-01-04", "#a", "Jane Doe"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*ARTICLE, "@id", "name"]), inner)
    ),
    max_leaves=8,
)


@example(data=None, head="@\x1f", url=None)
@given(data=VALUES, head=st.text(max_size=40), url=st.none() | st.text(max_size=20))
def test_no_page_raises_and_every_field_is_believable(data: object, head: str, url: str | None) -> None:
    found = read_metadata(page(linked(data, {**ARTICLE, "author": data, "datePublished": data}) + head), url)
    for value in found:
        assert value is None or (value.strip() == value and value.encode())
    for day in (found.date, found.updated):
        assert day is None or date.fromisoformat(day[:10]) < date.max
    assert found.language is None or len(found.language) == 2
