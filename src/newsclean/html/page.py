"""The report on a page: its blocks, kept and left out, and the report on the article's text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from newsclean.errors import DataFormatError
from newsclean.report import Report

__all__ = ["KINDS", "ROLES", "Block", "Cut", "Link", "PageReport"]

#: What a block is by its markup.
KINDS = ("heading", "paragraph", "list item", "quote", "table row", "code", "caption", "embed")

#: What a block is to the article, where its markup or its place shows it; "" for most.
ROLES = ("", "title", "standfirst", "byline", "comment")


class Cut(NamedTuple):
    """A piece inside a kept block that is left out, with the white space that goes with it, and why."""

    start: int
    end: int
    reason: str


class Link(NamedTuple):
    """A link inside a block's text: ``text[start:end]`` leads to `href`."""

    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True)
class Block:
    r"""A piece of a page between two block boundaries, or a row of a table.

    `text` has its white space collapsed as a browser does it, with ``\n`` for line breaks (code: as it stands).
    `level` is that of a heading (1 to 6) or how deep a list item is nested (from 1), else 0. `path` names the elements
    around it, `score` is the probability that it is the article's.

    >>> Block("Rain fell. Read more", kept=True, cuts=(Cut(10, 20, "a link to another page"),)).kept_text
    'Rain fell.'
    """

    text: str
    kind: str = "paragraph"
    role: str = ""
    level: int = 0
    path: str = ""
    score: float = 0.0
    kept: bool = False
    reason: str = ""
    cuts: tuple[Cut, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def kept_text(self) -> str:
        """The text without the cuts; "" of a block that is left out."""
        if not self.kept:
            return ""
        at, pieces = 0, []
        for cut in self.cuts:
            pieces.append(self.text[at : cut.start])
            at = cut.end
        return "".join([*pieces, self.text[at:]])


@dataclass(frozen=True, slots=True)
class PageReport:
    """What a page holds, what of it is the article, and what was left out, where and why.

    `blocks` are in page order; the kept ones, a line each, are the text that `report` tells of: what the text side
    removed of it. `engine` found the article, after those in `tried` that found none. `page_type` is the likeliest of
    `page_types`, a probability each. `cut` says what of the page was not read ("" for nothing), `encoding` how its
    bytes were read. Title, byline, date (ISO 8601) and language are read on demand.
    """

    blocks: tuple[Block, ...]
    report: Report
    engine: str = "newsclean"
    tried: tuple[str, ...] = ()
    page_types: Mapping[str, float] = field(default_factory=dict)
    url: str | None = None
    encoding: str = ""
    cut: str = ""
    error: str | None = None
    title: str | None = None
    byline: str | None = None
    date: str | None = None
    language: str | None = None

    @property
    def text(self) -> str:
        """The article."""
        return self.report.text

    @property
    def page_type(self) -> str:
        """article, forum, product, listing, collection, documentation or service; "" for a page without text."""
        return max(self.page_types, key=self.page_types.__getitem__, default="")

    @property
    def kept(self) -> tuple[Block, ...]:
        """The blocks of the article, before the text side."""
        return tuple(block for block in self.blocks if block.kept)

    @property
    def left_out(self) -> tuple[Block, ...]:
        """The blocks that are not the article's."""
        return tuple(block for block in self.blocks if not block.kept)

    def pieces(self) -> Iterator[tuple[Block, str]]:
        """Each kept block with what the text side left of it, in order; blocks of which it left nothing are passed over."""
        removed = [decision.span for decision in self.report.removed]
        ends = [span.end for span in removed]
        at = 0
        for block in self.kept:
            end = at + len(block.kept_text)
            left, start = [], at
            for number in range(bisect_right(ends, at), len(removed)):
                span = removed[number]
                if span.start >= end:
                    break
                left.append(self.report.original[start : max(start, span.start)])
                start = max(start, min(span.end, end))
            text = "".join([*left, self.report.original[start:end]]).strip()
            if text:
                yield block, text
            at = end + 1

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values; `from_dict` reads it back."""
        made = {name: getattr(self, name) for name in _PLAIN}
        made["page_types"] = dict(self.page_types)
        made["tried"] = list(self.tried)
        made["page_type"] = self.page_type
        return {**made, "blocks": [asdict(block) for block in self.blocks], "report": self.report.to_dict()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> PageReport:
        """The report that `to_dict` gave.

        Raises:
            DataFormatError: if `data` is no such report.
        """
        try:
            blocks = tuple(_block(block) for block in data["blocks"])
            plain = {name: data[name] for name in _PLAIN}
            types = {str(name): float(value) for name, value in data["page_types"].items()}
            return cls(
                blocks,
                Report.from_dict(data["report"]),
                page_types=types,
                tried=tuple(data["tried"]),
                **plain,
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DataFormatError(f"expected a page report, got {error!r}") from error


_PLAIN = ("engine", "url", "encoding", "cut", "error", "title", "byline", "date", "language")


def _block(data: Mapping[str, Any]) -> Block:
    plain = dict(data)
    plain["cuts"] = tuple(Cut(*cut) for cut in data["cuts"])
    plain["links"] = tuple(Link(*link) for link in data["links"])
    return Block(**plain)
