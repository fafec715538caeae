"""Labels given by hand to lines of pages, kept without the pages' text: a digest of each line and its verdict."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from newsclean.errors import DataFormatError
from newsclean.training.alignment import line_key

__all__ = ["ARTICLE", "UNSURE", "HandLabels", "digest", "read_hand_labels", "write_hand_labels"]

ARTICLE, UNSURE = "article", "unsure"
_SIZE = 3  # bytes: enough to tell the lines of one page apart

#: For a page ("folder/id"): verdict (a category, ARTICLE or UNSURE) by the digest of a line.
HandLabels = Mapping[str, Mapping[bytes, str]]


def digest(line: str) -> bytes:
    """What stands for a line: a digest of its words, blind to case, punctuation and white space.

    >>> digest("Read  more!") == digest("read more")
    True
    """
    return hashlib.blake2b(line_key(line).encode(), digest_size=_SIZE).digest()


def read_hand_labels(path: Path) -> dict[str, dict[bytes, str]]:
    """The labels of a file: one JSON object a page, ``{"page": …, "lines": {verdict: digests in base 64}}``.

    Raises:
        DataFormatError: a file that is not there or of another form.
    """
    found: dict[str, dict[bytes, str]] = {}
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                page = found.setdefault(record["page"], {})
                for verdict, packed in record["lines"].items():
                    raw = base64.b64decode(packed)
                    if len(raw) % _SIZE:
                        raise ValueError(f"{len(raw)} bytes of digests of {_SIZE}")
                    page.update((raw[i : i + _SIZE], verdict) for i in range(0, len(raw), _SIZE))
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataFormatError(f"{path}: expected labels of lines (.jsonl.gz), got {error!r}") from error
    return found


def write_hand_labels(path: Path, labels: Iterable[tuple[str, Mapping[bytes, str]]]) -> None:
    """Write labels, by page; the file is the same for the same labels."""
    made = []
    for page, verdicts in sorted(labels):
        by: dict[str, list[bytes]] = {}
        for line, verdict in sorted(verdicts.items()):
            by.setdefault(verdict, []).append(line)
        packed = {
            verdict: base64.b64encode(b"".join(lines)).decode() for verdict, lines in sorted(by.items())
        }
        made.append(json.dumps({"page": page, "lines": packed}) + "\n")
    path.write_bytes(gzip.compress("".join(made).encode(), mtime=0))
