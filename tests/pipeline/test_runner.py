from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from newsclean import Cleaner
from newsclean.pipeline.files import Job, plan_jobs
from newsclean.pipeline.runner import Runner, removed_record
from newsclean.pipeline.summary import Summary
from strategies import messy_texts

PAGE = "Rain fell.\nLeave a Reply\n"
CLEANER = Cleaner()

pytestmark = pytest.mark.usefixtures("here")


def run(paths: list[str], output: str, **options: object) -> Summary:
    runner = Runner(CLEANER, Summary(), **options)
    runner.run(plan_jobs([Path(path) for path in paths], Path(output), True), Path(output), io.BytesIO())
    return runner.summary


def test_files_are_cleaned_by_their_format() -> None:
    Path("a.txt").write_text(PAGE)
    Path("b.jsonl").write_text(json.dumps({"text": PAGE}))
    Path("c.md").write_text(PAGE)
    assert run(["a.txt", "b.jsonl", "c.md"], "out").documents == 3
    assert Path("out/a.txt").read_text() == Path("out/c.md").read_text() == "Rain fell.\n"
    assert json.loads(Path("out/b.jsonl").read_text()) == {"text": "Rain fell.\n"}


def test_a_file_of_which_nothing_can_be_read_has_no_result() -> None:
    Path("a.txt").write_bytes(b"\xff")
    Path("b.jsonl").write_bytes(b"{\n[\n")
    assert len(run(["a.txt", "b.jsonl"], "out").failures) == 3
    assert not Path("out").exists()


def test_a_file_that_vanishes_is_named_and_the_next_is_done() -> None:
    jobs = [Job(Path("gone.txt"), Path("out/gone.txt")), Job(Path("a.txt"), Path("out/a.txt"))]
    Path("a.txt").write_text(PAGE)
    runner = Runner(CLEANER, Summary())
    runner.run(jobs, Path("out"), io.BytesIO())
    assert runner.summary.failures == ["gone.txt: No such file or directory"]
    assert Path("out/a.txt").exists()


def test_a_failed_file_is_not_marked_as_done() -> None:
    Path("a.jsonl").write_text(json.dumps({"text": PAGE}) + "\n{")
    assert run(["a.jsonl"], "out").skipped == 0
    again = run(["a.jsonl"], "out")
    assert (again.skipped, again.documents, len(again.failures)) == (0, 1, 1)


@pytest.mark.parametrize(
    ("options", "skipped"),
    [
        ({}, 1),
        ({"force": True}, 0),
        ({"settings": "others"}, 0),
        ({"report": io.BytesIO()}, 0),
    ],
    ids=["the same", "forced", "other settings", "with a report"],
)
def test_a_done_file_is_skipped_unless(options: dict[str, object], skipped: int) -> None:
    Path("a.txt").write_text(PAGE)
    run(["a.txt"], "out")
    assert run(["a.txt"], "out", **options).skipped == skipped


def test_without_a_folder_nothing_is_marked() -> None:
    Path("a.txt").write_text(PAGE)
    for _ in range(2):
        runner = Runner(CLEANER, Summary())
        runner.run([Job(Path("a.txt"), Path("b.txt"))], None, io.BytesIO())
        assert (runner.summary.skipped, runner.summary.documents) == (0, 1)
    assert {path.name for path in Path().iterdir()} == {"a.txt", "b.txt"}


class Closed(io.BytesIO):
    def write(self, *_: object) -> int:
        raise BrokenPipeError


def test_a_standard_output_that_is_gone_ends_the_run() -> None:
    Path("a.txt").write_text(PAGE)
    with pytest.raises(BrokenPipeError):
        Runner(CLEANER, Summary()).run([Job(Path("a.txt"), None)], None, Closed())


def test_the_text_field_is_a_setting_of_the_runner() -> None:
    out, source = io.BytesIO(), io.BytesIO(json.dumps({"body": PAGE}).encode())
    Runner(CLEANER, Summary(), text_field="body").stream(source, out, "x", ".jsonl")
    assert json.loads(out.getvalue()) == {"body": "Rain fell.\n"}


@settings(max_examples=40, deadline=None)
@given(messy_texts())
def test_the_removed_spans_of_a_report_line_replay(text: str) -> None:
    report = CLEANER.analyze(text)
    record = json.loads(json.dumps(removed_record("x", report)))
    for piece in reversed(record["removed"]):
        assert text[piece["start"] : piece["end"]] == piece["text"]
        text = text[: piece["start"]] + text[piece["end"] :]
    assert text == report.text
