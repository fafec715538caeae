from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.document import read_document
from newsclean.errors import RulePackError
from newsclean.rules.compiling import compile_pack, read_rules
from newsclean.rules.index import Index
from newsclean.rules.match import match_lines
from newsclean.rules.pack import FORMAT, Pack
from newsclean.rules.rule import Rule
from rule_helpers import PROSE, rule
from strategies import PhraseTree, phrase_trees

RULES = [
    rule("Share this story", "Read also: {title}", "{name} says", id="line"),
    rule("Your email address will not be published", "{number} people like this", id="s", scope="sentence"),
    rule("Read the [full] story here", id="inline", scope="inline", strength="likely"),
    rule("Related", id="block", scope="block", reach=7, category="related"),
    rule(id="pattern", pattern=r"(?i)^photo: .+$", keywords=["Photo", "Bild-Quelle"], matches=["photo: x"]),
]


def stored_and_read(pack: Pack) -> Pack:
    return Pack.from_json(json.loads(pack.to_json("digest")))


def test_a_stored_pack_says_its_format_and_what_it_was_made_from() -> None:
    assert json.loads(compile_pack(RULES).to_json("abc"))[0] == {"format": FORMAT, "digest": "abc"}


def test_storing_and_reading_a_pack_loses_nothing() -> None:
    pack = compile_pack(RULES)
    again = stored_and_read(pack)
    assert again.heads == pack.heads
    assert [head.reach for head in again.heads if head.id == "block"] == [7]
    assert again.to_json("digest") == pack.to_json("digest")


@given(
    st.lists(phrase_trees(placeholders=("{title}", "{number}")), min_size=1, max_size=4),
    st.lists(st.sampled_from(["ant", "bee", "cow", "dog", "7", "elk", "Fox", ".", ":"]), max_size=12),
)
@settings(max_examples=60)
def test_a_stored_pack_finds_what_the_pack_found(trees: list[PhraseTree], words: list[str]) -> None:
    rules = [rule(f"elk {tree.text}", id=f"rule-{n}", scope="sentence") for n, tree in enumerate(trees)]
    rules += [rule(f"{tree.text} elk", id=f"late-{n}", scope="inline") for n, tree in enumerate(trees)]
    pack = compile_pack(rules)
    document = read_document(" ".join(["elk", *words, "elk"]) + f"\n{PROSE} {' '.join(words)} elk. {PROSE}")
    found = [match_lines(Index([p], {"en"}, frozenset()), document) for p in (pack, stored_and_read(pack))]
    assert found[0] == found[1]


def test_keywords_are_kept_as_texts_are_read() -> None:
    assert compile_pack([RULES[-1]]).heads[0].keywords == ("photo", "bild quelle")


def test_an_empty_pack_holds_no_rules() -> None:
    assert compile_pack([]).heads == stored_and_read(Pack()).heads == []


@pytest.mark.parametrize(
    ("phrase", "fields", "is_fine"),
    [
        ("Posted {date}", {}, True),
        ("{date}", {"strength": "likely"}, True),
        ("{date} {name}", {"strength": "likely"}, True),
        ("{number}", {"strength": "hint"}, True),
        ("{date}", {"strength": "certain"}, False),
        ("{date}", {"strength": "likely", "scope": "sentence"}, False),
        ("{number}", {"strength": "likely"}, False),
        ("{name}", {"strength": "hint"}, False),
        ("[By] {name}", {"strength": "likely"}, False),
        ("{title} {date}", {"strength": "likely"}, False),
        ("{site} {date}", {"strength": "hint"}, False),
    ],
)
def test_only_dates_and_hints_of_numbers_may_lack_a_word(
    phrase: str, fields: dict[str, str], is_fine: bool
) -> None:
    made = rule(phrase, **fields)
    if is_fine:
        assert len(compile_pack([made]).heads) == 1
        return
    with pytest.raises(RulePackError) as error:
        compile_pack([made])
    assert (error.value.rule, error.value.field) == ("test-rule", "phrases")
    assert "may be met without any fixed word: add one" in error.value.problem


def write(folder: Path, **files: str) -> list[Path]:
    paths = []
    for name, text in files.items():
        paths.append(folder / f"{name}.toml")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


RULE = """[[rule]]
id = "{id}"
category = "social"
scope = "line"
languages = ["en"]
strength = "certain"
why = "A test."
source = "A test."
phrases = ["Share this"]
"""


def test_rules_are_read_from_files_in_order_with_what_they_switch_off(tmp_path: Path) -> None:
    paths = write(tmp_path, a='off = ["x", "y"]\n' + RULE.format(id="one"), b=RULE.format(id="two"))
    rules, off = read_rules(paths, tmp_path)
    assert [(r.id, r.file) for r in rules] == [("one", "a.toml"), ("two", "b.toml")]
    assert off == ["x", "y"]
    assert all(isinstance(r, Rule) and r.phrases == ("Share this",) for r in rules)


def test_a_file_without_a_root_is_named_as_it_was_given(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a=RULE.format(id="one"))
    assert read_rules([path])[0][0].file == str(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulePackError) as error:
        read_rules([tmp_path / "none.toml"], tmp_path)
    assert str(error.value) == "none.toml: (top): file: No such file or directory, give a readable path"
