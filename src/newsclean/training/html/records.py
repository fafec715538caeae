"""Labelled pages, parsed: what everything here is learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsclean.html.decoding import decode
from newsclean.html.naming import TYPES
from newsclean.html.parsing import Parsed, parse
from newsclean.training.folds import FOLDS
from newsclean.training.html.labels import block_labels, nearness, words_of
from newsclean.training.pages import Page, read_html, read_pages
from newsclean.training.texts import site_fold

__all__ = ["FOLDS", "Record", "read_records", "type_of"]

#: Pages whose gold is less near to what their blocks hold are not learned from: gold of another page, or none of it is
#: in the HTML.
_LEAST_NEAR = 0.5
_TYPE_OF = {"news": "article"}


@dataclass(slots=True)
class Record:
    """A page with at least one block: its blocks' words and labels.

    `labels` is None as long as nothing is known; `ceiling` is the F1 that the best choice of blocks reaches; `fold` the
    part of the split by web site.
    """

    page: Page
    parsed: Parsed
    words: list[list[str]]
    gold: list[str]
    labels: NDArray[np.float32] | None
    ceiling: float
    fold: int

    @property
    def learnable(self) -> bool:
        """Whether gold text tells of its blocks."""
        return bool(self.gold) and self.ceiling >= _LEAST_NEAR

    @property
    def weights(self) -> NDArray[np.float32]:
        """How much each block counts: long ones more, all of a page 100."""
        sizes = np.maximum([len(words) for words in self.words], 1) ** 0.7
        made: NDArray[np.float32] = (sizes / sizes.sum() * 100).astype(np.float32)
        return made


def type_of(record: Record) -> int:
    """The number (in `TYPES`) of the page's type; -1 if it is not known."""
    kind = _TYPE_OF.get(record.page.kind, record.page.kind)
    return TYPES.index(kind) if kind in TYPES else -1


def read_records(folders: Sequence[Path]) -> tuple[list[Record], list[Page]]:
    """The pages of `folders`, and those of them that hold no block at all.

    Raises:
        DataFormatError: a folder without gold, or gold of another form.
    """
    records, empty = [], []
    for page in (page for folder in folders for page in read_pages(folder)):
        parsed = parse(decode(read_html(page.folder, page.id)).text)
        if not parsed.texts:
            empty.append(page)
            continue
        words, gold = [words_of(text) for text in parsed.texts], words_of(page.text)
        labels, ceiling = None, 0.0
        if page.text:
            labels = np.array(block_labels(words, page.text), dtype=np.float32)
            ceiling = nearness([own for own, label in zip(words, labels, strict=True) if label >= 0.5], gold)
        records.append(Record(page, parsed, words, gold, labels, ceiling, site_fold(page.site, FOLDS)))
    return records, empty
