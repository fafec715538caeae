from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import newsclean
from console import Ran, call, spawn
from newsclean import Cleaner, Report

pytestmark = pytest.mark.usefixtures("here", "shipped_rules_read_once")

PAGE = "Rain fell all day.\n\nThis news has been read 731 times!\n\nThe river rose.\n\nLeave a Reply\n"
ARTICLE = "Rain fell all day.\n\nThe river rose.\n"


@pytest.fixture
def texts() -> Path:
    folder = Path("texts")
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        Path(folder, name).write_text(PAGE)
    return folder


def clean(*args: object) -> Ran:
    return call("clean", "texts", "-o", "clean", *args)


def left_over() -> list[Path]:
    return list(Path().rglob("*.part"))


def test_a_rerun_does_nothing_that_is_done(texts: Path) -> None:
    clean()
    before = {path: path.stat().st_mtime_ns for path in Path("clean").glob("*.txt")}
    ran = spawn("clean", "texts", "-o", "clean")
    assert ran.status == 0
    assert ran.err.startswith("0 documents cleaned")
    assert "3 files done before and left as they are (--force does them again)" in ran.err
    assert {path: path.stat().st_mtime_ns for path in Path("clean").glob("*.txt")} == before


def test_a_rerun_does_what_failed_and_nothing_else(texts: Path) -> None:
    (texts / "b.txt").write_bytes(b"caf\xe9")
    assert clean().status == 1
    (texts / "b.txt").write_text(PAGE)
    ran = clean()
    assert (ran.status, Path("clean/b.txt").read_text()) == (0, ARTICLE)
    assert ran.err.startswith("1 document cleaned")
    assert "2 files done before" in ran.err


def test_a_rerun_names_again_what_still_fails(texts: Path) -> None:
    (texts / "b.txt").write_bytes(b"caf\xe9")
    first, second = clean(), clean()
    assert first.status == second.status == 1
    assert "texts/b.txt: byte 3" in second.err


def test_a_rerun_does_a_changed_file_a_new_one_and_one_whose_result_is_gone(texts: Path) -> None:
    clean()
    (texts / "a.txt").write_text(PAGE.replace("Rain", "Snow"))
    os.utime(texts / "a.txt", ns=(0, 0))
    (texts / "d.txt").write_text(PAGE)
    Path("clean/c.txt").unlink()
    assert clean().err.startswith("3 documents cleaned")
    assert Path("clean/a.txt").read_text() == ARTICLE.replace("Rain", "Snow")


@pytest.mark.parametrize("option", [["--profile", "precision"], ["--keep", "counter"], ["--lang", "en"]])
def test_a_rerun_with_other_settings_does_everything(texts: Path, option: list[str]) -> None:
    clean()
    assert clean(*option).err.startswith("3 documents cleaned")


def test_a_rerun_with_another_pack_of_the_same_name_does_everything(texts: Path) -> None:
    pack = Path("mine.toml")
    for phrase in ("Rain fell all day", "The river rose"):
        pack.write_text(
            '[[rule]]\nid = "mine"\ncategory = "related"\nscope = "line"\nlanguages = ["*"]\n'
            f'strength = "certain"\nwhy = "x"\nsource = "x"\nphrases = ["{phrase}"]\n'
        )
        assert clean("--rules", pack).err.startswith("3 documents cleaned")
    assert Path("clean/a.txt").read_text() == "Rain fell all day.\n"


def test_force_does_everything_again(texts: Path) -> None:
    clean()
    Path("clean/a.txt").write_text("changed by hand")
    assert clean("--force").err.startswith("3 documents cleaned")
    assert Path("clean/a.txt").read_text() == ARTICLE


def test_an_interrupted_run_goes_on_where_it_stopped(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        interrupt_at(patch, 2)
        assert clean().status == 130
    assert {path.name for path in Path("clean").glob("*.txt")} == {"a.txt"}
    ran = clean()
    assert ran.err.startswith("2 documents cleaned")
    assert "1 file done before" in ran.err


def test_a_report_tells_of_all_documents_on_a_rerun_too(texts: Path) -> None:
    clean()
    clean("--report", "removed.jsonl")
    clean("--report", "removed.jsonl")
    documents = [json.loads(line)["document"] for line in Path("removed.jsonl").read_text().splitlines()]
    assert documents == ["texts/a.txt", "texts/b.txt", "texts/c.txt"]


def replayed(text: str, removed: list[dict[str, object]]) -> str:
    for piece in reversed(removed):
        start, end = piece["start"], piece["end"]
        assert text[start:end] == piece["text"]
        text = text[:start] + text[end:]
    return text


def test_the_report_replays_to_the_output(texts: Path) -> None:
    messy = [
        PAGE,
        "\ufeff" + PAGE.replace("\n", "\r\n"),
        "Snow fell.",
        "",
        "Rain \ud800 fell.\nLeave a Reply",
    ]
    records = "".join(json.dumps({"text": text}) + "\n" for text in messy)
    (texts / "more.jsonl").write_text(records)
    spawn("clean", "texts", "-o", "clean", "--report", "removed.jsonl")
    reports = [json.loads(line) for line in Path("removed.jsonl").read_text("ascii").splitlines()]
    assert [report["document"] for report in reports] == [
        *(f"texts/{name}.txt" for name in "abc"),
        *(f"texts/more.jsonl:{n}" for n in range(1, 6)),
    ]
    results = [Path(f"clean/{name}.txt").read_text() for name in "abc"]
    results += [json.loads(line)["text"] for line in Path("clean/more.jsonl").read_text().splitlines()]
    for text, report, result in zip([PAGE] * 3 + messy, reports, results, strict=True):
        assert replayed(text, report["removed"]) == result


def test_the_report_says_what_was_removed_and_why() -> None:
    page = "Rain fell.\nLeave a Reply"
    (decision,) = newsclean.analyze(page).junk
    call("clean", "-o", "out.txt", "--report", "removed.jsonl", stdin=page.encode())
    (line,) = Path("removed.jsonl").read_text().splitlines()
    assert json.loads(line) == {
        "document": "standard input",
        "error": None,
        "languages": ["en"],
        "removed": [
            {
                "start": 10, "end": 11, "category": "separator", "score": 0.0, "rules": [], "reason": "",
                "text": "\n",
            },
            {
                "start": 11, "end": 24, "category": "comment_template", "score": decision.score,
                "rules": [evidence.rule for evidence in decision.evidence], "reason": decision.reason,
                "text": "Leave a Reply",
            },
        ],
    }  # fmt: skip


def interrupt_at(patch: pytest.MonkeyPatch, number: int) -> None:
    """Press Ctrl-C while document `number` is cleaned."""
    analyze_many, seen = Cleaner.analyze_many, []

    def interrupted(self: Cleaner, texts: Iterable[str]) -> Iterator[Report]:
        for text in texts:
            seen.append(text)
            if len(seen) == number:
                raise KeyboardInterrupt
            yield from analyze_many(self, [text])

    patch.setattr(Cleaner, "analyze_many", interrupted)


@pytest.mark.parametrize("earlier", [None, "what was there before"])
def test_an_interrupted_file_is_left_as_it_was(
    earlier: str | None, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("pages.jsonl").write_text((json.dumps({"text": PAGE}) + "\n") * 3)
    result, report = Path("out.jsonl"), Path("removed.jsonl")
    for path in (result, report):
        if earlier is not None:
            path.write_text(earlier)
    interrupt_at(monkeypatch, 3)
    assert call("clean", "pages.jsonl", "-o", result, "--report", report).status == 130
    for path in (result, report):
        assert (path.read_text() if path.exists() else None) == earlier
    assert left_over() == []


def started(*args: str) -> subprocess.Popen[bytes]:
    """A run that has written the first part of its output and waits for more input."""
    listening = (  # a run in the background would not hear Ctrl-C
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from newsclean.cli.main import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", listening, "clean", "--format", "jsonl", *args],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    record = json.dumps({"text": PAGE}).encode() + b"\n"
    process.stdin.write(record * 1000)
    process.stdin.flush()
    while not any(part.stat().st_size for part in left_over()):
        assert process.poll() is None
    return process


@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
def test_ctrl_c_leaves_nothing_behind() -> None:
    process = started("-o", "out.jsonl")
    process.send_signal(signal.SIGINT)
    process.communicate()  # closes its input
    assert process.returncode == 130
    assert list(Path().iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
def test_a_killed_run_leaves_the_earlier_result_whole() -> None:
    Path("out.jsonl").write_text("what was there before")
    process = started("-o", "out.jsonl")
    process.kill()
    process.communicate()
    assert Path("out.jsonl").read_text() == "what was there before"


def test_a_result_that_cannot_be_written_is_named_and_the_rest_is_done(texts: Path) -> None:
    Path("clean/b.txt").mkdir(parents=True)
    ran = clean()
    assert ran.status == 1
    assert "1 document failed:\n  texts/b.txt: cannot write clean/b.txt: Is a directory" in ran.err
    assert Path("clean/c.txt").read_text() == ARTICLE
    assert left_over() == []


@pytest.mark.parametrize("args", [["-o", "file/out.txt"], ["-o", "o.txt", "--report", "file/r.jsonl"]])
def test_an_output_that_cannot_be_written_is_one_line(args: list[str]) -> None:
    Path("file").write_text("in the way")
    ran = call("clean", *args, stdin=PAGE.encode())
    assert ran.status == 1
    assert ran.err.startswith(f"newsclean: {args[-1]}: ")
    assert ran.err.count("\n") == 1
    assert [path.name for path in Path().iterdir()] == ["file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_named(texts: Path) -> None:
    Path("clean").mkdir(mode=0o555)
    ran = clean()
    assert ran.status == 1
    assert "texts/a.txt: cannot write clean/a.txt: Permission denied" in ran.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_device_is_written_to_and_stays_a_device() -> None:
    # A pipe stands in for it: replacing a real device would harm the machine the test runs on.
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert call("clean", "-o", "pipe", stdin=PAGE.encode()).status == 0
    assert os.read(reader, 9999).decode() == ARTICLE
    os.close(reader)
    assert Path("pipe").is_fifo()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs /dev/full")
def test_a_full_disk_is_one_line() -> None:
    Path("page.txt").write_text(PAGE)
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "newsclean", "clean", "page.txt"],
            stdout=full, stderr=subprocess.PIPE, check=False, text=True,
        )  # fmt: skip
    assert ran.returncode != 0
    assert ran.stderr.splitlines()[0] == "newsclean: No space left on device"
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("command", ["clean", "explain"])
def test_a_reader_that_leaves_ends_the_run_quietly(command: str) -> None:
    Path("page.txt").write_text("Rain fell all day.\n" * 20000)
    process = subprocess.Popen(
        [sys.executable, "-m", "newsclean", command, "page.txt"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    assert process.communicate()[1] == b""
    assert process.returncode != 0


def test_a_terminal_as_standard_input_is_told_how_to_end() -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "newsclean", "clean", "-q"],
        stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, b"Rain fell.\nLeave a Reply\n\x04")
    out, err = process.communicate()
    os.close(ours)
    assert out == b"Rain fell.\n"
    assert err == b"newsclean: reading standard input, end it with Ctrl-D\n"
