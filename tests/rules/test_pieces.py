from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.document import read_document
from newsclean.rules.match import match_lines
from rule_helpers import PROSE, found_texts, index_of, rule

SENTENCE = rule("Your email address will not be published", id="sentence", scope="sentence")
INLINE = rule(
    "Share this story on Facebook",
    "Read the full story here",
    "広告の後に続きます",
    id="inline",
    scope="inline",
)
LINE = rule("Leave us a reply", id="line")
LIKELY = rule("Follow us on social media", id="likely", scope="sentence", strength="likely")
OPEN = rule("Read more about it: {title}", id="open", scope="sentence")
PATTERN = rule(
    id="pattern",
    scope="inline",
    pattern=r"(?i)\(photo: [a-z ]+\)",
    keywords=["photo"],
    matches=["(photo: x)"],
    rejects=[],
)
RULES = (SENTENCE, INLINE, LINE, LIKELY, OPEN, PATTERN)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (f"{PROSE} Your email address will not be published. {PROSE}", ["Your email address will not be published."]),
        (f"{PROSE} Your email address will not be published.", ["Your email address will not be published."]),
        (f"Your email address will not be published. {PROSE}", ["Your email address will not be published."]),
        (f"{PROSE} (Your email address will not be published) {PROSE}", ["(Your email address will not be published)"]),
            (f"{PROSE} Your email address will not be published: The mayor came late.", ["Your email address will not be published:"]),
        (f"{PROSE} Share this story on Facebook {PROSE}", ["Share this story on Facebook"]),
        (f"{PROSE[:-1]} Share this story on Facebook", ["Share this story on Facebook"]),
        (f"{PROSE} | Share this story on Facebook | {PROSE}", ["Share this story on Facebook"]),
        (f"{PROSE} Read the full story here… {PROSE}", ["Read the full story here…"]),
        (f"{PROSE} (Photo: The Valley News) {PROSE}", ["(Photo: The Valley News)"]),
        (f"{PROSE} Read more about it: The door! {PROSE}", ["Read more about it: The door!"]),
        ("市長は昨日言った広告の後に続きます。橋は来年開く。", ["広告の後に続きます"]),
    ],
)  # fmt: skip
def test_junk_inside_a_line_is_found_to_the_letter(text: str, pieces: list[str]) -> None:
    assert found_texts(text, *RULES) == pieces


@pytest.mark.parametrize(
    "text",
    [
        f'The form says "Your email address will not be published." {PROSE}',
        f"{PROSE} “Share this story on Facebook” {PROSE}",
        f'{PROSE} Below it stands "(Your email address will not be published)" {PROSE}',
        f"He asked them to share this story on Facebook as they could. {PROSE}",
        f"{PROSE} Share this story on Facebook, the mayor asked.",
        f"They say your email address will not be published. {PROSE}",
        f"{PROSE} Your email address will not be published yet. {PROSE}",
        f"{PROSE} Leave us a reply. {PROSE}",
        f"{PROSE} Follow us on social media. {PROSE}",
        f"{PROSE} (Follow us on social media) {PROSE}",
        f"{PROSE} Read more about it: The door is closed. Then it opened to all of them.",
    ],
)
def test_what_is_quoted_told_or_unsure_stays_in_its_line(text: str) -> None:
    assert found_texts(text, *RULES) in ([], ["Read more about it: The door is closed."])


def test_a_sentence_is_found_at_its_place_in_a_line_of_any_length() -> None:
    text = PROSE * 200 + " Your email address will not be published. " + PROSE * 200
    assert found_texts(text, *RULES) == ["Your email address will not be published."]


def test_every_copy_in_a_very_long_line_is_found_but_at_the_cuts() -> None:
    copies = 300
    text = f"{PROSE} Your email address will not be published. " * copies
    found = found_texts(text, *RULES)
    assert set(found) == {"Your email address will not be published."}
    windows = len(text) / 1500  # a sentence that the cut of a stretch runs through is left out
    lines = match_lines(index_of(*RULES), read_document(text))
    assert len(lines[0]) > copies - 2 * windows


PIECES = (
    PROSE,
    "Your email address will not be published.",
    "Share this story on Facebook",
    "(Photo: The Valley News)",
    "(Leave us a reply)",
    "He said so.",
    "“Read the full story here”",
    "((",
    "! ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from([" ", "", " | "]))
@settings(max_examples=60)
def test_pieces_are_inside_their_line_in_order_and_apart(parts: list[str], glue: str) -> None:
    document = read_document(glue.join(parts))
    for number, found in match_lines(index_of(*RULES), document).items():
        line = document.lines[number]
        spans = [(f.start, f.end) for f in found]
        if spans[0] == (line.start, line.end):
            continue  # the whole line, found by several rules
        assert all(line.start <= start < end <= line.end for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from([" ", " | "]))
@settings(max_examples=60)
def test_a_piece_neither_begins_nor_ends_with_a_blank(parts: list[str], glue: str) -> None:
    text = glue.join(parts)
    assert all(piece == piece.strip() and piece for piece in found_texts(text, *RULES))


@pytest.mark.parametrize("strength", ["likely", "hint"])
def test_inside_a_line_only_what_is_certain_counts(strength: str) -> None:
    weak = rule("Your email address will not be published", scope="sentence", strength=strength)
    assert found_texts(f"{PROSE} Your email address will not be published. {PROSE}", weak) == []


def test_where_lines_run_together_rules_for_lines_speak_for_sentences() -> None:
    keyword = "Your email address will not be published."
    junk = f"Leave us a reply. {keyword} {PROSE}"
    assert found_texts(f"{PROSE} " * 8 + junk, LINE, SENTENCE) == ["Leave us a reply.", keyword]
    assert found_texts(f"{PROSE} {junk}", LINE, SENTENCE) == [keyword]


def test_of_overlapping_pieces_the_one_that_starts_first_counts() -> None:
    longer = rule("Share this story on Facebook or X", id="longer", scope="inline")
    text = f"{PROSE} Share this story on Facebook or X. {PROSE}"
    assert found_texts(text, INLINE, longer) == ["Share this story on Facebook or X."]
