"""What a file holds, one document at a time: the whole of a .txt, a field of each line of a .jsonl."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple, TypeVar

from newsclean.errors import DataFormatError

__all__ = ["READERS", "Line", "Record", "each_line", "read_jsonl", "read_line", "read_txt", "with_fields"]

T = TypeVar("T")

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

    def read(where: str, line: str) -> Record | None:
        return _record(where, line, text_field)

    return each_line(file, name, read, lambda where, error: Record(where, "", _encode, error))


def each_line(
    lines: Iterable[bytes | DataFormatError],
    name: str,
    read: Callable[[str, str], T | None],
    broken: Callable[[str, str], T],
) -> Iterator[T]:
    """What `read` makes of each place and line; `broken` of a place and what is wrong with its line.

    An error among the lines stands for one that cannot be read at all.
    """
    for number, line in enumerate(lines, 1):
        where = f"{name}:{number}"
        try:
            if isinstance(line, DataFormatError):
                raise line
            record = read(where, line.decode("utf-8"))
        except UnicodeDecodeError as error:
            yield broken(where, f"byte {error.start}: {_not_utf8(error)}")
        except json.JSONDecodeError as error:
            yield broken(where, f"column {error.colno}: expected JSON, {error.msg}")
        except RecursionError:
            yield broken(where, "expected JSON, got one that is nested too deeply")
        except DataFormatError as error:
            yield broken(where, str(error))
        else:
            if record is not None:
                yield record


class Line(NamedTuple):
    """A line that holds an object: its byte-order mark, the rest as it stands, and its values."""

    mark: str
    body: str
    data: dict[str, Any]

    def text(self, field: str, option: str) -> str:
        """The text in `field`, which `option` names.

        Raises:
            DataFormatError: if there is no such field, or something else in it.
        """
        if field not in self.data:
            fields = ", ".join(map(repr, list(self.data)[:8])) or "none"
            raise DataFormatError(f"expected a field {field!r}, got {fields} (see {option})")
        text = self.data[field]
        if not isinstance(text, str):
            raise DataFormatError(f"expected text in {field!r}, got {_kind(text)}")
        return text


def read_line(line: str) -> Line | None:
    """The object of a line; None for a blank line.

    Raises:
        JSONDecodeError, RecursionError: if it is no JSON.
        DataFormatError: if it is no object.
    """
    mark = _BOM if line.startswith(_BOM) else ""  # on any line: files are put together
    body = line.removeprefix(mark)
    if not body.strip():
        return None
    data: Any = _JSON.decode(body.rstrip())
    if not isinstance(data, dict):
        raise DataFormatError(f"expected an object, got {_kind(data)}")
    return Line(mark, body, data)


def _record(where: str, line: str, text_field: str) -> Record | None:
    read = read_line(line)
    if read is None:
        return None
    text = read.text(text_field, "--text-field")

    def render(clean: str) -> bytes:
        made = line if clean == text else read.mark + _with_value(read.body, text_field, clean)
        return made.encode("utf-8") + (b"" if made.endswith("\n") else b"\n")

    return Record(where, text, render)


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "text")


def _with_value(line: str, field: str, value: str) -> str:
    """The `line`, which holds an object, with another `value` of a `field`: the last of that name, as read."""
    member = [member for member in _members(line) if member.name == field][-1]
    return line[: member.value] + _json(value, line.isascii()) + line[member.end :]


def with_fields(line: str, values: Mapping[str, object], dropped: Collection[str]) -> str:
    """The `line`, which holds an object, with `values` of fields set and others `dropped`; the rest as it stands.

    A field that is there keeps its place, a new one comes last.

    >>> with_fields('{"id":1.10,"html":"<p>Rain","n":[1, 2]}', {"text": "Rain"}, ["html"])
    '{"id":1.10,"n":[1, 2],"text":"Rain"}'
    """
    members = list(_members(line))
    first, last = line.index("{") + 1, line.rindex("}")
    between = ", "
    if len(members) > 1:
        between = line[members[0].end : members[1].start]
    colon = line[members[0].colon : members[0].value] if members else ": "
    places = {member.name: n for n, member in enumerate(members)}  # the last of a name is the one read
    ascii_only = line.isascii()
    made = []
    for n, member in enumerate(members):
        if member.name in values:
            if places[member.name] == n:
                made.append(line[member.start : member.value] + _json(values[member.name], ascii_only))
        elif member.name not in dropped:
            made.append(line[member.start : member.end])
    made += [
        _json(name, ascii_only) + colon + _json(value, ascii_only)
        for name, value in values.items()
        if name not in places
    ]
    lead = line[first : members[0].start] if members else ""
    tail = line[members[-1].end : last] if members else ""
    return line[:first] + lead + between.join(made) + tail + line[last:]


class _Member(NamedTuple):
    """A field of an object: its name, and where that, what parts it from its value, and its value stand."""

    name: str
    start: int
    colon: int
    value: int
    end: int


def _members(line: str) -> Iterator[_Member]:
    at = line.index("{")
    while line[at] != "}":
        start = _behind_space(line, at + 1)
        if line[start] == "}":
            return
        name, colon = _JSON.raw_decode(line, start)
        value = _behind_space(line, _behind_space(line, colon) + 1)
        _, end = _JSON.raw_decode(line, value)
        yield _Member(name, start, colon, value, end)
        at = _behind_space(line, end)


def _json(value: object, ascii_only: bool) -> str:
    made = json.dumps(value, ensure_ascii=False)
    lone = any("\ud800" <= char <= "\udfff" for char in made)
    return json.dumps(value) if ascii_only or lone else made


def _behind_space(line: str, at: int) -> int:
    found = _SPACE.match(line, at)
    return found.end() if found else at


Reader = Callable[[BinaryIO, str, str], Iterator[Record]]

#: By file suffix.
READERS: dict[str, Reader] = {
    ".txt": read_txt,
    ".jsonl": read_jsonl,
}
