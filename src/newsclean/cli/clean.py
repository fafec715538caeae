"""``newsclean clean``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from newsclean.cli.options import cleaner_options, make_cleaner, need, settings_text

__all__ = ["command"]


@click.command("clean")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True), metavar="[PATH]...")
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER",
    help="Where to; a folder for several inputs (end it with / if it is new and the input one file).",
)
@click.option(
    "--text-field", default="text", show_default=True, help="Field of .jsonl records that holds the text."
)
@click.option(
    "--format",
    "stdin_format",
    type=click.Choice(["txt", "jsonl"]),
    default="txt",
    show_default=True,
    help="Format of standard input.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.jsonl",
    help="Write every removed span here, one JSON line for each document. Does everything again, as --force.",
)
@click.option("--force", is_flag=True, help="Do again what an earlier run into the same folder has done.")
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@cleaner_options
def command(
    paths: tuple[Path, ...],
    output: str | None,
    text_field: str,
    stdin_format: str,
    report: Path | None,
    force: bool,
    quiet: bool,
    **options: Any,
) -> int:
    """Clean texts: files (.txt, .jsonl), folders of them, or standard input.

    Without -o the one input's article goes to standard output. Folders keep their structure under the
    output folder. What cannot be read is named, the rest is done, and the exit status is 1; run the same
    command again and only what is not done yet is done. Files of other kinds are not looked at in folders,
    and taken for text if named.

    \b
    newsclean clean page.txt > article.txt
    newsclean clean texts/ -o clean/ --report removed.jsonl
    newsclean clean corpus.jsonl -o clean.jsonl --text-field body --profile precision
    """
    from newsclean.pipeline.files import plan_jobs
    from newsclean.pipeline.runner import Runner
    from newsclean.pipeline.summary import Summary
    from newsclean.pipeline.writing import atomic_writer

    cleaner = make_cleaner(**options)
    target = Path(output) if output and output != "-" else None
    into_folder = bool(output and output.endswith(("/", "\\")))
    piped = not paths or paths == (Path("-"),)
    jobs = []
    if piped:
        if into_folder or (target is not None and target.is_dir()):
            raise click.UsageError(f"{output} is a folder: standard input needs a file")
        if report is not None and target is not None and report.resolve() == target.resolve():
            raise click.UsageError(f"{report} is the output too: choose another --report")
    else:
        need(paths)
        jobs = plan_jobs(paths, target, into_folder, report)
    summary = Summary()
    with ExitStack() as stack:
        sink = stack.enter_context(atomic_writer(report)) if report else None
        settings = settings_text(text_field=text_field, **options)
        runner = Runner(cleaner, summary, settings, text_field, sink, force)
        stdout = sys.stdout.buffer
        if piped:
            if sys.stdin.isatty():
                click.echo("newsclean: reading standard input, end it with Ctrl-D", err=True)
            out = stack.enter_context(atomic_writer(target)) if target else stdout
            runner.stream(sys.stdin.buffer, out, "standard input", f".{stdin_format}")
        else:
            folder = target if target and jobs[0].target != target else None
            runner.run(_progress(jobs, stack), folder, stdout)
        stdout.flush()
    if not quiet:
        for line in summary.lines():
            click.echo(line, err=True)
    return 1 if summary.failures else 0


def _progress(jobs: list[Any], stack: ExitStack) -> Iterable[Any]:
    """The jobs, with a progress bar on a terminal only."""
    if len(jobs) < 2 or not sys.stderr.isatty():
        return jobs
    bar: Iterable[Any] = stack.enter_context(
        click.progressbar(jobs, label="cleaning", file=sys.stderr, item_show_func=_name)
    )
    return bar


def _name(job: Any) -> str | None:
    return job.source.name if job else None
