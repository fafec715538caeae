"""Finding intrusions: units are scored, runs of them weighed as blocks, and the best that do not overlap taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.document import Document, Line
from newsclean.offtopic.blocks import Blocks, best_apart, block_columns, block_scores, likely_blocks
from newsclean.offtopic.cohesion import Fabric
from newsclean.offtopic.model import Judge, OfftopicModel
from newsclean.offtopic.reading import Reading, read_units
from newsclean.offtopic.signals import unit_columns
from newsclean.offtopic.units import units_of
from newsclean.offtopic.wording import wording_hashes
from newsclean.spans import Span

__all__ = ["Found", "Section", "find_blocks", "leans_of"]

Floats = NDArray[np.float32]
_SECTION = 300  # units: a longer text is looked at in sections, so that the work grows with its length only
_FEWEST = 8  # units: in fewer nothing can be said to be out of place
_SPARED = -99.0  # log odds of a unit that must not go


class Section:
    """Some units of a document with everything that is said of them."""

    def __init__(self, base: int, units: Document, model: OfftopicModel, judge: Judge) -> None:
        self.base = base  # where in the tidy text of the whole document it begins
        self.units = units
        self.judge = judge
        self.reading: Reading = read_units([units], model.lexicon)
        self.fabric: Fabric = self.reading.fabrics()[0]
        self.signals = unit_columns(self.reading, [self.fabric], leans_of(self.reading, model))
        self.matrix = _matrix(self.signals, judge.unit_columns)
        self.odds: Floats = judge.units.sums(self.matrix)[:, 0]
        self._spared = np.zeros(len(self.odds), dtype=bool)

    def spare(self, spared: list[Span]) -> None:
        """Let no unit go that holds something of `spared` (positions in the tidy text)."""
        for line in self.units.lines:
            start, end = line.start + self.base, line.end + self.base
            if any(start < span.end and span.start < end for span in spared):
                self.odds[line.index] = _SPARED
                self._spared[line.index] = True

    def weigh(self) -> None:
        """Score the runs of units that may be an intrusion, if there is any: `blocks`, `rows` and `scores`."""
        blocks = likely_blocks(self.odds)
        held = np.concatenate(([0], np.cumsum(self._spared)))
        free = held[blocks.end] == held[blocks.start]
        self.blocks = Blocks(blocks.start[free], blocks.end[free])
        self.rows, self.scores = np.zeros((0, 0), np.float32), np.zeros(0)
        if not len(self.blocks.start):  # as in most sections of honest texts
            return
        size = self.reading.table.size
        columns = block_columns(self.blocks, self.odds, self.fabric, self.signals, size)
        self.rows = _matrix(columns, self.judge.block_columns)
        self.scores = block_scores(self.blocks, self.judge.blocks.sums(self.rows)[:, 0], self.signals)


class Found(NamedTuple):
    """Block number `block` of a section, with its probability of being an intrusion: tidy text [start, end)."""

    section: Section
    block: int
    start: int
    end: int
    score: float

    @property
    def units(self) -> tuple[int, int]:
        """The units of its section that it is made of."""
        blocks = self.section.blocks
        return int(blocks.start[self.block]), int(blocks.end[self.block])

    @property
    def judge(self) -> Judge:
        """Who judged it."""
        return self.section.judge

    @property
    def unit_rows(self) -> Floats:
        """The judge's columns of its units: (units, columns)."""
        start, end = self.units
        return self.section.matrix[start:end]

    @property
    def row(self) -> Floats:
        """The judge's columns of the block."""
        found: Floats = self.section.rows[self.block]
        return found

    @property
    def asks(self) -> bool:
        """Whether a unit of it asks."""
        start, end = self.units
        return bool(self.section.signals["question"][start:end].any())

    def new_words(self, most: int) -> list[str]:
        """Up to `most` words that stand nowhere else in the section, the rarest and names first."""
        section, (start, end) = self.section, self.units
        reading = section.reading
        new, _ = section.fabric.new_stems(start, end)
        inside = (reading.words.line >= start) & (reading.words.line < end)
        told: list[str] = []
        for stem in new[:most]:
            at = int(np.flatnonzero(inside & (reading.stems == stem))[0])
            begin = int(reading.words.start[at])
            told.append(section.units.tidy[begin : begin + int(reading.words.length[at])])
        return told


def find_blocks(
    document: Document, model: OfftopicModel, judge: Judge, least: float, spared: list[Span]
) -> list[Found]:
    """The intrusions in a document that are as likely as `least`, likeliest first; none overlap."""
    found = [
        one
        for base, units in _sections(units_of(document))
        for one in _of_section(Section(base, units, model, judge), least, spared)
    ]
    return sorted(found, key=lambda one: -one.score)


def leans_of(reading: Reading, model: OfftopicModel) -> Floats:
    """What the wording of each unit leans to: the columns `newsclean.offtopic.signals.LEANS`."""
    units = len(reading.table.start)
    line, hashes, bare = wording_hashes(reading)
    made = []
    for leanings, count in ((model.classes, bare), (model.whole, len(line))):
        buckets = (hashes[:count] & np.uint64(len(leanings.weights) - 1)).astype(np.int64)
        made.append(leanings.sums(line[:count], buckets, units))
    return np.concatenate(made, axis=1)


def _of_section(section: Section, least: float, spared: list[Span]) -> Iterator[Found]:
    if spared:
        section.spare(spared)
    section.weigh()
    lines, base = section.units.lines, section.base
    for at in best_apart(section.blocks, section.scores, least):
        start, end = int(section.blocks.start[at]), int(section.blocks.end[at])
        score = float(section.scores[at])
        yield Found(section, at, base + lines[start].start, base + lines[end - 1].end, score)


def _sections(units: Document) -> Iterator[tuple[int, Document]]:
    """A long document in parts, cut between paragraphs where that can be, and where each begins in the text."""
    lines = units.lines
    start = 0
    while len(lines) - start >= _FEWEST:
        end = start + _SECTION
        if end + _SECTION // 2 >= len(lines):  # a short rest by itself would say too little
            end = len(lines)
        else:
            breaks = [at for at in range(start + _SECTION // 2, end) if lines[at].gap]
            end = breaks[-1] if breaks else end
        yield lines[start].start, _part(units, start, end)
        start = end


def _part(units: Document, start: int, end: int) -> Document:
    lines = units.lines[start:end]
    base, stop = lines[0].start, lines[-1].end
    return units._replace(
        tidy=units.tidy[base:stop],
        folded=units.folded[base:stop],
        lines=tuple(Line(n, line.start - base, line.end - base, line.gap) for n, line in enumerate(lines)),
    )


def _matrix(columns: dict[str, Floats], names: tuple[str, ...]) -> Floats:
    return np.stack([columns[name] for name in names], axis=1)
