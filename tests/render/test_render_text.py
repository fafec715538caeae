from __future__ import annotations

import click
import pytest
from hypothesis import given, settings

import newsclean
from newsclean import Cleaner, Decision, Evidence, Report, Span
from newsclean.categories import CATEGORIES
from newsclean.render import reason
from newsclean.render.text import COLOURS, render_text
from strategies import messy_texts

ALL = Cleaner(remove=["embed"])


def evidence(rule: str) -> tuple[Evidence, ...]:
    return (Evidence(rule, "tags", "certain", Span(0, 1), "Why."),)


REPORT = Report(
    "Rain fell.\nTags: rain\n— @valley\nSnow.",
    (
        Decision(Span(0, 10), "keep"),
        Decision(Span(10, 11), "remove", "separator"),
        Decision(Span(11, 21), "remove", "tags", 0.9, evidence("tags-line"), "at the end"),
        Decision(Span(21, 22), "keep"),
        Decision(Span(22, 31), "keep", "embed", 0.0, evidence("post")),
        Decision(Span(31, 37), "keep"),
    ),
)


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision(Span(0, 1), "remove", "tags", 1.0, evidence("tags-line")), "tags: tags-line"),
        (
            Decision(Span(0, 1), "remove", "tags", 1.0, evidence("tags-line"), "at the end"),
            "tags: tags-line; at the end",
        ),
        (Decision(Span(0, 1), "remove", "related", 1.0, (), "under a heading"), "related: under a heading"),
        (Decision(Span(0, 1), "remove", "related"), "related"),
    ],
)
def test_the_reason_is_category_rule_and_surroundings(decision: Decision, said: str) -> None:
    assert reason(decision) == said


def test_without_colour_removals_are_bracketed_and_what_was_spared_is_noted() -> None:
    assert render_text(REPORT, colour=False) == (
        "Rain fell.\n[-Tags: rain-] <tags: tags-line; at the end>\n— @valley <(kept embed)>\nSnow."
    )


def test_in_colour_removals_are_struck_through_in_the_colour_of_their_category() -> None:
    assert render_text(REPORT, colour=True) == (
        "Rain fell.\n"
        + click.style("Tags: rain", fg=COLOURS["tags"], strikethrough=True)
        + " "
        + click.style("← tags: tags-line; at the end", dim=True)
        + "\n— @valley "
        + click.style("(kept embed)", dim=True)
        + "\nSnow."
    )


def test_every_category_has_a_colour() -> None:
    assert COLOURS.keys() == CATEGORIES.keys()


def test_an_untouched_text_is_shown_as_it_is() -> None:
    text = "Rain fell.\r\n\n  Snow. \ufeff\n"
    for colour in (False, True):
        assert render_text(newsclean.analyze(text), colour) == text


@settings(max_examples=60, deadline=None)
@given(messy_texts())
def test_nothing_of_any_text_is_left_out(text: str) -> None:
    report = ALL.analyze(text)
    shown = render_text(report, colour=False)
    at = 0
    for decision in report.decisions:
        piece = decision.span.of(text)
        found = shown.find(piece, at)
        assert found >= 0
        at = found + len(piece)
    marks = sum(len(f"[--] <{reason(d)}>") for d in report.junk)
    marks += sum(len(f" <(kept {d.category})>") for d in report.kept if d.category)
    assert len(shown) == len(text) + marks
