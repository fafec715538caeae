from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.pipeline.records import Record, read_jsonl, read_txt
from strategies import any_text


def txt(data: bytes) -> Record:
    (record,) = read_txt(io.BytesIO(data), "page.txt", "text")
    return record


def jsonl(data: bytes, field: str = "text") -> list[Record]:
    return list(read_jsonl(io.BytesIO(data), "pages.jsonl", field))


@given(any_text.filter(lambda text: not re.search("[\ud800-\udfff]", text)))
def test_a_text_file_is_read_and_rendered_byte_for_byte(text: str) -> None:
    record = txt(text.encode())
    assert (record.text, record.render(text), record.error) == (text, text.encode(), None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff", "byte 0 (line 1): expected UTF-8, got 0xff"),
        (b"Rain\ncaf\xe9\n", "byte 8 (line 2): expected UTF-8, got 0xe9"),
        (b"Rain\n\xe2\x82", "byte 5 (line 2): expected UTF-8, got 0xe2"),
        (b"\xed\xa0\x80", "byte 0 (line 1): expected UTF-8, got 0xed"),
        ("Rain".encode("utf-16"), "byte 0 (line 1): expected UTF-8, got 0xff"),
    ],
)
def test_bytes_that_are_no_utf8_are_named(data: bytes, said: str) -> None:
    assert txt(data).error == said


GOOD = b'{"text": "Rain"}'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"Rain", "column 1: expected JSON, Expecting value"),
        (GOOD[:-2], "column 10: expected JSON, Unterminated string starting at"),
        (GOOD * 2, "column 17: expected JSON, Extra data"),
        (b"[1]", "expected an object, got a list"),
        (b'"text"', "expected an object, got text"),
        (b"7", "expected an object, got a number"),
        (b"{}", "expected a field 'text', got none (see --text-field)"),
        (b'{"body": "", "id": 1}', "expected a field 'text', got 'body', 'id' (see --text-field)"),
        (b'{"text": 7}', "expected text in 'text', got a number"),
        (b'{"text": 7.5}', "expected text in 'text', got a number"),
        (b'{"text": NaN}', "expected text in 'text', got a number"),
        (b'{"text": null}', "expected text in 'text', got null"),
        (b'{"text": true}', "expected text in 'text', got true or false"),
        (b'{"text": ["Rain"]}', "expected text in 'text', got a list"),
        (b'{"text": {"en": ""}}', "expected text in 'text', got an object"),
        (b'{"text": "\xff"}', "byte 10: expected UTF-8, got 0xff"),
        (b"[" * 100_000, "expected JSON, got one that is nested too deeply"),
    ],
)
def test_a_broken_line_is_named_and_the_next_ones_are_read(line: bytes, said: str) -> None:
    records = jsonl(b"\n".join([GOOD, line, GOOD]))
    assert [(record.where, record.error) for record in records] == [
        ("pages.jsonl:1", None),
        ("pages.jsonl:2", said),
        ("pages.jsonl:3", None),
    ]


def test_many_other_fields_are_not_all_told() -> None:
    (record,) = jsonl(json.dumps(dict.fromkeys("abcdefghijkl")).encode())
    assert (
        record.error == f"expected a field 'text', got {', '.join(map(repr, 'abcdefgh'))} (see --text-field)"
    )


def test_blank_lines_are_passed_over_but_counted() -> None:
    assert [r.where for r in jsonl(b"\n" + GOOD + b"\n \t\r\n\n" + GOOD)] == [
        "pages.jsonl:2",
        "pages.jsonl:5",
    ]


def test_a_byte_order_mark_before_a_record_is_carried() -> None:
    for record in jsonl((b"\xef\xbb\xbf" + GOOD + b"\r\n") * 2):
        assert record.text == "Rain"
        assert record.render("Rain") == b"\xef\xbb\xbf" + GOOD + b"\r\n"
        assert record.render("Snow") == b'\xef\xbb\xbf{"text": "Snow"}\r\n'
    assert jsonl(b"\xef\xbb\xbf") == jsonl(b"\xef\xbb\xbf\r\n") == []


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ('{"text":"Rain"}', '{"text":"Snow"}'),
        (' { "text" : "Rain" } ', ' { "text" : "Snow" } '),
        ('{"id":1.10,"text":"Rain","n":1e400}', '{"id":1.10,"text":"Snow","n":1e400}'),
        ('{"n":%s,"text":"Rain"}' % ("9" * 5000), '{"n":%s,"text":"Snow"}' % ("9" * 5000)),
        ('{"a":{"text":"Rain"},"text":"Rain"}', '{"a":{"text":"Rain"},"text":"Snow"}'),
        ('{"text":"Fog","text":"Rain"}', '{"text":"Fog","text":"Snow"}'),
        ('{"te\\u0078t":"Rain","b":"\\/"}', '{"te\\u0078t":"Snow","b":"\\/"}'),
        ('{"a}{":"\\"}","text":"Rain"}', '{"a}{":"\\"}","text":"Snow"}'),
        ('{"a":[],"b":[1, 2],"text":"Rain"}', '{"a":[],"b":[1, 2],"text":"Snow"}'),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_the_value_of_the_text_field_changes(line: str, made: str, end: str) -> None:
    (record,) = jsonl((line + end).encode())
    assert record.text == "Rain"
    assert record.render("Snow") == (made + end).encode()


def test_a_record_that_does_not_change_keeps_its_way_of_writing() -> None:
    line = b'{"text": "Rain\\/snow \\u0041\\u00E9", "text2": 1}\r\n'
    (record,) = jsonl(line)
    assert record.text == "Rain/snow A\u00e9"
    assert record.render(record.text) == line


def test_the_last_line_gets_a_line_end() -> None:
    (record,) = jsonl(GOOD)
    assert record.render("Rain") == GOOD + b"\n"
    assert record.render("Snow") == b'{"text": "Snow"}\n'


@pytest.mark.parametrize(
    ("line", "clean", "made"),
    [
        ('{"text": "Caf\u00e9 x"}', "Caf\u00e9", '{"text": "Caf\u00e9"}'),
        ('{"text": "Caf\\u00e9 x"}', "Caf\u00e9", '{"text": "Caf\\u00e9"}'),
        ('{"a": "\u00e9", "text": "\\ud800 x"}', "\ud800", '{"a": "\u00e9", "text": "\\ud800"}'),
    ],
)
def test_letters_are_escaped_as_they_were(line: str, clean: str, made: str) -> None:
    (record,) = jsonl(line.encode() + b"\n")
    assert record.render(clean).decode() == made + "\n"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60)
@given(
    before=st.dictionaries(any_text, json_values, max_size=3),
    after=st.dictionaries(any_text, json_values, max_size=3),
    field=any_text,
    text=any_text,
    clean=any_text,
    ascii_only=st.booleans(),
    separators=st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", "  : ")]),
)
def test_any_record_keeps_its_other_fields(
    before: dict[str, object],
    after: dict[str, object],
    field: str,
    text: str,
    clean: str,
    ascii_only: bool,
    separators: tuple[str, str],
) -> None:
    data = {**before, field: text, **{key: value for key, value in after.items() if key != field}}
    line = json.dumps(data, ensure_ascii=ascii_only, separators=separators)
    if re.search("[\ud800-\udfff]", line):
        line = json.dumps(data, separators=separators)
    (record,) = jsonl(line.encode() + b"\n", field)
    assert record.text == text
    assert record.render(text) == line.encode() + b"\n"
    assert json.loads(record.render(clean)) == {**data, field: clean}
