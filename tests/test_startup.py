"""What is loaded when: each claim is tried in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

CLEAN = """
import newsclean
assert newsclean.clean("Rain fell all day in the valley, the mayor said.\\n\\nLeave a Reply").endswith("said.")
"""
# What cleaning does not need: the command line, reading rules, formats, and what only developers have.
HEAVY = ("click", "tomllib", "numpy", "pytest", "hypothesis", "argparse", "asyncio", "html")
ROOMS = ("newsclean.cli", "newsclean.pipeline", "newsclean.render", "newsclean.evaluation")


def after(code: str, *show: str) -> list[Any]:
    """The values of expressions once `code` has run in a fresh interpreter."""
    values = "".join(f"{expression}, " for expression in ("sorted(sys.modules)", *show))
    script = f"import json, sys\n{code}\nprint(json.dumps([{values}]))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(found, list)
    return found


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    return set(after(CLEAN)[0])


@pytest.mark.parametrize("module", [*HEAVY, *ROOMS])
def test_cleaning_does_not_load(loaded: set[str], module: str) -> None:
    assert "newsclean.cleaner" in loaded
    assert module not in loaded


@pytest.mark.parametrize("module", [*HEAVY, *ROOMS])
def test_importing_does_not_load(module: str) -> None:
    assert module not in after("import newsclean")[0]


def test_only_the_expressions_that_a_text_calls_for_are_compiled() -> None:
    code = (
        CLEAN
        + "from newsclean.rules.patterns import compiled\nfrom newsclean.rules.ruleset import shipped_rules"
    )
    _, made, all_ = after(
        code,
        "compiled.cache_info().currsize",
        "sum(1 for rule in shipped_rules() if rule.pattern and rule.languages == ('en',))",
    )
    assert all_ > 50
    assert made < all_ / 5, "are the compiled packs current? (newsclean rules compile)"


def test_only_the_packs_that_a_text_calls_for_are_read() -> None:
    code = CLEAN + "from newsclean.rules import ruleset"
    _, read = after(code, "ruleset.load_shipped.cache_info().currsize")
    assert read <= 2  # the rules for every text, and English


@pytest.mark.parametrize(
    ("command", "needless"),
    [
        ("clean", ("explain", "check", "rules", "completion")),
        ("rules", ("clean", "explain", "check", "completion")),
    ],
)
def test_a_command_does_not_load_the_others(command: str, needless: tuple[str, ...]) -> None:
    (modules,) = after(
        f"from newsclean.cli.main import cli\ncli.main(['{command}', '--help'], standalone_mode=False)"
    )
    assert f"newsclean.cli.{command}" in modules
    assert [name for name in needless if f"newsclean.cli.{name}" in modules] == []
