"""``newsclean explain``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsclean.cli.options import cleaner_options, make_cleaner, need

if TYPE_CHECKING:
    from newsclean.cleaner import Cleaner
    from newsclean.report import Report

__all__ = ["command"]


@click.command("explain")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="PATH..."
)
@click.option("--html", "form", flag_value="html", help="One self-contained page.")
@click.option("--json", "form", flag_value="json", help="The whole report, one JSON line for each document.")
@click.option(
    "--text-field", default="text", show_default=True, help="Field of .jsonl records that holds the text."
)
@click.option("--only-changed", is_flag=True, help="Leave out texts from which nothing is removed.")
@cleaner_options
def command(
    paths: tuple[Path, ...], form: str | None, text_field: str, only_changed: bool, **options: Any
) -> int:
    """Show each text with what would be removed struck through, and the reason beside it.

    PATHs are files (.txt, .jsonl), folders of them, or - for a text on standard input. On a terminal in
    colours, one for each category; piped, or with NO_COLOR set, removals stand in [- -].

    \b
    newsclean explain article.txt
    newsclean explain article.txt --html > why.html
    """
    from newsclean.pipeline.files import SUFFIXES, text_files
    from newsclean.render.html import render_html
    from newsclean.render.text import render_text

    need(paths)
    cleaner = make_cleaner(**options)
    files = [file for path in paths for file in text_files(path)]
    if not files:
        raise click.UsageError(f"nothing to explain: no {' or '.join(SUFFIXES)} file in the folder given")
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    failed: list[str] = []
    pages = []
    for where, report in _reports(cleaner, files, text_field, failed):
        if only_changed and not report.junk:
            continue
        if form == "html":
            pages.append((where, report))
        elif form == "json":
            click.echo(json.dumps(report.to_dict()))
        else:
            if len(files) > 1 or files[0].suffix.lower() == ".jsonl":
                click.echo(click.style(f"── {where}", bold=True) if colour else f"── {where}")
            click.echo(_printable(render_text(report, colour)))
    if form == "html":
        click.echo(render_html(pages), nl=False)
    return 1 if failed else 0


def _reports(
    cleaner: Cleaner, files: list[Path], text_field: str, failed: list[str]
) -> Iterator[tuple[str, Report]]:
    """Each document's place and report; what goes wrong is told, and its place added to `failed`."""
    from newsclean.pipeline.records import READERS

    for path in files:
        with sys.stdin.buffer if str(path) == "-" else path.open("rb") as source:
            for record in READERS.get(path.suffix.lower(), READERS[".txt"])(source, str(path), text_field):
                report = None if record.error else cleaner.analyze(record.text)
                error = record.error if report is None else report.error
                if error is not None:
                    failed.append(record.where)
                    unchanged = "" if report is None else " (left unchanged)"
                    click.echo(f"newsclean: {record.where}: {error}{unchanged}", err=True)
                if report is not None:
                    yield record.where, report


def _printable(text: str) -> str:
    """The text with what an output in UTF-8 cannot carry replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
