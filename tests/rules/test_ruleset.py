from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from newsclean.document import read_document
from newsclean.errors import RulePackError, UnknownRuleError
from newsclean.rules import ruleset
from newsclean.rules.match import match_lines
from newsclean.rules.ruleset import (
    COMPILED,
    RuleSet,
    compile_shipped,
    compile_shipped_pack,
    language_folders,
    load_shipped,
    shipped_rules,
)
from strategies import FIXTURES

RULE = """[[rule]]
id = "{id}"
category = "social"
scope = "line"
languages = ["{language}"]
strength = "certain"
why = "A test."
source = "A test."
phrases = ["{phrase}"]
"""


def pack(folder: Path, text: str, name: str = "my.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def my_rule(ident: str = "my-rule", language: str = "en", phrase: str = "Wave to the crew") -> str:
    return RULE.format(id=ident, language=language, phrase=phrase)


def found(rules: RuleSet, text: str, languages: tuple[str, ...] = ("en",)) -> set[str]:
    lines = match_lines(rules.index(languages), read_document(text)).values()
    return {finding.head.id for line in lines for finding in line}


def test_packs_of_your_own_run_beside_the_shipped_ones(tmp_path: Path) -> None:
    rules = RuleSet([pack(tmp_path, my_rule())])
    assert found(rules, "Wave to the crew") == {"my-rule"}
    assert found(rules, "Leave a Reply")
    assert found(RuleSet(), "Wave to the crew") == set()


def test_a_pack_is_named_by_a_path_or_a_text(tmp_path: Path) -> None:
    assert found(RuleSet([str(pack(tmp_path, my_rule()))]), "Wave to the crew") == {"my-rule"}


@pytest.mark.parametrize(
    ("language", "languages", "runs"),
    [("en", ("en",), True), ("de", ("en",), False), ("de", ("de", "en"), True), ("*", ("en", "fi"), True)],
)
def test_a_rule_runs_on_texts_of_its_languages(
    tmp_path: Path, language: str, languages: tuple[str, ...], runs: bool
) -> None:
    rules = RuleSet([pack(tmp_path, my_rule(language=language))])
    assert bool(found(rules, "Wave to the crew", languages)) is runs


def test_a_rule_that_is_switched_off_does_not_run() -> None:
    shipped = found(RuleSet(), "Leave a Reply")
    assert shipped
    assert not found(RuleSet(off=sorted(shipped)), "Leave a Reply") & shipped


def test_a_pack_switches_rules_off_too(tmp_path: Path) -> None:
    shipped = sorted(found(RuleSet(), "Leave a Reply"))
    rules = RuleSet([pack(tmp_path, f"off = {json.dumps(shipped)}")])
    assert rules.off == set(shipped)
    assert not found(rules, "Leave a Reply") & set(shipped)


def test_a_rule_of_your_own_can_be_switched_off(tmp_path: Path) -> None:
    assert found(RuleSet([pack(tmp_path, my_rule())], off=["my-rule"]), "Wave to the crew") == set()


def test_an_id_that_no_rule_has_is_refused_with_the_nearest_ids() -> None:
    some = shipped_rules()[0].id
    with pytest.raises(UnknownRuleError) as error:
        RuleSet(off=[some + "x"])
    assert error.value.got == some + "x"
    assert error.value.near[0] == some
    assert str(error.value).startswith(f"no rule has the id '{some}x'; did you mean {some}")
    assert isinstance(error.value, KeyError)


def test_an_id_like_no_other_is_refused_without_a_suggestion(tmp_path: Path) -> None:
    path = pack(tmp_path, 'off = ["???"]')
    with pytest.raises(UnknownRuleError) as error:
        RuleSet([path])
    assert str(error.value) == "no rule has the id '???' (newsclean rules list shows all)"


def test_a_rule_may_not_take_the_id_of_a_shipped_one(tmp_path: Path) -> None:
    taken = shipped_rules()[0].id
    path = pack(tmp_path, my_rule(taken))
    with pytest.raises(RulePackError) as error:
        RuleSet([path])
    assert str(error.value) == f"{path}: {taken}: id: is a shipped rule's, give yours another id"


def test_two_packs_may_not_share_an_id(tmp_path: Path) -> None:
    paths = [pack(tmp_path, my_rule(), name) for name in ("a.toml", "b.toml")]
    with pytest.raises(RulePackError) as error:
        RuleSet(paths)
    assert str(error.value) == f"{paths[1]}: my-rule: id: stands in {paths[0]} too, give each its own"


BROKEN = [
    "not-toml", "not-utf-8", "unknown-key", "id-missing", "category-unknown", "language-by-name",
    "phrase-bracket-open", "phrase-placeholder-unknown", "phrase-without-words", "pattern-does-not-compile",
    "keywords-missing", "reach-missing",
]  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_is_refused_in_the_words_of_the_linter(name: str) -> None:
    path = FIXTURES / "rules-invalid" / f"{name}.toml"
    with pytest.raises(RulePackError) as error:
        RuleSet([path])
    told = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()[0]
    assert str(error.value) == told.replace(path.name, str(path), 1)


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulePackError, match="give a readable path"):
        RuleSet([tmp_path / "none.toml"])


def test_a_language_without_a_pack_has_the_common_rules_only() -> None:
    assert load_shipped("xx").heads == []
    common = {rule.id for rule in shipped_rules() if "*" in rule.languages}
    assert found(RuleSet(), "Leave a Reply", ("xx",)) <= common


def test_an_index_is_made_once_for_the_same_languages() -> None:
    rules = RuleSet()
    assert rules.index(("de", "en")) is rules.index(("de", "en"))
    assert rules.index(("de", "en")) is not rules.index(("en",))


def test_rule_sets_serve_texts_in_every_mix_of_languages() -> None:
    rules = RuleSet()
    small = ("bs", "eo", "eu", "gd", "gl", "hr", "jv")
    mixes = [tuple(code for n, code in enumerate(small) if mask >> n & 1) for mask in range(128)]
    assert len({id(rules.index(mix)) for mix in mixes}) > 1
    assert found(rules, "Leave a Reply", ("en",))


def test_the_compiled_packs_are_current() -> None:
    assert compile_shipped(write=False) == []


@pytest.mark.parametrize("language", ["en", "ja", "fa"])
def test_a_compiled_pack_is_the_pack_of_its_toml(language: str) -> None:
    assert load_shipped(language).to_json("") == compile_shipped_pack(language).to_json("")


@pytest.fixture
def shipped_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shipped set of one rule in one language, in a folder of its own."""
    (tmp_path / "data" / "xx").mkdir(parents=True)
    pack(tmp_path / "data" / "xx", my_rule("xx-wave", "xx"), "social.toml")
    monkeypatch.setattr(ruleset, "DATA", str(tmp_path / "data"))
    monkeypatch.setattr(ruleset, "COMPILED", str(tmp_path / "compiled"))
    monkeypatch.setattr(ruleset, "load_shipped", load_shipped.__wrapped__)
    return tmp_path


def test_packs_are_compiled_when_their_rules_change(shipped_here: Path) -> None:
    assert compile_shipped(write=False) == ["xx"]
    assert not (shipped_here / "compiled").exists()
    assert compile_shipped() == ["xx"]
    assert compile_shipped() == []
    pack(shipped_here / "data" / "xx", my_rule("xx-wave", "xx", "Wave to all"), "social.toml")
    assert compile_shipped(write=False) == ["xx"]
    assert found(RuleSet(), "Wave to all", ("xx",)) == {"xx-wave"}


def test_a_compiled_pack_whose_rules_are_gone_goes_too(shipped_here: Path) -> None:
    compile_shipped()
    shutil.rmtree(shipped_here / "data" / "xx")
    assert compile_shipped(write=False) == ["xx"]
    assert (shipped_here / "compiled" / "xx.json").exists()
    assert compile_shipped() == ["xx"]
    assert not (shipped_here / "compiled" / "xx.json").exists()


@pytest.mark.parametrize("damage", ["", "[", "[{}]", '[{"format": 0}]'])
def test_a_damaged_compiled_pack_is_made_anew(shipped_here: Path, damage: str) -> None:
    compile_shipped()
    (shipped_here / "compiled" / "xx.json").write_text(damage, encoding="utf-8")
    assert found(RuleSet(), "Wave to the crew", ("xx",)) == {"xx-wave"}


def test_how_lines_end_in_a_file_of_rules_makes_no_difference(shipped_here: Path) -> None:
    compile_shipped()
    path = shipped_here / "data" / "xx" / "social.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert compile_shipped(write=False) == []


def test_every_language_folder_has_a_compiled_pack() -> None:
    assert {path.stem for path in Path(COMPILED).glob("*.json")} >= set(language_folders())
