"""Spans: half-open ranges of code points, the currency of the whole library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["Span", "complement", "merge"]


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points of one text.

    Like all values here that texts are made into by the thousand, a named tuple: it is made three times as
    fast as a frozen dataclass, and start-up is spared the import of `dataclasses` and `inspect`.

    >>> Span(2, 5).of("abcdefg")
    'cde'
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The piece of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point.

        >>> Span(0, 2).overlaps(Span(2, 3))
        False
        """
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The span moved by `by` code points."""
        return Span(self.start + by, self.end + by)


def merge(spans: Iterable[Span]) -> list[Span]:
    """Sort spans and join those that touch or overlap; empty ones vanish.

    >>> merge([Span(3, 4), Span(0, 2), Span(2, 3), Span(6, 6)])
    [Span(start=0, end=4)]
    """
    merged: list[Span] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if merged and span.start <= merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def complement(spans: Iterable[Span], length: int) -> Iterator[Span]:
    """What `spans` leave of ``[0, length)``, in order.

    >>> list(complement([Span(1, 2)], 4))
    [Span(start=0, end=1), Span(start=2, end=4)]
    """
    at = 0
    for span in merge(spans):
        if at < span.start:
            yield Span(at, span.start)
        at = span.end
    if at < length:
        yield Span(at, length)
