from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import newsclean
from console import call, spawn
from newsclean import Report
from newsclean.html.page import PageReport
from stub_extractor import StubExtractor, stub, use_stub

pytestmark = pytest.mark.usefixtures("here", "shipped_rules_read_once")

PAGE = "Rain fell all day.\n\nThis news has been read 731 times!\n\nThe river rose.\n\nLeave a Reply\n"
ARTICLE = "Rain fell all day.\n\nThe river rose.\n"


@pytest.fixture(autouse=True)
def page(here: Path) -> Path:
    path = here / "page.txt"
    path.write_text(PAGE)
    return path


def test_piped_removals_stand_in_brackets_with_the_reason() -> None:
    ran = spawn("explain", "page.txt")
    assert (ran.status, ran.err) == (0, "")
    counter, form = newsclean.analyze(PAGE).junk
    assert ran.text == (
        "Rain fell all day.\n\n"
        f"[-This news has been read 731 times!-] <counter: {counter.evidence[0].rule}>\n\n"
        "The river rose.\n\n"
        f"[-Leave a Reply-] <comment_template: {form.evidence[0].rule}>\n\n"
    )


def test_standard_input_is_a_dash() -> None:
    assert call("explain", "-", stdin=PAGE.encode()).out == call("explain", "page.txt").out


def test_one_text_has_no_heading_and_several_have() -> None:
    Path("more.txt").write_text(PAGE)
    assert "──" not in call("explain", "page.txt").text
    assert call("explain", "page.txt", "more.txt").text.count("── more.txt\n") == 1


def test_records_are_headed_by_their_line() -> None:
    Path("pages.jsonl").write_text(json.dumps({"body": PAGE}) + "\n" + json.dumps({"body": "Snow."}) + "\n")
    ran = call("explain", "pages.jsonl", "--text-field", "body")
    assert [line for line in ran.text.splitlines() if line.startswith("──")] == [
        "── pages.jsonl:1",
        "── pages.jsonl:2",
    ]


def test_a_folder_is_shown_file_by_file() -> None:
    Path("texts/deep").mkdir(parents=True)
    Path("texts/b.txt").write_text(PAGE)
    Path("texts/deep/a.txt").write_text(PAGE)
    ran = call("explain", "texts")
    assert [line for line in ran.text.splitlines() if line.startswith("──")] == [
        "── texts/b.txt",
        "── texts/deep/a.txt",
    ]


def test_a_folder_without_texts_is_told_of() -> None:
    Path("empty").mkdir()
    ran = call("explain", "empty")
    assert ran.status == 2
    assert ran.err.startswith("newsclean: nothing to explain: no .txt or .jsonl file in the folder given")


def test_only_changed_leaves_untouched_texts_out() -> None:
    Path("snow.txt").write_text("Snow fell.")
    ran = call("explain", "page.txt", "snow.txt", "--only-changed")
    assert "── page.txt" in ran.text
    assert "snow.txt" not in ran.text


def test_json_is_the_whole_report_a_line() -> None:
    ran = spawn("explain", "page.txt", "page.txt", "--json")
    reports = [Report.from_dict(json.loads(line)) for line in ran.text.splitlines()]
    assert reports == [newsclean.analyze(PAGE)] * 2
    assert reports[0].text == ARTICLE


def test_html_is_one_page_of_all_texts() -> None:
    Path("<b>.txt").write_text("Snow & <i>sleet</i> fell.")
    ran = spawn("explain", "page.txt", "<b>.txt", "--html")
    assert ran.text.count("<article>") == 2
    assert "<h1>&lt;b&gt;.txt</h1>" in ran.text
    assert "Snow &amp; &lt;i&gt;sleet&lt;/i&gt; fell." in ran.text
    assert ran.text.endswith("</html>\n")


def test_html_is_utf8_whatever_the_locale() -> None:
    Path("page.txt").write_bytes("Café “Regen” \U0001f327\nLeave a Reply".encode())
    ran = spawn("explain", "page.txt", "--html", env={"PYTHONIOENCODING": "latin-1"})
    assert ran.status == 0
    assert "Café “Regen” \U0001f327" in ran.text


@pytest.mark.parametrize("form", [[], ["--html"], ["--json"]])
def test_what_cannot_be_read_is_named_and_the_rest_is_shown(form: list[str]) -> None:
    Path("bad.txt").write_bytes(b"caf\xe9")
    ran = spawn("explain", "bad.txt", "page.txt", *form)
    assert ran.status == 1
    assert ran.err == "newsclean: bad.txt: byte 3 (line 1): expected UTF-8, got 0xe9\n"
    assert "Rain fell" in ran.text


@pytest.mark.parametrize("form", [[], ["--html"], ["--json"]])
def test_a_text_in_which_something_goes_wrong_is_shown_whole_and_named(
    form: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("one by nought")

    monkeypatch.setattr("newsclean.settling.Settling.report", fail)
    ran = call("explain", "page.txt", *form)
    assert ran.status == 1
    assert ran.err == "newsclean: page.txt: ZeroDivisionError: one by nought (left unchanged)\n"
    assert "Leave a Reply" in ran.text


@pytest.mark.parametrize("form", [[], ["--html"]])
def test_lone_surrogates_are_shown_as_question_marks(form: list[str]) -> None:
    Path("pages.jsonl").write_text('{"text": "Rain \\ud800 fell.\\nLeave a Reply"}\n')
    ran = spawn("explain", "pages.jsonl", *form)
    assert ran.status == 0
    assert "Rain ? fell." in ran.text


def on_a_terminal(*args: str, env: dict[str, str] | None = None) -> str:
    """What a command prints on a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    plain = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "newsclean", *args],
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=plain | {"TERM": "xterm"} | (env or {}),
    ):  # fmt: skip
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # how Linux says that the other end is closed
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_on_a_terminal_removals_are_struck_through_in_colour() -> None:
    shown = on_a_terminal("explain", "page.txt")
    struck = [
        piece.split("\x1b[0m")[0] for piece in shown.split("\x1b[")[1:] if ";9m" in piece or piece[:2] == "9m"
    ]
    assert [click.unstyle(f"\x1b[{piece}") for piece in struck] == [
        "This news has been read 731 times!",
        "Leave a Reply",
    ]
    assert "← comment_template: " in shown
    assert "[-" not in shown


def test_no_color_is_heeded() -> None:
    assert on_a_terminal("explain", "page.txt", env={"NO_COLOR": "1"}) == call("explain", "page.txt").text


def test_a_run_over_several_files_has_a_progress_bar_on_a_terminal() -> None:
    Path("texts").mkdir()
    for name in "abc":
        Path(f"texts/{name}.txt").write_text(PAGE)
    shown = on_a_terminal("clean", "texts", "-o", "clean")
    assert "cleaning" in shown
    assert "100%" in shown
    assert "3 documents cleaned" in shown


HTML = '<h1>Rain</h1><p class="a menu">Home</p><p>Rain fell all day.</p><p>Leave a Reply</p>'


@pytest.fixture
def web_page(page: Path, monkeypatch: pytest.MonkeyPatch) -> type[StubExtractor]:
    Path("page.html").write_text(HTML)
    return use_stub(monkeypatch)


def test_a_page_is_shown_block_by_block(web_page: type[StubExtractor]) -> None:
    ran = call("explain", "page.html")
    assert (ran.status, ran.err) == (0, "")
    assert "Rain fell all day." in ran.text
    assert "- Home <" in ran.text
    assert "a menu" in ran.text
    assert "[-Leave a Reply-]" in ran.text
    assert "──" not in ran.text


def test_pages_and_texts_are_shown_after_each_other(web_page: type[StubExtractor]) -> None:
    ran = call("explain", ".")
    assert ran.status == 0
    assert [line for line in ran.text.splitlines() if line.startswith("──")] == [
        "── page.html",
        "── page.txt",
    ]
    assert "[-This news has been read 731 times!-] <counter: " in ran.text


def test_a_page_as_json_is_its_whole_report(web_page: type[StubExtractor]) -> None:
    text, html = map(json.loads, call("explain", "page.txt", "page.html", "--json").text.splitlines())
    assert Report.from_dict(text) == newsclean.analyze(PAGE)
    assert PageReport.from_dict(html) == stub().analyze(HTML.encode())


def test_html_is_one_page_of_all_pages(web_page: type[StubExtractor]) -> None:
    Path("other.html").write_text("<p>Snow &amp; sleet.")
    ran = call("explain", "page.html", "other.html", "--html")
    assert (ran.status, ran.err) == (0, "")
    assert ran.text.count("<!doctype html>") == 1
    assert "page.html" in ran.text
    assert "other.html" in ran.text
    assert "Leave a Reply" in ran.text


def test_html_shows_either_texts_or_pages(web_page: type[StubExtractor]) -> None:
    ran = call("explain", "page.txt", "page.html", "--html")
    assert (ran.status, ran.out) == (2, b"")
    assert ran.err.startswith("newsclean: --html shows either texts or pages: explain them apart (")


def test_with_page_records_and_standard_input_are_pages_too(web_page: type[StubExtractor]) -> None:
    plain = call("explain", "page.html").text
    assert call("explain", "-", "--page", stdin=HTML.encode()).text == plain
    Path("pages.jsonl").write_text(json.dumps({"body": HTML, "url": "https://example.org/a"}) + "\n")
    ran = call("explain", "pages.jsonl", "--page", "--html-field", "body")
    assert ran.text.startswith("── pages.jsonl:1\n")
    assert web_page.asked[-1] == ("str", "https://example.org/a", None)


def test_the_options_for_pages_reach_the_extractor(web_page: type[StubExtractor]) -> None:
    call("explain", "page.html", "--engine", "justext", "--no-tables", "--encoding", "cp1252", "--url", "x:")
    assert (web_page.made["engine"], web_page.made["tables"]) == ("justext", False)
    assert web_page.asked == [("bytes", "x:", "cp1252")]
    assert call("explain", "page.txt", "--url", "x:").status == 2


@pytest.mark.parametrize("form", [[], ["--html"], ["--json"]])
def test_a_page_that_cannot_be_read_is_named_and_the_rest_is_shown(
    form: list[str], web_page: type[StubExtractor]
) -> None:
    Path("bad.html.gz").write_bytes(b"\x1f\x8b\x08")
    ran = call("explain", "bad.html.gz", "page.html", *form)
    assert ran.status == 1
    assert ran.err == "newsclean: bad.html.gz: expected gzip, got one that is cut short\n"
    assert "Rain fell" in ran.text


def test_only_changed_leaves_out_pages_that_are_all_article(web_page: type[StubExtractor]) -> None:
    Path("snow.html").write_text("<p>Snow fell.")
    ran = call("explain", "page.html", "snow.html", "--only-changed")
    assert "── page.html" in ran.text
    assert "snow.html" not in ran.text


def test_texts_are_explained_without_what_reads_pages() -> None:
    code = (
        "import sys\nfrom newsclean.cli.main import cli\n"
        "cli.main(['explain', 'page.txt'], standalone_mode=False)\n"
        "assert 'newsclean.html.extractor' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
