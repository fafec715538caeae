"""The run over files or standard input that several commands make."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from newsclean.cli.options import need

if TYPE_CHECKING:
    from newsclean.pipeline.batch import Batch
    from newsclean.pipeline.files import Formats

__all__ = ["piped", "run_batch"]


def piped(paths: tuple[Path, ...]) -> bool:
    """Whether `paths` stand for standard input."""
    return not paths or paths == (Path("-"),)


def run_batch(
    make: Callable[[BinaryIO | None], Batch],
    formats: Formats,
    paths: tuple[Path, ...],
    output: str | None,
    report: Path | None,
    stdin_format: str,
    label: str,
    quiet: bool,
) -> int:
    """Run what `make` makes of the sink of `report`, over `paths` into `output`; the exit status.

    `stdin_format` is the suffix by which standard input is read, `label` stands beside the progress bar.
    """
    from newsclean.pipeline.files import plan_jobs
    from newsclean.pipeline.writing import atomic_writer

    target = Path(output) if output and output != "-" else None
    into_folder = bool(output and output.endswith(("/", "\\")))
    jobs = []
    if piped(paths):
        _check_piped(target, into_folder, report)
    else:
        need(paths)
        jobs = plan_jobs(paths, target, into_folder, report, formats)
    with ExitStack() as stack:
        runner = make(stack.enter_context(atomic_writer(report)) if report else None)
        stdout = sys.stdout.buffer
        if piped(paths):
            if sys.stdin.isatty():
                click.echo("newsclean: reading standard input, end it with Ctrl-D", err=True)
            out = stack.enter_context(atomic_writer(target)) if target else stdout
            runner.stream(sys.stdin.buffer, out, "standard input", stdin_format)
        else:
            folder = target if target and jobs[0].target != target else None
            runner.run(_progress(jobs, label, stack), folder, stdout)
        stdout.flush()
    if not quiet:
        for line in runner.summary.lines():
            click.echo(line, err=True)
    return 1 if runner.summary.failures else 0


def _check_piped(target: Path | None, into_folder: bool, report: Path | None) -> None:
    if target is None:
        return
    if into_folder or target.is_dir():
        raise click.UsageError(f"{target}{'/' * into_folder} is a folder: standard input needs a file")
    if report is not None and report.resolve() == target.resolve():
        raise click.UsageError(f"{report} is the output too: choose another --report")


def _progress(jobs: list[Any], label: str, stack: ExitStack) -> Iterable[Any]:
    """The jobs, with a progress bar on a terminal only."""
    if len(jobs) < 2 or not sys.stderr.isatty():
        return jobs
    bar: Iterable[Any] = stack.enter_context(
        click.progressbar(jobs, label=label, file=sys.stderr, item_show_func=_name)
    )
    return bar


def _name(job: Any) -> str | None:
    return job.source.name if job else None
