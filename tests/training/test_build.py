from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newsclean.errors import DataFormatError
from newsclean.training import build as module
from newsclean.training.build import build
from newsclean.training.extractors import EXTRACTORS
from newsclean.training.hand import digest, write_hand_labels
from newsclean.training.texts import TrainingText, read_texts

STORY = (
    "Rain fell all day in the valley, and the mayor said that it would not stop before Sunday.",
    "Two bridges were closed in the night because of the water, and a third one may follow soon.",
    "Schools stay open, said the council, but buses will leave an hour later than the timetable has it.",
    "Farmers along the lower river were told to bring their animals up to the hills before it was dark.",
    "The last flood of this size was thirty years ago, when the mill was lost and never built again.",
)
GOLD = "\n".join(STORY)
REPLY, MENU, SHORT = "Leave a Reply", "Menu", "The river at night"
PAGE = "".join(f"<p>{line}</p>" for line in (*STORY, REPLY)) + f"<nav>{MENU}</nav>"


def paragraphs(html: bytes) -> str | None:
    return "\n".join(re.findall("<p>(.*?)</p>", html.decode())) or None


def everything(html: bytes) -> str | None:
    return "\n\n".join(f"  {line} " for line in re.findall(">([^<]+)<", html.decode())) or None


def broken(html: bytes) -> str | None:
    raise ValueError("a page\nthat it does not like")


@pytest.fixture(autouse=True)
def own_extractors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small extractors, run in threads: processes of their own may not have them."""
    made: Mapping[str, Callable[[bytes], str | None]] = {
        "one": paragraphs, "two": paragraphs, "three": paragraphs, "inscriptis": everything, "broken": broken,
    }  # fmt: skip
    for name, extractor in made.items():
        monkeypatch.setitem(EXTRACTORS, name, extractor)
    monkeypatch.setattr(module, "ProcessPoolExecutor", ThreadPoolExecutor)


def make_folder(folder: Path, *records: Mapping[str, object], html: str = PAGE) -> Path:
    (folder / "html").mkdir(parents=True)
    usual = {"lang": "en", "page_type": "article", "site": "valley.example", "text": GOLD}
    lines = [json.dumps({**usual, **record}) for record in records]
    (folder / "gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for record in records:
        if record["id"] != "gone":
            (folder / "html" / f"{record['id']}.html.gz").write_bytes(gzip.compress(html.encode()))
    return folder


def made_of(
    tmp_path: Path,
    *records: Mapping[str, object],
    extractors: tuple[str, ...] = ("one",),
    hand: Mapping[str, str] | None = None,
    html: str = PAGE,
) -> dict[str, TrainingText]:
    """The texts by id; `hand` gives the verdicts on lines of pages/a."""
    folder = make_folder(tmp_path / "pages", *records, html=html)
    labels, out = tmp_path / "hand.jsonl.gz", tmp_path / "texts.jsonl.gz"
    write_hand_labels(labels, [("pages/a", {digest(line): label for line, label in (hand or {}).items()})])
    count = build([folder], out, labels, extractors, 1)
    texts = {text.id: text for text in read_texts(out)}
    assert len(texts) == count
    return texts


def junk_of(text: TrainingText) -> dict[str, str]:
    return {text.text[start:end]: kind for start, end, kind in text.spans}


def open_of(text: TrainingText) -> list[str]:
    return [text.text[start:end] for start, end in text.open]


def test_lines_that_gold_lacks_are_junk_without_a_name(tmp_path: Path) -> None:
    texts = made_of(tmp_path, {"id": "a"}, extractors=("one", "inscriptis"))
    assert list(texts) == ["pages/a/one", "pages/a/inscriptis", "pages/a/gold"]
    assert junk_of(texts["pages/a/one"]) == {REPLY: "junk"}
    assert junk_of(texts["pages/a/inscriptis"]) == {REPLY: "junk", MENU: "junk"}
    assert texts["pages/a/gold"] == ("pages/a/gold", "en", "valley.example", GOLD, (), (), False)
    assert texts["pages/a/one"][1:3] == ("en", "valley.example")
    assert not any(text.by_hand or text.open for text in texts.values())


def test_what_gold_does_not_settle_is_open(tmp_path: Path) -> None:
    (text, _) = made_of(tmp_path, {"id": "a"}, html=f"<p>{STORY[0]}</p><p>The mayor</p>{PAGE}").values()
    assert open_of(text) == ["The mayor"]
    assert junk_of(text) == {REPLY: "junk"}


def test_labels_by_hand_win_over_gold(tmp_path: Path) -> None:
    hand = {STORY[0]: "caption", STORY[1]: "unsure", REPLY.upper(): "article", MENU: "embed"}
    texts = made_of(tmp_path, {"id": "a"}, {"id": "b"}, extractors=("inscriptis",), hand=hand)
    text = texts["pages/a/inscriptis"]
    assert junk_of(text) == {STORY[0]: "caption"}
    assert open_of(text) == [STORY[1]]
    assert not text.by_hand
    assert junk_of(texts["pages/b/inscriptis"]) == {REPLY: "junk", MENU: "junk"}


BY_HAND = {**dict.fromkeys(STORY, "article"), REPLY: "comment_template"}


def test_a_text_with_nearly_all_lines_labelled_is_one_by_hand(tmp_path: Path) -> None:
    html = PAGE.replace(STORY[0], f"{STORY[0]}</p><p>{SHORT}")
    page = {"id": "a", "page_type": "forum", "text": f"{GOLD}\n{SHORT}"}
    (text,) = made_of(tmp_path, page, extractors=("inscriptis",), hand=BY_HAND, html=html).values()
    assert text.by_hand
    assert junk_of(text) == {REPLY: "comment_template", MENU: "junk"}
    assert open_of(text) == [SHORT]


def test_a_text_labelled_by_hand_needs_no_gold_of_its_page(tmp_path: Path) -> None:
    page = {"id": "a", "text": "\n".join(["The museum sold a painting."] * 20)}
    texts = made_of(tmp_path, page, hand=BY_HAND)
    assert texts["pages/a/one"].by_hand
    assert junk_of(texts["pages/a/one"]) == {REPLY: "comment_template"}


def test_a_line_of_which_nothing_is_known_is_open(tmp_path: Path) -> None:
    page = {"id": "a", "text": ""}
    (text,) = made_of(tmp_path, page, extractors=("inscriptis",), hand=BY_HAND).values()
    assert text.by_hand
    assert open_of(text) == [MENU]


def test_without_gold_a_line_is_what_most_extractors_make_of_it(tmp_path: Path) -> None:
    names = ("one", "two", "three", "inscriptis")
    texts = made_of(tmp_path, {"id": "a", "text": ""}, extractors=names)
    assert list(texts) == [f"pages/a/{name}" for name in names]
    assert junk_of(texts["pages/a/inscriptis"]) == {MENU: "junk"}
    assert open_of(texts["pages/a/inscriptis"]) == [REPLY]


def test_snippets_name_lines_of_a_page_without_gold(tmp_path: Path) -> None:
    page = {"id": "a", "text": "", "with": [MENU], "without": [REPLY]}
    texts = made_of(tmp_path, page, extractors=("one", "two", "three", "inscriptis"))
    assert junk_of(texts["pages/a/inscriptis"]) == {REPLY: "junk"}
    assert open_of(texts["pages/a/inscriptis"]) == []


LEFT_OUT: dict[str, tuple[dict[str, object], tuple[str, ...]]] = {
    "a forum": ({"page_type": "forum"}, ()),
    "documentation, but for its gold": ({"page_type": "documentation"}, ("pages/a/gold",)),
    "a page of no type": ({"page_type": ""}, ("pages/a/one", "pages/a/gold")),
    "gold of another page": ({"text": "\n".join(["The museum sold a painting."] * 20)}, ("pages/a/gold",)),
    "gold of a few words": ({"text": STORY[0]}, ()),
    "too few extractors to agree": ({"text": ""}, ()),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_not_known_well_enough_is_left_out(name: str, tmp_path: Path) -> None:
    record, kept = LEFT_OUT[name]
    assert tuple(made_of(tmp_path, {"id": "a", **record})) == kept


@pytest.mark.parametrize("times", [0, 100])
def test_outputs_too_short_or_too_long_are_left_out(times: int, tmp_path: Path) -> None:
    html = f"<p>{STORY[0]}</p>" + PAGE * times
    assert list(made_of(tmp_path, {"id": "a"}, html=html)) == ["pages/a/gold"]


def test_an_extractor_that_fails_is_named_and_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = made_of(tmp_path, {"id": "a"}, {"id": "b"}, extractors=("broken", "one"))
    assert list(texts) == ["pages/a/one", "pages/a/gold", "pages/b/one", "pages/b/gold"]
    problem = r"ValueError('a page\nthat it does not like')"
    assert capsys.readouterr().err.splitlines() == [f"pages/{page}: broken: {problem}" for page in "ab"]


def test_an_extractor_that_finds_nothing_is_no_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(made_of(tmp_path, {"id": "a"}, html="<div></div>")) == ["pages/a/gold"]
    assert capsys.readouterr().err == ""


def test_a_page_that_cannot_be_read_is_named_and_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = made_of(tmp_path, {"id": "gone"}, {"id": "a"})
    assert list(texts) == ["pages/a/one", "pages/a/gold"]
    (problem,) = capsys.readouterr().err.splitlines()
    assert problem.startswith("pages/gone: expected a page, got FileNotFoundError(")


def test_a_page_with_broken_bytes_is_named_and_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_folder(tmp_path / "pages", {"id": "a"})
    path = folder / "html" / "a.html.gz"
    path.write_bytes(path.read_bytes()[:10] + b"\xff" * 40)
    assert build([folder], tmp_path / "texts.jsonl.gz", None, ("one",), 1) == 0
    assert capsys.readouterr().err.startswith("pages/a: expected a page, got ")


def test_it_runs_in_processes_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.undo()
    folder = make_folder(tmp_path / "pages", {"id": "gone"}, {"id": "a"})
    assert build([folder], tmp_path / "texts.jsonl.gz", None, (), 2) == 1
    assert capsys.readouterr().err.startswith("pages/gone: expected a page, got ")


def test_the_same_pages_make_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_folder(tmp_path / "pages", *({"id": f"page-{number}"} for number in range(30)))
    made = []
    for workers in (1, 3):
        out = tmp_path / str(workers) / "texts.jsonl.gz"
        out.parent.mkdir()
        monkeypatch.setattr("time.time", lambda now=workers: float(now))
        build([folder], out, None, ("one", "broken", "inscriptis"), workers)
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_folders_come_one_behind_the_other(tmp_path: Path) -> None:
    folders = [make_folder(tmp_path / name, {"id": "a"}) for name in ("two", "one")]
    out = tmp_path / "texts.jsonl.gz"
    assert build(folders, out, None, ("one",), 1) == 4
    assert [text.id for text in read_texts(out)] == ["two/a/one", "two/a/gold", "one/a/one", "one/a/gold"]


def fail_midway(tmp_path: Path) -> Path:
    out = tmp_path / "texts.jsonl.gz"
    folders = [make_folder(tmp_path / "pages", {"id": "a"}), tmp_path / "none"]
    with pytest.raises(DataFormatError, match="none: expected a folder with gold"):
        build(folders, out, None, ("one",), 1)
    return out


def test_a_build_that_fails_leaves_an_earlier_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "texts.jsonl.gz").write_bytes(b"earlier")
    assert fail_midway(tmp_path).read_bytes() == b"earlier"


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    out = fail_midway(tmp_path)
    assert [path.name for path in out.parent.iterdir()] == ["pages"]


def test_labels_that_cannot_be_read_stop_it_at_once(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "pages", {"id": "a"})
    (tmp_path / "hand.jsonl.gz").write_bytes(b"garbage")
    with pytest.raises(DataFormatError, match="expected labels of lines"):
        build([folder], tmp_path / "texts.jsonl.gz", tmp_path / "hand.jsonl.gz", ("one",), 1)
    assert not list(tmp_path.glob("texts*"))
