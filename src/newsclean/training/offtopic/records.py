"""Reading ``.jsonl.gz`` files of records of one kind."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from newsclean.errors import DataFormatError

__all__ = ["read_records"]

Record = TypeVar("Record")


def read_records(path: Path, kind: Callable[..., Record], what: str) -> list[Record]:
    """The records of a file, each made by the named tuple `kind` from a JSON object with just its fields.

    Raises:
        DataFormatError: ``file:line: what was expected and what came``.
    """
    found: list[Record] = []
    types = get_type_hints(kind)
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                fields: dict[str, Any] = json.loads(line)
                for name, value in fields.items():
                    if type(value) is not types.get(name):
                        raise TypeError(f"{name}: {value!r}")
                found.append(kind(**fields))
    except (OSError, EOFError, zlib.error, ValueError, TypeError, AttributeError) as error:
        raise DataFormatError(f"{path}:{len(found) + 1}: expected {what}, got {error!r}") from error
    return found
