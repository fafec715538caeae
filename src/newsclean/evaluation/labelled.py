"""Labelled texts, in the JSONL form of the labelling guide."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsclean.categories import CATEGORIES
from newsclean.errors import DataFormatError
from newsclean.spans import Span

__all__ = ["Label", "LabelledText", "labelled_files", "read_labelled"]


@dataclass(frozen=True, slots=True)
class Label:
    """A span of junk and its category."""

    span: Span
    category: str


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with every span of junk in it; what no label covers is article."""

    id: str
    lang: str
    text: str
    labels: tuple[Label, ...]
    source: str


def labelled_files(path: Path) -> list[Path]:
    """The ``.jsonl`` files that `path` names: itself, or those in the folder, at any depth, sorted.

    Raises:
        DataFormatError: if there is none.
    """
    files = sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise DataFormatError(f"{path}: expected a .jsonl file of labelled texts or a folder of them")
    return files


def read_labelled(path: Path) -> Iterator[LabelledText]:
    """The texts of one file, in order.

    Raises:
        DataFormatError: ``file:line: what was expected and what came``.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield _labelled(json.loads(line.decode("utf-8")))
            except (ValueError, KeyError, TypeError) as error:
                what = f"no {error}" if isinstance(error, KeyError) else str(error)
                raise DataFormatError(f"{path}:{number}: expected a labelled text, got {what}") from error


def _labelled(record: Any) -> LabelledText:
    if not isinstance(record, Mapping):
        raise TypeError(f"a JSON {type(record).__name__}")
    text = record["text"]
    if not isinstance(text, str):
        raise TypeError(f"a text of type {type(text).__name__}")
    labels = []
    at = 0
    for entry in record["spans"]:
        span, category = Span(entry["start"], entry["end"]), entry["category"]
        if category not in CATEGORIES:
            raise ValueError(f"the unknown category {category!r}")
        if not at <= span.start < span.end <= len(text):
            raise ValueError(f"the span {span.start}-{span.end}, out of order or outside the text")
        if span.of(text) != span.of(text).strip():
            raise ValueError(f"the span {span.start}-{span.end} with white space at an end")
        labels.append(Label(span, category))
        at = span.end
    return LabelledText(
        str(record["id"]), record.get("lang", ""), text, tuple(labels), str(record.get("source", ""))
    )
