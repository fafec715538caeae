"""The batch run over files of any format: each failure named, nothing else lost by it."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Protocol

from newsclean.pipeline.files import Formats, Job
from newsclean.pipeline.marks import Marks
from newsclean.pipeline.summary import Account
from newsclean.pipeline.writing import atomic_writer

__all__ = ["Batch", "Sink"]


class Sink(Protocol):
    """Where results go."""

    def write(self, data: bytes, /) -> int:
        """Take `data`."""


class Batch(ABC):
    """Does files one by one; what is done with one is up to the subclass.

    Args:
        summary: is added to.
        formats: tell how a file is read by its name.
        settings: describes how the work is configured; a file done with other settings is done again.
        report: receives one JSON line for each document; None for no report. With a report everything is done
            again: it tells of all documents, not of those of the last run.
        force: do again what is done.
    """

    def __init__(
        self, summary: Account, formats: Formats, settings: str, report: BinaryIO | None, force: bool
    ) -> None:
        self.summary, self.formats, self.report = summary, formats, report
        self.settings = hashlib.blake2b(settings.encode(), digest_size=8).hexdigest()
        self.force = force or report is not None

    @abstractmethod
    def stream(self, source: BinaryIO, target: Sink, name: str, suffix: str) -> None:
        """Do what `source` holds, in the format of `suffix`, into `target`."""

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

    def _file(self, job: Job, stdout: BinaryIO) -> None:
        with ExitStack() as stack:
            source = stack.enter_context(job.source.open("rb"))
            target: Sink = stdout if job.target is None else stack.enter_context(_Lazy(job.target))
            before = len(self.summary.failures)
            self.stream(source, target, str(job.source), self.formats.format(job.source.name))
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

    def write(self, data: bytes, /) -> int:
        if self._file is None:
            self._file = self.enter_context(atomic_writer(self._target))
        return self._file.write(data)


def _told(error: OSError, job: Job) -> str:
    """What went wrong, with the file that it went wrong with if that is not the input itself."""
    what = error.strerror or str(error)
    other = error.filename is not None and str(error.filename) != str(job.source)
    return f"cannot write {job.target}: {what}" if other else what
