"""``newsclean clean``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import click

from newsclean.cli.batch import run_batch
from newsclean.cli.options import cleaner_options, make_cleaner, run_options, settings_text

__all__ = ["command"]


@click.command("clean")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True), metavar="[PATH]...")
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
@run_options
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
    from newsclean.pipeline.files import TEXTS
    from newsclean.pipeline.runner import Runner
    from newsclean.pipeline.summary import Summary

    cleaner = make_cleaner(**options)
    settings = settings_text(text_field=text_field, **options)

    def make(sink: BinaryIO | None) -> Runner:
        return Runner(cleaner, Summary(), settings, text_field, sink, force)

    return run_batch(make, TEXTS, paths, output, report, f".{stdin_format}", "cleaning", quiet)
