"""Rule expressions, run by RE2: linear in the text, whatever the expression."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

__all__ = ["compiled"]


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> Any:
    """The expression, compiled when it is first needed."""
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)
