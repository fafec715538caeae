"""The trees that judge units, blocks and kinds of blocks; each text is judged by trees that have not seen its site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.offtopic.blocks import Blocks, block_columns, block_scores, likely_blocks
from newsclean.offtopic.cohesion import Fabric
from newsclean.offtopic.model import Judge
from newsclean.offtopic.reasons import KINDS
from newsclean.offtopic.signals import CLASSES
from newsclean.training.export import forest_of
from newsclean.training.folds import FOLDS
from newsclean.training.offtopic.rows import Units
from newsclean.training.offtopic.texts import CLEAN, JUDGE, TRANSPLANT

__all__ = ["KIND_OF_CLASS", "Judged", "fit_judge", "runs_of"]

Floats = NDArray[np.float32]
_TREES = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 31, "max_depth": 8, "min_data_in_leaf": 60,
    "feature_fraction": 0.25, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "seed": 1,
    "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
_BLOCK_TREES = _TREES | {"objective": "cross_entropy", "learning_rate": 0.05, "num_leaves": 24}
_SORT_TREES = _TREES | {
    "objective": "multiclass", "num_class": len(KINDS), "num_leaves": 8, "min_data_in_leaf": 20, "learning_rate": 0.1,
}  # fmt: skip
_UNIT_ROUNDS, _BLOCK_ROUNDS, _SORT_ROUNDS = 250, 250, 30
#: How much a unit or block of each sort of text counts; transplants may fit in by chance, and judges are real.
_UNIT_WEIGHT = {CLEAN: 0.5, TRANSPLANT: 0.3, JUDGE: 3.0}
_BLOCK_WEIGHT = {TRANSPLANT: 0.3, JUDGE: 3.0}
_BESIDE, _FAR_DRAWN = 5, 0.25  # units of an intrusion; share of the units farther off
_NEARLY = 0.6  # the most that a block counts which is not exactly the intrusion
_KIND_OF = {"question": 0, "answer": 0, "aside": 0, "promotion": 1, "other": 2, "keywords": 3, "machine": 4}
#: The number of the kind (of `KINDS`) of each class of wording.
KIND_OF_CLASS = tuple(_KIND_OF[name] for name in CLASSES)


class Judged(NamedTuple):
    """A judge fitted on all texts; and, out of fold, the blocks of each text with their probabilities."""

    judge: Judge
    text: NDArray[np.int64]
    blocks: Blocks
    score: NDArray[np.float64]
    odds: Floats
    kind: NDArray[np.int64]


def fit_judge(
    units: Units,
    matrix: Floats,
    columns: Sequence[str],
    fabrics: Sequence[Fabric],
    threads: int,
    only: Sequence[str],
) -> Judged:
    """Fit trees on signals (`matrix`, one column for each of `columns`), of which only the columns `only` are used."""
    used = [at for at, name in enumerate(columns) if name in set(only)]
    names = tuple(columns[at] for at in used)
    seen = matrix if len(used) == len(columns) else matrix[:, used]
    fold = units.fold
    weight = _weights(units, _UNIT_WEIGHT)[units.text]
    off = units.label > 0
    drawn = _drawn(units)
    odds, trees = _out_of_fold(_TREES, _UNIT_ROUNDS, seen, off, weight * drawn, fold[units.text], threads)
    text, blocks, rows, block_names = _blocks(units, matrix, columns, fabrics, odds, set(names))
    right, kind = _right(units, text, blocks)
    weight = _weights(units, _BLOCK_WEIGHT)[text]
    block_odds, block_trees = _out_of_fold(
        _BLOCK_TREES, _BLOCK_ROUNDS, rows, right, weight, fold[text], threads
    )
    score = _scores(units, matrix, columns, text, blocks, block_odds)
    exact = right == 1
    sums, sorts = _out_of_fold(
        _SORT_TREES, _SORT_ROUNDS, rows[exact], kind[exact], weight[exact], fold[text[exact]], threads
    )
    told = np.full(len(text), -1)
    told[exact] = sums.argmax(1)
    judge = Judge(names, block_names, forest_of(trees), forest_of(block_trees), forest_of(sorts, len(KINDS)))
    return Judged(judge, text, blocks, score, odds, told)


def _weights(units: Units, of_source: dict[str, float]) -> NDArray[np.float64]:
    return np.array([of_source.get(host.source, 1.0) for host in units.hosts])


def _drawn(units: Units) -> NDArray[np.float64]:
    """How much each unit counts: an article stands in many texts, so far from intrusions only some of it is used.

    Those count for all of it.
    """
    off = np.concatenate(([0], np.cumsum(units.label > 0)))
    at = np.arange(len(units.label))
    near = off[np.minimum(at + _BESIDE + 1, len(at))] > off[np.maximum(at - _BESIDE, 0)]
    chosen = np.random.default_rng(1).random(len(at)) < _FAR_DRAWN
    return np.where(near, 1.0, np.where(chosen, 1 / _FAR_DRAWN, 0.0))


def _out_of_fold(
    settings: dict[str, Any], rounds: int, matrix: Floats, outcome: NDArray[Any], weight: NDArray[np.float64],
    fold: NDArray[np.int64], threads: int,
) -> tuple[Floats, Any]:  # fmt: skip
    """Raw sums for each row by trees that have not seen its part, and the trees fitted on all rows."""
    import lightgbm

    def fitted(part: NDArray[np.bool_]) -> Any:
        use = part & (weight > 0)
        data = lightgbm.Dataset(matrix[use], outcome[use].astype(np.float32), weight=weight[use])
        return lightgbm.train(settings | {"num_threads": threads}, data, rounds)

    groups = int(settings.get("num_class", 1))
    sums = np.zeros((len(matrix), groups), dtype=np.float32)
    for number in range(FOLDS):
        own = fold == number
        if own.any():
            sums[own] = fitted(~own).predict(matrix[own], raw_score=True).reshape(-1, groups)
    return sums[:, 0] if groups == 1 else sums, fitted(np.ones(len(matrix), dtype=bool))


def _blocks(
    units: Units, matrix: Floats, columns: Sequence[str], fabrics: Sequence[Fabric], odds: Floats, only: set[str]
) -> tuple[NDArray[np.int64], Blocks, Floats, tuple[str, ...]]:  # fmt: skip
    """The likely blocks of all texts, with their columns; those made of signals that are not in `only` are left out."""
    found: list[Blocks] = []
    rows: list[Floats] = []
    texts: list[NDArray[np.int64]] = []
    names: tuple[str, ...] = ()
    for text, fabric in enumerate(fabrics):
        own = units.of(text)
        blocks = likely_blocks(odds[own])
        if not len(blocks.start):
            continue
        signals = {name: matrix[own, at] for at, name in enumerate(columns)}
        made = block_columns(blocks, odds[own], fabric, signals, units.size[own])
        names = names or tuple(name for name in made if _is_of(name, only))
        rows.append(np.stack([made[name] for name in names], axis=1))
        found.append(blocks)
        texts.append(np.full(len(blocks.start), text))
    joined = Blocks(np.concatenate([b.start for b in found]), np.concatenate([b.end for b in found]))
    return np.concatenate(texts), joined, np.concatenate(rows), names


def _scores(
    units: Units, matrix: Floats, columns: Sequence[str], text: NDArray[np.int64], blocks: Blocks, odds: Floats
) -> NDArray[np.float64]:  # fmt: skip
    """The scores of blocks as the finder has them."""
    base = units.first[text]
    shifted = Blocks(blocks.start + base, blocks.end + base)
    return block_scores(shifted, odds, {name: matrix[:, at] for at, name in enumerate(columns)})


def _is_of(name: str, only: set[str]) -> bool:
    """Whether a column of blocks rests on signals in use: wording and meaning may be left out."""
    lead = next((lead for lead in ("lean_", "meant_") if name.startswith(lead)), "")
    return not lead or any(column.startswith(lead) for column in only)


def _right(
    units: Units, text: NDArray[np.int64], blocks: Blocks
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """How right each block is: 1 for exactly an intrusion, less for most of one and little else; and its kind."""
    right = np.zeros(len(text))
    kind = np.zeros(len(text), np.int64)
    for number in np.unique(text):
        own = units.of(int(number))
        here = np.flatnonzero(text == number)
        size = np.concatenate(([0], np.cumsum(units.size[own])))
        start, end = blocks.start[here], blocks.end[here]
        for first, last in runs_of(units.label[own] > 0):
            low, high = np.maximum(start, first), np.minimum(end, last)
            common = np.where(high > low, size[np.maximum(high, low)] - size[low], 0)
            union = size[end] - size[start] + size[last] - size[first] - common
            exact = (start == first) & (end == last)
            share = np.where(exact, 1.0, np.clip((common / union - 0.5) * 1.2, 0, _NEARLY))
            kinds = units.label[own][first:last]
            kind[here] = np.where(
                share > right[here], KIND_OF_CLASS[np.bincount(kinds).argmax() - 1], kind[here]
            )
            right[here] = np.maximum(right[here], share)
    return right, kind


def runs_of(marked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Start and end of each run of marked units."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marked.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
