"""Figures of a fitted model on web sites it was not fitted on: by profile, language, category, and calibration."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.training.limits import harm_by_text
from newsclean.training.rows import KINDS, Rows

__all__ = ["Bin", "figures", "reliability"]

_CERTAIN = 0.99


class Bin(NamedTuple):
    """Lines scored alike: how many, their mean score and the share of them that is junk."""

    lines: int
    score: float
    junk: float


def reliability(rows: Rows, probability: NDArray[np.float32], bins: int = 10) -> list[Bin]:
    """Lines labelled by hand, by score, in `bins` steps of equal width."""
    use = rows.by_hand[rows.text] & rows.clear
    at = np.minimum((probability[use] * bins).astype(int), bins - 1)
    found = []
    for number in range(bins):
        own = at == number
        if own.any():
            score = float(probability[use][own].mean())
            found.append(Bin(int(own.sum()), score, float((rows.junk[use][own] > 0.5).mean())))
    return found


def figures(
    rows: Rows, probability: NDArray[np.float32], kind: NDArray[np.int64], facts: dict[str, Any]
) -> dict[str, Any]:
    """What each profile removes and costs, over all texts labelled by hand and by language, category, extractor."""
    hand = rows.by_hand[rows.text] & (rows.unknown < 0.3)
    tiers = np.array([facts["tiers"].get(lang, "unseen") for lang in rows.langs])[rows.text]
    lang = np.array(rows.langs)[rows.text]
    extractor = np.array([ident.rsplit("/", 1)[-1] if "/" in ident else "written" for ident in rows.ids])[
        rows.text
    ]
    made: dict[str, Any] = {"texts": int(rows.by_hand.sum()), "sites": len(set(rows.sites)), "profiles": {}}
    for profile, limits in facts["limits"].items():
        least = np.zeros(len(probability))
        for tier, (line, weak, certain) in limits.items():
            at = tiers == tier
            removed = rows.signs.surety[at]
            least[at] = np.where(removed >= _CERTAIN, certain, np.where(removed > 0, weak, line))
        gone = probability >= least
        by_text = harm_by_text(rows, gone)[rows.by_hand]
        entry: dict[str, Any] = dict(_shares(rows, gone, hand))
        entry["texts_over_1%"] = int((by_text > 0.01).sum())
        entry["harm_mean_of_texts"] = float(by_text.mean())
        entry["language"] = {
            name: _shares(rows, gone, hand & (lang == name)) for name in sorted(set(lang[hand]))
        }
        entry["extractor"] = {
            name: _shares(rows, gone, hand & (extractor == name)) for name in sorted(set(extractor[hand]))
        }
        entry["category"] = {}
        for number, name in enumerate(KINDS):
            own = hand & (rows.kind == number) & (rows.junk > 0.5)
            taken = own & gone
            if own.any():
                right = rows.size[taken & (kind == number)].sum() / max(1.0, rows.size[taken].sum())
                entry["category"][name] = {
                    "characters": int(rows.size[own].sum()),
                    "removed": float(rows.size[taken].sum() / rows.size[own].sum()),
                    "category_right": float(right),
                }
        made["profiles"][profile] = entry
    made["reliability"] = [one._asdict() for one in reliability(rows, probability)]
    return made


def _shares(rows: Rows, gone: NDArray[np.bool_], use: NDArray[np.bool_]) -> dict[str, float]:
    junk, article = rows.junk * rows.size * use, (1 - rows.junk) * rows.size * use
    return {
        "junk_characters": float(junk.sum()),
        "removed": float((junk * gone).sum() / max(1.0, junk.sum())),
        "harm": float((article * gone).sum() / max(1.0, article.sum())),
    }
