from __future__ import annotations

import textwrap

import pytest
from hypothesis import given

from newsclean.document import read_document
from strategies import any_text

PARAGRAPHS = [
    "The ferry between Strathmell and the island of Corrie will keep its summer timetable until March, the harbour "
    "trust said on Monday, because repairs to the north pier ended six weeks ahead of plan and under budget.",
    "Four sailings a day will leave the town, the last of them in the evening, and cars have to be booked ahead by "
    "telephone or at the counter, which is open from eight in the morning until the last boat has come back.",
    "Islanders had complained last year that the winter service left them without a way home from appointments "
    "on the mainland, and a petition gathered more names than there are people who live on the island.",
]


def lines(text: str) -> list[str]:
    document = read_document(text)
    return [document.text(line) for line in document.lines]


@given(any_text)
def test_lines_hold_everything_but_white_space_in_order(text: str) -> None:
    document = read_document(text)
    at = 0
    for line in document.lines:
        assert not document.tidy[at : line.start].strip()
        assert document.text(line).strip() == document.text(line) != ""
        at = line.end
    assert not document.tidy[at:].strip()


def test_only_the_three_usual_line_breaks_split() -> None:
    assert lines("a\nb\r\nc\rd\u2028e\x0bf\x0cg\x85h") == ["a", "b", "c", "d e f g h"]


@pytest.mark.parametrize("width", [50, 62, 72, 78, 80, 100])
@pytest.mark.parametrize("indent", ["", "  "])
def test_hard_wrapped_paragraphs_are_one_line_each(width: int, indent: str) -> None:
    wrapped = "\n\n".join(
        textwrap.fill(p, width, initial_indent=indent, subsequent_indent=indent) for p in PARAGRAPHS
    )
    assert lines(wrapped) == PARAGRAPHS


def test_a_button_between_hard_wrapped_paragraphs_stays_a_line() -> None:
    wrapped = "\n".join(textwrap.fill(p, 72) + "\nAdvertisement" for p in PARAGRAPHS)
    assert lines(wrapped).count("Advertisement") == 3


def test_a_list_of_headlines_of_one_length_is_not_taken_for_wrapped_text() -> None:
    heads = [
        "Council votes nine to four to close the bridge to lorries",
        "Volunteers carry forty thousand packets of seed uphill in rain",
        "Village switches off its street lamps for the observatory",
        "Violin left on the late bus comes home after nineteen years",
        "Hospital roof hives give three hundred jars of honey a year",
        "Salt works go back to horses and find that they are quicker",
    ]
    assert lines("\n".join(heads)) == heads


def test_line_breaks_before_a_line_are_counted() -> None:
    document = read_document("One.\n\n\n  Two.\nThree.")
    assert [line.gap for line in document.lines] == [0, 3, 1]
