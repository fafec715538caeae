"""What names, words and page types lean to: three linear fits over tokens that several web sites use."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.errors import DataFormatError
from newsclean.html.naming import TYPE_SCALE, TYPES, Naming, block_tokens, page_tokens
from newsclean.html.shape import page_shape
from newsclean.html.signals import worded
from newsclean.html.tokens import key_tokens
from newsclean.training.html.records import Record, type_of
from newsclean.training.words import fit_logistic

__all__ = ["fit_naming"]

_LEAST_SITES, _LEAST_SITES_WORDS = 4, 5
_NAME_PENALTY, _WORD_PENALTY, _TYPE_PENALTY = 0.02, 0.05, 3.0
_ROUNDS = 60  # stopped early on purpose
#: Weights nearer to zero are left out of the model: they are many, and move little.
_LEAST_WEIGHT, _LEAST_WORD, _LEAST_TYPE = 0.01, 0.04, 0.08

Vocabulary = dict[str, int]


def fit_naming(records: Sequence[Record]) -> Naming:
    """The weights of tokens, from pages with gold text.

    Raises:
        DataFormatError: no pages: there is no gold text, or it is all of one web site.
    """
    if not records:
        raise DataFormatError(
            "expected pages with gold text of several web sites to learn names from, got too few"
        )
    names = _fit_names(records)
    words = _fit_words(records)
    types, weights, bias = _fit_types(records)
    return Naming(names, words, types, weights, bias)


def _vocabulary(tokens: Iterable[tuple[str, Iterable[str]]], least: int) -> Vocabulary:
    """Tokens that so many web sites use; `tokens` are sites with tokens."""
    sites: dict[str, set[str]] = defaultdict(set)
    for site, several in tokens:
        for token in several:
            if "\n" not in token:  # a model stores a token a line
                sites[token].add(site)
    return {token: n for n, token in enumerate(sorted(t for t, used in sites.items() if len(used) >= least))}


def _matrix(rows: Iterable[Counter[int]], width: int) -> Any:
    from scipy import sparse

    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for row in rows:
        columns += row.keys()
        values += row.values()
        ends.append(len(columns))
    made = sparse.csr_matrix(
        (np.array(values, dtype=np.float32), np.array(columns, dtype=np.intp), np.array(ends)),
        shape=(len(ends) - 1, width),
    )
    made.sort_indices()  # sums of floats in another order differ in the last bit
    return made


def _fit(
    matrix: Any, outcome: NDArray[Any], weight: NDArray[Any] | None, penalty: float
) -> tuple[NDArray[Any], NDArray[np.float64], NDArray[np.float64]]:
    """The outcomes that there are, and of each its log odds: (outcomes, columns), and a bias.

    Of two outcomes the first has odds of 1, and is what the second is weighed against.
    """
    classes = np.unique(outcome)
    weights, bias = np.zeros((len(classes), matrix.shape[1])), np.zeros(len(classes))
    if len(classes) > 1 and matrix.shape[1]:
        fitted = fit_logistic(matrix, outcome, penalty, _ROUNDS, weight)
        weights[-len(fitted.coef_) :], bias[-len(fitted.coef_) :] = fitted.coef_, fitted.intercept_
    return classes, weights, bias


def _labelled(
    records: Sequence[Record],
) -> tuple[NDArray[np.bool_], NDArray[np.float64], list[NDArray[np.bool_]]]:
    """Whether each labelled block is article, how much it counts, and which blocks of each page are labelled."""
    article, weight, known = [], [], []
    for record in records:
        assert record.labels is not None
        use = record.labels >= 0
        sizes = np.sqrt(np.maximum([len(words) for words in record.words], 1))
        article.append(record.labels[use] >= 0.5)
        weight.append((sizes / sizes.sum() * 100)[use])
        known.append(use)
    return np.concatenate(article), np.concatenate(weight), known


def _fit_names(records: Sequence[Record]) -> dict[str, tuple[float, float]]:
    vocabulary = _vocabulary(
        ((r.page.site, set().union(*map(key_tokens, r.parsed.page.keys))) for r in records), _LEAST_SITES
    )
    size = len(vocabulary)
    article, weight, known = _labelled(records)
    rows = (row for r, use in zip(records, known, strict=True) for row in _name_rows(r, vocabulary, use))
    fitted = _fit(_matrix(rows, 2 * size), article, weight, _NAME_PENALTY)[1][-1]
    return {
        token: (float(fitted[n + size]), float(fitted[n]))
        for token, n in vocabulary.items()
        if max(abs(fitted[n]), abs(fitted[n + size])) >= _LEAST_WEIGHT
    }


def _name_rows(record: Record, vocabulary: Vocabulary, use: NDArray[np.bool_]) -> Iterable[Counter[int]]:
    """For each block how often each token is open above it; those of its element and the parent once more."""
    page, size = record.parsed.page, len(vocabulary)
    elements = page.elements
    own = [[vocabulary[token] for token in key_tokens(key) if token in vocabulary] for key in page.keys]
    above: dict[int, Counter[int]] = {-1: Counter()}

    def path(element: int) -> Counter[int]:
        chain = []
        while element not in above:
            chain.append(element)
            element = elements.parent[element]
        for at in reversed(chain):
            above[at] = above[elements.parent[at]] + Counter(own[elements.key[at]])
        return above[chain[0]] if chain else above[element]

    for owner, wanted in zip(page.owner, use, strict=True):
        if wanted:
            row = Counter(path(owner))
            near = [*own[elements.key[owner]], *own[elements.key[max(elements.parent[owner], 0)]]]
            row.update(Counter(token + size for token in near))
            yield row


def _fit_words(records: Sequence[Record]) -> dict[str, float]:
    tokens = [
        [
            block_tokens(text) if read else []
            for text, read in zip(r.parsed.texts, worded(page_shape(r.parsed)), strict=True)
        ]
        for r in records
    ]
    vocabulary = _vocabulary(
        ((r.page.site, set().union(*several)) for r, several in zip(records, tokens, strict=True)),
        _LEAST_SITES_WORDS,
    )
    article, weight, known = _labelled(records)
    rows = (
        Counter(vocabulary[token] for token in block if token in vocabulary)
        for several, use in zip(tokens, known, strict=True)
        for block, wanted in zip(several, use, strict=True)
        if wanted
    )
    fitted = _fit(_matrix(rows, len(vocabulary)), article, weight, _WORD_PENALTY)[1][-1]
    return {token: float(fitted[n]) for token, n in vocabulary.items() if abs(fitted[n]) >= _LEAST_WORD}


def _fit_types(records: Sequence[Record]) -> tuple[Vocabulary, NDArray[np.float32], NDArray[np.float32]]:
    records = [r for r in records if type_of(r) >= 0]
    tokens = [page_tokens(r.parsed.page.keys, r.parsed.hints, len(r.parsed.texts)) for r in records]
    vocabulary = _vocabulary(
        ((r.page.site, several) for r, several in zip(records, tokens, strict=True)), _LEAST_SITES
    )
    rows = (
        Counter(dict.fromkeys((vocabulary[t] for t in several if t in vocabulary), TYPE_SCALE))
        for several in tokens
    )
    types = np.array([type_of(r) for r in records], dtype=np.intp)
    known, fitted, odds = _fit(_matrix(rows, len(vocabulary)), types, None, _TYPE_PENALTY)
    weights = np.zeros((len(vocabulary), len(TYPES)), dtype=np.float32)
    bias = np.full(len(TYPES), -20.0, dtype=np.float32)  # of a type that no page has
    weights[:, known] = fitted.T
    bias[known] = odds
    used = np.flatnonzero(np.abs(weights).max(1) >= _LEAST_TYPE)
    place = {int(n): at for at, n in enumerate(used)}
    return {t: place[n] for t, n in vocabulary.items() if n in place}, weights[used], bias
