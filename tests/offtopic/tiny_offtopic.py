"""A model made by hand: units that hold a marked word are off topic, and whole runs of them an intrusion.

In the languages that the model knows the word is "zebra", in others "quagga".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from newsclean.document import read_document
from newsclean.offtopic.model import Judge, OfftopicModel
from newsclean.offtopic.reading import STEM, Lexicon, stem_buckets
from newsclean.offtopic.signals import CLASSES
from newsclean.scoring.forest import Forest
from newsclean.scoring.leaning import Leanings
from newsclean.scoring.table import line_table
from newsclean.scoring.words import stem_hashes, words_of

BUCKETS = 1 << 16
MARKED, MARKED_BARE = "zebra", "quagga"
COMMON = ["a", "and", "at", "by", "in", "is", "of", "on", "the", "was", "what", "why"]
HOT, COLD = 4.0, -6.0
BLOCK_COLUMNS = ("odds_low", "odds-1", "odds+1", "new_words", "question_first", "money_mean")
TYPES = {"threshold": np.float32, "value": np.float32, "feature": np.uint8}
LIMITS = {"precision": 0.9, "balanced": 0.9, "recall": 0.9}


def stem_of(word: str) -> np.uint64:
    """The hash of a word's stem."""
    table = line_table([read_document(word)])
    found: np.uint64 = stem_hashes(table, words_of(table), STEM)[0]
    return found


def bucket_of(word: str) -> int:
    """The bucket of a word's stem in a lexicon of `BUCKETS`."""
    return int(stem_buckets(np.array([stem_of(word)]), BUCKETS)[0])


def lexicon(
    vectors: Mapping[str, Sequence[int]] | None = None, common: Sequence[str] = COMMON, scale: float = 0.5
) -> Lexicon:
    """A lexicon in which words are rare that are not `common`, and known to mean something by `vectors`."""
    known = vectors or {}
    rarity = np.full(BUCKETS, 255, dtype=np.uint8)
    rarity[[bucket_of(word) for word in common]] = 0
    row = np.zeros(BUCKETS, dtype=np.uint16)
    rows = [[0] * len(next(iter(known.values()), (0, 0)))]
    for word, vector in known.items():
        row[bucket_of(word)] = len(rows)
        rows.append(list(vector))
    return Lexicon(rarity, row, np.array(rows, dtype=np.int8), scale)


def stump(column: int, threshold: float, below: float, above: float) -> Forest:
    """One tree that asks one question."""
    return forest([(column, threshold, below, above)])


def forest(stumps: Sequence[tuple[int, float, float, float]]) -> Forest:
    """Trees of one question each: column, threshold, outcome up to it, outcome above it."""
    nodes: dict[str, list[float]] = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}
    for number, (column, threshold, below, above) in enumerate(stumps):
        root = 3 * number
        nodes["feature"] += [column, 0, 0]
        nodes["threshold"] += [threshold, 0, 0]
        nodes["left"] += [root + 1, root + 1, root + 2]
        nodes["right"] += [root + 2, root + 1, root + 2]
        nodes["value"] += [0, below, above]
    made = {name: np.array(nodes[name], dtype=TYPES.get(name, np.int32)) for name in nodes}
    return Forest(**made, root=np.arange(len(stumps), dtype=np.int32) * 3, depth=1)


def leanings(word: str, outcomes: int) -> Leanings:
    """Leanings of which the first outcome is that a unit holds `word`."""
    table = line_table([read_document(word)])
    weights = np.zeros((BUCKETS, outcomes), dtype=np.int8)
    weights[int(words_of(table).hash[0]) & (BUCKETS - 1), 0] = 100
    return Leanings(weights, 0.25)


def judge(column: str) -> Judge:
    """Off topic is a unit of which `column` is above 0; a block is judged by whether it is a whole run of these.

    With new words it says more, with a question first too. It is an aside if it begins with a question, else
    a promotion if it names sums of money, else another story.
    """
    at = {name: number for number, name in enumerate(BLOCK_COLUMNS)}
    return Judge(
        (column,),
        BLOCK_COLUMNS,
        stump(0, 0, COLD, HOT),
        forest(
            [
                (at["odds_low"], 0, -16, 4),
                (at["odds-1"], 0, 0, -3),
                (at["odds+1"], 0, 0, -3),
                (at["new_words"], 0.5, 0, 0.5),
                (at["question_first"], 0.5, 0, 1),
            ]
        ),
        forest(
            [
                (at["question_first"], 0.5, 0, 3),
                (at["money_mean"], 0, 0, 2),
                (0, 1000, 1, 1),
                (0, 1000, -9, -9),
                (0, 1000, -9, -9),
            ]
        ),
    )


def tiny_offtopic(words: Lexicon | None = None, **facts: Any) -> OfftopicModel:
    """The model, with some facts changed."""
    return OfftopicModel(
        lexicon() if words is None else words,
        leanings(MARKED, 1 + len(CLASSES)),
        leanings(MARKED_BARE, 1),
        judge("lean_off"),
        judge("lean_off_all"),
        {"languages": ["en"], "limits": LIMITS, "bare_limits": LIMITS} | facts,
    )
