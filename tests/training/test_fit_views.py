from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from newsclean.training import work
from newsclean.training.__main__ import main
from newsclean.training.texts import TrainingText
from newsclean.training.work import fit_folder, judged_sites


class Stop(Exception):
    """Carries the texts that a fit would be made on."""


@pytest.fixture
def no_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(texts: Any, workers: int) -> None:
        raise Stop([text.id for text in texts])

    monkeypatch.setattr(work, "make_rows", stop)


def views_of(tmp_path: Path, texts: list[TrainingText], without: set[str] | None = None) -> list[str]:
    path = tmp_path / "texts.jsonl.gz"
    path.write_bytes(gzip.compress("".join(f"{text.to_json()}\n" for text in texts).encode()))
    with pytest.raises(Stop) as stopped:
        fit_folder([path], tmp_path / "work", without)
    return stopped.value.args[0]


def output(ident: str, size: int, by_hand: bool = True) -> TrainingText:
    site = f"{ident.partition('/')[0]}.example"
    return TrainingText(
        ident, "en", site, "Rain " * size + "Menu", ((size * 5, size * 5 + 4, "related"),), (), by_hand
    )


def test_of_the_outputs_of_a_page_three_sizes_are_fitted_on(no_fit: None, tmp_path: Path) -> None:
    texts = [output(f"page/a/{size}", size) for size in (5, 1, 4, 2, 3)]
    views = views_of(tmp_path, [*texts, output("page/b/9", 9), output("page/b/8", 8, by_hand=False)])
    whole = [view for view in views if not view.endswith("-flat")]
    assert whole == ["page/a/1", "page/a/3", "page/a/5", "page/b/9"]


def test_about_one_page_in_three_is_also_run_together(no_fit: None, tmp_path: Path) -> None:
    views = views_of(tmp_path, [output(f"page/{number}/x", 2) for number in range(300)])
    flat = {view for view in views if view.endswith("-flat")}
    assert 60 < len(flat) < 140
    assert {view.removesuffix("-flat") for view in flat} < set(views)


def test_sites_kept_for_judging_are_not_fitted_on(no_fit: None, tmp_path: Path) -> None:
    texts = [output(f"{site}/a/x", 2) for site in ("one", "two", "three")]
    views = views_of(tmp_path, texts, {"two.example"})
    assert {view.split("/")[0] for view in views} == {"one", "three"}


def test_the_sites_of_judged_texts_are_found_by_their_sources(tmp_path: Path) -> None:
    sources = (
        "pages/https_www.taz.de_x/one",
        "pages/de_Bild_2024_01_01/one",
        "other/https_x.example_x/one",
        "written",
    )
    path = tmp_path / "judge.jsonl"
    records = [{"id": source, "lang": "de", "text": "", "spans": [], "source": source} for source in sources]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert judged_sites(path, [tmp_path / "pages"]) == {"taz.de", "de_Bild"}


def test_judged_sites_are_left_out_by_the_command(no_fit: None, tmp_path: Path) -> None:
    texts, judge, pages = tmp_path / "texts.jsonl.gz", tmp_path / "judge.jsonl", tmp_path / "pages"
    made = [output("one/a/x", 2), output("two/a/x", 2)._replace(site="taz.de")]
    texts.write_bytes(gzip.compress("".join(f"{text.to_json()}\n" for text in made).encode()))
    source = "pages/https_www.taz.de_x/one"
    judge.write_text(json.dumps({"id": "x", "text": "", "spans": [], "source": source}), encoding="utf-8")
    pages.mkdir()
    arguments = ("fit", texts, "-o", tmp_path / "work", "--judge", judge, "--pages", pages)
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert isinstance(done.exception, Stop)
    assert {view.removesuffix("-flat") for view in done.exception.args[0]} == {"one/a/x"}
