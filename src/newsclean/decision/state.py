"""The lines of a document while it is being decided on."""

from __future__ import annotations

from newsclean.decision.removal import Removal
from newsclean.decision.shape import Shape, line_shapes
from newsclean.document import Document
from newsclean.rules.found import Found

__all__ = ["State"]

_CODE_LINES = 3  # lines that look like code, in a text that shows code
_ARTICLE_SIZE = 500  # characters of prose, at least, in an article
_ARTICLE_SHARE = 0.5  # of its characters
_TELLING = 5  # words by which junk that looks like code is told from code


class State:
    """What is known of each line: its shape, what rules found, and the removals so far.

    `whole` holds the findings about a line as a whole, `pieces` those inside it. `removed` maps a line to
    its removal; `spared` are lines of a category that is to be kept: they are neither removed nor counted.
    """

    def __init__(
        self, document: Document, found: dict[int, list[Found]], categories: frozenset[str], profile: str
    ) -> None:
        self.document = document
        self.profile = profile
        self.shapes: list[Shape] = line_shapes(document)
        self.whole: dict[int, Found] = {}
        self.all_found: dict[int, tuple[Found, ...]] = {}
        self.pieces: dict[int, list[Found]] = {}
        self.removed: dict[int, Removal] = {}
        self._skips: dict[int, int] = {}
        self.spared: dict[int, Found] = {}
        for index, findings in found.items():
            line = document.lines[index]
            best = findings[0]
            if (best.start, best.end) != (line.start, line.end):
                self.pieces[index] = [f for f in findings if f.head.category in categories]
            elif self.shapes[index].code and self.shapes[index].words < _TELLING:
                continue  # "ads": [] is a line of code
            elif best.head.category in categories:
                self.whole[index] = best
                self.all_found[index] = tuple(findings)
            else:
                self.spared[index] = best
        self._spare_embeds()
        self.holds_code = sum(shape.code for shape in self.shapes) >= _CODE_LINES
        sizes = [len(line) for line in document.lines]
        running = sum(n for n, shape in zip(sizes, self.shapes, strict=True) if shape.prose)
        #: Mostly running text, as articles are and listings are not.
        self.is_article = running >= _ARTICLE_SIZE and running >= _ARTICLE_SHARE * sum(sizes)
        self.recount()

    def _spare_embeds(self) -> None:
        """What stands right above the signature of a quoted post, a date say, is of the post."""
        lines = self.document.lines
        for index, found in list(self.spared.items()):
            at = index - 1
            while at >= 0 and lines[at + 1].gap == 1 and self.strength(at) in ("likely", "hint"):
                del self.whole[at]
                self.spared[at] = found._replace(start=lines[at].start, end=lines[at].end)
                at -= 1

    def recount(self) -> None:
        """Find the article's first and last line of prose anew; call after removals."""
        prose = [
            line.index
            for line in self.document.lines
            if self.shapes[line.index].prose
            and line.index not in self.removed
            and self.strength(line.index) not in ("certain", "likely")
        ]
        self.first_prose = prose[0] if prose else len(self.document.lines)
        self.last_prose = prose[-1] if prose else -1
        self.junk_in_head = any(self.in_head(index) for index in self.removed)
        self.junk_in_tail = any(self.in_tail(index) for index in self.removed)

    def strength(self, index: int) -> str:
        """How strongly the line as a whole is found to be junk; "" if not at all."""
        found = self.whole.get(index)
        return found.strength if found else ""

    def in_tail(self, index: int) -> bool:
        """Behind the last prose, in a document that has prose."""
        return 0 <= self.last_prose < index

    def in_head(self, index: int) -> bool:
        """Before the first prose, in a document that has prose."""
        return index < self.first_prose < len(self.document.lines)

    def gone(self, index: int) -> bool:
        """Whether the line is removed, or lies outside the document."""
        return index in self.removed or not 0 <= index < len(self.document.lines)

    def next_words(self, index: int) -> int:
        """The first line from `index` on that is not removed and holds a word."""
        passed: list[int] = []
        at = index
        while at < len(self.shapes) and (at in self.removed or self.shapes[at].symbols_only):
            passed.append(at)
            at = self._skips.get(at, at + 1)
        for skipped in passed:  # what is removed stays so: the next look jumps
            self._skips[skipped] = at
        return at

    def remove(self, index: int, category: str, how: str, reason: str, scored: float | None = None) -> None:
        """Decide that a line goes; see `Removal`."""
        if index in self.spared or index in self.removed:
            return
        line = self.document.lines[index]
        self.removed[index] = Removal(
            line.start, line.end, category, how, reason, self.all_found.get(index, ()), scored
        )
