"""A removal that has been decided on, still in positions of the tidy text."""

from __future__ import annotations

from typing import NamedTuple

from newsclean.rules.found import Found

__all__ = ["SCORES", "Removal"]

#: Probability of junk that stands behind each way of deciding. Estimates, until a scorer is calibrated.
SCORES = {"certain": 0.99, "likely": 0.92, "carried": 0.88, "hint": 0.85}


class Removal(NamedTuple):
    """``[start, end)`` goes, as `category`, because of `found` and the place it stands in (`reason`)."""

    start: int
    end: int
    category: str
    score: float
    reason: str
    found: tuple[Found, ...]
