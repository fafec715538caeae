from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean import Cleaner
from newsclean.html.text_side import clean_open, is_sure
from newsclean.report import Report
from page_parts import PROSE

CLEANER = Cleaner(scorer=False)
JUNK = ("Leave a Reply", "Read more:", "This news has been read 731 times!", "Advertisement")

lines = st.lists(st.tuples(st.sampled_from([*PROSE, *JUNK, "x", "a\nb", "", " "]), st.booleans()), max_size=9)


def cleaned(texts: list[str], sure: str) -> Report:
    """The report on lines, "x" for those that are sure."""
    return clean_open(CLEANER, texts, [mark == "x" for mark in sure])


@given(lines)
def test_the_report_tiles_all_lines(marked: list[tuple[str, bool]]) -> None:
    texts = [text for text, _ in marked]
    report = clean_open(CLEANER, texts, [sure for _, sure in marked])
    assert report.original == "\n".join(texts)
    assert report.error is None
    edges = [0, *(d.span.end for d in report.decisions)]
    assert [d.span.start for d in report.decisions] == edges[:-1]
    assert all(a < b for a, b in pairwise(edges))
    assert edges[-1] == len(report.original)


@given(lines)
def test_junk_is_removed_in_open_lines_alone(marked: list[tuple[str, bool]]) -> None:
    texts = [text for text, _ in marked]
    report = clean_open(CLEANER, texts, [sure for _, sure in marked])
    at, opened = 0, []
    for text, sure in marked:
        if not sure:
            opened.append((at, at + len(text)))
        at += len(text) + 1
    for decision in report.junk:
        assert any(a <= decision.span.start and decision.span.end <= b for a, b in opened)
        for evidence in decision.evidence:
            assert any(a <= evidence.span.start and evidence.span.end <= b for a, b in opened)
    for text, sure in marked:
        if sure and text.strip() and "\n" not in text:
            assert text.strip() in report.text


@pytest.mark.parametrize("junk", JUNK[:3])
@pytest.mark.parametrize("at", range(6))
def test_a_line_of_junk_goes_when_it_is_open_and_stays_when_it_is_sure(junk: str, at: int) -> None:
    texts = [*PROSE[:at], junk, *PROSE[at:5]]
    marks = "x" * at + "." + "x" * (5 - at)
    assert cleaned(texts, marks).text == "\n".join(PROSE)
    assert cleaned(texts, "x" * 6).text == "\n".join(texts)


def test_the_removal_is_told_in_places_of_the_whole_text() -> None:
    report = cleaned([*PROSE[:4], "Leave a Reply", PROSE[4]], "xxxx.x")
    assert [d.span.of(report.original) for d in report.junk] == ["Leave a Reply"]
    assert {e.span.of(report.original) for d in report.junk for e in d.evidence} == {"Leave a Reply"}
    assert report.restore(report.text) == report.original


def test_sure_lines_beside_junk_of_the_same_words_stay() -> None:
    texts = ["Leave a Reply", PROSE[0], "Leave a Reply", PROSE[1], "Leave a Reply"]
    assert cleaned(texts, "xx.xx").text == "\n".join([*texts[:2], *texts[3:]])


def test_lines_far_from_open_ones_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    analyze = Cleaner.analyze

    def spy(self: Cleaner, text: str) -> Report:
        read.append(text)
        return analyze(self, text)

    monkeypatch.setattr(Cleaner, "analyze", spy)
    texts = [f"{i} {PROSE[0]} {PROSE[1]}" for i in range(50)]
    cleaned(texts, "x" * 20 + "." + "x" * 29)
    assert [line[:2] for line in read[0].split("\n")] == ["19", "20", "21"]
    assert texts[20] in read[0]
    assert texts[19] not in read[0]


def test_a_text_without_open_lines_is_not_read_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cleaner, "analyze", lambda *_: pytest.fail("read"))
    assert cleaned(["Leave a Reply"], "x").text == "Leave a Reply"
    assert cleaned([], "").text == ""


def test_an_error_of_the_rules_leaves_the_text_whole_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cleaner, "analyze", lambda _, text: Report(text, (), error="broken"))
    report = cleaned(["Leave a Reply", PROSE[0]], "..")
    assert report.error == "broken"
    assert report.text == report.original == f"Leave a Reply\n{PROSE[0]}"


def test_blocks_are_sure_from_a_score_on() -> None:
    assert [is_sure(score) for score in (0.0, 0.5, 0.9, 1.0)] == [False, False, True, True]
