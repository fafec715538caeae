"""Which files hold pages, and what each holds: one page, or a page in a field of each line; also packed."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from newsclean.errors import DataFormatError
from newsclean.pipeline.files import Formats
from newsclean.pipeline.records import Line, each_line, read_line, with_fields

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from newsclean.html.page import PageReport

__all__ = [
    "FOUND",
    "MOST_BYTES",
    "USUAL",
    "PageFields",
    "PageRecord",
    "holds_records",
    "page_formats",
    "read_pages",
]

#: The most bytes of one page, or of one record of many, once unpacked: a packed file of a megabyte may hold a
#: thousand, and a page is far smaller.
MOST_BYTES = 200_000_000

#: Fields that records get with ``--metadata``, by the names that reports have them under.
FOUND = ("title", "byline", "date", "language", "page_type")

_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
_RECORDS = (".jsonl", ".jsonl.gz")
_GZIP = b"\x1f\x8b"
_PIECE = 1 << 20


def page_formats(result: str = ".txt") -> Formats:
    """The files that hold pages; the article of a page goes to a file with the suffix `result`.

    >>> page_formats().result("a.html.gz"), page_formats(".md").result("a.htm"), page_formats().result("a.jsonl.gz")
    ('a.txt', 'a.md', 'a.jsonl')
    """
    pages = {suffix + packed: result for packed in ("", ".gz") for suffix in _PAGE_SUFFIXES}
    return Formats(pages | dict.fromkeys(_RECORDS, ".jsonl"), "extract", result)


def holds_records(name: str) -> bool:
    """Whether a file of this name has many pages, a line each.

    >>> holds_records("crawl.JSONL.gz"), holds_records("page.html")
    (True, False)
    """
    return name.lower().endswith(_RECORDS)


class PageFields(NamedTuple):
    """Where in a record the page, its address and its article are; what else comes and goes."""

    html: str = "html"
    url: str = "url"
    text: str = "text"
    keep_html: bool = False
    metadata: bool = False


USUAL = PageFields()


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page of a file. `where` names it for people; `render` makes its bytes from its article and report.

    `unchanged` is the record as it was, where there is one; `error` says why there is no page to read.
    """

    where: str
    html: bytes | str
    render: Callable[[str, PageReport], bytes]
    url: str | None = None
    unchanged: bytes | None = None
    error: str | None = None


def read_pages(file: BinaryIO, name: str, suffix: str, fields: PageFields = USUAL) -> Iterator[PageRecord]:
    """The pages of a file of the format `suffix`; it is unpacked if its first bytes say that it is packed.

    What is broken gives a record with an error: one for a file, one for a line of a .jsonl.
    """
    packed = suffix.endswith(".gz")
    if suffix in _RECORDS:

        def read(where: str, line: str) -> PageRecord | None:
            found = read_line(line)
            return found and _record(where, found, fields)

        yield from each_line(_lines(file, packed), name, read, _broken)
    else:
        try:
            yield PageRecord(name, _whole(file, packed), _as_text)
        except DataFormatError as error:
            yield _broken(name, str(error))


def _record(where: str, line: Line, fields: PageFields) -> PageRecord:
    html = line.text(fields.html, "--html-field")
    url = line.data.get(fields.url)

    def render(article: str, report: PageReport) -> bytes:
        values: dict[str, object] = {}
        if fields.metadata:  # what the record says already is left as it is
            values = {name: getattr(report, name) or None for name in FOUND if name not in line.data}
        values[fields.text] = article
        return _line(line.mark + with_fields(line.body, values, () if fields.keep_html else (fields.html,)))

    unchanged = _line(line.mark + line.body)
    return PageRecord(where, html, render, url if isinstance(url, str) else None, unchanged)


def _line(line: str) -> bytes:
    return line.encode("utf-8") + (b"" if line.endswith("\n") else b"\n")


def _as_text(article: str, report: PageReport) -> bytes:
    del report
    end = "\n" if article and not article.endswith("\n") else ""
    return (article + end).encode("utf-8", "replace")


def _broken(where: str, error: str) -> PageRecord:
    return PageRecord(where, "", _as_text, error=error)


def _whole(file: BinaryIO, packed: bool) -> bytes:
    pieces: list[bytes] = []
    size = 0
    try:
        source = _unpacked(file, packed)
        while piece := source.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                raise _too_much("a page")
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise _gzip_error(error) from error
    return b"".join(pieces)


def _lines(file: BinaryIO, packed: bool) -> Iterator[bytes | DataFormatError]:
    """The lines, and in place of one that cannot be read what is wrong with it."""
    try:
        source = _unpacked(file, packed)
        while line := source.readline(MOST_BYTES + 1):
            if len(line) <= MOST_BYTES:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = source.readline(_PIECE)
            yield _too_much("a record")
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield _gzip_error(error)
    except DataFormatError as error:
        yield error


def _unpacked(file: BinaryIO, packed: bool) -> io.BufferedIOBase:
    """What `file` holds. A name may be wrong: crawlers store packed pages under plain names."""
    source = io.BufferedReader(_Raw(file))
    if source.peek(2)[:2] == _GZIP:
        return gzip.GzipFile(fileobj=source)
    if packed:
        raise DataFormatError("expected gzip, got something else")
    return source


class _Raw(io.RawIOBase):
    """A file to put a buffer over, whatever it is; left open at the end."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        room = memoryview(buffer)
        data = self._file.read(len(room))
        room[: len(data)] = data
        return len(data)


def _gzip_error(error: Exception) -> DataFormatError:
    if isinstance(error, EOFError):
        return DataFormatError("expected gzip, got one that is cut short")
    return DataFormatError(f"expected gzip, got a broken one: {error}")


def _too_much(what: str) -> DataFormatError:
    return DataFormatError(
        f"expected {what} of up to {MOST_BYTES / 1_000_000:g} MB, unpacked, got a larger one"
    )
