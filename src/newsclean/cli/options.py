"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from newsclean.cleaner import PROFILES, Cleaner

__all__ = ["cleaner_options", "make_cleaner", "need", "settings_text"]

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


def make_cleaner(
    profile: str,
    remove: tuple[str, ...],
    keep: tuple[str, ...],
    lang: tuple[str, ...],
    rules: tuple[Path, ...],
    off: tuple[str, ...],
) -> Cleaner:
    """The cleaner that the shared options describe; errors as `Cleaner` raises them."""
    return Cleaner(profile, remove=remove, keep=keep, languages=lang or None, rules=rules, off=off)


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
