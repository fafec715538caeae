from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from console import call, spawn

pytestmark = pytest.mark.usefixtures("here", "shipped_rules_read_once")

PAGE = "Rain fell all day.\n\nThis news has been read 731 times!\n\nThe river rose.\n\nLeave a Reply\n"
ARTICLE = "Rain fell all day.\n\nThe river rose.\n"


def write(path: Path | str, text: str | bytes) -> Path:
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_standard_input_goes_to_standard_output() -> None:
    ran = spawn("clean", stdin=PAGE.encode())
    assert (ran.status, ran.text) == (0, ARTICLE)


def test_a_dash_is_standard_input() -> None:
    assert call("clean", "-", stdin=PAGE.encode()).text == ARTICLE


def test_a_file_goes_to_standard_output() -> None:
    write("page.txt", PAGE)
    ran = spawn("clean", "page.txt")
    assert (ran.status, ran.text) == (0, ARTICLE)


def test_the_input_is_left_as_it_is() -> None:
    page = write("page.txt", PAGE)
    before = page.stat().st_mtime_ns
    call("clean", "page.txt", "-o", "article.txt")
    assert page.read_text() == PAGE
    assert page.stat().st_mtime_ns == before


def test_o_names_the_output_file() -> None:
    write("page.txt", PAGE)
    ran = spawn("clean", "page.txt", "-o", "new/article.txt")
    assert (ran.status, ran.out) == (0, b"")
    assert Path("new/article.txt").read_text() == ARTICLE


def test_o_dash_is_standard_output() -> None:
    write("page.txt", PAGE)
    assert call("clean", "page.txt", "-o", "-").text == ARTICLE
    assert not Path("-").exists()


def test_standard_input_goes_to_a_file() -> None:
    ran = call("clean", "-o", "article.txt", stdin=PAGE.encode())
    assert (ran.status, ran.out) == (0, b"")
    assert Path("article.txt").read_text() == ARTICLE


def test_standard_input_may_be_records() -> None:
    ran = call("clean", "--format", "jsonl", stdin=lines({"text": PAGE}, {"text": "Snow."}).encode())
    assert [json.loads(line)["text"] for line in ran.text.splitlines()] == [ARTICLE, "Snow."]


@pytest.mark.parametrize("output", ["made/", "there"])
def test_one_file_goes_into_a_folder_that_is_there_or_ends_in_a_slash(output: str) -> None:
    Path("there").mkdir()
    write("page.txt", PAGE)
    assert call("clean", "page.txt", "-o", output).status == 0
    assert Path(output, "page.txt").read_text() == ARTICLE


def test_a_folder_keeps_its_structure() -> None:
    write("texts/a.txt", PAGE)
    write("texts/deep/er/b.txt", PAGE)
    write("texts/deep/c.jsonl", lines({"text": PAGE}))
    write("texts/deep/picture.png", b"\x89PNG")
    ran = spawn("clean", "texts", "-o", "clean/")
    assert ran.status == 0
    made = {p.relative_to("clean").as_posix() for p in Path("clean").rglob("*.*") if p.is_file()}
    assert {name for name in made if not name.startswith(".")} == {"a.txt", "deep/er/b.txt", "deep/c.jsonl"}
    assert Path("clean/deep/er/b.txt").read_text() == ARTICLE
    assert json.loads(Path("clean/deep/c.jsonl").read_text()) == {"text": ARTICLE}


def test_several_files_go_side_by_side_into_a_folder() -> None:
    write("one/a.txt", PAGE)
    write("two/b.txt", PAGE)
    assert call("clean", "one/a.txt", "two/b.txt", "-o", "clean").status == 0
    assert [Path("clean", name).read_text() for name in ("a.txt", "b.txt")] == [ARTICLE, ARTICLE]


def test_several_files_without_an_output_are_refused() -> None:
    write("a.txt", PAGE)
    write("b.txt", PAGE)
    ran = spawn("clean", "a.txt", "b.txt")
    assert (ran.status, ran.out) == (1, b"")
    assert ran.err == "newsclean: 2 files to clean: say where to with -o FOLDER\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["page.txt", "-o", "page.txt"], "page.txt is an input too"),
        (["page.txt", "-o", "link.txt"], "link.txt is an input too"),
        (["page.txt", "-o", "."], "page.txt is an input too"),
        (["other", "-o", "other"], "other/page.txt is an input too"),
        (["page.txt", "--report", "page.txt"], "page.txt is an input too"),
        (["page.txt", "-o", "new.jsonl", "--report", "new.jsonl"], "new.jsonl is an output too"),
        ([".", "-o", "clean/", "--report", "removed.jsonl"], "removed.jsonl is in a folder of inputs"),
        (["page.txt", "other/page.txt", "-o", "clean/"], "page.txt and other/page.txt would both go to"),
        (["page.txt", "other/page.txt", "-o", "file"], "file: expected a folder, got a file"),
    ],
)
def test_what_would_overwrite_something_is_refused_before_anything_is_written(
    args: list[str], said: str
) -> None:
    write("page.txt", PAGE)
    write("other/page.txt", PAGE)
    write("file", "not a text")
    Path("link.txt").symlink_to("page.txt")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    ran = call("clean", *args)
    assert ran.status == 1
    assert ran.err.startswith(f"newsclean: {said}")
    assert ran.err.count("\n") == 1
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-o", "folder"], "folder is a folder: standard input needs a file"),
        (["-o", "new/"], "new/ is a folder: standard input needs a file"),
        (["-o", "x.jsonl", "--report", "x.jsonl"], "x.jsonl is the output too"),
    ],
)
def test_standard_input_needs_an_output_that_can_be(args: list[str], said: str) -> None:
    Path("folder").mkdir()
    ran = call("clean", *args, stdin=PAGE.encode())
    assert ran.status == 2
    assert said in ran.err
    assert sorted(Path().iterdir()) == [Path("folder")]


def test_an_output_folder_inside_the_input_folder_is_not_read_again() -> None:
    write("texts/a.txt", PAGE)
    for _ in range(2):
        assert call("clean", "texts", "-o", "texts/clean/", "--force").status == 0
    assert [p.relative_to("texts").as_posix() for p in sorted(Path("texts").rglob("*.txt"))] == [
        "a.txt",
        "clean/a.txt",
    ]


def test_a_folder_without_texts_is_told_of() -> None:
    write("folder/picture.png", b"\x89PNG")
    ran = call("clean", "folder", "-o", "clean/")
    assert (ran.status, ran.err) == (
        1,
        "newsclean: nothing to clean: no .txt or .jsonl file in the folder given\n",
    )


@pytest.mark.parametrize("command", ["clean", "explain", "check"])
def test_a_missing_path_is_one_line_and_status_2(command: str) -> None:
    ran = spawn(command, "nowhere.txt")
    assert (ran.status, ran.out) == (2, b"")
    assert (
        ran.err == f"newsclean: nowhere.txt: no such file or folder (newsclean {command} --help tells more)\n"
    )


# Bytes that a careless reader or writer would change, around and in an article without junk.
EXACT = {
    "CRLF": "Rain fell.\r\n\r\nThe river rose.\r\n",
    "CR": "Rain fell.\rThe river rose.\r",
    "mixed line ends": "Rain fell.\r\nThe river rose.\n\rSnow.\r",
    "byte-order mark": "\ufeffRain fell.\n",
    "no final newline": "Rain fell.",
    "many final newlines": "Rain fell.\n\n\n\n",
    "blanks at ends": "  \t\n  Rain fell. \t \n \xa0",
    "control characters": "Rain\0 fell.\x0bThe river\x0c rose.\x1c\x85",
    "Unicode line ends": "Rain fell.\u2028The river rose.\u2029",
    "unassembled accents": "Cafe\u0301 and caf\u00e9, \u200bzero\u200d width, \U0001f327\ufe0f",
    "nothing": "",
    "only line ends": "\n\r\n\r",
}


@pytest.mark.parametrize("text", EXACT.values(), ids=EXACT.keys())
def test_an_article_without_junk_comes_out_byte_for_byte(text: str) -> None:
    write("page.txt", text)
    write("page.jsonl", lines({"text": text}))
    assert call("clean", "-o", "piped.txt", stdin=text.encode()).status == 0
    assert call("clean", "page.txt", "page.jsonl", "-o", "clean/").status == 0
    assert Path("piped.txt").read_bytes() == text.encode()
    assert Path("clean/page.txt").read_bytes() == text.encode()
    assert Path("clean/page.jsonl").read_bytes() == Path("page.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("page", "article"),
    [
        ("\ufeffRain fell.\r\n\r\nLeave a Reply\r\n", "\ufeffRain fell.\r\n"),
        ("Rain fell.\rLeave a Reply\rThe river rose.", "Rain fell.\rThe river rose."),
        (" \t\nRain\xa0 fell.\n\nLeave a Reply", " \t\nRain\xa0 fell."),
    ],
)
def test_what_is_left_of_a_page_keeps_its_line_ends_and_marks(page: str, article: str) -> None:
    assert spawn("clean", stdin=page.encode()).out == article.encode()


def test_empty_files_come_out_empty() -> None:
    write("texts/a.txt", "")
    write("texts/b.jsonl", "")
    write("texts/c.jsonl", "\n \n\r\n")
    ran = call("clean", "texts", "-o", "clean")
    assert ran.status == 0
    assert [Path("clean", name).read_bytes() for name in ("a.txt", "b.jsonl", "c.jsonl")] == [b""] * 3


def test_the_text_field_may_have_another_name_and_other_fields_are_carried() -> None:
    record = '{"id": 7, "body": %s, "price": 1.10, "tags": ["a",  "b"], "text": "Leave a Reply", "n": null}\n'
    write("pages.jsonl", record % json.dumps(PAGE))
    ran = spawn("clean", "pages.jsonl", "--text-field", "body")
    assert (ran.status, ran.text) == (0, record % json.dumps(ARTICLE))


def test_lone_surrogates_stay_escapes() -> None:
    write("pages.jsonl", '{"text": "Rain \\ud800 fell.\\nLeave a Reply"}\n{"text": "Snow \\udfff."}\n')
    ran = spawn("clean", "pages.jsonl", "--report", "removed.json")
    assert ran.status == 0
    assert ran.text == '{"text": "Rain \\ud800 fell."}\n{"text": "Snow \\udfff."}\n'
    assert len(Path("removed.json").read_text("ascii").splitlines()) == 2


def test_a_file_that_is_no_utf8_is_named_with_its_byte_and_the_rest_is_done() -> None:
    write("texts/a.txt", PAGE)
    write("texts/b.txt", b"Rain fell.\nThe caf\xe9 closed.\n")
    write("texts/c.txt", PAGE)
    ran = spawn("clean", "texts", "-o", "clean")
    assert ran.status == 1
    assert "1 document failed:\n  texts/b.txt: byte 18 (line 2): expected UTF-8, got 0xe9\n" in ran.err
    assert {path.name for path in Path("clean").glob("*.txt")} == {"a.txt", "c.txt"}


def test_broken_records_are_named_with_their_line_and_the_rest_is_done() -> None:
    good = json.dumps({"text": PAGE}).encode()
    broken = [good, b"Rain", b"[1]", b'{"body": ""}', b'{"text": 5}', b'{"text": "\xff"}', b"", good]
    write("pages.jsonl", b"\n".join(broken))
    ran = spawn("clean", "pages.jsonl", "-o", "clean.jsonl")
    assert ran.status == 1
    assert ran.err.partition("documents failed:\n")[2].splitlines() == [
        "  pages.jsonl:2: column 1: expected JSON, Expecting value",
        "  pages.jsonl:3: expected an object, got a list",
        "  pages.jsonl:4: expected a field 'text', got 'body' (see --text-field)",
        "  pages.jsonl:5: expected text in 'text', got a number",
        "  pages.jsonl:6: byte 10: expected UTF-8, got 0xff",
    ]
    assert Path("clean.jsonl").read_text() == lines({"text": ARTICLE}, {"text": ARTICLE})


def test_a_text_in_which_something_goes_wrong_comes_through_unchanged_and_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("one by nought")

    monkeypatch.setattr("newsclean.settling.Settling.report", fail)
    ran = call("clean", stdin=PAGE.encode())
    assert (ran.status, ran.text) == (1, PAGE)
    assert "standard input: ZeroDivisionError: one by nought (left unchanged)" in ran.err


def test_the_summary_is_on_standard_error() -> None:
    ran = spawn("clean", stdin=PAGE.encode())
    assert ran.err == (
        "1 document cleaned, 0 of them untouched; 2 pieces of junk removed "
        f"({1 - len(ARTICLE) / len(PAGE):.1%} of the characters)\n  counter 1, comment_template 1\n"
    )


def test_quiet_leaves_the_summary_out() -> None:
    assert spawn("clean", "-q", stdin=PAGE.encode()).err == ""


def test_there_is_no_progress_bar_when_piped() -> None:
    for n in range(3):
        write(f"texts/{n}.txt", PAGE)
    ran = spawn("clean", "texts", "-o", "clean")
    assert ran.err.startswith("3 documents cleaned")
    assert "\r" not in ran.err
    assert "\x1b" not in ran.err


def test_a_category_can_be_kept() -> None:
    ran = call("clean", "--keep", "counter", stdin=PAGE.encode())
    assert ran.text == PAGE.removesuffix("\n\nLeave a Reply\n") + "\n"


def test_rules_of_ones_own_run_beside_the_shipped_ones_and_can_be_switched_off() -> None:
    write(
        "mine.toml",
        '[[rule]]\nid = "zorbel-line"\ncategory = "related"\nscope = "line"\nlanguages = ["*"]\n'
        'strength = "certain"\nwhy = "Made up."\nsource = "a test"\nphrases = ["Zorbel quix snorf"]\n',
    )
    page = PAGE + "Zorbel quix snorf\n"
    assert call("clean", stdin=page.encode()).text == ARTICLE + "\nZorbel quix snorf\n"
    mine = ("clean", "--rules", "mine.toml")
    assert call(*mine, stdin=page.encode()).text == ARTICLE
    assert call(*mine, "--off", "zorbel-line", stdin=page.encode()).text == ARTICLE + "\nZorbel quix snorf\n"


def test_a_language_can_be_ordered() -> None:
    german = b"Rain fell.\n\nArtikel teilen\n"
    assert call("clean", "--lang", "fr", stdin=german).out == german
    assert call("clean", "--lang", "de", stdin=german).out == b"Rain fell.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="file names that are no text")
def test_a_file_name_that_is_no_utf8_is_a_name_too() -> None:
    page = Path("texts", os.fsdecode(b"caf\xe9.txt"))
    write(page, PAGE)
    assert spawn("clean", "texts", "-o", "clean").status == 0
    assert Path("clean", page.name).read_text() == ARTICLE
    assert spawn("clean", "texts", "-o", "clean").err.startswith("0 documents cleaned")
    for form in ([], ["--html"], ["--json"]):
        ran = spawn("explain", "texts", "texts", *form)
        assert (ran.status, ran.err) == (0, "")
        assert "Rain fell" in ran.text
