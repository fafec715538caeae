"""Which blocks of a page are its gold text, and how near a choice of blocks comes to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from newsclean.training.alignment import RUN, run_marks

__all__ = ["UNKNOWN", "block_labels", "nearness", "snippet_labels", "words_of"]

#: The label of a block of which nothing is known.
UNKNOWN = -1.0

_WORD = re.compile(r"\w+")
_PERHAPS = 0.3  # a few words that gold has somewhere
_NEAR, _REACH = (
    3,
    4,
)  # blocks looked at on either side: for one that speaks, and for those that vouch for a copy
_MOST = 40  # words for which a block vouches
_SURE = 0.15  # a guess this near to 0 or 1 is taken for a label


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case.

    >>> words_of("Rain, 12 mm")
    ['rain', '12', 'mm']
    """
    return _WORD.findall(text.lower())


def block_labels(blocks: Sequence[Sequence[str]], gold: str) -> list[float]:
    r"""For each block (its words) how much of it is gold text: 0 to 1, `UNKNOWN` for one without words.

    Of copies of a block as many are article as gold has, first those among other article text.

    >>> block_labels([["menu"], words_of("The ferry sails at nine."), []], "The ferry sails at nine.")
    [0.0, 1.0, -1.0]
    """
    wanted = words_of(gold)
    runs = {tuple(wanted[at : at + RUN]) for at in range(len(wanted) - RUN + 1)}
    lines = Counter(" ".join(words_of(line)) for line in gold.split("\n"))
    whole = f" {' '.join(wanted)} "
    labels = [_label(words, runs, lines, whole) for words in blocks]
    for number, covered in enumerate(_covered(blocks, runs)):
        # the cells of a table's row, the items of a short list: a run of words over several blocks
        if labels[number] == _PERHAPS and covered:
            labels[number] = 1.0
    settled = [
        1.0
        if label == _PERHAPS and _speaks(blocks, labels, at, 1) and _speaks(blocks, labels, at, -1)
        else label
        for at, label in enumerate(labels)
    ]
    settled = [
        0.0 if label == _PERHAPS and len(blocks[at]) < RUN else label for at, label in enumerate(settled)
    ]
    _settle_copies(blocks, settled, lines, whole)
    return settled


def _label(words: Sequence[str], runs: set[tuple[str, ...]], lines: Counter[str], whole: str) -> float:
    if not words:
        return UNKNOWN
    key = " ".join(words)
    found = f" {key} " in whole
    if key in lines or (len(words) >= RUN and found):
        return 1.0
    if len(words) < RUN:
        return _PERHAPS if found else 0.0
    return sum(run_marks(words, runs)) / len(words)


def _covered(blocks: Sequence[Sequence[str]], runs: set[tuple[str, ...]]) -> list[bool]:
    """Whether all words of a block stand in runs of gold text, which may go over its ends."""
    stream = [word for words in blocks for word in words]
    mark = run_marks(stream, runs)
    made, at = [], 0
    for words in blocks:
        made.append(bool(words) and all(mark[at : at + len(words)]))
        at += len(words)
    return made


def _speaks(blocks: Sequence[Sequence[str]], labels: Sequence[float], at: int, step: int) -> bool:
    """Whether the next block that says anything is article."""
    for other in range(at + step, at + step * (_NEAR + 1), step):
        if not 0 <= other < len(blocks):
            return False
        if len(blocks[other]) >= RUN or labels[other] == 1.0:
            return labels[other] >= 0.7
    return False


def _settle_copies(
    blocks: Sequence[Sequence[str]], labels: list[float], lines: Counter[str], whole: str
) -> None:
    groups: dict[str, list[int]] = {}
    for at, words in enumerate(blocks):
        if words and labels[at] >= 0.5:
            groups.setdefault(" ".join(words), []).append(at)
    before = list(labels)

    def vouched(at: int) -> float:
        near = [n for n in range(max(0, at - _REACH), min(len(blocks), at + _REACH + 1)) if n != at]
        sizes = {n: min(len(blocks[n]), _MOST) for n in near if blocks[n]}
        return sum(size for n, size in sizes.items() if before[n] > 0.5) / max(1, sum(sizes.values()))

    for key, places in groups.items():
        wanted = max(1, whole.count(f" {key} "), lines[key])
        if wanted < len(places):
            for at in sorted(places, key=vouched, reverse=True)[wanted:]:
                labels[at] = 0.0


def snippet_labels(
    blocks: Sequence[Sequence[str]], guesses: Iterable[float], present: Iterable[str], absent: Iterable[str]
) -> list[float]:
    """Labels for a page without gold text: snippets that have to be there or not, and `guesses` that are sure.

    >>> snippet_labels([["rain", "fell"], ["menu"], ["x"]], [0.4, 0.1, 0.5], ["Rain fell"], [])
    [1.0, 0.1, -1.0]
    """
    wanted = [" ".join(words_of(snippet)) for snippet in present]
    banned = [" ".join(words_of(snippet)) for snippet in absent]
    made = []
    for words, guess in zip(blocks, guesses, strict=True):
        key = " ".join(words)
        if not key:
            made.append(UNKNOWN)
        elif any(snippet and snippet in key for snippet in wanted):
            made.append(1.0)
        elif any(snippet and snippet in key for snippet in banned):
            made.append(0.0)
        else:
            made.append(guess if min(guess, 1 - guess) < _SURE else UNKNOWN)
    return made


def nearness(kept: Iterable[Sequence[str]], gold: Sequence[str]) -> float:
    """F1 of the words of kept blocks against gold's, as bags (the measure of the WCXB benchmark).

    >>> nearness([["rain", "fell"]], ["rain", "fell", "today", "again"])
    0.6666666666666666
    """
    ours = Counter(word for words in kept for word in words)
    theirs = Counter(gold)
    if not ours and not theirs:
        return 1.0
    shared = (ours & theirs).total()
    return 2 * shared / (ours.total() + theirs.total())
