"""What matching reports."""

from __future__ import annotations

from typing import NamedTuple

from newsclean.evidence import Strength
from newsclean.rules.pack import RuleHead

__all__ = ["Found"]


class Found(NamedTuple):
    """`head` says that ``[start, end)`` of the tidy text is junk.

    `strength` may be less than the rule's own where several rules had to be put together.
    """

    start: int
    end: int
    head: RuleHead
    strength: Strength
