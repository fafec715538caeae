"""Reports: every decision about a text, tiling it exactly, and what can be made of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from newsclean.errors import DataFormatError
from newsclean.evidence import Evidence, Strength
from newsclean.spans import Span

__all__ = ["Decision", "Report"]

Action = Literal["keep", "remove"]


class Decision(NamedTuple):
    """Keep or remove `span`, and why.

    `span` is in code points of the original text. `category` is a category id, ``"separator"`` for white
    space that goes with a removed line, or None for article text. `score` is the probability of junk.
    `evidence` says which rule found what; `reason` what in the surroundings decided, where words did not.
    """

    span: Span
    action: Action
    category: str | None = None
    score: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The decision as JSON-ready values."""
        return {
            "start": self.span.start,
            "end": self.span.end,
            "action": self.action,
            "category": self.category,
            "score": self.score,
            "evidence": [evidence.to_dict() for evidence in self.evidence],
            "reason": self.reason,
        }


class Report(NamedTuple):
    """All decisions about `original`, in order; their spans tile it.

    `error` says what went wrong inside; the text then came through unchanged.

    >>> import newsclean
    >>> report = newsclean.analyze("Rain fell all day in the valley.\\n\\nLeave a Reply")
    >>> report.text
    'Rain fell all day in the valley.'
    >>> [(d.category, d.span.of(report.original)) for d in report.removed]
    [('separator', '\\n\\n'), ('comment_template', 'Leave a Reply')]
    """

    original: str
    decisions: tuple[Decision, ...]
    profile: str = "balanced"
    languages: tuple[str, ...] = ()
    error: str | None = None

    @classmethod
    def untouched(
        cls, text: str, profile: str, languages: tuple[str, ...] = (), error: str | None = None
    ) -> Report:
        """The report on a text of which nothing is removed.

        >>> Report.untouched("Rain.", "balanced").text
        'Rain.'
        """
        kept = (Decision(Span(0, len(text)), "keep"),) if text else ()
        return cls(text, kept, profile, languages, error)

    @property
    def kept(self) -> tuple[Decision, ...]:
        """The decisions to keep."""
        return tuple(d for d in self.decisions if d.action == "keep")

    @property
    def removed(self) -> tuple[Decision, ...]:
        """The decisions to remove, separators included."""
        return tuple(d for d in self.decisions if d.action == "remove")

    @property
    def junk(self) -> tuple[Decision, ...]:
        """The removals of junk: those that are not mere separators."""
        return tuple(d for d in self.removed if d.category != "separator")

    @property
    def text(self) -> str:
        """The clean article: the kept spans joined. The very `original` if nothing is removed."""
        kept = self.kept
        if len(kept) == len(self.decisions):
            return self.original
        return "".join([d.span.of(self.original) for d in kept])

    def restore(self, text: str) -> str:
        """The original again, from the clean text and the removed spans.

        >>> import newsclean
        >>> report = newsclean.analyze("Rain.\\nLeave a Reply")
        >>> report.restore(report.text) == report.original
        True

        Raises:
            DataFormatError: if `text` is not as long as this report's clean text.
        """
        pieces: list[str] = []
        at = 0
        for decision in self.decisions:
            if decision.action == "keep":
                pieces.append(text[at : at + len(decision.span)])
                at += len(decision.span)
            else:
                pieces.append(decision.span.of(self.original))
        if at != len(text):
            raise DataFormatError(f"expected the clean text of {at} code points, got one of {len(text)}")
        return "".join(pieces)

    def offset(self, at: int) -> int:
        """The position in the original of position `at` of the clean text; its length maps to the end.

        >>> import newsclean
        >>> report = newsclean.analyze("Leave a Reply\\n\\nRain fell.")
        >>> report.text[5:], report.offset(5)
        ('fell.', 20)

        Raises:
            IndexError: if `at` lies outside the clean text.
        """
        starts, originals = self.offset_map()
        length = starts[-1]
        if not 0 <= at <= length:
            raise IndexError(f"expected a position from 0 to {length}, got {at}")
        if at == length:
            return self.kept[-1].span.end if self.kept else len(self.original)
        i = bisect_right(starts, at) - 1
        return originals[i] + at - starts[i]

    def offset_map(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Where each kept piece starts in the clean text, and where in the original; a last entry ends both.

        >>> import newsclean
        >>> newsclean.analyze("Leave a Reply\\n\\nRain fell.").offset_map()
        ((0, 10), (15, 25))
        """
        starts, originals, at = [], [], 0
        for decision in self.kept:
            starts.append(at)
            originals.append(decision.span.start)
            at += len(decision.span)
        return (*starts, at), (*originals, len(self.original))

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values; `from_dict` reads it back."""
        return {
            "original": self.original,
            "profile": self.profile,
            "languages": list(self.languages),
            "error": self.error,
            "decisions": [decision.to_dict() for decision in self.decisions],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """The report that `to_dict` wrote.

        Raises:
            DataFormatError: fields that are missing or of another kind, or spans that do not tile the text.
        """
        try:
            decisions = tuple(_decision(entry) for entry in data["decisions"])
            original, error = data["original"], data.get("error")
            languages = tuple(data.get("languages", ()))
        except (KeyError, TypeError) as problem:
            raise DataFormatError(f"expected a report as to_dict writes it, got {problem}") from problem
        at = 0
        for decision in decisions:
            if decision.span.start != at or decision.span.end <= at:
                raise DataFormatError(f"expected spans that tile the text, got a gap at {at}")
            at = decision.span.end
        if not isinstance(original, str) or at != len(original):
            raise DataFormatError(f"expected spans that tile the text, got them up to {at}")
        return cls(original, decisions, data.get("profile", "balanced"), languages, error)


def _decision(entry: Mapping[str, Any]) -> Decision:
    evidence = tuple(
        Evidence(
            e["rule"],
            e["category"],
            _strength(e["strength"]),
            Span(e["start"], e["end"]),
            e["why"],
            e.get("kind", ""),
        )
        for e in entry["evidence"]
    )
    action: Action = "remove" if entry["action"] == "remove" else "keep"
    return Decision(
        Span(entry["start"], entry["end"]), action, entry["category"], entry["score"], evidence,
        entry["reason"],
    )  # fmt: skip


def _strength(name: str) -> Strength:
    return "certain" if name == "certain" else "likely" if name == "likely" else "hint"
