"""Texts with intrusions as rows: a unit each, with what it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.document import Document, read_document
from newsclean.offtopic.signals import CLASSES
from newsclean.offtopic.units import units_of
from newsclean.training.folds import FOLDS
from newsclean.training.offtopic.intruders import Host
from newsclean.training.texts import site_fold

__all__ = ["CLASS_OF", "Units", "make_units"]

_MOST, _FEWEST = 300, 8  # units of a text
_COVERED = 0.6  # of a unit
#: The class of wording that passages of each kind belong to, questions apart.
CLASS_OF = {
    "qa": "answer",
    "promotion": "promotion",
    "other_story": "other",
    "aside": "aside",
    "machine": "machine",
    "keywords": "keywords",
}


class Units(NamedTuple):
    """The units of all texts, in order.

    `documents` have units as lines. `label` is 0 for article, else 1 + the number of the class in `CLASSES`; `size`
    the characters, `text` the number of the text of each unit, `first` that of each text's first unit.
    """

    hosts: list[Host]
    documents: list[Document]
    label: NDArray[np.int64]
    size: NDArray[np.int64]
    text: NDArray[np.int64]
    first: NDArray[np.int64]

    @property
    def fold(self) -> NDArray[np.int64]:
        """The part of the split of each text."""
        return np.array([site_fold(host.site, FOLDS) for host in self.hosts])

    def of(self, text: int) -> slice:
        """The units of a text."""
        return slice(int(self.first[text]), int(self.first[text + 1]))


def make_units(hosts: Iterable[Host]) -> Units:
    """The units of `hosts`; texts of few units are left out, of long ones the beginning is taken."""
    used: list[Host] = []
    documents: list[Document] = []
    labels: list[int] = []
    sizes: list[int] = []
    for host in hosts:
        units = units_of(read_document(host.text))
        if len(units.lines) < _FEWEST:
            continue
        units = units._replace(lines=units.lines[:_MOST])
        used.append(host)
        documents.append(units)
        for line in units.lines:
            start, end = units.folding.start(line.start), units.folding.end(line.end)
            labels.append(_label(host, start, end))
            sizes.append(end - start)
    counts = np.array([len(document.lines) for document in documents], dtype=np.int64)
    return Units(
        used,
        documents,
        np.array(labels, dtype=np.int64),
        np.array(sizes, dtype=np.int64),
        np.repeat(np.arange(len(used)), counts),
        np.concatenate(([0], np.cumsum(counts))),
    )


def _label(host: Host, start: int, end: int) -> int:
    for first, last, kind in host.spans:
        if min(end, last) - max(start, first) >= _COVERED * (end - start):
            asked = kind == "qa" and host.text[start:end].rstrip().endswith("?")
            return 1 + CLASSES.index("question" if asked else CLASS_OF.get(kind, "answer"))
    return 0
