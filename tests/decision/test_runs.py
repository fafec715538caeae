from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsclean.categories import category_ids
from newsclean.decision.runs import bars, likely_runs
from newsclean.decision.state import State
from newsclean.document import read_document
from newsclean.rules.match import match_lines
from rule_helpers import PROSE, index_of, rule

LINES = (
    "Comments here",
    "Send to all",
    "Home",
    "Share this story",
    "***",
    PROSE,
    "One two three four five six",
)
INDEX = index_of(
    rule("Comments here", "One two three four five six", id="likely", strength="likely"),
    rule("Send to all", id="other", strength="likely"),
    rule("Home", id="hint", strength="hint"),
    rule("Share this story", id="certain"),
)
states = st.lists(st.tuples(st.sampled_from(LINES), st.booleans()), min_size=1, max_size=14)


def state_of(lines: list[tuple[str, bool]]) -> State:
    """A document of lines, some of them removed."""
    document = read_document("\n\n".join(line for line, _ in lines))
    state = State(document, match_lines(INDEX, document), frozenset(category_ids()), "balanced")
    for index, (_, removed) in enumerate(lines):
        if removed:
            state.remove(index, "social", "certain", "")
    return state


def run_around(state: State, index: int) -> tuple[set[str], bool]:
    """Rules of the likely lines around a line, symbols passed over, and whether a removed line ends them."""
    rules, beside = {state.whole[index].head.id}, False
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(state.shapes) and at not in state.removed:
            if state.strength(at) == "likely":
                rules.add(state.whole[at].head.id)
            elif not state.shapes[at].symbols_only:
                break
            at += step
        beside = beside or at in state.removed
    return rules, beside


@given(states)
def test_a_likely_line_is_in_the_run_of_likely_lines_around_it(lines: list[tuple[str, bool]]) -> None:
    state = state_of(lines)
    expected = {
        index: run_around(state, index)
        for index, found in state.whole.items()
        if found.strength == "likely" and index not in state.removed
    }
    runs = likely_runs(state)
    assert {index: (run.rules, run.beside_junk) for index, run in runs.items()} == expected


@given(states)
def test_lines_of_one_run_share_it(lines: list[tuple[str, bool]]) -> None:
    state = state_of(lines)
    runs = likely_runs(state)
    for index, run in runs.items():
        between = index + 1
        while (
            between in range(len(lines))
            and between not in state.removed
            and state.shapes[between].symbols_only
        ):
            between += 1
        if between in runs:
            assert runs[between] is run


@given(states)
def test_a_bar_is_four_short_found_lines_in_a_row_two_of_them_likely(lines: list[tuple[str, bool]]) -> None:
    state = state_of(lines)
    expected = set()
    for first in range(len(lines)):
        for stop in range(first + 4, len(lines) + 1):
            run = range(first, stop)
            whole = (
                all(at in state.whole for at in run)
                and first - 1 not in state.whole
                and stop not in state.whole
            )
            short = all(state.shapes[at].words <= 5 and not state.shapes[at].ends_sentence for at in run)
            if whole and short and sum(state.strength(at) == "likely" for at in run) >= 2:
                expected |= set(run)
    assert bars(state) == expected
