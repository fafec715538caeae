from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newsclean.errors import DataFormatError
from newsclean.offtopic import model as model_module
from newsclean.training.__main__ import main
from newsclean.training.offtopic import work as work_module
from newsclean.training.offtopic.contexts import Article, Contexts
from newsclean.training.offtopic.intruders import Host
from newsclean.training.offtopic.texts import JUDGE
from newsclean.training.offtopic.work import Sources, fit_folder

STORY = "\n\n".join(f"On day {n} the river rose by a hand. The mill stood in water." for n in range(20))
PASSAGE = {
    "page": "pages/a", "lang": "en", "kind": "aside", "at": 34, "own": True, "question": "", "text": "A weir is a dam.",
}  # fmt: skip
TRAP = {"lang": "en", "form": "explainer", "text": STORY}
TOPIC = {"domain": "weather", "topic": "floods", "en": "river dam", "de": "fluss damm"}
LABELLED = {"id": "t", "lang": "en", "text": "Rain fell.\n\nMenu", "spans": [], "source": "pages/a"}
ANSWER = {"start": 12, "end": 16, "category": "offtopic"}


def packed(path: Path, *records: object) -> None:
    path.write_bytes(gzip.compress("".join(f"{json.dumps(record)}\n" for record in records).encode()))


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A file of each kind, by option; all good."""
    pages = tmp_path / "pages"
    (pages / "html").mkdir(parents=True)
    gold = [
        {"id": name, "lang": "en", "page_type": "article", "text": STORY, "site": f"{name}.example"}
        for name in ("a", "https_b.example_1")
    ]
    (pages / "gold.jsonl").write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    made = {name: tmp_path / f"{name}.jsonl.gz" for name in ("intrusions", "honest", "topics", "texts")}
    packed(made["intrusions"], PASSAGE)
    packed(made["honest"], TRAP)
    packed(made["topics"], TOPIC)
    text = {
        "id": "more/c/trafilatura",
        "lang": "en",
        "site": "c.example",
        "text": STORY,
        "spans": [],
        "open": [],
    }
    packed(made["texts"], text, text | {"id": "more/c/other"}, text | {"id": "pages/a/trafilatura"})
    for name in ("written", "judge"):
        made[name] = tmp_path / f"{name}.jsonl"
        made[name].write_text(json.dumps(LABELLED), encoding="utf-8")
    made["wordnet"] = tmp_path / "wordnet"
    made["wordnet"].mkdir()
    for part in ("noun", "verb", "adj", "adv"):
        (made["wordnet"] / f"data.{part}").write_text(
            "00000100 03 n 01 dam 0 000 | a wall\n", encoding="utf-8"
        )
    return {"pages": pages, **made}


def arguments(files: dict[str, Path], out: Path, *more: str) -> list[str]:
    options = [part for name, path in files.items() if name != "pages" for part in (f"--{name}", str(path))]
    return ["offtopic", str(files["pages"]), "-o", str(out), *options, *more]


def run(*given: str) -> Result:
    return CliRunner().invoke(main, given)


def no_gold(path: Path) -> None:
    (path / "gold.jsonl").unlink()


def no_nouns(path: Path) -> None:
    (path / "data.noun").unlink()


def second_line(path: Path) -> None:
    packed(
        path,
        {"intrusions": PASSAGE, "honest": TRAP, "topics": TOPIC}[path.name.split(".")[0]],
        {"lang": "en"},
    )


def no_json(path: Path) -> None:
    path.write_text("{\n", encoding="utf-8")


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "pages": (no_gold, "{}: expected a folder with gold.jsonl and html/, got none"),
    "intrusions": (second_line, "{}:2: expected a passage, got "),
    "honest": (second_line, "{}:2: expected an article, got "),
    "topics": (second_line, "{}:2: expected a topic, got "),
    "texts": (no_json, "{}:0: expected a training text, got "),
    "written": (no_json, "{}:1: "),
    "judge": (no_json, "{}:1: "),
    "wordnet": (no_nouns, "{}/data.noun: expected a data file of WordNet, got "),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named(name: str, files: dict[str, Path], tmp_path: Path) -> None:
    spoil, message = BAD[name]
    spoil(files[name])
    done = run(*arguments(files, tmp_path / "out"))
    assert isinstance(done.exception, DataFormatError), done.exception
    assert str(done.exception).startswith(message.format(files[name]))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["intrusions", "judge"])
def test_a_bad_file_is_an_error_and_status_two(name: str, files: dict[str, Path], tmp_path: Path) -> None:
    spoil, message = BAD[name]
    spoil(files[name])
    command = [sys.executable, "-m", "newsclean.training", *arguments(files, tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {message.format(files[name])}")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["pages", "intrusions", "honest", "topics", "texts", "wordnet", "judge"])
def test_a_file_that_is_not_there_is_a_usage_error(name: str, files: dict[str, Path], tmp_path: Path) -> None:
    done = run(*arguments(files | {name: tmp_path / "nothing"}, tmp_path / "out"))
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: ")
    assert "nothing' does not exist" in done.stderr


@pytest.mark.parametrize("name", ["intrusions", "honest", "topics"])
def test_some_files_are_required(name: str, files: dict[str, Path], tmp_path: Path) -> None:
    done = run(*arguments({key: path for key, path in files.items() if key != name}, tmp_path / "out"))
    assert done.exit_code == 2
    assert f"Missing option '--{name}'" in done.stderr


class Stop(Exception):
    """Raised instead of fitting."""


Given = tuple[list[Host], Contexts]


@pytest.fixture
def fitted_on(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Given]:
    """What would be fitted on."""
    caught: list[Given] = []

    def instead(hosts: Iterable[Host], contexts: Contexts, *_: Any) -> None:
        caught.append((list(hosts), contexts))
        raise Stop

    def read(files: dict[str, Path], learn: bool) -> Given:
        several = {name: [files[name]] for name in ("pages", "written", "judge") if name in files}
        with pytest.raises(Stop):
            fit_folder(Sources(**{**files, **several}), files["pages"].parent / "out", learn)  # type: ignore[arg-type]
        return caught[-1]

    monkeypatch.setattr(work_module, "fit_offtopic", instead)
    return read


def test_words_are_learned_from_gold_and_from_articles_of_pages_without(
    files: dict[str, Path], fitted_on: Callable[..., Given]
) -> None:
    del files["judge"]
    hosts, contexts = fitted_on(files, False)
    sites = ("a.example", "https_b.example_1.example", "c.example")
    assert contexts.articles == [Article(site, "en", STORY) for site in sites]
    assert [topic._asdict() for topic in contexts.topics] == [TOPIC]
    assert len(contexts.glosses) == 4
    assert {host.site for host in hosts if host.source == "written"} == {"a.example"}


def judge_by(files: dict[str, Path], **changed: object) -> None:
    files["judge"].write_text(json.dumps(LABELLED | {"spans": [ANSWER], **changed}), encoding="utf-8")


def page_without_a_named_site(files: dict[str, Path]) -> None:
    gold = {"id": "https_b.example_1", "lang": "en", "page_type": "article", "text": STORY}
    with (files["pages"] / "gold.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(f"\n{json.dumps(gold)}")


def test_web_sites_to_judge_by_are_kept_out(files: dict[str, Path], fitted_on: Callable[..., Given]) -> None:
    page_without_a_named_site(files)
    judge_by(files, source="pages/https_b.example_1")
    hosts, contexts = fitted_on(files, False)
    assert "b.example" not in {host.site for host in hosts} | {article.site for article in contexts.articles}
    assert JUDGE not in {host.source for host in hosts}


def test_texts_to_judge_by_may_be_learned_from(
    files: dict[str, Path], fitted_on: Callable[..., Given]
) -> None:
    page_without_a_named_site(files)
    judge_by(files, source="pages/https_b.example_1")
    files["kinds"] = files["judge"].with_name("kinds.json")
    files["kinds"].write_text('{"t": ["promotion"]}', encoding="utf-8")
    hosts, contexts = fitted_on(files, True)
    assert hosts[-1] == Host("t", "en", "b.example", JUDGE, str(LABELLED["text"]), ((12, 16, "promotion"),))
    assert "b.example" in {article.site for article in contexts.articles}


def test_without_a_kind_a_span_is_an_answer(files: dict[str, Path], fitted_on: Callable[..., Given]) -> None:
    judge_by(files, source="elsewhere")
    hosts, _ = fitted_on(files, True)
    assert hosts[-1][2:] == ("t", JUDGE, str(LABELLED["text"]), ((12, 16, "qa"),))


def test_other_junk_of_a_text_to_judge_by_is_cut_out(
    files: dict[str, Path], fitted_on: Callable[..., Given]
) -> None:
    text = str(LABELLED["text"])
    junk = {"start": 0, "end": 3, "category": "related"}
    judge_by(files, source="elsewhere", spans=[junk, ANSWER])
    hosts, _ = fitted_on(files, True)
    assert hosts[-1][2:] == ("t", JUDGE, text[3:], ((9, 13, "qa"),))


@pytest.mark.parametrize("kinds", ["{", "[]", '{"t": []}', '{"t": ["nonsense"]}', '{"t": 5}'])
def test_kinds_that_do_not_fit_are_an_error(
    kinds: str, files: dict[str, Path], fitted_on: Callable[..., Given]
) -> None:
    del fitted_on
    judge_by(files, source="elsewhere")
    files["kinds"] = files["judge"].with_name("kinds.json")
    files["kinds"].write_text(kinds, encoding="utf-8")
    several = {name: [files[name]] for name in ("pages", "written", "judge")}
    with pytest.raises(DataFormatError, match="kinds"):
        fit_folder(Sources(**{**files, **several}), files["pages"].parent / "out", True)  # type: ignore[arg-type]


def test_there_has_to_be_something_to_learn_from(files: dict[str, Path], tmp_path: Path) -> None:
    del files["judge"]
    done = run(*arguments(files, tmp_path / "out", "--learn"))
    assert isinstance(done.exception, DataFormatError)
    assert "--judge" in str(done.exception)


@pytest.mark.parametrize("export", [False, True])
def test_a_model_is_exported_if_asked(
    export: bool, files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def instead(
        _: Sources, out: Path, learn: bool, workers: int, say: Callable[[str], None]
    ) -> dict[str, Any]:
        out.mkdir()
        (out / "offtopic.npz").write_bytes(b"model")
        say("judge")
        return {"texts": 7, "learn": learn, "workers": workers}

    shipped = tmp_path / "data" / "offtopic.npz"
    monkeypatch.setattr(work_module, "fit_folder", instead)
    monkeypatch.setattr(model_module, "SHIPPED", shipped)
    done = run(*arguments(files, tmp_path / "out", "--learn", *["--export"] * export))
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == ["texts: 7", "learn: True", "workers: 2"]
    assert done.stderr.split() == ["0", "s", "judge"]
    assert shipped.is_file() == export
