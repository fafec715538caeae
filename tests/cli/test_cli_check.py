from __future__ import annotations

import json
from pathlib import Path

import pytest

from console import Ran, call, spawn

pytestmark = pytest.mark.usefixtures("here", "shipped_rules_read_once")

# Of the junk "Leave a Reply" goes and "Zorbel" stays; the rule in mine.toml takes a line of an article.
TEXTS = [
    {
        "id": "one",
        "lang": "en",
        "text": "The river rose all day.\nLeave a Reply\nZorbel",
        "spans": [
            {"start": 24, "end": 37, "category": "comment_template"},
            {"start": 38, "end": 44, "category": "tags"},
        ],
        "source": "written",
    },
    {"id": "two", "lang": "de", "text": "Es regnet.", "spans": [], "source": "written"},
    {"id": "three", "lang": "en", "text": "Snow fell on the hills.", "spans": [], "source": "written"},
]
JUNK = len("LeaveaReply") + len("Zorbel")
ARTICLE = len("Theriverroseallday.") + len("Esregnet.") + len("Snowfellonthehills.")
PACK = (
    '[[rule]]\nid = "snow-line"\ncategory = "related"\nscope = "line"\nlanguages = ["*"]\nstrength = "certain"\n'
    'why = "Made up."\nsource = "a test"\nphrases = ["Snow fell on the hills"]\n'
)


@pytest.fixture(autouse=True)
def labelled(here: Path) -> None:
    Path("set.jsonl").write_text("".join(json.dumps(text) + "\n" for text in TEXTS))
    Path("mine.toml").write_text(PACK)


def figures(*args: str) -> dict[str, object]:
    found = json.loads(call("check", "set.jsonl", "--json", *args).text)
    assert isinstance(found, dict)
    return found


def test_the_figures_of_a_set() -> None:
    assert figures() == {
        "documents": 3,
        "junk_characters": JUNK,
        "junk_removed": 11 / 17,
        "article_characters": ARTICLE,
        "article_lost": 0,
        "harm": 0,
        "documents_harmed": 0,
        "untouched": [2, 2],
        "span_precision": 1,
        "span_recall": 1 / 2,
        "category_right": 1,
        "errors": 0,
        "by_category": {
            "comment_template": {"junk": 11, "removed": 1, "article_lost": 0},
            "tags": {"junk": 6, "removed": 0, "article_lost": 0},
        },
        "by_language": {
            "en": {"junk": 17, "removed": 11 / 17, "harm": 0},
            "de": {"junk": 0, "removed": None, "harm": 0},
        },
    }


def test_lost_article_shows_in_the_figures() -> None:
    found = figures("--rules", "mine.toml")
    assert found["article_lost"] == 19
    assert found["harm"] == 19 / ARTICLE
    assert found["documents_harmed"] == 1
    assert found["untouched"] == [1, 2]
    assert found["span_precision"] == 1 / 2


def test_labelled_leaves_removals_of_other_categories_out() -> None:
    found = figures("--rules", "mine.toml", "--labelled", "comment_template", "--labelled", "tags")
    assert found == figures()


def test_the_table_has_the_figures_for_people() -> None:
    ran = spawn("check", "set.jsonl")
    assert (ran.status, ran.err) == (0, "")
    table = [" ".join(line.split()) for line in ran.text.splitlines()]
    assert table == [
        f"3 documents, {JUNK} junk and {ARTICLE} article characters (white space not counted)",
        "junk removed 64.71%",
        "harm 0.000% 0 article characters lost, 0 documents with more than 1% lost",
        "untouched 2/2 texts without junk",
        "span precision 100.00% 1/1",
        "span recall 50.00% 1/2",
        "category right 100.00%",
        "",
        "category junk removed article lost",
        "comment_template 11 100.0% 0",
        "tags 6 0.0% 0",
        "",
        "language junk removed harm",
        "en 17 64.7% 0.000%",
        "de 0 - 0.000%",
    ]


def test_worst_shows_what_was_lost_and_what_was_left() -> None:
    shown = call("check", "set.jsonl", "--rules", "mine.toml", "--worst", "3").text
    assert shown.endswith(
        "\narticle lost: 1 spans; snow-line 1\n  three [en] related snow-line\n    Snow fell on the hills.\n"
        "\njunk left: 1 spans; tags 1\n  one [en] tags \n    Zorbel\n"
    )


@pytest.mark.parametrize(
    ("floor", "reached", "missed", "name"),
    [
        ("--min-removed", 0.64, 0.65, "junk removed"),
        ("--min-recall", 0.5, 0.51, "span recall"),
        ("--min-untouched", 0.5, 0.51, "untouched"),
        ("--min-precision", 0.5, 0.51, "span precision"),
        ("--max-harm", 0.41, 0.40, "harm"),
    ],
)
def test_a_floor_that_is_missed_is_told_of_and_is_status_1(
    floor: str, reached: float, missed: float, name: str
) -> None:
    def run(value: float) -> Ran:
        return call("check", "set.jsonl", "--rules", "mine.toml", floor, value)

    assert (run(reached).status, run(reached).err) == (0, "")
    assert run(missed).status == 1
    assert run(missed).err.startswith(f"newsclean: {name}: expected {missed:.3%} or better, got ")


def test_the_category_floor_looks_at_the_categories_of_what_went() -> None:
    text = {**TEXTS[0], "spans": [{"start": 24, "end": 37, "category": "tags"}]}
    Path("set.jsonl").write_text(json.dumps(text))
    assert call("check", "set.jsonl", "--min-category", 0).status == 0
    assert call("check", "set.jsonl", "--min-category", 0.01).status == 1


def test_a_floor_is_a_share() -> None:
    ran = call("check", "set.jsonl", "--min-removed", 60)
    assert ran.status == 2
    assert "60.0 is not in the range 0<=x<=1" in ran.err


def test_a_text_in_which_something_goes_wrong_is_status_1(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("newsclean.settling.Settling.report", fail)
    ran = call("check", "set.jsonl")
    assert ran.status == 1
    assert "errors           3 documents came through unchanged" in ran.text


def test_folders_are_read_whole() -> None:
    Path("sets/deep").mkdir(parents=True)
    for name in ("sets/a.jsonl", "sets/deep/b.jsonl", "sets/notes.txt"):
        Path(name).write_text(Path("set.jsonl").read_text())
    assert json.loads(call("check", "sets", "set.jsonl", "--json").text)["documents"] == 9


GOOD = json.dumps(TEXTS[1]).encode()


def span(start: object, end: object, category: str = "tags") -> bytes:
    spans = [{"start": start, "end": end, "category": category}]
    return json.dumps({"id": "x", "text": "Rain fell.", "spans": spans}).encode()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "Expecting property name"),
        (b"[1]", "a JSON list"),
        (b'{"id": "x", "text": ""}', "no 'spans'"),
        (b'{"id": "x", "spans": []}', "no 'text'"),
        (b'{"text": "", "spans": []}', "no 'id'"),
        (b'{"id": "x", "text": 5, "spans": []}', "a text of type int"),
        (b'{"id": "x", "text": "\xff", "spans": []}', "'utf-8' codec can't decode byte 0xff"),
        (span(0, 4, "spam"), "the unknown category 'spam'"),
        (span(0, 11), "the span 0-11, out of order or outside the text"),
        (span(4, 4), "the span 4-4, out of order or outside the text"),
        (span(-1, 4), "the span -1-4, out of order or outside the text"),
        (span(4, 6), "the span 4-6 with white space at an end"),
        (span("0", 4), ""),
        (span(0, None), ""),
    ],
)
def test_a_broken_labelled_text_is_named_by_file_and_line(line: bytes, said: str) -> None:
    Path("bad.jsonl").write_bytes(GOOD + b"\n\n" + line + b"\n" + GOOD)
    ran = call("check", "set.jsonl", "bad.jsonl")
    assert (ran.status, ran.out) == (1, b"")
    assert ran.err.startswith(f"newsclean: bad.jsonl:3: expected a labelled text, got {said}")
    assert ran.err.count("\n") == 1


def test_a_set_without_texts_passes_no_floor() -> None:
    Path("empty.jsonl").write_text("\n")
    ran = call("check", "empty.jsonl", "--min-removed", 0.5)
    assert (ran.status, ran.err) == (1, "newsclean: empty.jsonl: expected labelled texts, got none\n")


def test_a_folder_without_sets_is_told_of() -> None:
    Path("folder").mkdir()
    ran = call("check", "folder")
    assert (ran.status, ran.err) == (
        1,
        "newsclean: folder: expected a .jsonl file of labelled texts or a folder of them\n",
    )
