from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.decision.separators import separator_spans
from newsclean.spans import Span, complement

# «» mark what is removed; the second text is what has to be left.
CASES = {
    "a line between paragraphs": ("A\n\n«J»\n\nB", "A\n\nB"),
    "a line between lines": ("A\n«J»\nB", "A\nB"),
    "the smaller paragraph break stays": ("A\n\n\n\n«J»\n\nB", "A\n\nB"),
    "a paragraph break wins over a line break": ("A\n«J»\n\nB", "A\n\nB"),
    "several lines": ("A\n\n«J»\n«K»\n\n«L»\n\nB", "A\n\nB"),
    "the first line": ("«J»\n\nA", "A"),
    "the first line after blank ones": ("\n\n«J»\n\nA", "\n\nA"),
    "the last line": ("A\n\n«J»", "A"),
    "the last line with its line end": ("A\n\n«J»\n", "A\n"),
    "everything": ("\n «J»\n\n«K» \n", ""),
    "Windows line ends": ("A\r\n\r\n«J»\r\n\r\nB", "A\r\n\r\nB"),
    "old Mac line ends": ("A\r«J»\rB", "A\rB"),
    "indentation of what follows stays": ("A\n    «J»\n    B", "A\n    B"),
    "blanks at the end of what precedes stay": ("A  \n«J»\nB", "A  \nB"),
    "a sentence in the middle": ("A. «J.» B.", "A. B."),
    "a sentence at the start of a line": ("A\n«J.» B", "A\nB"),
    "a sentence at the end of a line": ("A. «J.»\nB", "A.\nB"),
    "a glued piece": ("A.«J»\n\nB", "A.\n\nB"),
    "a bracket before a full stop": ("A «(J)».", "A."),
    "a bracket between words": ("A «(J)» b.", "A b."),
    "invisible characters go along": ("A\n\u200b«J»\u200b\nB", "A\nB"),
    "the end of one line and the start of the next": ("A. «J»\n«K» B.", "A.\nB."),
    "no-break spaces": ("A\n\xa0«J»\xa0\nB", "A\nB"),
}


@pytest.mark.parametrize("name", CASES)
def test_white_space_goes_along(name: str) -> None:
    marked, left = CASES[name]
    text, removed = unmark(marked)
    assert cut(text, removed) == left


def unmark(marked: str) -> tuple[str, list[Span]]:
    text, removed, start = "", [], 0
    for char in marked:
        if char == "«":
            start = len(text)
        elif char == "»":
            removed.append(Span(start, len(text)))
        else:
            text += char
    return text, removed


def cut(text: str, removed: list[Span]) -> str:
    gone = [*removed, *separator_spans(text, removed)]
    return "".join(span.of(text) for span in complement(gone, len(text)))


@given(
    st.lists(
        st.tuples(st.sampled_from("AJ"), st.sampled_from(["\n", "\n\n", " ", "\r\n", " \n\t", "\n\n\n"])),
        min_size=1,
    )
)
def test_only_white_space_goes_and_no_longer_break_comes(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + glue for word, glue in parts)
    removed = [Span(at, at + 1) for at, char in enumerate(text) if char == "J"]
    white = list(separator_spans(text, removed))
    assert all(not span.of(text).strip() for span in white)
    left = cut(text, removed)
    assert left.replace("J", "").split() == [word for word, _ in parts if word == "A"]
    breaks = ["\r\n" if glue == "\r\n" else glue for _, glue in parts]
    longest = max(glue.count("\n") for glue in breaks)
    assert "\n" * (longest + 1) not in left.replace(" ", "").replace("\t", "").replace("\r", "")
