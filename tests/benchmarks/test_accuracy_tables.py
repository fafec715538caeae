from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from page_folder import make_folder, one_extractor

import accuracy
from breakdown import extractor_of
from newsclean import Cleaner
from newsclean.evaluation.labelled import Label, LabelledText
from newsclean.evaluation.score import score_reports
from newsclean.spans import Span
from plots import draw, point, sweep, with_cut

__all__ = ["one_extractor"]

STORY = "Rain fell all day in the valley, and the mayor said that it would not stop before Sunday."
TEXT = f"{STORY}\nLeave a Reply\nMenu"


def record(ident: str, lang: str, source: str) -> dict[str, Any]:
    start, end = len(STORY) + 1, len(STORY) + 1 + len("Leave a Reply")
    return {
        "id": ident, "lang": lang, "text": TEXT, "source": source,
        "spans": [
            {"start": start, "end": end, "category": "comment_template"},
            {"start": end + 1, "end": len(TEXT), "category": "navigation"},
        ],
    }  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    records = [record("a", "en", "pages/a/trafilatura"), record("b", "de", "pages/b/goose3")]
    file = tmp_path / "data.jsonl"
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return file


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["accuracy.py", *map(str, arguments)])
    status = accuracy.main()
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_a_row_for_each_profile_and_peer_and_tables_for_each_profile(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(
        monkeypatch, capsys, "--data", data, "--profiles", "--peers", "--part", "development"
    )
    assert status == 0
    assert out.startswith("part: development\n\ndata.jsonl\n2 documents, 30 junk and 144 article characters")
    rows = {line[:22].strip(): line[22:].split() for line in out.splitlines()}
    assert rows["newsclean precision"][:4] == ["73.3%", "0.000%", "0", "0/0"]
    assert rows["C4"] == ["100.0%", "0.000%", "0", "0/0", "100.00%", "100.00%", "-"]
    assert rows["RefinedWeb"][:2] == ["26.7%", "0.000%"]
    assert rows["NeMo Curator"][:2] == ["0.0%", "0.000%"]
    assert {"newsclean balanced", "newsclean recall", "trafilatura", "goose3", "en", "de"} <= set(rows)
    assert rows["comment_template"] == ["22", "100.0%", "0", "100.0%"]
    assert out.count("data.jsonl, newsclean ") == 3


def test_labelled_pages_count_words_kept_and_removed(
    tmp_path: Path,
    one_extractor: list[bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = run(monkeypatch, capsys, "--pages", make_folder(tmp_path / "pages"), "--workers", 1)
    assert status == 0
    (row,) = (line.split() for line in out.splitlines() if line.startswith("plain"))
    assert row[1:] == ["4", "54", "0.000%", "0", "3", "100.0%"]
    assert "bad.html.gz: plain: ValueError: a bad page\n" in err


def test_what_was_expected_and_what_came(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(monkeypatch, capsys, "--data", tmp_path / "none.jsonl")
    assert status == 2
    assert err.startswith("accuracy.py: ")
    monkeypatch.setattr(accuracy, "find_spec", lambda _: None)
    status, _, err = run(monkeypatch, capsys, "--data", data, "--plot", tmp_path / "plot.png")
    assert (status, err) == (2, "accuracy.py: --plot needs matplotlib (pip install newsclean[bench])\n")


def test_an_extractor_is_the_end_of_a_source() -> None:
    def named(source: str) -> str:
        return extractor_of(LabelledText("x", "en", "", (), source))

    assert named("wcxb-dev/0039/readability") == "readability"
    assert named("https://valley.example/news") == ""
    assert named("") == ""


def test_a_cut_leaves_out_removals_that_score_less() -> None:
    report = Cleaner("recall").analyze(TEXT)
    scores = [decision.score for decision in report.junk]
    assert scores
    assert with_cut(report, min(scores)) == report
    assert not with_cut(report, 1.1).junk


def test_the_curve_ends_where_the_profile_stands() -> None:
    start = len(STORY) + 1
    label = Label(Span(start, start + len("Leave a Reply")), "comment_template")
    pairs = [(LabelledText("x", "en", TEXT, (label,), ""), Cleaner("recall").analyze(TEXT))]
    assert sweep(pairs)[-1][1:] == point("recall", score_reports(pairs))[1:]


def test_a_plot_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="an optional package")
    from plots import Point

    points = [Point("one", 0.0, 0.5), Point("two", 0.01, 0.7)]
    draw(tmp_path / "plot.png", "a title", points, points, [])
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
