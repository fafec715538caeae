from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import page_floors
from newsclean.html.extractor import Extractor
from page_floors import FIGURES, FLOORS, SETS, Entry, figures, gold, html, problems, raised


@cache
def now() -> dict[str, Entry]:
    return figures(Extractor())


@pytest.mark.parametrize("name", SETS)
def test_the_pages_of_a_set_are_extracted_as_well_as_ever(name: str) -> None:
    floors = json.loads(FLOORS.read_text("utf-8"))
    assert not problems({name: now()[name]}, {name: floors[name]})


@pytest.mark.parametrize("name", SETS)
def test_every_page_of_a_set_has_its_gold_text_and_its_snippets_are_told_apart_by_it(name: str) -> None:
    rows = gold(name)
    pages = {path.stem for path in (page_floors.FOLDER / name / "html").glob("*.html")}
    assert sorted(row["id"] for row in rows) == sorted(pages)
    for row in rows:
        assert all(snippet in row["text"] for snippet in row["with"])
        assert not any(snippet in row["text"] for snippet in row["without"])
        assert html(name, row["id"])


ENTRY: Entry = {"data": "x", "f1": 0.9, "with": 0.9, "without": 0.9, "misses": ["p: lost: rain"]}


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.9, ""),
        (0.8985, ""),
        (0.8975, "expected 0.9000 or more, got 0.8975"),
        (0.909, ""),
        (0.911, "is to rise to 0.9110"),
    ],
)
def test_a_figure_below_or_far_above_its_floor_is_told(figure: str, value: float, told: str) -> None:
    found = problems({"a": {**ENTRY, figure: value}}, {"a": ENTRY})
    assert len(found) == bool(told)
    assert all(problem.startswith(f"a: {figure}: ") and told in problem for problem in found)


@pytest.mark.parametrize("floors", [{}, {"b": ENTRY}, {"a": {**ENTRY, "data": "y"}}])
def test_floors_of_other_pages_hold_nothing(floors: dict[str, Entry]) -> None:
    assert problems({"a": ENTRY}, floors) == [
        "a: the floors are for other pages: run benchmarks/page_floors.py --write"
    ]


def test_a_snippet_that_is_newly_missed_is_told_and_one_that_is_missed_no_more_is_not() -> None:
    misses = ["p: took: menu"]
    assert problems({"a": {**ENTRY, "misses": misses}}, {"a": ENTRY}) == ["a: p: took: menu"]


def test_floors_rise_and_fall_only_when_asked_to_or_for_other_pages() -> None:
    floors = {"a": {**ENTRY, "f1": 0.95, "with": 0.5}}
    assert raised({"a": ENTRY}, floors) == {"a": {**ENTRY, "f1": 0.95}}
    assert raised({"a": ENTRY}, floors, lower=True) == {"a": ENTRY}
    assert raised({"a": ENTRY}, {"a": {**floors["a"], "data": "y"}}) == {"a": ENTRY}
    assert raised({"a": ENTRY}, {}) == {"a": ENTRY}


class Fixed(Extractor):
    """Finds the same in every page."""

    def extract(self, *_: Any, **__: Any) -> str:
        return "Rain fell. Menu"


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one set of one page."""
    monkeypatch.setattr(page_floors, "FOLDER", tmp_path)
    monkeypatch.setattr(page_floors, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(page_floors, "SETS", ("a",))
    monkeypatch.setattr(page_floors, "Extractor", Fixed)
    (tmp_path / "a" / "html").mkdir(parents=True)
    (tmp_path / "a" / "html" / "p.html").write_text("<p>Rain fell.", "utf-8")
    row = {"id": "p", "text": "Rain fell.", "with": ["Rain", "fell."], "without": ["Menu", "Share"]}
    (tmp_path / "a" / "gold.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    return tmp_path


def test_the_figures_are_means_over_pages_and_shares_of_snippets(tiny: Path) -> None:
    entry = figures(Fixed())["a"]
    assert {key: entry[key] for key in FIGURES} == {"f1": 0.8, "with": 1.0, "without": 0.5}
    assert entry["misses"] == ["p: took: Menu"]


def test_floors_are_written_raised_and_lowered_by_command(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert page_floors.main([]) == 1
    assert not (tiny / "floors.json").exists()
    assert page_floors.main(["--write"]) == 0
    held = json.loads((tiny / "floors.json").read_text("utf-8"))
    held["a"]["f1"] = 0.9
    (tiny / "floors.json").write_text(json.dumps(held), "utf-8")
    assert page_floors.main(["--write"]) == 1  # below, and stays so
    assert json.loads((tiny / "floors.json").read_text("utf-8"))["a"]["f1"] == 0.9
    assert page_floors.main(["--lower", "another model"]) == 0
    assert json.loads((tiny / "floors.json").read_text("utf-8"))["lowered"] == "another model"
    assert page_floors.main([]) == 0
    assert "a: f1 0.8000 (floor 0.8000)" in capsys.readouterr().out


def test_other_pages_have_another_hash(tiny: Path) -> None:
    before = page_floors.fingerprint("a")
    (tiny / "a" / "html" / "p.html").write_text("<p>Snow fell.", "utf-8")
    assert page_floors.fingerprint("a") != before
