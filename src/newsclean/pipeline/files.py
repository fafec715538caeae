"""Which files to read and where their results go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsclean.errors import DataFormatError

__all__ = ["SUFFIXES", "Job", "plan_jobs", "text_files"]

SUFFIXES = (".txt", ".jsonl")


@dataclass(frozen=True, slots=True)
class Job:
    """One file to clean, and where to: None is standard output."""

    source: Path
    target: Path | None


def plan_jobs(
    paths: Sequence[Path], output: Path | None, into_folder: bool = False, report: Path | None = None
) -> list[Job]:
    """The files that `paths` name (folders at any depth), each with its target under `output`.

    `into_folder` says that `output` is a folder even if it does not exist yet and only one file comes. An
    `output` inside an input folder is not read: it holds what earlier runs made.

    Raises:
        DataFormatError: nothing to read, a target or `report` that is an input or met twice, or several
            inputs and no folder for them.
    """
    found = [(file, root) for path in paths for file, root in _files(path, output)]
    if not found:
        raise DataFormatError(f"nothing to clean: no {' or '.join(SUFFIXES)} file in the folder given")
    folder = into_folder or len(found) > 1 or any(path.is_dir() for path in paths)
    if output is None:
        if len(found) > 1:
            raise DataFormatError(f"{len(found)} files to clean: say where to with -o FOLDER")
        jobs = [Job(found[0][0], None)]
    elif folder or output.is_dir():
        if output.is_file():
            raise DataFormatError(f"{output}: expected a folder, got a file")
        jobs = [Job(file, output / file.relative_to(root)) for file, root in found]
    else:
        jobs = [Job(found[0][0], output)]
    _check_targets(jobs)
    if report is not None:
        _check_report(report, paths, output, jobs)
    return jobs


def text_files(path: Path) -> list[Path]:
    """The file itself, or those that a folder holds at any depth, in order of their paths."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())


def _files(path: Path, output: Path | None) -> Iterator[tuple[Path, Path]]:
    own = output.resolve() if output is not None else None
    holds_output = own is not None and path.resolve() in own.parents
    for file in text_files(path):
        if not (holds_output and own in file.resolve().parents):
            yield file, (path if path.is_dir() else path.parent)


def _check_targets(jobs: Sequence[Job]) -> None:
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
            raise DataFormatError(f"{other} and {job.source} would both go to {job.target}: clean them apart")


def _check_report(report: Path, paths: Sequence[Path], output: Path | None, jobs: Sequence[Job]) -> None:
    place = report.resolve()
    if any(job.target is not None and place == job.target.resolve() for job in jobs):
        raise DataFormatError(f"{report} is an output too: choose another --report")
    if any(place == job.source.resolve() for job in jobs):
        raise DataFormatError(
            f"{report} is an input too: choose another --report, inputs are never overwritten"
        )
    if place.suffix.lower() not in SUFFIXES or (output is not None and output.resolve() in place.parents):
        return
    if any(path.resolve() in place.parents for path in paths):
        raise DataFormatError(
            f"{report} is in a folder of inputs, where the next run would read it: choose another --report"
        )
