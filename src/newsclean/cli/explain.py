"""``newsclean explain``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from newsclean.cli.options import cleaner_options, make_cleaner

__all__ = ["command"]


@click.command("explain")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="FILE..."
)
@click.option("--html", "form", flag_value="html", help="One self-contained page.")
@click.option("--json", "form", flag_value="json", help="The whole report, one JSON line for each document.")
@click.option(
    "--text-field", default="text", show_default=True, help="Field of .jsonl records that holds the text."
)
@click.option("--only-changed", is_flag=True, help="Leave out texts from which nothing is removed.")
@cleaner_options
def command(
    files: tuple[Path, ...], form: str | None, text_field: str, only_changed: bool, **options: Any
) -> int:
    """Show each text with what would be removed struck through, and the reason beside it.

    On a terminal in colours, one for each category; piped, removals stand in [- -].

    \b
    newsclean explain article.txt
    newsclean explain article.txt --html > why.html
    """
    from newsclean.pipeline.records import READERS
    from newsclean.render.html import render_html
    from newsclean.render.text import render_text

    cleaner = make_cleaner(**options)
    reports = []
    failed = 0
    colour = sys.stdout.isatty()
    for path in files:
        stream = sys.stdin.buffer if str(path) == "-" else path.open("rb")
        with stream as source:
            for record in READERS.get(path.suffix, READERS[".txt"])(source, str(path), text_field):
                if record.error is not None:
                    click.echo(f"newsclean: {record.where}: {record.error}", err=True)
                    failed += 1
                    continue
                report = cleaner.analyze(record.text)
                if only_changed and not report.junk:
                    continue
                if form == "html":
                    reports.append((record.where, report))
                elif form == "json":
                    click.echo(json.dumps(report.to_dict()))
                else:
                    if len(files) > 1 or path.suffix == ".jsonl":
                        click.echo(
                            click.style(f"── {record.where}", bold=True) if colour else f"── {record.where}"
                        )
                    click.echo(_printable(render_text(report, colour)))
                    if report.error:
                        click.echo(f"newsclean: {record.where}: {report.error} (left unchanged)", err=True)
                        failed += 1
    if form == "html":
        click.echo(render_html(reports), nl=False)
    return 1 if failed else 0


def _printable(text: str) -> str:
    """The text with what an output in UTF-8 cannot carry replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
