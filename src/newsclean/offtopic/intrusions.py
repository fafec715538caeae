"""Intrusions in a document: which go in which profile, with kind, score and reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsclean.document import Document
from newsclean.languages import ALWAYS
from newsclean.offtopic.finder import Found, find_blocks
from newsclean.offtopic.model import OfftopicModel, shipped_offtopic_model
from newsclean.offtopic.reasons import kind_of, raised_signals, reason_of
from newsclean.spans import Span

__all__ = ["Intrusion", "find_intrusions", "may_hold_intrusions"]

_LEAST_SIZE = 700  # characters: a shorter text says too little of what it is about
_MOST = 0.3  # of the characters of a text: what takes more is no intrusion, or the text no article
_SIGNALS = {"precision": 2, "balanced": 1, "recall": 1}  # signals that have to speak against a block


class Intrusion(NamedTuple):
    """``[start, end)`` of the tidy text is off topic: its kind, the probability, the signals in words."""

    start: int
    end: int
    kind: str
    score: float
    reason: str


def may_hold_intrusions(document: Document) -> bool:
    """Whether a document is long enough to tell what does not belong to it."""
    return len(document.tidy) >= _LEAST_SIZE


def find_intrusions(
    document: Document,
    profile: str,
    languages: Sequence[str],
    spared: Sequence[Span] = (),
    model: OfftopicModel | None = None,
) -> list[Intrusion]:
    """The intrusions in a document, in order; none touches `spared` (stretches of its tidy text)."""
    if not may_hold_intrusions(document):
        return []
    model = model or shipped_offtopic_model()
    facts = model.facts
    known = set(languages) - {ALWAYS} <= set(facts["languages"])
    judge, limits = (model.full, facts["limits"]) if known else (model.bare, facts["bare_limits"])
    found: list[Intrusion] = []
    room = int(_MOST * sum(len(line) for line in document.lines))
    for one in find_blocks(document, model, judge, limits[profile], list(spared)):
        signals = raised_signals(one)
        if len(signals) < _SIGNALS[profile] or one.end - one.start > room:
            continue
        room -= one.end - one.start
        found.append(_told(one, signals))
    return sorted(found)


def _told(found: Found, signals: tuple[str, ...]) -> Intrusion:
    kind = kind_of(found)
    return Intrusion(found.start, found.end, kind, round(found.score, 4), reason_of(found, kind, signals))
