"""Sentences of long lines: scored like lines, each in its place, and cut out where they are junk."""

from __future__ import annotations

from newsclean.document import Document, Line
from newsclean.sentences import sentence_spans

__all__ = ["parents", "split_lines"]

_LONG = 1000  # characters from which on a line is taken apart


def split_lines(document: Document) -> Document | None:
    """The document with each sentence of its long lines as a line; None if it has no long line.

    >>> from newsclean.document import read_document
    >>> split_lines(read_document("Rain fell."))
    >>> len(split_lines(read_document("Rain fell all day. " * 60)).lines)
    60
    """
    if all(len(line) < _LONG for line in document.lines):
        return None
    lines: list[Line] = []
    for line in document.lines:
        if len(line) < _LONG:
            lines.append(Line(len(lines), line.start, line.end, line.gap))
            continue
        for number, (start, end) in enumerate(sentence_spans(document.tidy, line.start, line.end)):
            lines.append(Line(len(lines), start, end, 0 if number else line.gap))
    return document._replace(lines=tuple(lines))


def parents(document: Document, split: Document) -> list[int]:
    """For each line of a split document the line of the document that it is of."""
    found = []
    at = 0
    for line in split.lines:
        while document.lines[at].end < line.end:
            at += 1
        found.append(at)
    return found
