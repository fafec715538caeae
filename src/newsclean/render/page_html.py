"""Pages as one self-contained page: the article's blocks, and what was left out, where and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from newsclean.categories import SEPARATOR
from newsclean.html.page import Block, PageReport
from newsclean.render import reason
from newsclean.render.html import STYLE, colours
from newsclean.render.page_text import Part, facts, parts, summary

__all__ = ["render_page_html"]

_LONG_RUN = 5  # so many blocks left out in a row are shown at once; more are folded away
_PAGE_STYLE = """
main { max-width: 76rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; margin: .5rem 0; }
dt { color: var(--soft); } dd { margin: 0; color: var(--ink); overflow-wrap: anywhere; }
article { white-space: normal; }
.b { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: 1.5rem; padding: .2rem 0; }
.t { white-space: pre-wrap; }
.about { font: 12px/1.45 system-ui, sans-serif; color: var(--soft); padding-left: .6rem; border-left: 2px solid var(--line); }
.kept > .about { border-color: hsl(150 50% 45%); }
.about b { font-weight: 600; color: var(--ink); } .about code { font-size: 11px; display: block; }
.bar { display: inline-block; width: 3.5rem; height: .45rem; margin: 0 .35rem; border-radius: 2px; background: var(--line); }
.bar i { display: block; height: 100%; border-radius: 2px; background: hsl(150 50% 45%); }
.out .t { color: var(--soft); font-size: 15px; text-decoration: line-through; text-decoration-color: var(--line); }
.heading .t { font-weight: 600; font-size: 1.15rem; } .kept.code .t { font: 14px/1.5 ui-monospace, monospace; }
.quote .t, .embed .t { border-left: 3px solid var(--line); padding-left: .8rem; } .caption .t { font-style: italic; }
.item .t::before { content: "• "; } .row .t { font-family: system-ui, sans-serif; font-size: 15px; }
.cut, .out { --c: hsl(0 0% 60%); } .why { margin-right: .5em; }
details { margin: .4rem 0; } summary { font: 13px/1.5 system-ui, sans-serif; color: var(--soft); cursor: pointer; }
@media (max-width: 45rem) { .b { grid-template-columns: 1fr; gap: .1rem; } }
"""
# The style of a kind, where its name is more than a word.
_CLASSES = {"list item": "item", "table row": "row"}


def render_page_html(pages: Sequence[tuple[str, PageReport]]) -> str:
    """One page of page reports, each with a name: every block in page order, beside it what was thought of it.

    What is left out is struck through; long runs of it are folded away.

    >>> import newsclean
    >>> blocks = Block("Menu", reason="a menu"), Block("Rain fell.", kept=True)
    >>> page = render_page_html([("a.html", PageReport(blocks, newsclean.analyze("Rain fell.")))])
    >>> "<del>Menu</del>" in page, "http" in page
    (True, False)
    """
    made = [
        "<!doctype html>\n<html><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>newsclean</title><style>{STYLE}{_PAGE_STYLE}{colours()}</style></head><body><main>\n"
    ]
    made += [_section(name, report) for name, report in pages]
    made.append("</main></body></html>\n")
    return "".join(made)


def _shown(text: str) -> str:
    """`text` as a page in UTF-8 can carry it."""
    return escape(text.encode("utf-8", "replace").decode("utf-8"))


def _section(name: str, report: PageReport) -> str:
    known = "".join(f"<dt>{key}</dt><dd>{_shown(value)}</dd>" for key, value in facts(report))
    types = sorted(report.page_types.items(), key=lambda kind: -kind[1])
    if len(types) > 1:
        others = ", ".join(f"{kind} {share:.0%}" for kind, share in types)
        known += f"<dt>page types</dt><dd>{_shown(others)}</dd>"
    counts = Counter(decision.category for decision in report.report.junk)
    legend = "".join(
        f"<span class='{name}'><i></i>{name} {n}</span>"
        for name, n in ((escape(category or ""), n) for category, n in counts.most_common())
    )
    return (
        f"<header><h1>{_shown(name)}</h1><dl>{known}</dl>{summary(report)}"
        f"<div class='legend'>{legend}</div></header>\n<article>{''.join(_body(report))}</article><hr>\n"
    )


def _body(report: PageReport) -> Iterator[str]:
    for kept, run in groupby(parts(report), key=lambda block: block[0].kept):
        if kept:
            yield from (_kept(block, made) for block, made in run)
            continue
        left_out = [block for block, _ in run]
        shown = "".join(map(_left_out, left_out))
        yield f"{_fold(left_out)}{shown}</details>\n" if len(left_out) > _LONG_RUN else shown


def _fold(run: list[Block]) -> str:
    """The start of a run that is folded away: its size, and its three commonest reasons."""
    reasons = Counter(block.reason for block in run if block.reason).most_common(3)
    said = "; ".join(f"{why} ({n})" for why, n in reasons)
    return f"<details><summary>{len(run)} blocks left out{_shown(': ' + said if said else '')}</summary>\n"


def _kept(block: Block, made: tuple[Part, ...]) -> str:
    return _row(block, "kept", "".join(_part(part, block.text) for part in made))


def _left_out(block: Block) -> str:
    return _row(block, "out", f"<del>{_shown(block.text)}</del>")


def _row(block: Block, state: str, text: str) -> str:
    """A block and, beside it, its kind, role, score, reason and path."""
    score = min(1.0, max(0.0, block.score))
    role = f", {block.role}" if block.role else ""
    why = f"<div>{_shown(block.reason)}</div>" if block.reason else ""
    path = f"<code>{_shown(block.path)}</code>" if block.path else ""
    return (
        f"<div class='b {state} {escape(_CLASSES.get(block.kind, block.kind))}'><div class='t'>{text}</div>"
        f"<div class='about'><b>{_shown(block.kind + role)}</b>"
        f"<span class='bar'><i style='width:{score:.0%}'></i></span>{block.score:.2f}{why}{path}</div></div>\n"
    )


def _part(part: Part, block_text: str) -> str:
    text, decision = _shown(block_text[part.start : part.end]), part.decision
    if part.cut is not None:
        return _struck(text, "cut", part.cut)
    if decision is None or decision.category in (None, SEPARATOR):
        return text
    category = escape(decision.category or "")
    if decision.action == "keep":
        return f"<mark class='{category}' title='kept: {category}'>{text}</mark>"
    return _struck(text, category, reason(decision))


def _struck(text: str, category: str, why: str) -> str:
    return f"<del class='{category}'>{text}</del><span class='why {category}'>{_shown(why)}</span>"
