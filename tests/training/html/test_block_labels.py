from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.training.html.labels import UNKNOWN, block_labels, nearness, snippet_labels, words_of
from strategies import any_text

few_words = st.lists(st.sampled_from(["rain", "fell", "on", "the", "old", "mill"]), max_size=7)
words = st.lists(st.sampled_from("abcdefgh"), max_size=9)


def split(*texts: str) -> list[list[str]]:
    return [words_of(text) for text in texts]


@given(st.lists(any_text.map(words_of) | few_words, max_size=12), any_text | few_words.map(" ".join))
def test_a_label_is_a_share_or_unknown_where_there_are_no_words(blocks: list[list[str]], gold: str) -> None:
    labels = block_labels(blocks, gold)
    assert len(labels) == len(blocks)
    for block, label in zip(blocks, labels, strict=True):
        assert 0 <= label <= 1 if block else label == UNKNOWN


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.data())
def test_blocks_that_gold_is_made_of_are_article_and_the_others_are_not(
    sizes: list[int], data: st.DataObject
) -> None:
    blocks = [[f"w{at}x{word}" for word in range(size)] for at, size in enumerate(sizes)]
    chosen = data.draw(st.lists(st.booleans(), min_size=len(blocks), max_size=len(blocks)))
    lines = [" ".join(block) for block, kept in zip(blocks, chosen, strict=True) if kept]
    gold = data.draw(st.sampled_from(["\n", "\n\n", " \r\n"])).join(lines)
    labels = block_labels(blocks, gold)
    assert labels == [float(kept) for kept in chosen]
    assert nearness(
        [block for block, label in zip(blocks, labels, strict=True) if label], words_of(gold)
    ) == pytest.approx(1)


@given(st.lists(few_words.filter(bool), min_size=1, max_size=12), st.data())
def test_of_copies_at_least_as_many_are_article_as_gold_has_lines(
    blocks: list[list[str]], data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(range(len(blocks))), unique=True))
    gold = "\n".join(" ".join(blocks[at]) for at in sorted(chosen))
    labels = block_labels(blocks, gold)
    wanted = Counter(" ".join(blocks[at]) for at in chosen)
    found = Counter(" ".join(block) for block, label in zip(blocks, labels, strict=True) if label == 1)
    assert all(found[line] >= count for line, count in wanted.items())


STORY = split(
    "The ferry sails at nine every morning", "It carries forty cars and a band", "Nobody has ever missed it"
)
LINES = [" ".join(block) for block in STORY]
TEASER, MENU = split("More about the valley and its mills", "Home news sport weather")


def test_of_copies_that_among_the_article_is_the_one() -> None:
    blocks = [STORY[0], MENU, TEASER, MENU[:2], *STORY]
    assert block_labels(blocks, "\n".join(LINES)) == [0, 0, 0, 0, 1, 1, 1]
    assert block_labels([*STORY, TEASER, MENU, TEASER, STORY[0]], "\n".join(LINES)) == [1, 1, 1, 0, 0, 0, 0]


def test_all_copies_are_article_if_gold_has_as_many() -> None:
    blocks = [STORY[0], MENU, STORY[1], TEASER, STORY[0]]
    assert block_labels(blocks, "\n".join([LINES[0], LINES[1], LINES[0]])) == [1, 0, 1, 0, 1]
    short = [["reply"], MENU, TEASER, STORY[0], ["reply"], STORY[1], ["reply"]]
    assert block_labels(short, f"{LINES[0]}\nReply\n{LINES[1]}\nReply") == [0, 0, 0, 1, 1, 1, 1]


def test_copies_inside_longer_lines_count() -> None:
    blocks = [STORY[0], MENU, STORY[0]]
    assert block_labels(blocks, f"She said: {LINES[0]}. He said: {LINES[0]}!") == [1, 0, 1]


@pytest.mark.parametrize(
    ("block", "share"),
    [
        ("The ferry sails at ten", 4 / 5),
        ("Now at nine every morning", 4 / 5),
        ("the ferry sails at nine every dawn or dusk", 6 / 9),
        ("ferry sails at the nine", 0),
        ("THE FERRY, SAILS: AT NINE (EVERY) MORNING", 1),
    ],
)
def test_a_block_is_article_by_the_words_in_runs_of_four(block: str, share: float) -> None:
    assert block_labels([words_of(block), MENU], LINES[0]) == pytest.approx([share, 0])


def test_a_line_of_gold_is_article_however_short() -> None:
    assert block_labels(split("Rain", "Rain", "Menu"), "Rain\nfell on the old mill") == [1, 0, 0]


def test_a_few_words_between_lines_of_the_article_are_article_if_gold_has_them() -> None:
    gold = f"{LINES[0]} Forty cars: {LINES[1]}"
    assert block_labels([STORY[0], ["forty", "cars"], STORY[1]], gold) == [1, 1, 1]
    assert block_labels([STORY[0], ["a"], ["forty", "cars"], ["a"], STORY[1]], gold) == [1, 1, 1, 0, 1]
    assert block_labels([STORY[0], ["sixty", "cars"], STORY[1]], gold) == [1, 0, 1]


@pytest.mark.parametrize(
    "blocks",
    [
        [MENU, ["forty", "cars"], STORY[0]],
        [STORY[0], ["forty", "cars"], MENU],
        [STORY[0], ["forty", "cars"]],
        [["forty", "cars"], STORY[0]],
        [STORY[0], ["forty", "cars"], ["x"], ["y"], ["z"], STORY[1]],
        [STORY[0], ["forty", "cars"], ["ferry", "sails", "at", "nine", *MENU], STORY[1]],
    ],
)
def test_a_few_words_elsewhere_are_none(blocks: list[list[str]]) -> None:
    labels = block_labels(blocks, f"{LINES[0]}, {LINES[1]} forty cars")
    assert labels[blocks.index(["forty", "cars"])] == 0


def test_the_cells_of_a_row_are_article_if_their_run_is() -> None:
    row = split("Mill", "12 km", "1849", "Open")
    assert block_labels([MENU, *row, MENU[:2]], "Place Mill 12 km 1849 Open daily") == [0, 1, 1, 1, 1, 0]
    assert block_labels([MENU, *row], "Place Mill 12 km 1849 Open daily") == [0, 1, 1, 1, 1]
    assert block_labels([MENU, row[0], row[3], MENU[:2]], "Place Mill 12 km 1849 Open daily") == [0, 0, 0, 0]


def test_a_cell_that_is_partly_in_the_run_is_none() -> None:
    blocks = [MENU, *split("Mill", "12 km", "1849 daily")]
    assert block_labels(blocks, "Mill 12 km 1849 open. Since 1849 daily.") == [0, 1, 1, 0]


def test_empty_gold_makes_nothing_article() -> None:
    assert block_labels([*STORY, []], "") == [0, 0, 0, UNKNOWN]
    assert block_labels([], "Rain fell.") == []


@pytest.mark.parametrize(
    ("text", "guess", "label"),
    [
        ("So the ferry sails at nine", 0.1, 1.0),
        ("So the ferry sails", 0.1, 0.1),
        ("Home news sport weather today", 0.95, 0.0),
        ("the ferry sails at nine home news sport weather", 0.5, 1.0),
        ("Else", 0.86, 0.86),
        ("Else", 0.14, 0.14),
        ("Else", 0.84, UNKNOWN),
        ("Else", 0.16, UNKNOWN),
        ("…", 0.99, UNKNOWN),
    ],
)
def test_snippets_and_sure_guesses_label_pages_without_gold(text: str, guess: float, label: float) -> None:
    present, absent = ["The ferry sails at NINE."], ["Home | News | Sport | Weather"]
    assert snippet_labels([words_of(text)], [guess], present, absent) == [label]


def test_a_snippet_without_words_stands_nowhere() -> None:
    assert snippet_labels([["rain"]], [0.5], ["…", ""], ["–"]) == [UNKNOWN]


def test_each_block_has_its_guess() -> None:
    with pytest.raises(ValueError, match="shorter"):
        snippet_labels([["rain"], ["fell"]], [0.5], [], [])


@given(st.lists(words, max_size=6), words)
def test_nearness_is_f1_over_bags_of_words(kept: list[list[str]], gold: list[str]) -> None:
    ours = [word for block in kept for word in block]
    left = list(gold)
    for word in ours:
        if word in left:
            left.remove(word)
    shared = len(gold) - len(left)
    found = nearness(kept, gold)
    if not ours and not gold:
        assert found == 1
    elif not shared:
        assert found == 0
    else:
        precision, recall = shared / len(ours), shared / len(gold)
        assert found == pytest.approx(2 * precision * recall / (precision + recall))


@given(words, words, st.randoms(use_true_random=False))
def test_nearness_knows_no_order_and_no_sides(one: list[str], two: list[str], draw: random.Random) -> None:
    mixed = draw.sample(one, len(one))
    assert nearness([mixed], two) == nearness([one[:2], one[2:]], two) == nearness([two], one)
