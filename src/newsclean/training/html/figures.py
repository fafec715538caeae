"""How near the chosen blocks come to gold text, out of fold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean
from typing import Any

import numpy as np

from newsclean.html.naming import TYPES
from newsclean.html.shape import Floats
from newsclean.training.html.labels import nearness, words_of
from newsclean.training.html.records import Record, type_of
from newsclean.training.pages import Page

__all__ = ["page_figures"]


def page_figures(
    records: Sequence[Record],
    empty: Sequence[Page],
    scores: Sequence[Floats],
    limits: Sequence[float],
    types: Sequence[Floats],
) -> dict[str, Any]:
    """F1 (mean over pages) by folder and page type, of all pages with gold text; snippets found; types told right.

    Pages without any block count as 0.
    """
    near: dict[str, list[float]] = defaultdict(list)
    wanted = held = banned = gone = 0
    for record, own, limit in zip(records, scores, limits, strict=True):
        kept = [words for words, keep in zip(record.words, own >= limit, strict=True) if keep]
        name = record.page.folder.name
        if record.gold:
            value = nearness(kept, record.gold)
            for group in (name, f"{name} {record.page.kind}"):
                near[group].append(value)
        text = f" {' '.join(word for words in kept for word in words)} "
        present = [f" {' '.join(words_of(snippet))} " in text for snippet in record.page.present]
        absent = [f" {' '.join(words_of(snippet))} " not in text for snippet in record.page.absent]
        wanted, held = wanted + len(present), held + sum(present)
        banned, gone = banned + len(absent), gone + sum(absent)
    for page in empty:
        if page.text:
            near[page.folder.name].append(0.0)
            near[f"{page.folder.name} {page.kind}"].append(0.0)
    told = [(type_of(r), int(np.argmax(share))) for r, share in zip(records, types, strict=True)]
    known = [(true, guess) for true, guess in told if true >= 0]
    article = TYPES.index("article")
    return {
        "f1": {
            name: {"pages": len(values), "f1": round(fmean(values), 4)}
            for name, values in sorted(near.items())
        },
        "snippets": {"present": wanted, "found": held, "absent": banned, "gone": gone},
        "type_right": round(fmean(true == guess for true, guess in known), 4) if known else None,
        "article_right": round(fmean((true == article) == (guess == article) for true, guess in known), 4)
        if known
        else None,
    }
