from __future__ import annotations

from pathlib import Path

import pytest

from newsclean.errors import DataFormatError
from newsclean.pipeline.files import Job, plan_jobs, text_files

TREE = (
    "in/a.txt",
    "in/b.jsonl",
    "in/deep/c.txt",
    "in/deep/picture.png",
    "in/notes.md",
    "other/a.txt",
    "file",
)


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in TREE:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    Path("empty").mkdir()


def plan(
    paths: list[str], output: str | None, into_folder: bool = False, report: str | None = None
) -> list[tuple[str, str | None]]:
    jobs = plan_jobs(
        [Path(path) for path in paths],
        Path(output) if output else None,
        into_folder,
        Path(report) if report else None,
    )
    return [(job.source.as_posix(), job.target and job.target.as_posix()) for job in jobs]


@pytest.mark.parametrize(
    ("paths", "output", "into_folder", "planned"),
    [
        (["in/a.txt"], None, False, [("in/a.txt", None)]),
        (["in/a.txt"], "new", False, [("in/a.txt", "new")]),
        (["in/a.txt"], "new", True, [("in/a.txt", "new/a.txt")]),
        (["in/a.txt"], "empty", False, [("in/a.txt", "empty/a.txt")]),
        (["in/a.txt"], "file", False, [("in/a.txt", "file")]),
        (["in/deep/picture.png"], "new", False, [("in/deep/picture.png", "new")]),
        (["other"], None, False, [("other/a.txt", None)]),
        (["other"], "new", False, [("other/a.txt", "new/a.txt")]),
        (["in/a.txt", "in/b.jsonl"], "new", False, [("in/a.txt", "new/a.txt"), ("in/b.jsonl", "new/b.jsonl")]),
        (
            ["in"], "new", False,
            [("in/a.txt", "new/a.txt"), ("in/b.jsonl", "new/b.jsonl"), ("in/deep/c.txt", "new/deep/c.txt")],
        ),
        (["in/deep", "other"], "new", False, [("in/deep/c.txt", "new/c.txt"), ("other/a.txt", "new/a.txt")]),
        (["other"], "in", False, [("other/a.txt", "in/a.txt")]),
        (["in/deep"], "in", False, [("in/deep/c.txt", "in/c.txt")]),
    ],
)  # fmt: skip
def test_each_file_gets_its_target(
    paths: list[str], output: str | None, into_folder: bool, planned: list[tuple[str, str | None]]
) -> None:
    assert plan(paths, output, into_folder) == planned


@pytest.mark.parametrize(
    ("paths", "output", "report", "said"),
    [
        (["empty"], "new", None, "nothing to clean: no .txt or .jsonl file in the folder given"),
        (["in"], None, None, "3 files to clean: say where to with -o FOLDER"),
        (["in"], "file", None, "file: expected a folder, got a file"),
        (["in/a.txt"], "in/a.txt", None, "in/a.txt is an input too: choose another -o"),
        (["in/a.txt"], "in/../in/a.txt", None, "in/../in/a.txt is an input too: choose another -o"),
        (["in"], "in", None, "in/a.txt is an input too: choose another -o"),
        (["in/a.txt", "other/a.txt"], "new", None, "in/a.txt and other/a.txt would both go to new/a.txt"),
        (["in/a.txt"], None, "in/a.txt", "in/a.txt is an input too: choose another --report"),
        (["in"], "new", "in/b.jsonl", "in/b.jsonl is an input too: choose another --report"),
        (["in"], "new", "in/r.jsonl", "in/r.jsonl is in a folder of inputs"),
        (["in/a.txt"], "new", "new", "new is an output too: choose another --report"),
        (["in"], "new", "new/deep/c.txt", "new/deep/c.txt is an output too: choose another --report"),
    ],
)
def test_what_cannot_be_done_is_said(
    paths: list[str], output: str | None, report: str | None, said: str
) -> None:
    with pytest.raises(DataFormatError) as error:
        plan(paths, output, report=report)
    assert str(error.value).startswith(said)


@pytest.mark.parametrize("report", ["r.jsonl", "in/r.json", "in/clean/r.jsonl"])
def test_a_report_that_no_run_reads_may_lie_anywhere(report: str) -> None:
    assert len(plan(["in"], "in/clean", report=report)) == 3


def test_an_output_inside_the_input_is_not_read() -> None:
    first = plan(["in"], "in/clean")
    Path("in/clean/deep").mkdir(parents=True)
    Path("in/clean/deep/c.txt").touch()
    assert plan(["in"], "in/clean") == first


def test_a_file_inside_the_output_is_read_if_it_is_named() -> None:
    assert plan(["in/deep/c.txt"], "in", True) == [("in/deep/c.txt", "in/c.txt")]


def test_links_to_an_input_are_seen_through() -> None:
    Path("link").symlink_to("in/a.txt")
    with pytest.raises(DataFormatError, match="link is an input too"):
        plan(["in/a.txt"], "link")


def test_one_file_twice_is_no_conflict() -> None:
    assert plan(["in/a.txt", "in/a.txt"], "new") == [("in/a.txt", "new/a.txt")] * 2


def test_text_files_are_sorted_by_path_and_a_file_is_itself() -> None:
    assert text_files(Path("in")) == [Path("in/a.txt"), Path("in/b.jsonl"), Path("in/deep/c.txt")]
    assert text_files(Path("file")) == [Path("file")]


def test_a_job_without_target_goes_to_standard_output() -> None:
    assert plan_jobs([Path("in/a.txt")], None) == [Job(Path("in/a.txt"), None)]


def test_suffixes_count_in_any_case(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "OLD.TXT").write_text("Rain fell.")
    assert text_files(tmp_path / "old") == [tmp_path / "old" / "OLD.TXT"]
