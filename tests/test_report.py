from __future__ import annotations

import json

import pytest

import newsclean
from newsclean import Report, Span
from newsclean.errors import DataFormatError
from newsclean.spans import complement, merge

TEXT = "Skip to content\n\nRain fell all day in the valley, and the river rose.\n\nLeave a Reply\n"


def test_a_report_names_category_rule_and_score() -> None:
    report = newsclean.analyze(TEXT)
    (first, last) = report.junk
    assert (first.category, last.category) == ("navigation", "comment_template")
    assert first.evidence[0].rule.startswith("en-")
    assert first.evidence[0].why
    assert first.span == first.evidence[0].span
    assert 0.5 < last.score <= 1


def test_separators_are_spans_of_their_own_kind() -> None:
    report = newsclean.analyze(TEXT)
    white = [d for d in report.removed if d.category == "separator"]
    assert [d.span.of(TEXT) for d in white] == ["\n\n", "\n\n"]
    assert report.text == "Rain fell all day in the valley, and the river rose.\n"


def test_kept_embeds_are_told_with_their_evidence() -> None:
    text = (
        "Rain fell all day in the valley.\n\n— Weather Desk (@weatherdesk) January 4, 2024\n\nThe river rose."
    )
    report = newsclean.analyze(text)
    assert report.text == text
    (embed,) = [d for d in report.kept if d.category == "embed"]
    assert embed.evidence
    assert (
        newsclean.Cleaner(remove=["embed"]).clean(text)
        == "Rain fell all day in the valley.\n\nThe river rose."
    )


def test_offsets_run_from_the_first_kept_character_to_the_end() -> None:
    report = newsclean.analyze(TEXT)
    assert TEXT[report.offset(0) :].startswith("Rain")
    assert report.offset(len(report.text)) == len(TEXT)


@pytest.mark.parametrize("at", [-1, 1000])
def test_offsets_outside_the_text_are_refused(at: int) -> None:
    with pytest.raises(IndexError, match="expected a position"):
        newsclean.analyze(TEXT).offset(at)


def test_restoring_another_text_is_refused() -> None:
    with pytest.raises(DataFormatError, match="expected the clean text"):
        newsclean.analyze(TEXT).restore("Rain")


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("original"),
        lambda data: data.pop("decisions"),
        lambda data: data.update(original="other"),
        lambda data: data["decisions"].pop(0),
        lambda data: data["decisions"][0].pop("span", data["decisions"][0].pop("start")),
        lambda data: data.update(decisions=3),
    ],
)
def test_what_is_no_report_is_refused(change) -> None:
    data = json.loads(json.dumps(newsclean.analyze(TEXT).to_dict()))
    change(data)
    with pytest.raises(DataFormatError, match="expected"):
        Report.from_dict(data)


def test_an_untouched_text_comes_back_as_the_very_same_object() -> None:
    text = "Rain fell all day in the valley, and the river rose."
    assert newsclean.clean(text) is text


@pytest.mark.parametrize("text", ["", "\n", "  \n \n", "\ufeff", "\u200b\n"])
def test_blank_texts_come_back_as_they_are(text: str) -> None:
    assert newsclean.clean(text) == text


def test_spans_merge_and_complement_each_other() -> None:
    spans = [Span(5, 7), Span(1, 3), Span(3, 4)]
    assert merge(spans) == [Span(1, 4), Span(5, 7)]
    assert list(complement(spans, 8)) == [Span(0, 1), Span(4, 5), Span(7, 8)]
    assert Span(1, 4).overlaps(Span(3, 9))
    assert not Span(1, 4).overlaps(Span(4, 9))
