"""Texts to train on: like labelled texts, but with web site, weight and stretches that nothing is known of."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newsclean.errors import DataFormatError

__all__ = ["JUNK", "TrainingText", "flattened", "page_of", "read_texts", "site_fold", "written_texts"]

#: Category of a span that is junk of a kind nobody has named.
JUNK = "junk"
_FLAT = "-flat"


class TrainingText(NamedTuple):
    """`spans` (start, end, category) are junk, `open` (start, end) is not to be trained on, the rest is article.

    `site` keeps the texts of one web site on one side of every split.
    """

    id: str
    lang: str
    site: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    open: tuple[tuple[int, int], ...] = ()
    by_hand: bool = False

    def to_json(self) -> str:
        """One line of the file form."""
        return json.dumps(self._asdict(), ensure_ascii=False)


def read_texts(path: Path) -> Iterator[TrainingText]:
    """The training texts of a ``.jsonl.gz`` that ``build`` wrote.

    Raises:
        DataFormatError: ``file:line: what was expected and what came``.
    """
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass") as lines:
            for line in lines:
                number += 1
                record = json.loads(line)
                record["spans"] = tuple((int(a), int(b), str(c)) for a, b, c in record["spans"])
                record["open"] = tuple((int(a), int(b)) for a, b in record["open"])
                yield TrainingText(**record)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise DataFormatError(f"{path}:{number}: expected a training text, got {error!r}") from error


def written_texts(path: Path) -> Iterator[TrainingText]:
    """The texts of a file in the form of the labelling guide, each as a site of its own."""
    from newsclean.evaluation.labelled import read_labelled

    for text in read_labelled(path):
        spans = tuple((label.span.start, label.span.end, label.category) for label in text.labels)
        yield TrainingText(text.id, text.lang, f"written:{text.id}", text.text, spans, (), True)


def flattened(text: TrainingText) -> TrainingText:
    r"""The text with its lines run together, as some extractors and scrapers leave it.

    >>> flattened(TrainingText("a/b", "en", "", "One.\n\n Two", ((7, 10, "related"),))).spans
    ((5, 8, 'related'),)
    """
    pieces: list[str] = []
    moved: dict[int, int] = {}
    length = at = 0
    for line in text.text.split("\n"):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            for offset in range(len(bare) + 1):
                moved[start + offset] = length + offset
            pieces.append(bare)
            length += len(bare) + 1
        at += len(line) + 1
    spans = tuple((moved[a], moved[b], kind) for a, b, kind in text.spans)
    unknown = tuple((moved[a], moved[b]) for a, b in text.open)
    return text._replace(id=f"{text.id}{_FLAT}", text=" ".join(pieces), spans=spans, open=unknown)


def page_of(ident: str) -> str:
    """The page that a text is of: its id without the extractor, and without what `flattened` adds.

    >>> page_of("set/7/justext-flat"), page_of("written-1-flat")
    ('set/7', 'written-1')
    """
    return ident.removesuffix(_FLAT).rsplit("/", 1)[0]


def site_fold(site: str, folds: int) -> int:
    """The part of a split that a web site belongs to: the same on every machine.

    >>> site_fold("example.com", 5) == site_fold("example.com", 5)
    True
    """
    return zlib.crc32(f"newsclean:{site}".encode()) % folds
