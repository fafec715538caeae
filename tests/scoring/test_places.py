from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from line_features import features, no_signs, table_of

from newsclean.scoring.places import near_means, place_columns, sign_columns
from newsclean.scoring.table import LineTable

FAR = 30
#: For each document of a block, what holds of each of its lines.
marked = st.lists(st.lists(st.booleans(), max_size=40), min_size=1, max_size=4)


def block_of(marks: list[list[bool]]) -> LineTable:
    return table_of(*("\n\n".join("x" for _ in lines) for lines in marks))


def distances(lines: list[bool]) -> list[tuple[int, int]]:
    """Lines up and down to the nearest that is marked, of each line."""
    at = [number for number, yes in enumerate(lines) if yes]
    return [
        (
            min([FAR, *(here - there for there in at if there < here)]),
            min([FAR, *(there - here for there in at if there > here)]),
        )
        for here in range(len(lines))
    ]


@given(marked)
def test_distances_to_removed_lines_end_with_the_document(marks: list[list[bool]]) -> None:
    table = block_of(marks)
    removed = np.array([yes for lines in marks for yes in lines], dtype=bool)
    category = np.arange(len(removed)) % 16
    signs = no_signs(len(removed))._replace(surety=removed.astype(np.float32), category=category)
    columns = sign_columns(table, signs)
    expected = [pair for lines in marks for pair in distances(lines)]
    found = zip(columns["removed_above"], columns["removed_below"], strict=True)
    assert list(found) == expected
    for at, (above, below) in enumerate(expected):
        assert columns["category_above"][at] == (category[at - above] if above < FAR else -1)
        assert columns["category_below"][at] == (category[at + below] if below < FAR else -1)


@given(marked)
def test_places_are_places_in_the_document(marks: list[list[bool]]) -> None:
    table = block_of(marks)
    columns = place_columns(table, np.array([yes for lines in marks for yes in lines], dtype=bool))
    at = 0
    for lines in marks:
        prose = [number for number, yes in enumerate(lines) if yes]
        first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
        for number, (above, below) in enumerate(distances(lines)):
            from_end = len(lines) - 1 - number
            assert {name: column[at] for name, column in columns.items()} == pytest.approx(
                {
                    "number": min(number, FAR),
                    "from_end": min(from_end, FAR),
                    "place": (number + 0.5) / len(lines),
                    "character_place": (number + 0.5) / len(lines),
                    "from_first_prose": max(number - first, -FAR) if number < FAR + first else FAR,
                    "from_last_prose": min(number - last, FAR) if number > last - FAR else -FAR,
                    "prose_above": above,
                    "prose_below": below,
                    "gap": 2 if number else 0,
                    "gap_after": 2 if from_end else 0,
                }
            )
            at += 1
    assert at == len(table.start)


def test_the_place_in_characters_weighs_lines_by_their_length() -> None:
    columns = place_columns(table_of("abcdefgh\n\nxy"), np.array([True, False]))
    assert columns["character_place"].tolist() == pytest.approx([0.4, 0.9])


def test_gaps_are_counted_up_to_four() -> None:
    columns = place_columns(table_of("a\nb\n\n\nc\n\n\n\n\n\n\nd"), np.zeros(4, dtype=bool))
    assert columns["gap"].tolist() == [0, 1, 3, 4]
    assert columns["gap_after"].tolist() == [1, 3, 4, 0]


@given(st.lists(st.lists(st.integers(-9, 9), max_size=12), max_size=5), st.integers(1, 9))
def test_windows_end_with_the_document_and_leave_the_line_itself_out(
    block: list[list[int]], reach: int
) -> None:
    expected = []
    for values in block:
        for at in range(len(values)):
            near = values[max(at - reach, 0) : at] + values[at + 1 : at + reach + 1]
            expected.append(sum(near) / max(len(near), 1))
    flat = np.array([value for values in block for value in values], dtype=np.float32)
    first = np.concatenate(([0], np.cumsum([len(values) for values in block], dtype=np.int64)))
    means = near_means(np.stack([flat, -flat], axis=1), first.astype(np.int64), reach)
    assert means[:, 0].tolist() == pytest.approx(expected, abs=1e-5)
    assert means[:, 1].tolist() == pytest.approx([-value for value in expected], abs=1e-5)


def test_neighbours_are_lines_of_the_same_document() -> None:
    columns = features(table_of("a\n\nB c\n\nD e f", "", "x"))
    words = np.log1p([1, 2, 3, 1])
    expected = {
        "words-2": [-1, -1, words[0], -1],
        "words-1": [-1, words[0], words[1], -1],
        "words+1": [words[1], words[2], -1, -1],
        "words+2": [words[2], -1, -1, -1],
        "initials+1": [1 / 2, 1 / 3, -1, -1],
        "gap+1": [2, 2, -1, -1],
        "words~3": [(words[1] + words[2]) / 2, (words[0] + words[2]) / 2, (words[0] + words[1]) / 2, 0],
    }
    for name, values in expected.items():
        assert columns[name].tolist() == pytest.approx(values, rel=1e-6), name


def test_figures_of_a_document_are_the_same_on_each_of_its_lines_and_on_no_others() -> None:
    table = table_of("They all went home by the old bridge.\n\nClose", "***", "北京北京\n\n\nab")
    columns = features(table, no_signs(len(table.start)))
    expected = {
        "doc_lines": np.log1p([2, 2, 1, 2, 2]),
        "doc_characters": np.log1p([42, 42, 3, 6, 6]),
        "doc_line_size": [21, 21, 3, 3, 3],
        "doc_prose": [37 / 42, 37 / 42, 0, 0, 0],
        "doc_prose_lines": [1 / 2, 1 / 2, 0, 0, 0],
        "doc_unspaced": [0, 0, 0, 4 / 6, 4 / 6],
        "doc_gaps": [1 / 2, 1 / 2, 0, 1 / 2, 1 / 2],
        "doc_sentences": [1 / 2, 1 / 2, 0, 0, 0],
        "doc_surety": [0] * 5,
    }
    for name, values in expected.items():
        assert columns[name].tolist() == pytest.approx(list(values), rel=1e-6), name


def test_a_removed_line_is_not_the_running_text_that_places_are_told_from() -> None:
    sentence = "They all went home by the old bridge."
    table = table_of(f"{sentence}\n\nClose\n\n{sentence}")
    signs = no_signs(3)
    assert features(table, signs)["prose_above"].tolist() == [FAR, 1, 2]
    signs = signs._replace(surety=np.array([0.9, 0, 0], dtype=np.float32))
    assert features(table, signs)["prose_above"].tolist() == [FAR, FAR, FAR]
