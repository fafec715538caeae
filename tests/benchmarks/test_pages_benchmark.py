from __future__ import annotations

import gzip
import json
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_folder import STORY, make_folder, one_extractor, plain

import page_runs
from bootstrap import paired
from labelled_pages import LabelledPage, read_pages
from newsclean.training.extractors import EXTRACTORS, Extractor
from page_runs import run, score, shingle_f1, shingles
from pages import main

__all__ = ["one_extractor"]

shares = st.floats(0, 1)
pairs = st.lists(st.tuples(shares, shares), min_size=1, max_size=30)
some_words = st.lists(st.sampled_from(["rain", "fell", "all", "day", "long"]), max_size=12).map(" ".join)
EVERYTHING = Namespace(page_type=None, limit=None, sample=None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "pages")


@pytest.fixture
def stubs(one_extractor: list[bytes], monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Makes `plain` the only peer, and newsclean and newsclean_blocks functions that find the story alone."""

    def story(html: bytes) -> str:
        return STORY if STORY.encode() in html else ""

    monkeypatch.setattr(page_runs, "OWN", page_runs.OWN)
    for name in page_runs.OWN:
        monkeypatch.setitem(page_runs.OWN, name, lambda: story)
    return one_extractor


def page(gold: str = "", wanted: tuple[str, ...] = (), unwanted: tuple[str, ...] = ()) -> LabelledPage:
    return LabelledPage("set", "id", "article", gold, wanted, unwanted, Path("none.html"))


def bench(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([*map(str, arguments), "--resamples", "50"])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def recorded(file: Path, title: str) -> dict[str, Any]:
    (group,) = (g for g in json.loads(file.read_text("utf-8"))["groups"] if g["title"] == title)
    return dict(group)


@given(pairs)
def test_the_bootstrap_the_other_way_round_has_the_signs_turned(figures: list[tuple[float, float]]) -> None:
    ours, theirs = [a for a, _ in figures], [b for _, b in figures]
    there, back = paired(ours, theirs, 200), paired(theirs, ours, 200)
    assert back[:3] == pytest.approx((-there.mean, -there.high, -there.low), abs=1e-12)
    assert there.better + back.better <= 1


@given(st.lists(shares, min_size=1, max_size=30))
def test_equal_figures_do_not_differ_in_any_resample(figures: list[float]) -> None:
    assert paired(figures, figures, 200) == (0, 0, 0, 0)


@given(pairs)
def test_the_interval_lies_within_the_differences_of_the_pages(figures: list[tuple[float, float]]) -> None:
    found = paired([a for a, _ in figures], [b for _, b in figures], 200)
    differences = [a - b for a, b in figures]
    assert min(differences) - 1e-9 <= found.low <= found.high <= max(differences) + 1e-9


@given(pairs)
def test_the_same_figures_give_the_same_bootstrap(figures: list[tuple[float, float]]) -> None:
    ours, theirs = [a for a, _ in figures], [b for _, b in figures]
    assert paired(ours, theirs, 100) == paired(ours, theirs, 100)


def test_the_interval_covers_the_mean_as_often_as_it_says() -> None:
    found = paired([1.0] * 50 + [0.0] * 50, [0.0] * 100)
    assert found.mean == 0.5
    # The standard error is 0.05.
    assert (found.low, found.high) == pytest.approx((0.402, 0.598), abs=0.015)
    assert found.better == 1


def test_many_resamples_of_many_pages_are_drawn_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = [0.9, 0.4, 0.7], [0.3, 0.6, 0.7]
    monkeypatch.setattr("bootstrap._AT_ONCE", 7)
    assert paired(ours, theirs, 2001).mean == pytest.approx(2 / 15)


@pytest.mark.parametrize(("ours", "theirs"), [([], []), ([0.5], [0.5, 0.5])])
def test_the_bootstrap_needs_the_same_pages_on_both_sides(ours: list[float], theirs: list[float]) -> None:
    with pytest.raises(ValueError, match="expected figures for the same pages, got"):
        paired(ours, theirs)


SHINGLES = {
    "the same": (STORY, STORY, 1.0),
    "case and marks do not count": ("RAIN, fell - all day", "Rain fell all day.", 1.0),
    "the same words in another order": ("day all fell rain", "Rain fell all day", 0.0),
    "half": ("Rain fell all day long", "Rain fell all day, too", 0.5),
    "a run that comes twice counts twice": ("a b c d a b c d", "a b c d", 1 / 3),
    "fewer than four words": ("Rain fell", "rain fell", 1.0),
    "fewer than four words, and more": ("Rain fell", "Rain fell all day", 0.0),
    "no output": ("", STORY, 0.0),
    "no gold text": (STORY, "", 0.0),
    "neither": ("", "", 1.0),
}


@pytest.mark.parametrize("name", SHINGLES)
def test_f1_over_runs_of_four_words(name: str) -> None:
    output, gold, f1 = SHINGLES[name]
    assert shingle_f1(output, gold) == pytest.approx(f1)


@given(some_words, some_words)
def test_f1_over_runs_is_a_share_and_the_same_both_ways(output: str, gold: str) -> None:
    assert 0 <= shingle_f1(output, gold) == shingle_f1(gold, output) <= 1
    assert shingle_f1(output, output) == 1
    assert shingles(output).total() == max(len(output.split()) - 3, bool(output))


def test_a_page_without_gold_text_has_no_scores_but_its_snippets_count() -> None:
    result = score(
        page(wanted=("Rain fell", "Snow"), unwanted=("Leave a Reply", "Rain")), "Rain\n fell all day"
    )
    assert (result.scores, result.shingle_f1) == (None, None)
    assert (result.found, result.absent) == (1, 1)


def test_an_output_of_white_space_is_empty() -> None:
    result = score(page(gold=STORY, unwanted=("Menu",)), " \n")
    assert result.empty
    assert result.scores == (0, 0, 0)
    assert result.absent == 1


def test_a_page_that_crashes_an_extractor_counts_as_empty(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = run(read_pages(folder, EVERYTHING), {"plain": plain})
    bad = {r.page.id: r for r in runs}["bad"].results["plain"]
    assert (bad.failed, bad.empty) == (True, True)
    assert bad.scores == (0, 0, 0)
    assert bad.seconds is not None
    err = capsys.readouterr().err
    assert f"{folder / 'html' / 'bad.html.gz'}: plain: ValueError: a bad page\n" in err
    assert err.count("a bad page") == 1


def test_a_page_that_cannot_be_read_is_named_and_left_out_for_all(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "html" / "clean.html.gz").write_bytes(b"not gzip")
    runs = run(read_pages(folder, EVERYTHING), {"plain": plain, "again": plain}, 2)
    assert [r.page.id for r in runs] == ["with-junk", "nothing", "bad", "forum"]
    err = capsys.readouterr().err
    assert "clean.html.gz: left out: BadGzipFile" in err
    assert "gone.html.gz: left out: FileNotFoundError" in err


def test_each_page_goes_through_all_extractors_in_an_order_that_rotates(folder: Path) -> None:
    called: list[str] = []

    def noting(name: str) -> Extractor:
        return lambda html: called.append(name) or html.decode()  # type: ignore[func-returns-value]

    functions = {name: noting(name) for name in "abc"}
    runs = run(read_pages(folder, Namespace(page_type="article", limit=3, sample=None)), functions, 2)
    warm_up, first, second = called[:3], called[3:12], called[12:]
    assert warm_up == ["a", "b", "c"]
    assert "".join(first) == "abcbcacab"
    assert "".join(second) == "bcacababc"
    assert [list(r.results) for r in runs] == [["a", "b", "c"]] * 3


def test_a_package_that_lacks_what_it_needs_stops_the_run(
    folder: Path, stubs: list[bytes], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> Any:
        raise ModuleNotFoundError("No module named 'clean'")

    monkeypatch.setitem(page_runs.OWN, "newsclean", fails)
    assert bench(capsys, folder) == (
        2,
        "",
        "pages.py: expected newsclean to be there, got No module named 'clean'\n",
    )
    monkeypatch.setitem(EXTRACTORS, "plain", fails)
    status, _, err = bench(capsys, folder, "--extractors", "plain")
    assert status == 2
    assert "expected plain to run, got ModuleNotFoundError: No module named 'clean'" in err


def test_pages_may_lie_unpacked(folder: Path) -> None:
    packed = folder / "html" / "clean.html.gz"
    (folder / "html" / "clean.html").write_bytes(gzip.decompress(packed.read_bytes()))
    packed.unlink()
    (clean,) = (p for p in read_pages(folder, EVERYTHING) if p.id == "clean")
    assert STORY.encode() in clean.html()


def test_a_run_from_end_to_end(
    folder: Path, tmp_path: Path, stubs: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.json"
    status, out, _ = bench(
        capsys, folder, "--page-type", "article", "--part", "held out", "--json", file, "--repeat", 2
    )
    assert status == 0
    assert out.startswith("part: held out\n")
    assert "\nall pages of pages: 4 pages, 4 with a gold text\n" in out
    found = recorded(file, "all pages of pages")
    # with-junk, clean, nothing and bad have a gold text; newsclean is right on two, plain on one and by 18/21 on one.
    f1 = 2 * (18 / 21) / (18 / 21 + 1)
    ours, theirs = found["extractors"]["newsclean"], found["extractors"]["plain"]
    assert (ours["f1"], ours["errors"], ours["empty"]) == (0.5, 0, 2)
    assert (theirs["f1"], theirs["errors"], theirs["empty"]) == (pytest.approx((1 + f1) / 4), 1, 2)
    assert found["ours"] == "newsclean"
    blocks, plain_one = found["comparisons"]
    assert (blocks["other"], blocks["difference"]["mean"], blocks["difference"]["better"]) == (
        "newsclean_blocks",
        0,
        0,
    )
    assert (plain_one["other"], plain_one["pages"]) == ("plain", 4)
    assert plain_one["difference"]["mean"] == pytest.approx((1 - f1) / 4)
    assert theirs["to_yardstick"] is None
    rows = [line.split() for line in out.splitlines() if line.startswith(("newsclean", "plain"))]
    assert [row[0] for row in rows[:3]] == ["newsclean", "newsclean_blocks", "plain"]
    assert rows[2][1] == f"{(1 + f1) / 4:.4f}"


def test_figures_by_folder_by_page_type_and_of_all(
    folder: Path, tmp_path: Path, stubs: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = bench(capsys, folder, make_folder(tmp_path / "more"))
    titles = [
        line.partition(": ")[0]
        for line in out.splitlines()
        if " with a gold text" in line and "pages," in line
    ]
    assert titles == [
        "folder pages", "folder more", "page type article", "page type forum", "all pages of pages, more",
    ]  # fmt: skip
    assert out.count("newsclean less each other") == 5


def test_snippets_count_over_all_pages(
    folder: Path, tmp_path: Path, stubs: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as out:
        for ident in ("with-junk", "clean"):
            record = {"id": ident, "text": "", "with": ["Rain  fell"], "without": ["Leave a Reply"]}
            out.write(json.dumps(record) + "\n")
    file = tmp_path / "figures.json"
    status, shown, err = bench(capsys, folder, "--json", file, "--plot", tmp_path / "none.png")
    assert status == 2
    assert "none.png: not drawn: expected rows with an F1, got none" in err
    found = recorded(file, "all pages of pages")["extractors"]["plain"]
    assert [found[name] for name in ("f1", "found", "wanted", "absent", "unwanted")] == [None, 2, 2, 1, 2]
    assert "less each other" not in shown
    (row,) = (line.split() for line in shown.splitlines() if line.startswith("plain"))
    assert row[1:7] == ["-", "-", "-", "-", "100.0%", "50.0%"]


def outputs(file: Path, texts: Mapping[str, str | None]) -> Path:
    records = ({"set": "pages", "id": ident, "text": text} for ident, text in texts.items())
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return file


def test_out_of_fold_outputs_take_the_place_of_newsclean(
    folder: Path, tmp_path: Path, stubs: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {"with-junk": STORY, "clean": STORY, "nothing": None, "bad": STORY, "gone": "", "no-gold": ""}
    file = tmp_path / "figures.json"
    status, out, _ = bench(
        capsys, folder, "--page-type", "article", "--json", file,
        "--scores", outputs(tmp_path / "scores.jsonl", texts),
    )  # fmt: skip
    assert status == 0
    found = recorded(file, "all pages of pages")
    assert list(found["extractors"]) == ["newsclean_out_of_fold", "plain"]
    assert found["extractors"]["newsclean_out_of_fold"]["f1"] == 0.75
    assert found["comparisons"][0]["time_ratio"] is None
    (row, *_) = (line.split() for line in out.splitlines() if line.startswith("newsclean_out_of_fold"))
    assert row[7:11] == ["-", "-", "-", "-"]


def test_the_plot_shows_rows_with_and_without_a_time(
    folder: Path, tmp_path: Path, stubs: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib", reason="an optional package")
    texts = dict.fromkeys(("with-junk", "clean", "nothing", "bad", "gone", "no-gold"), STORY)
    scores = outputs(tmp_path / "scores.jsonl", texts)
    for name, more in {"timed": (), "out-of-fold": ("--scores", scores)}.items():
        file = tmp_path / f"{name}.png"
        assert bench(capsys, folder, "--page-type", "article", "--plot", file, *more)[0] == 0
        assert file.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--extractors", "lynx"), "expected installed extractors (pip install newsclean[bench]), got lynx"),
        (("--page-type", "shop"), "expected pages of type 'shop', got ['article', 'forum']"),
        (("--scores", "none.jsonl"), "none.jsonl: expected a file of records, got No such file"),
        (("--scores", "x", "--extractors", "newsclean"), "expected either --scores or newsclean, got both"),
    ],
)
def test_what_was_expected_of_the_options_and_what_came(
    folder: Path, stubs: list[bytes], capsys: pytest.CaptureFixture[str], arguments: Any, message: str
) -> None:
    status, _, err = bench(capsys, folder, *arguments)
    assert status == 2
    assert err.startswith("pages.py: ")
    assert message in err


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "x"}', "gold.jsonl:1: expected a record with text, got id"),
        ('{"id": "x", "text": 1}', "gold.jsonl:1: expected text as text, got int"),
        (
            '{"id": "x", "text": "", "with": "Rain"}',
            "gold.jsonl:1: expected with as a list of texts, got 'Rain'",
        ),
        ("[]", "gold.jsonl:1: expected a record, got list"),
        ("{", "gold.jsonl:1: expected a record, got "),
        ("", "gold.jsonl: expected pages, got an empty file"),
    ],
)
def test_what_was_expected_of_the_gold_file_and_what_came(
    folder: Path, stubs: list[bytes], capsys: pytest.CaptureFixture[str], line: str, message: str
) -> None:
    (folder / "gold.jsonl").write_text(line, encoding="utf-8")
    status, _, err = bench(capsys, folder)
    assert status == 2
    assert message in err


def test_outputs_must_be_there_for_each_page_and_once(
    folder: Path, tmp_path: Path, stubs: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    file = outputs(tmp_path / "scores.jsonl", {"with-junk": STORY})
    assert "got none for 6 of 7, the first: pages/clean" in bench(capsys, folder, "--scores", file)[2]
    file.write_text(file.read_text("utf-8") + "\n" + file.read_text("utf-8"), encoding="utf-8")
    assert "got another of pages/with-junk" in bench(capsys, folder, "--scores", file)[2]


def test_two_folders_of_one_name_are_refused(
    folder: Path, tmp_path: Path, stubs: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    _, _, err = bench(capsys, folder, make_folder(tmp_path / "more" / "pages"))
    assert err == "pages.py: expected folders of different names, got pages twice\n"


@pytest.mark.parametrize(("limit", "pages"), [(1, "1 pages"), (3, "3 pages"), (99, "7 pages")])
def test_the_first_pages_or_a_sample_of_them(
    folder: Path, stubs: list[bytes], capsys: pytest.CaptureFixture[str], limit: int, pages: str
) -> None:
    chosen = read_pages(folder, Namespace(page_type=None, limit=limit, sample=7))
    assert f"{len(chosen)} pages" == pages
    assert chosen == read_pages(folder, Namespace(page_type=None, limit=limit, sample=7))
    assert len(read_pages(folder, Namespace(page_type=None, limit=limit, sample=None))) == len(chosen)
