from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.html.characters import (
    COMMA,
    DIGIT,
    END,
    IDEOGRAPH,
    LETTER,
    OTHER,
    QUOTE,
    SPACE,
    UPPER,
    class_counts,
    ends,
)  # fmt: skip


@pytest.mark.parametrize(
    ("chars", "kind"),
    [
        ("aßéжשبअ한가", LETTER),
        ("AÉЖΩ", UPPER),
        ("0٣९", DIGIT),
        (" \t\n\0\x1f\x85\u00a0\u2028\u3000\ufeff", SPACE),
        (",;:،、：", COMMA),
        (".!?…。！？؟।", END),
        ("\"'“”«»„「」()（）", QUOTE),
        ("日のカ語豈ไข", IDEOGRAPH),
        ("-–|/*#€©→•%&@_[]{}<>", OTHER),
        ("😀\U00020000", LETTER),
        ("\ud800\udfff", LETTER),
    ],
)
def test_each_character_has_its_class(chars: str, kind: int) -> None:
    for char in chars:
        counts = class_counts([char])[0]
        assert counts[kind] == 1
        assert counts.sum() == 1


def test_marks_within_words_are_letters() -> None:
    assert class_counts(["हिन्दी e\u0301"])[0, [LETTER, SPACE]].tolist() == [8, 1]


@given(st.lists(st.text(st.characters()), min_size=1, max_size=8))
def test_each_text_is_counted_by_itself_and_whole(texts: list[str]) -> None:
    counts = class_counts(texts)
    assert counts.sum(1).tolist() == [len(text) for text in texts]
    for row, text in zip(counts, texts, strict=True):
        assert row.tolist() == sum((class_counts([char])[0] for char in text), class_counts([""])[0]).tolist()


@given(st.lists(st.text(st.characters(), min_size=1), min_size=1, max_size=8))
def test_the_ends_are_the_classes_of_the_first_and_the_last_character(texts: list[str]) -> None:
    first, last = ends(texts)
    for text, a, z in zip(texts, first, last, strict=True):
        assert class_counts([text[0]])[0, a] == 1
        assert class_counts([text[-1]])[0, z] == 1


def test_no_character_there_is_has_no_class() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    assert class_counts([everything]).sum() == len(everything)
