"""Labelled pages: folders with ``gold.jsonl`` and the pages beside it, and what is known of each page."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from newsclean.errors import DataFormatError

__all__ = ["Page", "head_texts", "read_html", "read_pages", "site_of"]


class Page(NamedTuple):
    """A page and its gold.

    `text` is the main content ("" if unknown); `present` and `absent` are snippets that an extraction must and
    must not hold.
    """

    folder: Path
    id: str
    lang: str
    kind: str
    text: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    site: str

    @property
    def key(self) -> str:
        """Folder and id."""
        return f"{self.folder.name}/{self.id}"


_CANONICAL = (
    re.compile(rb"""rel=["']?canonical["']?[^>]*?href=["']?(https?://[^"'\s>]+)"""),
    re.compile(rb"""href=["']?(https?://[^"'\s>]+)["']?[^>]*?rel=["']?canonical"""),
    re.compile(rb"""og:url["'][^>]*?content=["']?(https?://[^"'\s>]+)"""),
    re.compile(rb"""content=["']?(https?://[^"'\s>]+)["']?[^>]*?og:url"""),
)
_ARCHIVED = re.compile(r"^web\.archive\.org_web_\w+?_https?_+")
_VALUE = r"""content=(["'])((?:(?!\1).){4,})\1"""
_HEAD = (
    re.compile(r"<title[^>]*>([^<]{4,})</title>", re.IGNORECASE),
    re.compile(rf"""<meta[^>]*?(?:og:title|twitter:title)["'][^>]*?{_VALUE}""", re.IGNORECASE),
    re.compile(rf"""<meta[^>]*?(?:og:description|name=["']description)["'][^>]*?{_VALUE}""", re.IGNORECASE),
    re.compile(r"<h1[^>]*>(.{4,400}?)</h1>", re.IGNORECASE | re.DOTALL),
)
_TAG = re.compile("<[^>]*>")


def read_pages(folder: Path) -> Iterator[Page]:
    """The pages of a folder with ``gold.jsonl`` (`id, lang, page_type, text, with, without`) and ``html/``.

    An optional field `site` or `url` names the web site; without it, it is found out from the page.

    Raises:
        DataFormatError: a folder without gold, or gold of another form.
    """
    gold = folder / "gold.jsonl"
    if not gold.is_file():
        raise DataFormatError(f"{folder}: expected a folder with gold.jsonl and html/, got none")
    with gold.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield _page(folder, json.loads(line.decode("utf-8")))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise DataFormatError(f"{gold}:{number}: expected a page's gold, got {error!r}") from error


def _page(folder: Path, record: dict[str, Any]) -> Page:
    ident = str(record["id"])
    named = record.get("site") or urlsplit(str(record.get("url") or "")).netloc
    return Page(
        folder,
        ident,
        str(record.get("lang") or ""),
        str(record.get("page_type") or ""),
        str(record.get("text") or ""),
        tuple(record.get("with") or ()),
        tuple(record.get("without") or ()),
        _bare(named) if named else site_of(folder, ident),
    )


def read_html(folder: Path, ident: str) -> bytes:
    """The page as it was served.

    Raises:
        OSError: if it is not there or cannot be unpacked.
    """
    try:
        return gzip.decompress((folder / "html" / f"{ident}.html.gz").read_bytes())
    except (EOFError, zlib.error) as error:  # cut off, or damaged
        raise OSError(f"{ident}.html.gz: {error}") from error


def site_of(folder: Path, ident: str) -> str:
    """The web site of a page: from an address or publisher in its id, else from the page; else the id itself.

    >>> site_of(Path("x"), "https_www.taz.de_Ein-Thema_1234"), site_of(Path("x"), "de_Bild_2024_05_03")
    ('taz.de', 'de_Bild')
    """
    address = re.match(r"https?_+(.*)", ident)
    if address:
        return _bare(_ARCHIVED.sub("", address[1]).split("_")[0])
    publisher = re.match(r"([a-z]{2,3}_[A-Za-z0-9]+)_\d{4}_\d\d_\d\d", ident)
    if publisher:
        return publisher[1]
    hard = re.match(r"hard_([\w.-]+?)(?:\.com|\.net|\.org|-|\.html)", ident)
    if hard:
        return hard[1]
    try:
        head = read_html(folder, ident)
    except OSError:
        return ident
    for pattern in _CANONICAL:
        found = pattern.search(head)
        host = _host(found[1].decode("ascii", "replace")) if found else ""
        if host:
            return _bare(host)
    return ident


def head_texts(html: bytes) -> list[str]:
    """Title, headline and summary that the page gives of itself."""
    import html as entities

    text = html[:400_000].decode("utf-8", "replace")
    found = []
    for pattern in _HEAD:
        for match in pattern.finditer(text):
            value = " ".join(entities.unescape(_TAG.sub(" ", match[match.lastindex or 1])).split())
            if value and value not in found:
                found.append(value)
    return found[:8]


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
