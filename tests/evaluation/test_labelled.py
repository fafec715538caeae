from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsclean.errors import DataFormatError
from newsclean.evaluation.labelled import Label, LabelledText, labelled_files, read_labelled
from newsclean.spans import Span
from strategies import FIXTURES


def test_a_text_is_read_with_its_labels(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    record = {
        "id": 7,
        "lang": "de",
        "text": "Ünter\u2028wegs",
        "spans": [{"start": 0, "end": 2, "category": "tags"}, {"start": 2, "end": 5, "category": "embed"}],
        "source": "written",
    }
    path.write_text("\n" + json.dumps(record, ensure_ascii=False) + "\n\n", encoding="utf-8")
    assert list(read_labelled(path)) == [
        LabelledText(
            "7", "de", "Ünter\u2028wegs", (Label(Span(0, 2), "tags"), Label(Span(2, 5), "embed")), "written"
        )
    ]


def test_language_and_source_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "x", "text": "", "spans": []}')
    assert list(read_labelled(path)) == [LabelledText("x", "", "", (), "")]


@pytest.mark.parametrize(
    "spans",
    [
        [(0, 4), (3, 6)],
        [(5, 6), (0, 4)],
        [(0, 99)],
        [(-1, 4)],
        [(4, 4)],
        [(5, 4)],
        [(0, 5)],
        [(4, 9)],
    ],
    ids=[
        "overlapping",
        "out of order",
        "too long",
        "negative",
        "empty",
        "backwards",
        "blank end",
        "blank start",
    ],
)
def test_spans_that_the_guide_forbids_are_refused(tmp_path: Path, spans: list[tuple[int, int]]) -> None:
    path = tmp_path / "set.jsonl"
    entries = [{"start": start, "end": end, "category": "tags"} for start, end in spans]
    path.write_text(json.dumps({"id": "x", "text": "Rain fell.", "spans": entries}))
    with pytest.raises(DataFormatError, match=r"set\.jsonl:1: expected a labelled text, got the span"):
        list(read_labelled(path))


def test_the_texts_before_a_broken_line_are_given(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "x", "text": "", "spans": []}\n{')
    texts = read_labelled(path)
    assert next(texts).id == "x"
    with pytest.raises(DataFormatError, match=r"set\.jsonl:2: "):
        next(texts)


def test_folders_are_searched_at_any_depth_in_order(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a/c.jsonl", "a/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert labelled_files(tmp_path) == [tmp_path / "a/c.jsonl", tmp_path / "b.jsonl"]
    assert labelled_files(tmp_path / "a/notes.txt") == [tmp_path / "a/notes.txt"]


@pytest.mark.parametrize("name", ["", "nowhere", "nowhere.jsonl"])
def test_nothing_to_read_is_told_of(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        DataFormatError, match=r"expected a \.jsonl file of labelled texts or a folder of them"
    ):
        labelled_files(tmp_path / name)


LABELLED = [path for folder in ("documents", "untouched") for path in labelled_files(FIXTURES / folder)]


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_fixture_follows_the_guide(path: Path) -> None:
    texts = list(read_labelled(path))
    assert texts
    assert len({text.id for text in texts}) == len(texts)
    assert all(text.text.strip() and text.lang and text.source for text in texts)
