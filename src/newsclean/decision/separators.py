"""The white space that goes with what is removed: no run of blank lines is left, nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsclean.spans import Span, complement

__all__ = ["separator_spans"]

# Everything `folding` treats as a blank or as invisible, short of accents, plus line breaks.
_WHITE = (
    r"[\s\x1c-\x1f\x85\xa0\xad\u034f\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f"
    r"\u3000\ufe00-\ufe0f\ufeff]*"
)
_AFTER = re.compile(_WHITE)
_BREAKS = re.compile(r"[\r\n](?:.*[\r\n])?", re.DOTALL)
_CLOSING = ".,;:!?)]}»”’…。，"


def separator_spans(text: str, removed: Sequence[Span]) -> Iterator[Span]:
    """White space to remove along with `removed` (sorted, apart, none blank) from `text`.

    >>> text = "One.\\n\\nJUNK\\n\\nTwo."
    >>> list(separator_spans(text, [Span(6, 10)]))
    [Span(start=10, end=12)]
    """
    at = 0
    while at < len(removed):
        group = [removed[at]]
        gaps = [Span(_white_before(text, group[0].start), group[0].start)]
        while True:
            after = Span(group[-1].end, _white_after(text, group[-1].end))
            gaps.append(after)
            at += 1
            if at == len(removed) or removed[at].start != after.end:
                break
            group.append(removed[at])
        yield from _group(text, gaps)


def _white_after(text: str, at: int) -> int:
    found = _AFTER.match(text, at)
    return found.end() if found else at


def _white_before(text: str, at: int) -> int:
    while at > 0 and _is_white(text[at - 1]):
        at -= 1
    return at


def _is_white(char: str) -> bool:
    return _AFTER.fullmatch(char) is not None


def _group(text: str, gaps: Sequence[Span]) -> Iterator[Span]:
    """What goes of the gaps before, between and after removed spans that only white space parts."""
    kept = _kept_white(text, gaps)
    for gap in gaps:
        inside = [span.shift(-gap.start) for span in kept if gap.start <= span.start < gap.end]
        yield from (span.shift(gap.start) for span in complement(inside, len(gap)))


def _kept_white(text: str, gaps: Sequence[Span]) -> list[Span]:
    first, last = gaps[0], gaps[-1]
    if first.start == 0 and last.end == len(text):
        return []
    if last.end == len(text):  # the white space that ends the text ends it still
        return [last]
    breaks = [(gap, found) for gap in gaps if (found := _BREAKS.search(text, gap.start, gap.end))]
    ends_line = bool(breaks) and breaks[-1][0] == last
    if first.start == 0:
        if not ends_line:
            return [first]
        lead = breaks[0][1].end() if breaks[0][0] == first else first.start
        return [Span(first.start, lead), Span(breaks[-1][1].end(), last.end)]
    if not breaks:
        if len(first) and not len(last) and text[last.end] in _CLOSING:
            return []
        return [first] if len(first) else [last]
    kept = []
    if breaks[0][0] == first:  # blanks that end the kept line before
        kept.append(Span(first.start, breaks[0][1].start()))
    number = min(range(len(breaks)), key=lambda n: _preference(breaks[n][1][0], n))
    kept.append(Span(*breaks[number][1].span()))
    gap, found = breaks[-1]
    kept.append(Span(found.end(), gap.end))  # the indentation of the line that follows
    return kept


def _preference(breaks: str, number: int) -> tuple[int, int, int]:
    """Order in which line breaks are kept: the smallest paragraph break, else the first line break."""
    count = breaks.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    return (0, count, number) if count >= 2 else (1, 0, number)
