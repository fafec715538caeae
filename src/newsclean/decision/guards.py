"""Never-lose guards: what is taken back when a decision would cost too much."""

from __future__ import annotations

from newsclean.decision.state import State

__all__ = ["guard"]

_LONG = 300  # characters of a line that only certain evidence may remove
_MAY_BE_LONG = ("certain", "ended")
_LEFT = 0.25  # of the characters not certainly junk that have to be left


def guard(state: State) -> None:
    """Take back removals that rest on guesses and would cost the article too much.

    A long line goes only on certain evidence (or in a comment thread below the article), and an article is
    never emptied, or nearly so, by anything but certain evidence.
    """
    for index, removal in list(state.removed.items()):
        if state.shapes[index].size > _LONG and removal.how not in _MAY_BE_LONG:
            del state.removed[index]
    lines = state.document.lines
    open_to_guess = [
        line
        for line in lines
        if line.index not in state.removed or state.removed[line.index].how != "certain"
    ]
    left = sum(len(line) for line in open_to_guess if line.index not in state.removed)
    if open_to_guess and left < _LEFT * sum(map(len, open_to_guess)):
        for line in open_to_guess:
            state.removed.pop(line.index, None)
