from __future__ import annotations

import pytest
from hypothesis import given

from newsclean.rules.literals import literals
from newsclean.rules.phrases import parse_phrase
from strategies import PhraseTree, phrase_trees


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("{number} people (like|love) this", ["people like this", "people love this"]),
        ("By {name}", ["by"]),
        ("{title}", []),
        ("分享到 {site}", ["分享到"]),
        ("Your email: will not be published", ["will not be published"]),
        ("[Please] {name}", []),
        ("(like|love {name}) it", ["like", "love"]),
        ("(Share and, enjoy|Read it)", ["share and", "read it"]),
        ("(Share|{name}) it", ["it"]),
        (
            "本サイトでは Cookie を使用",
            ["本サイトではcookie", "本サイトでは cookie"],
        ),
    ],
)
def test_literals_are_the_longest_stretches_between_what_is_open(phrase: str, expected: list[str]) -> None:
    assert literals(parse_phrase(phrase)) == expected


@given(phrase_trees(placeholders=("{name}", "{title}", "{number}")))
def test_every_wording_holds_one_of_the_literals(tree: PhraseTree) -> None:
    found = literals(parse_phrase(tree.text))
    for words in tree.wordings if found else ():
        text = f" {' '.join(words)} "
        assert any(f" {literal} " in text for literal in found)


@given(phrase_trees(placeholders=("{name}", "{title}", "{number}")))
def test_literals_are_texts_and_each_is_named_once(tree: PhraseTree) -> None:
    found = literals(parse_phrase(tree.text))
    assert all(found)
    assert len(set(found)) == len(found)


@given(phrase_trees())
def test_a_phrase_without_placeholders_whose_every_wording_has_a_word_has_literals(tree: PhraseTree) -> None:
    if all(tree.wordings) and len(tree.wordings) <= 48 and "[" not in tree.text:
        assert literals(parse_phrase(tree.text))
