from __future__ import annotations

import pytest
from hypothesis import given

from newsclean.rules.phrases import (
    PhraseError,
    has_fixed_word,
    parse_phrase,
    wordings,
)
from strategies import PhraseTree, phrase_trees


def expanded(phrase: str) -> list[str]:
    return [" ".join(words) for words in wordings(parse_phrase(phrase))]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Read more", ["read more"]),
        ("(Read|See) more", ["read more", "see more"]),
        ("Read [this] more", ["read this more", "read more"]),
        ("[Please] (share|like [and share]) it", ["please share it", "please like and share it",
                                                  "please like it", "share it", "like and share it", "like it"]),
        ("[a|b] c", ["a c", "b c", "c"]),
        ("(a|) c", ["a c", "c"]),
        ("Lue (myös|lisää)", ["lue myos", "lue lisaa"]),
        ("«Read» — “more”!", ["read more"]),
        ("Ad-Blocker", ["ad blocker"]),
        ("don’t miss", ["don't miss"]),
        ("{number} people", ["0 people"]),
        ("12 people", ["0 people"]),
        ("広告", ["広 告"]),
        ("By {name} on {date}", ["by {name} on {date}"]),
        ("Abo[nnement] kündigen", ["abonnement kundigen", "abo kundigen"]),
        ("Werbe(partner|blocker)n", ["werbepartnern", "werbeblockern"]),
        ("Redakteur[in] der Zeit", ["redakteurin der zeit", "redakteur der zeit"]),
    ],
)  # fmt: skip
def test_a_phrase_stands_for_its_wordings(phrase: str, expected: list[str]) -> None:
    assert expanded(phrase) == expected


@given(phrase_trees())
def test_wordings_are_every_choice_of_alternatives(tree: PhraseTree) -> None:
    assert list(wordings(parse_phrase(tree.text))) == list(tree.wordings)


@pytest.mark.parametrize(
    ("phrase", "zwnj", "blank"), [("می\u200cخواهم بدانم", "میخواهم بدانم", "می خواهم بدانم")]
)
def test_where_a_non_joiner_belongs_a_blank_is_read_too(phrase: str, zwnj: str, blank: str) -> None:
    folded = [" ".join(words) for text in (zwnj, blank) for words in wordings(parse_phrase(text))]
    assert expanded(phrase) == folded


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("Read {title}", "{:title}"),
        ("Read more about {title}", "{:title}"),
        ("Read more about our {title}", "{title}"),
        ("Read more about our site: {title}", "{:title}"),
        ("{title} and more", "{title}"),
    ],
)
def test_a_title_behind_a_colon_or_few_words_has_to_show_its_beginning(phrase: str, words: str) -> None:
    assert words in next(wordings(parse_phrase(phrase)))


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("(a|b", "'(' is never closed, add ')'"),
        ("a [b", "'[' is never closed, add ']'"),
        ("a) b", "')' closes nothing in 'a) b', balance the brackets"),
        ("[a) b", "')' closes ']''s bracket, balance the brackets"),
        ("a | b", "'|' stands outside brackets in 'a | b', write (a|b)"),
        (
            "By {author}",
            "{author} is no placeholder, use {number}, {name}, {date}, {site}, {title}, {:title}",
        ),
    ],
)
def test_a_phrase_that_cannot_be_read_says_what_to_do(phrase: str, message: str) -> None:
    with pytest.raises(PhraseError) as error:
        parse_phrase(phrase)
    assert str(error.value) == message


def test_one_word_in_too_many_forms_is_refused() -> None:
    with pytest.raises(PhraseError, match="is one word in over 200 forms, add blanks"):
        parse_phrase("a" + "(b|c)" * 8)


@pytest.mark.parametrize(
    ("phrase", "has"),
    [
        ("Posted {date}", True),
        ("[Posted] {date}", False),
        ("(Posted|{name}) {date}", False),
        ("(Posted|Printed) {date}", True),
        ("{number}", False),
        ("{number} views", True),
    ],
)
def test_a_phrase_has_a_fixed_word_when_every_wording_has(phrase: str, has: bool) -> None:
    assert has_fixed_word(parse_phrase(phrase)) is has
