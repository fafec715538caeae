"""What the kernel answers, as decisions: rows of numbers become spans, categories, evidence and reasons in words."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsclean.categories import CATEGORIES, OFFTOPIC, SEPARATOR
from newsclean.decision.removal import SCORED, SCORES
from newsclean.evidence import Evidence, Strength
from newsclean.report import Decision
from newsclean.rules.pack import RuleHead
from newsclean.spans import Span

__all__ = ["FOUND", "ROW", "Rows", "decisions", "spared"]

#: Numbers in a row about a removal, and in one about a finding: NC_ROW and NC_FOUND of nc_block.h.
ROW, FOUND = 8, 5
_CATEGORIES = tuple(CATEGORIES)
_HOW = (*SCORES, SCORED)
_BY_SCORER = _HOW.index(SCORED)
_STRENGTHS: tuple[Strength, ...] = ("hint", "likely", "certain")  # by evidence.RANK
#: By the kernel's reason codes (nc_decide.h): what newsclean.decision says in words.
_REASONS = (
    "",
    "below {id}, after the article",
    "under the heading {id}, after the article",
    "after the article",
    "under the heading {id}",
    "in a run of boilerplate",
    "beside other boilerplate",
    "above the headline",
    "before the article",
    "likely by itself",
    "between other boilerplate",
    "between other boilerplate after the article",
    "within a {category}",
    "right above a picture's credit",
    "beside a byline",
    "scored {score:.2f} {why}",
    "a sentence scored {score:.2f} {why}",
)


class Rows(NamedTuple):
    """What came of a text: rows of removals, the same as floats, rows of findings, and how many are of kept categories.

    `heads` are those of all packs, one after the other, `first` the number of each pack's first.
    """

    removals: array[int]
    scores: array[float]
    findings: array[int]
    kept: int
    heads: Sequence[RuleHead]
    first: Sequence[int]


def decisions(rows: Rows, whys: Iterator[str]) -> list[Decision]:
    """The removals with their evidence; `whys` are the scorer's reasons, one for each line that it took."""
    made = []
    told = _evidence(rows)
    numbers = rows.removals
    for at in range(0, len(numbers), ROW):
        start, end, category, how, reason, argument, found, _ = numbers[at : at + ROW]
        span = Span(start, end)
        if category < 0:
            made.append(Decision(span, "remove", SEPARATOR))
            continue
        name = _CATEGORIES[category]
        evidence = tuple(next(told) for _ in range(found))
        scored = rows.scores[at + ROW - 1]
        score = SCORES[_HOW[how]] if scored != scored else scored  # noqa: PLR0124 - NaN: not scored
        why = _REASONS[reason]
        if "{" in why:
            why = why.format(
                id=rows.heads[argument].id if "{id}" in why else "",
                category=_CATEGORIES[argument] if "{category}" in why else "",
                score=score,
                why=next(whys) if how == _BY_SCORER else "",
            )
        if how == _BY_SCORER:
            # whole lines that are off topic are tickers, tables and texts of other pages
            kind = "other story" if name == OFFTOPIC else ""
            evidence = (Evidence("scorer", name, "likely", span, why, kind), *evidence)
        made.append(Decision(span, "remove", name, score, evidence, why))
    return made


def spared(rows: Rows) -> list[Decision]:
    """The findings of categories that are kept."""
    told = list(_evidence(rows))
    kept = told[len(told) - rows.kept :]
    return [Decision(one.span, "keep", one.category, 0.0, (one,)) for one in kept]


def _evidence(rows: Rows) -> Iterator[Evidence]:
    numbers = rows.findings
    for at in range(0, len(numbers), FOUND):
        start, end, pack, head, strength = numbers[at : at + FOUND]
        rule = rows.heads[rows.first[pack] + head]
        yield Evidence(
            rule.id, rule.category, _STRENGTHS[strength], Span(start, end), rule.why, rule.kind
        )  # fmt: skip
