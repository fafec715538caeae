from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsclean.errors import RulePackError
from newsclean.rules import lint
from newsclean.rules.compiling import read_rules
from newsclean.rules.lint import lint_files, lint_rules, lint_shipped
from newsclean.rules.rule import Rule
from newsclean.rules.ruleset import shipped_rules
from newsclean.rules.schema import parse_table
from rule_helpers import rule
from strategies import FIXTURES

INVALID = FIXTURES / "rules-invalid"
PACKS = sorted(path.stem for path in INVALID.glob("*.toml"))


def problems(path: Path) -> list[str]:
    """What the linter prints of a pack, which is named relative to its folder."""
    try:
        return [str(problem) for problem in lint_rules(read_rules([path], path.parent)[0])]
    except RulePackError as error:
        return [str(error)]


@pytest.mark.parametrize("name", PACKS)
def test_a_broken_pack_gets_exactly_its_errors(name: str) -> None:
    expected = (INVALID / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert expected
    assert problems(INVALID / f"{name}.toml") == expected


def test_every_broken_pack_has_its_errors_beside_it() -> None:
    assert len(PACKS) >= 20
    assert sorted(path.stem for path in INVALID.glob("*.txt")) == PACKS


def test_an_error_begins_with_file_rule_and_field() -> None:
    for path in INVALID.glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            file, ident, field, problem = line.split(": ", 3)
            assert file == f"{path.stem}.toml"
            assert field.replace("-", "").isidentifier()
            assert ident
            assert problem


def test_a_sound_rule_has_no_problems() -> None:
    pattern = rule(
        id="views",
        category="counter",
        pattern=r"(?i)^\d+ views$",
        keywords=["views"],
        matches=["7 views", "12 Views"],
        rejects=[{"text": "7 views of the valley", "why": "x"}, {"text": "views", "why": "x"}],
    )
    assert list(lint_rules([rule("Share this story"), pattern])) == []


def test_an_id_in_two_files_is_told_with_both(tmp_path: Path) -> None:
    text = (
        '[[rule]]\nid = "share"\ncategory = "social"\nscope = "line"\nlanguages = ["en"]\n'
        'strength = "certain"\nwhy = "x"\nsource = "x"\nphrases = ["Share this"]\n'
    )
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    rules, _ = read_rules([tmp_path / "a.toml", tmp_path / "b.toml"], tmp_path)
    assert [str(p) for p in lint_rules(rules)] == [
        "b.toml: share: id: stands in a.toml too, give each its own"
    ]


def test_a_pack_of_your_own_may_not_take_the_id_of_a_shipped_rule(tmp_path: Path) -> None:
    taken = shipped_rules()[0].id
    path = tmp_path / "my.toml"
    path.write_text(
        f'[[rule]]\nid = "{taken}"\ncategory = "social"\nscope = "line"\nlanguages = ["en"]\n'
        'strength = "certain"\nwhy = "x"\nsource = "x"\nphrases = ["Share this"]\n',
        encoding="utf-8",
    )
    assert [str(p) for p in lint_files([path])] == [
        f"{path}: {taken}: id: is a shipped rule's, give yours another id"
    ]


def shipped_in(file: str, fields: dict[str, Any]) -> list[Rule]:
    entry = {
        "category": "social",
        "scope": "line",
        "strength": "certain",
        "why": "x",
        "source": "x",
        "phrases": ["Teilen Sie dies"],
    }
    return parse_table({"rule": [entry | fields]}, file)[0]


@pytest.mark.parametrize(
    ("file", "fields", "problem"),
    [
        (
            "de/social.toml",
            {"id": "de-x", "languages": ["en"]},
            'languages: write ["de"], as the folder says',
        ),
        ("de/social.toml", {"id": "x", "languages": ["de"]}, "id: start it with de-, as the folder says"),
        (
            "de/social.toml",
            {"id": "de-x", "languages": ["de"], "category": "tags"},
            "category: is not the file's, move it or write social",
        ),
    ],
)
def test_a_shipped_rule_has_to_fit_its_folder_and_file(
    monkeypatch: pytest.MonkeyPatch, file: str, fields: dict[str, Any], problem: str
) -> None:
    monkeypatch.setattr(lint, "shipped_rules", lambda: shipped_in(file, fields))
    assert [str(p) for p in lint_shipped()] == [f"{file}: {fields['id']}: {problem}"]


@pytest.mark.parametrize("file", ["de/wordpress.toml", "credit.toml"])
def test_a_file_of_wordpress_or_of_all_languages_may_hold_other_rules(
    monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    fields = {"id": "de-x", "languages": ["de"], "category": "credit"}
    monkeypatch.setattr(lint, "shipped_rules", lambda: shipped_in(file, fields))
    assert lint_shipped() == []
