"""The phases of cleaning, each on its own over many texts: what goes in is made beforehand and not timed.

`PHASES` is the table. A phase is a name, a line that says what it does, and a function from `Given` (the texts, and
whatever of them was worked out, made when first asked for) to the work of one pass over all texts. A phase of the
compiled kernel is an entry like the others with ``kernel=True``: it is left out where there is no kernel. Those that
stand here call the Python functions; started with ``NEWSCLEAN_NO_KERNEL=1`` (``speed.py --no-kernel``) nothing in
them takes the kernel.

Phases are measured on the texts as they come. `clean` goes over a text again after removals until nothing more goes, so
it takes longer than all phases together.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from newsclean.cleaner import Cleaner
from newsclean.decision import scored as scored_module
from newsclean.decision.decide import decide, decide_by_rules
from newsclean.decision.scored import Scored
from newsclean.decision.sentences import split_lines
from newsclean.decision.separators import separator_spans
from newsclean.decision.signs import signs_of, split_signs
from newsclean.document import Document, may_score, read_document
from newsclean.languages import text_languages
from newsclean.offtopic.intrusions import find_intrusions
from newsclean.render.text import render_text
from newsclean.report import Report
from newsclean.rules.found import Found
from newsclean.rules.index import Index
from newsclean.rules.match import match_lines
from newsclean.rules.ruleset import RuleSet
from newsclean.scoring.features import feature_columns
from newsclean.scoring.leaning import lean_columns, unique_hashes
from newsclean.scoring.model import shipped_model
from newsclean.scoring.table import Signs, line_table
from newsclean.scoring.words import ngram_hashes, words_of
from newsclean.settling import Settling
from newsclean.spans import Span
from speed_clock import Work

__all__ = ["PHASES", "Given", "Phase", "each", "kernel_state", "over", "phases_here"]

_PROFILE = "balanced"
Matrix = Any  # of numpy


class Given:
    """Texts with what the phases take, each made when it is first asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = list(texts)
        self.rules = RuleSet()
        self.cleaner = Cleaner()
        self.model = shipped_model()

    @cached_property
    def documents(self) -> list[Document]:
        """The texts in lines."""
        return [read_document(text) for text in self.texts]

    @cached_property
    def languages(self) -> list[tuple[str, ...]]:
        """The languages of each text."""
        return [text_languages(text) for text in self.texts]

    @cached_property
    def indexes(self) -> list[Index]:
        """The rules that run on each text."""
        return [self.rules.index(languages) for languages in self.languages]

    @cached_property
    def indexes_with_hits(self) -> list[Index]:
        """The same, each with the keywords of its text found beforehand."""
        return [_with_hits(*pair) for pair in zip(self.indexes, self.documents, strict=True)]

    @cached_property
    def found(self) -> list[dict[int, list[Found]]]:
        """What the rules find in each text."""
        return [match_lines(*pair) for pair in zip(self.indexes, self.documents, strict=True)]

    @cached_property
    def signed(self) -> list[tuple[Document, Signs]]:
        """The tables of lines that are scored, with signs: each longer text, and once more if a line is split."""
        made: list[tuple[Document, Signs]] = []
        for document, found in zip(self.documents, self.found, strict=True):
            if may_score(document):
                state = decide_by_rules(document, found, _PROFILE, self.cleaner.categories)
                made.append((document, signs_of(state)))
                split = split_lines(document)
                if split:
                    made.append((split, split_signs(state, split)))
        return made

    @cached_property
    def matrices(self) -> list[Matrix]:
        """The features of each such table."""
        return [_features(self, *pair) for pair in self.signed]

    @cached_property
    def scored(self) -> dict[tuple[str, int], Scored]:
        """The scores of each such table, by its text and number of lines."""
        return {
            (document.tidy, len(document.lines)): Scored(self.model, [document], signs)
            for document, signs in self.signed
        }

    @cached_property
    def reports(self) -> list[Report]:
        """The report on each text."""
        return list(self.cleaner.analyze_many(self.texts))

    @cached_property
    def settled(self) -> list[tuple[Document, tuple[str, ...]]]:
        """What is left of each text that is long enough to be scored, which is where off-topic blocks are looked for."""
        left = [report.text for report in self.reports]
        pairs = [(read_document(text), text_languages(text)) for text in left]
        return [pair for pair in pairs if may_score(pair[0])]


class Phase(NamedTuple):
    """A phase: `make` gives the work of one pass over all texts."""

    name: str
    what: str
    make: Callable[[Given], Work]
    kernel: bool = False


def each(function: Callable[..., object], inputs: Iterable[tuple[Any, ...]]) -> None:
    """Call `function` with each of `inputs`; nothing that comes back is kept."""
    for one in inputs:
        function(*one)


def over(function: Callable[..., object], inputs: Iterable[tuple[Any, ...]]) -> Work:
    """The work of calling `function` with each of `inputs`."""
    ready = list(inputs)
    return lambda: each(function, ready)


def _with_hits(index: Index, document: Document) -> Index:
    hits = index.find_keywords(document.folded)
    ready = copy.copy(index)
    ready.find_keywords = lambda _folded: hits  # type: ignore[method-assign]
    return ready


def _features(given: Given, document: Document, signs: Signs) -> Matrix:
    """The matrix that `Scored` makes before it asks the trees."""
    model = given.model
    table = line_table([document])
    words = words_of(table)
    line, hashes = ngram_hashes(table, words)
    line, buckets = unique_hashes(line, hashes, len(model.leanings.weights).bit_length() - 1)
    lean = lean_columns(line, model.leanings.values(buckets), len(table.start))
    columns = feature_columns(table, signs, words, lean)
    return np.stack([columns[name] for name in model.columns], axis=1)


def _score(given: Given, matrix: Matrix) -> Matrix:
    model = given.model
    odds = model.lines.sums(matrix)[:, 0]
    return np.interp(odds, model.odds, model.probability).astype(np.float32)


def _decode(given: Given) -> Work:
    """Decisions from findings and scores, with the scores looked up."""
    known = given.scored

    def look_up(_model: object, documents: list[Document], _signs: Signs) -> Scored:
        found = copy.copy(known[documents[0].tidy, len(documents[0].lines)])
        found._kinds = None  # what it is asked for in the first round it would know in the second
        return found

    ready = [
        (document, found, _PROFILE, given.cleaner.categories, languages)
        for document, found, languages in zip(given.documents, given.found, given.languages, strict=True)
        if found or may_score(document)
    ]

    def work() -> None:
        with _scores_from(look_up):
            each(decide, ready)

    return work


@contextmanager
def _scores_from(look_up: Callable[..., Scored]) -> Iterator[None]:
    own = scored_module.Scored
    scored_module.Scored = look_up  # type: ignore[assignment,misc]
    try:
        yield
    finally:
        scored_module.Scored = own  # type: ignore[misc]


def _off_topic(document: Document, languages: tuple[str, ...]) -> object:
    return find_intrusions(document, _PROFILE, languages)


def _render(report: Report, junk: list[Span]) -> str:
    """The article and the report, once it is known what goes."""
    list(separator_spans(report.original, junk))
    settling = Settling(report.original)
    if report.removed:
        settling.remove(report.removed)
    return settling.report(_PROFILE, report.languages, ()).text


def _rendering(given: Given) -> Work:
    return over(_render, [(report, [d.span for d in report.junk]) for report in given.reports])


PHASES: tuple[Phase, ...] = (
    Phase("split", "tidy and folded text in lines", lambda g: over(read_document, zip(g.texts))),
    Phase("languages", "which rules run", lambda g: over(text_languages, zip(g.texts))),
    Phase(
        "keywords",
        "the rules' keywords in the text",
        lambda g: over(lambda i, d: i.find_keywords(d.folded), zip(g.indexes, g.documents, strict=True)),
    ),
    Phase(
        "expressions",
        "networks and expressions on lines and sentences, keywords known",
        lambda g: over(match_lines, zip(g.indexes_with_hits, g.documents, strict=True)),
    ),
    Phase("features", "features of lines", lambda g: over(lambda *a: _features(g, *a), g.signed)),
    Phase("score", "trees and calibration", lambda g: over(lambda m: _score(g, m), zip(g.matrices))),
    Phase("decode", "decisions from findings and scores, categories and reasons", _decode),
    Phase("off-topic", "blocks that do not belong, in what is left", lambda g: over(_off_topic, g.settled)),
    Phase("render", "white space, article and report from decisions", _rendering),
    Phase(
        "explain",
        "the report as a terminal shows it (no part of clean)",
        lambda g: over(lambda r: render_text(r, colour=True), zip(g.reports)),
    ),
)


def phases_here() -> list[Phase]:
    """The phases that can run: those of the kernel only where there is one."""
    return [phase for phase in PHASES if not phase.kernel or kernel_state() == "loaded"]


def kernel_state() -> str:
    """Whether the compiled kernel is ``loaded``, ``off`` (by the environment) or ``not there``."""
    try:
        from newsclean.native.loading import OFF, kernel
    except ImportError:
        return "not there"
    if os.environ.get(OFF, "0") != "0":
        return "off"
    return "loaded" if kernel() else "not there"
