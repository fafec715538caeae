from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean import Cleaner
from newsclean.errors import DataFormatError, MissingExtraError, UnknownEngineError
from newsclean.html import engines, extractor, selection
from newsclean.html.extractor import Extractor
from newsclean.html.page import PageReport
from newsclean.html.parsing import Parsed
from newsclean.report import Report
from page_parts import ARTICLE, MENU, PROSE, article, pages

FOLDER = Path(__file__).parents[2] / "fixtures" / "pages"
FILES = sorted(FOLDER.glob("*/html/*.html"))
SETTINGS: dict[str, dict[str, Any]] = {
    "default": {},
    "off": {"text_side": "off"},
    "all": dict.fromkeys(("captions", "standfirst", "embeds", "comments", "tables", "bylines"), True),
    "none": dict.fromkeys(("captions", "standfirst", "embeds", "comments", "tables", "bylines"), False),
}
READY = {name: Extractor(**options) for name, options in SETTINGS.items()}
DEFAULT = READY["default"]
BODY = " ".join(PROSE)
LINKED = f'<script type="application/ld+json">{{"articleBody": "{PROSE[0]}\\n {PROSE[1]} \\n\\n"}}</script>'
BARE = f"<html><body>{MENU}</body></html>"


def check(html: bytes | str, settings: str) -> PageReport:
    """What holds for the report on any page."""
    report = READY[settings].analyze(html)
    assert report.error is None
    assert report.report.error is None
    assert report.text == READY[settings].extract(html)
    assert report.report.original == "\n".join(block.kept_text for block in report.kept)
    edges = [0, *(d.span.end for d in report.report.decisions)]
    assert [d.span.start for d in report.report.decisions] == edges[:-1]
    assert all(a < b for a, b in pairwise(edges))
    assert edges[-1] == len(report.report.original)
    assert PageReport.from_dict(json.loads(json.dumps(report.to_dict()))) == report
    return report


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_report_on_each_test_page_is_whole_and_extract_gives_its_text(file: Path, settings: str) -> None:
    report = check(file.read_bytes(), settings)
    assert report.blocks
    assert report.page_type


@given(pages, st.sampled_from(sorted(SETTINGS)))
def test_the_report_on_any_page_is_whole_and_extract_gives_its_text(html: str, settings: str) -> None:
    check(html, settings)


@given(st.binary(max_size=200) | pages.map(lambda html: html.encode("utf-8", "replace")[1:-1]))
def test_any_bytes_are_read(html: bytes) -> None:
    check(html, "default")


@given(
    st.text(max_size=60) | pages, st.none() | st.text(max_size=20) | st.sampled_from(["http://[", "//", "\0"])
)
def test_no_address_stops_a_page(html: str, url: str | None) -> None:
    report = DEFAULT.analyze(html, url)
    assert (report.error, report.url) == (None, url)
    assert report.text == DEFAULT.extract(html, url)


@given(pages)
def test_bytes_and_text_of_a_page_give_the_same_article(html: str) -> None:
    data = html.encode("utf-8", "replace")
    text, told = data.decode(), DEFAULT.analyze(data)
    assert told.encoding
    if told.encoding == "utf-8":
        assert replace(told, encoding="") == replace(DEFAULT.analyze(text), encoding="")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_bytes_and_text_of_a_test_page_give_the_same_article(file: Path) -> None:
    assert DEFAULT.extract(file.read_bytes()) == DEFAULT.extract(file.read_text("utf-8"))


@pytest.mark.parametrize("bad", [None, 3, ["<p>"]])
def test_what_is_neither_bytes_nor_str_is_refused(bad: Any) -> None:
    for call in (DEFAULT.extract, DEFAULT.analyze):
        with pytest.raises(TypeError):
            call(bad)


def test_an_encoding_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DataFormatError):
        DEFAULT.extract(b"<p>x", encoding="no-such-thing")


def test_the_encoding_given_is_the_one_that_counts() -> None:
    page = article("Der Fluss stieg über die Brücke und überflutete die Häuser am Ufer der Stadt.", *PROSE)
    report = DEFAULT.analyze(page.encode("cp1252"), encoding="cp1252")
    assert "über die Brücke" in report.text
    assert report.encoding == "cp1252"


def test_an_article_is_told_from_the_page_around_it() -> None:
    report = DEFAULT.analyze(ARTICLE)
    assert report.text.split("\n")[-5:] == list(PROSE)
    assert {"Home", "News", "About us Terms"} <= {block.text for block in report.left_out}
    assert (report.engine, report.tried, report.cut) == ("newsclean", (), "")


def test_an_error_on_the_way_is_told_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Parsed:
        raise RecursionError("too deep")

    monkeypatch.setattr(extractor, "parse", broken)
    report = DEFAULT.analyze(ARTICLE, "http://a.b/")
    assert (report.text, report.blocks, report.error) == ("", (), "RecursionError: too deep")
    assert (report.url, report.engine) == ("http://a.b/", "newsclean")
    assert DEFAULT.extract(ARTICLE) == ""
    assert PageReport.from_dict(report.to_dict()) == report


def test_many_pages_come_in_their_order_one_by_one() -> None:
    taken = []

    def stream() -> Any:
        for number in range(4):
            taken.append(number)
            text = article(*PROSE[number:], f"Page {number} ends here, in the rain, as it began.")
            yield (text, f"http://a.b/{number}") if number % 2 else text.encode()

    for many in (DEFAULT.extract_many, lambda p: (r.text for r in DEFAULT.analyze_many(p))):
        taken.clear()
        found = many(stream())
        assert taken == []
        assert "Page 0 ends" in next(found)
        assert taken == [0]
        assert [f"Page {n}" in text for n, text in enumerate(found, 1)] == [True] * 3
    assert [report.url for report in DEFAULT.analyze_many(stream())] == [
        None,
        "http://a.b/1",
        None,
        "http://a.b/3",
    ]


def test_an_error_on_one_page_of_many_does_not_stop_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    real = extractor.parse

    def sometimes(html: str, *rest: Any) -> Parsed:
        if "break" in html:
            raise ValueError("broken")
        return real(html, *rest)

    monkeypatch.setattr(extractor, "parse", sometimes)
    errors = [report.error for report in DEFAULT.analyze_many([ARTICLE, "break", ARTICLE])]
    assert errors == [None, "ValueError: broken", None]


def test_an_engine_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownEngineError, match="newsclean, trafilatura, justext"):
        Extractor(engine="readability")


@pytest.mark.parametrize("bad", ["on", "", None, 2, "Open"])
def test_a_text_side_that_does_not_exist_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match="text_side"):
        Extractor(text_side=bad)


def without(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    real = engines.find_spec
    monkeypatch.setattr(engines, "find_spec", lambda name: None if name in packages else real(name))


@pytest.mark.parametrize("engine", ["trafilatura", "justext"])
def test_an_engine_that_is_not_installed_is_an_error_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    without(monkeypatch, engine)
    asked = Extractor(engine=engine)
    for call in (asked.extract, asked.analyze):
        with pytest.raises(MissingExtraError, match=r"newsclean\[engines\]"):
            call(ARTICLE)


@pytest.mark.parametrize("engine", ["trafilatura", "justext"])
def test_another_engine_s_lines_are_the_page_s_blocks(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    found = [PROSE[1], "A line of no block.", PROSE[0]]
    monkeypatch.setitem(engines._PACKAGED, engine, lambda *_: ["", f" {found[0]} ", *found[1:]])
    report = Extractor(engine=engine, text_side=False).analyze(ARTICLE)
    assert report.text == "\n".join(found)
    assert [block.text for block in report.kept] == found
    assert {block.reason for block in report.kept} == {f"found by {engine}"}
    left = {block.text: block.reason for block in report.left_out}
    assert left[PROSE[2]] == f"not found by {engine}"
    assert left["Home"].startswith("scored")
    assert (report.engine, report.tried) == (engine, ())
    assert Extractor(engine=engine, text_side=False).extract(ARTICLE) == report.text


@pytest.mark.parametrize("found", ["none", "raises"])
def test_another_engine_that_finds_nothing_or_fails_leaves_no_article(
    monkeypatch: pytest.MonkeyPatch, found: str
) -> None:
    def fails(*_: Any) -> list[str]:
        raise RuntimeError("cannot")

    monkeypatch.setitem(engines._PACKAGED, "justext", fails if found == "raises" else lambda *_: [" "])
    report = Extractor(engine="justext").analyze(ARTICLE)
    assert (report.text, report.engine, report.tried, report.error) == ("", "justext", ("justext",), None)
    assert report.blocks
    assert not report.kept


@pytest.fixture
def nothing_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own engine scores no block as the article's."""
    real = selection.find_blocks
    monkeypatch.setattr(
        selection, "find_blocks", lambda *given: (f := real(*given))._replace(scores=f.scores * 0, limit=0.5)
    )


@pytest.mark.usefixtures("nothing_found")
def test_where_our_engine_finds_nothing_the_linked_data_is_taken() -> None:
    report = DEFAULT.analyze(BARE.replace("<body>", f"<body>{LINKED}"))
    assert report.text == f"{PROSE[0]}\n{PROSE[1]}"
    assert (report.engine, report.tried) == ("linked data", ())
    assert DEFAULT.extract(BARE.replace("<body>", f"<body>{LINKED}")) == report.text


def test_where_our_engine_finds_the_article_no_other_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for engine in engines._PACKAGED:
        monkeypatch.setitem(engines._PACKAGED, engine, lambda *_: pytest.fail("asked"))
    report = DEFAULT.analyze(ARTICLE.replace("<body>", f"<body>{LINKED}"))
    assert (report.engine, report.tried) == ("newsclean", ())
    assert PROSE[4] in report.text


def fails(*_: Any) -> list[str]:
    raise ValueError("odd page")


@pytest.mark.usefixtures("nothing_found")
@pytest.mark.parametrize(
    ("found", "gone", "engine", "tried"),
    [
        ({"trafilatura": ["a"], "justext": ["b"]}, (), "trafilatura", ("linked data",)),
        ({"trafilatura": [], "justext": ["b"]}, (), "justext", ("linked data", "trafilatura")),
        ({"trafilatura": None, "justext": ["b"]}, (), "justext", ("linked data", "trafilatura")),
        (
            {"trafilatura": ["a"], "justext": ["b"]},
            ("trafilatura",),
            "justext",
            ("linked data", "trafilatura"),
        ),
        ({"trafilatura": [], "justext": []}, (), "newsclean", ("linked data", "trafilatura", "justext")),
        (
            {"trafilatura": ["a"], "justext": ["b"]},
            ("trafilatura", "justext"),
            "newsclean",
            ("linked data", "trafilatura", "justext"),
        ),
    ],
)
def test_the_engines_are_fallen_back_on_in_order_and_those_that_found_nothing_are_told(
    monkeypatch: pytest.MonkeyPatch,
    found: dict[str, list[str] | None],
    gone: tuple[str, ...],
    engine: str,
    tried: tuple[str, ...],
) -> None:
    for name, lines in found.items():
        monkeypatch.setitem(
            engines._PACKAGED, name, fails if lines is None else lambda *_, lines=lines: lines
        )
    without(monkeypatch, *gone)
    report = DEFAULT.analyze(BARE)
    assert (report.engine, report.tried, report.error) == (engine, tried, None)
    assert report.text == {"trafilatura": "a", "justext": "b", "newsclean": ""}[engine]
    assert DEFAULT.extract(BARE) == report.text
    assert [block.text for block in report.left_out] == ["Home", "News"]


@pytest.mark.parametrize(
    "html", ["", b"", " \n ", "<html></html>", b"\xef\xbb\xbf", b"\0\0", "<script>x</script>"]
)
def test_a_page_of_nothing_has_no_article_and_no_error(html: bytes | str) -> None:
    report = DEFAULT.analyze(html)
    assert (report.text, report.error, report.engine) == ("", None, "newsclean")
    assert report.kept == ()


def scored(monkeypatch: pytest.MonkeyPatch, low: tuple[str, ...], share: float = 1.0) -> None:
    """All blocks are kept, those of the texts `low` with scores that leave them open."""
    real = extractor.read_blocks

    def read(*given: Any) -> Any:
        found = real(*given)
        blocks = tuple(
            replace(block, kept=True, score=0.55 if block.text in low else 0.99) for block in found.blocks
        )
        return found._replace(blocks=blocks, types={**found.types, "article": share})

    monkeypatch.setattr(extractor, "read_blocks", read)


JUNK = "Leave a Reply"
JUNKY = "".join(f"<p>{text}</p>" for text in (*PROSE, JUNK))


@pytest.mark.parametrize(
    ("text_side", "low", "goes"),
    [
        ("open", (JUNK,), True),
        (True, (JUNK,), True),
        ("open", (), False),
        ("full", (), True),
        ("off", (JUNK,), False),
        (False, (JUNK,), False),
    ],
)
def test_a_kept_line_of_junk_goes_by_what_the_text_side_looks_at(
    monkeypatch: pytest.MonkeyPatch, text_side: bool | str, low: tuple[str, ...], goes: bool
) -> None:
    scored(monkeypatch, low)
    report = Extractor(text_side=text_side).analyze(JUNKY)
    assert report.text == "\n".join(PROSE if goes else (*PROSE, JUNK))
    assert report.report.original == "\n".join((*PROSE, JUNK))
    assert [block.text for block, _ in report.pieces()] == list(PROSE if goes else (*PROSE, JUNK))


def test_on_pages_that_are_no_articles_only_the_full_text_side_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    scored(monkeypatch, (JUNK,), share=0.4)
    assert JUNK in Extractor().extract(JUNKY)
    assert JUNK not in Extractor(text_side="full").extract(JUNKY)


def test_rows_of_tables_and_preformatted_text_are_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    row = f"{JUNK} | {JUNK}"
    page = f"{JUNKY}<table><tr><th>a<th>b<tr><td>{JUNK}<td>{JUNK}</table><pre>{JUNK}</pre>"
    scored(monkeypatch, (JUNK, row))
    report = Extractor().analyze(page)
    assert report.text.split("\n")[5:] == ["a | b", row, JUNK]
    assert report.report.original.split("\n")[5:] == [JUNK, "a | b", row, JUNK]


@given(pages)
def test_the_full_text_side_is_the_cleaner_on_the_kept_lines(html: str) -> None:
    report = FULL.analyze(html)
    lines = [block.kept_text for block in OFF.analyze(html).kept]
    assert report.report == FULL.cleaner.analyze("\n".join(lines))
    assert OFF.extract(html) == "\n".join(lines)


FULL, OFF = Extractor(text_side="full"), Extractor(text_side="off")


def test_the_cleaner_given_does_the_text_side(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Cleaner(profile="precision")
    monkeypatch.setattr(Cleaner, "analyze", lambda self, text: Report(text, (), self.profile, ("xx",)))
    report = Extractor(text_side="full", cleaner=mine).analyze(ARTICLE)
    assert (report.report.profile, report.report.languages) == ("precision", ("xx",))


def test_metadata_is_read_when_asked_for_and_only_then() -> None:
    page = ARTICLE.replace("<html>", "<html lang=en>")
    assert Extractor(metadata=True).analyze(page).title == "The flood"
    assert DEFAULT.analyze(page).title is None
    assert Extractor(metadata=True).extract(page) == DEFAULT.extract(page)


GOLD = [json.loads(line) for line in (FOLDER / "articles" / "gold.jsonl").read_text("utf-8").splitlines()]
SWITCHED = {
    "captions": [(gold, text) for gold in GOLD for text in gold["captions"]],
    "standfirst": [(gold, gold["standfirst"]) for gold in GOLD if gold["standfirst"]],
    "bylines": [(gold, gold["byline"]) for gold in GOLD if gold["byline"]],
    "comments": [(gold, text) for gold in GOLD for text in gold["comments"]],
    "embeds": [(gold, text) for gold in GOLD for text in gold["kinds"]["embed"]],
    "tables": [(gold, text) for gold in GOLD for text in gold["kinds"]["table row"]],
}


def shares(name: str) -> dict[bool, float]:
    """Of the texts that a switch is about, how many are in the article with it on, and with it off."""
    made = {}
    for on in (True, False):
        switched = Extractor(text_side="off", **{name: on})
        texts = {gold["id"]: switched.extract(page(gold)) for gold in GOLD}
        hits = [squeezed(text) in squeezed(texts[gold["id"]]) for gold, text in SWITCHED[name]]
        made[on] = sum(hits) / len(hits)
    return made


def page(gold: dict[str, Any]) -> bytes:
    return (FOLDER / "articles" / "html" / f"{gold['id']}.html").read_bytes()


def squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


@pytest.mark.parametrize("name", SWITCHED)
def test_a_switch_keeps_and_leaves_out_what_it_is_named_for(name: str) -> None:
    assert SWITCHED[name]
    made = shares(name)
    assert made[True] >= 0.9
    assert made[False] <= 0.15  # a standfirst's words may come again in the article


def test_a_byte_order_mark_at_the_head_of_a_text_is_none_of_the_page() -> None:
    assert DEFAULT.analyze(f"\ufeff{ARTICLE}").blocks == DEFAULT.analyze(ARTICLE).blocks
