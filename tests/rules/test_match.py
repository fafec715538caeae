from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.document import read_document
from newsclean.rules.match import match_lines
from rule_helpers import PROSE, found_texts, index_of, rule
from strategies import messy_texts

SHARE = rule("Share this story", id="share")
TITLE = rule("Read also: {title}", id="title")
SENTENCE = rule("Your email address will not be published", id="sentence", scope="sentence")
PATTERN = rule(id="pattern", pattern=r"(?i)^photo: .+$", keywords=["photo"], matches=["photo: x"])
RULES = (SHARE, TITLE, SENTENCE, PATTERN)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\n \n"])
def test_lines_are_matched_whatever_ends_them(end: str) -> None:
    text = end.join([PROSE, "Share this story", PROSE, "Read also: The door"])
    document = read_document(text)
    assert sorted(match_lines(index_of(*RULES), document)) == [1, 3]


def test_what_a_line_separator_of_unicode_parts_is_one_line() -> None:
    assert found_texts(f"{PROSE}\u2028Share this story", SHARE) == []


def test_a_hard_wrapped_paragraph_is_matched_as_one_line() -> None:
    words = "Your email address will not be published"
    filler = "the council met on Tuesday and agreed to mend the roof of the library so that winter may come"
    wrapped: list[str] = [""]
    for word in f"{filler}. {words}. {filler}. {filler}.".split():
        if len(wrapped[-1]) + 1 + len(word) > 60:
            wrapped.append("")
        wrapped[-1] = f"{wrapped[-1]} {word}".strip()
    text = "\n".join(wrapped)
    assert not any(words in line for line in wrapped)
    assert found_texts(text, SENTENCE) == [f"{words}."]


@pytest.mark.parametrize(("size", "is_found"), [(400, True), (401, False)])
def test_expressions_for_whole_lines_run_on_lines_of_up_to_400_characters(size: int, is_found: bool) -> None:
    line = "Photo: " + "x" * (size - 7)
    assert bool(found_texts(f"{PROSE}\n{line}", PATTERN)) is is_found


@pytest.mark.parametrize(("keyword", "is_found"), [("Photo", True), ("Phote", False)])
def test_a_longer_line_is_looked_at_as_a_whole_when_it_holds_a_keyword(keyword: str, is_found: bool) -> None:
    any_letters = rule(
        id="s", scope="sentence", pattern=r"^[A-Z][a-z, .]+$", keywords=["photo"], matches=["Photo x"]
    )
    line = f"{keyword} " + "so it is, they said. " * 50 + "so"
    assert 400 < len(line) <= 1200
    assert found_texts(f"{PROSE}\n{line}", any_letters) == [line] * is_found


def test_of_a_line_that_is_junk_as_a_whole_no_pieces_are_told() -> None:
    inline = rule("Share this story", id="inline", scope="inline")
    document = read_document("Share this story")
    (found,) = match_lines(index_of(inline, SHARE), document).values()
    assert {(f.start, f.end) for f in found} == {(0, len("Share this story"))}


def test_only_lines_with_a_finding_are_told() -> None:
    document = read_document(f"{PROSE}\n{PROSE}")
    assert match_lines(index_of(*RULES), document) == {}
    assert match_lines(index_of(*RULES), read_document("")) == {}


@given(messy_texts())
@settings(max_examples=100)
def test_findings_lie_in_their_lines_strongest_first_or_in_order(text: str) -> None:
    document = read_document(text)
    order = ("certain", "likely", "hint")
    for number, found in match_lines(index_of(*RULES), document).items():
        line = document.lines[number]
        spans = [(f.start, f.end) for f in found]
        assert all(line.start <= start < end <= line.end for start, end in spans)
        if spans[0] == (line.start, line.end):
            assert len(set(spans)) == 1
            ranks = [order.index(f.strength) for f in found]
            assert ranks == sorted(ranks)
        else:
            assert spans == sorted(spans)


@given(st.lists(st.sampled_from([PROSE, "Share this story", "Photo: x", "Read also: The door"]), max_size=6))
def test_lines_are_matched_each_for_itself(lines: list[str]) -> None:
    """Rules look at a line alone; what its neighbours mean is for decisions."""
    index = index_of(*RULES)
    alone = [bool(match_lines(index, read_document(line))) for line in lines]
    together = match_lines(index, read_document("\n\n".join(lines)))
    assert [number in together for number in range(len(lines))] == alone
