"""Where the kernel's time goes: its own account by phase, what telling languages takes, and what handing over does.

A kernel remembers lines in which the rules found nothing, so that texts met again cost less: `forgetting` makes them
new before each pass.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from newsclean.cleaner import Cleaner
from newsclean.native.languages import languages_of
from newsclean.native.loading import code_points, kernel
from newsclean.native.looks import PHASES, Looks
from speed_clock import Timed, Work, frozen, once

__all__ = ["HAND_OVER", "LANGUAGES", "forgetting", "kernel_phases", "one_by_one"]

LANGUAGES, HAND_OVER = "languages (CLD2)", "hand over"
_BLOCK = 64  # texts
_TIMES = 50  # that one text is cleaned in a round


def forgetting(cleaner: Cleaner, work: Work) -> Work:
    """`work` of a cleaner to which all lines are new, each time."""

    def forgetful() -> object:
        looks = cleaner._kernel()
        if looks is not None:
            looks.forget()
        return work()

    return forgetful


def one_by_one(cleaner: Cleaner, text: str, yardstick: Work, rounds: int) -> Timed:
    """Seconds of `clean` on one text that is new each time, and of the yardstick, right after each other."""
    looks = cleaner._kernel()
    own, yard = [], []
    cleaner.clean(text)  # loads what it needs
    with frozen():
        for _ in range(rounds):
            spent = beside = 0.0
            for _ in range(_TIMES):
                if looks is not None:
                    looks.forget()
                spent += once(lambda: cleaner.clean(text))
                beside += once(yardstick)
            own.append(spent / _TIMES)
            yard.append(beside / _TIMES)
    return Timed(tuple(own), tuple(yard))


def kernel_phases(texts: Sequence[str], yardstick: Work, rounds: int) -> dict[str, Timed]:
    """Seconds that one look at each of the texts takes in each phase, beside those of the yardstick; {} without a kernel."""
    cleaner = Cleaner()
    looks = cleaner._kernel()
    if looks is None:
        return {}
    _look(looks, texts)  # loads what it needs
    own: dict[str, list[float]] = {name: [] for name in (*PHASES, LANGUAGES, HAND_OVER)}
    yard: list[float] = []
    with frozen():
        for _ in range(rounds):
            yard.append(once(yardstick))
            looks.forget()
            before = looks.times()
            whole = once(lambda: _look(looks, texts))
            spent = {name: seconds - before[name] for name, seconds in looks.times().items()}
            spent[LANGUAGES] = once(lambda: _languages(texts))
            spent[HAND_OVER] = max(whole - sum(spent.values()), 0.0)
            for name, seconds in spent.items():
                own[name].append(max(seconds, 1e-9))
    return {name: Timed(tuple(seconds), tuple(yard)) for name, seconds in own.items()}


def _look(looks: Looks, texts: Sequence[str]) -> None:
    for start in range(0, len(texts), _BLOCK):
        looks.passes(texts[start : start + _BLOCK], None, told=False)


def _languages(texts: Sequence[str]) -> None:
    library = kernel()
    assert library is not None
    for text in texts:
        codes = ctypes.c_char_p(code_points(text))
        languages_of(library, ctypes.cast(codes, ctypes.c_void_p).value or 0, len(text))
