"""What the rules found and decided about a document's lines, as the scorer takes it."""

from __future__ import annotations

import numpy as np

from newsclean.categories import CATEGORIES
from newsclean.decision.removal import SCORES
from newsclean.decision.sentences import parents
from newsclean.decision.state import State
from newsclean.document import Document
from newsclean.evidence import RANK
from newsclean.scoring.table import Signs

__all__ = ["signs_of", "split_signs"]

_NUMBER = {name: number for number, name in enumerate(CATEGORIES)}
_CERTAIN = RANK["certain"] + 1
_WHOLE = 0.9  # of a sentence: so much of it found is as good as all


def signs_of(state: State) -> Signs:
    """The signs of each line, once the rules have been decided on."""
    lines = len(state.shapes)
    strength, surety, covered = (np.zeros(lines, dtype=np.float32) for _ in range(3))
    category = np.full(lines, -1, dtype=np.int64)
    for at, found in state.whole.items():
        strength[at] = RANK[found.strength] + 1
        category[at] = _NUMBER[found.head.category]
    for at, removal in state.removed.items():
        surety[at] = removal.score
        category[at] = _NUMBER[removal.category]
    for at, pieces in state.pieces.items():
        if pieces:
            covered[at] = sum(piece.end - piece.start for piece in pieces) / len(state.document.lines[at])
    return Signs(strength, surety, category, covered)


def split_signs(state: State, split: Document) -> Signs:
    """The signs of each line of a split document: its line's, or what rules found in the sentence.

    Rules about whole lines are not tried on sentences: a title that runs into a sentence of the story would be
    found with it.
    """
    lines = state.document.lines
    own = signs_of(state)
    parent = np.array(parents(state.document, split), dtype=np.int64)
    made = Signs(own.strength[parent], own.surety[parent], own.category[parent], own.covered[parent])
    for at, line in enumerate(split.lines):
        above = lines[parent[at]]
        if len(line) == len(above) or above.index in state.removed:
            continue
        made.strength[at] = made.covered[at] = 0
        made.category[at] = -1
        for piece in state.pieces.get(above.index, ()):
            shared = min(piece.end, line.end) - max(piece.start, line.start)
            if shared > 0:
                made.covered[at] += shared / len(line)
                made.category[at] = _NUMBER[piece.head.category]
        if made.covered[at] >= _WHOLE:
            made.strength[at], made.surety[at] = _CERTAIN, SCORES["certain"]
    return made
