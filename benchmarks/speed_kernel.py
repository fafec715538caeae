"""Where the time goes in the compiled kernel: its phases, and what Python does around them.

A look is one `Looks.passes` over a block of texts without evidence, as `clean` takes it (`clean` takes another look at
texts in which something went). The kernel counts the seconds of its phases by the clock on the wall; here every round's
looks are timed by that clock and as CPU time, and the parts are the shares by the clock of the CPU time. What another
program took meanwhile is spread over all of them, so shares hold on a machine that is busy, and add up.
"""

from __future__ import annotations

import gc
import math
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from statistics import median
from typing import Any, NamedTuple

from newsclean.blocks import in_blocks
from newsclean.cleaner import Cleaner
from newsclean.native import looks as looks_module
from newsclean.native.loading import OFF, kernel
from speed_clock import LEAST, Timed, Work, frozen, once

__all__ = ["AROUND", "HAND_OVER", "LANGUAGES", "LOADED", "LookTimes", "kernel_state", "left_to_python", "look_times"]

LOADED = "does the work"
HAND_OVER, LANGUAGES = "hand over", "languages"
#: What is done around the kernel's own phases.
AROUND = (HAND_OVER, LANGUAGES)
#: Long enough for every phase: it is scored, and off-topic blocks are looked for.
_TRIAL = "\n".join([
    *(f"Rain fell in the valley on day {day}, and the mayor said that the river would not rise." for day in range(9)),
    "Leave a Reply",
])  # fmt: skip


class LookTimes(NamedTuple):
    """Times of a look at all texts, and of its parts in order, round by round."""

    whole: Timed
    parts: Mapping[str, Timed]

    def share(self, name: str) -> float:
        """The share of a part: the median of the rounds."""
        pairs = zip(self.parts[name].own, self.whole.own, strict=True)
        return median(part / whole for part, whole in pairs)


@cache
def kernel_state() -> str:
    """Whether the compiled kernel does the work, and if not, why: seen by a trial, as `Cleaner` hides a failure."""
    if os.environ.get(OFF, "0") != "0":
        return "off"
    if kernel() is None:
        return "not there, or not of these sources"
    try:
        looks = Cleaner()._kernel()
        if looks is None:
            return "not taken by the cleaner"
        if None in looks.passes([_TRIAL, "Rain."], None, False) + looks.passes([_TRIAL], None, True):
            return "leaves a plain text to Python"
    except Exception as error:  # a cleaner goes on without the kernel
        return f"fails: {type(error).__name__}: {error}"
    return LOADED


def left_to_python(texts: Sequence[str]) -> int:
    """How many of the texts the kernel gives no answer on, all of them where it does not work."""
    if kernel_state() != LOADED:
        return len(texts)
    looks = Cleaner()._kernel()
    return sum(one is None for block in in_blocks(list(texts), len) for one in looks.passes(block, None, False))


def look_times(
    texts: Sequence[str], yardstick: Work, rounds: int, cleaner: Cleaner | None = None
) -> LookTimes | None:
    """Times of the parts of looks, right behind the yardstick, `rounds` times; None where the kernel does not work."""
    cleaner = cleaner or Cleaner()
    looks = cleaner._kernel() if kernel_state() == LOADED else None
    if looks is None:
        return None
    blocks = list(in_blocks(list(texts), len))
    with _languages_timed() as languages:

        def look() -> None:
            for block in blocks:
                looks.passes(block, cleaner.languages, False)

        look()  # loads what it needs
        repeats = max(1, math.ceil(LEAST / once(look)))
        yard_repeats = max(1, math.ceil(LEAST / once(yardstick)))
        own: list[Mapping[str, float]] = []
        yard: list[float] = []
        with frozen():
            for _ in range(rounds):
                gc.collect()
                yard.append(once(yardstick, yard_repeats))
                own.append(_parts(looks, look, languages, repeats))
    parts = {name: Timed(tuple(times[name] for times in own), tuple(yard)) for name in own[0]}
    whole = Timed(tuple(sum(times.values()) for times in own), tuple(yard))
    return LookTimes(whole, parts)


def _parts(looks: Any, look: Work, languages: Callable[[], float], repeats: int) -> dict[str, float]:
    """CPU seconds of each part of one look over all texts, over `repeats` of them."""
    phases, told = looks.times(), languages()
    start = time.perf_counter()
    taken = once(look, repeats)
    wall = time.perf_counter() - start
    told = languages() - told
    inside = {name: seconds - phases[name] for name, seconds in looks.times().items()}
    over = max(0.0, wall - told - sum(inside.values()))
    parts = {HAND_OVER: over, LANGUAGES: told, **inside}
    together = sum(parts.values())
    return {name: taken * seconds / together for name, seconds in parts.items()}


@contextmanager
def _languages_timed() -> Iterator[Callable[[], float]]:
    """What tells how many seconds languages have been looked for, in looks."""
    own = looks_module.languages_of
    passed = 0.0

    def timed(*arguments: Any) -> tuple[str, ...]:
        nonlocal passed
        start = time.perf_counter()
        try:
            return own(*arguments)
        finally:
            passed += time.perf_counter() - start

    looks_module.languages_of = timed
    try:
        yield lambda: passed
    finally:
        looks_module.languages_of = own
