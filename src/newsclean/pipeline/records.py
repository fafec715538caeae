"""What a file holds, one document at a time: the whole of a .txt, a field of each line of a .jsonl."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from newsclean.errors import DataFormatError

__all__ = ["READERS", "Record", "read_jsonl", "read_txt"]

_BOM = "\ufeff"
_SPACE = re.compile(r"[ \t\n\r]*")
# Numbers are passed over, never written, and may be of any length.
_JSON = json.JSONDecoder(parse_int=float)
_KINDS = {dict: "an object", list: "a list", float: "a number", bool: "true or false", type(None): "null"}


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
        line = data.count(b"\n", 0, error.start) + 1
        yield Record(name, "", _encode, f"byte {error.start} (line {line}): {_not_utf8(error)}")


def _encode(text: str) -> bytes:
    return text.encode("utf-8")


def _not_utf8(error: UnicodeDecodeError) -> str:
    return f"expected UTF-8, got 0x{error.object[error.start]:02x}"


def read_jsonl(file: BinaryIO, name: str, text_field: str) -> Iterator[Record]:
    """One document a line, in field `text_field`; blank lines are dropped.

    Everything on a line but the value of that field stays as it is, byte for byte.
    """
    for number, line in enumerate(file, 1):
        where = f"{name}:{number}"
        try:
            record = _record(where, line.decode("utf-8"), text_field)
        except UnicodeDecodeError as error:
            yield Record(where, "", _encode, f"byte {error.start}: {_not_utf8(error)}")
        except json.JSONDecodeError as error:
            yield Record(where, "", _encode, f"column {error.colno}: expected JSON, {error.msg}")
        except RecursionError:
            yield Record(where, "", _encode, "expected JSON, got one that is nested too deeply")
        except DataFormatError as error:
            yield Record(where, "", _encode, str(error))
        else:
            if record is not None:
                yield record


def _record(where: str, line: str, text_field: str) -> Record | None:
    mark = _BOM if line.startswith(_BOM) else ""  # on any line: files are put together
    body = line.removeprefix(mark)
    if not body.strip():
        return None
    data: Any = _JSON.decode(body.rstrip())
    if not isinstance(data, dict):
        raise DataFormatError(f"expected an object, got {_kind(data)}")
    if text_field not in data:
        fields = ", ".join(map(repr, list(data)[:8])) or "none"
        raise DataFormatError(f"expected a field {text_field!r}, got {fields} (see --text-field)")
    text = data[text_field]
    if not isinstance(text, str):
        raise DataFormatError(f"expected text in {text_field!r}, got {_kind(text)}")

    def render(clean: str) -> bytes:
        made = line if clean == text else mark + _with_value(body, text_field, clean)
        return made.encode("utf-8") + (b"" if made.endswith("\n") else b"\n")

    return Record(where, text, render)


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "text")


def _with_value(line: str, field: str, value: str) -> str:
    """The `line`, which holds an object, with another `value` of a `field`: the last of that name, as read."""
    at = line.index("{")
    start = end = at
    while line[at] != "}":
        name, at = _JSON.raw_decode(line, _behind_space(line, at + 1))
        value_at = _behind_space(line, _behind_space(line, at) + 1)
        _, value_end = _JSON.raw_decode(line, value_at)
        if name == field:
            start, end = value_at, value_end
        at = _behind_space(line, value_end)
    escaped = line.isascii() or any("\ud800" <= char <= "\udfff" for char in value)
    return line[:start] + json.dumps(value, ensure_ascii=escaped) + line[end:]


def _behind_space(line: str, at: int) -> int:
    found = _SPACE.match(line, at)
    return found.end() if found else at


Reader = Callable[[BinaryIO, str, str], Iterator[Record]]

#: By file suffix.
READERS: dict[str, Reader] = {
    ".txt": read_txt,
    ".jsonl": read_jsonl,
}
