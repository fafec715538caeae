"""Runs of lines that rules found: each is gone through once, not once for each of its lines."""

from __future__ import annotations

from newsclean.decision.state import State

__all__ = ["Run", "bars", "likely_runs"]

_LONG_RUN, _LIKELY_IN_RUN = 4, 2  # a bar of buttons: found lines in a row, and how many of them likely
_BUTTON_WORDS = 5


class Run:
    """An unbroken run of likely lines, bullets and symbols passed over.

    `rules` are the ids of the rules that found them; `beside_junk` says that a removed line ends the run, or
    was part of it.
    """

    __slots__ = ("beside_junk", "rules")

    def __init__(self, rules: set[str], beside_junk: bool) -> None:
        self.rules, self.beside_junk = rules, beside_junk


def likely_runs(state: State) -> dict[int, Run]:
    """The run of each likely line that is not removed; the lines of a run share it."""
    runs: dict[int, Run] = {}
    run: Run | None = None
    beside = False  # a removed line is the last that was met, symbols apart
    for at, shape in enumerate(state.shapes):
        if at in state.removed:
            if run:
                run.beside_junk = True
            run, beside = None, True
        elif state.strength(at) == "likely":
            run = run or Run(set(), beside)
            run.rules.add(state.whole[at].head.id)
            runs[at] = run
        elif not shape.symbols_only:
            run, beside = None, False
    return runs


def bars(state: State) -> set[int]:
    """The lines of bars of buttons: unbroken runs of short found lines, hints too."""
    lines: set[int] = set()
    found = sorted(state.whole)
    first = 0
    for last, at in enumerate(found):
        if last + 1 < len(found) and found[last + 1] == at + 1:
            continue
        run, first = found[first : last + 1], last + 1
        # Lines of dates and names in a row are a table or a timeline.
        likely = sum(
            state.strength(at) == "likely" and state.whole[at].head.category != "byline" for at in run
        )
        if len(run) >= _LONG_RUN and likely >= _LIKELY_IN_RUN and all(_is_button(state, at) for at in run):
            lines.update(run)
    return lines


def _is_button(state: State, index: int) -> bool:
    shape = state.shapes[index]
    return shape.words <= _BUTTON_WORDS and not shape.ends_sentence and not shape.table
