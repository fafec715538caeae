from __future__ import annotations

import numpy as np
import pytest

from newsclean.errors import DataFormatError
from newsclean.training.offtopic.rarity import _FEWEST, BITS, rarity_of, stems_of

CONSONANTS = "bdfgklmnprst"
EVERYWHERE, OFTEN, ONCE, UNSEEN = "quaggin", "zebudor", "okapilu", "tapirox"


def rarity_of_word(rarity: np.ndarray, word: str) -> int:
    (stems,) = stems_of([word])
    assert len(stems) == 1
    return int(rarity[stems[0]])


def texts() -> list[str]:
    """A hundred and twenty texts; some words stand in all, in one of four, in one."""
    made = []
    for number in range(120):
        own = f"{CONSONANTS[number % 12]}y{CONSONANTS[number // 12]}o"
        often = OFTEN if number % 10 == 0 else ""
        made.append(f"The {EVERYWHERE} is {own} {often} in the valley. {ONCE if number == 7 else ''}")
    return made


@pytest.fixture(scope="module")
def rarity() -> np.ndarray:
    pytest.importorskip("wordfreq")
    return rarity_of({"en": texts()})


def test_there_is_a_rarity_for_each_bucket(rarity: np.ndarray) -> None:
    assert rarity.shape == (1 << BITS,)
    assert rarity.dtype == np.uint8


@pytest.mark.parametrize("word", ["the", "in", "is", "und", "nicht", "mais", "pero", "это"])
def test_function_words_say_nothing(rarity: np.ndarray, word: str) -> None:
    assert rarity_of_word(rarity, word) == 0


def test_the_more_texts_hold_a_word_the_less_it_says(rarity: np.ndarray) -> None:
    found = [rarity_of_word(rarity, word) for word in (EVERYWHERE, OFTEN, ONCE, UNSEEN)]
    assert found[0] == 0
    assert found == sorted(set(found))
    assert found[-1] == 255


def test_a_word_is_as_common_as_in_the_language_that_uses_it_most(rarity: np.ndarray) -> None:
    both = rarity_of({"en": texts(), "de": [f"Ein {ONCE} steht hier." for _ in range(120)]})
    assert rarity_of_word(both, ONCE) == 0 < rarity_of_word(rarity, ONCE)
    assert rarity_of_word(both, OFTEN) == rarity_of_word(rarity, OFTEN)


def test_languages_of_few_texts_are_not_counted(rarity: np.ndarray) -> None:
    few = rarity_of({"en": texts(), "de": [f"Ein {ONCE} steht hier." for _ in range(_FEWEST - 1)]})
    assert rarity_of_word(few, ONCE) == rarity_of_word(rarity, ONCE)


def test_too_few_texts_of_all_languages_are_an_error() -> None:
    pytest.importorskip("wordfreq")
    with pytest.raises(DataFormatError, match=f"expected {_FEWEST} texts or more of a language"):
        rarity_of({"en": texts()[: _FEWEST - 1], "de": []})


def test_stems_come_in_order_one_list_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    several = ["Mill\nriver, mill.", "", "river", " \n", "Mills"]
    whole = stems_of(several)
    assert [len(stems) for stems in whole] == [3, 0, 1, 0, 1]
    assert whole[0][0] == whole[0][2] != whole[0][1] == whole[2][0]
    monkeypatch.setattr("newsclean.training.offtopic.rarity._BATCH", 2)
    assert [stems.tolist() for stems in stems_of(several)] == [stems.tolist() for stems in whole]
    assert stems_of([]) == []


def test_forms_of_a_long_word_are_one_stem() -> None:
    one, two, other = stems_of(["umbrella", "umbrellas", "umpire"])
    assert one == two != other
