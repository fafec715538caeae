"""Units: the pieces between which an intrusion may begin or end, mostly sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsclean.document import Document, Line
from newsclean.sentences import sentence_spans

__all__ = ["units_of"]

# Words that begin sentences and that nothing but a sentence begins with a capital. After a word without a
# full stop, a cut-off snippet ("… and its value is put at") may have ended there and the article gone on.
_BEGINS = (
    "The This That These Those It He She They We But And For In At On If As When While After Before Since There "
    "His Her Their Our Its Some Many Most Both Each Another Such However Although According What How Why Who "
    "To From With By Because Despite Now Then Here Also Still Yet So Even Once Until Under "
    "Die Der Das Es Er Sie Wir Im Am An Auf Bei Mit Nach Vor Für Von Zu Zum Zur Über Unter Durch Wenn Weil "
    "Als Auch Aber Doch Dabei Damit Dazu Dies Diese Dieser Dieses Ein Eine Einen Und Wer Wie Was Warum Zudem"
)
_CUT_OFF = re.compile(
    rf"(?:[a-zäöüß0-9,](?= (?=[A-ZÄÖÜ])(?:{'|'.join(_BEGINS.split())}) )|(?::|[.!?]\))(?= [A-ZÄÖÜ]))"
)


def units_of(document: Document) -> Document:
    """The document with each sentence as a line; one that begins a line keeps its gap, the others have none.

    >>> from newsclean.document import read_document
    >>> len(units_of(read_document("Rain fell.Snow followed and The wind rose.\\n\\nIt was cold.")).lines)
    4
    """
    lines: list[Line] = []
    for line in document.lines:
        for number, (start, end) in enumerate(_units(document.tidy, line.start, line.end)):
            lines.append(Line(len(lines), start, end, 0 if number else line.gap))
    return document._replace(lines=tuple(lines))


def _units(tidy: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if not _CUT_OFF.search(tidy, start, end):  # as in most paragraphs
        yield from sentence_spans(tidy, start, end)
        return
    for begin, stop in sentence_spans(tidy, start, end):
        for cut in _CUT_OFF.finditer(tidy, begin, stop):
            yield begin, cut.end()
            begin = cut.end() + 1  # noqa: PLW2901 - the rest of the sentence is the next unit
        yield begin, stop
