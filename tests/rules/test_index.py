from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.folding import fold
from newsclean.rules.compiling import compile_pack
from newsclean.rules.index import Index
from newsclean.rules.rule import Rule
from newsclean.tokens import Tokens, tokenize
from rule_helpers import index_of, rule
from strategies import PhraseTree, phrase_trees


def tokens_of(text: str) -> Tokens:
    return tokenize(fold(text).folded)


def by_wording(index: Index, text: str) -> list[str]:
    return [head.id for head in index.by_wording(tokens_of(text).words)]


def by_open_wording(index: Index, text: str) -> list[str]:
    return [head.id for head in index.by_open_wording(tokens_of(text), fold(text).tidy)]


def expression(pattern: str, *keywords: str, **fields: str) -> Rule:
    return rule(pattern=pattern, keywords=list(keywords), **{"id": "expression", **fields})


def test_of_rules_that_share_a_wording_the_stronger_comes_first_then_the_wider() -> None:
    strengths = ("hint", "certain", "likely")
    rules = [rule("Share", id=strength, strength=strength) for strength in strengths]
    assert by_wording(index_of(*rules), "Share") == ["certain", "likely", "hint"]
    rules = [
        rule("Share", id=scope, scope=scope, **({"reach": 2} if scope == "block" else {}))
        for scope in ("sentence", "block", "line", "tail", "inline")
    ]
    assert by_wording(index_of(*rules), "Share") == ["block", "tail", "inline", "sentence", "line"]


@pytest.mark.parametrize(
    ("languages", "ids"), [(("en",), ["en", "all"]), (("de",), ["de", "all"]), (("fr",), ["all"])]
)
def test_only_rules_for_the_languages_of_the_text_count(languages: tuple[str, ...], ids: list[str]) -> None:
    rules = [
        rule("Share", id="en"),
        rule("Share", id="de", languages=["de"]),
        rule("Share", id="all", languages=["*"]),
    ]
    assert by_wording(index_of(*rules, languages=languages), "Share") == ids


def test_what_is_switched_off_is_found_in_no_way() -> None:
    rules = [
        rule("Share this", id="fixed"),
        rule("Share on {site}", id="open"),
        expression("^share .*$", "share", scope="sentence"),
        expression("^share .*$", "share", id="line-expression"),
    ]
    index = index_of(*rules, off=("fixed", "open", "expression", "line-expression"))
    assert by_wording(index, "Share this") == by_open_wording(index, "Share on X") == []
    assert index.longest(("share", "this"), 0) is None
    assert index.pattern_rules(index.find_keywords("share this"), inline=False) == {}
    assert index.line_rules("share this", ("share", "this")) == []


def test_what_is_switched_off_does_not_hide_a_rule_with_the_same_wording() -> None:
    rules = [rule("Share this", id="first"), rule("Share this", id="second", strength="likely")]
    index = index_of(*rules, off=("first",))
    assert by_wording(index, "Share this") == ["second"]
    found = index.longest(("share", "this"), 0)
    assert found is not None
    assert found[1].id == "second"


def test_packs_are_looked_up_side_by_side() -> None:
    packs = [compile_pack([rule("Share this", id=ident, strength="likely")]) for ident in ("first", "second")]
    index = Index([*packs, compile_pack([])], {"en"}, frozenset())
    assert by_wording(index, "Share this") == ["first", "second"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("share", "this", "story", "now"), (3, "long")),
        (("share", "this"), (2, "short")),
        (("share",), None),
        (("the", "share"), None),
    ],
)
def test_longest_is_the_longest_wording_of_any_pack(
    words: tuple[str, ...], expected: tuple[int, str] | None
) -> None:
    packs = [
        compile_pack([rule("Share this", id="short")]),
        compile_pack([rule("Share this story", id="long", strength="hint")]),
    ]
    for order in (packs, packs[::-1]):
        found = Index(order, {"en"}, frozenset()).longest(words, 0)
        assert (found and (found[0], found[1].id)) == expected


@given(phrase_trees(placeholders=("{title}", "{number}")), st.data())
@settings(max_examples=200)
def test_no_prefilter_hides_a_phrase_with_placeholders(tree: PhraseTree, data: st.DataObject) -> None:
    """A title stands for any words, so that every filling of a wording has to be found."""
    phrase = f"elk {tree.text}" if data.draw(st.booleans()) else f"{tree.text} elk"
    wording = data.draw(st.sampled_from(tree.wordings))
    words = [("7" if word == "0" else ": Some Title" if word.startswith("{") else word) for word in wording]
    text = " ".join(["elk", *words] if phrase.startswith("elk") else [*words, "elk"])
    index = index_of(rule(phrase))
    found = by_wording(index, text) + by_open_wording(index, text)
    assert found == ["test-rule"]


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("your e-mail will not be published", ["e mail will not"]),
        ("your e_mail will not be published", ["e mail will not"]),
        ("nothing here", []),
        ("", []),
        ("e mail will not be sent. e-mail will not be kept", ["e mail will not"] * 2),
    ],
)
def test_keywords_are_found_where_they_stand(text: str, keywords: list[str]) -> None:
    index = index_of(rule("{site} E-Mail will not be published", scope="sentence"))
    hits = index.find_keywords(text)
    assert [text[start:end].replace("-", " ").replace("_", " ") for _, start, end in hits] == keywords
    assert [start for _, start, _ in hits] == sorted(start for _, start, _ in hits)


def test_expressions_are_run_near_their_keywords_only() -> None:
    index = index_of(
        expression("^a.*$", "alpha", "beta", id="sentence", scope="sentence"),
        expression("b", "beta", id="inline", scope="inline"),
    )
    text = "alpha beta"
    hits = index.find_keywords(text)
    near = index.pattern_rules(hits, inline=False)
    assert [(text[start:end]) for _, start, end in near["sentence"][1]] == ["alpha", "beta"]
    assert list(index.pattern_rules(hits, inline=True)) == ["inline"]
    assert index.pattern_rules([], inline=True) == {}


@pytest.mark.parametrize(
    ("keyword", "text", "runs"),
    [
        ("photo", "photograph", True),
        ("ap", "ap", True),
        ("ap", "an ap photo", True),
        ("ap", "apple", True),
        ("ap", "the map", False),
        ("ad-mark", "the ad mark", True),
        ("0", "some 12 things", True),
        ("0", "some things", False),
        ("7", "some 12 things", False),
        ("写真", "会見写真", True),
        ("기자", "선임기자", True),
        ("a:", "a: b", True),
    ],
)
def test_a_short_latin_keyword_of_an_expression_for_lines_has_to_begin_a_word(
    keyword: str, text: str, runs: bool
) -> None:
    index = index_of(expression("^.*$", keyword))
    assert bool(index.line_rules(text, tokens_of(text).words)) is runs


def test_a_keyword_that_is_a_stretch_of_another_pack_too_still_leads_to_its_rule() -> None:
    first = compile_pack([expression("^share.*$", "share this", scope="sentence")])
    second = compile_pack([rule("Share this", scope="sentence")])
    for packs in ([first, second], [second, first]):
        index = Index(packs, {"en"}, frozenset())
        assert list(index.pattern_rules(index.find_keywords("share this"), inline=False)) == ["expression"]


def test_work_counts_the_characters_that_are_looked_at() -> None:
    index = index_of(rule("Share this", scope="sentence"))
    index.find_keywords("x" * 1000)
    assert index.work >= 1000


def test_an_index_of_no_rules_finds_nothing() -> None:
    index = Index([], {"en"}, frozenset())
    assert index.find_keywords("share this") == []
    assert index.line_rules("share this", ("share", "this")) == []
    assert by_wording(index, "share this") == []
