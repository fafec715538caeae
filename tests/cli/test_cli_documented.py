"""The command lines that the documents show are ones that work."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from console import call
from newsclean.cli.main import cli
from newsclean.rules import ruleset

pytestmark = pytest.mark.usefixtures("here", "shipped_rules_read_once")

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "benchmarks/README.md", "docs/pages.md", "Makefile")
_COMMAND = re.compile(r"(?:^ {4}|^\t@?\$\(BIN\)/|`|[|$] )newsclean (?P<args>[^`\n#|>]*)", re.MULTILINE)


def shown(name: str) -> list[str]:
    path = ROOT / name
    return (
        [match["args"].strip() for match in _COMMAND.finditer(path.read_text("utf-8"))]
        if path.exists()
        else []
    )


def helped() -> list[str]:
    """Command lines in the help texts."""
    texts = [
        call("--help").text,
        *(call(name, "--help").text for name in cli.list_commands(click.Context(cli))),
    ]
    return [
        args
        for text in texts
        for args in re.findall(r"newsclean ([a-z][^>\n]*?)(?: {2,}.*|>.*)?$", text, re.M)
    ]


COMMANDS = [(name, args) for name in DOCUMENTS for args in shown(name) if "COMMAND" not in args]


@pytest.mark.parametrize(("document", "args"), COMMANDS, ids=[f"{name}: {args}" for name, args in COMMANDS])
def test_a_command_line_in_the_documents_is_right_usage(document: str, args: str) -> None:
    parse(args)


def test_a_command_line_in_a_help_text_is_right_usage() -> None:
    found = [args for args in helped() if "COMMAND" not in args and "[" not in args]
    assert len(found) > 5
    for args in found:
        parse(args)


def parse(args: str) -> None:
    """Read a command line as its command would, and do nothing."""
    command: click.Command = cli
    words = shlex.split(args)
    while isinstance(command, click.Group):
        name = words.pop(0)
        inner = command.get_command(click.Context(command), name)
        assert inner is not None, f"there is no command {name!r}"
        command = inner
    command.make_context(command.name, words)


def test_the_readme_shows_commands() -> None:
    assert len(shown("README.md")) > 8


def test_rules_that_the_readme_names_exist() -> None:
    ids = {rule.id for rule in ruleset.shipped_rules()}
    named = set(re.findall(r'"(en-[a-z-]+)"|rules show ([a-z-]+)', (ROOT / "README.md").read_text("utf-8")))
    assert named
    assert {"".join(pair) for pair in named} - ids == set()


def test_make_run_shows_what_is_removed_from_the_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (recipe,) = re.findall(r"^run:.*\n((?:\t.*\n)+)", makefile, re.M)
    commands = re.findall(r"\$\(BIN\)/newsclean (.*)", recipe)
    monkeypatch.chdir(ROOT)
    output = ""
    for args in commands:
        ran = call(*shlex.split(args))
        assert (ran.status, ran.err) == (0, "")
        output += ran.text
    assert "[-This news has been read 731 times!-] <counter: " in output
    assert "junk removed" in output
