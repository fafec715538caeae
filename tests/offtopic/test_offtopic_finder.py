from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from offtopic_texts import filled, paragraphs, read, relaxed, sentences
from tiny_offtopic import COLD, HOT, lexicon, stump, tiny_offtopic

from newsclean.document import read_document
from newsclean.offtopic.finder import Found, Section, find_blocks
from newsclean.offtopic.model import OfftopicModel
from newsclean.spans import Span

MODEL = tiny_offtopic()
LEAST = 0.9


def found_in(text: str, spared: list[Span] | None = None, model: OfftopicModel = MODEL) -> list[Found]:
    return find_blocks(read_document(text), model, model.full, LEAST, spared or [])


def stretches(text: str, spared: list[Span] | None = None) -> list[str]:
    """What is found in a text, in its order."""
    tidy = read_document(text).tidy
    return [tidy[one.start : one.end] for one in sorted(found_in(text, spared), key=lambda one: one.start)]


def test_a_run_of_marked_units_is_found_as_one_block() -> None:
    lines = sentences(20, {0, 7, 8, 9, 19})
    assert stretches(paragraphs(lines)) == [lines[0], f"{lines[7]} {lines[8]} {lines[9]}", lines[19]]


def test_a_block_reaches_over_paragraphs() -> None:
    lines = sentences(20, {9, 10})
    assert stretches(paragraphs(lines)) == [f"{lines[9]}\n\n{lines[10]}"]


def test_a_text_of_one_matter_holds_nothing() -> None:
    assert found_in(paragraphs(sentences(20))) == []


def test_found_blocks_tell_their_units_and_score_and_come_likeliest_first() -> None:
    lines = sentences(20, {2, 3, 15})
    lines[15] = "Why was a zebra there?"
    asked, plain = found_in("  \n" + paragraphs(lines))
    assert (asked.units, plain.units) == ((15, 16), (2, 4))
    assert asked.score == pytest.approx(1 / (1 + np.exp(-5.5)))  # a whole run, a question, new words
    assert plain.score == pytest.approx(1 / (1 + np.exp(-4)))  # the other names zebras too


def test_only_blocks_as_likely_as_asked_for_are_found() -> None:
    text = paragraphs(sentences(20, {5}))
    document = read_document(text)
    (one,) = found_in(text)
    assert len(find_blocks(document, MODEL, MODEL.full, one.score, [])) == 1
    assert find_blocks(document, MODEL, MODEL.full, one.score + 1e-6, []) == []


def test_each_judge_goes_by_its_own_columns() -> None:
    lines = sentences(20, {5})
    lines[12] = "A quagga stood there."
    document = read_document(paragraphs(lines))
    for judge, at in ((MODEL.full, 5), (MODEL.bare, 12)):
        (one,) = find_blocks(document, MODEL, judge, LEAST, [])
        assert one.units == (at, at + 1)


@pytest.mark.parametrize(("units", "found"), [(1, 0), (7, 0), (8, 1), (9, 1)])
def test_in_a_text_of_few_units_nothing_is_found(units: int, found: int) -> None:
    assert len(found_in(paragraphs(sentences(units, {0})))) == found


@pytest.mark.parametrize("text", ["", " ", "***", "zebra"])
def test_a_text_of_next_to_nothing_gives_nothing(text: str) -> None:
    assert found_in(text) == []


def test_the_odds_of_units_are_those_of_the_trees_unless_they_are_spared() -> None:
    units = read(paragraphs(sentences(10, {4, 5})))
    section = Section(100, units, MODEL, MODEL.full)
    expected = [HOT if at in (4, 5) else COLD for at in range(10)]
    assert section.odds.tolist() == expected
    first, second = units.lines[4], units.lines[5]
    section.spare([Span(0, 100), Span(100 + first.end, 100 + second.start)])  # what is around them
    assert section.odds.tolist() == expected
    section.spare([Span(100 + second.end - 1, 100 + second.end)])
    assert section.odds[5] < -50
    assert np.delete(section.odds, 5).tolist() == expected[:5] + expected[6:]


def test_a_spared_sentence_stays_and_what_is_around_it_goes() -> None:
    lines = sentences(20, {4, 5, 6, 7, 12})
    text = paragraphs(lines)
    at = text.index(lines[6]) + 5
    assert stretches(text, [Span(at, at + 1)]) == [f"{lines[4]}\n\n{lines[5]}", lines[7], lines[12]]
    assert stretches(text, [Span(0, len(text))]) == []


runs = st.lists(
    st.tuples(st.integers(0, 29), st.integers(1, 4)).map(lambda run: range(run[0], min(sum(run), 30))),
    max_size=3,
)


@relaxed
@given(runs, runs, st.integers(1, 7))
def test_found_are_the_whole_runs_that_are_not_spared(
    marked_runs: list[range], spared_runs: list[range], size: int
) -> None:
    marked = {at for run in marked_runs for at in run}
    stay = {at for run in spared_runs for at in run}
    text = paragraphs(sentences(30, marked), size)
    units = read(text).lines
    found = sorted(
        found_in(text, [Span(units[at].start, units[at].end) for at in stay]), key=lambda f: f.start
    )
    go = sorted(marked - stay)
    starts = [at for at in go if at - 1 not in go]
    ends = [at + 1 for at in go if at + 1 not in go]
    assert [one.units for one in found] == list(zip(starts, ends, strict=True))
    assert [(one.start, one.end) for one in found] == [
        (units[start].start, units[end - 1].end) for start, end in zip(starts, ends, strict=True)
    ]


def bold(hot: float) -> OfftopicModel:
    """The model, its marked units as hot as said, and taking long blocks of them before short ones."""
    full = MODEL.full._replace(
        units=stump(0, 0, COLD, hot), block_columns=("units",), blocks=stump(0, 10, 2.5, 4)
    )
    return MODEL._replace(full=full)


@relaxed
@given(st.lists(filled, min_size=1, max_size=3), st.sets(st.integers(0, 30)))
def test_found_blocks_do_not_overlap_whatever_the_text(parts: list[str], marked: set[int]) -> None:
    text = " ".join(
        part
        for number, sentence in enumerate(sentences(16, marked))
        for part in (sentence, *parts[number:][:1])
    )
    document = read_document(text)
    found = sorted((one.start, one.end) for one in found_in(text, model=bold(HOT)))
    assert all(0 <= start < end <= len(document.tidy) for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    edges = [{getattr(unit, edge) for unit in read(text).lines} for edge in ("start", "end")]
    assert all(start in edges[0] and end in edges[1] for start, end in found)


def test_a_spared_sentence_stays_however_sure_the_units_around_it_are() -> None:
    text = paragraphs(sentences(30, range(5, 19)))
    kept = read(text).lines[12]
    span = Span(kept.start, kept.end)
    found = found_in(text, [span], bold(8.0))
    assert found
    assert not any(one.start < span.end and span.start < one.end for one in found)


@pytest.mark.parametrize("size", [1, 5, 40])
def test_long_texts_are_looked_at_in_sections_that_begin_with_paragraphs(size: int) -> None:
    marked = {3, 310, 311, 450, 690, 899}
    lines = sentences(900, marked)
    text = "\n" + paragraphs(lines, size)
    tidy = read_document(text).tidy
    found = sorted(found_in(text), key=lambda one: one.start)
    glue = "\n\n" if size == 1 else " "
    assert [tidy[one.start : one.end] for one in found] == [
        lines[3],
        f"{lines[310]}{glue}{lines[311]}",
        lines[450],
        lines[690],
        lines[899],
    ]
    sections = {id(one.section): one.section for one in found}.values()
    assert len(sections) >= 3
    for section in sections:
        units = section.units.lines
        assert 150 <= len(units) <= 450
        assert tidy[section.base :].startswith(section.units.tidy)
        assert (section.units.folding.tidy, units[0].start) == (tidy, 0)
        assert tidy[section.base - 1] == "\n"


def test_a_long_text_without_paragraphs_is_cut_between_sentences() -> None:
    lines = sentences(620, {50, 320, 590})
    text = paragraphs(lines, 620)
    found = sorted(found_in(text), key=lambda one: one.start)
    assert [text[one.start : one.end] for one in found] == [lines[50], lines[320], lines[590]]
    assert [len(one.section.units.lines) for one in found] == [300, 320, 320]


def test_what_a_section_says_of_its_units_is_of_the_section_alone() -> None:
    lines = sentences(600)
    alone = Section(0, read(" ".join(lines[:40])), tiny_offtopic(lexicon({"ferry": (3, 4)})), MODEL.full)
    assert alone.fabric.units == len(alone.odds) == 40
    assert alone.matrix.shape == (40, 1)
    np.testing.assert_allclose(alone.reading.vectors, [[0.6, 0.8]] * 40, atol=1e-6)
