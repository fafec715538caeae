"""Intrusions in a document: which go in which profile, with kind, score and reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from newsclean.document import Document
from newsclean.languages import ALWAYS
from newsclean.offtopic.finder import find_blocks
from newsclean.offtopic.model import OfftopicModel, shipped_offtopic_model
from newsclean.offtopic.reasons import Exhibit, kind_of, raised_signals, reason_of
from newsclean.spans import Span

__all__ = ["MOST", "Candidate", "Intrusion", "chosen", "find_intrusions", "may_hold_intrusions"]

_LEAST_SIZE = 700  # characters: a shorter text says too little of what it is about
#: Of the characters of a text: what takes more is no intrusion, or the text no article.
MOST = 0.3
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
    room = int(MOST * sum(len(line) for line in document.lines))
    return chosen(find_blocks(document, model, judge, limits[profile], list(spared)), profile, room)


class Candidate(Exhibit, Protocol):
    """A block that is likely enough to be an intrusion, and where it stands."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def score(self) -> float:
        """The probability that it is one."""


def chosen(candidates: Iterable[Candidate], profile: str, room: int) -> list[Intrusion]:
    """The intrusions among blocks (likeliest first) against which enough signals speak, as far as there is `room`.

    `room` is in characters.
    """
    found: list[Intrusion] = []
    for one in candidates:
        signals = raised_signals(one)
        if len(signals) < _SIGNALS[profile] or one.end - one.start > room:
            continue
        room -= one.end - one.start
        found.append(_told(one, signals))
    return sorted(found)


def _told(found: Candidate, signals: tuple[str, ...]) -> Intrusion:
    kind = kind_of(found)
    return Intrusion(found.start, found.end, kind, round(found.score, 4), reason_of(found, kind, signals))
