"""A report on the terminal: the text with its removals struck through and the reason beside."""

from __future__ import annotations

from collections.abc import Iterator

import click

from newsclean.categories import CATEGORIES, SEPARATOR
from newsclean.render import reason
from newsclean.report import Decision, Report

__all__ = ["COLOURS", "render_text"]

_PALETTE = (
    "red", "yellow", "magenta", "cyan", "green", "blue", "bright_red", "bright_yellow", "bright_magenta",
    "bright_cyan", "bright_green", "bright_blue",
)  # fmt: skip
#: Category -> terminal colour.
COLOURS = {name: _PALETTE[n % len(_PALETTE)] for n, name in enumerate(CATEGORIES)}


def render_text(report: Report, colour: bool) -> str:
    """The whole text; removed pieces struck through in the colour of their category, or in ``[- -]``.

    >>> import newsclean
    >>> print(render_text(newsclean.analyze("Rain fell.\\nLeave a Reply"), colour=False))
    Rain fell.
    [-Leave a Reply-] <comment_template: en-comment-form-opening>
    """
    return "".join(_pieces(report, colour))


def _pieces(report: Report, colour: bool) -> Iterator[str]:
    for decision in report.decisions:
        piece = decision.span.of(report.original)
        if decision.action == "keep" or decision.category == SEPARATOR:
            yield _kept(decision, piece, colour)
        elif colour:
            struck = click.style(piece, fg=COLOURS[decision.category or ""], strikethrough=True)
            yield f"{struck} {click.style(f'← {reason(decision)}', dim=True)}"
        else:
            yield f"[-{piece}-] <{reason(decision)}>"


def _kept(decision: Decision, piece: str, colour: bool) -> str:
    if decision.category in CATEGORIES and decision.action == "keep":
        note = f"(kept {decision.category})"
        return f"{piece} {click.style(note, dim=True)}" if colour else f"{piece} <{note}>"
    return piece
