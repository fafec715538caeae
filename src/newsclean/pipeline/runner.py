"""The batch run: every document of every file, each failure named, nothing else lost by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from newsclean.cleaner import Cleaner
from newsclean.pipeline.files import Job
from newsclean.pipeline.marks import Marks
from newsclean.pipeline.records import READERS, Record
from newsclean.pipeline.summary import Summary
from newsclean.pipeline.writing import atomic_writer
from newsclean.report import Report

__all__ = ["Runner", "removed_record"]


class Runner:
    """Cleans files one by one.

    Args:
        cleaner: does the work.
        summary: is added to.
        settings: describes how the cleaner is configured; a file done with other settings is done again.
        text_field: where the text is in .jsonl records.
        report: receives one JSON line for each document with its removed spans; None for no report. With a
            report everything is done again: it tells of all documents, not of those of the last run.
        force: do again what is done.
    """

    def __init__(
        self,
        cleaner: Cleaner,
        summary: Summary,
        settings: str = "",
        text_field: str = "text",
        report: BinaryIO | None = None,
        force: bool = False,
    ) -> None:
        self.cleaner, self.summary = cleaner, summary
        self.settings = hashlib.blake2b(settings.encode(), digest_size=8).hexdigest()
        self.text_field, self.report = text_field, report
        self.force = force or report is not None

    def run(self, jobs: Iterable[Job], folder: Path | None, stdout: BinaryIO) -> None:
        """Do `jobs`. `folder` is where the marks of what is done are kept, if the results go to a folder.

        Raises:
            OSError: if standard output cannot be written to; a file that fails is named in the summary.
        """
        marks = Marks(folder)
        for job in jobs:
            key = job.target.relative_to(folder).as_posix() if folder and job.target else ""
            mark = self._mark(job.source)
            if not self.force and job.target and job.target.exists() and mark and (key, mark) in marks:
                self.summary.skipped += 1
                continue
            before = len(self.summary.failures)
            try:
                self._file(job, stdout)
            except OSError as error:
                if job.target is None:
                    raise
                self.summary.fail(str(job.source), _told(error, job))
            if mark and len(self.summary.failures) == before:
                marks.add(key, mark)

    def stream(self, source: BinaryIO, target: BinaryIO | _Lazy, name: str, suffix: str) -> None:
        """Clean what `source` holds, in the format of `suffix`, into `target`."""
        for record in READERS[suffix](source, name, self.text_field):
            made = self.record(record)
            if made is not None:
                target.write(made)

    def record(self, record: Record) -> bytes | None:
        """One document cleaned, as bytes; None if it cannot be read at all."""
        if record.error is not None:
            self.summary.fail(record.where, record.error)
            return None
        report = self.cleaner.analyze(record.text)
        if report.error is not None:
            self.summary.fail(record.where, f"{report.error} (left unchanged)")
        self.summary.add(report)
        if self.report is not None:
            line = json.dumps(removed_record(record.where, report))
            self.report.write(line.encode("ascii") + b"\n")
        return record.render(report.text)

    def _file(self, job: Job, stdout: BinaryIO) -> None:
        suffix = job.source.suffix.lower()
        suffix = suffix if suffix in READERS else ".txt"
        with ExitStack() as stack:
            source = stack.enter_context(job.source.open("rb"))
            target: BinaryIO | _Lazy = (
                stdout if job.target is None else stack.enter_context(_Lazy(job.target))
            )
            before = len(self.summary.failures)
            self.stream(source, target, str(job.source), suffix)
            if len(self.summary.failures) == before:
                target.write(b"")  # an empty input has an empty result

    def _mark(self, source: Path) -> list[int | str] | None:
        try:
            stat = source.stat()
        except OSError:
            return None
        return [stat.st_size, stat.st_mtime_ns, self.settings]


class _Lazy(ExitStack):
    """An atomic writer that makes its file only once something is written: no result, no file."""

    def __init__(self, target: Path) -> None:
        super().__init__()
        self._target = target
        self._file: BinaryIO | None = None

    def write(self, data: bytes) -> int:
        if self._file is None:
            self._file = self.enter_context(atomic_writer(self._target))
        return self._file.write(data)


def removed_record(where: str, report: Report) -> dict[str, object]:
    """One line of a ``--report`` file: the removed spans of a document, with their texts and reasons."""
    return {
        "document": where,
        "error": report.error,
        "languages": list(report.languages),
        "removed": [
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
        ],
    }


def _told(error: OSError, job: Job) -> str:
    """What went wrong, with the file that it went wrong with if that is not the input itself."""
    what = error.strerror or str(error)
    other = error.filename is not None and str(error.filename) != str(job.source)
    return f"cannot write {job.target}: {what}" if other else what
