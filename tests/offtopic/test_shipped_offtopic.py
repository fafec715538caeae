"""What the shipped model does with whole texts, through the cleaner and the command line."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsclean import Cleaner, Report
from newsclean.categories import OFFTOPIC, OFFTOPIC_KINDS
from newsclean.cleaner import PROFILES
from newsclean.cli.main import cli
from newsclean.offtopic.intrusions import find_intrusions
from newsclean.offtopic.model import SHIPPED, shipped_offtopic_model
from newsclean.report import Decision
from strategies import FIXTURES  # type: ignore[import-not-found, unused-ignore]

KIND_OF = {
    "qa": "question-and-answer aside",
    "aside": "question-and-answer aside",
    "promotion": "promotion",
    "other_story": "other story",
    "keywords": "keyword stuffing",
    "machine": "writing-machine leftover",
}


@cache
def rows() -> list[dict[str, Any]]:
    lines = (FIXTURES / "documents" / "offtopic.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@cache
def reports(profile: str = "balanced") -> list[Report]:
    cleaner = Cleaner(profile)
    return [cleaner.analyze(row["text"]) for row in rows()]


def off_topic(report: Report) -> list[Decision]:
    return [decision for decision in report.junk if decision.category == OFFTOPIC]


@cache
def seed() -> str:
    path = next((FIXTURES / "seeds").glob("001_*.txt"))
    return path.read_bytes().decode("utf-8")


def test_the_aside_of_the_seed_goes_to_the_letter() -> None:
    found = [decision.span.of(seed()) for decision in off_topic(Cleaner().analyze(seed()))]
    assert found[0] == "What was the main reason for Operation Iraqi Freedom?"
    assert found[1].startswith("OIF was authorized when")
    assert found[1].endswith("weeks after the invasion began.")
    assert len(found) == 2


def test_the_aside_of_the_seed_goes_when_it_is_glued() -> None:
    text = seed().replace("invasion began. Responsible", "invasion began.Responsible")
    assert text != seed()
    report = Cleaner().analyze(text)
    assert "invasion began." not in report.text
    assert "Responsible for the strike" in report.text


def test_fixtures_cover_every_kind_in_many_forms() -> None:
    kinds = [kind for row in rows() for kind in row["kinds"]]
    assert len(rows()) >= 40
    assert {kind: kinds.count(kind) >= 10 for kind in KIND_OF} == dict.fromkeys(KIND_OF, True)
    glued = [
        row["id"]
        for row in rows()
        for span in row["spans"]
        if span["start"] and not row["text"][span["start"] - 1].isspace()
    ]
    assert len(glued) >= 5


def test_every_removal_names_kind_score_and_reason() -> None:
    found = [decision for report in reports() for decision in off_topic(report)]
    assert len(found) >= 20
    for decision in found:
        assert decision.evidence[0].kind in OFFTOPIC_KINDS
        assert 0 < decision.score <= 1
        assert decision.evidence[0].why


def test_the_kind_is_mostly_right() -> None:
    right = wrong = 0
    for row, report in zip(rows(), reports(), strict=True):
        for span, kind in zip(row["spans"], row["kinds"], strict=True):
            for decision in off_topic(report):
                if (decision.span.start, decision.span.end) == (span["start"], span["end"]):
                    right += decision.evidence[0].kind == KIND_OF[kind]
                    wrong += decision.evidence[0].kind != KIND_OF[kind]
    assert right >= 4 * wrong
    assert right >= 15


def test_reports_of_off_topic_blocks_tile_replay_and_come_back_from_json() -> None:
    for row, report in zip(rows(), reports(), strict=True):
        assert report.error is None
        assert report.restore(report.text) == row["text"]
        assert Report.from_dict(json.loads(json.dumps(report.to_dict()))) == report


def test_cleaning_twice_changes_nothing() -> None:
    cleaner = Cleaner()
    for report in reports():
        assert cleaner.clean(report.text) == report.text


def test_a_stricter_profile_takes_no_more() -> None:
    gone = {
        profile: sum(len(one.span) for report in reports(profile) for one in off_topic(report))
        for profile in PROFILES
    }
    assert gone["precision"] <= gone["balanced"] <= gone["recall"]


def test_precision_wants_two_signals() -> None:
    for report in reports("precision"):
        for decision in off_topic(report):
            if decision.evidence[0].rule == "off-topic":
                assert ";" in decision.reason


def test_off_topic_blocks_stay_if_they_are_to_be_kept() -> None:
    assert seed()[3129:3465] in Cleaner(keep=[OFFTOPIC]).clean(seed())
    assert seed()[3129:3465] in Cleaner(scorer=False).clean(seed())


@pytest.mark.parametrize("language", ["fr", "sw", "zh"])
def test_other_languages_are_judged_without_wordings(language: str) -> None:
    assert Cleaner(languages=[language, "en"]).analyze(seed()).error is None


def test_the_model_is_small() -> None:
    assert SHIPPED.stat().st_size < 10_000_000
    facts = shipped_offtopic_model().facts
    assert set(facts["limits"]) == set(facts["bare_limits"]) == set(PROFILES)


def test_explain_tells_kind_and_signals_in_words() -> None:
    path = next((FIXTURES / "seeds").glob("001_*.txt"))
    shown = CliRunner().invoke(cli, ["explain", str(path)], env={"NO_COLOR": "1"}).output
    assert "offtopic: off-topic; question-and-answer aside: " in shown
    page = CliRunner().invoke(cli, ["explain", "--html", str(path)]).output
    assert "question-and-answer aside" in page


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.integers(0, len(rows()) - 1), min_size=1, max_size=3),
    st.sampled_from(["\n", "\r\n", "\u2028", " "]),
)
def test_nothing_goes_wrong_with_texts_put_together(numbers: list[int], gap: str) -> None:
    text = gap.join(rows()[number]["text"] for number in numbers)
    report = Cleaner().analyze(text)
    assert report.error is None
    assert report.restore(report.text) == text


def test_short_texts_are_not_looked_at() -> None:
    from newsclean.document import read_document

    assert find_intrusions(read_document("Rain fell all day. " * 30), "recall", ("en",)) == []
