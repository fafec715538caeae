"""Evidence: what one rule (or the scorer) says about one span."""

from __future__ import annotations

from typing import Literal, NamedTuple

from newsclean.spans import Span

__all__ = ["RANK", "Evidence", "Strength"]

Strength = Literal["certain", "likely", "hint"]

#: Order of the strengths, for picking the strongest.
RANK: dict[str, int] = {"hint": 0, "likely": 1, "certain": 2}


class Evidence(NamedTuple):
    """One finding: `rule` says that `span` is junk of `category`, as surely as `strength`.

    `span` is in code points of the text that was analysed. `why` is the reason in words. `kind` tells what sort of its
    category it is, where the category has sorts: an off-topic block is a "question-and-answer aside", a
    "promotion", a piece of an "other story", "keyword stuffing", or a "writing-machine leftover".
    """

    rule: str
    category: str
    strength: Strength
    span: Span
    why: str = ""
    kind: str = ""

    def to_dict(self) -> dict[str, object]:
        """The evidence as JSON-ready values."""
        return {
            "rule": self.rule,
            "category": self.category,
            "strength": self.strength,
            "start": self.span.start,
            "end": self.span.end,
            "why": self.why,
            "kind": self.kind,
        }
