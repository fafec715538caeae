"""The trees that judge blocks: one head for articles, one for all pages. Each site is judged by trees that have not seen it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from newsclean.html.finder import best_limit, picks_article, probabilities
from newsclean.html.model import PageModel
from newsclean.html.naming import TYPES, Naming
from newsclean.html.shape import Floats
from newsclean.html.signals import NAMES, block_signals
from newsclean.scoring.forest import Forest
from newsclean.training.export import forest_of
from newsclean.training.html.labels import UNKNOWN, snippet_labels
from newsclean.training.html.naming import fit_naming
from newsclean.training.html.records import FOLDS, Record, type_of

__all__ = ["Judged", "fit_pages"]

_TREES = {
    "objective": "cross_entropy", "learning_rate": 0.11, "num_leaves": 24, "max_depth": 6, "min_data_in_leaf": 100,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 20.0, "path_smooth": 20.0,
    "max_bin": 63, "seed": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
_ROUNDS = 120
#: Pages labelled by snippets and guesses, beside those with gold text.
_GUESSED_WEIGHT = 0.5
#: Copies of pages of which most names and words are unknown, as on pages of other countries and builders: what share of
#: them is known, and how much a copy counts.
_KNOWN_SHARES, _THIN_WEIGHT = (0.0, 0.3, 0.6), 0.4
_WORDS, _ARTICLE = NAMES.index("words"), TYPES.index("article")

Say = Callable[[str], None]


class Judged(NamedTuple):
    """The model fitted on all pages, and each page's scores, limit and type probabilities out of fold."""

    model: PageModel
    scores: list[Floats]
    limits: list[float]
    types: list[Floats]


def fit_pages(records: Sequence[Record], threads: int, say: Say = lambda _: None) -> Judged:
    """Fit the model on `records`; pages without gold text are labelled on the way."""
    learnable = [r for r in records if r.learnable]
    say(f"{len(learnable)} pages with gold text of {len({r.page.site for r in learnable})} web sites")
    namings = [fit_naming([r for r in learnable if r.fold != fold]) for fold in range(FOLDS)]
    say("names, words and types out of fold")
    types, signals, thin = [], [], []
    for r in records:
        types.append(_types(r, namings[r.fold]))
        signals.append(block_signals(r.parsed, namings[r.fold], types[-1]))
        thin.append(block_signals(r.parsed, _thinned(namings[r.fold], r.page.key), types[-1]))
    say("signals")
    first = _out_of_fold(records, signals, thin, types, threads, both=False)
    say("scores to label pages without gold text by")
    for r, guesses in zip(records, first, strict=True):
        if not r.gold and (r.page.present or r.page.absent):
            r.labels = np.array(
                snippet_labels(r.words, guesses.tolist(), r.page.present, r.page.absent), dtype=np.float32
            )
    scores = _out_of_fold(records, signals, thin, types, threads)
    limits = [
        best_limit(own, matrix[:, _WORDS], share)
        for own, matrix, share in zip(scores, signals, types, strict=True)
    ]
    say("scores out of fold")
    # The signals stay those out of fold: what names lean to on their own pages is surer than it is on others.
    article, general = (_fit(records, signals, thin, -1, articles, threads) for articles in (True, False))
    model = PageModel(
        fit_naming(learnable),
        article,
        general,
        {"pages": len(records), "sites": len({r.page.site for r in records})},
    )
    say("model")
    return Judged(model, scores, limits, types)


def _types(record: Record, naming: Naming) -> Floats:
    return naming.type_probabilities(record.parsed.page.keys, record.parsed.hints, len(record.parsed.texts))


def _thinned(naming: Naming, seed: str) -> Naming:
    """The weights of a part of the names and of a part of the words, drawn by `seed`."""
    draw = np.random.default_rng(zlib.crc32(seed.encode()))

    def some(known: Mapping[str, Any]) -> dict[str, Any]:
        keep = draw.random(len(known)) < draw.choice(_KNOWN_SHARES)
        return {token: weight for (token, weight), kept in zip(known.items(), keep, strict=True) if kept}

    names, words = some(naming.names), some(naming.words)
    return Naming(names, words, naming.types, naming.type_weights, naming.bias)


def _out_of_fold(
    records: Sequence[Record],
    signals: Sequence[Floats],
    thin: Sequence[Floats],
    types: Sequence[Floats],
    threads: int,
    both: bool = True,
) -> list[Floats]:
    """The scores of the blocks of each page, by trees that have not seen its web site; by one head unless `both`."""
    made: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(records)
    for fold in range(FOLDS):
        general = _fit(records, signals, thin, fold, False, threads)
        article = _fit(records, signals, thin, fold, True, threads) if both else general
        for number, record in enumerate(records):
            if record.fold == fold:
                head = article if picks_article(types[number]) else general
                made[number] = probabilities(head.sums(signals[number])[:, 0])
    return made


def _fit(
    records: Sequence[Record],
    signals: Sequence[Floats],
    thin: Sequence[Floats],
    without: int,
    article: bool,
    threads: int,
) -> Forest:
    """Trees from all parts of the split but one (-1: from all); of articles alone, or of pages of every type."""
    import lightgbm

    use = [
        n
        for n, r in enumerate(records)
        if r.fold != without and r.labels is not None and (r.learnable or not r.gold)
        and (not article or type_of(r) in (_ARTICLE, -1))
    ]  # fmt: skip
    if not use and article:  # pages of other types only: then all heads are theirs
        return _fit(records, signals, thin, without, False, threads)
    labels = np.concatenate([_labels(records[n]) for n in use])
    weight = np.concatenate([records[n].weights * (1 if records[n].gold else _GUESSED_WEIGHT) for n in use])
    known = labels != UNKNOWN
    matrix = np.concatenate([np.concatenate([of[n] for n in use])[known] for of in (signals, thin)])
    both = np.concatenate([weight[known], weight[known] * _THIN_WEIGHT])
    data = lightgbm.Dataset(matrix, np.tile(labels[known], 2), weight=both, free_raw_data=True)
    return forest_of(lightgbm.train(_TREES | {"num_threads": threads}, data, _ROUNDS))


def _labels(record: Record) -> Floats:
    assert record.labels is not None
    return record.labels
