"""A text on its way to the clean article: several passes of removal, told in positions of the original."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from newsclean.categories import SEPARATOR
from newsclean.evidence import Evidence
from newsclean.report import Decision, Report
from newsclean.spans import Span, complement

__all__ = ["Settling", "Trimming"]

_LINE = re.compile(r"[^\r\n]+")


class Trimming:
    """A text on its way of which only the outcome is asked; `text` is what is left of it."""

    __slots__ = ("original", "text")

    def __init__(self, original: str) -> None:
        self.original = self.text = original

    def cut(self, cuts: Iterable[tuple[int, int]]) -> None:
        """Take stretches (start and end in the current text, in order) out of the text.

        >>> trimming = Trimming("Rain fell. Share")
        >>> trimming.cut([(10, 16)])
        >>> trimming.text
        'Rain fell.'
        """
        text, at = self.text, 0
        kept: list[str] = []
        for start, end in cuts:
            kept.append(text[at:start])
            at = end
        kept.append(text[at:])
        self.text = "".join(kept)


class Settling:
    """`text` is what is left of the original so far."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original
        # What is left, in positions of the original, and where each piece starts in `text`.
        self._left = [Span(0, len(original))] if original else []
        self._starts = [0] if original else []
        self._removed: list[Decision] = []

    def remove(self, removals: Iterable[Decision]) -> None:
        """Take removals (spans of the current text, in order) out of the text."""
        gone: list[Span] = []
        for removal in removals:
            gone.append(removal.span)
            self._removed += self._in_original(removal)
        kept = list(complement(gone, len(self.text)))
        text = self.text
        self._left = [piece for span in kept for piece in self._map(span)]
        self._starts = [0, *accumulate(map(len, self._left))][:-1]
        self.text = "".join(span.of(text) for span in kept)

    def report(self, profile: str, languages: tuple[str, ...], spared: Iterable[Decision]) -> Report:
        """The report, once nothing more is to go; `spared` are findings of categories that are kept."""
        decisions = list(self._removed)
        told = [piece for decision in spared for piece in self._in_original(decision)]
        decisions += told
        taken = [decision.span for decision in decisions]
        decisions += [Decision(span, "keep") for span in complement(taken, len(self.original))]
        decisions.sort(key=lambda decision: decision.span.start)
        return Report(self.original, tuple(decisions), profile, languages)

    def _in_original(self, decision: Decision) -> Iterator[Decision]:
        """A decision about the current text as decisions about the original, one for each line it is on."""
        evidence = decision.evidence
        if self.text is not self.original:  # else, as in a first pass, positions are the original's
            evidence = tuple(self._evidence(e) for e in evidence)
        for span in self._map(decision.span):
            if decision.category == SEPARATOR:
                yield decision._replace(span=span)
                continue
            at = span.start
            for line in _LINE.finditer(self.original, span.start, span.end):
                start, end = _trimmed(self.original, *line.span())
                if at < start:
                    yield Decision(Span(at, start), decision.action, _white(decision))
                if start < end:
                    yield decision._replace(span=Span(start, end), evidence=evidence)
                at = max(start, end)
            if at < span.end:
                yield Decision(Span(at, span.end), decision.action, _white(decision))

    def _evidence(self, evidence: Evidence) -> Evidence:
        spans = list(self._map(evidence.span))
        return evidence._replace(span=Span(spans[0].start, spans[-1].end)) if spans else evidence

    def _map(self, span: Span) -> Iterator[Span]:
        """The pieces of the original that a span of the current text is made of."""
        if self.text is self.original:
            if span.start < span.end:
                yield span
            return
        for i in range(max(0, bisect_right(self._starts, span.start) - 1), len(self._left)):
            at, piece = self._starts[i], self._left[i]
            if at >= span.end:
                break
            start, end = max(span.start, at), min(span.end, at + len(piece))
            if start < end:
                yield Span(piece.start + start - at, piece.start + end - at)


def _white(decision: Decision) -> str | None:
    return SEPARATOR if decision.action == "remove" else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + len(piece.rstrip()) if piece.strip() else start + lead
