"""Everything that is learned from lines, by parts: each web site is scored by weights that have not seen it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.scoring.features import feature_columns
from newsclean.scoring.leaning import Leanings, lean_columns
from newsclean.training.rows import KINDS, Rows
from newsclean.training.texts import TrainingText, page_of, site_fold
from newsclean.training.words import bags, fit_junk, fit_kinds, line_bags, phrase_bags, to_leanings

__all__ = [
    "FOLDS",
    "KIND_BITS",
    "Leant",
    "LooseLines",
    "fit_words",
    "fold_of",
    "lean_out_of_fold",
    "loose_lines",
    "matrix_of",
]

FOLDS = 5
KIND_BITS = 14
_PHRASE_WEIGHT, _LOOSE_WEIGHT = 0.6, 0.6  # beside lines labelled by hand
_MOST_LINES, _LONGEST_LOOSE = 30, 1000  # lines of each sort, of one page; characters


class Leant(NamedTuple):
    """Columns of `lean_columns` and sums by category for the lines of some rows."""

    columns: dict[str, NDArray[np.float32]]
    kinds: NDArray[np.float32]


def fold_of(rows: Rows, folds: int = FOLDS) -> NDArray[np.int64]:
    """The part of the split of each line."""
    return np.array([site_fold(site, folds) for site in rows.sites], dtype=np.int64)[rows.text]


class LooseLines(NamedTuple):
    """Lines by themselves, of pages that only gold labelled: good for learning words from, not places."""

    lines: list[str]
    junk: list[bool]
    sites: list[str]


def loose_lines(texts: Iterable[TrainingText]) -> LooseLines:
    """Lines of `texts`, each wording once a page and so many of each sort."""
    made = LooseLines([], [], [])
    seen: dict[str, set[str]] = {}
    count: Counter[tuple[str, bool]] = Counter()
    for text in texts:
        page = page_of(text.id)
        junk = {start for start, _, _ in text.spans}
        unknown = {start for start, _ in text.open}
        at = 0
        for line in text.text.split("\n"):
            start, at = at + len(line) - len(line.lstrip()), at + len(line) + 1
            bare = " ".join(line.split())
            sort = (page, start in junk)
            if not bare or start in unknown or len(bare) > _LONGEST_LOOSE or count[sort] >= _MOST_LINES:
                continue
            if bare not in seen.setdefault(page, set()):
                seen[page].add(bare)
                count[sort] += 1
                made.lines.append(bare)
                made.junk.append(sort[1])
                made.sites.append(text.site)
    return made


class Words:
    """The lines to learn words from: those of `rows`, loose ones, and the rules' wordings."""

    def __init__(self, rows: Rows, loose: LooseLines) -> None:
        from scipy import sparse

        clear = np.flatnonzero(rows.clear)
        wordings, kinds = phrase_bags()
        own = bags(rows.line, rows.bucket, len(rows.junk))[clear]
        self._matrix = sparse.vstack((own, line_bags(loose.lines), line_bags(wordings))).tocsr()
        junk = rows.junk[clear] > 0.5
        self._junk = np.concatenate((junk, loose.junk, np.ones(len(wordings)))).astype(bool)
        self._weight = np.concatenate(
            (
                _share_of_page(rows)[rows.text[clear]],
                np.full(len(loose.lines), _LOOSE_WEIGHT),
                np.full(len(wordings), _PHRASE_WEIGHT),
            )
        ).astype(np.float32)
        self._kind = np.concatenate(
            (np.where(junk, rows.kind[clear], -1), np.full(len(loose.lines), -1), kinds)
        )
        loose_fold = [site_fold(site, FOLDS) for site in loose.sites]
        self._fold = np.concatenate((fold_of(rows)[clear], loose_fold, np.full(len(wordings), -1))).astype(
            int
        )

    def fit(self, without: int) -> tuple[Leanings, Leanings]:
        """Weights for junk and for categories, from all parts but one."""
        use = self._fold != without
        junk = to_leanings(fit_junk(self._matrix[use], self._junk[use], self._weight[use]))
        named = use & (self._kind >= 0)
        small = _folded(self._matrix[named], 1 << KIND_BITS)
        kinds = to_leanings(fit_kinds(small, self._kind[named], self._weight[named]))
        return junk, kinds


def _share_of_page(rows: Rows) -> NDArray[np.float32]:
    """For each text, one part in as many as there are texts of its page."""
    pages = [page_of(ident) for ident in rows.ids]
    outputs = Counter(pages)
    return np.array([1 / outputs[page] for page in pages], dtype=np.float32)


def _folded(matrix: Any, buckets: int) -> Any:
    """The same lines with fewer buckets."""
    from scipy import sparse

    coo = matrix.tocoo()
    return sparse.csr_matrix((coo.data, (coo.row, coo.col % buckets)), shape=(matrix.shape[0], buckets))


def fit_words(
    rows: Rows, loose: LooseLines
) -> tuple[list[tuple[Leanings, Leanings]], tuple[Leanings, Leanings]]:
    """Weights without each part of the split in turn, and from all of it."""
    words = Words(rows, loose)
    return [words.fit(fold) for fold in range(FOLDS)], words.fit(-2)


def lean_out_of_fold(rows: Rows, fitted: list[tuple[Leanings, Leanings]]) -> Leant:
    """What the words of each line lean to, by the weights that have not seen its site."""
    lines = len(rows.junk)
    fold = fold_of(rows)
    values = np.zeros(len(rows.line), dtype=np.float32)
    kinds = np.zeros((lines, len(KINDS)), dtype=np.float32)
    for number, (junk, kind) in enumerate(fitted):
        own = fold == number
        at = own[rows.line]
        values[at] = junk.values(rows.bucket[at])
        sums = kind.sums(rows.line[at], rows.bucket[at] & ((1 << KIND_BITS) - 1), lines)
        kinds[own] = sums[own]
    return Leant(lean_columns(rows.line, values, lines), kinds)


def matrix_of(rows: Rows, leant: Leant) -> tuple[NDArray[np.float32], tuple[str, ...]]:
    """The features of all lines, and their names."""
    columns = feature_columns(rows.table, rows.signs, rows.words, leant.columns)
    return np.stack(list(columns.values()), axis=1), tuple(columns)
