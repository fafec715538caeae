"""``newsclean explain``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsclean.cli.options import cleaner_options, make_cleaner, make_extractor, need, page_options

if TYPE_CHECKING:
    from newsclean.cleaner import Cleaner
    from newsclean.html.page import PageReport
    from newsclean.report import Report

__all__ = ["command"]


@click.command("explain")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="PATH..."
)
@click.option("--html", "form", flag_value="html", help="One self-contained page.")
@click.option("--json", "form", flag_value="json", help="The whole report, one JSON line for each document.")
@click.option(
    "--page", "all_pages", is_flag=True, help="Take every file named, .jsonl and - too, to hold HTML pages."
)
@click.option(
    "--text-field", default="text", show_default=True, help="Field of .jsonl records that holds the text."
)
@click.option("--only-changed", is_flag=True, help="Leave out texts from which nothing is removed.")
@page_options
@cleaner_options
def command(
    paths: tuple[Path, ...],
    form: str | None,
    all_pages: bool,
    text_field: str,
    only_changed: bool,
    **options: Any,
) -> int:
    """Show each text or page with what would be removed struck through, and the reason beside it.

    PATHs are texts (.txt, .jsonl), pages (.html, .htm, .xhtml, also .gz), folders of them, or - for a text on
    standard input. Of a page all blocks are shown, those of the article and those left out. On a terminal in
    colours, one for each category; piped, or with NO_COLOR set, removals stand in [- -].

    \b
    newsclean explain article.txt
    newsclean explain page.html
    newsclean explain page.html --html > why.html
    """
    need(paths)
    cleaner = make_cleaner(**options)
    files = _files(paths, all_pages)
    if form == "html" and len({is_page for _, is_page in files}) > 1:
        raise click.UsageError("--html shows either texts or pages: explain them apart")
    if options["url"] is not None and not (_single(files) and files[0][1]):
        raise click.UsageError("--url is the address of one page (records have theirs in --url-field)")
    failed: list[str] = []
    shown = (
        (where, report)
        for where, report in _reports(cleaner, files, text_field, failed, options)
        if not only_changed or _changed(report)
    )
    if form == "html":
        click.echo(_printable(_html(list(shown), files[0][1])), nl=False)
    elif form == "json":
        for _, report in shown:
            click.echo(json.dumps(report.to_dict()))
    else:
        _echo_texts(shown, headed=not _single(files))
    return 1 if failed else 0


def _files(paths: tuple[Path, ...], all_pages: bool) -> list[tuple[Path, bool]]:
    """The files to show, and of each whether it holds pages."""
    from newsclean.pipeline.files import TEXTS, found_files
    from newsclean.pipeline.pages import page_formats

    pages = page_formats()
    kinds = (pages,) if all_pages else (TEXTS, pages)
    files = [
        (file, all_pages or (pages.suffix(file.name) is not None and TEXTS.suffix(file.name) is None))
        for path in paths
        for file in found_files(path, *kinds)
    ]
    if not files:
        texts = "" if all_pages else f"no {TEXTS.names} file in the folder given, "
        raise click.UsageError(f"nothing to explain: {texts}no page ({pages.names})")
    return files


def _reports(
    cleaner: Cleaner,
    files: list[tuple[Path, bool]],
    text_field: str,
    failed: list[str],
    options: dict[str, Any],
) -> Iterator[tuple[str, Report | PageReport]]:
    """Each document's place and report; what goes wrong is told, and its place added to `failed`."""

    def fail(where: str, error: str) -> None:
        failed.append(where)
        click.echo(f"newsclean: {where}: {error}", err=True)

    page_reports = _page_reader(options) if any(is_page for _, is_page in files) else None
    for path, is_page in files:
        if is_page and page_reports is not None:
            yield from page_reports(path, fail)
        else:
            yield from _text_reports(cleaner, path, text_field, fail)


def _text_reports(
    cleaner: Cleaner, path: Path, text_field: str, fail: Callable[[str, str], None]
) -> Iterator[tuple[str, Report]]:
    from newsclean.pipeline.files import TEXTS
    from newsclean.pipeline.records import READERS

    with sys.stdin.buffer if str(path) == "-" else path.open("rb") as source:
        for record in READERS[TEXTS.format(path.name)](source, str(path), text_field):
            if record.error is not None:
                fail(record.where, record.error)
                continue
            report = cleaner.analyze(record.text)
            if report.error is not None:
                fail(record.where, f"{report.error} (left unchanged)")
            yield record.where, report


def _page_reader(
    options: dict[str, Any],
) -> Callable[[Path, Callable[[str, str], None]], Iterator[tuple[str, PageReport]]]:
    """What reads the pages of a file as the options say."""
    from newsclean.pipeline.pages import PageFields, page_formats, read_pages

    extractor = make_extractor(**options)
    fields = PageFields(options["html_field"], options["url_field"])
    formats = page_formats()

    def read(path: Path, fail: Callable[[str, str], None]) -> Iterator[tuple[str, PageReport]]:
        with sys.stdin.buffer if str(path) == "-" else path.open("rb") as source:
            for record in read_pages(source, str(path), formats.format(path.name), fields):
                if record.error is not None:
                    fail(record.where, record.error)
                    continue
                report = extractor.analyze(record.html, record.url or options["url"], options["encoding"])
                error = report.error or report.report.error
                if error is not None:
                    fail(record.where, error)
                yield record.where, report

    return read


def _changed(report: Report | PageReport) -> bool:
    from newsclean.report import Report

    if isinstance(report, Report):
        return bool(report.junk)
    return bool(report.left_out or report.report.junk or any(block.cuts for block in report.kept))


def _single(files: list[tuple[Path, bool]]) -> bool:
    """Whether there is one file, of one document."""
    from newsclean.pipeline.pages import holds_records

    return len(files) == 1 and not holds_records(files[0][0].name)


def _echo_texts(shown: Iterable[tuple[str, Report | PageReport]], headed: bool) -> None:
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for where, report in shown:
        if headed:
            click.echo(click.style(f"── {where}", bold=True) if colour else f"── {where}")
        click.echo(_printable(_text(report, colour)))


def _html(shown: list[tuple[str, Any]], pages: bool) -> str:
    from newsclean.render.html import render_html
    from newsclean.render.page_html import render_page_html

    return render_page_html(shown) if pages else render_html(shown)


def _text(report: Report | PageReport, colour: bool) -> str:
    from newsclean.render.page_text import render_page_text
    from newsclean.render.text import render_text
    from newsclean.report import Report

    return render_text(report, colour) if isinstance(report, Report) else render_page_text(report, colour)


def _printable(text: str) -> str:
    """The text with what an output in UTF-8 cannot carry replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
