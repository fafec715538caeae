from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean import Decision, Evidence, Report, Span
from newsclean.evaluation.labelled import Label, LabelledText
from newsclean.evaluation.score import Score, score_texts
from newsclean.spans import complement

TEXT = "aaaa bbbb cccc dddd"  # four words of four letters; the blanks between do not count
WORDS = {"a": (0, 4), "b": (5, 9), "c": (10, 14), "d": (15, 19)}


@dataclass
class Given:
    """A cleaner that removes what it was told to."""

    removals: tuple[tuple[int, int, str], ...]
    error: str | None = None

    def analyze(self, text: str) -> Report:
        removed = [
            Decision(Span(start, end), "remove", category, 1.0, (_evidence(category),), "told so")
            for start, end, category in self.removals
        ]
        kept = [Decision(span, "keep") for span in complement([d.span for d in removed], len(text))]
        return Report(text, tuple(sorted([*removed, *kept], key=lambda d: d.span)), error=self.error)


def _evidence(category: str) -> Evidence:
    return Evidence(f"rule-of-{category}", category, "certain", Span(0, 0))


def scored(
    labels: list[tuple[int, int, str]], removed: list[tuple[int, int, str]], only: set[str] | None = None
) -> Score:
    text = LabelledText("x", "en", TEXT, tuple(Label(Span(s, e), c) for s, e, c in labels), "")
    return score_texts(Given(tuple(removed)), [text], frozenset(only) if only else None)


def word(name: str, category: str = "tags") -> tuple[int, int, str]:
    return (*WORDS[name], category)


CASES = {
    "nothing at all": ([], [], {"junk": 0, "article": 16, "removed_share": 1, "harm": 0, "untouched_share": 1}),
    "all found": (
        [word("b"), word("d")],
        [word("b"), word("d")],
        {"junk": 8, "junk_removed": 8, "article": 8, "article_lost": 0, "precision": 1, "recall": 1, "spans": 2},
    ),
    "none found": (
        [word("b"), word("d")],
        [],
        {"removed_share": 0, "recall": 0, "precision": 1, "category_share": 1, "clean_documents": 0},
    ),
    "one of two": ([word("b"), word("d")], [word("d")], {"removed_share": 0.5, "recall": 0.5, "precision": 1}),
    "article lost": (
        [],
        [word("a")],
        {"harm": 0.25, "article_lost": 4, "harmed": 1, "precision": 0, "untouched_share": 0},
    ),
    "blanks do not count": ([word("b"), word("c")], [(5, 14, "tags")], {"junk": 8, "junk_removed": 8, "harm": 0}),
    "two labels found by one removal": (
        [word("b"), word("c")], [(5, 14, "tags")], {"recall": 1, "removals": 1, "removals_right": 1}
    ),
    "one label found by two removals": (
        [(5, 14, "tags")], [word("b"), word("c")], {"recall": 1, "removals": 2, "removals_right": 2}
    ),
    "more junk than article": ([(0, 9, "tags")], [(0, 14, "tags")], {"precision": 1, "harm": 0.5, "recall": 1}),
    "more article than junk": ([word("a")], [(0, 14, "tags")], {"precision": 0, "recall": 1}),
    "half of a label is not most of it": (
        [word("a")], [(0, 2, "tags")], {"recall": 0, "removed_share": 0.5, "precision": 1}
    ),
    "most of a label": ([word("a")], [(0, 3, "tags")], {"recall": 1, "removed_share": 0.75}),
    "another category": ([word("a")], [word("a", "social")], {"recall": 1, "precision": 1, "category_share": 0}),
    "the category of most of it": (
        [word("a"), (5, 7, "social")], [(0, 7, "tags")], {"category_share": 1, "removals_right": 1}
    ),
    "an embed kept": ([word("a", "embed")], [], {"junk": 0, "spans": 0, "article": 16, "untouched_share": 1}),
    "an embed lost": ([word("a", "embed")], [word("a", "embed")], {"harm": 0.25, "precision": 0, "recall": 1}),
}  # fmt: skip


@pytest.mark.parametrize(("labels", "removed", "figures"), CASES.values(), ids=CASES.keys())
def test_the_figures_of(
    labels: list[tuple[int, int, str]], removed: list[tuple[int, int, str]], figures: dict[str, float]
) -> None:
    score = scored(labels, removed)
    assert {name: getattr(score, name) for name in figures} == figures


def test_only_some_categories_are_looked_at_in_what_is_removed() -> None:
    labels, removed = [word("a", "social")], [word("a", "social"), word("b", "tags"), word("c", "byline")]
    score = scored(labels, removed, {"social", "byline"})
    assert (score.removals, score.article_lost, score.removed_share) == (2, 4, 1)


def test_figures_are_told_apart_by_category_and_language() -> None:
    texts = [
        LabelledText("x", "en", TEXT, (Label(Span(0, 4), "tags"),), ""),
        LabelledText("y", "de", TEXT, (Label(Span(5, 9), "social"),), ""),
    ]
    score = score_texts(Given((word("a"),)), texts)
    assert score.junk_by == {"tags": 4, "social": 4}
    assert score.removed_by == {"tags": 4, "social": 0}
    assert score.removed_by_lang == {"en": 4, "de": 0}
    assert score.lost_by_lang == {"en": 0, "de": 4}
    assert score.lost_by == {"tags": 4}
    assert score.article_by_lang == {"en": 12, "de": 12}


def test_mistakes_of_both_kinds_are_kept_with_their_text() -> None:
    score = scored([word("a", "social")], [word("b")])
    assert [(m.lost, m.category, m.rule, m.text) for m in score.mistakes] == [
        (False, "social", "", "aaaa"),
        (True, "tags", "rule-of-tags (told so)", "bbbb"),
    ]


def test_a_right_removal_that_takes_some_article_along_is_a_mistake_too() -> None:
    (mistake,) = scored([(0, 9, "tags")], [(0, 14, "tags")]).mistakes
    assert (mistake.lost, mistake.text) == (True, "aaaa bbbb cccc")


def test_a_text_counts_as_harmed_above_a_hundredth() -> None:
    labelled = LabelledText("x", "en", "a" * 1000, (), "")
    assert score_texts(Given(((0, 10, "tags"),)), [labelled]).harmed == 0
    assert score_texts(Given(((0, 11, "tags"),)), [labelled]).harmed == 1


def test_errors_are_counted() -> None:
    texts = [LabelledText("x", "en", TEXT, (), "")] * 3
    assert score_texts(Given((), error="ValueError: x"), texts).errors == 3


@st.composite
def spans_of_text(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    cuts = sorted(draw(st.sets(st.integers(0, len(TEXT)), max_size=6)))
    categories = draw(st.lists(st.sampled_from(["tags", "social"]), min_size=3, max_size=3))
    spans = zip(cuts[::2], cuts[1::2], categories, strict=False)
    return [(start, end, category) for start, end, category in spans if TEXT[start:end].strip()]


@given(spans_of_text(), spans_of_text())
def test_every_share_is_a_share_and_every_character_is_counted_once(
    labels: list[tuple[int, int, str]], removed: list[tuple[int, int, str]]
) -> None:
    score = scored(labels, removed)
    assert score.junk + score.article == 16
    assert score.junk_removed + score.article_lost == sum(
        len(TEXT[s:e].replace(" ", "")) for s, e, _ in removed
    )
    for name in ("removed_share", "harm", "precision", "recall", "category_share", "untouched_share"):
        assert 0 <= getattr(score, name) <= 1


@given(spans_of_text())
def test_removing_just_what_is_labelled_is_perfect(labels: list[tuple[int, int, str]]) -> None:
    score = scored(labels, labels)
    assert (score.removed_share, score.harm, score.precision, score.recall, score.category_share) == (
        1, 0, 1, 1, 1,
    )  # fmt: skip
    assert score.mistakes == []
