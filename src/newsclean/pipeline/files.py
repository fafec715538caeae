"""Which files to read and where their results go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsclean.errors import DataFormatError

__all__ = ["SUFFIXES", "TEXTS", "Formats", "Job", "found_files", "plan_jobs", "text_files"]


@dataclass(frozen=True, slots=True)
class Formats:
    """The files that a command reads.

    `results` has the suffix of each format, in lower case, and that of its result; a file of no format is read as
    the first. `verb` is what is done with them; `other` comes behind the name of a file of no format.

    >>> pages = Formats({".html": ".txt", ".html.gz": ".txt"}, "extract", ".txt")
    >>> pages.result("A.HTML.gz"), pages.result("page.php"), pages.format("page.php"), pages.names
    ('A.txt', 'page.php.txt', '.html', '.html or .html.gz')
    """

    results: Mapping[str, str]
    verb: str
    other: str = ""

    def suffix(self, name: str) -> str | None:
        """The longest suffix of a format that `name` ends with, in any case; None for a file of no format."""
        return max((end for end in self.results if name.lower().endswith(end)), key=len, default=None)

    def format(self, name: str) -> str:
        """The suffix of the format that the file `name` is read as."""
        return self.suffix(name) or next(iter(self.results))

    def result(self, name: str) -> str:
        """The name of the result of file `name`."""
        suffix = self.suffix(name)
        if suffix is None:
            return name + self.other
        made = self.results[suffix]
        return name if made == suffix else name[: -len(suffix)] + made

    @property
    def names(self) -> str:
        """The suffixes in words."""
        *first, last = self.results
        return f"{', '.join(first)} or {last}" if first else last


TEXTS = Formats({".txt": ".txt", ".jsonl": ".jsonl"}, "clean")
SUFFIXES = tuple(TEXTS.results)


@dataclass(frozen=True, slots=True)
class Job:
    """One file to clean, and where to: None is standard output."""

    source: Path
    target: Path | None


def plan_jobs(
    paths: Sequence[Path],
    output: Path | None,
    into_folder: bool = False,
    report: Path | None = None,
    formats: Formats = TEXTS,
) -> list[Job]:
    """The files that `paths` name (folders at any depth), each with its target under `output`.

    `into_folder` says that `output` is a folder even if it does not exist yet and only one file comes. An
    `output` inside an input folder is not read: it holds what earlier runs made.

    Raises:
        DataFormatError: nothing to read, a target or `report` that is an input or met twice, or several
            inputs and no folder for them.
    """
    verb = formats.verb
    found = [(file, root) for path in paths for file, root in _files(path, output, formats)]
    if not found:
        raise DataFormatError(f"nothing to {verb}: no {formats.names} file in the folder given")
    folder = into_folder or len(found) > 1 or any(path.is_dir() for path in paths)
    if output is None:
        if len(found) > 1:
            raise DataFormatError(f"{len(found)} files to {verb}: say where to with -o FOLDER")
        jobs = [Job(found[0][0], None)]
    elif folder or output.is_dir():
        if output.is_file():
            raise DataFormatError(f"{output}: expected a folder, got a file")
        jobs = [
            Job(file, output / file.relative_to(root).with_name(formats.result(file.name)))
            for file, root in found
        ]
    else:
        jobs = [Job(found[0][0], output)]
    _check_targets(jobs, verb)
    if report is not None:
        _check_report(report, paths, output, jobs, formats)
    return jobs


def text_files(path: Path) -> list[Path]:
    """The file itself, or the texts that a folder holds at any depth, in order of their paths."""
    return found_files(path, TEXTS)


def found_files(path: Path, *formats: Formats) -> list[Path]:
    """The file itself, or those of `formats` that a folder holds at any depth, in order of their paths."""
    if not path.is_dir():
        return [path]
    return sorted(
        file for file in path.rglob("*") if any(f.suffix(file.name) for f in formats) and file.is_file()
    )


def _files(path: Path, output: Path | None, formats: Formats) -> Iterator[tuple[Path, Path]]:
    own = output.resolve() if output is not None else None
    holds_output = own is not None and path.resolve() in own.parents
    for file in found_files(path, formats):
        if not (holds_output and own in file.resolve().parents):
            yield file, (path if path.is_dir() else path.parent)


def _check_targets(jobs: Sequence[Job], verb: str) -> None:
    sources = {job.source.resolve() for job in jobs}
    targets: dict[Path, Path] = {}
    for job in jobs:
        if job.target is None:
            continue
        target = job.target.resolve()
        if target in sources:
            raise DataFormatError(
                f"{job.target} is an input too: choose another -o, inputs are never overwritten"
            )
        other = targets.setdefault(target, job.source)
        if other != job.source:
            raise DataFormatError(
                f"{other} and {job.source} would both go to {job.target}: {verb} them apart"
            )


def _check_report(
    report: Path, paths: Sequence[Path], output: Path | None, jobs: Sequence[Job], formats: Formats
) -> None:
    place = report.resolve()
    if any(job.target is not None and place == job.target.resolve() for job in jobs):
        raise DataFormatError(f"{report} is an output too: choose another --report")
    if any(place == job.source.resolve() for job in jobs):
        raise DataFormatError(
            f"{report} is an input too: choose another --report, inputs are never overwritten"
        )
    if formats.suffix(place.name) is None or (output is not None and output.resolve() in place.parents):
        return
    if any(path.resolve() in place.parents for path in paths):
        raise DataFormatError(
            f"{report} is in a folder of inputs, where the next run would read it: choose another --report"
        )
