"""A text as lines: lossless splitting, and the mending of hard wraps.

Positions in this module are positions in the tidy text (see `newsclean.folding`), where every line ends
in ``\\n``; `Folding` leads back to the original.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from newsclean.folding import Folding, fold

__all__ = [
    "SCORED_CHARACTERS",
    "SCORED_FLAT",
    "SCORED_LINES",
    "Document",
    "Line",
    "may_score",
    "read_document",
]

_PHYSICAL = re.compile(r"[^\n]+")
_NARROWEST, _WIDEST = 40, 120  # columns at which programs wrap text
_MIN_FORCED = 4
_SHORT = 0.4  # of the column
#: A document of so many lines and characters is scored; fewer make no surroundings to speak of.
SCORED_LINES, SCORED_CHARACTERS = 5, 400
#: One of so many characters is scored in fewer lines too: its sentences are looked at instead.
SCORED_FLAT = 1000


class Line:
    """A line that holds something: without the white space at its ends.

    In hard-wrapped text one `Line` is a whole paragraph. `gap` counts the line breaks before it;
    `index` is its number among the lines of the document.
    """

    __slots__ = ("end", "gap", "index", "start", "wrapped")

    def __init__(self, index: int, start: int, end: int, gap: int, wrapped: bool = False) -> None:
        self.index, self.start, self.end = index, start, end
        self.gap, self.wrapped = gap, wrapped

    def __len__(self) -> int:
        return self.end - self.start


class _Piece(NamedTuple):
    """A physical line: `gap` line breaks before it, `width` characters wide in the original."""

    start: int
    end: int
    gap: int
    width: int


class Document(NamedTuple):
    """A text ready for matching: `tidy` and `folded` have a blank where a hard wrap was."""

    folding: Folding
    tidy: str
    folded: str
    lines: tuple[Line, ...]

    def text(self, line: Line) -> str:
        """The tidy text of a line."""
        return self.tidy[line.start : line.end]


def may_score(document: Document) -> bool:
    """Whether a document is long enough for a scorer, which looks at a line in its place.

    >>> may_score(read_document("Rain fell.\\n\\nShare"))
    False
    """
    size = len(document.tidy)
    return size >= SCORED_CHARACTERS and (len(document.lines) >= SCORED_LINES or size >= SCORED_FLAT)


def read_document(text: str) -> Document:
    """Split `text` into lines, joining those that a program wrapped at a fixed width.

    >>> doc = read_document("One line\\r\\n\\r\\n  another  ")
    >>> [(doc.text(line), line.gap) for line in doc.lines]
    [('One line', 0), ('another', 2)]
    """
    folding = fold(text)
    tidy, folded = folding.tidy, folding.folded
    pieces: list[_Piece] = []
    breaks_at = 0
    for found in _PHYSICAL.finditer(tidy):
        content = found[0].strip()
        if not content:
            continue
        start = found.start() + found[0].index(content[0])
        end = start + len(content)
        width = folding.end(end) - folding.start(start)
        pieces.append(_Piece(start, end, tidy.count("\n", breaks_at, start), width))
        breaks_at = end
    joins = _forced_wraps(tidy, pieces)
    if not joins:
        lines = tuple(Line(n, p.start, p.end, p.gap) for n, p in enumerate(pieces))
        return Document(folding, tidy, folded, lines)
    return _join(folding, pieces, joins)


def _forced_wraps(tidy: str, pieces: list[_Piece]) -> set[int]:
    """Starts of the lines that continue the line before them; none if the text is not hard-wrapped.

    A line break was forced when the next line's first word would not have fitted. Text is hard-wrapped
    when nearly all breaks between neighbouring lines of some length are of that kind: a list of
    headlines of about one length must not be mistaken for it.
    """
    usual = [piece.width for piece in pieces if piece.width <= _WIDEST]
    # One longer line (a link, a table) does not make wrapped text unwrapped.
    if len(usual) <= _MIN_FORCED or len(usual) < 0.95 * len(pieces) or max(usual) < _NARROWEST:
        return set()
    column = max(usual)
    forced: set[int] = set()
    mid_sentence = free = 0
    for before, after in pairwise(pieces):
        if after.gap != 1:
            continue
        first_word = tidy[after.start : after.end].split(" ", 1)[0]
        begins = first_word.lstrip("\"'«»(")[:1].isupper()
        ends_sentence = tidy[before.end - 1] in ".!?\"')"
        if ends_sentence and begins and after.width < _SHORT * column:
            continue  # a button below the paragraph, or its last few words: nothing is lost by not knowing
        if before.width + 1 + len(first_word) > column:
            forced.add(after.start)
            mid_sentence += not begins
        elif before.width > column * 0.5 and tidy[before.end - 1] not in ".!?\"':)":
            free += 1
    if len(forced) < _MIN_FORCED or free > 0.15 * len(forced) or mid_sentence < 0.4 * len(forced):
        return set()
    return forced


def _join(folding: Folding, pieces: list[_Piece], continues: set[int]) -> Document:
    tidy, folded = list(folding.tidy), list(folding.folded)
    lines: list[Line] = []
    for piece in pieces:
        if piece.start in continues and lines:
            last = lines.pop()
            for at in range(last.end, piece.start):
                tidy[at] = folded[at] = " "
            line = Line(last.index, last.start, piece.end, last.gap, wrapped=True)
        else:
            line = Line(len(lines), piece.start, piece.end, piece.gap)
        lines.append(line)
    return Document(folding, "".join(tidy), "".join(folded), tuple(lines))
