from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.document import read_document
from newsclean.rules.match import match_lines
from rule_helpers import PROSE, find, found_texts, index_of, rule, strengths

SHARE = rule("Share this story", "Read also: {title}", "Teilen Sie dies")


@pytest.mark.parametrize(
    "line",
    [
        "Share this story",
        "SHARE THIS STORY!",
        "» Share this story »",
        "• share  this   story …",
        "Share\u00a0this\u200b story:",
        "‘Share this story’",
        "[Share this story]",
        "Share — this — story",
        "👉 Share this story 👈",
        "Sháre thïs støry",
        "Read also: The door under the sea",
    ],
)
def test_a_line_is_known_by_its_words_whatever_its_decoration(line: str) -> None:
    text = f"{PROSE}\n{line}\n{PROSE}"
    document = read_document(text)
    assert found_texts(text, SHARE) == [document.text(document.lines[1])]


@pytest.mark.parametrize(
    "line",
    [
        "Share this story now",
        "They share this story",
        "Share this",
        "“Share this story”",
        "«Share this story»",
        "“Share this story”, said the sign.",
        '"Share this story" is what the sign said.',
        "(Share this story) The suspect was seen again.",
        "«Share this story», dit-elle au maire.",
        "[Share this story] The suspect was seen again.",
        "Share. This! Tale?",
    ],
)
def test_a_line_with_more_in_it_than_the_wording_is_another_line(line: str) -> None:
    assert found_texts(f"{PROSE}\n{line}\n{PROSE}", SHARE) == []


@pytest.mark.parametrize(
    ("category", "phrase", "strength"),
    [
        ("social", "Share", "likely"),
        ("social", "Share this", "certain"),
        ("advertisement", "Advertisement", "certain"),
        ("social", "{number} shares", "certain"),
    ],
)
def test_one_word_alone_is_never_certain_but_for_the_mark_of_an_advert(
    category: str, phrase: str, strength: str
) -> None:
    line = phrase.replace("{number}", "12")
    assert strengths(line, rule(phrase, category=category)) == [strength]


def test_a_number_before_a_wording_does_not_hide_it() -> None:
    assert found_texts("1. Share this story", SHARE) == ["1. Share this story"]
    assert found_texts("2. Read also: The door under the sea", SHARE) == [
        "2. Read also: The door under the sea"
    ]
    assert found_texts("Share this story 0", SHARE) == ["Share this story 0"]


def test_findings_of_a_line_come_strongest_first() -> None:
    rules = [
        rule("Share this story", id=strength, strength=strength) for strength in ("hint", "certain", "likely")
    ]
    found = find("Share this story", *rules)[0]
    assert [f.head.id for f in found] == ["certain", "likely", "hint"]


PATTERN = rule(
    id="pattern", pattern=r"^(?:Photo|Image): [^.]{2,40}$", keywords=["photo", "image"], matches=["Photo: x"]
)


@pytest.mark.parametrize(
    ("line", "matched"),
    [
        ("Photo: Jane Doe", True),
        ("• Photo: Jane Doe", True),
        ("» Image: Jane Doe »", True),
        ("Photo:\u00a0Jane  Doe", True),
        ("photo: Jane Doe", False),
        ("Photo: a bridge. It fell.", False),
        ("The Photo: Jane Doe", False),
    ],
)
def test_an_expression_has_to_match_the_whole_line_but_for_its_bullets(line: str, matched: bool) -> None:
    assert found_texts(line, PATTERN) == ([line.replace("\u00a0", " ").replace("  ", " ")] if matched else [])


@pytest.mark.parametrize(
    ("pattern", "keyword", "line"),
    [
        (r"(?i)^partage sur le reseau$", "partage", "PARTAGÉ sur le RÉSEAU"),
        (r"(?i)^it's \"new\"$", "new", "It’s “New”"),
        (r"(?i)^a - b test$", "test", "A — b Test"),
    ],
)
def test_an_expression_blind_to_case_reads_folded_text(pattern: str, keyword: str, line: str) -> None:
    blind = rule(pattern=pattern, keywords=[keyword], matches=[line])
    assert found_texts(line, blind) == [read_document(line).tidy]


@pytest.mark.parametrize("scope", ["line", "sentence", "inline", "block", "tail"])
def test_a_rule_of_any_scope_finds_a_line_that_is_its_wording(scope: str) -> None:
    fields = {"reach": 3} if scope == "block" else {}
    assert found_texts("Share this story", rule("Share this story", scope=scope, **fields)) == [
        "Share this story"
    ]


@pytest.mark.parametrize(("words", "is_found"), [(160, True), (161, False)])
def test_no_line_of_more_than_160_words_is_a_wording(words: int, is_found: bool) -> None:
    long = rule("广" * words)
    assert bool(found_texts("广" * words, long)) is is_found


@given(st.text(alphabet="Share this story,.!?“”()[]«» ", max_size=40))
def test_a_line_is_found_only_when_its_words_are_the_wording(text: str) -> None:
    document = read_document(text)
    found = match_lines(index_of(rule("Share this story")), document)
    words = "".join(char if char.isalpha() else " " for char in text).lower().split()
    assert not found or words == ["share", "this", "story"]
    if " ".join(document.tidy.split()) == "Share this story":
        assert found
