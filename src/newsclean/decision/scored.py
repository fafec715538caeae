"""What the scorer adds to the rules' decisions, and what of them it takes back."""

from __future__ import annotations

from typing import NamedTuple

from newsclean.decision.removal import SCORED, Removal
from newsclean.decision.sentences import parents
from newsclean.decision.signs import signs_of
from newsclean.decision.state import State
from newsclean.document import Document
from newsclean.languages import ALWAYS
from newsclean.scoring.model import Model
from newsclean.scoring.scorer import Scored
from newsclean.scoring.table import Signs

__all__ = ["Limits", "apply_scores", "limits_for", "scored_sentences"]

_COVERED = 0.8  # of a line: below that, what is not a found piece of it is a sentence of the story
_LEFT = 0.1  # of the characters of prose: a text that would lose more is not understood
_WELL_FOUNDED = (
    "certain",
    "ended",
)  # a thread of comments is known by its marks, not by each comment's looks
_GUESSED = ("carried", "ended", "hint")  # removals whose category is only that of the place
_OF_ITS_PLACE = ("caption", "byline")  # what stands above a credit or beside a byline is known by that
_SUBHEADING_WORDS, _LABEL_WORDS = 6, 3
_SENTENCE_SIZE = 40  # characters
# Of the doubt that a limit lets pass, what is let pass where a mistake would cost a piece of the story:
_INSIDE, _PROSE, _SENTENCE = 0.2, 0.5, 0.3


class Limits(NamedTuple):
    """Least probabilities of junk.

    `line` is that of a line that no rule took, `weak` of one that rules took on a guess, `certain` of one that a
    rule was certain of.
    """

    line: float
    weak: float
    certain: float


def limits_for(model: Model, profile: str, languages: tuple[str, ...]) -> Limits:
    """The limits of a profile for a text in `languages`: stricter where the scorer was not measured."""
    facts = model.facts
    # English rules run on every text, and a script brings all its languages: the best known of the others counts
    own = [code for code in languages if code != ALWAYS] or [ALWAYS]
    tier = max((facts["tiers"].get(code, "unseen") for code in own), key=facts["order"].index)
    return Limits(*facts["limits"][profile][tier])


def apply_scores(state: State, model: Model, limits: Limits, categories: frozenset[str]) -> None:
    """Score every line of `state`, whose rules have been decided on, and decide anew where that says otherwise."""
    scored = Scored(model, [state.document], signs_of(state))
    before = dict(state.removed)
    for at, probability in enumerate(scored.probability.tolist()):
        removal = state.removed.get(at)
        if removal:
            least = limits.certain if removal.how in _WELL_FOUNDED else limits.weak
            if probability < least:
                del state.removed[at]
                continue
            category = removal.category
            if removal.how in _GUESSED and category not in _OF_ITS_PLACE and at not in state.whole:
                category = scored.category(at)
            if category in categories:
                state.removed[at] = removal._replace(scored=probability, category=category)
            else:
                del state.removed[at]
        elif probability >= _least(state, at, limits.line):
            category = _category(state, scored, at)
            if category in categories:
                reason = f"scored {probability:.2f} {scored.reason(at)}"
                state.remove(at, category, SCORED, reason, probability)
    if _too_much(state):
        state.removed = before


def _least(state: State, at: int, limit: float) -> float:
    """The limit for a line that no rule took: stricter where the story is likelier to be hit."""
    doubt = 1 - limit
    shape = state.shapes[at]
    pieces = state.pieces.get(at)
    if pieces:
        line = state.document.lines[at]
        if sum(piece.end - piece.start for piece in pieces) < _COVERED * len(line):
            return 2.0  # the found pieces go, and the rest is looked at by itself in the next pass
    if shape.prose:
        doubt *= _PROSE
    elif shape.words <= _SUBHEADING_WORDS and _above_prose(state, at):
        if shape.words <= _LABEL_WORDS:
            return 2.0  # a subheading may sound just like a button
        doubt *= _INSIDE
    return 1 - doubt


def _above_prose(state: State, at: int) -> bool:
    """Whether a line stands inside the article, right above a paragraph."""
    below = at + 1
    return (
        not state.in_head(at)
        and below < len(state.shapes)
        and (state.shapes[below].prose or _is_sentence(state, below))
        and below not in state.removed
    )


def _is_sentence(state: State, at: int) -> bool:
    """Prose of few words, as languages with long words have it, or with something glued to its end."""
    shape = state.shapes[at]
    return shape.size >= _SENTENCE_SIZE and (shape.ends_sentence or at in state.pieces)


def _category(state: State, scored: Scored, at: int) -> str:
    found = state.whole.get(at)
    return found.head.category if found and found.strength != "hint" else scored.category(at)


def _too_much(state: State) -> bool:
    """Whether nearly all running text would go: then the scores are about something else than an article."""
    prose = [(at, shape.size) for at, shape in enumerate(state.shapes) if shape.prose]
    left = sum(size for at, size in prose if at not in state.removed)
    return left < _LEFT * sum(size for _, size in prose)


def scored_sentences(
    state: State, split: Document, signs: Signs, model: Model, limits: Limits, categories: frozenset[str]
) -> list[Removal]:
    """Sentences of long lines that stay, which the scorer takes for junk.

    `split` is the document with its long lines taken apart, `signs` those of its lines before any was scored.
    """
    scored = Scored(model, [split], signs)
    least = 1 - (1 - limits.line) * _SENTENCE
    found: list[Removal] = []
    lines = state.document.lines
    for at, parent in enumerate(parents(state.document, split)):
        probability = float(scored.probability[at])
        line = split.lines[at]
        if probability < least or len(line) == len(lines[parent]):
            continue
        if parent in state.removed or parent in state.spared or signs.covered[at] > 0:
            continue
        category = scored.category(at)
        if category in categories:
            reason = f"a sentence scored {probability:.2f} {scored.reason(at)}"
            found.append(Removal(line.start, line.end, category, SCORED, reason, (), probability))
    gone = sum(removal.end - removal.start for removal in found)
    total = sum(len(line) for line in lines if line.index not in state.removed)
    return found if gone <= (1 - _LEFT) * total else []
