"""A removal that has been decided on, still in positions of the tidy text."""

from __future__ import annotations

from typing import NamedTuple

from newsclean.rules.found import Found

__all__ = ["SCORED", "SCORES", "Removal"]

#: How a line was decided on that the scorer alone took.
SCORED = "scored"
#: Probability of junk that stands behind each way of deciding, where a text is too short to be scored: shares of
#: junk among the lines so removed on the hand-labelled development pages, rounded down.
#: `carried` goes with a neighbour, `ended` stands below what ends the article.
SCORES = {"certain": 0.99, "likely": 0.92, "carried": 0.88, "ended": 0.88, "hint": 0.85}


class Removal(NamedTuple):
    """``[start, end)`` goes, as `category`, because of `found` and the place it stands in (`reason`).

    `how` it was decided on is a key of `SCORES` or `SCORED`; `reason` is for people only. `scored` is the scorer's
    probability of junk, if the line was scored.
    """

    start: int
    end: int
    category: str
    how: str
    reason: str
    found: tuple[Found, ...]
    scored: float | None = None

    @property
    def by_scorer(self) -> bool:
        """Whether no rule took the line."""
        return self.how == SCORED

    @property
    def score(self) -> float:
        """Probability of junk."""
        return SCORES[self.how] if self.scored is None else self.scored
