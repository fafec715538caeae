"""The batch run over pages: the article of every page of every file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

from newsclean.pipeline.batch import Batch, Sink
from newsclean.pipeline.files import Formats
from newsclean.pipeline.pages import FOUND, USUAL, PageFields, PageRecord, read_pages
from newsclean.pipeline.runner import removed_spans
from newsclean.pipeline.summary import Account, counted, listed

if TYPE_CHECKING:
    from newsclean.html.extractor import Extractor
    from newsclean.html.page import PageReport

__all__ = ["PageRunner", "PageSummary", "page_record"]


@dataclass(slots=True)
class PageSummary(Account):
    """Counts over a run that extracts articles. `empty` names the pages without one."""

    what: ClassVar[str] = "page"

    pages: int = 0
    untouched: int = 0
    blocks: int = 0
    blocks_kept: int = 0
    cut: int = 0
    engines: Counter[str] = field(default_factory=Counter)
    spans: Counter[str] = field(default_factory=Counter)
    empty: list[str] = field(default_factory=list)

    def add(self, where: str, report: PageReport) -> None:
        """Count one page that was read."""
        self.pages += 1
        kept = report.kept
        self.blocks += len(report.blocks)
        self.blocks_kept += len(kept)
        self.cut += bool(report.cut)
        for decision in report.report.junk:
            self.spans[decision.category or ""] += 1
        if report.text.strip():
            self.engines[report.engine] += 1
            self.untouched += not report.report.junk and not any(block.cuts for block in kept)
        else:
            self.empty.append(f"{where}: no article found")

    def lines(self) -> list[str]:
        """The summary in words."""
        articles = self.pages - len(self.empty)
        made = [
            f"{counted(self.pages, 'page')} read, {counted(articles, 'article')} found, {self.untouched} of them "
            f"without junk inside; {self.blocks_kept:,} of {counted(self.blocks, 'block')} kept, "
            f"{counted(sum(self.spans.values()), 'piece')} of junk removed from them"
        ]
        if self.spans:
            made.append("  " + ", ".join(f"{name} {n}" for name, n in self.spans.most_common()))
        if self.engines:
            made.append("  engines: " + ", ".join(f"{name} {n:,}" for name, n in self.engines.most_common()))
        if self.cut:
            made.append(f"{counted(self.cut, 'page')} too large to be read to the end")
        if self.empty:
            made += [f"{counted(len(self.empty), 'page')} without an article:", *listed(self.empty)]
        return made + Account.lines(self)


class PageRunner(Batch):
    """Extracts the articles of files one by one.

    Args:
        extractor: does the work.
        render: makes the text that is written from a report.
        fields: where things are in .jsonl records.
        encoding: that of the pages' bytes; None to find it out.
        url: the address of the page, for a run over one.
        summary, formats, settings, report, force: as `Batch` has them; a line of the report is a `page_record`.
    """

    summary: PageSummary

    def __init__(
        self,
        extractor: Extractor,
        summary: PageSummary,
        formats: Formats,
        render: Callable[[PageReport], str],
        fields: PageFields = USUAL,
        settings: str = "",
        encoding: str | None = None,
        url: str | None = None,
        report: BinaryIO | None = None,
        force: bool = False,
    ) -> None:
        super().__init__(summary, formats, settings, report, force)
        self.extractor, self.render, self.fields = extractor, render, fields
        self.encoding, self.url = encoding, url

    def stream(self, source: BinaryIO, target: Sink, name: str, suffix: str) -> None:
        """Write the articles of the pages that `source` holds, in the format of `suffix`, into `target`."""
        for record in read_pages(source, name, suffix, self.fields):
            made = self.record(record)
            if made is not None:
                target.write(made)

    def record(self, record: PageRecord) -> bytes | None:
        """The article of one page, as bytes.

        A page in which something goes wrong before there is an article has none: None, or the record unchanged.
        """
        if record.error is not None:
            self.summary.fail(record.where, record.error)
            return None
        report = self.extractor.analyze(record.html, record.url or self.url, self.encoding)
        if self.report is not None:
            line = json.dumps(page_record(record.where, report))
            self.report.write(line.encode("ascii") + b"\n")
        error = report.error or report.report.error
        if error is not None:
            lost = record.unchanged is not None and not report.text
            self.summary.fail(record.where, f"{error} (left unchanged)" if lost else error)
            if not report.text:
                return record.unchanged
        self.summary.add(record.where, report)
        return record.render(self.render(report), report)


def page_record(where: str, report: PageReport) -> dict[str, Any]:
    """One line of a ``--report`` file: what was read of a page, how, what was left out of it, and why."""
    return {
        "document": where,
        "url": report.url,
        "error": report.error or report.report.error,
        "engine": report.engine,
        "tried": list(report.tried),
        **{name: getattr(report, name) or None for name in FOUND},
        "encoding": report.encoding,
        "cut": report.cut,
        "blocks_kept": len(report.kept),
        "blocks_left_out": len(report.left_out),
        "left_out": [
            {
                "text": block.text,
                "kind": block.kind,
                "role": block.role,
                "score": block.score,
                "path": block.path,
                "reason": block.reason,
            }
            for block in report.left_out
        ],
        "cuts": [
            {"text": block.text[cut.start : cut.end], "reason": cut.reason}
            for block in report.kept
            for cut in block.cuts
        ],
        "languages": list(report.report.languages),
        "removed": removed_spans(report.report),
    }
