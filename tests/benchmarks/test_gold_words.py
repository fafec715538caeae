from __future__ import annotations

import doctest

import pytest

import breakdown
import gold_words as module
from gold_words import gold_words, word_scores

SCORES = {
    "the same": ("Rain fell.", "rain FELL", (1, 1, 1)),
    "both empty": ("", "", (1, 1, 1)),
    "empty output": ("", "Rain fell.", (0, 0, 0)),
    "empty gold": ("Rain fell.", "", (0, 0, 0)),
    "nothing shared": ("Menu", "Rain fell.", (0, 0, 0)),
    "too much": ("Rain fell. Menu Home", "Rain fell.", (0.5, 1, 2 / 3)),
    "too little": ("Rain", "Rain fell all day", (1, 0.25, 0.4)),
    "words count as often as both have them": (
        "rain rain rain fell",
        "rain rain fell fell",
        (0.75, 0.75, 0.75),
    ),
    "order does not count": ("fell rain", "rain fell", (1, 1, 1)),
}


@pytest.mark.parametrize("name", SCORES)
def test_f1_is_that_of_bags_of_words(name: str) -> None:
    output, gold, expected = SCORES[name]
    assert word_scores(output, gold) == pytest.approx(expected)


STORY = (
    "Rain fell all day in the valley, and the mayor of Nordhausen said that it would not stop before Sunday."
)
OUTPUTS = {
    "the story": (STORY, STORY),
    "a button with a word of the story": (f"{STORY}\nStop", STORY),
    "a caption with four words of the story": (f"The mayor of Nordhausen at home. Photo: Jane Doe\n{STORY}", STORY),
    "junk glued to the story": (f"{STORY} Read more on our site", STORY),
    "half of the story in a long line": (f"Menu Home News Sport Shop Help Jobs Press Ads Maps Us {STORY[:50]}", STORY[:50]),
    "split otherwise": (STORY.replace(", ", ",\n"), STORY.replace(", ", ",\n")),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTPUTS)
def test_words_of_the_gold_text_are_told_from_others(name: str) -> None:
    output, expected = OUTPUTS[name]
    found = [output[span.start : span.end] for span, is_gold in gold_words(output, STORY) if is_gold]
    assert found == [word.strip(",.") for word in expected.split()]


def test_a_short_line_of_the_gold_text_is_its_own() -> None:
    found = gold_words("Menu\nThe river\nRain fell.", "Rain fell all day.\nThe river\nIt rose.")
    assert [is_gold for _, is_gold in found] == [False, True, True, False, False]


def test_the_examples_in_the_docstrings_hold() -> None:
    assert not doctest.testmod(module).failed
    assert not doctest.testmod(breakdown).failed
