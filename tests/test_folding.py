from __future__ import annotations

import pytest
from hypothesis import example, given

from newsclean.folding import fold, fold_phrase, unhyphenated
from strategies import any_text


@given(any_text)
def test_tidy_and_folded_text_have_one_length(text: str) -> None:
    folding = fold(text)
    assert len(folding.tidy) == len(folding.folded)


@given(any_text)
def test_every_tidy_character_leads_back_to_one_it_stands_for(text: str) -> None:
    folding = fold(text)
    positions = [folding.start(at) for at in range(len(folding.tidy))]
    assert positions == sorted(set(positions))
    for at, char in enumerate(folding.tidy):
        if char.isalnum():
            assert fold(text[positions[at]]).tidy == char


@given(any_text)
def test_ends_lie_behind_the_last_character(text: str) -> None:
    folding = fold(text)
    for at in range(1, len(folding.tidy) + 1):
        assert folding.end(at) == folding.start(at - 1) + 1
    assert folding.end(0) == 0


@given(any_text)
@example("⁻")
@example("a\ufe77b")
def test_folding_folded_text_changes_nothing(text: str) -> None:
    folded = fold(text).folded
    assert fold(folded).folded == folded


@pytest.mark.parametrize(
    ("damaged", "intended"),
    [
        ("LEAVE A REPLY", "leave a reply"),
        ("Leave\u00a0a  Reply", "leave a reply"),
        ("L\u00e9ave \u00e0 R\u00e9ply", "leave a reply"),
        ("Le\u200bave a Re\u00adply", "leave a reply"),
        ("Le\u0301ave a reply", "leave a reply"),
        ("don\u2019t", "don't"),
        ("PAYLA\u015e", "paylas"),
        ("\u0130LG\u0130L\u0130", "ilgili"),
        ("\u0625\u0639\u0644\u0627\u0646", "\u0627\u0639\u0644\u0627\u0646"),
        ("\u0627\u0650\u0639\u0640\u0644\u0627\u0646", "\u0627\u0639\u0644\u0627\u0646"),
        ("Stra\u00dfe", "stra\u00dfe"),
        ("\uff21\uff22", "ab"),
    ],
)
def test_typographic_damage_folds_away(damaged: str, intended: str) -> None:
    assert fold_phrase(damaged) == intended


def test_line_breaks_of_all_kinds_become_one_and_others_blanks() -> None:
    assert fold("a\r\nb\rc\nd\u2028e\x0bf\x85g").tidy == "a\nb\nc\nd e f g"


def test_hyphens_are_blanks_to_the_keyword_scan_only() -> None:
    assert fold("ad\u2011blocker").folded == "ad-blocker"
    assert unhyphenated("ad-blocker_x") == "ad blocker x"


def test_lone_surrogates_are_replaced() -> None:
    assert fold("a\ud800b").tidy == "a\ufffdb"
