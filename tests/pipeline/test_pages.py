from __future__ import annotations

import gzip
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.errors import DataFormatError
from newsclean.pipeline import pages
from newsclean.pipeline.extracting import PageRunner, PageSummary, page_record
from newsclean.pipeline.files import plan_jobs
from newsclean.pipeline.pages import PageFields, PageRecord, page_formats, read_pages
from newsclean.pipeline.records import with_fields
from strategies import any_text
from stub_extractor import stub

PAGE = b'<h1>Rain</h1><p class="a menu">Home</p><p>Rain fell<i>[1]</i>.</p>'
RECORD = json.dumps({"id": 7, "html": PAGE.decode(), "url": "https://example.org/a"}).encode() + b"\n"
REPORT = stub(metadata=True).analyze(PAGE)
PACKED = gzip.compress(PAGE, mtime=0)  # names of tests must not change from process to process


def read(data: bytes, suffix: str = ".html", fields: PageFields = pages.USUAL) -> list[PageRecord]:
    return list(read_pages(io.BytesIO(data), "x", suffix, fields))


def errors(data: bytes, suffix: str = ".html") -> list[tuple[str, str | None]]:
    return [(record.where, record.error) for record in read(data, suffix)]


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("a.html", "a.txt"),
        ("a.HTM", "a.txt"),
        ("a.b.xhtml", "a.b.txt"),
        ("a.html.gz", "a.txt"),
        ("a.htm.GZ", "a.txt"),
        ("a.jsonl", "a.jsonl"),
        ("a.jsonl.gz", "a.jsonl"),
        ("page.php", "page.php.txt"),
        ("page", "page.txt"),
        ("a.gz", "a.gz.txt"),
    ],
)
def test_each_page_file_has_the_name_of_its_result(name: str, result: str) -> None:
    assert page_formats().result(name) == result
    assert page_formats(".md").result(name) == re.sub(r"\.txt$", ".md", result)


@pytest.mark.usefixtures("here")
def test_two_pages_for_one_result_are_refused() -> None:
    for name in ("in/a.html", "in/a.html.gz"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).touch()
    said = r"in/a\.html and in/a\.html\.gz would both go to out/a\.txt: extract them apart"
    with pytest.raises(DataFormatError, match=said):
        plan_jobs([Path("in")], Path("out"), formats=page_formats())


@given(st.binary(max_size=200).filter(lambda data: not data.startswith(b"\x1f\x8b")))
def test_a_page_is_its_bytes_packed_or_not(data: bytes) -> None:
    assert [record.html for record in read(data)] == [data]
    for suffix in (".html.gz", ".html"):
        assert [record.html for record in read(gzip.compress(data), suffix)] == [data]


def test_packed_records_are_read_packed_or_not() -> None:
    for data, suffix in [
        (RECORD * 2, ".jsonl"),
        (gzip.compress(RECORD * 2), ".jsonl.gz"),
        (gzip.compress(RECORD) + gzip.compress(RECORD), ".jsonl"),
    ]:
        assert [(r.where, r.html, r.url, r.error) for r in read(data, suffix)] == [
            (f"x:{n}", PAGE.decode(), "https://example.org/a", None) for n in (1, 2)
        ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "expected gzip, got something else"),
        (b"<p>Rain", "expected gzip, got something else"),
        (PACKED[:-9], "expected gzip, got one that is cut short"),
        (PACKED[:1], "expected gzip, got something else"),
        (PACKED[:5], "expected gzip, got one that is cut short"),
        (PACKED[:-8] + b"\0" * 8, "expected gzip, got a broken one: CRC check failed"),
        (b"\x1f\x8b\x08" + b"\xff" * 99, "expected gzip, got "),
    ],
)
def test_a_broken_packed_page_is_an_error_of_its_own(data: bytes, said: str) -> None:
    for suffix, where in ((".html.gz", "x"), (".jsonl.gz", "x:1")):
        ((place, error),) = errors(data, suffix)
        assert place == where
        assert str(error).startswith(said)


def test_records_before_the_break_of_a_packed_file_are_read() -> None:
    lines = b"".join(RECORD.replace(b"7", b"%d" % n) for n in range(5000))
    found = errors(gzip.compress(lines)[:-2000], ".jsonl.gz")
    assert len(found) > 100
    assert [error for _, error in found[:-1] if error] == []
    assert found[-1] == (f"x:{len(found)}", "expected gzip, got one that is cut short")


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_larger_than_the_limit_is_an_error_that_names_it(
    packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_BYTES", 3_000_000)
    for size, error in (
        (3_000_000, None),
        (3_000_001, "expected a page of up to 3 MB, unpacked, got a larger one"),
    ):
        data = b" " * size
        assert errors(gzip.compress(data) if packed else data) == [("x", error)]


@pytest.mark.parametrize("packed", [False, True])
def test_a_record_larger_than_the_limit_is_an_error_and_the_next_is_read(
    packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_BYTES", 2_000_000)
    data = RECORD + b'{"html": "' + b" " * 5_000_000 + b'"}\n' + RECORD
    assert errors(gzip.compress(data) if packed else data, ".jsonl") == [
        ("x:1", None),
        ("x:2", "expected a record of up to 2 MB, unpacked, got a larger one"),
        ("x:3", None),
    ]


def test_the_limit_is_two_hundred_megabytes() -> None:
    assert pages.MOST_BYTES == 200_000_000


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"Rain", "column 1: expected JSON, Expecting value"),
        (b"[1]", "expected an object, got a list"),
        (b'{"text": ""}', "expected a field 'html', got 'text' (see --html-field)"),
        (b'{"html": null}', "expected text in 'html', got null"),
        (b'{"html": "\xff"}', "byte 10: expected UTF-8, got 0xff"),
    ],
)
def test_a_broken_record_is_named_and_the_next_ones_are_read(line: bytes, said: str) -> None:
    assert errors(RECORD + line + b"\n\n" + RECORD, ".jsonl") == [("x:1", None), ("x:2", said), ("x:4", None)]


@pytest.mark.parametrize(
    ("fields", "line", "made"),
    [
        ({}, '{"id":1.10,"html":"<p>"}', '{"id":1.10,"text":"Rain"}'),
        ({}, '{"html": "<p>", "id": 7}', '{"id": 7, "text": "Rain"}'),
        ({}, '{"html": "<p>"}', '{"text": "Rain"}'),
        ({}, '{"text": "old", "html": "<p>", "a":  [1,2]}', '{"text": "Rain", "a":  [1,2]}'),
        ({}, '{"html": "<b>", "html": "<p>"}', '{"text": "Rain"}'),
        ({}, '\ufeff{"html": "<p>"}', '\ufeff{"text": "Rain"}'),
        ({"keep_html": True}, '{"html": "<p>"}', '{"html": "<p>", "text": "Rain"}'),
        ({"html": "body", "text": "body"}, '{"body": "<p>", "n": 1}', '{"body": "Rain", "n": 1}'),
        (
            {"metadata": True},
            '{"html": "<p>"}',
            '{"title": "Rain", "byline": null, "date": "2024-01-04", "language": null, "page_type": "article",'
            ' "text": "Rain"}',
        ),
        (
            {"metadata": True},
            '{"html": "", "title": 5, "date": null, "byline": "", "language": "de"}',
            '{"title": 5, "date": null, "byline": "", "language": "de", "page_type": "article", "text": "Rain"}',
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_record_gets_the_article_and_keeps_its_other_fields(
    fields: dict[str, object], line: str, made: str, end: str
) -> None:
    (record,) = read((line + end).encode(), ".jsonl", PageFields(**fields))
    assert record.render("Rain", REPORT).decode() == made + (end or "\n")
    assert (record.unchanged or b"").decode() == line + (end or "\n")


@pytest.mark.parametrize("url", ["5", "null", '["https://example.org"]'])
def test_an_address_that_is_no_text_is_none(url: str) -> None:
    (record,) = read(b'{"html": "", "url": %s}' % url.encode(), ".jsonl")
    assert record.url is None


@pytest.mark.parametrize(
    ("article", "made"),
    [("", b""), ("Rain", b"Rain\n"), ("Rain\n", b"Rain\n"), ("Caf\u00e9 \ud800", b"Caf\xc3\xa9 ?\n")],
)
def test_the_article_of_a_page_ends_its_line(article: str, made: bytes) -> None:
    (record,) = read(PAGE)
    assert record.render(article, REPORT) == made


names = st.sampled_from(["a", "b", "html", "text", "\u00e9", '"', ""])


@settings(max_examples=80)
@given(
    st.dictionaries(names, st.integers() | any_text | st.lists(st.booleans(), max_size=2), max_size=5),
    st.dictionaries(names, any_text | st.none(), max_size=3),
    st.sets(names, max_size=3),
    st.booleans(),
    st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", "  : ")]),
)
def test_fields_are_set_and_dropped_in_any_record(
    data: dict[str, object],
    values: dict[str, object],
    dropped: set[str],
    ascii_only: bool,
    separators: tuple[str, str],
) -> None:
    line = json.dumps(data, ensure_ascii=ascii_only, separators=separators)
    left = {name: value for name, value in data.items() if name not in dropped}
    made = with_fields(line, values, dropped)
    assert json.loads(made) == {**left, **values}
    assert [name for name in json.loads(made) if name in left] == list(left)


def run(data: bytes, suffix: str = ".html", **options: object) -> tuple[bytes, PageSummary]:
    out = io.BytesIO()
    runner = PageRunner(stub(), PageSummary(), page_formats(), lambda report: report.text, **options)
    runner.stream(io.BytesIO(data), out, "x", suffix)
    return out.getvalue(), runner.summary


def test_the_runner_writes_the_article() -> None:
    assert run(PAGE)[0] == b"Rain\nRain fell.\n"
    assert json.loads(run(RECORD, ".jsonl")[0]) == {
        "id": 7,
        "url": "https://example.org/a",
        "text": "Rain\nRain fell.",
    }


def test_a_page_without_an_article_is_empty_and_named_and_no_failure() -> None:
    out, summary = run(b'<p class="a menu">Home')
    assert (out, summary.failures, summary.empty) == (b"", [], ["x: no article found"])
    out, summary = run(b'{"html": ""}\n' + RECORD, ".jsonl")
    assert [json.loads(line)["text"] for line in out.splitlines()] == ["", "Rain\nRain fell."]
    assert (summary.pages, summary.empty) == (2, ["x:1: no article found"])


def test_a_page_that_fails_has_no_result_and_a_record_stays_as_it_was() -> None:
    assert run(b"<p>fail")[0] == b""
    assert run(b"<p>fail")[1].failures == ["x: ZeroDivisionError: one by nought"]
    line = b'{"html":"<p>fail","n":1.0}\n'
    out, summary = run(line, ".jsonl")
    assert out == line
    assert summary.failures == ["x:1: ZeroDivisionError: one by nought (left unchanged)"]


def test_a_page_that_fails_with_an_article_has_it_and_is_named() -> None:
    out, summary = run(b"<p>A half moon.")
    assert out == b"A half moon.\n"
    assert summary.failures == ["x: ZeroDivisionError: one by nought"]


def test_the_summary_counts_pages_articles_blocks_engines_and_junk() -> None:
    lines = [PAGE.decode(), "<p>Rain fell.", "<p>Rain fell in large drops.<p>Leave a Reply", ""]
    data = b"".join(json.dumps({"html": html}).encode() + b"\n" for html in lines)
    assert run(data + b"{\n", ".jsonl")[1].lines() == [
        "4 pages read, 3 articles found, 1 of them without junk inside; 5 of 6 blocks kept, "
        "1 piece of junk removed from them",
        "  comment_template 1",
        "  engines: newsclean 3",
        "1 page too large to be read to the end",
        "1 page without an article:",
        "  x:4: no article found",
        "1 page failed:",
        "  x:5: column 2: expected JSON, Expecting property name enclosed in double quotes",
    ]


def test_an_empty_run_is_told_in_one_line() -> None:
    assert PageSummary().lines() == [
        "0 pages read, 0 articles found, 0 of them without junk inside; 0 of 0 blocks kept, "
        "0 pieces of junk removed from them"
    ]


def test_a_report_line_says_what_was_left_out_and_why() -> None:
    report = stub(engine="justext").analyze(PAGE + b"<p>Leave a Reply", "https://example.org/a")
    record = json.loads(json.dumps(page_record("x", report)))
    removed = record.pop("removed")
    assert record == {
        "document": "x",
        "url": "https://example.org/a",
        "error": None,
        "engine": "justext",
        "tried": ["other"],
        "title": None,
        "byline": None,
        "date": None,
        "language": None,
        "page_type": "article",
        "encoding": "utf-8",
        "cut": "",
        "blocks_kept": 3,
        "blocks_left_out": 1,
        "left_out": [
            {
                "text": "Home",
                "kind": "paragraph",
                "role": "",
                "score": 0.1,
                "path": "p",
                "reason": "a menu",
            }
        ],
        "cuts": [{"text": "[1]", "reason": "a footnote mark"}],
        "languages": ["en"],
    }
    assert [(piece["category"], piece["text"]) for piece in removed] == [
        ("separator", "\n"),
        ("comment_template", "Leave a Reply"),
    ]
