from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

import newsclean
from newsclean import Cleaner, Report
from strategies import any_text, messy_texts

CLEANERS = {profile: Cleaner(profile, remove=["embed"]) for profile in newsclean.PROFILES}
CLEANERS["default"] = Cleaner()
both = pytest.mark.parametrize("name", sorted(CLEANERS))
relaxed = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def analyzed(name: str, text: str) -> Report:
    report = CLEANERS[name].analyze(text)
    assert report.error is None, report.error
    return report


def check_everything(name: str, text: str) -> None:
    report = analyzed(name, text)
    at = 0
    for decision in report.decisions:  # the spans tile the input
        assert decision.span.start == at < decision.span.end
        at = decision.span.end
    assert at == len(text)
    assert report.text == "".join(d.span.of(text) for d in report.kept)
    assert report.restore(report.text) == text
    for decision in report.junk:
        piece = decision.span.of(text)
        assert piece.strip() == piece
        assert "\n" not in piece
        assert "\r" not in piece
        assert decision.category in newsclean.categories.CATEGORIES
        assert decision.evidence or decision.reason
        assert 0 < decision.score <= 1
    for decision in report.removed:
        if decision.category == "separator":
            assert not any(char.isalnum() for char in decision.span.of(text))
    if not report.removed:
        assert report.text is text


@both
@relaxed
@given(any_text)
def test_any_string_is_tiled_and_restored(name: str, text: str) -> None:
    check_everything(name, text)


@both
@relaxed
@given(messy_texts())
def test_messy_text_is_tiled_and_restored(name: str, text: str) -> None:
    check_everything(name, text)


@both
@relaxed
@given(messy_texts())
def test_cleaning_twice_changes_nothing_more(name: str, text: str) -> None:
    clean = analyzed(name, text).text
    again = analyzed(name, clean)
    assert again.text == clean, [(d.category, d.reason, d.span.of(clean)) for d in again.junk]


@relaxed
@given(messy_texts())
def test_removal_leaves_no_longer_run_of_blank_lines_than_the_input_had(text: str) -> None:
    report = analyzed("default", text)
    assert longest_gap(report.text) <= max(longest_gap(text), 0)


def longest_gap(text: str) -> int:
    if not text.strip():
        return 0
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    longest = run = 0
    for line in lines:
        run = run + 1 if not line.strip(" \t\u200b\xa0\u2028\u2029\x85\x0b\x0c\x1c\ufeff\xad\u200d") else 0
        longest = max(longest, run)
    return longest


@relaxed
@given(messy_texts())
def test_offsets_lead_from_clean_text_to_the_same_characters_of_the_input(text: str) -> None:
    report = analyzed("default", text)
    for at, char in enumerate(report.text):
        assert text[report.offset(at)] == char
    report.offset(len(report.text))
    with pytest.raises(IndexError):
        report.offset(len(report.text) + 1)


@relaxed
@given(messy_texts() | any_text)
def test_reports_survive_json(text: str) -> None:
    report = analyzed("default", text)
    assert Report.from_dict(json.loads(json.dumps(report.to_dict()))) == report


@relaxed
@given(messy_texts())
def test_many_texts_come_out_as_one_by_one(text: str) -> None:
    texts = [text, "Rain fell.", text]
    assert list(newsclean.clean_many(texts)) == [newsclean.clean(t) for t in texts]


def test_streaming_reads_no_further_than_it_gives() -> None:
    def texts():
        yield "Rain fell.\nLeave a Reply"
        raise AssertionError("read too far")

    assert next(newsclean.clean_many(texts())) == "Rain fell."
