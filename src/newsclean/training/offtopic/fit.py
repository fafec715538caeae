"""Fitting all that finds intrusions: rarity, vectors, leanings, judges; figures out of fold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.offtopic.cohesion import Fabric
from newsclean.offtopic.model import OfftopicModel
from newsclean.offtopic.reading import Lexicon, read_units
from newsclean.offtopic.signals import unit_columns
from newsclean.training.folds import FOLDS
from newsclean.training.offtopic.contexts import Contexts
from newsclean.training.offtopic.intruders import Host
from newsclean.training.offtopic.judges import Judged, fit_judge
from newsclean.training.offtopic.leanings import fit_leanings
from newsclean.training.offtopic.rarity import rarity_of
from newsclean.training.offtopic.rows import Units, make_units
from newsclean.training.offtopic.vectors import lexicon_of
from newsclean.training.texts import site_fold

__all__ = ["Fitted", "fit_offtopic"]

Floats = NDArray[np.float32]
_AT_ONCE = 300  # texts
_LANGUAGES = ("en", "de")  # of the wordings and vectors
_NEEDS_LANGUAGE = ("lean_", "meant_", "nearest")


class Fitted(NamedTuple):
    """A model without limits, the units it was fitted on, and what its judges said of them out of fold."""

    model: OfftopicModel
    units: Units
    full: Judged
    bare: Judged


def fit_offtopic(
    hosts: Sequence[Host], contexts: Contexts, threads: int = 2, say: Callable[[str], None] = lambda _: None
) -> Fitted:
    """Fit on `hosts`, with word vectors from `contexts`; `say` is told how far it is."""
    texts: dict[str, list[str]] = defaultdict(list)
    for article in contexts.articles:
        texts[article.lang].append(article.text)
    rarity = rarity_of({lang: found for lang, found in texts.items() if lang in _LANGUAGES})
    say("rarity")
    lexicons = []
    for number in range(FOLDS):
        known = [a for a in contexts.articles if site_fold(a.site, FOLDS) != number]
        lexicons.append(lexicon_of(rarity, contexts._replace(articles=known)))
        say(f"vectors without part {number}")
    lexicon = lexicon_of(rarity, contexts)
    units = make_units(hosts)
    leant = fit_leanings(units, lexicon)
    say(f"leanings of {len(units.label)} units")
    matrix, columns, fabrics = _signals(units, lexicons, leant.leans)
    say(f"{len(columns)} signals")
    full = fit_judge(units, matrix, columns, fabrics, threads, columns)
    say("judge")
    bare = fit_judge(units, matrix, columns, fabrics, threads, [c for c in columns if not _needs_language(c)])
    facts: dict[str, Any] = {"languages": list(_LANGUAGES), "limits": {}, "bare_limits": {}}
    model = OfftopicModel(lexicon, leant.classes, leant.whole, full.judge, bare.judge, facts)
    return Fitted(model, units, full, bare)


def _needs_language(column: str) -> bool:
    for lead in ("doc_", "above_", "near_"):
        column = column.removeprefix(lead)
    return column.startswith(_NEEDS_LANGUAGE)


def _signals(
    units: Units, lexicons: Sequence[Lexicon], leans: Floats
) -> tuple[Floats, tuple[str, ...], list[Fabric]]:
    """The signals of all units, each text read with the vectors that have not seen its site."""
    fold = units.fold
    matrix = np.zeros((0, 0), np.float32)
    columns: tuple[str, ...] = ()
    fabrics: dict[int, Fabric] = {}
    for number, lexicon in enumerate(lexicons):
        own = np.flatnonzero(fold == number)
        for start in range(0, len(own), _AT_ONCE):
            texts = own[start : start + _AT_ONCE]
            reading = read_units([units.documents[text] for text in texts], lexicon)
            made = reading.fabrics()
            at = np.concatenate([np.arange(units.first[text], units.first[text + 1]) for text in texts])
            found = unit_columns(reading, made, leans[at])
            if not columns:
                columns = tuple(found)
                matrix = np.zeros((len(leans), len(columns)), np.float32)
            matrix[at] = np.stack([found[name] for name in columns], axis=1)
            fabrics |= {int(text): fabric for text, fabric in zip(texts, made, strict=True)}
    return matrix, columns, [fabrics[text] for text in range(len(units.documents))]
