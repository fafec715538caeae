from __future__ import annotations

import pytest

from newsclean import Report
from newsclean.pipeline.summary import Summary
from newsclean.report import Decision
from newsclean.spans import Span


def report(text: str, *removed: tuple[int, int, str]) -> Report:
    decisions, at = [], 0
    for start, end, category in removed:
        if at < start:
            decisions.append(Decision(Span(at, start), "keep"))
        decisions.append(Decision(Span(start, end), "remove", category))
        at = end
    if at < len(text):
        decisions.append(Decision(Span(at, len(text)), "keep"))
    return Report(text, tuple(decisions))


def test_a_run_without_anything() -> None:
    assert Summary().lines() == [
        "0 documents cleaned, 0 of them untouched; 0 pieces of junk removed (0.0% of the characters)"
    ]


def test_pieces_are_counted_by_category_and_separators_only_as_characters() -> None:
    summary = Summary()
    summary.add(report("0123456789", (2, 3, "separator"), (3, 5, "social"), (7, 8, "tags")))
    summary.add(report("0123456789", (0, 1, "social")))
    summary.add(report("0123456789"))
    assert summary.lines() == [
        "3 documents cleaned, 1 of them untouched; 3 pieces of junk removed (16.7% of the characters)",
        "  social 2, tags 1",
    ]


def test_one_is_singular_and_thousands_are_parted() -> None:
    summary = Summary(documents=1, skipped=1)
    summary.spans["tags"] = 1234
    summary.fail("a.txt", "gone")
    assert summary.lines() == [
        "1 document cleaned, 0 of them untouched; 1,234 pieces of junk removed (0.0% of the characters)",
        "  tags 1234",
        "1 file done before and left as they are (--force does them again)",
        "1 document failed:",
        "  a.txt: gone",
    ]


@pytest.mark.parametrize(("failures", "shown", "rest"), [(20, 20, []), (23, 20, ["  … and 3 more"])])
def test_the_first_twenty_failures_are_shown(failures: int, shown: int, rest: list[str]) -> None:
    summary = Summary()
    for number in range(failures):
        summary.fail(f"{number}.txt", "gone")
    assert summary.lines()[1:] == [
        f"{failures} documents failed:",
        *(f"  {number}.txt: gone" for number in range(shown)),
        *rest,
    ]
