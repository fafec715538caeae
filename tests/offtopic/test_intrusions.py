from __future__ import annotations

from typing import Any

import pytest
from offtopic_texts import paragraphs, read, sentences
from tiny_offtopic import tiny_offtopic

from newsclean.document import read_document
from newsclean.languages import ALWAYS
from newsclean.offtopic.intrusions import Intrusion, find_intrusions, may_hold_intrusions
from newsclean.spans import Span

MODEL = tiny_offtopic()
PROFILES = ("precision", "balanced", "recall")


def intrusions(
    text: str,
    profile: str = "balanced",
    languages: tuple[str, ...] = ("en",),
    spared: tuple[Span, ...] = (),
    **facts: Any,
) -> list[Intrusion]:
    return find_intrusions(read_document(text), profile, languages, spared, tiny_offtopic(**facts))


def told(text: str, found: list[Intrusion]) -> list[str]:
    tidy = read_document(text).tidy
    return [tidy[one.start : one.end] for one in found]


def test_an_intrusion_tells_what_it_is_and_why() -> None:
    lines = sentences(20)
    lines[8] = "Why was a zebra there?"
    text = paragraphs(lines)
    (one,) = intrusions(text)
    assert told(text, [one]) == [lines[8]]
    assert (one.kind, one.score) == ("question-and-answer aside", 0.9959)
    assert one.reason == (
        "worded like a reference work or a search engine's answer; "
        "a question in a text that does not use them; words that stand nowhere else (zebra, there)"
    )


@pytest.mark.parametrize("size", [699, 700])
def test_a_short_text_says_too_little_of_what_it_is_about(size: int) -> None:
    text = paragraphs(sentences(14, {3}))
    text += "." * (size - len(text))
    document = read_document(text)
    assert len(document.tidy) == size
    assert may_hold_intrusions(document) == bool(intrusions(text)) == (size == 700)


def test_intrusions_come_in_the_order_of_the_text() -> None:
    lines = sentences(30, {4, 12, 13})
    lines[20] = "Why was a zebra there?"  # the likeliest
    text = paragraphs(lines)
    assert told(text, intrusions(text)) == [lines[4], f"{lines[12]} {lines[13]}", lines[20]]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_careful_profile_wants_two_signals(profile: str) -> None:
    once, twice = paragraphs(sentences(30, {4})), paragraphs(sentences(30, {4, 20}))
    assert len(intrusions(once, profile)) == 1  # wording, and a new word
    assert len(intrusions(twice, profile)) == (0 if profile == "precision" else 2)  # wording alone


def test_each_profile_has_its_limit() -> None:
    text = paragraphs(sentences(30, {4}))
    limits = {"precision": 0.999, "balanced": 0.9, "recall": 0.5}
    assert [len(intrusions(text, profile, limits=limits)) for profile in PROFILES] == [0, 1, 1]
    assert [len(intrusions(text, profile, ("fi",), limits=limits)) for profile in PROFILES] == [0, 0, 0]


@pytest.mark.parametrize(
    ("languages", "word"),
    [
        (("de",), "zebra"),
        ((ALWAYS,), "zebra"),  # its rules are always looked for: it says nothing of the text
        (("de", ALWAYS), "zebra"),
        (("fi",), "quagga"),
        (("de", "fi"), "quagga"),
    ],
)
def test_texts_in_languages_that_are_not_known_have_a_judge_of_their_own(
    languages: tuple[str, ...], word: str
) -> None:
    lines = sentences(30, {4})
    lines[20] = "A quagga was there."
    text = paragraphs(lines)
    model = MODEL._replace(facts=MODEL.facts | {"languages": ["de"]})
    found = find_intrusions(read_document(text), "balanced", languages, model=model)
    assert [word in one for one in told(text, found)] == [True]


def test_the_other_judge_has_limits_of_its_own() -> None:
    text = paragraphs(sentences(30, {4}, "quagga"))
    high = dict.fromkeys(PROFILES, 0.9999)
    assert len(intrusions(text, languages=("fi",), limits=high)) == 1
    assert intrusions(text, languages=("fi",), bare_limits=high) == []


def test_what_is_spared_stays() -> None:
    lines = sentences(30, {4, 20})
    text = paragraphs(lines)
    unit = read(text).lines[4]
    assert told(text, intrusions(text, spared=(Span(unit.start, unit.start + 1),))) == [lines[20]]


def test_no_more_goes_than_three_tenths_of_a_text() -> None:
    fifths = [*range(2, 8), *range(12, 18), 22]
    lines = sentences(30, fifths)
    text = paragraphs(lines, 30)
    # the first of two alike goes, with the second it would be too much, and a small one has room
    assert told(text, intrusions(text)) == [" ".join(lines[2:8]), lines[22]]
    most = sentences(30, range(5, 16))
    assert intrusions(paragraphs(most)) == []
