"""Blocks: runs of units that may be one intrusion, and what can be said of a run as a whole."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.offtopic.cohesion import Fabric
from newsclean.offtopic.signals import LEANS

__all__ = ["Blocks", "best_apart", "block_columns", "block_scores", "likely_blocks"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_LONGEST = 14  # units
_MOST = 150  # blocks looked at in a document
_HOT, _COLD, _MEAN = -2.0, -4.5, -3.0  # log odds: of one unit at least, of its ends, of all in the mean
_FLOOR = -2.0  # log odds below which a unit's doubt about its block does not grow
_ASKED_BONUS = 0.2
_NONE = -9.0  # what stands for a unit that does not exist
_AVERAGED = (*(f"lean_{name}" for name in LEANS), "money", "year", "share_digit", "share_quote", "percent")
_AT_ENDS = ("question", "ends_sentence", "begins_lower", "ends_open", "begins_quote", "words", "initials")


class Blocks(NamedTuple):
    """Runs of units [start, end) of one document."""

    start: Ints
    end: Ints


def likely_blocks(odds: Floats) -> Blocks:
    """The runs worth a look, from the log odds of each unit of a document to be off topic."""
    units = len(odds)
    sums = np.concatenate(([0.0], np.cumsum(odds, dtype=np.float64)))
    hot = np.concatenate(([0], np.cumsum(odds > _HOT)))
    if not hot[-1]:
        none = np.zeros(0, np.int64)
        return Blocks(none, none)
    start = np.repeat(np.arange(units), _LONGEST)
    end = start + np.tile(np.arange(1, _LONGEST + 1), units)
    start, end = start[end <= units], end[end <= units]
    total = sums[end] - sums[start]
    size = end - start
    fits = (
        (odds[start] >= _COLD) & (odds[end - 1] >= _COLD) & (hot[end] > hot[start]) & (total >= _MEAN * size)
    )
    fits &= size < units
    start, end, rank = start[fits], end[fits], (total + size)[fits]
    best = np.sort(np.argsort(-rank, kind="stable")[:_MOST])
    return Blocks(start[best], end[best])


def block_columns(
    blocks: Blocks, odds: Floats, fabric: Fabric, signals: dict[str, Floats], characters: Ints
) -> dict[str, Floats]:
    """What can be said of each block; `signals` and `characters` are those of the units of its document."""
    columns: dict[str, NDArray[Any]] = dict(fabric.columns(*blocks))
    columns |= _odds_columns(blocks, odds)
    columns |= _place_columns(blocks, signals, characters)
    columns |= _signal_columns(blocks, signals)
    return {name: np.asarray(column, dtype=np.float32) for name, column in columns.items()}


def block_scores(blocks: Blocks, odds: NDArray[Any], signals: dict[str, Floats]) -> NDArray[np.float64]:
    """The probability of each block to be an intrusion, from the log odds of its trees.

    A question in a line of its own, with an answer below it, in a text that does not use such questions, is an
    intrusion more often than its score says (out of fold 0.3 is as good there as 0.5 elsewhere): it gets a bonus.
    """
    start, end = blocks
    alone = signals["question"][start] * signals["par_start"][start] * signals["par_end"][start]
    bonus = _ASKED_BONUS * alone * (end - start > 1)
    # not numpy's exponential: its last bit depends on the processor
    likely = np.array([1 / (1 + math.exp(-one)) for one in odds.tolist()], dtype=np.float64)
    return np.minimum(likely + bonus, 1.0)


def best_apart(blocks: Blocks, scores: NDArray[np.float64], least: float) -> list[int]:
    """The numbers of the blocks that score at least `least`, best first, without those that overlap a better one."""
    taken = np.zeros(int(blocks.end.max(initial=0)), dtype=bool)
    chosen = []
    for at in np.argsort(-scores, kind="stable").tolist():
        if scores[at] < least:
            break
        span = slice(int(blocks.start[at]), int(blocks.end[at]))
        if not taken[span].any():
            taken[span] = True
            chosen.append(at)
    return chosen


def _odds_columns(blocks: Blocks, odds: Floats) -> dict[str, NDArray[Any]]:
    start, end = blocks
    size = end - start
    total = _summed(odds, blocks)
    padded = np.concatenate(([_NONE, _NONE], odds, [_NONE, _NONE]))
    hot = odds > _HOT
    hot_in = _summed(hot, blocks)
    return {
        "units": size,
        "odds": total,
        "odds_mean": total / size,
        "odds_floored": _summed(np.maximum(odds, _FLOOR), blocks),
        "odds_high": _extreme(np.maximum, odds, blocks),
        "odds_low": _extreme(np.minimum, odds, blocks),
        "odds_first": odds[start],
        "odds_last": odds[end - 1],
        "odds-1": padded[start + 1],
        "odds-2": padded[start],
        "odds+1": padded[end + 2],
        "odds+2": padded[end + 3],
        "odds_elsewhere": np.maximum(
            np.concatenate(([_NONE], np.maximum.accumulate(odds)))[start],
            np.concatenate((np.maximum.accumulate(odds[::-1])[::-1], [_NONE]))[end],
        ),
        "hot": hot_in / size,
        "hot_elsewhere": hot.sum() - hot_in,
    }


def _place_columns(blocks: Blocks, signals: dict[str, Floats], characters: Ints) -> dict[str, NDArray[Any]]:
    start, end = blocks
    written = _summed(characters, blocks)
    glued = np.concatenate((signals["glued"], [0]))
    return {
        "starts_par": signals["par_start"][start],
        "ends_par": signals["par_end"][end - 1],
        "pars": _summed(signals["par_start"], blocks),
        "characters": np.log1p(written),
        "text_share": written / max(int(characters.sum()), 1),
        "place": signals["place"][start],
        "doc_units": signals["doc_units"][start],
        "glued_start": glued[start],
        "glued_end": glued[end],
    }


def _signal_columns(blocks: Blocks, signals: dict[str, Floats]) -> dict[str, NDArray[Any]]:
    start, end = blocks
    size, units = end - start, len(signals["place"])
    columns: dict[str, NDArray[Any]] = {}
    for name in _AT_ENDS:
        columns[f"{name}_first"], columns[f"{name}_last"] = signals[name][start], signals[name][end - 1]
    for name in _AVERAGED:
        inside = _summed(signals[name], blocks)
        columns[f"{name}_mean"] = inside / size
        columns[f"{name}_elsewhere"] = (signals[name].sum() - inside) / np.maximum(units - size, 1)
    for name in (*_AT_ENDS, *_AVERAGED):
        padded = np.concatenate(([_NONE], signals[name], [_NONE]))
        columns[f"{name}-1"], columns[f"{name}+1"] = padded[start], padded[end + 1]
    return columns


def _summed(values: NDArray[Any], blocks: Blocks) -> NDArray[Any]:
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    found: NDArray[Any] = sums[blocks.end] - sums[blocks.start]
    return found


def _extreme(which: np.ufunc, odds: Floats, blocks: Blocks) -> Floats:
    edges = np.stack((blocks.start, np.minimum(blocks.end, len(odds) - 1)), axis=1).ravel()
    found: Floats = which.reduceat(odds, edges)[::2] if len(edges) else np.zeros(0, np.float32)
    at_end = blocks.end == len(odds)  # `reduceat` cannot name the end: its last unit was left out
    return np.where(at_end, which(found, odds[-1]), found).astype(np.float32)
