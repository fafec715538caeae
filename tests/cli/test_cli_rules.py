from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from console import call, spawn
from newsclean.rules import ruleset

pytestmark = pytest.mark.usefixtures("here", "shipped_rules_read_once")

PHRASES = """
[[rule]]
id = "zorbel-line"
category = "related"
scope = "block"
reach = 7
languages = ["de", "fr"]
strength = "likely"
why = "Made up."
source = "a test"
phrases = ["Zorbel (quix|snorf)", "Zorbel {number}"]
"""
PATTERN = """
[[rule]]
id = "quix-counter"
category = "counter"
scope = "line"
languages = ["*"]
strength = "certain"
why = "Made up too."
source = "a test"
pattern = '^quixed \\d+ times$'
keywords = ["quixed"]
matches = ["quixed 7 times", "quixed 731 times"]
rejects = [{ text = "He quixed.", why = "a sentence" }, { text = "7 times", why = "a table" }]
"""


@pytest.fixture(autouse=True)
def mine(here: Path) -> None:
    Path("mine.toml").write_text(PHRASES + PATTERN)


def test_list_shows_each_shipped_rule_in_a_line() -> None:
    ran = call("rules", "list")
    assert ran.status == 0
    assert [line.split()[0] for line in ran.text.splitlines()] == [
        rule.id for rule in ruleset.shipped_rules()
    ]


def test_list_shows_the_rules_of_a_pack() -> None:
    shown = [line.split() for line in call("rules", "list", "mine.toml").text.splitlines()]
    assert shown == [
        ["zorbel-line", "related", "block", "likely", "de,fr", "Made", "up."],
        ["quix-counter", "counter", "line", "certain", "*", "Made", "up", "too."],
    ]


@pytest.mark.parametrize(
    ("option", "shown"),
    [
        (["--category", "related"], ["zorbel-line"]),
        (["--category", "tags"], []),
        (["--lang", "fr"], ["zorbel-line"]),
        (["--lang", "fr", "--category", "counter"], []),
    ],
)
def test_list_can_be_narrowed(option: list[str], shown: list[str]) -> None:
    listed = call("rules", "list", "mine.toml", *option)
    assert [line.split()[0] for line in listed.text.splitlines()] == shown


def test_show_tells_all_of_a_rule() -> None:
    assert call("rules", "show", "zorbel-line", "--rules", "mine.toml").text == (
        "zorbel-line: Made up.\n"
        "  file       mine.toml\n"
        "  category   related\n"
        "  scope      block, up to 7 lines\n"
        "  strength   likely\n"
        "  languages  de, fr\n"
        "  source     a test\n"
        "  phrases\n"
        "    Zorbel (quix|snorf)\n"
        "    Zorbel {number}\n"
    )
    shown = call("rules", "show", "quix-counter", "--rules", "mine.toml").text
    assert "  pattern    ^quixed \\d+ times$\n  keywords   quixed\n" in shown
    assert shown.endswith(
        "  matches\n    quixed 7 times\n    quixed 731 times\n"
        "  rejects\n    He quixed.  (a sentence)\n    7 times  (a table)\n"
    )


def test_every_rule_that_explain_names_can_be_shown() -> None:
    Path("page.txt").write_text("Rain fell.\n\nThis news has been read 731 times!\n\nLeave a Reply")
    named = [part.split(">")[0] for part in call("explain", "page.txt").text.split(": ")[1:]]
    assert len(named) == 2
    for ident in named:
        ran = call("rules", "show", ident)
        assert (ran.status, ran.err) == (0, "")
        assert ran.text.startswith(f"{ident}: ")


def test_show_offers_near_ids_for_one_that_does_not_exist() -> None:
    ran = spawn("rules", "show", "zorbel-linez", "--rules", "mine.toml")
    assert (ran.status, ran.out) == (1, b"")
    assert ran.err.startswith("newsclean: no rule has the id 'zorbel-linez'; did you mean zorbel-line")
    assert ran.err.endswith("? (newsclean rules list shows all)\n")


def test_lint_finds_no_problem_in_a_good_pack() -> None:
    ran = call("rules", "lint", "mine.toml")
    assert (ran.status, ran.out, ran.err) == (0, b"", "no problems\n")


def test_lint_names_each_problem_in_a_line() -> None:
    Path("mine.toml").write_text(PATTERN.replace("^quixed", "quixed").replace('"quixed 7 times"', '"quix"'))
    ran = spawn("rules", "lint", "mine.toml")
    assert (ran.status, ran.err) == (1, "2 problems\n")
    assert ran.text.splitlines() == [
        "mine.toml: quix-counter: pattern: has to match a whole line, anchor it with ^ and $",
        "mine.toml: quix-counter: matches: 'quix' is not matched, mend the pattern or the example",
    ]


@pytest.mark.parametrize(
    ("pack", "said"),
    [
        (b"[[rule]", "mine.toml: (top): TOML: "),
        (b"\xff", "mine.toml: (top): encoding: "),
        (PHRASES.replace("related", "spam").encode(), "mine.toml: zorbel-line: category: 'spam' is unknown"),
        (PHRASES.replace("(quix|snorf)", "(quix").encode(), "mine.toml: zorbel-line: phrases: "),
    ],
)
@pytest.mark.parametrize("command", [("clean", "--rules"), ("rules", "lint")])
def test_a_pack_that_cannot_be_used_is_one_line(command: tuple[str, ...], pack: bytes, said: str) -> None:
    Path("mine.toml").write_bytes(pack)
    ran = call(*command, "mine.toml")
    assert ran.status == 1
    told = (ran.text + ran.err).splitlines()
    assert told[0].removeprefix("newsclean: ").startswith(said)
    assert "Traceback" not in ran.err


@pytest.fixture
def packs(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small packs that take the place of the shipped ones."""
    data = here / "data"
    for lang, text in {"de": PHRASES, "en": PATTERN}.items():
        (data / lang).mkdir(parents=True)
        (data / lang / "related.toml").write_text(text)
    kind = type(ruleset.DATA)
    monkeypatch.setattr(ruleset, "DATA", kind(data))
    monkeypatch.setattr(ruleset, "COMPILED", kind(here / "compiled"))
    return data


def test_compile_makes_what_check_then_finds_current(packs: Path) -> None:
    stale = "not compiled as it stands, run newsclean rules compile\n"
    ran = call("rules", "compile", "--check")
    assert (ran.status, ran.text) == (1, f"de: {stale}en: {stale}")
    assert not Path("compiled").exists()
    ran = call("rules", "compile")
    assert (ran.status, ran.text) == (0, "de: compiled\nen: compiled\n")
    assert (call("rules", "compile", "--check").status, call("rules", "compile").out) == (0, b"")


def test_check_sees_a_pack_that_has_changed(packs: Path) -> None:
    call("rules", "compile")
    path = packs / "de/related.toml"
    path.write_text(path.read_text().replace("snorf", "snarf"))
    ran = call("rules", "compile", "--check")
    assert ran.status == 1
    assert ran.text.startswith("de: not compiled as it stands")


def test_compile_drops_what_has_no_source_any_more(packs: Path) -> None:
    call("rules", "compile")
    shutil.rmtree(packs / "de")
    assert call("rules", "compile", "--check").status == 1
    call("rules", "compile")
    assert [path.name for path in Path("compiled").iterdir()] == ["en.json"]
