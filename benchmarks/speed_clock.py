"""CPU time of pieces of work, each taken in turns with a yardstick, and how times grow.

CPU time of the process is what counts (`time.process_time`): time that other programs take is not in it, and a second
thread would be. A machine that is busy still slows everything down, but work and yardstick alike, so ratios hold.
"""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import linear_regression, median
from typing import NamedTuple

__all__ = ["LEAST", "Timed", "Work", "exponent", "frozen", "in_turns", "once", "steady", "times_as_long"]

Work = Callable[[], object]

#: Seconds that one measurement takes at least: work that is done sooner is repeated.
LEAST = 0.05
_TELLING = 0.5  # seconds: of work that takes longer the first time tells how often it fits into that


class Timed(NamedTuple):
    """Seconds that one pass of some work took in each round, and one pass of the yardstick right before it."""

    own: tuple[float, ...]
    yard: tuple[float, ...]

    @property
    def seconds(self) -> float:
        """The median of the rounds."""
        return median(self.own)

    @property
    def yard_seconds(self) -> float:
        """The same of the yardstick."""
        return median(self.yard)

    @property
    def ratio(self) -> float:
        """How many times as long as the yardstick: the median of the rounds' ratios."""
        return median(own / yard for own, yard in zip(self.own, self.yard, strict=True))


def in_turns(
    works: Mapping[str, Work], yardstick: Work, rounds: int, least: float = LEAST
) -> dict[str, Timed]:
    """Each of `works`, right after the yardstick, then all of them again, `rounds` times."""
    repeats = {name: _repeats(work, least) for name, work in works.items()}
    yard_repeats = _repeats(yardstick, least)
    own: dict[str, list[float]] = {name: [] for name in works}
    yard: dict[str, list[float]] = {name: [] for name in works}
    with frozen():
        for _ in range(rounds):
            for name, work in works.items():
                gc.collect()  # or the garbage of one would be collected on the next one's time
                yard[name].append(once(yardstick, yard_repeats))
                own[name].append(once(work, repeats[name]))
    return {name: Timed(tuple(own[name]), tuple(yard[name])) for name in works}


def once(work: Work, repeats: int = 1) -> float:
    """CPU seconds of one pass, measured over `repeats` of them."""
    start = time.process_time()
    for _ in range(repeats):
        work()
    # a clock that ticks seldom may not have moved
    return max(time.process_time() - start, 1e-9) / repeats


def steady(work: Work) -> float:
    """CPU seconds of one pass, over as many as are needed."""
    return once(work, _repeats(work, LEAST))


def _repeats(work: Work, least: float) -> int:
    took = once(work)  # loads what it needs
    if took < _TELLING:
        took = once(work)
    return max(1, math.ceil(least / took))


@contextmanager
def frozen() -> Iterator[None]:
    """What is loaded by now (thousands of rules) is not looked through for garbage meanwhile; may be nested."""
    already = gc.get_freeze_count() > 0
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        if not already:
            gc.unfreeze()


def times_as_long(one: Timed, other: Timed) -> float:
    """How many times as long as `other` `one` takes, both measured in the same rounds against one yardstick.

    >>> times_as_long(Timed((4.0, 8.0), (1.0, 2.0)), Timed((2.0, 4.0), (1.0, 2.0)))
    2.0
    """
    rounds = zip(one.own, one.yard, other.own, other.yard, strict=True)
    return median((a / a_yard) / (b / b_yard) for a, a_yard, b, b_yard in rounds)


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float | None:
    """How times grow with sizes: the slope of their logarithms by least squares, 1 for linear; None for one size.

    >>> round(exponent([1, 10, 100], [3, 30, 300]), 6)
    1.0
    """
    if len(set(sizes)) < 2:
        return None
    return linear_regression([math.log(size) for size in sizes], [math.log(took) for took in seconds]).slope
