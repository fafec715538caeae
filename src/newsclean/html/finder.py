"""Which blocks of a page are the article: a score for each, and the choice among them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from newsclean.html.model import PageModel
from newsclean.html.naming import TYPES
from newsclean.html.parsing import Parsed
from newsclean.html.reasons import score_reasons
from newsclean.html.shape import Floats
from newsclean.html.signals import NAMES, block_signals
from newsclean.scoring.forest import Forest

__all__ = ["Found", "best_limit", "find_blocks", "picks_article", "probabilities"]

#: From this probability on a page is judged by the head that was fitted on articles alone.
_ARTICLE_HEAD = 0.97
#: From this probability on that a page is an article, its blocks are kept from a fixed limit on, if the best one is usual.
_ARTICLE_PAGE, _ARTICLE_LIMIT, _USUAL = 0.9, 0.55, 0.35
#: Two blocks in five are told by so many trees already: of 16,000 blocks below these log odds not one rose above -1.
_FIRST_TREES, _HOPELESS = 30, -3.0
_LOWEST, _HIGHEST = 0.2, 0.6
_ARTICLE = TYPES.index("article")


class Found(NamedTuple):
    """The probability of each block to be the article's, the limit from which on it is kept, and of each page type."""

    scores: Floats
    limit: float
    types: Floats
    reasons: list[str] = []  # noqa: RUF012 (never changed)


def find_blocks(parsed: Parsed, model: PageModel, reasons: bool = False) -> Found:
    """Score the blocks of a page, with `reasons` on demand; a page without blocks has no scores."""
    types = model.naming.type_probabilities(parsed.page.keys, parsed.hints, len(parsed.texts))
    if not parsed.texts:
        return Found(np.zeros(0, dtype=np.float32), _ARTICLE_LIMIT, types)
    signals = block_signals(parsed, model.naming, types)
    head = model.article if picks_article(types) else model.general
    scores = probabilities(_odds(head, signals))
    limit = best_limit(scores, signals[:, NAMES.index("words")], types)
    return Found(scores, limit, types, score_reasons(head, signals) if reasons else [])


def probabilities(odds: Floats) -> Floats:
    """The probabilities of log odds.

    >>> probabilities(np.array([0.0, -1000.0])).round(3).tolist()
    [0.5, 0.0]
    """
    made: Floats = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
    return made


def _odds(forest: Forest, signals: Floats) -> Floats:
    """The log odds of each block; those that the first trees hold for hopeless are not shown to the others."""
    odds = forest._replace(root=forest.root[:_FIRST_TREES]).sums(signals)[:, 0]
    hopeful = np.flatnonzero(odds > _HOPELESS)
    if len(hopeful) and len(forest.root) > _FIRST_TREES:
        odds[hopeful] += forest._replace(root=forest.root[_FIRST_TREES:]).sums(signals[hopeful])[:, 0]
    return odds


def picks_article(types: Floats) -> bool:
    """Whether a page is so likely an article that the head for articles judges it."""
    return bool(types[_ARTICLE] >= _ARTICLE_HEAD)


def best_limit(scores: Floats, log_words: Floats, types: Floats) -> float:
    """The probability from which on blocks are kept.

    It is where the F1 to expect of what is kept is highest (Nan et al., "Optimizing F-measures", 2012), within bounds;
    on articles whose blocks are as sure as they mostly are it is fixed. An article of a kind that was never seen, all of
    whose blocks score low, is not lost this way.
    """
    words = np.expm1(log_words)
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum((scores * words)[order])
    expected = 2 * right / (np.cumsum(words[order]) + max(float(right[-1]), 1e-6))
    limit = float(np.clip(scores[order][int(np.argmax(expected))], _LOWEST, _HIGHEST))
    return _ARTICLE_LIMIT if limit >= _USUAL and types[_ARTICLE] >= _ARTICLE_PAGE else limit
