"""Sentences of a stretch of text, also where no blank parts them."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["sentence_spans"]

_WINDOW = 3000  # longest stretch that is split at once: splitting is not linear on quotation marks


def sentence_spans(tidy: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of ``tidy[start:end]``, white space left out.

    >>> list(sentence_spans("Rain fell.Snow followed. ", 0, 25))
    [(0, 10), (10, 24)]
    """
    import sentencex

    at = start
    while at < end:
        stop = min(end, at + _WINDOW)
        if stop < end:
            blank = tidy.rfind(" ", at + _WINDOW // 2, stop)
            stop = blank if blank > 0 else stop
        pieces = list(sentencex.segment("en", tidy[at:stop]))
        if stop < end and len(pieces) > 1:  # the last may go on: it is looked at again
            stop -= len(pieces.pop())
        for piece in pieces:
            bare = piece.strip()
            if bare:
                begin = at + piece.index(bare)
                yield begin, begin + len(bare)
            at += len(piece)
        at = stop
