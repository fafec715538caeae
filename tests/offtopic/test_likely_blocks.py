from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from offtopic_texts import relaxed

from newsclean.offtopic import blocks as module
from newsclean.offtopic.blocks import Blocks, block_columns, likely_blocks
from newsclean.offtopic.cohesion import Fabric, Held
from newsclean.offtopic.signals import LEANS

LONGEST, MOST, HOT, COLD, MEAN = 14, 150, -2.0, -4.5, -3.0
#: Log odds whose sums are exact.
odds_of_units = st.lists(st.integers(-28, 16).map(lambda value: value / 4), max_size=50)
#: Mostly cold: few blocks fit.
cold_units = st.lists(st.sampled_from((-9.0, -5.0, -4.5, -4.0, -3.0, -1.75, 2.0)), max_size=30)


def pairs(odds: list[float]) -> list[tuple[int, int]]:
    found = likely_blocks(np.array(odds, dtype=np.float32))
    return list(zip(found.start.tolist(), found.end.tolist(), strict=True))


def fits(odds: list[float]) -> bool:
    return (
        max(odds) > HOT
        and odds[0] >= COLD
        and odds[-1] >= COLD
        and sum(odds) >= MEAN * len(odds)
        and len(odds) <= LONGEST
    )


def test_the_constants_here_are_those_of_the_finder() -> None:
    names = ("_LONGEST", "_MOST", "_HOT", "_COLD", "_MEAN")
    assert [getattr(module, name) for name in names] == [LONGEST, MOST, HOT, COLD, MEAN]


@relaxed
@given(st.one_of(odds_of_units, cold_units))
def test_likely_blocks_are_the_runs_that_may_be_off_topic(odds: list[float]) -> None:
    found = pairs(odds)
    units = len(odds)
    every = [(start, end) for start in range(units) for end in range(start + 1, units + 1)]
    expected = [at for at in every if fits(odds[slice(*at)]) and at != (0, units)]
    assert len(found) == min(len(expected), MOST)
    assert set(found) <= set(expected)
    assert found == sorted(set(found))


@relaxed
@given(st.lists(st.integers(-12, 16).map(lambda value: value / 4), min_size=30, max_size=60))
def test_of_many_likely_blocks_the_best_are_taken(odds: list[float]) -> None:
    units = len(odds)
    every = [(start, end) for start in range(units) for end in range(start + 1, units + 1)]
    rank = {at: sum(odds[slice(*at)]) + at[1] - at[0] for at in every if fits(odds[slice(*at)])}
    found = pairs(odds)
    left = rank.keys() - set(found)
    if left:
        assert len(found) == MOST
        assert min(rank[at] for at in found) >= max(rank[at] for at in left)


@pytest.mark.parametrize(
    ("odds", "expected"),
    [
        ([], []),
        ([5.0], []),  # a whole text is no block of itself
        ([-9.0, -2.0, -9.0], []),  # not hot
        ([-9.0, -1.75, -9.0], [(1, 2)]),
        ([-1.75, -9.0, -9.0], [(0, 1)]),
        ([-9.0, -9.0, -1.75], [(2, 3)]),
        ([-9.0, 2.0, -4.5], [(1, 2), (1, 3)]),
        ([-9.0, 2.0, -4.75], [(1, 2)]),  # too cold an end
        ([-9.0, 2.0, -9.0, 2.0], [(1, 2), (1, 4), (3, 4)]),
        ([-9.0, 2.0, -14.0, 2.0], [(1, 2), (3, 4)]),  # too cold in the mean
    ],
)
def test_blocks_of_a_few_units(odds: list[float], expected: list[tuple[int, int]]) -> None:
    assert pairs(odds) == expected


UNIT_SIGNALS = (
    *("place", "doc_units", "glued", "par_start", "par_end"),
    *("question", "ends_sentence", "begins_lower", "ends_open", "begins_quote", "words", "initials"),
    *(f"lean_{name}" for name in LEANS),
    *("money", "year", "share_digit", "share_quote", "percent"),
)
AVERAGED, AT_ENDS = UNIT_SIGNALS[12:], UNIT_SIGNALS[5:12]


class Case:
    """Some units with signals, and all blocks of them."""

    def __init__(self, units: int, seed: int) -> None:
        random = np.random.default_rng(seed)
        self.units = units
        self.odds: NDArray[np.float32] = (random.integers(-24, 16, units) / 4).astype(np.float32)
        self.signals = {name: (random.integers(-8, 9, units) / 4).astype(np.float32) for name in UNIT_SIGNALS}
        self.size = random.integers(1, 200, units)
        weight = (random.random((units, 5)) * (random.random((units, 5)) < 0.5)).astype(np.float32)
        held = Held(weight, np.array([True, False] * 2 + [True]), np.arange(5, dtype=np.uint64))
        self.fabric = Fabric(held, random.random((units, 2)).astype(np.float32))
        self.pairs = [(start, end) for start in range(units) for end in range(start + 1, units + 1)]
        self.blocks = Blocks(*(np.array(edge) for edge in zip(*self.pairs, strict=True)))
        self.columns = block_columns(self.blocks, self.odds, self.fabric, self.signals, self.size)

    def check(self, name: str, expected: list[Any]) -> None:
        np.testing.assert_allclose(self.columns[name], expected, 1e-5, 1e-5, err_msg=name)


cases = st.builds(Case, st.integers(1, 9), st.integers(0, 10**6))


def at_or(values: list[float], at: int, none: float = -9) -> float:
    return values[at] if 0 <= at < len(values) else none


@relaxed
@given(cases)
def test_the_odds_of_a_block_are_those_of_its_units(case: Case) -> None:
    odds = [float(value) for value in case.odds]
    inside = [odds[start:end] for start, end in case.pairs]
    outside = [odds[:start] + odds[end:] for start, end in case.pairs]
    case.check("units", [len(part) for part in inside])
    case.check("odds", [sum(part) for part in inside])
    case.check("odds_mean", [sum(part) / len(part) for part in inside])
    case.check("odds_floored", [sum(max(value, -2) for value in part) for part in inside])
    case.check("odds_high", [max(part) for part in inside])
    case.check("odds_low", [min(part) for part in inside])
    case.check("odds_first", [part[0] for part in inside])
    case.check("odds_last", [part[-1] for part in inside])
    case.check("odds_elsewhere", [max(part, default=-9) for part in outside])
    case.check("hot", [sum(value > HOT for value in part) / len(part) for part in inside])
    case.check("hot_elsewhere", [sum(value > HOT for value in part) for part in outside])
    for offset in (1, 2):
        case.check(f"odds-{offset}", [at_or(odds, start - offset) for start, _ in case.pairs])
        case.check(f"odds+{offset}", [at_or(odds, end - 1 + offset) for _, end in case.pairs])


@relaxed
@given(cases)
def test_the_signals_of_a_block_are_those_of_its_units(case: Case) -> None:
    for name in AVERAGED:
        values = case.signals[name].tolist()
        inside = [values[start:end] for start, end in case.pairs]
        outside = [values[:start] + values[end:] for start, end in case.pairs]
        case.check(f"{name}_mean", [sum(part) / len(part) for part in inside])
        case.check(f"{name}_elsewhere", [sum(part) / max(len(part), 1) for part in outside])
    for name in AT_ENDS:
        case.check(f"{name}_first", [float(case.signals[name][start]) for start, _ in case.pairs])
        case.check(f"{name}_last", [float(case.signals[name][end - 1]) for _, end in case.pairs])
    for name in (*AVERAGED, *AT_ENDS):
        values = case.signals[name].tolist()
        case.check(f"{name}-1", [at_or(values, start - 1) for start, _ in case.pairs])
        case.check(f"{name}+1", [at_or(values, end) for _, end in case.pairs])


@relaxed
@given(cases)
def test_the_place_of_a_block_is_told_by_its_ends_and_size(case: Case) -> None:
    signals = {name: column.tolist() for name, column in case.signals.items()}
    written = [int(case.size[start:end].sum()) for start, end in case.pairs]
    case.check("characters", [np.log1p(size) for size in written])
    case.check("text_share", [size / case.size.sum() for size in written])
    case.check("pars", [sum(signals["par_start"][start:end]) for start, end in case.pairs])
    case.check("starts_par", [signals["par_start"][start] for start, _ in case.pairs])
    case.check("ends_par", [signals["par_end"][end - 1] for _, end in case.pairs])
    case.check("glued_start", [signals["glued"][start] for start, _ in case.pairs])
    case.check("glued_end", [at_or(signals["glued"], end, 0) for _, end in case.pairs])
    for name in ("place", "doc_units"):
        case.check(name, [signals[name][start] for start, _ in case.pairs])


@relaxed
@given(cases)
def test_the_cohesion_of_a_block_is_among_its_columns(case: Case) -> None:
    for name, column in case.fabric.columns(*case.blocks).items():
        np.testing.assert_array_equal(case.columns[name], column, name)
    for name, column in case.columns.items():
        assert column.shape == (len(case.pairs),), name
        assert np.isfinite(column).all(), name


def test_no_blocks_have_no_rows_but_all_columns() -> None:
    case = Case(5, 1)
    none = np.zeros(0, dtype=np.int64)
    columns = block_columns(Blocks(none, none), case.odds, case.fabric, case.signals, case.size)
    assert columns.keys() == case.columns.keys()
    assert {column.shape for column in columns.values()} == {(0,)}
    assert len(columns) <= 256  # a column is a byte of the trees
