"""An extractor's output against the gold text of its page, in words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import NamedTuple

from newsclean.spans import Span

WORD = re.compile(r"\w+")
#: So many words in a row make a passage of the output the gold text's: on a line that is the gold text's, on any.
RUN, LONG_RUN = 4, 8


class Scores(NamedTuple):
    """Precision, recall and F1 of one output."""

    precision: float
    recall: float
    f1: float


def words(text: str) -> list[str]:
    """The words of `text`, in lower case; figures and scripts without blanks come in runs.

    >>> words("The U.S. paid 1,5")
    ['the', 'u', 's', 'paid', '1', '5']
    """
    return [word.lower() for word in WORD.findall(text)]


def word_scores(output: str, gold: str) -> Scores:
    """Precision, recall and F1 over bags of words, as the WCXB benchmark defines them.

    Words are runs of word characters in lower case; those that both have count as often as both have them.
    Precision is their share of the output's words, recall of the gold text's, F1 the harmonic mean of the two.
    An empty output scores 0, unless the gold text is empty as well: then 1.

    >>> word_scores("rain rain fell", "Rain fell today")
    Scores(precision=0.6666666666666666, recall=0.6666666666666666, f1=0.6666666666666666)
    """
    ours, theirs = words(output), words(gold)
    if not ours and not theirs:
        return Scores(1.0, 1.0, 1.0)
    shared = (Counter(ours) & Counter(theirs)).total()
    if not shared:
        return Scores(0.0, 0.0, 0.0)
    precision, recall = shared / len(ours), shared / len(theirs)
    return Scores(precision, recall, 2 * precision * recall / (precision + recall))


def gold_words(output: str, gold: str) -> list[tuple[Span, bool]]:
    """Each word of `output` with whether it belongs to the gold text.

    It does if it stands in a run of words that the gold text has too: a run of four on a line that is for the
    most part such runs, a run of eight on any line (captions take four words from the story they stand in); or
    on a line that is a line of the gold text: a "more" of the article does not vouch for the "more" on a button.

    >>> [gold for _, gold in gold_words("Rain fell all day.\\nRead more", "Today rain fell all day. More.")]
    [True, True, True, True, False, False]
    """
    found = list(WORD.finditer(output))
    tokens = [match[0].lower() for match in found]
    theirs = words(gold)
    runs = {tuple(theirs[at : at + RUN]) for at in range(len(theirs) - RUN + 1)}
    is_gold = [False] * len(tokens)
    for at in range(len(tokens) - RUN + 1):
        if tuple(tokens[at : at + RUN]) in runs:
            is_gold[at : at + RUN] = [True] * RUN
    lines = {tuple(words(line)) for line in gold.splitlines()}
    at = 0
    for line in output.splitlines():
        end = at + len(words(line))
        if tuple(tokens[at:end]) in lines:
            is_gold[at:end] = [True] * (end - at)
        elif sum(is_gold[at:end]) * 2 < end - at:
            is_gold[at:end] = _long_runs(is_gold[at:end])
        at = end
    return [(Span(*match.span()), mark) for match, mark in zip(found, is_gold, strict=True)]


def _long_runs(marks: list[bool]) -> list[bool]:
    kept: list[bool] = []
    for mark, run in groupby(marks):
        count = len(list(run))
        kept += [mark and count >= LONG_RUN] * count
    return kept
