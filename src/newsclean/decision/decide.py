"""Decisions for one document."""

from __future__ import annotations

from newsclean.decision.context import decide_lines
from newsclean.decision.guards import guard
from newsclean.decision.removal import Removal
from newsclean.decision.sentences import split_lines
from newsclean.decision.state import State
from newsclean.document import Document, may_score
from newsclean.rules.found import Found

__all__ = ["decide", "decide_by_rules"]


def decide_by_rules(
    document: Document, found: dict[int, list[Found]], profile: str, categories: frozenset[str]
) -> State:
    """The lines of a document with the removals that rules and context lead to."""
    state = State(document, found, categories, profile)
    decide_lines(state)
    guard(state)
    return state


def decide(
    document: Document,
    found: dict[int, list[Found]],
    profile: str,
    categories: frozenset[str],
    languages: tuple[str, ...] = (),
) -> tuple[list[Removal], list[Found]]:
    """The removals for a document, in order, and the findings of kept categories.

    `found` is what the rules found (by line number), `categories` those that may be removed. With `languages`
    the lines are scored too, if the document is long enough.
    """
    sentences: list[Removal] = []
    if languages and may_score(document):
        # loads numpy and the model, which a short text in a short-lived process does without
        from newsclean.decision.scored import apply_scores, limits_for, scored_sentences
        from newsclean.decision.signs import split_signs
        from newsclean.scoring.model import shipped_model

        model = shipped_model()
        # the scorer knows the signs of this profile; the others differ in their limits
        state = decide_by_rules(document, found, "balanced", categories)
        limits = limits_for(model, profile, languages)
        split = split_lines(document)
        signs = split_signs(state, split) if split else None
        apply_scores(state, model, limits, categories)
        if split and signs:
            sentences = scored_sentences(state, split, signs, model, limits, categories)
    else:
        state = decide_by_rules(document, found, profile, categories)
    removals = [*state.removed.values(), *sentences]
    for index, pieces in state.pieces.items():
        if index not in state.removed:
            removals += [Removal(p.start, p.end, p.head.category, "certain", "", (p,)) for p in pieces]
    removals.sort(key=lambda removal: removal.start)
    return removals, list(state.spared.values())
