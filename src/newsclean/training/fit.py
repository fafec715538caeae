"""Fitting a model: words, trees, calibration, limits; every figure it picks by comes from sites not fitted on."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.scoring.model import Model
from newsclean.scoring.scorer import kind_matrix
from newsclean.training.export import forest_of
from newsclean.training.folds import FOLDS, LooseLines, fit_words, fold_of, lean_out_of_fold, matrix_of
from newsclean.training.limits import calibrate, pick_limits, tiers_of
from newsclean.training.rows import KINDS, Rows
from newsclean.training.texts import page_of

__all__ = ["Fitted", "fit", "line_weights"]

_TREES = {
    "objective": "binary",
    "learning_rate": 0.06,
    "num_leaves": 31,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
_KIND_TREES = _TREES | {
    "objective": "multiclass",
    "num_class": len(KINDS),
    "learning_rate": 0.1,
    "num_leaves": 12,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.3,
}
_ROUNDS, _KIND_ROUNDS = 260, 40
_LONGEST = 400  # characters from which on a line weighs no more
_MIXED = 0.5


class Fitted(NamedTuple):
    """A model, with the probability and category that each line got from weights that had not seen its site."""

    model: Model
    probability: NDArray[np.float32]
    kind: NDArray[np.int64]


def fit(rows: Rows, loose: LooseLines, threads: int = 2) -> Fitted:
    """Fit a model on `rows`, lines labelled by hand in their texts; words are learned from `loose` lines too."""
    folds, full = fit_words(rows, loose)
    leant = lean_out_of_fold(rows, folds)
    matrix, columns = matrix_of(rows, leant)
    fold = fold_of(rows)
    clear = rows.clear
    junk = rows.junk > _MIXED
    weight = line_weights(rows)
    kinds = kind_matrix(matrix, leant.kinds, rows.table.first)
    named = clear & junk & (rows.kind >= 0)
    odds = np.zeros(len(junk), dtype=np.float32)
    kind = np.full(len(junk), -1, dtype=np.int64)
    for number in range(FOLDS):
        own = fold == number
        if not own.any():
            continue
        trees = _trees(_TREES, _ROUNDS, matrix, junk, weight, clear & ~own, threads)
        odds[own] = trees.predict(matrix[own], raw_score=True)
        sorts = _trees(_KIND_TREES, _KIND_ROUNDS, kinds, rows.kind, weight, named & ~own, threads)
        kind[own] = sorts.predict(kinds[own]).argmax(1)
    lines = _trees(_TREES, _ROUNDS, matrix, junk, weight, clear, threads)
    sorts = _trees(_KIND_TREES, _KIND_ROUNDS, kinds, rows.kind, weight, named, threads)
    knots = calibrate(odds[clear], junk[clear], weight[clear])
    probability = np.interp(odds, *knots).astype(np.float32)
    facts: dict[str, Any] = {
        "order": ["unseen", "seen", "measured"],
        "tiers": tiers_of(rows),
        "limits": pick_limits(rows, probability),
    }
    model = Model(
        columns, KINDS, full[0], full[1], forest_of(lines), forest_of(sorts, len(KINDS)), *knots, facts
    )
    return Fitted(model, probability, kind)


def line_weights(rows: Rows) -> NDArray[np.float32]:
    """Longer lines weigh more, and the outputs of one page share what one output would weigh."""
    page = [page_of(ident) for ident in rows.ids]
    outputs = Counter(page)
    share = np.array([outputs[name] ** -0.7 for name in page])[rows.text]
    weight: NDArray[np.float32] = (np.clip(rows.size, 10, _LONGEST) ** 0.5 / 8 * share).astype(np.float32)
    return weight


def _trees(
    settings: dict[str, Any],
    rounds: int,
    matrix: NDArray[np.float32],
    outcome: NDArray[Any],
    weight: NDArray[np.float32],
    use: NDArray[np.bool_],
    threads: int,
) -> Any:
    import lightgbm

    data = lightgbm.Dataset(matrix[use], outcome[use].astype(np.float32), weight=weight[use])
    return lightgbm.train(settings | {"num_threads": threads}, data, rounds)
