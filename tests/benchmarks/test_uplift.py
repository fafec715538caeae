from __future__ import annotations

import json
from pathlib import Path

import pytest
from page_folder import make_folder, one_extractor

from uplift import main

__all__ = ["one_extractor"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "pages")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([*map(str, arguments), "--workers", "1"])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def figures(out: str) -> list[str]:
    (row,) = (line.split() for line in out.splitlines() if line.startswith("plain"))
    return row[1:]


def test_it_shows_scores_before_and_after_cleaning(
    folder: Path, one_extractor: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, folder, "--page-type", "article", "--part", "held out")
    # Of the story's 18 words and "Leave a Reply": P 18/21 on one page, all right on one, nothing on one.
    f1 = 2 * (18 / 21) / (18 / 21 + 1)
    assert status == 0
    assert out.startswith("part: held out\n")
    assert figures(out) == [
        "3", "1", f"{(f1 + 1) / 3:.4f}", "0.6667", f"{100 * (1 - f1) / 3:+.2f}",
        f"{(18 / 21 + 1) / 3:.4f}", "0.6667", f"{100 * (3 / 21) / 3:+.2f}", "0.6667", "0.6667", "+0.00",
        "33.3%", "0.0%",
    ]  # fmt: skip


def test_bad_pages_are_named_and_skipped(
    folder: Path, one_extractor: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "html" / "clean.html.gz").write_bytes(b"not gzip")
    status, out, err = run(capsys, folder)
    assert status == 0
    assert figures(out)[0] == "3"
    assert f"{folder / 'html' / 'bad.html.gz'}: plain: ValueError: a bad page\n" in err
    assert "gone.html.gz: plain: FileNotFoundError" in err
    assert "clean.html.gz: plain: BadGzipFile" in err
    assert "1 pages without gold text skipped" in err


def test_a_rerun_takes_outputs_from_the_cache(
    folder: Path, tmp_path: Path, one_extractor: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (folder, "--cache", tmp_path / "cache")
    first = run(capsys, *arguments)
    assert len(one_extractor) == 5
    assert run(capsys, *arguments) == first
    assert len(one_extractor) == 6  # what failed is tried again
    (broken,) = (tmp_path / "cache").iterdir()
    broken.write_bytes(broken.read_bytes()[:-20])
    assert run(capsys, *arguments) == first
    assert run(capsys, *arguments) == first


def test_a_page_that_changed_is_extracted_anew(
    folder: Path, tmp_path: Path, one_extractor: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (folder, "--cache", tmp_path / "cache")
    run(capsys, *arguments)
    (folder / "html" / "clean.html.gz").write_bytes((folder / "html" / "nothing.html.gz").read_bytes())
    before = len(one_extractor)
    assert figures(run(capsys, *arguments)[1])[:2] == ["4", "2"]
    assert len(one_extractor) == before + 2


def test_processes_change_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip(
        "inscriptis", reason="an optional extractor, for processes that a patch does not reach"
    )
    main([str(folder), "--extractors", "inscriptis", "--workers", "1"])
    alone = capsys.readouterr()
    main([str(folder), "--extractors", "inscriptis", "--workers", "2"])
    assert capsys.readouterr() == alone


@pytest.mark.parametrize(("limit", "pages"), [(1, "1 pages"), (3, "3 pages"), (99, "6 pages")])
def test_the_first_pages_or_a_sample_of_them(
    folder: Path, one_extractor: list[bytes], capsys: pytest.CaptureFixture[str], limit: int, pages: str
) -> None:
    assert f"pages, {pages}, newsclean" in run(capsys, folder, "--limit", limit)[1]
    sample = run(capsys, folder, "--limit", limit, "--sample", 7)
    assert f"pages, {pages}, drawn with seed 7" in sample[1]
    assert run(capsys, folder, "--limit", limit, "--sample", 7) == sample


def test_what_was_expected_and_what_came(
    folder: Path, tmp_path: Path, one_extractor: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    def error(*arguments: object) -> str:
        status, _, err = run(capsys, *arguments)
        assert status == 2
        assert err.startswith("uplift.py: ")
        return err

    assert "expected a folder of labelled pages (gold.jsonl, html/<id>.html.gz), got no such folder" in error(
        tmp_path / "none"
    )
    assert "got ['cache', 'notes.txt']" in error(made(tmp_path / "other", "cache/", "notes.txt"))
    assert "expected pages of type 'shop', got ['article', 'forum']" in error(folder, "--page-type", "shop")
    assert (
        "expected installed extractors (pip install newsclean[bench]), got lynx; installed: plain"
        in error(folder, "--extractors", "lynx")
    )
    (folder / "gold.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    assert "gold.jsonl:1: expected a record with id and text, got no 'text'" in error(folder)
    (folder / "gold.jsonl").write_text(json.dumps({"id": "x", "text": 1}), encoding="utf-8")
    assert "gold.jsonl:1: expected a record with id and text, got a text of type int" in error(folder)


def made(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).mkdir() if name.endswith("/") else (folder / name).touch()
    return folder
