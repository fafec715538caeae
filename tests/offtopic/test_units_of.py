from __future__ import annotations

import pytest
from hypothesis import given
from offtopic_texts import read, relaxed, texts, unit_texts

from newsclean.document import read_document
from newsclean.sentences import sentence_spans


@relaxed
@given(texts)
def test_units_are_in_order_and_cover_the_lines_of_their_document(text: str) -> None:
    document, units = read_document(text), read(text)
    assert (units.tidy, units.folded) == (document.tidy, document.folded)
    assert [unit.index for unit in units.lines] == list(range(len(units.lines)))
    at = 0
    for unit in units.lines:
        assert at <= unit.start < unit.end
        assert units.text(unit) == units.text(unit).strip()
        assert any(line.start <= unit.start and unit.end <= line.end for line in document.lines)
        at = unit.end
    covered = [units.tidy[at] for unit in units.lines for at in range(unit.start, unit.end)]
    assert [char for char in covered if not char.isspace()] == [c for c in document.tidy if not c.isspace()]


@relaxed
@given(texts)
def test_a_unit_that_begins_a_line_keeps_its_gap_and_no_other_has_one(text: str) -> None:
    gaps = {line.start: line.gap for line in read_document(text).lines}
    units = read(text).lines
    assert [unit.gap for unit in units] == [gaps.get(unit.start, 0) for unit in units]
    assert gaps.keys() <= {unit.start for unit in units}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # sentences without a blank between them
        ("Rain fell.Snow followed.", ["Rain fell.", "Snow followed."]),
        ("Was it cold?Yes!It was.", ["Was it cold?", "Yes!", "It was."]),
        # a snippet that was cut off, and the article going on with a word that begins sentences
        ("Its value is put at The mayor said no.", ["Its value is put at", "The mayor said no."]),
        ("It was sold for 20 But nobody came.", ["It was sold for 20", "But nobody came."]),
        ("Es wurde für Die Polizei kam.", ["Es wurde für", "Die Polizei kam."]),
        ("Er kam früh, Aber es war zu spät.", ["Er kam früh,", "Aber es war zu spät."]),
        ("It is in The Hague", ["It is in", "The Hague"]),
        # more than one in a sentence
        ("one and The two or But three.", ["one and", "The two or", "But three."]),
        # behind a colon and behind a bracket that holds a sentence
        ("He said: Rain fell.", ["He said:", "Rain fell."]),
        ("Rain (so it goes.) Snow followed.", ["Rain (so it goes.)", "Snow followed."]),
        ("Rain (why not?) Über allem lag Schnee.", ["Rain (why not?)", "Über allem lag Schnee."]),
    ],
)
def test_a_line_is_cut_where_an_intrusion_may_begin(text: str, expected: list[str]) -> None:
    assert unit_texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The mayor met Jane Smith in Oldtown.",  # capitals that begin no sentence
        "A visit to Themis was planned.",  # a longer word
        "It is called the The.",  # nothing behind it
        "He said: nothing more.",  # no capital
        "Rain (so it goes) Snow followed.",  # no sentence in the bracket
        "Doors open at 10:30 on Monday.",
    ],
)
def test_a_sentence_without_a_cut_is_one_unit(text: str) -> None:
    assert unit_texts(text) == [text]


def test_only_the_first_unit_of_a_line_has_a_gap() -> None:
    units = read("Rain fell. Snow followed.\n\n\nHe said: The wind rose.\nIt was cold.").lines
    assert [unit.gap for unit in units] == [0, 0, 3, 0, 1]


@pytest.mark.parametrize("text", ["", " ", "\n\n \u200b\n"])
def test_a_text_that_holds_nothing_has_no_units(text: str) -> None:
    assert unit_texts(text) == []


@pytest.mark.parametrize("sentence", ["Rain fell on the town. ", "Rain fell on the town.", "rain, "])
def test_a_long_stretch_is_split_piece_by_piece_and_nothing_lost(sentence: str) -> None:
    tidy = (sentence * (9000 // len(sentence))).strip()
    spans = list(sentence_spans(tidy, 0, len(tidy)))
    assert len(spans) > 2
    assert "".join(tidy[start:end] for start, end in spans).replace(" ", "") == tidy.replace(" ", "")
    if sentence.endswith(". "):
        cut = [(start, end) for start, end in spans if tidy[start:end] != sentence.strip()]
        assert len(cut) <= 2 * 9000 / 1500  # only where one piece ends and the next begins


def test_sentences_lie_within_the_stretch_that_is_asked_for() -> None:
    tidy = "Rain fell. Snow followed. Wind rose."
    assert [tidy[start:end] for start, end in sentence_spans(tidy, 5, 25)] == ["fell.", "Snow followed."]
    assert list(sentence_spans(tidy, 10, 11)) == []
