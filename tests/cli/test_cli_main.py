from __future__ import annotations

import sys

import click
import pytest

import newsclean
from console import call, spawn
from newsclean.categories import CATEGORIES
from newsclean.cli.main import cli

pytestmark = pytest.mark.usefixtures("here", "shipped_rules_read_once")

COMMANDS = ("clean", "extract", "explain", "check", "rules", "completion")
RULES = ("list", "show", "lint", "compile")


def test_version() -> None:
    ran = spawn("--version")
    assert (ran.status, ran.text) == (0, f"newsclean, version {newsclean.__version__}\n")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(option: str) -> None:
    ran = call(option)
    assert (ran.status, ran.err) == (0, "")
    assert [name for name in COMMANDS if f"\n  {name} " in ran.text] == list(COMMANDS)


def test_without_a_command_the_help_is_shown_and_the_status_is_2() -> None:
    ran = call()
    assert (ran.status, ran.text) == (2, call("--help").text)


@pytest.mark.parametrize(
    "command", [*((name,) for name in COMMANDS), *(("rules", name) for name in RULES)], ids=" ".join
)
def test_every_command_explains_itself_and_its_options(command: tuple[str, ...]) -> None:
    ran = call(*command, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.text.startswith(f"Usage: newsclean {' '.join(command)} ")
    found: click.Command | None = cli
    for name in command:
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), name)
    assert found is not None
    assert found.help
    assert [o.name for o in found.params if isinstance(o, click.Option) and not o.help] == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["frob"], "No such command 'frob'. (newsclean --help tells more)"),
        (["--frob"], "No such option '--frob'. (newsclean --help tells more)"),
        (["clean", "--frob"], "No such option '--frob'"),
        (["clean", "--profile", "brave"], "Invalid value for '--profile': 'brave' is not one of"),
        (["rules", "show"], "Missing argument 'ID'. (newsclean rules show --help tells more)"),
        (["rules", "frob"], "No such command 'frob'. (newsclean rules --help tells more)"),
        (["explain"], "Missing argument 'PATH...'. (newsclean explain --help tells more)"),
        (["check"], "Missing argument 'PATH...'. (newsclean check --help tells more)"),
        (["check", "x.jsonl", "--worst", "-1"], "Invalid value for '--worst'"),
        (["completion", "tcsh"], "Invalid value for '{bash|zsh|fish}': 'tcsh' is not one of"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_status_2(args: list[str], said: str) -> None:
    ran = call(*args)
    assert (ran.status, ran.out) == (2, b"")
    assert ran.err.startswith(f"newsclean: {said}")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--remove", "spam"], f"unknown category 'spam': expected one of {', '.join(CATEGORIES)}\n"),
        (["--keep", "spam"], f"unknown category 'spam': expected one of {', '.join(CATEGORIES)}\n"),
        (["--lang", "xx"], "unknown language 'xx': expected one of ar, bg, "),
        (["--lang", "english"], "unknown language 'english': expected one of ar, bg, "),
        (["--off", "no-such-rule"], "no rule has the id 'no-such-rule'"),
        (
            ["--rules", "nowhere.toml"],
            "nowhere.toml: (top): file: No such file or directory, give a readable",
        ),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("command", ["clean", "extract", "explain", "check"])
def test_a_name_that_does_not_exist_is_one_line_and_status_1(
    command: str, args: list[str], said: str
) -> None:
    ran = call(command, __file__, *args)
    assert (ran.status, ran.out) == (1, b"")
    assert ran.err.startswith(f"newsclean: {said}")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "kind"),
    [
        (["check", __file__, "--labelled", "spam"], "category 'spam'"),
        (["rules", "list", "--category", "spam"], "category 'spam'"),
        (["rules", "list", "--lang", "xx"], "language 'xx'"),
    ],
    ids=["check --labelled", "rules list --category", "rules list --lang"],
)
def test_a_name_to_select_by_has_to_exist(args: list[str], kind: str) -> None:
    ran = call(*args)
    assert (ran.status, ran.out) == (1, b"")
    assert ran.err.startswith(f"newsclean: unknown {kind}: expected one of ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(shell: str) -> None:
    ran = call("completion", shell)
    assert (ran.status, ran.err) == (0, "")
    assert f"_NEWSCLEAN_COMPLETE={shell}_complete" in ran.text
    assert "newsclean" in ran.text


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("newsclean ", COMMANDS),
        ("newsclean cl", ("clean",)),
        ("newsclean rules ", RULES),
        ("newsclean check --min-r", ("--min-removed", "--min-recall")),
        ("newsclean clean --profile ", newsclean.PROFILES),
    ],
)
def test_completion_offers_commands_options_and_values(
    words: str, offered: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_NEWSCLEAN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    ran = call()
    assert sorted(ran.text.split()) == sorted(f"plain,{word}" for word in offered)


def test_python_dash_m_and_the_console_script_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "newsclean.__main__", raising=False)
    import newsclean.__main__
    from newsclean.cli.main import main

    assert newsclean.__main__.main is main
