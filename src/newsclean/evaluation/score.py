"""Scoring a cleaner on labelled texts: junk removed, article lost, spans, categories."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from newsclean.cleaner import Cleaner
from newsclean.evaluation.labelled import LabelledText
from newsclean.report import Report
from newsclean.spans import Span

__all__ = ["Mistake", "Score", "score_reports", "score_texts"]

_KEPT = "embed"  # labelled, but kept by default: counts as article


@dataclass(frozen=True, slots=True)
class Mistake:
    """A piece of article that was removed (`lost`), or of junk that was not."""

    lost: bool
    id: str
    lang: str
    category: str
    rule: str
    text: str


@dataclass(slots=True)
class Score:
    """Sums over texts; characters count without white space."""

    documents: int = 0
    junk: int = 0
    junk_removed: int = 0
    article: int = 0
    article_lost: int = 0
    spans: int = 0
    spans_found: int = 0
    removals: int = 0
    removals_right: int = 0
    category_right: int = 0
    clean_documents: int = 0
    clean_untouched: int = 0
    harmed: int = 0
    errors: int = 0
    junk_by: Counter[str] = field(default_factory=Counter)
    removed_by: Counter[str] = field(default_factory=Counter)
    junk_by_lang: Counter[str] = field(default_factory=Counter)
    removed_by_lang: Counter[str] = field(default_factory=Counter)
    article_by_lang: Counter[str] = field(default_factory=Counter)
    lost_by_lang: Counter[str] = field(default_factory=Counter)
    lost_by: Counter[str] = field(default_factory=Counter)
    right_by: Counter[str] = field(default_factory=Counter)
    named_right_by: Counter[str] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def removed_share(self) -> float:
        """Junk characters removed, of all junk characters; 1 if there is no junk."""
        return self.junk_removed / self.junk if self.junk else 1.0

    @property
    def harm(self) -> float:
        """Article characters lost, of all article characters."""
        return self.article_lost / self.article if self.article else 0.0

    @property
    def precision(self) -> float:
        """Removed spans that are junk for the most part, of all removed spans."""
        return self.removals_right / self.removals if self.removals else 1.0

    @property
    def recall(self) -> float:
        """Junk spans that were removed for the most part, of all junk spans."""
        return self.spans_found / self.spans if self.spans else 1.0

    @property
    def category_share(self) -> float:
        """Rightly removed spans whose category is right."""
        return self.category_right / self.removals_right if self.removals_right else 1.0

    @property
    def untouched_share(self) -> float:
        """Texts without junk that came back unchanged, of all texts without junk."""
        return self.clean_untouched / self.clean_documents if self.clean_documents else 1.0


def score_texts(cleaner: Cleaner, texts: Iterable[LabelledText], only: frozenset[str] | None = None) -> Score:
    """Clean each text and compare with its labels.

    `only`: categories that the texts label at all (for sets that label some); removals of others are then
    left out of every figure.
    """
    return score_reports(((text, cleaner.analyze(text.text)) for text in texts), only)


def score_reports(pairs: Iterable[tuple[LabelledText, Report]], only: frozenset[str] | None = None) -> Score:
    """Compare reports with the labels of their texts; `only` as for `score_texts`."""
    score = Score()
    for text, report in pairs:
        _add(score, text, report, only)
    return score


def _add(score: Score, text: LabelledText, report: Report, only: frozenset[str] | None) -> None:
    labels: list[str | None] = [None] * len(text.text)
    for label in text.labels:
        labels[label.span.start : label.span.end] = [label.category] * len(label.span)
    removed = bytearray(len(text.text))
    junk = [d for d in report.junk if only is None or d.category in only]
    for decision in junk:
        removed[decision.span.start : decision.span.end] = b"\1" * len(decision.span)
    score.documents += 1
    score.errors += report.error is not None
    lost = _count_characters(score, text, labels, removed)
    if lost > 0.01 * max(
        1, sum(1 for c, at in zip(text.text, labels, strict=True) if at is None and not c.isspace())
    ):
        score.harmed += 1
    if all(label.category == _KEPT for label in text.labels):
        score.clean_documents += 1
        score.clean_untouched += not junk
    for label in text.labels:
        if label.category == _KEPT:
            continue
        share = sum(removed[label.span.start : label.span.end]) / len(label.span)
        score.spans += 1
        score.spans_found += share > 0.5
        if share < 0.5:
            score.mistakes.append(
                Mistake(False, text.id, text.lang, label.category, "", label.span.of(text.text))
            )
    for decision in junk:
        _count_removal(
            score,
            text,
            labels,
            decision.span,
            decision.category or "",
            _rule(decision.evidence, decision.reason),
        )


def _rule(evidence: tuple[object, ...], reason: str) -> str:
    first = getattr(evidence[0], "rule", "") if evidence else ""
    return f"{first} ({reason})" if reason else first


def _count_characters(score: Score, text: LabelledText, labels: list[str | None], removed: bytearray) -> int:
    lost = 0
    for char, label, gone in zip(text.text, labels, removed, strict=True):
        if char.isspace():
            continue
        if label is None or label == _KEPT:
            score.article += 1
            score.article_by_lang[text.lang] += 1
            lost += gone
        else:
            score.junk += 1
            score.junk_by[label] += 1
            score.junk_by_lang[text.lang] += 1
            score.junk_removed += gone
            score.removed_by[label] += gone
            score.removed_by_lang[text.lang] += gone
    score.article_lost += lost
    score.lost_by_lang[text.lang] += lost
    return lost


def _count_removal(
    score: Score, text: LabelledText, labels: list[str | None], span: Span, category: str, rule: str
) -> None:
    under: defaultdict[str | None, int] = defaultdict(int)
    for at in range(span.start, span.end):
        if not text.text[at].isspace():
            under[labels[at]] += 1
    article = under[None] + under[_KEPT]
    score.removals += 1
    if article * 2 > sum(under.values()):
        score.mistakes.append(Mistake(True, text.id, text.lang, category, rule, span.of(text.text)))
    else:
        score.removals_right += 1
        best = max(
            (key for key in under if key not in (None, _KEPT)), key=lambda key: under[key], default=None
        )
        score.category_right += best == category
        score.right_by[best or ""] += 1
        score.named_right_by[best or ""] += best == category
        if article:
            score.mistakes.append(Mistake(True, text.id, text.lang, category, rule, span.of(text.text)))
    score.lost_by[category] += article
