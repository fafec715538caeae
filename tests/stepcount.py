"""Work counted, not timed: lines of the library's code that run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import newsclean

_LIBRARY = str(Path(newsclean.__file__).parent)


def steps(call: Callable[..., Any], *args: Any) -> int:
    """How many lines of the library run in ``call(*args)``, turns of loops counted each."""
    count = 0

    def line(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def enter(frame: FrameType, _event: str, _arg: object) -> Any:
        return line if frame.f_code.co_filename.startswith(_LIBRARY) else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        call(*args)
    finally:
        sys.settrace(before)
    return count
