"""A report as one self-contained page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape

from newsclean.categories import CATEGORIES, SEPARATOR
from newsclean.render import reason
from newsclean.report import Decision, Report

__all__ = ["STYLE", "colours", "render_html"]

#: What all pages look like.
STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1e; --paper: #fdfcfa; --soft: #6b6b70; --line: #d9d6d0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e6e3; --paper: #17181a; --soft: #9a9aa0; --line: #34363a; }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 Georgia, "Noto Serif", serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
header, footer, .why, .legend { font: 13px/1.5 system-ui, sans-serif; color: var(--soft); }
h1 { font: 600 1.15rem/1.3 system-ui, sans-serif; color: var(--ink); margin: 0 0 .25rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem .9rem; padding: .75rem 0; border-bottom: 1px solid var(--line); }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .35em; background: var(--c); }
article { white-space: pre-wrap; overflow-wrap: anywhere; margin: 1.25rem 0 2rem; }
del { text-decoration: line-through; text-decoration-color: var(--c); text-decoration-thickness: 2px;
  background: color-mix(in srgb, var(--c) 14%, transparent); color: var(--soft); border-radius: 2px; }
mark { background: none; color: inherit; border-bottom: 2px dotted var(--c); }
.why { margin-left: .5em; color: var(--c); white-space: normal; }
article + hr { border: 0; border-top: 1px solid var(--line); }
"""


def render_html(reports: Iterable[tuple[str, Report]]) -> str:
    """One page of reports, each with a name: removed pieces struck through, the reason beside.

    >>> import newsclean
    >>> page = render_html([("a.txt", newsclean.analyze("Rain fell.\\nLeave a Reply"))])
    >>> "Leave a Reply</del>" in page, "http" in page
    (True, False)
    """
    parts = [
        "<!doctype html>\n<html><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>newsclean</title><style>{STYLE}{colours()}</style></head><body><main>\n"
    ]
    parts += [_section(name, report) for name, report in reports]
    parts.append("</main></body></html>\n")
    return "".join(parts)


def colours() -> str:
    """The style of each category: a colour of its own."""
    step = 360 / len(CATEGORIES)
    return "".join(
        f".{name} {{ --c: hsl({n * step * 7 % 360:.0f} 70% 45%) }}\n" for n, name in enumerate(CATEGORIES)
    )


def _section(name: str, report: Report) -> str:
    junk = report.junk
    share = sum(len(d.span) for d in report.removed) / max(1, len(report.original))
    counts = Counter(d.category for d in junk)
    legend = "".join(
        f"<span class='{category}'><i></i>{category} {n}</span>" for category, n in counts.most_common()
    )
    error = f"<p>{escape(report.error)}</p>" if report.error else ""
    body = "".join(_piece(decision, report.original) for decision in report.decisions)
    return (
        f"<header><h1>{escape(name)}</h1>{len(junk)} pieces removed, {share:.1%} of the characters; profile "
        f"{escape(report.profile)}; rules for {escape(', '.join(report.languages))}{error}"
        f"<div class='legend'>{legend}</div></header>\n<article>{body}</article><hr>\n"
    )


def _piece(decision: Decision, original: str) -> str:
    text = escape(decision.span.of(original).encode("utf-8", "replace").decode("utf-8"))
    if decision.action == "keep":
        if decision.category:
            return f"<mark class='{decision.category}' title='kept: {decision.category}'>{text}</mark>"
        return text
    if decision.category == SEPARATOR:
        return text
    why = escape(reason(decision))
    return f"<del class='{decision.category}'>{text}</del><span class='why {decision.category}'>{why}</span>"
