from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from newsclean.document import may_score, read_document
from newsclean.errors import DataFormatError, ModelFormatError
from newsclean.scoring.model import load_model
from newsclean.scoring.scorer import Scored
from newsclean.scoring.table import Signs
from newsclean.training import build as build_module
from newsclean.training import extractors, folds
from newsclean.training import fit as fit_module
from newsclean.training import work as work_module
from newsclean.training.__main__ import main
from newsclean.training.folds import FOLDS
from newsclean.training.rows import KINDS
from newsclean.training.texts import site_fold, written_texts
from newsclean.training.words import phrase_bags
from newsclean.training.work import fit_folder
from strategies import FIXTURES

DOCUMENTS = FIXTURES / "documents"
PROFILES = ("precision", "balanced", "recall")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def spawn(*arguments: object) -> tuple[int, str]:
    """Status and stderr of ``python -m newsclean.training``."""
    command = [sys.executable, "-m", "newsclean.training", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    return done.returncode, done.stderr


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    """Little to learn words from, few trees, and rows made in this process."""
    wordings, kinds = phrase_bags()
    few = np.concatenate([np.flatnonzero(kinds == kind)[:4] for kind in range(len(KINDS))])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folds, "phrase_bags", lambda: ([wordings[at] for at in few], kinds[few]))
        patch.setattr("newsclean.training.words._ROUNDS", 3)
        patch.setattr("newsclean.training.fit._ROUNDS", 12)
        patch.setattr("newsclean.training.fit._KIND_ROUNDS", 2)
        patch.setattr("newsclean.training.rows.ProcessPoolExecutor", lambda _: ThreadPoolExecutor(1))
        yield


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Sixty written texts, and one of an extractor that only gold labelled."""
    folder = tmp_path_factory.mktemp("sources")
    lines = [*(DOCUMENTS / "en.jsonl").open(encoding="utf-8")]
    lines += islice((DOCUMENTS / "thirty-languages.jsonl").open(encoding="utf-8"), 0, 68, 2)
    (folder / "written.jsonl").write_text("".join(lines), encoding="utf-8")
    loose = next(written_texts(DOCUMENTS / "de.jsonl"))._replace(
        id="p/a/one", site="a.example", by_hand=False
    )
    (folder / "built.jsonl.gz").write_bytes(gzip.compress(f"{loose.to_json()}\n".encode()))
    assert len(lines) == 60
    return [folder / "written.jsonl", folder / "built.jsonl.gz"]


@pytest.fixture(scope="module")
def fitted(quick: None, sources: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A work folder, and what the fit said."""
    out = tmp_path_factory.mktemp("fit") / "work"
    done = run("fit", *sources, "-o", out, "--workers", 1)
    assert done.exit_code == 0, done.output
    return out, done.stdout


def test_a_fit_leaves_a_model_and_its_figures(fitted: tuple[Path, str], sources: list[Path]) -> None:
    out, said = fitted
    long = [text for text in written_texts(sources[0]) if may_score(read_document(text.text))]
    assert sorted(path.name for path in out.iterdir()) == ["figures.json", "scorer.npz"]
    figures = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert figures["sites"] == len(long) > 50
    assert len(long) < figures["texts"] < 2 * len(long)
    first, *rows = said.splitlines()
    assert first == f"{figures['texts']} texts by hand, {len(long)} web sites; figures in {out}/figures.json"
    assert [row.split()[0] for row in rows] == list(PROFILES)


def test_a_model_knows_what_it_was_made_with_and_its_limits(fitted: tuple[Path, str]) -> None:
    model = load_model(fitted[0] / "scorer.npz")
    assert list(model.facts["made_with"]) == ["lightgbm", "newsclean", "numpy", "scikit-learn"]
    assert model.facts["tiers"]["en"] == "seen"
    assert list(model.facts["limits"]) == sorted(PROFILES)
    assert model.categories == KINDS
    assert (len(model.lines.root), len(model.kinds.root)) == (12, 2 * len(KINDS))
    assert 0 < model.probability[0] < model.probability[-1] < 1


def test_a_model_tells_junk_from_article(fitted: tuple[Path, str]) -> None:
    model = load_model(fitted[0] / "scorer.npz")
    scores: dict[bool, list[float]] = {True: [], False: []}
    for text in islice(written_texts(DOCUMENTS / "thirty-languages-held-out.jsonl"), 12):
        document = read_document(text.text)
        none = np.zeros(len(document.lines), dtype=np.float32)
        scored = Scored(model, [document], Signs(none, none, none.astype(np.int64) - 1, none))
        for line, score in zip(document.lines, scored.probability, strict=True):
            at = document.folding.start(line.start)
            scores[any(start <= at < end for start, end, _ in text.spans)].append(float(score))
    assert np.mean(scores[True]) > np.mean(scores[False]) + 0.1


def test_evaluating_prints_the_figures(fitted: tuple[Path, str]) -> None:
    done = run("evaluate", fitted[0])
    assert done.exit_code == 0
    rows = [line.split() for line in done.stdout.splitlines()]
    assert [row[0] for row in rows[:3]] == list(PROFILES)
    assert {row[0] for row in rows[3:]} == {"language", "extractor", "category"}
    assert {row[1] for row in rows[3:]} > {"en", "written", "related"}


def test_a_model_is_exported_with_its_card(fitted: tuple[Path, str], tmp_path: Path) -> None:
    done = run("export", fitted[0], "--to", tmp_path / "to")
    assert done.exit_code == 0
    model, card = tmp_path / "to" / "scorer.npz", tmp_path / "to" / "MODEL_CARD.md"
    assert [line.rpartition(" (")[0] for line in done.stdout.splitlines()] == [str(model), str(card)]
    assert arrays(model) == arrays(fitted[0] / "scorer.npz")
    shown = card.read_text(encoding="utf-8")
    assert "12 boosted trees over" in shown
    for title in (
        "Profiles",
        "By language (balanced)",
        "By extractor (balanced)",
        "Calibration",
        "Known weaknesses",
    ):
        assert f"\n## {title}\n" in shown
    figures = json.loads((fitted[0] / "figures.json").read_text(encoding="utf-8"))
    for name, entry in figures["profiles"].items():
        (row,) = (line for line in shown.splitlines() if line.startswith(f"| {name} |"))
        assert f"| {entry['removed']:.1%} | {entry['harm']:.3%} |" in row


def arrays(path: Path) -> dict[str, bytes]:
    with np.load(path) as stored:
        return {name: stored[name].tobytes() for name in stored.files}


def test_fitting_twice_gives_the_same_model(
    quick: None, fitted: tuple[Path, str], sources: list[Path], tmp_path: Path
) -> None:
    fit_folder(sources, tmp_path / "again", workers=1)
    assert arrays(tmp_path / "again" / "scorer.npz") == arrays(fitted[0] / "scorer.npz")
    assert (tmp_path / "again" / "figures.json").read_bytes() == (fitted[0] / "figures.json").read_bytes()


def test_no_line_is_scored_by_trees_that_have_seen_its_site(
    quick: None, sources: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown: list[Any] = []
    parts: list[Any] = []
    grow, part_of = fit_module._trees, fit_module.fold_of
    monkeypatch.setattr(fit_module, "_trees", lambda *given: grown.append(given[5]) or grow(*given))
    monkeypatch.setattr(fit_module, "fold_of", lambda rows: parts.append(part_of(rows)) or parts[0])
    fit_folder(sources, tmp_path / "work", workers=1)
    *by_part, lines, kinds = grown
    assert len(by_part) == 2 * FOLDS
    for at, used in enumerate(by_part):
        left_out = parts[0] == at // 2
        assert not used[left_out].any()
        assert used[~left_out].sum() == (lines, kinds)[at % 2][~left_out].sum() > 0
        assert lines[left_out].any()


def test_a_part_of_the_split_may_be_empty(quick: None, tmp_path: Path) -> None:
    texts = [text for text in written_texts(DOCUMENTS / "en.jsonl") if site_fold(text.site, FOLDS) != 3]
    path = tmp_path / "texts.jsonl.gz"
    path.write_bytes(gzip.compress("".join(f"{text.to_json()}\n" for text in texts).encode()))
    assert fit_folder([path], tmp_path / "work", workers=1)["sites"] > 15


@pytest.fixture
def one_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extractors.EXTRACTORS, "plain", lambda html: html.decode().replace("<p>", "\n"))
    monkeypatch.setattr(extractors, "installed", lambda: ["plain"])
    monkeypatch.setattr(build_module, "ProcessPoolExecutor", ThreadPoolExecutor)


def test_texts_are_built_by_the_command(one_extractor: None, tmp_path: Path) -> None:
    pages, out = tmp_path / "pages", tmp_path / "texts.jsonl.gz"
    (pages / "html").mkdir(parents=True)
    story = "\n".join(
        f"On day {n} the river rose by a hand and the mill stood in water again." for n in range(9)
    )
    gold = {"id": "a", "lang": "en", "page_type": "article", "text": story, "site": "valley.example"}
    (pages / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    (pages / "html" / "a.html.gz").write_bytes(
        gzip.compress(story.replace("\n", "<p>").encode() + b"<p>Menu")
    )
    done = run("build", pages, "-o", out, "--extractor", "plain", "--workers", 1)
    assert (done.exit_code, done.stdout) == (0, f"2 texts in {out}\n")
    assert out.is_file()


def test_an_extractor_that_is_not_installed_is_named(one_extractor: None, tmp_path: Path) -> None:
    done = run("build", tmp_path, "-o", tmp_path / "out.gz", "--extractor", "nothere", "--extractor", "plain")
    assert done.exit_code == 2
    assert "expected installed extractors, got nothere (pip install newsclean[train])" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ("fit",),
        ("fit", "none.jsonl", "-o", "x"),
        ("build", "none", "-o", "x"),
        ("export", "none"),
        ("evaluate",),
    ],
)
def test_what_is_missing_is_a_usage_error(arguments: tuple[str, ...], here: Path) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: ")


def test_without_texts_labelled_by_hand_there_is_nothing_to_fit_on(
    sources: list[Path], tmp_path: Path
) -> None:
    status, err = spawn("fit", sources[1], "-o", tmp_path / "work")
    assert (status, err) == (2, "error: expected texts labelled by hand to fit on, got none\n")
    assert not (tmp_path / "work").exists()


def test_texts_without_any_junk_are_nothing_to_fit_on(tmp_path: Path) -> None:
    with pytest.raises(DataFormatError, match="expected texts labelled by hand"):
        fit_folder([FIXTURES / "untouched" / "civic.jsonl"], tmp_path / "work")


def test_a_folder_without_a_fit_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFormatError, match="expected a model of newsclean"):
        work_module.export(tmp_path, tmp_path / "to")
    status, err = spawn("export", tmp_path, "--to", tmp_path / "to")
    assert status == 2
    assert err.startswith(f"error: {tmp_path / 'scorer.npz'}: expected a model of newsclean (.npz), got ")
    assert not (tmp_path / "to").exists()


def test_a_folder_without_figures_is_named(tmp_path: Path) -> None:
    status, err = spawn("evaluate", tmp_path)
    assert status == 2
    assert err.startswith("error: ")
