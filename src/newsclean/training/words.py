"""Weights of hashed words: logistic regression over lines, for junk and for each category of it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.document import read_document
from newsclean.rules.ruleset import shipped_rules
from newsclean.scoring.leaning import Leanings, unique_hashes
from newsclean.scoring.table import line_table
from newsclean.scoring.words import ngram_hashes, words_of
from newsclean.training.rows import BITS, KINDS

__all__ = ["Bags", "bags", "fit_junk", "fit_kinds", "fit_weights", "line_bags", "phrase_bags", "to_leanings"]

_PENALTY_JUNK, _PENALTY_KINDS = 5.0, 3.0  # inverse strengths of the penalty
_ROUNDS = 40
_LEAST_LINES = 3  # that hold a bucket whose weight is kept
_OPTION = re.compile(r"\(([^|()]*)(?:\|[^|()]*)*\)")


class Bags(NamedTuple):
    """Lines as sets of buckets: `matrix` (lines, buckets), sparse, each row of length 1."""

    matrix: Any
    weight: NDArray[np.float32]


def bags(line: NDArray[np.int64], bucket: NDArray[np.int64], lines: int, bits: int = BITS) -> Any:
    """The sparse matrix of lines and buckets, each row divided by the root of its number of buckets."""
    from scipy import sparse

    bucket = bucket & ((1 << bits) - 1)
    count = np.maximum(np.bincount(line, minlength=lines), 1)
    values = (1 / np.sqrt(count))[line].astype(np.float32)
    return sparse.csr_matrix((values, (line, bucket)), shape=(lines, 1 << bits))


def line_bags(lines: list[str], bits: int = BITS) -> Any:
    """The matrix of lines of text given by themselves."""
    documents = [read_document(" ".join(line.split())) for line in lines]
    empty = read_document("-")  # for a line of nothing that can be seen
    table = line_table(
        [
            document._replace(lines=(document.lines or empty.lines)[:1]) if document.lines else empty
            for document in documents
        ]
    )
    line, bucket = unique_hashes(*ngram_hashes(table, words_of(table)), BITS)
    return bags(line, bucket, len(lines), bits)


def phrase_bags() -> tuple[list[str], NDArray[np.int64]]:
    """The wordings of the shipped rules, placeholders left out, and the numbers of their categories.

    They bring words of languages of which there are few pages to train on.
    """
    wordings: list[str] = []
    kinds: list[int] = []
    for rule in shipped_rules():
        for phrase in rule.phrases:
            bare = phrase.replace("[", "(").replace("]", ")").replace("{number}", "0")
            while _OPTION.search(bare):  # the first of the alternatives, from the innermost out
                bare = _OPTION.sub(r"\1", bare)
            bare = re.sub(r"\{:?\w+\}", " ", bare)
            if rule.category in KINDS and len(bare.strip()) > 2:
                wordings.append(bare)
                kinds.append(KINDS.index(rule.category))
    return wordings, np.array(kinds)


def fit_junk(matrix: Any, junk: NDArray[np.bool_], weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """Weights (buckets, 1) that tell junk from article."""
    return fit_weights(matrix, junk.astype(np.int64), _PENALTY_JUNK, _ROUNDS, weight)


def fit_kinds(matrix: Any, kind: NDArray[np.int64], weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """Weights (buckets, categories) that tell the categories apart."""
    found = fit_weights(matrix, kind, _PENALTY_KINDS, _ROUNDS, weight)
    if found.shape[1] == 1:  # of two outcomes only the second is given
        found = np.concatenate((-found, found), axis=1)
    made = np.zeros((matrix.shape[1], len(KINDS)), dtype=np.float32)
    made[:, np.unique(kind)] = found
    return made


def fit_weights(
    matrix: Any,
    outcome: NDArray[Any],
    penalty: float,
    rounds: int,
    weight: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Weights (buckets, outcomes; one column for two outcomes) by logistic regression, 0 for rare buckets.

    `penalty` is the inverse of its strength; `rounds` are few on purpose: stopped early, it generalises better.
    """
    fitted = fit_logistic(matrix, outcome, penalty, rounds, weight)
    weights: NDArray[np.float32] = fitted.coef_.T.astype(np.float32)
    weights[np.asarray((matrix > 0).sum(0)).ravel() < _LEAST_LINES] = 0
    return weights


def fit_logistic(
    matrix: Any, outcome: NDArray[Any], penalty: float, rounds: int, weight: NDArray[Any] | None
) -> Any:
    """scikit-learn's logistic regression, fitted; that it was stopped early is no warning here."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return LogisticRegression(C=penalty, max_iter=rounds).fit(matrix, outcome, sample_weight=weight)


def to_leanings(weights: NDArray[np.float32]) -> Leanings:
    """Weights rounded to bytes."""
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.999)) / 127 if weights.any() else 1.0
    return Leanings(np.clip(np.rint(weights / scale), -127, 127).astype(np.int8), scale)
