from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gold_words import word_scores
from labelled_folder import SITES, few_trees, made_folder, made_page, put_pages
from newsclean.errors import DataFormatError
from newsclean.html import model as model_module
from newsclean.html.extractor import Extractor
from newsclean.html.finder import find_blocks
from newsclean.html.model import load_page_model
from newsclean.html.parsing import parse
from newsclean.training.__main__ import main
from newsclean.training.html.work import fit_folder
from newsclean.training.pages import read_html, read_pages

WRITTEN = ["outputs.jsonl.gz", "pages.json", "pages.npz"]


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        few_trees(patch)
        yield


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Pages with gold, pages with snippets, and one without any text."""
    folder = tmp_path_factory.mktemp("made")
    gold = {"id": "empty", "site": "empty.example", "page_type": "article", "text": "Rain fell."}
    return [
        made_folder(folder / "pages"),
        made_folder(folder / "snippets", range(4), gold=False),
        put_pages(folder / "bare", [gold], {"empty": "<script>Rain fell.</script>"}),
    ]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["pages", *map(str, arguments)])


@pytest.fixture(scope="module")
def fitted(quick: None, folders: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A work folder, and what the command said."""
    out = tmp_path_factory.mktemp("fit") / "new" / "work"
    shipped = model_module.SHIPPED.read_bytes()
    done = run(*folders, "-o", out, "--workers", 1)
    assert done.exit_code == 0, done.output
    assert model_module.SHIPPED.read_bytes() == shipped  # nothing is exported unless asked for
    return out, done


def test_a_fit_leaves_a_model_its_figures_and_what_it_found(fitted: tuple[Path, Result]) -> None:
    out, done = fitted
    assert sorted(path.name for path in out.iterdir()) == WRITTEN
    figures = json.loads((out / "pages.json").read_text(encoding="utf-8"))
    assert figures["f1"]["pages"]["pages"] == 2 * SITES
    assert figures["f1"]["pages"]["f1"] > 0.95
    assert figures["f1"]["bare article"] == {"pages": 1, "f1": 0}
    assert "snippets" not in figures["f1"]
    assert figures["snippets"]["found"] / figures["snippets"]["present"] > 0.9
    assert figures["type_right"] > 0.9
    assert load_page_model(out / "pages.npz").facts == {
        "pages": 2 * SITES + 8, "sites": SITES, "figures": figures
    }  # fmt: skip
    assert done.stdout.splitlines() == [f"{name}: {json.dumps(entry)}" for name, entry in figures.items()]
    assert done.stderr.splitlines()[0] == f"{2 * SITES + 8} pages read, 1 without text"


def outputs(out: Path) -> dict[tuple[str, str], str]:
    with gzip.open(out / "outputs.jsonl.gz", "rt", encoding="utf-8") as lines:
        records: list[dict[str, Any]] = [json.loads(line) for line in lines]
    assert [list(record) for record in records] == [["set", "id", "text"]] * len(records)
    return {(record["set"], record["id"]): record["text"] for record in records}


def test_the_texts_found_out_of_fold_are_written(fitted: tuple[Path, Result], folders: list[Path]) -> None:
    found = outputs(fitted[0])
    expected = [(folder.name, page.id) for folder in folders for page in read_pages(folder)]
    assert sorted(found) == sorted(expected)  # a page without text too
    right = [
        found["pages", page.id].split("\n") == page.text.split("\n\n") for page in read_pages(folders[0])
    ]
    assert sum(right) / len(right) > 0.8


def test_outputs_are_what_the_figures_tell_of(fitted: tuple[Path, Result], folders: list[Path]) -> None:
    found = outputs(fitted[0])
    near = [word_scores(found["pages", page.id], page.text).f1 for page in read_pages(folders[0])]
    figures = json.loads((fitted[0] / "pages.json").read_text(encoding="utf-8"))
    assert sum(near) / len(near) == pytest.approx(figures["f1"]["pages"]["f1"], abs=1e-4)


def test_the_model_finds_the_article_of_a_page_it_has_not_seen(fitted: tuple[Path, Result]) -> None:
    model = load_page_model(fitted[0] / "pages.npz")
    for number in (60, 61):
        html, gold, _ = made_page(number, 0, "article")
        parsed = parse(html)
        found = find_blocks(parsed, model)
        kept = [text for text, score in zip(parsed.texts, found.scores, strict=True) if score >= found.limit]
        assert kept == gold.split("\n\n")


def test_an_exported_model_is_the_one_that_pages_are_read_with(
    quick: None, folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "installed" / "data" / "pages.npz"
    monkeypatch.setattr(model_module, "SHIPPED", shipped)
    done = run(folders[0], "-o", tmp_path / "work", "--workers", 1, "--export")
    assert done.exit_code == 0, done.output
    assert shipped.read_bytes() == (tmp_path / "work" / "pages.npz").read_bytes()
    model_module.shipped_page_model.cache_clear()
    try:
        html, gold, _ = made_page(60, 0, "forum")
        report = Extractor(text_side=False).analyze(html)
        assert model_module.shipped_page_model().facts["sites"] == SITES
    finally:
        model_module.shipped_page_model.cache_clear()
    assert report.text == gold.replace("\n\n", "\n")
    assert report.page_type == "forum"


def test_fitting_again_gives_the_same_files(
    quick: None, folders: list[Path], fitted: tuple[Path, Result], tmp_path: Path
) -> None:
    figures = fit_folder(folders, tmp_path / "again", threads=1)
    assert figures == json.loads((fitted[0] / "pages.json").read_text(encoding="utf-8"))
    assert outputs(tmp_path / "again") == outputs(fitted[0])
    before, after = (load_page_model(out / "pages.npz") for out in (fitted[0], tmp_path / "again"))
    assert before.naming.names == after.naming.names
    for head in ("article", "general"):
        for one, two in zip(getattr(before, head), getattr(after, head), strict=True):
            assert (one == two) if isinstance(one, int) else (one == two).all()


def spawn(*arguments: object) -> tuple[int, str]:
    """Status and stderr of ``python -m newsclean.training pages``."""
    command = [sys.executable, "-m", "newsclean.training", "pages", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    return done.returncode, done.stderr


def test_a_folder_without_gold_is_an_error_and_status_two(tmp_path: Path) -> None:
    status, err = spawn(tmp_path, "-o", tmp_path / "work")
    assert (status, err) == (2, f"error: {tmp_path}: expected a folder with gold.jsonl and html/, got none\n")
    assert not (tmp_path / "work").exists()


def test_pages_without_gold_text_are_an_error(folders: list[Path], tmp_path: Path) -> None:
    with pytest.raises(DataFormatError, match="expected pages with gold text of several web sites"):
        fit_folder([folders[1]], tmp_path / "work")
    assert not (tmp_path / "work").exists()


def test_a_page_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    folder = made_folder(tmp_path / "pages", [1])
    page = next(read_pages(folder))
    (folder / "html" / f"{page.id}.html.gz").unlink()
    with pytest.raises(OSError, match=r"1-0\.html\.gz"):
        fit_folder([folder], tmp_path / "work")
    assert read_html(folder, "1-1")


@pytest.mark.parametrize("arguments", [(), ("-o", "work"), ("nothing", "-o", "work")])
def test_what_is_missing_is_a_usage_error(arguments: tuple[str, ...], here: Path) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: ")
