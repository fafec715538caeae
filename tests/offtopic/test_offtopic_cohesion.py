from __future__ import annotations

import math

import numpy as np
import pytest

from newsclean.offtopic.cohesion import Fabric, Held, held_words

WEIGHT = {"a": 1.0, "b": 0.5, "c": 0.25, "D": 0.5, "e": 1.0, "F": 0.25, "g": 0.5}  # capitals: names
UNITS = ("e", "ab", "a", "cF", "Deb", "DF", "bc", "b", "ag")


def fabric(units: tuple[str, ...] = UNITS, vectors: list[list[float]] | None = None) -> Fabric:
    """The fabric of units of one-letter words; their stems are the letters' codes."""
    words = list(WEIGHT)
    weight = [[WEIGHT[word] if word in unit else 0 for word in words] for unit in units]
    held = Held(
        np.array(weight, dtype=np.float32).reshape(len(units), len(words)),
        np.array([word.isupper() for word in words]),
        np.array([ord(word) for word in words], dtype=np.uint64),
    )
    return Fabric(held, np.array(vectors or [[0, 0]] * len(units), dtype=np.float32))


def figures(made: Fabric, *blocks: tuple[int, int]) -> dict[str, list[float]]:
    start, end = np.array(blocks, dtype=np.int64).T
    return {name: [float(one) for one in column] for name, column in made.columns(start, end).items()}


# For each figure its values of units 4 and 5, of the first unit, of the last, and of all.
BLOCKS = ((4, 6), (0, 1), (8, 9), (0, 9))
WORDS = {
    "held": [2.25, 1, 1.5, 4],  # D e b F; e; a g; all
    "shared_all": [1.75 / 2.25, 1, 1 / 1.5, 0],  # e b F; e; a
    "shared_often": [0.5 / 2.25, 0, 0, 0],  # b stands in three other units; the last shares `a` with two
    "shared_before": [0.75 / 2.25, 0, 0, 0],  # b F of a b c F
    "shared_after": [0.5 / 2.25, 0, 0, 0],  # b of a b c g
    "shared_names": [1 / 2, -1, -1, 0],  # F of D F
    "closes": [1.75 / 2, -1, -1, -1],  # a b c of a b c F, which weigh less than a b c g
    "closes_next": [0.25 / 0.5, -1, -1, -1],  # c of c F and b c
    "following_before": [1, 0, -1, -1],  # b c
    "following_own": [0.5 / 0.75, 0, -1, -1],  # b of b c
    "names": [2, 0, 0, 2],
    "new_words": [1, 0, 1, 7],  # D; none; g
    "new_weight": [0.5, 0, 0.5, 4],
    "new_mean": [0.5, -1, 0.5, 4 / 7],
    "new_names": [1, 0, 0, 2],
    "again": [0.5, 0, 0, 3.5],  # D twice; of all words but g
}


@pytest.mark.parametrize("name", WORDS)
def test_words_that_a_block_shares_are_weighed_by_rarity(name: str) -> None:
    assert figures(fabric(), *BLOCKS)[name] == pytest.approx(WORDS[name])


def test_words_right_before_and_after_stand_at_most_three_units_away() -> None:
    units = ("a", "c", "c", "a", "e", "e", "a")
    found = figures(fabric(units), (3, 4), (4, 5))
    assert found["shared_before"] == [1, 0]
    assert found["shared_after"] == [1, 1]
    assert figures(fabric(("a", "c", "c", "c", "a")), (4, 5), (0, 1))["shared_before"] == [0, 0]
    assert figures(fabric(("a", "c", "c", "c", "a")), (4, 5), (0, 1))["shared_after"] == [0, 0]


def test_a_block_without_words_that_say_something_shares_nothing_and_has_no_shares() -> None:
    found = figures(fabric(("ab", "", "ab")), (1, 2))
    none = {name for name, (value,) in found.items() if value == -1}
    assert none == {
        *("shared_all", "shared_often", "shared_before", "shared_after", "shared_names", "new_mean")
    }
    assert found["held"] == found["new_words"] == [0]
    assert found["closes"] == found["closes_next"] == [1]


VECTORS = [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.6, 0.8], [1.0, 0.0]]
AFTER = math.sqrt(1.6**2 + 0.8**2)
# For each figure its values of unit 2, of units 2 and 3, of the first unit, of the last.
MEANT = {
    "meant_all": [
        0.8 / math.hypot(3.6, 0.8),
        0.6 / math.hypot(0.6, 1.8),
        2.6 / math.hypot(2.6, 1.8),
        2.6 / math.hypot(2.6, 1.8),
    ],
    "meant_before": [0, 0.6 / math.hypot(0.6, 1.8), 0, 1.6 / math.hypot(1.6, 1.8)],
    "meant_after": [0.8 / AFTER, 0.6 / math.hypot(0.6, 1.8), 1.6 / math.hypot(1.6, 1.8), 0],
    "meant_closes": [1.6 / AFTER, 1, 0, 0],
    "meant_gain": [
        1.2 / AFTER,
        1 - 0.6 / math.hypot(0.6, 1.8),
        -0.8 / math.hypot(1.6, 1.8),
        -0.8 / math.hypot(1.6, 1.8),
    ],
    "meant_first": [0, 0, 0, 1.6 / math.hypot(1.6, 1.8)],
    "meant_last": [0.8 / AFTER, 0.6, 1.6 / math.hypot(1.6, 1.8), 0],
}


@pytest.mark.parametrize("name", MEANT)
def test_nearness_in_meaning_is_the_cosine_of_sums_of_vectors(name: str) -> None:
    made = fabric(("",) * 5, VECTORS)
    assert figures(made, (2, 3), (2, 4), (0, 1), (4, 5))[name] == pytest.approx(MEANT[name], abs=1e-6)


def test_units_that_mean_nothing_known_are_near_to_nothing() -> None:
    found = figures(fabric(), *BLOCKS)
    assert {value for name, values in found.items() if name.startswith("meant_") for value in values} == {0}


def test_the_nearest_unit_is_no_neighbour() -> None:
    assert fabric(("",) * 5, VECTORS).nearest() == pytest.approx([1, 1, 0, 0.6, 1])
    assert fabric(("", ""), [[1, 0], [1, 0]]).nearest().tolist() == [-1, -1]


def test_all_figures_are_those_that_were_computed_here() -> None:
    assert figures(fabric(), (4, 6)).keys() == WORDS.keys() | MEANT.keys()


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ((4, 6), "D"),
        ((0, 1), ""),
        ((8, 9), "g"),
        ((3, 6), "DF"),
        # names count for one more than they weigh; of two alike the first stays first
        ((0, 9), "DFaebgc"),
    ],
)
def test_new_stems_stand_nowhere_else_and_come_heaviest_first(units: tuple[int, int], expected: str) -> None:
    stems, names = fabric().new_stems(*units)
    assert "".join(map(chr, stems.tolist())) == expected
    assert names.tolist() == [word.isupper() for word in expected]


def test_words_of_a_document_are_told_by_their_stems() -> None:
    # two units of "Ash the ash Bay / Bay the Cod cod", where `the` says nothing
    ash, bay, cod, the = 7, 5, 9, 1
    held = held_words(
        np.array([0, 0, 0, 0, 1, 1, 1, 1]),
        np.array([ash, the, ash, bay, bay, the, cod, cod], dtype=np.uint64),
        np.array([0.5, 0, 0.5, 1, 1, 0, 0.25, 0.25], dtype=np.float32),
        np.array([False, False, False, True, False, False, True, False]),
        np.array([False, True, True, False, False, True, False, True]),
        3,
    )
    assert held.stem.tolist() == [bay, ash, cod]
    assert held.weight.tolist() == [[1, 0.5, 0], [1, 0, 0.25], [0, 0, 0]]
    assert held.name.tolist() == [True, False, False]  # "Cod" stands without a capital too
