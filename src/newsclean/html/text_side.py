"""The text side after a page's article was found: what the page's structure settles need not be judged by its words.

Blocks that score high are passed over: out of fold, what the rules took of them was article as often as not, while of
those with lower scores they took twice as much junk as article. The other lines are read as a text, with the lines
around them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from newsclean.categories import SEPARATOR
from newsclean.cleaner import Cleaner
from newsclean.decision.separators import separator_spans
from newsclean.report import Decision, Report
from newsclean.settling import Settling

__all__ = ["clean_open", "is_sure"]

_SURE_SCORE = 0.75
#: So many lines before and after an open one are shown, so much of each: enough to be seen as lines of prose.
_BESIDE, _SHOWN = 1, 120


def is_sure(score: float) -> bool:
    """Whether a kept block is certainly the article's.

    >>> is_sure(0.99), is_sure(0.6)
    (True, False)
    """
    return score >= _SURE_SCORE


def clean_open(cleaner: Cleaner, texts: Sequence[str], sure: Sequence[bool]) -> Report:
    r"""The report on the lines `texts`, of which those that are `sure` stay whatever they say.

    >>> clean_open(Cleaner(), ["Rain fell.", "Leave a Reply"], [True, False]).text
    'Rain fell.'
    """
    whole = "\n".join(texts)
    if all(sure):
        return Report.untouched(whole, cleaner.profile)
    lines = _shown(sure)
    shown = [texts[line][:_SHOWN] if sure[line] else texts[line] for line in lines]
    report = cleaner.analyze("\n".join(shown))
    if report.error is not None or not report.junk:
        return Report.untouched(whole, cleaner.profile, report.languages, report.error)
    starts = [0, *accumulate(len(text) + 1 for text in shown)]
    places = [0, *accumulate(len(text) + 1 for text in texts)]
    junk = []
    for decision in report.junk:
        at = bisect_right(starts, decision.span.start) - 1
        line = lines[at]
        # a decision is about one line; one about a line that stays is none
        if not sure[line] and decision.span.end <= starts[at] + len(shown[at]):
            by = places[line] - starts[at]
            evidence = tuple(e._replace(span=e.span.shift(by)) for e in decision.evidence)
            junk.append(decision._replace(span=decision.span.shift(by), evidence=evidence))
    settling = Settling(whole)
    white = [Decision(span, "remove", SEPARATOR) for span in separator_spans(whole, [d.span for d in junk])]
    settling.remove(sorted([*junk, *white], key=lambda decision: decision.span.start))
    return settling.report(cleaner.profile, report.languages, ())


def _shown(sure: Sequence[bool]) -> list[int]:
    """The lines that are not sure, and those beside them."""
    wanted: set[int] = set()
    for line, certain in enumerate(sure):
        if not certain:
            wanted.update(range(max(0, line - _BESIDE), min(len(sure), line + _BESIDE + 1)))
    return sorted(wanted)
