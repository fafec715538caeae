"""The batch run over texts: every document of every file is cleaned."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from newsclean.blocks import in_blocks
from newsclean.cleaner import Cleaner
from newsclean.pipeline.batch import Batch, Sink
from newsclean.pipeline.files import TEXTS
from newsclean.pipeline.records import READERS, Record
from newsclean.pipeline.summary import Summary
from newsclean.report import Report

__all__ = ["Runner", "removed_record", "removed_spans"]


class Runner(Batch):
    """Cleans files one by one.

    Args:
        cleaner: does the work.
        text_field: where the text is in .jsonl records.
        summary, settings, report, force: as `Batch` has them; a line of the report has the removed spans.
    """

    summary: Summary

    def __init__(
        self,
        cleaner: Cleaner,
        summary: Summary,
        settings: str = "",
        text_field: str = "text",
        report: BinaryIO | None = None,
        force: bool = False,
    ) -> None:
        super().__init__(summary, TEXTS, settings, report, force)
        self.cleaner, self.text_field = cleaner, text_field

    def stream(self, source: BinaryIO, target: Sink, name: str, suffix: str) -> None:
        """Clean what `source` holds, in the format of `suffix`, into `target`."""
        for block in in_blocks(READERS[suffix](source, name, self.text_field), _size):
            for made in self.records(block):
                if made is not None:
                    target.write(made)

    def records(self, block: list[Record]) -> Iterator[bytes | None]:
        """Each document of a block cleaned, as bytes; None if it cannot be read at all."""
        reports = iter(self.cleaner.analyze_many([record.text for record in block if record.error is None]))
        for record in block:
            if record.error is not None:
                self.summary.fail(record.where, record.error)
                yield None
            else:
                yield self._record(record, next(reports))

    def _record(self, record: Record, report: Report) -> bytes:
        if report.error is not None:
            self.summary.fail(record.where, f"{report.error} (left unchanged)")
        self.summary.add(report)
        if self.report is not None:
            line = json.dumps(removed_record(record.where, report))
            self.report.write(line.encode("ascii") + b"\n")
        return record.render(report.text)


def _size(record: Record) -> int:
    return len(record.text) if record.error is None else 0


def removed_record(where: str, report: Report) -> dict[str, object]:
    """One line of a ``--report`` file: the removed spans of a document, with their texts and reasons."""
    return {
        "document": where,
        "error": report.error,
        "languages": list(report.languages),
        "removed": removed_spans(report),
    }


def removed_spans(report: Report) -> list[dict[str, Any]]:
    """The removed spans of a report as JSON values, with their texts and reasons."""
    return [
        {
            "start": d.span.start,
            "end": d.span.end,
            "category": d.category,
            "score": d.score,
            "rules": [evidence.rule for evidence in d.evidence],
            "reason": d.reason,
            "text": d.span.of(report.original),
        }
        for d in report.removed
    ]
