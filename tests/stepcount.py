"""Work counted, not timed: lines of the library's code that run."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import newsclean

_LIBRARY = Path(newsclean.__file__).parent


def lines_run(call: Callable[..., Any], *args: Any, within: tuple[str, ...] = ("",)) -> Counter[str]:
    """How many lines run in ``call(*args)``, by function; turns of loops are counted each.

    Only those of the modules `within` (paths in the library, "decision/" say) are counted.
    """
    places = tuple(str(_LIBRARY / place) for place in within)
    counts: Counter[CodeType] = Counter()

    def line(frame: FrameType, event: str, _arg: object) -> Any:
        if event == "line":
            counts[frame.f_code] += 1
        return line

    def enter(frame: FrameType, _event: str, _arg: object) -> Any:
        return line if frame.f_code.co_filename.startswith(places) else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        call(*args)
    finally:
        sys.settrace(before)
    by_name: Counter[str] = Counter()
    for code, count in counts.items():
        by_name[f"{Path(code.co_filename).stem}.{code.co_qualname}"] += count
    return by_name


def grown(fewer: Counter[str], more: Counter[str], times: float, apart: int) -> dict[str, tuple[int, int]]:
    """The functions that ran more than `times` as often, small differences apart."""
    return {name: (fewer[name], count) for name, count in more.items() if count > times * fewer[name] + apart}
