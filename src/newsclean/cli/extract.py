"""``newsclean extract``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from newsclean.cli.batch import piped, run_batch
from newsclean.cli.options import cleaner_options, make_extractor, page_options, run_options, settings_text

if TYPE_CHECKING:
    from newsclean.html.page import PageReport
    from newsclean.pipeline.extracting import PageRunner

__all__ = ["command"]


@click.command("extract")
@click.argument(
    "paths",
    nargs=-1,
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="[PATH]...",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="What the article is written as: .txt, a line for each paragraph, or .md.",
)
@click.option("--links", is_flag=True, help="Keep the links of the article (Markdown only).")
@click.option("--no-headings", is_flag=True, help="Headings as plain paragraphs (Markdown only).")
@click.option("--no-lists", is_flag=True, help="List items as plain paragraphs (Markdown only).")
@click.option(
    "--text-field", default="text", show_default=True, help="Field of .jsonl records that gets the article."
)
@click.option("--keep-html", is_flag=True, help="Leave the page in .jsonl records, beside its article.")
@click.option(
    "--input",
    "stdin_format",
    type=click.Choice(["html", "jsonl"]),
    default="html",
    show_default=True,
    help="Format of standard input.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.jsonl",
    help="Write here what was left out and why, one JSON line for each page. Does everything again, as --force.",
)
@run_options
@page_options
@cleaner_options
def command(
    paths: tuple[Path, ...],
    output: str | None,
    form: str,
    links: bool,
    no_headings: bool,
    no_lists: bool,
    text_field: str,
    keep_html: bool,
    stdin_format: str,
    report: Path | None,
    force: bool,
    quiet: bool,
    **options: Any,
) -> int:
    """Take the articles out of pages: files (.html, .htm, .xhtml, .jsonl; also .gz), folders of them, or standard input.

    Without -o the one input's article goes to standard output. Folders keep their structure under the output
    folder, page.html.gz becomes page.txt there. A .jsonl record gets the article in --text-field and loses the
    page; its other fields stay as they are. A page without an article gives an empty result and is named. What
    cannot be read is named, the rest is done, and the exit status is 1; run the same command again and only
    what is not done yet is done.

    \b
    newsclean extract page.html > article.txt
    newsclean extract pages/ -o articles/ --format markdown --links
    newsclean extract crawl.jsonl.gz -o articles.jsonl --html-field body --report left-out.jsonl
    """
    from newsclean.pipeline.extracting import PageRunner, PageSummary
    from newsclean.pipeline.pages import PageFields, page_formats

    plain = {"--links": links, "--no-headings": no_headings, "--no-lists": no_lists}
    _check_usage(paths, output, stdin_format, options["url"], {} if form == "markdown" else plain)
    if keep_html and text_field == options["html_field"]:
        raise click.UsageError(f"--keep-html: the article is to go where the page is, into {text_field!r}")
    extractor = make_extractor(**options)
    settings = settings_text(form=form, text_field=text_field, keep_html=keep_html, **plain, **options)
    formats = page_formats(".md" if form == "markdown" else ".txt")
    fields = PageFields(
        options["html_field"], options["url_field"], text_field, keep_html, options["metadata"]
    )

    def text(page: PageReport) -> str:
        if form == "text":
            return page.text
        from newsclean.render.markdown import render_markdown

        return render_markdown(page, headings=not no_headings, lists=not no_lists, links=links)

    def make(sink: BinaryIO | None) -> PageRunner:
        return PageRunner(
            extractor, PageSummary(), formats, text, fields, settings, options["encoding"], options["url"], sink, force
        )  # fmt: skip

    return run_batch(make, formats, paths, output, report, f".{stdin_format}", "extracting", quiet)


def _check_usage(
    paths: tuple[Path, ...], output: str | None, stdin_format: str, url: str | None, plain: dict[str, bool]
) -> None:
    """Wrong usage if options do not go with each other; `plain` are those that only Markdown has."""
    from newsclean.pipeline.pages import holds_records

    for option, given in plain.items():
        if given:
            raise click.UsageError(f"{option} needs --format markdown")
    if output is not None and output.lower().endswith(".gz"):
        raise click.UsageError(f"{output}: results are not packed, choose a name without .gz")
    if not piped(paths) and Path("-") in paths:
        raise click.UsageError("- is standard input, which goes alone")
    records = stdin_format == "jsonl" if piped(paths) else holds_records(paths[0].name)
    if url is not None and (len(paths) > 1 or records or (paths and paths[0].is_dir())):
        raise click.UsageError("--url is the address of one page (records have theirs in --url-field)")
