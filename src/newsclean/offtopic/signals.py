"""The signals of all units of many documents at once; training and the finder use the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsclean.offtopic.cohesion import Fabric
from newsclean.offtopic.reading import Reading
from newsclean.scoring.places import near_means
from newsclean.scoring.shapes import shape_columns
from newsclean.scoring.table import LineTable, counts_of

__all__ = ["CLASSES", "LEANS", "unit_columns"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
#: What the wording of a unit is sorted into.
CLASSES = ("question", "answer", "promotion", "other", "aside", "machine", "keywords")
#: The columns of what the wording leans to: off topic at all, by words and by all, then to each class.
LEANS = ("off", *CLASSES, "off_all")
_SHAPES = (
    "size", "words", "word_length", "initials", "capitals", "numbers", "short_words", "enders", "ends_sentence",
    "ends_open", "ends_colon", "ends_letter", "begins_lower", "begins_digit", "begins_quote", "begins_bracket",
    "begins_mark", "year", "share_digit", "share_comma", "share_quote", "share_bracket", "share_symbol",
    "share_colon", "marks",
)  # fmt: skip
_COMPARED = (
    *(f"lean_{name}" for name in LEANS), "question", "money", "year", "share_digit", "shared_all", "new_weight",
    "initials", "new_names", "par_units", "share_quote", "meant_all", "meant_before", "meant_after", "nearest",
)  # fmt: skip
_NEIGHBOURS = (
    *(f"lean_{name}" for name in LEANS), "question", "words", "par_start", "shared_all", "shared_before",
    "shared_after", "new_weight", "ends_sentence", "meant_all",
)  # fmt: skip
_OFFSETS = (-2, -1, 1, 2)
_REACH = 2
_MONEY = np.array([ord(char) for char in "$€£¥₹"], dtype=np.uint32)
_QUESTION = np.array([ord(char) for char in "?？؟"], dtype=np.uint32)
_ASKING = 3  # question lines by which a text is an interview, a list of questions and answers, or the like


def unit_columns(reading: Reading, fabrics: list[Fabric], leans: Floats) -> dict[str, Floats]:
    """All signals by name, one value a unit; `leans` has a column for each of `LEANS`."""
    table = reading.table
    shapes = shape_columns(table, reading.words)
    columns = {name: shapes[name] for name in _SHAPES}
    columns |= _marks(table) | _paragraphs(table)
    columns |= {f"lean_{name}": leans[:, at] for at, name in enumerate(LEANS)}
    columns |= _cohesion(fabrics)
    columns |= _compared(table, columns)
    for offset in _OFFSETS:
        columns |= _shifted(table, columns, offset)
    return columns


def asking(table: LineTable) -> Flags:
    """Which documents use questions as a form: interviews, lists of questions and answers, explainers, quizzes."""
    alone = _alone(table) & _ends_in(table, _QUESTION)
    found: Flags = np.bincount(table.doc[alone], minlength=len(table.first) - 1) >= _ASKING
    return found


def _marks(table: LineTable) -> dict[str, Floats]:
    question = _ends_in(table, _QUESTION) & ~asking(table)[table.doc]
    return {
        "question": question.astype(np.float32),
        "money": counts_of(table, np.isin(table.codes, _MONEY)).astype(np.float32),
        "percent": counts_of(table, table.codes == ord("%")).astype(np.float32),
        "glued": np.concatenate(([False], table.start[1:] == table.end[:-1])).astype(np.float32),
    }


def _ends_in(table: LineTable, chars: NDArray[np.uint32]) -> Flags:
    return np.isin(table.codes[table.end - 1], chars)


def _starts(table: LineTable) -> Flags:
    """Units that begin a line."""
    starts = table.gap > 0
    starts[table.first[:-1][np.diff(table.first) > 0]] = True
    return starts


def _ends(table: LineTable) -> Flags:
    return np.concatenate((_starts(table)[1:], [True]))


def _alone(table: LineTable) -> Flags:
    return _starts(table) & _ends(table)


def _paragraphs(table: LineTable) -> dict[str, Floats]:
    starts, count = _starts(table), np.diff(table.first)
    number = np.arange(len(starts)) - table.first[:-1][table.doc]
    paragraph = np.cumsum(starts) - 1
    return {
        "place": ((number + 0.5) / count[table.doc]).astype(np.float32),
        "par_start": starts.astype(np.float32),
        "par_end": _ends(table).astype(np.float32),
        "par_units": np.bincount(paragraph)[paragraph].astype(np.float32),
        "doc_units": np.log1p(count)[table.doc].astype(np.float32),
    }


def _cohesion(fabrics: list[Fabric]) -> dict[str, Floats]:
    parts: dict[str, list[Floats]] = {}
    for fabric in fabrics:
        at = np.arange(fabric.units)
        for name, values in (fabric.columns(at, at + 1) | {"nearest": fabric.nearest()}).items():
            parts.setdefault(name, []).append(values)
    return {name: np.concatenate(values).astype(np.float32) for name, values in parts.items()}


def _compared(table: LineTable, columns: dict[str, Floats]) -> dict[str, Floats]:
    """Columns of a unit against the rest of its document: the mean there, the difference, the mean near by."""
    values = np.stack([columns[name] for name in _COMPARED], axis=1)
    count = np.diff(table.first)[:, None]
    total = _sums(values, table)
    mean = (total[table.doc] - values) / np.maximum(count[table.doc] - 1, 1)
    spread = (
        np.maximum(_sums(values.astype(np.float64) ** 2, table) / count - (total / count) ** 2, 1e-4) ** 0.5
    )
    above = (values - mean) / spread[table.doc]
    near = near_means(values, table.first, _REACH)
    made: dict[str, Floats] = {}
    for at, name in enumerate(_COMPARED):
        made[f"doc_{name}"] = mean[:, at].astype(np.float32)
        made[f"above_{name}"] = above[:, at].astype(np.float32)
        made[f"near_{name}"] = near[:, at]
    return made


def _sums(values: NDArray[np.generic], table: LineTable) -> NDArray[np.float64]:
    sums = np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)))
    found: NDArray[np.float64] = sums[table.first[1:]] - sums[table.first[:-1]]
    return found


def _shifted(table: LineTable, columns: dict[str, Floats], offset: int) -> dict[str, Floats]:
    at = np.arange(len(table.start)) + offset
    inside = (at >= table.first[:-1][table.doc]) & (at < table.first[1:][table.doc])
    at = np.clip(at, 0, len(table.start) - 1)
    return {
        f"{name}{offset:+d}": np.where(inside, columns[name][at], np.float32(-9)).astype(np.float32)
        for name in _NEIGHBOURS
    }
