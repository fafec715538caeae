"""A page on the terminal: the article's blocks plain, what was left out marked, with the reason beside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import click

from newsclean.categories import SEPARATOR
from newsclean.html.page import Block, PageReport
from newsclean.render import reason
from newsclean.render.text import COLOURS
from newsclean.report import Decision

__all__ = ["Part", "facts", "parts", "render_page_text", "summary"]


class Part(NamedTuple):
    """A piece of a kept block, ``block.text[start:end]``, and what became of it.

    `cut` is the reason of a cut (None elsewhere), `decision` what the text side said of the piece (None of a cut, and
    of text that it was not asked about).
    """

    start: int
    end: int
    decision: Decision | None = None
    cut: str | None = None

    @property
    def stands(self) -> bool:
        """Whether the piece is in the article."""
        return self.cut is None and (self.decision is None or self.decision.action == "keep")


def parts(report: PageReport) -> Iterator[tuple[Block, tuple[Part, ...]]]:
    """Each block with its parts, which tile its text; a block that is left out has none.

    >>> import newsclean
    >>> from newsclean.html.page import Cut
    >>> block = Block("Rain fell. Read more", kept=True, cuts=(Cut(10, 20, "a link"),))
    >>> [(_, (kept, cut))] = parts(PageReport((block,), newsclean.analyze(block.kept_text)))
    >>> kept.stands, kept.end, cut.stands, cut.cut
    (True, 10, False, 'a link')
    """
    starts = [decision.span.start for decision in report.report.decisions]
    at = 0
    for block in report.blocks:
        if not block.kept:
            yield block, ()
            continue
        made: list[Part] = []
        done = 0
        for start, end, why in (*block.cuts, (len(block.text), len(block.text), None)):
            made += _decided(report.report.decisions, starts, at, done, start)
            if start < end:
                made.append(Part(start, end, cut=why))
            at += max(0, start - done)
            done = end
        at += 1  # the line's end
        yield block, tuple(made)


def _decided(
    decisions: tuple[Decision, ...], starts: list[int], at: int, start: int, end: int
) -> Iterator[Part]:
    """The decisions on a block's text from `start` to `end`, which is from `at` in the text side's original."""
    shift = start - at
    n = max(0, bisect_right(starts, at) - 1)
    while start < end and n < len(decisions):
        stop = min(end, decisions[n].span.end + shift)
        if stop > start:
            yield Part(start, stop, decisions[n])
            start = stop
        n += 1
    if start < end:
        yield Part(start, end)


def facts(report: PageReport) -> list[tuple[str, str]]:
    """What is known of the whole page, as names and values; what is not known is not among them.

    >>> import newsclean
    >>> facts(PageReport((), newsclean.analyze(""), tried=("newsclean",), engine="justext", page_types={"forum": 0.9}))
    [('page type', 'forum (90%)'), ('engine', 'justext, after newsclean found nothing')]
    """
    kind = report.page_type
    tried = f", after {', '.join(report.tried)} found nothing" if report.tried else ""
    found = [
        ("url", report.url),
        ("title", report.title),
        ("byline", report.byline),
        ("date", report.date),
        ("language", report.language),
        ("page type", f"{kind} ({report.page_types[kind]:.0%})" if kind else ""),
        ("engine", f"{report.engine}{tried}"),
        ("cut off", report.cut),
        ("encoding", report.encoding),
        ("error", report.error or report.report.error),
    ]
    return [(name, value) for name, value in found if value]


def summary(report: PageReport) -> str:
    """How much is the article and how much was left out, in a line.

    >>> import newsclean
    >>> summary(PageReport((Block("Rain fell.", kept=True), Block("Menu")), newsclean.analyze("Rain fell.")))
    '1 blocks kept, 1 left out; 2 words of 3'
    """
    words = sum(len(block.text.split()) for block in report.blocks)
    return (
        f"{len(report.kept)} blocks kept, {len(report.left_out)} left out; "
        f"{len(report.text.split())} words of {words}"
    )


def render_page_text(report: PageReport, colour: bool) -> str:
    """The page's facts, then its blocks: the kept ones plain, the others after ``- ``, with the reason beside.

    Cuts and what the text side removed are struck through, or in ``[- -]``.

    >>> import newsclean
    >>> blocks = Block("Menu", reason="a menu", score=0.02), Block("Rain fell.", kept=True)
    >>> print(render_page_text(PageReport(blocks, newsclean.analyze("Rain fell.")), colour=False))
    engine: newsclean
    1 blocks kept, 1 left out; 2 words of 3
    <BLANKLINE>
    - Menu <paragraph, 0.02: a menu>
    Rain fell.
    """
    head = [*(f"{name}: {value}" for name, value in facts(report)), summary(report)]
    lines = [click.style(line, dim=True) if colour else line for line in head]
    lines.append("")
    for block, made in parts(report):
        if block.kept:
            lines.append("".join(_part(part, block.text, colour) for part in made))
        else:
            lines.append(_left_out(block, colour))
    return "\n".join(lines)


def _part(part: Part, text: str, colour: bool) -> str:
    piece, decision = text[part.start : part.end], part.decision
    if part.cut is not None:
        return _struck(piece, part.cut, "", colour)
    if decision is None or decision.category in (None, SEPARATOR):
        return piece
    if decision.action == "remove":
        return _struck(piece, reason(decision), COLOURS.get(decision.category or "", ""), colour)
    note = f"(kept {decision.category})"
    return f"{piece} {click.style(note, dim=True)}" if colour else f"{piece} <{note}>"


def _struck(piece: str, why: str, ink: str, colour: bool) -> str:
    if not colour:
        return f"[-{piece}-] <{why}>"
    struck = click.style(piece, fg=ink or None, dim=not ink or None, strikethrough=True)
    return f"{struck} {click.style(f'← {why}', dim=True)}"


def _left_out(block: Block, colour: bool) -> str:
    why = f"{block.kind}, {block.score:.2f}" + (f": {block.reason}" if block.reason else "")
    text = "- " + block.text.replace("\n", "\n  ")
    return click.style(f"{text} ← {why}", dim=True) if colour else f"{text} <{why}>"
