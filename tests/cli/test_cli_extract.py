from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from console import Ran, call, spawn
from stub_extractor import StubExtractor, use_stub

pytestmark = pytest.mark.usefixtures("here", "shipped_rules_read_once", "stub")

PAGE = '<h1>Rain</h1><p class="a menu">Home</p><p>Rain fell all day.</p><p>Leave a Reply</p>'
ARTICLE = "Rain\nRain fell all day.\n"
EMPTY = '<p class="a menu">Home</p>'


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> type[StubExtractor]:
    return use_stub(monkeypatch)


def write(path: Path | str, text: str | bytes = PAGE) -> Path:
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def made(folder: str) -> dict[str, str]:
    """The files of a folder and what is in them, marks aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in Path(folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.mark.parametrize("args", [[], ["-"], ["-o", "-"]])
def test_a_page_on_standard_input_goes_to_standard_output(args: list[str]) -> None:
    ran = call("extract", *args, stdin=PAGE.encode())
    assert (ran.status, ran.text) == (0, ARTICLE)


def test_a_packed_page_on_standard_input_is_unpacked() -> None:
    assert call("extract", stdin=gzip.compress(PAGE.encode())).text == ARTICLE


def test_standard_input_may_be_records() -> None:
    ran = call("extract", "--input", "jsonl", stdin=lines({"html": PAGE, "id": 1}).encode())
    assert json.loads(ran.text) == {"id": 1, "text": ARTICLE.strip()}


def test_a_file_goes_to_standard_output_and_stays_as_it_is() -> None:
    page = write("page.html")
    assert call("extract", page).text == ARTICLE
    assert page.read_text() == PAGE


def test_a_file_of_another_kind_is_taken_for_a_page_if_named() -> None:
    write("page.php")
    assert call("extract", "page.php", "-o", "out/").status == 0
    assert made("out") == {"page.php.txt": ARTICLE}


def test_a_folder_keeps_its_structure_and_page_files_become_texts() -> None:
    for name in ("a.html", "deep/b.htm.gz", "deep/er/c.xhtml", "D.HTML", "notes.txt"):
        write(f"pages/{name}")
    write("pages/deep/e.jsonl.gz", lines({"html": PAGE}))
    ran = call("extract", "pages", "-o", "out")
    assert ran.status == 0
    assert made("out") == {
        **dict.fromkeys(("a.txt", "deep/b.txt", "deep/er/c.txt", "D.txt"), ARTICLE),
        "deep/e.jsonl": lines({"text": ARTICLE.strip()}),
    }


def test_markdown_goes_to_md() -> None:
    write("pages/a.html.gz")
    assert call("extract", "pages", "-o", "out", "--format", "markdown").status == 0
    (article,) = made("out").items()
    assert article == ("a.md", "# Rain\n\nRain fell all day.\n")


def test_markdown_goes_into_records_too() -> None:
    write("pages.jsonl", lines({"html": PAGE}))
    ran = call("extract", "pages.jsonl", "--format", "markdown", "--no-headings")
    assert json.loads(ran.text)["text"].strip() == "Rain\n\nRain fell all day."


def test_records_get_the_article_and_keep_their_other_fields() -> None:
    page, article = json.dumps(PAGE), json.dumps(ARTICLE.strip())
    record = f'{{"id": 1.10, "body": {page}, "n": null}}\n'
    write("pages.jsonl", record)
    ran = call("extract", "pages.jsonl", "--html-field", "body", "--text-field", "article")
    assert ran.text == f'{{"id": 1.10, "n": null, "article": {article}}}\n'
    ran = call("extract", "pages.jsonl", "--html-field", "body", "--keep-html")
    assert json.loads(ran.text) == {**json.loads(record), "text": ARTICLE.strip()}


def test_metadata_comes_into_records() -> None:
    write("pages.jsonl", lines({"html": PAGE, "language": "sv"}))
    assert json.loads(call("extract", "pages.jsonl", "--metadata").text) == {
        "language": "sv",
        "title": "Rain",
        "byline": None,
        "date": "2024-01-04",
        "page_type": "article",
        "text": ARTICLE.strip(),
    }


def test_the_options_reach_the_extractor(stub: type[StubExtractor]) -> None:
    args = (
        "--engine justext --captions --no-standfirst --no-embeds --comments --no-text-side --metadata "
        "--profile recall --keep counter --encoding cp1252 --url https://example.org/a"
    )
    assert call("extract", *args.split(), stdin=PAGE.encode()).status == 0
    cleaner = stub.made.pop("cleaner")
    assert (cleaner.profile, "counter" in cleaner.categories) == ("recall", False)
    assert stub.made == {
        "engine": "justext",
        "text_side": "off",
        "metadata": True,
        "captions": True,
        "standfirst": False,
        "embeds": False,
        "comments": True,
        "tables": None,
        "bylines": None,
    }
    assert stub.asked == [("bytes", "https://example.org/a", "cp1252")]


@pytest.mark.parametrize(
    ("args", "side", "scorer"),
    [
        ([], "open", False),
        (["--text-side", "full"], "full", True),
        (["--text-side", "off"], "off", False),
        (["--no-text-side"], "off", False),
    ],
    ids=["by default", "full", "off", "no"],
)
def test_lines_are_scored_by_the_text_side_in_full_only(
    args: list[str], side: str, scorer: bool, stub: type[StubExtractor]
) -> None:
    call("extract", *args, stdin=PAGE.encode())
    assert (stub.made["text_side"], stub.made["cleaner"].scorer) == (side, scorer)


def test_records_bring_their_addresses(stub: type[StubExtractor]) -> None:
    write("pages.jsonl", lines({"html": PAGE, "link": "https://example.org/a"}, {"html": PAGE}))
    call("extract", "pages.jsonl", "--url-field", "link")
    assert stub.asked == [("str", "https://example.org/a", None), ("str", None, None)]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--links"], "--links needs --format markdown"),
        (["--no-headings", "--format", "text"], "--no-headings needs --format markdown"),
        (["--no-lists", "page.html"], "--no-lists needs --format markdown"),
        (["pages.jsonl", "-o", "out.jsonl.gz"], "out.jsonl.gz: results are not packed"),
        (["page.html", "-"], "- is standard input, which goes alone"),
        (["page.html", "pages.jsonl", "--url", "x"], "--url is the address of one page"),
        (["pages.jsonl", "--url", "x"], "--url is the address of one page"),
        ([".", "--url", "x"], "--url is the address of one page"),
        (["--input", "jsonl", "--url", "x"], "--url is the address of one page"),
        (["--keep-html", "--text-field", "html"], "--keep-html: the article is to go where the page is"),
        (["--engine", "guess"], "Invalid value for '--engine'"),
        (["nowhere.html"], "nowhere.html: no such file or folder"),
        (["-o", "there/"], "there/ is a folder: standard input needs a file"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_status_2(args: list[str], said: str) -> None:
    write("page.html")
    write("pages.jsonl", lines({"html": PAGE}))
    ran = call("extract", *args, stdin=PAGE.encode())
    assert (ran.status, ran.out) == (2, b"")
    assert ran.err.startswith(f"newsclean: {said}")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["page.html", "-o", "page.html"], "page.html is an input too"),
        (["pages.jsonl", "-o", "."], "pages.jsonl is an input too"),
        (["page.html", "--report", "page.html"], "page.html is an input too"),
        (["other", "-o", "out/", "--report", "other/r.html"], "other/r.html is in a folder of inputs"),
        (["page.html", "page.html.gz", "-o", "out"], "page.html and page.html.gz would both go to out/page.txt"),
        (["page.html", "other/page.htm", "-o", "out"], "page.html and other/page.htm would both go to"),
        (["page.html", "page.html.gz"], "2 files to extract: say where to with -o FOLDER"),
        (["empty", "-o", "out"], "nothing to extract: no .html, .htm, "),
        (["page.html", "--encoding", "klingon"], "expected an encoding Python knows, got 'klingon'"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_cannot_be_done_is_refused_before_anything_is_written(args: list[str], said: str) -> None:
    for name in ("page.html", "page.html.gz", "other/page.htm"):
        write(name)
    write("pages.jsonl", lines({"html": PAGE}))
    Path("empty").mkdir()
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    ran = call("extract", *args)
    assert (ran.status, ran.out) == (1, b"")
    assert ran.err.startswith(f"newsclean: {said}")
    assert ran.err.count("\n") == 1
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


def extract(*args: object) -> Ran:
    return call("extract", "pages", "-o", "out", *args)


def test_what_cannot_be_read_is_named_and_the_rest_is_done() -> None:
    write("pages/a.html")
    write("pages/b.html.gz").write_bytes(gzip.compress(PAGE.encode())[:-9])
    write("pages/c.jsonl", lines({"html": PAGE}, {"body": ""}))
    write("pages/d.html", "<p>fail")
    ran = extract()
    assert ran.status == 1
    assert ran.err.partition("pages failed:\n")[2].splitlines() == [
        "  pages/b.html.gz: expected gzip, got one that is cut short",
        "  pages/c.jsonl:2: expected a field 'html', got 'body' (see --html-field)",
        "  pages/d.html: ZeroDivisionError: one by nought",
    ]
    assert made("out") == {"a.txt": ARTICLE, "c.jsonl": lines({"text": ARTICLE.strip()})}


def test_a_page_without_an_article_is_empty_and_named_and_the_status_is_0() -> None:
    write("pages/a.html", EMPTY)
    write("pages/b.html")
    ran = extract()
    assert ran.status == 0
    assert "1 page without an article:\n  pages/a.html: no article found\n" in ran.err
    assert made("out") == {"a.txt": "", "b.txt": ARTICLE}
    assert "2 files done before" in extract().err


def test_a_rerun_does_only_the_rest() -> None:
    for name in "abc":
        write(f"pages/{name}.html", "<p>fail" if name == "b" else PAGE)
    assert extract().status == 1
    write("pages/b.html")
    ran = extract()
    assert (ran.status, ran.err.startswith("1 page read")) == (0, True)
    assert "2 files done before and left as they are (--force does them again)" in ran.err


@pytest.mark.parametrize(
    "option", [["--force"], ["--captions"], ["--profile", "recall"], ["--report", "r.json"], ["--url-field", "u"]],
    ids=" ".join,
)  # fmt: skip
def test_a_rerun_with_other_settings_does_everything(option: list[str]) -> None:
    write("pages/a.html")
    extract()
    assert extract(*option).err.startswith("1 page read")


def test_an_interrupted_run_leaves_nothing_by_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    write("pages/a.html")
    write("pages/b.jsonl", lines(*[{"html": PAGE}] * 3))
    analyze, seen = StubExtractor.analyze, []

    def interrupted(self: StubExtractor, *args: object) -> object:
        seen.append(args)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return analyze(self, *args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(StubExtractor, "analyze", interrupted)
        assert extract("--report", "r.json").status == 130
    assert made("out") == {"a.txt": ARTICLE}
    assert (Path("r.json").exists(), list(Path().rglob("*.part"))) == (False, [])
    assert "1 file done before" in extract().err


def test_the_report_has_a_line_for_each_page() -> None:
    write("pages/a.html")
    write("pages/b.jsonl", lines({"html": EMPTY}, {"html": "<p>fail"}))
    extract("--report", "r.jsonl", "--engine", "trafilatura")
    records = [json.loads(line) for line in Path("r.jsonl").read_text("ascii").splitlines()]
    assert [(r["document"], r["engine"], r["blocks_kept"], r["blocks_left_out"], r["error"]) for r in records] == [
        ("pages/a.html", "trafilatura", 3, 1, None),
        ("pages/b.jsonl:1", "trafilatura", 0, 1, None),
        ("pages/b.jsonl:2", "trafilatura", 0, 0, "ZeroDivisionError: one by nought"),
    ]  # fmt: skip
    assert [(block["text"], block["reason"]) for block in records[0]["left_out"]] == [("Home", "a menu")]
    assert [piece["text"] for piece in records[0]["removed"]] == ["\n", "Leave a Reply"]


def test_the_summary_is_on_standard_error_and_quiet_leaves_it_out() -> None:
    ran = call("extract", stdin=PAGE.encode())
    assert ran.err == (
        "1 page read, 1 article found, 0 of them without junk inside; 3 of 4 blocks kept, "
        "1 piece of junk removed from them\n  comment_template 1\n  engines: newsclean 1\n"
    )
    assert call("extract", "-q", stdin=PAGE.encode()).err == ""


@pytest.mark.skipif(os.name == "nt", reason="file names that are no text")
def test_a_file_name_that_is_no_utf8_is_a_name_too() -> None:
    write(Path("pages", os.fsdecode(b"caf\xe9.html")))
    assert extract("--report", "r.jsonl").status == 0
    assert Path("out", os.fsdecode(b"caf\xe9.txt")).read_text() == ARTICLE
    assert "1 file done before" in extract().err


PAGES = Path(__file__).parent.parent.parent / "fixtures" / "pages" / "articles" / "html"


@pytest.mark.parametrize("suffix", [".html", ".html.gz"])
def test_a_real_page_becomes_its_article_by_files_records_and_pipes(suffix: str) -> None:
    page = (PAGES / "de-ghost.html").read_bytes()
    write(f"pages/ghost{suffix}", page)
    write("pages/many.jsonl", lines({"html": page.decode()}))
    ran = spawn("extract", "pages", "-o", "out", "--report", "left-out.jsonl")
    assert (ran.status, ran.err.startswith("2 pages read, 2 articles found")) == (0, True)
    article = made("out")["ghost.txt"]
    assert "Null ist kleiner als 99, also war Schluss." in article
    assert "Mitglied werden" not in article
    assert made("out")["many.jsonl"] == lines({"text": article.removesuffix("\n")})
    assert spawn("extract", stdin=page).text == article
    left = [json.loads(line)["left_out"] for line in Path("left-out.jsonl").read_text().splitlines()]
    assert "Mitglied werden" in {block["text"] for block in left[0]}
    assert all(block["reason"] for block in left[0])


@pytest.mark.parametrize("form", [[], ["--html"], ["--json"]])
def test_a_real_page_is_explained(form: list[str]) -> None:
    ran = spawn("explain", PAGES / "de-ghost.html", *form)
    assert (ran.status, ran.err) == (0, "")
    assert "Mitglied werden" in ran.text
