"""Training texts as rows: a line each, with everything its features are made of and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.categories import CATEGORIES, removed_categories
from newsclean.decision.decide import decide_by_rules
from newsclean.decision.sentences import split_lines
from newsclean.decision.signs import signs_of, split_signs
from newsclean.document import Document, may_score, read_document
from newsclean.errors import DataFormatError
from newsclean.languages import text_languages
from newsclean.rules.match import match_lines
from newsclean.rules.ruleset import RuleSet
from newsclean.scoring.leaning import unique_hashes
from newsclean.scoring.table import LineTable, Signs, line_table
from newsclean.scoring.words import Words, ngram_hashes, words_of
from newsclean.training.texts import JUNK, TrainingText

__all__ = ["BITS", "KINDS", "Rows", "make_rows"]

BITS = 18  # of a bucket of hashed words
#: What the scorer may call junk: every category that is removed by default.
KINDS = tuple(sorted(removed_categories(), key=tuple(CATEGORIES).index))
_MIXED, _OPEN = 0.1, 0.3  # share of a line that may be of the other kind, or unknown
_KEPT = "embed"


class Rows(NamedTuple):
    """The lines of all texts, in order. `line` and `bucket` are the hashed words in them.

    `junk` is the share of a line's characters that are junk, `unknown` that are open, `size` its characters
    (white space apart), `kind` the number of its category in `KINDS` (-1 for article, or junk without a name). `text` is the
    number of each line's text; `sites`, `langs`, `ids`, `by_hand` have one entry a text.
    """

    table: LineTable
    words: Words
    signs: Signs
    line: NDArray[np.int64]
    bucket: NDArray[np.int64]
    junk: NDArray[np.float32]
    unknown: NDArray[np.float32]
    size: NDArray[np.float32]
    kind: NDArray[np.int64]
    sites: list[str]
    langs: list[str]
    ids: list[str]
    by_hand: NDArray[np.bool_]

    @property
    def text(self) -> NDArray[np.int64]:
        """Number of the text of each line."""
        return self.table.doc

    @property
    def clear(self) -> NDArray[np.bool_]:
        """Lines that are all junk or all article, and known to be."""
        pure = (self.junk <= _MIXED) | (self.junk >= 1 - _MIXED)
        found: NDArray[np.bool_] = pure & (self.unknown < _OPEN)
        return found


class _Made(NamedTuple):
    document: Document
    signs: Signs
    junk: NDArray[np.float32]
    unknown: NDArray[np.float32]
    size: NDArray[np.float32]
    kind: NDArray[np.int64]


_RULES: list[RuleSet] = []


def make_rows(texts: Iterable[TrainingText], workers: int = 2) -> Rows:
    """The rows of `texts`; those too short to be scored are left out.

    Raises:
        DataFormatError: if no text is left.
    """
    used: list[TrainingText] = []
    made: list[_Made] = []
    with ProcessPoolExecutor(workers) as pool:
        for text, one in _paired(pool, texts):
            if one is not None:
                used.append(text)
                made.append(one)
    if not made:
        raise DataFormatError("expected texts of five lines and 400 characters or more, got none")
    table = line_table([one.document for one in made])
    words = words_of(table)
    line, bucket = unique_hashes(*ngram_hashes(table, words), BITS)
    signs = Signs(*(np.concatenate([getattr(one.signs, name) for one in made]) for name in Signs._fields))
    return Rows(
        table,
        words,
        signs,
        line,
        bucket,
        np.concatenate([one.junk for one in made]),
        np.concatenate([one.unknown for one in made]),
        np.concatenate([one.size for one in made]),
        np.concatenate([one.kind for one in made]),
        [text.site for text in used],
        [text.lang for text in used],
        [text.id for text in used],
        np.array([text.by_hand for text in used]),
    )


def _paired(
    pool: ProcessPoolExecutor, texts: Iterable[TrainingText]
) -> Iterator[tuple[TrainingText, _Made | None]]:
    from itertools import tee

    one, two = tee(texts)
    return zip(one, pool.map(_make, two, chunksize=16), strict=True)


def _make(text: TrainingText) -> _Made | None:
    document = read_document(text.text)
    if not may_score(document):
        return None
    if not _RULES:
        _RULES.append(RuleSet())
    found = match_lines(_RULES[0].index(text_languages(text.text)), document)
    state = decide_by_rules(document, found, "balanced", removed_categories())
    split = split_lines(document)
    signs = split_signs(state, split) if split else signs_of(state)
    document = split or document
    labels = np.zeros(len(text.text), dtype=np.int16)
    for start, end, category in text.spans:
        if category != _KEPT:
            labels[start:end] = KINDS.index(category) + 2 if category != JUNK else 1
    for start, end in text.open:
        labels[start:end] = -1
    dark = np.array([not char.isspace() for char in text.text], dtype=bool)
    lines = len(document.lines)
    junk, unknown, size = (np.zeros(lines, dtype=np.float32) for _ in range(3))
    kind = np.full(lines, -1, dtype=np.int64)
    for line in document.lines:
        span = slice(document.folding.start(line.start), document.folding.end(line.end))
        values = labels[span][dark[span]]
        size[line.index] = len(values)
        if len(values):
            junk[line.index] = (values > 0).mean()
            unknown[line.index] = (values < 0).mean()
            named = values[values > 1]
            kind[line.index] = np.bincount(named).argmax() - 2 if len(named) else -1
    return _Made(document, signs, junk, unknown, size, kind)
