"""Folders of labelled pages with all that is said about a page: gold text, and snippets that must or must not come.

A folder holds ``gold.jsonl`` (records with ``id, lang, page_type, text, with, without``) and ``html/<id>.html.gz``
or ``html/<id>.html``. Other than in `page_sets`, a page without a gold text stays in: its snippets still count.
"""

from __future__ import annotations

import gzip
import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from newsclean.errors import DataFormatError
from page_sets import drawn, of_type


class LabelledPage(NamedTuple):
    """A page: `folder` is the name of its set, `wanted` and `unwanted` are snippets, `gold` may be empty."""

    folder: str
    id: str
    page_type: str
    gold: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    file: Path

    def html(self) -> bytes:
        """The page as it was served.

        Raises:
            OSError, EOFError, zlib.error: for a file that is missing or broken.
        """
        data = self.file.read_bytes()
        return gzip.decompress(data) if self.file.suffix == ".gz" else data


def read_pages(folder: Path, options: Namespace) -> list[LabelledPage]:
    """The pages of a folder that `options` ask for (page_type, limit, sample), in the order of its gold file.

    Raises:
        DataFormatError: what was expected and what came.
    """
    pages = of_type(list(_gold(folder)), folder, options.page_type)
    if not pages:
        raise DataFormatError(f"{folder / 'gold.jsonl'}: expected pages, got an empty file")
    return drawn(pages, options.limit, options.sample)


def read_outputs(file: Path, pages: list[LabelledPage]) -> dict[tuple[str, str], str]:
    """Outputs made elsewhere, by set and page: records with ``set, id, text``.

    Raises:
        DataFormatError: for another form, two outputs of one page, or a page of `pages` without one.
    """
    outputs: dict[tuple[str, str], str] = {}
    for where, record in _records(file):
        key = (_of_type(where, record, "set", str), _of_type(where, record, "id", str))
        if key in outputs:
            raise DataFormatError(
                f"{where}: expected one output for each page, got another of {'/'.join(key)}"
            )
        outputs[key] = _of_type(where, record, "text", str | None) or ""
    missing = [page for page in pages if (page.folder, page.id) not in outputs]
    if missing:
        raise DataFormatError(
            f"{file}: expected an output for each page, got none for {len(missing)} of {len(pages)}, "
            f"the first: {missing[0].folder}/{missing[0].id}"
        )
    return outputs


def _gold(folder: Path) -> Iterator[LabelledPage]:
    file = folder / "gold.jsonl"
    if not file.is_file() or not (folder / "html").is_dir():
        found = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else "no such folder"
        raise DataFormatError(
            f"{folder}: expected a folder of labelled pages (gold.jsonl, html/<id>.html.gz), got {found}"
        )
    for where, record in _records(file):
        ident = _of_type(where, record, "id", str)
        plain = folder / "html" / f"{ident}.html"
        yield LabelledPage(
            folder.resolve().name,
            ident,
            record.get("page_type") or "not named",
            _of_type(where, record, "text", str),
            _snippets(where, record, "with"),
            _snippets(where, record, "without"),
            plain if plain.is_file() else folder / "html" / f"{ident}.html.gz",
        )


def _records(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each record with where it stands, for messages."""
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as error:
        raise DataFormatError(f"{file}: expected a file of records, got {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                record = json.loads(line)
            except ValueError as error:
                raise DataFormatError(f"{file}:{number}: expected a record, got {error}") from error
            if not isinstance(record, dict):
                raise DataFormatError(f"{file}:{number}: expected a record, got {type(record).__name__}")
            yield f"{file}:{number}", record


def _of_type(where: str, record: dict[str, Any], name: str, kind: Any) -> Any:
    if name not in record:
        raise DataFormatError(
            f"{where}: expected a record with {name}, got {', '.join(record) or 'an empty one'}"
        )
    if not isinstance(record[name], kind):
        raise DataFormatError(f"{where}: expected {name} as text, got {type(record[name]).__name__}")
    return record[name]


def _snippets(where: str, record: dict[str, Any], name: str) -> tuple[str, ...]:
    found = record.get(name) or []
    if not isinstance(found, list) or not all(isinstance(snippet, str) for snippet in found):
        raise DataFormatError(f"{where}: expected {name} as a list of texts, got {found!r:.60}")
    return tuple(snippet for snippet in found if snippet.strip())
