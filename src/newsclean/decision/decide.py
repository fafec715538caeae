"""Decisions for one document."""

from __future__ import annotations

from newsclean.decision.context import decide_lines
from newsclean.decision.guards import guard
from newsclean.decision.removal import Removal
from newsclean.decision.state import State
from newsclean.document import Document
from newsclean.rules.found import Found

__all__ = ["decide"]


def decide(
    document: Document, found: dict[int, list[Found]], profile: str, categories: frozenset[str]
) -> tuple[list[Removal], list[Found]]:
    """The removals for a document, in order, and the findings of kept categories.

    `found` is what the rules found (by line number), `categories` those that may be removed.
    """
    state = State(document, found, categories, profile)
    decide_lines(state)
    guard(state)
    removals = list(state.removed.values())
    for index, pieces in state.pieces.items():
        if index not in state.removed:
            removals += [Removal(p.start, p.end, p.head.category, "certain", "", (p,)) for p in pieces]
    removals.sort(key=lambda removal: removal.start)
    return removals, list(state.spared.values())
