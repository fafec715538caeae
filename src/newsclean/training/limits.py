"""Calibration of scores, and the limits that hold each profile's promise on web sites not fitted on."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from newsclean.errors import DataFormatError
from newsclean.training.rows import Rows

__all__ = ["PROMISED", "calibrate", "harm_by_text", "pick_limits", "tiers_of"]

#: Share of article characters that a profile may cost, on texts of web sites not fitted on.
PROMISED = {"precision": 0.0002, "balanced": 0.001, "recall": 0.004}
_CERTAIN = {"precision": 0.95, "balanced": 0.6, "recall": 0.4}  # below it even a certain rule is not believed
#: The share of itself that one text may add: beyond, it tells about that text (a letter's signatories, a list of links),
#: which no limit of use would spare.
_MOST_OF_TEXT = {"precision": 0.05, "balanced": 0.03, "recall": 0.1}
_MOSTLY_JUNK = 0.5  # a dump of a page, whose article is too small a part to measure a limit for articles by
_DRAWS, _QUANTILE = 200, 0.75
_GRID = np.concatenate(
    (np.arange(0.5, 0.9, 0.02), np.arange(0.9, 0.99, 0.005), np.arange(0.99, 0.9996, 0.0005))
)
_MEASURED, _SEEN = 60, 3  # texts of a language
_CAUTION = {"measured": 1.0, "seen": 0.8, "unseen": 0.33}  # of the doubt that is let pass
_KNOTS = 24


def calibrate(
    odds: NDArray[np.float32], junk: NDArray[np.bool_], weight: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Knots of a rising line from log odds to the share of junk (isotonic regression, thinned out)."""
    from sklearn.isotonic import IsotonicRegression

    order = np.argsort(odds, kind="stable")
    fitted = IsotonicRegression(y_min=0.001, y_max=0.999).fit_transform(
        odds[order], junk[order].astype(np.float64), sample_weight=weight[order]
    )
    tails = np.concatenate((np.linspace(0, 0.1, _KNOTS // 3), np.linspace(0.9, 1, _KNOTS // 3)))
    at = np.unique(
        (np.sort(np.concatenate((tails, np.linspace(0.1, 0.9, _KNOTS)))) * (len(odds) - 1)).astype(int)
    )
    knots, shares = odds[order][at].astype(np.float32), fitted[at]
    # equal shares over a stretch would make all its lines one; a little slope keeps their order
    shares = np.maximum.accumulate(shares + np.arange(len(at)) * 1e-6)
    keep = np.concatenate(([True], np.diff(knots) > 1e-4))
    return knots[keep], np.minimum(shares, 0.9995)[keep].astype(np.float32)


def tiers_of(rows: Rows) -> dict[str, str]:
    """How well each language is known: "measured" on many texts, "seen" in a few; others are "unseen"."""
    counts = Counter(lang for lang, hand in zip(rows.langs, rows.by_hand, strict=True) if hand)
    return {
        lang: "measured" if count >= _MEASURED else "seen"
        for lang, count in sorted(counts.items())
        if count >= _SEEN
    }


def harm_by_text(rows: Rows, gone: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Share of its article characters that each text loses if `gone` lines are removed."""
    article = np.where(rows.unknown < 0.3, (1 - rows.junk) * rows.size, 0)
    texts = len(rows.sites)
    lost = np.bincount(rows.text, article * gone, minlength=texts)
    found: NDArray[np.float64] = lost / np.maximum(np.bincount(rows.text, article, minlength=texts), 1)
    return found


def pick_limits(rows: Rows, probability: NDArray[np.float32]) -> dict[str, dict[str, list[float]]]:
    """For each profile and tier the limits `line`, `weak`, `certain` (see `newsclean.decision.scored.Limits`).

    The harm of a limit is averaged by text, over texts of which at most half is junk, and must hold in three of four
    draws of web sites: one that just holds on the texts at hand would not hold on others.
    """
    draws = _draws(rows)
    limits: dict[str, dict[str, list[float]]] = {}
    for profile, promised in PROMISED.items():
        sure = (rows.signs.surety >= 0.99) & (probability >= _CERTAIN[profile])
        least = float(_GRID[-1])
        for limit in _GRID[::-1]:
            harm = np.minimum(harm_by_text(rows, (probability >= limit) | sure), _MOST_OF_TEXT[profile])
            if np.quantile(draws @ harm, _QUANTILE) > promised:
                break
            least = float(limit)
        limits[profile] = {
            tier: [round(1 - (1 - least) * caution, 5)] * 2 + [min(_CERTAIN[profile], round(least, 5))]
            for tier, caution in _CAUTION.items()
        }
    return limits


def _draws(rows: Rows) -> NDArray[np.float64]:
    """Weights of the texts in each draw of web sites: (draws, texts), each row adding up to 1."""
    names = sorted({site for site, hand in zip(rows.sites, rows.by_hand, strict=True) if hand})
    number = {name: at for at, name in enumerate(names)}
    chance = np.random.default_rng(1)
    times = chance.multinomial(len(names), np.full(len(names), 1 / len(names)), size=_DRAWS)
    own = Counter(site for site, hand in zip(rows.sites, rows.by_hand, strict=True) if hand)
    column = np.array([number.get(site, -1) for site in rows.sites])
    share = np.array(
        [1 / own[site] if hand else 0 for site, hand in zip(rows.sites, rows.by_hand, strict=True)]
    )
    total = np.maximum(np.bincount(rows.text, rows.size, minlength=len(rows.sites)), 1)
    share *= np.bincount(rows.text, rows.junk * rows.size, minlength=len(rows.sites)) <= _MOSTLY_JUNK * total
    weights = times[:, column] * share
    weights = weights[weights.sum(1) > 0]  # a draw of dumps alone says nothing
    if not len(weights):
        raise DataFormatError("expected texts of which at most half is junk, to pick limits by; got none")
    found: NDArray[np.float64] = weights / weights.sum(1, keepdims=True)
    return found
