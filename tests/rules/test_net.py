from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.rules.net import Net
from newsclean.rules.phrases import parse_phrase
from newsclean.rules.tree import PLACEHOLDERS
from strategies import PHRASE_WORDS, PhraseTree, phrase_trees

fixed = st.lists(phrase_trees(placeholders=("{number}",)), min_size=1, max_size=5)
open_ = st.lists(phrase_trees(placeholders=("{name}", "{title}", "{number}")), min_size=1, max_size=4)
texts = st.lists(st.sampled_from((*PHRASE_WORDS, "0", "elk")), max_size=8).map(tuple)


def net_of(phrases: list[str]) -> Net:
    net = Net()
    for number, phrase in enumerate(phrases):
        net.add(parse_phrase(phrase), number)
    return net


def rules(net: Net, words: tuple[str, ...]) -> set[int]:
    return {rule for rule, _, _ in net.run(words)}


def stands_for(tree: PhraseTree, words: tuple[str, ...]) -> bool:
    """Whether a wording of the phrase fits, a placeholder standing for any words."""
    text = "".join(word + " " for word in words)
    patterns = (
        "".join("(?:[^ ]+ )+" if word in PLACEHOLDERS else word + " " for word in wording)
        for wording in tree.wordings
        if wording
    )
    return any(re.fullmatch(pattern, text) for pattern in patterns)


@given(fixed, texts)
def test_run_finds_the_phrases_of_which_the_words_are_a_wording(
    trees: list[PhraseTree], words: tuple[str, ...]
) -> None:
    expected = {number for number, tree in enumerate(trees) if words and words in tree.wordings}
    assert rules(net_of([tree.text for tree in trees]), words) == expected


@given(fixed, st.data())
def test_run_finds_every_wording_of_a_phrase(trees: list[PhraseTree], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(trees) - 1))
    words = data.draw(st.sampled_from(trees[number].wordings))
    assert not words or number in rules(net_of([tree.text for tree in trees]), words)


@given(open_, texts)
def test_run_lets_placeholders_stand_for_any_words(trees: list[PhraseTree], words: tuple[str, ...]) -> None:
    expected = {number for number, tree in enumerate(trees) if stands_for(tree, words)}
    assert rules(net_of([tree.text for tree in trees]), words) == expected


@given(fixed, texts, st.integers(0, 8))
def test_longest_finds_the_longest_wording_that_begins_with_a_word(
    trees: list[PhraseTree], words: tuple[str, ...], start: int
) -> None:
    ends = [
        end for end in range(start + 1, len(words) + 1) if any(words[start:end] in t.wordings for t in trees)
    ]
    expected = None
    if ends:
        rule = next(number for number, tree in enumerate(trees) if words[start : ends[-1]] in tree.wordings)
        expected = ends[-1], rule
    assert net_of([tree.text for tree in trees]).longest(words, start) == expected


@given(open_, st.lists(texts, min_size=1, max_size=4))
def test_a_stored_net_finds_what_the_net_found(trees: list[PhraseTree], many: list[tuple[str, ...]]) -> None:
    net = net_of([tree.text for tree in trees])
    again = Net.from_json(json.loads(json.dumps(net.to_json())))
    for words in many:
        assert again.run(words) == net.run(words)
        assert again.longest(words, 0) == net.longest(words, 0)


@given(open_, texts)
def test_storing_a_stored_net_changes_nothing(trees: list[PhraseTree], words: tuple[str, ...]) -> None:
    stored = net_of([tree.text for tree in trees]).to_json()
    again = Net.from_json(json.loads(json.dumps(stored)))
    again.run(words)
    assert again.to_json() == stored


def test_of_phrases_that_share_a_wording_the_first_added_comes_first() -> None:
    net = net_of(["Read more", "(Read|See) more"])
    assert [rule for rule, _, _ in net.run(("read", "more"))] == [0, 1]
    assert net.longest(("read", "more", "news"), 0) == (2, 0)


def test_a_phrase_is_known_by_the_states_between_its_first_and_its_last() -> None:
    net = net_of(["Read more", "See [all] comments"])
    spans = [(first, end) for _, first, end in (*net.run(("read", "more")), *net.run(("see", "comments")))]
    assert spans == [(1, 2), (3, 5)]


@pytest.mark.parametrize("words", [(), ("read",), ("read", "more", "more"), ("more",)])
def test_what_is_no_whole_phrase_is_not_found(words: tuple[str, ...]) -> None:
    assert net_of(["Read more"]).run(words) == ()


def test_a_net_that_forgets_its_steps_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    phrases = ["By {name}", "Read [the] (news|story)", "{title} (ant|bee)"]
    texts = [("by", "jane"), ("read", "news"), ("read", "the", "ant"), ("read", "the", "story")]
    expected = [net_of(phrases).run(words) for words in texts]
    monkeypatch.setattr("newsclean.rules.net._MOST_STEPS", 3)
    net = net_of(phrases)
    assert [net.run(words) for words in texts * 3] == expected * 3
