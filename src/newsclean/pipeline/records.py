"""What a file holds, one document at a time: the whole of a .txt, a field of each line of a .jsonl."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from newsclean.errors import DataFormatError

__all__ = ["READERS", "Record", "read_jsonl", "read_txt"]


@dataclass(frozen=True, slots=True)
class Record:
    """A document of a file. `where` names it for people; `render` makes its bytes from the clean text.

    `error` says why there is no text to clean.
    """

    where: str
    text: str
    render: Callable[[str], bytes]
    error: str | None = None


def read_txt(file: BinaryIO, name: str, text_field: str) -> Iterator[Record]:
    """The one document of a text file in UTF-8, line ends and byte-order mark as they are."""
    del text_field
    data = file.read()
    try:
        yield Record(name, data.decode("utf-8"), _encode)
    except UnicodeDecodeError as error:
        yield Record(name, "", _encode, _not_utf8(error, data))


def _encode(text: str) -> bytes:
    return text.encode("utf-8")


def _not_utf8(error: UnicodeDecodeError, data: bytes) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    return f"byte {error.start} (line {line}): expected UTF-8, got 0x{data[error.start]:02x}"


def read_jsonl(file: BinaryIO, name: str, text_field: str) -> Iterator[Record]:
    """One document a line, in field `text_field`; other fields are carried along, blank lines dropped."""
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            yield _record(where, line, text_field)
        except UnicodeDecodeError as error:
            yield Record(
                where, "", _encode, f"byte {error.start}: expected UTF-8, got 0x{line[error.start]:02x}"
            )
        except json.JSONDecodeError as error:
            yield Record(where, "", _encode, f"column {error.colno}: expected JSON, {error.msg}")
        except DataFormatError as error:
            yield Record(where, "", _encode, str(error))


def _record(where: str, line: bytes, text_field: str) -> Record:
    data: Any = json.loads(line.decode("utf-8"))
    if not isinstance(data, dict):
        raise DataFormatError(f"expected an object, got {type(data).__name__}")
    if text_field not in data:
        fields = ", ".join(map(repr, list(data)[:8])) or "none"
        raise DataFormatError(f"expected a field {text_field!r}, got {fields} (see --text-field)")
    text = data[text_field]
    if not isinstance(text, str):
        raise DataFormatError(f"expected text in {text_field!r}, got {type(text).__name__}")

    def render(clean: str) -> bytes:
        if clean == text:
            return line if line.endswith(b"\n") else line + b"\n"
        made = json.dumps({**data, text_field: clean}, ensure_ascii=False)
        try:
            return made.encode("utf-8") + b"\n"
        except UnicodeEncodeError:  # a lone surrogate can only be written as an escape
            return json.dumps({**data, text_field: clean}).encode("ascii") + b"\n"

    return Record(where, text, render)


Reader = Callable[[BinaryIO, str, str], Iterator[Record]]

#: By file suffix.
READERS: dict[str, Reader] = {
    ".txt": read_txt,
    ".jsonl": read_jsonl,
}
