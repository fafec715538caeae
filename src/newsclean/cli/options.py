"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from newsclean.cleaner import PROFILES, Cleaner

if TYPE_CHECKING:
    from newsclean.html.extractor import Extractor

__all__ = [
    "cleaner_options",
    "make_cleaner",
    "make_extractor",
    "need",
    "page_options",
    "run_options",
    "settings_text",
]

#: Parts of a page that are kept or left out as their score has it, unless told otherwise; each a switch.
_PARTS = {
    "captions": "captions of pictures",
    "standfirst": "summaries under the headline",
    "embeds": "posts of social networks that are shown in the article",
    "comments": "readers' comments",
    "tables": "tables",
    "bylines": "lines that say who wrote the article and when",
}

F = TypeVar("F", bound=Callable[..., Any])


def cleaner_options(command: F) -> F:
    """The options that configure a `Cleaner`; the command receives them as keyword arguments."""
    for option in reversed(
        (
            click.option(
                "--profile", type=click.Choice(PROFILES), default="balanced", show_default=True,
                help="precision removes only what a rule is certain of, recall leans to removing.",
            ),
            click.option(
                "--remove", multiple=True, metavar="CATEGORY",
                help="Remove this category too (embed is kept by default). May be repeated.",
            ),
            click.option(
                "--keep", multiple=True, metavar="CATEGORY", help="Leave this category in. May be repeated.",
            ),
            click.option(
                "--lang", multiple=True, metavar="CODE",
                help="Run this language's rules (ISO 639-1) instead of those of the language detected.",
            ),
            click.option(
                "--rules", multiple=True, type=click.Path(path_type=Path), metavar="PACK.toml",
                help="Rules of your own beside the shipped ones. May be repeated.",
            ),
            click.option(
                "--off", multiple=True, metavar="RULE-ID", help="Switch a rule off. May be repeated.",
            ),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def run_options(command: F) -> F:
    """Where a run's results go, and whether it is repeated and told of: ``output``, ``force``, ``quiet``."""
    for option in reversed(
        (
            click.option(
                "-o", "--output", metavar="FILE|FOLDER",
                help="Where to; a folder for several inputs (end it with / if it is new and the input one file).",
            ),
            click.option("--force", is_flag=True, help="Do again what an earlier run into the same folder has done."),
            click.option("-q", "--quiet", is_flag=True, help="No summary."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def make_cleaner(
    profile: str,
    remove: tuple[str, ...],
    keep: tuple[str, ...],
    lang: tuple[str, ...],
    rules: tuple[Path, ...],
    off: tuple[str, ...],
    scorer: bool = True,
    **_: Any,
) -> Cleaner:
    """The cleaner that the shared options describe, of all options; errors as `Cleaner` raises them."""
    languages = lang or None
    return Cleaner(
        profile, remove=remove, keep=keep, languages=languages, rules=rules, off=off, scorer=scorer
    )


def page_options(command: F) -> F:
    """The options that say how pages are read; the command receives them as keyword arguments."""
    switches = [
        click.option(
            f"--{name}/--no-{name}", default=None, help=f"Keep {what}, or leave them out.  [default: as scored]",
        )
        for name, what in _PARTS.items()
    ]  # fmt: skip
    for option in reversed(
        (
            click.option(
                "--engine", type=click.Choice(["newsclean", "trafilatura", "justext"]), default="newsclean",
                show_default=True, help="What finds the article; the others need newsclean[engines].",
            ),
            *switches,
            click.option(
                "--text-side", type=click.Choice(["open", "full", "off"]), default="open", show_default=True,
                help="Clean the article's text: what the page leaves open, all of it as clean does, or nothing.",
            ),
            click.option("--no-text-side", is_flag=True, help="The same as --text-side off."),
            click.option(
                "--metadata", is_flag=True,
                help="Find title, byline, date and language too (needs newsclean[metadata]).",
            ),
            click.option(
                "--encoding", metavar="NAME", help="The encoding of the pages, instead of finding it out.",
            ),
            click.option("--url", metavar="URL", help="The address of the page, if there is only one."),
            click.option(
                "--html-field", default="html", show_default=True,
                help="Field of .jsonl records that holds the page.",
            ),
            click.option(
                "--url-field", default="url", show_default=True,
                help="Field of .jsonl records that may hold the page's address.",
            ),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def make_extractor(
    *, engine: str, text_side: str, no_text_side: bool, metadata: bool, encoding: str | None, **options: Any
) -> Extractor:
    """The extractor that the options for pages and for the cleaner describe, of all options.

    Raises:
        DataFormatError: if there is no such encoding.
        NewscleanError: as `make_cleaner`.
    """
    from newsclean.html.decoding import decode
    from newsclean.html.extractor import Extractor

    side = "off" if no_text_side else text_side
    cleaner = make_cleaner(scorer=side == "full", **options)
    decode(b"", encoding)  # raises for an encoding that does not exist
    parts = {name: options[name] for name in _PARTS}
    return Extractor(engine=engine, text_side=side, cleaner=cleaner, metadata=metadata, **parts)


def need(paths: Iterable[Path]) -> None:
    """Wrong usage if one of `paths` does not exist; ``-`` always does."""
    for path in paths:
        if str(path) != "-" and not path.exists():
            raise click.UsageError(f"{path}: no such file or folder")


def settings_text(**options: Any) -> str:
    """The shared options as one text, by which a run knows whether a file was done with the same."""
    packs = [
        path.read_text(encoding="utf-8", errors="replace") for path in options["rules"] if path.is_file()
    ]
    from newsclean import __version__

    return repr((__version__, sorted(options.items(), key=lambda item: item[0]), packs))
