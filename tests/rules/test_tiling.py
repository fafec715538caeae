from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.document import read_document
from newsclean.rules.tiling import tile
from newsclean.rules.units import Unit
from rule_helpers import index_of, rule

RULES = (
    rule("Share on Facebook", "Share on X", id="certain"),
    rule("Comments", "Write a comment", id="likely", strength="likely", category="comment_template"),
    rule("Home", "Sports", "Print", "Top Stories", id="hint", strength="hint", category="navigation"),
)
INDEX = index_of(*RULES)


def tiled(text: str, ends_sentence: bool = False) -> tuple[str, str] | None:
    """The strength and the rule of a line made of several wordings."""
    document = read_document(text)
    unit = Unit(document.folded, 0, len(document.folded), is_line=True)
    found = tile(INDEX, unit, ends_sentence)
    if found is None:
        return None
    assert (found.start, found.end) == (0, len(document.folded))
    return found.strength, found.head.id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Share on X Share on Facebook", ("certain", "certain")),
        ("Share on X | Share on Facebook | Print", ("certain", "certain")),
        ("Share on Facebook 12 Share on X 3", ("certain", "certain")),
        ("Share on X Top Stories Top Stories Top Stories", ("likely", "certain")),
        ("Comments Print", ("likely", "likely")),
        ("Write a comment Home Sports", ("likely", "likely")),
        ("Home Sports Print", ("likely", "hint")),
        ("Home Sports", ("hint", "hint")),
        ("Home 3", ("hint", "hint")),
    ],
)
def test_a_line_of_wordings_is_as_strong_as_its_parts_allow(text: str, expected: tuple[str, str]) -> None:
    assert tiled(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Share on X now",
        "now Share on X",
        "Share on X and Share on Facebook",
        "Share on",
        "Home",
        "12 13 14",
        "",
        "!!!",
        "12 Top Stories 13",
    ],
)
def test_a_line_with_a_word_left_over_or_no_two_parts_is_not_made_of_wordings(text: str) -> None:
    assert tiled(text) is None


def test_hints_that_end_as_a_sentence_does_stay_hints() -> None:
    assert tiled("Home Sports Print", ends_sentence=True) == ("hint", "hint")


@pytest.mark.parametrize(("words", "is_tiled"), [(80, True), (81, False)])
def test_only_lines_of_up_to_eighty_words_are_taken_apart(words: int, is_tiled: bool) -> None:
    assert (tiled("Home " * words) is not None) is is_tiled


@given(
    st.lists(st.sampled_from(["Share on Facebook", "Comments", "Home", "Print", "7"]), min_size=2, max_size=9)
)
def test_any_row_of_wordings_and_numbers_with_a_wording_is_made_of_them(parts: list[str]) -> None:
    named = [part for part in parts if part != "7"]
    made = tiled(" ".join(parts))
    assert (made is not None) is (len(named) > 1 or (len(named) == 1 and len(" ".join(parts).split()) <= 3))


@given(st.lists(st.sampled_from(["Share on Facebook", "Comments", "Home", "Print"]), min_size=2, max_size=9))
def test_a_row_of_wordings_has_never_more_strength_than_its_strongest(parts: list[str]) -> None:
    made = tiled(" ".join(parts))
    assert made is not None
    if made[0] == "certain":
        assert "Share on Facebook" in parts
    if "Share on Facebook" in parts or "Comments" in parts:
        assert made[0] != "hint"
