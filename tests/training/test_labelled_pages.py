from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from newsclean.errors import DataFormatError
from newsclean.training.pages import head_texts, read_html, read_pages, site_of


def put(folder: Path, ident: str, html: str) -> None:
    (folder / "html").mkdir(exist_ok=True)
    (folder / "html" / f"{ident}.html.gz").write_bytes(gzip.compress(html.encode()))


IDS = {
    "https_www.taz.de_Ein-Thema_1234": "taz.de",
    "http_valley.example_news_7": "valley.example",
    "https___www.Valley.example": "valley.example",
    "https_web.archive.org_web_20200101000000_https_www.valley.example_news": "valley.example",
    "https_web.archive.org_web_20200101000000id__http_valley.example_news": "valley.example",
    "de_Bild_2024_05_03": "de_Bild",
    "na_TheNamibian_2023_12_31_2": "na_TheNamibian",
    "hard_valley.com_news": "valley",
    "hard_valley-news": "valley",
    "hard_valley.html": "valley",
    "de_Bild": "de_Bild",
    "0039": "0039",
}


@pytest.mark.parametrize("ident", IDS)
def test_an_id_names_the_site(ident: str, tmp_path: Path) -> None:
    assert site_of(tmp_path, ident) == IDS[ident]


HEADS = {
    "canonical": '<link rel="canonical" href="https://www.Valley.example/news">',
    "canonical, the address first": "<link href='https://valley.example/news' rel='canonical'>",
    "canonical without quotes": "<link rel=canonical href=http://valley.example/news>",
    "what it shares itself as": '<meta property="og:url" content="https://valley.example/news">',
    "the same, the address first": '<meta content="https://valley.example/news" property="og:url">',
    "canonical before shared": (
        '<meta property="og:url" content="https://share.example/"><link rel="canonical" href="https://valley.example/">'
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_page_names_its_site(name: str, tmp_path: Path) -> None:
    put(tmp_path, "0039", f'<html><a href="https://other.example/">x</a>{HEADS[name]}')
    assert site_of(tmp_path, "0039") == "valley.example"


def test_a_page_that_names_no_site_is_a_site_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, "0039", '<link rel="canonical" href="/news"><a href="https://other.example/">x</a>')
    assert site_of(tmp_path, "0039") == "0039"


def test_a_page_is_read_as_it_was_served(tmp_path: Path) -> None:
    put(tmp_path, "a", "<p>Ünterwegs\r\n")
    assert read_html(tmp_path, "a") == "<p>Ünterwegs\r\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pages"
    made.mkdir()
    put(made, "by-page", '<link rel="canonical" href="https://www.valley.example/">')
    return made


def write_gold(folder: Path, *records: object) -> None:
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    (folder / "gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_what_is_known_of_a_page_is_read(folder: Path) -> None:
    full = {
        "id": 7, "lang": "de", "page_type": "article", "text": "Regen\nfiel.", "with": ["Regen"],
        "without": ["Menü", "Mehr"], "site": "www.Tal.example",
    }  # fmt: skip
    write_gold(folder, full, {"id": "by-url", "url": "https://WWW.hill.example/x"}, {"id": "by-page"})
    first, second, third = read_pages(folder)
    assert first == (
        folder,
        "7",
        "de",
        "article",
        "Regen\nfiel.",
        ("Regen",),
        ("Menü", "Mehr"),
        "tal.example",
    )
    assert second == (folder, "by-url", "", "", "", (), (), "hill.example")
    assert third.site == "valley.example"
    assert first.key == "pages/7"


def test_a_folder_without_gold_is_named(folder: Path) -> None:
    with pytest.raises(DataFormatError) as refused:
        list(read_pages(folder))
    assert str(refused.value) == f"{folder}: expected a folder with gold.jsonl and html/, got none"


BAD = {
    "no JSON": "{",
    "nothing": "",
    "a list": [],
    "a string": '"x"',
    "without an id": {"text": "Rain"},
    "snippets that are no list": {"id": "x", "with": 7},
    "a site that is no name": {"id": "x", "site": 7},
}


@pytest.mark.parametrize("name", BAD)
def test_gold_of_another_form_is_named_by_its_line(name: str, folder: Path) -> None:
    write_gold(folder, {"id": "by-page"}, BAD[name])
    pages = read_pages(folder)
    assert next(pages).id == "by-page"
    with pytest.raises(DataFormatError) as refused:
        next(pages)
    assert str(refused.value).startswith(f"{folder / 'gold.jsonl'}:2: expected a page's gold, got ")


def test_gold_that_is_null_is_no_gold(folder: Path) -> None:
    write_gold(folder, {"id": "x", "site": "s", "lang": None, "page_type": None, "text": None})
    (page,) = read_pages(folder)
    assert (page.lang, page.kind, page.text) == ("", "", "")


def test_gold_that_is_not_utf_8_is_named(folder: Path) -> None:
    (folder / "gold.jsonl").write_bytes(b'{"id": "\xff"}\n')
    with pytest.raises(DataFormatError):
        list(read_pages(folder))


def test_a_page_cut_off_in_the_middle_is_a_site_of_its_own(folder: Path) -> None:
    path = folder / "html" / "by-page.html.gz"
    path.write_bytes(path.read_bytes()[:-10])
    assert site_of(folder, "by-page") == "by-page"


def test_a_page_with_a_broken_address_is_a_site_of_its_own(folder: Path) -> None:
    put(folder, "broken", '<link rel="canonical" href="https://[valley/">')
    write_gold(folder, {"id": "broken"})
    assert next(read_pages(folder)).site == "broken"


OF_ITSELF = {
    "title": ("<title>Rain in the valley</title>", ["Rain in the valley"]),
    "shared title": ('<meta property="og:title" content="Rain in the valley">', ["Rain in the valley"]),
    "shared title, in other quotes": ("<meta name='twitter:title' content='A \"long\" day'>", ['A "long" day']),
    "summary": ('<meta name="description" content="It fell all day.">', ["It fell all day."]),
    "shared summary": ('<META property="og:description" content="It fell.">', ["It fell."]),
    "headline": ("<h1 class='x'>\n  Rain in <em>the</em>\n valley </h1>", ["Rain in the valley"]),
    "entities": ("<title>Rain &amp; wind&nbsp;&ndash; all day</title>", ["Rain & wind – all day"]),
    "one wording once": ("<title>Rain fell</title><h1>Rain fell</h1>", ["Rain fell"]),
    "title, then headline": ("<h1>Headline</h1><title>Title</title>", ["Title", "Headline"]),
    "too short to tell": ("<title>Hi</title><h1>Yes</h1>", []),
    "another description": ('<meta name="author" content="Jane Doe">', []),
    "no page": ("", []),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_ITSELF)
def test_title_headline_and_summary_are_found(name: str) -> None:
    html, expected = OF_ITSELF[name]
    assert head_texts(f"<html>{html}<p>Rain fell all day.</p>".encode()) == expected


def test_at_most_eight_texts_are_found() -> None:
    html = "".join(f"<h1>Headline {number}</h1>" for number in range(20))
    assert head_texts(html.encode()) == [f"Headline {number}" for number in range(8)]


def test_a_page_in_an_unknown_encoding_is_no_error() -> None:
    assert head_texts(b"<title>Caf\xe9 closed</title>") == ["Caf\ufffd closed"]


def test_a_short_shared_title_ends_where_its_quote_ends() -> None:
    assert head_texts(b'<meta property="og:title" content="Hi"><meta name="x" content="y">') == []
