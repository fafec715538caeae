"""Scores of several systems over the same labelled texts, as tables: all in all, by category, language, extractor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from newsclean.evaluation.labelled import LabelledText
from newsclean.evaluation.score import Score, score_reports
from newsclean.report import Report
from newsclean.training.extractors import EXTRACTORS

#: A labelled text and what a system made of it.
Pair = tuple[LabelledText, Report]

_HEAD = ("documents", "junk", "removed", "harm", ">1% lost", "untouched", "category right")


def extractor_of(text: LabelledText) -> str:
    """The extractor whose output `text` is, if its source ends in ``/<extractor>``; else nothing."""
    name = text.source.rpartition("/")[2]
    return name if name in EXTRACTORS else ""


def summary(systems: dict[str, list[Pair]], only: frozenset[str] | None = None) -> Iterator[str]:
    """The lines of a table with a row for each system (its name -> its pairs)."""
    scores = {name: score_reports(pairs, only) for name, pairs in systems.items()}
    first = next(iter(scores.values()))
    yield (
        f"{first.documents} documents, {first.junk:,} junk and {first.article:,} article characters "
        "(white space not counted)"
    )
    yield ""
    yield from table(
        "system",
        ("removed", "harm", ">1% lost", "untouched", "span precision", "span recall", "category right"),
        (
            (name, (*_figures(s)[2:-1], f"{s.precision:.2%}", f"{s.recall:.2%}", _figures(s)[-1]))
            for name, s in scores.items()
        ),
    )
    for name, score in scores.items():
        if score.errors:
            yield f"{name}: {score.errors} documents came through unchanged, with an error"


def by_category(score: Score) -> Iterator[str]:
    """The lines of a table by category: junk by its label, article lost by the name of the removal."""
    rows = (
        (
            name,
            (
                f"{junk:,}",
                f"{score.removed_by[name] / junk:.1%}",
                f"{score.lost_by[name]:,}",
                share(score.named_right_by[name], score.right_by[name]),
            ),
        )
        for name, junk in score.junk_by.most_common()
    )
    yield from table("category", ("junk", "removed", "article lost", "category right"), rows)


def by_group(
    title: str,
    pairs: Iterable[Pair],
    key: Callable[[LabelledText], str],
    only: frozenset[str] | None = None,
) -> Iterator[str]:
    """The lines of a table with a row for each value of `key`, the largest first; texts without one are left out."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        if name := key(pair[0]):
            groups.setdefault(name, []).append(pair)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    if ordered:
        rows = ((name, _figures(score_reports(group, only))) for name, group in ordered)
        yield from table(title, _HEAD, rows)


def table(
    title: str, head: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]], first: int = 22
) -> Iterator[str]:
    """The lines of a table; names to the left, figures to the right.

    >>> print(*table("name", ["share"], [("one", ["5%"])], 6), sep="\\n")
    name      share
    one          5%
    """
    widths = [max(len(name) + 2, 9) for name in head]
    yield title.ljust(first) + "".join(name.rjust(width) for name, width in zip(head, widths, strict=True))
    for name, figures in rows:
        yield name.ljust(first) + "".join(
            figure.rjust(width) for figure, width in zip(figures, widths, strict=True)
        )


def share(part: int, whole: int, digits: int = 1) -> str:
    """A percentage, or a dash of nothing."""
    return f"{part / whole:.{digits}%}" if whole else "-"


def _figures(score: Score) -> tuple[str, ...]:
    # A peer names no categories: 0% right would say that it names wrong ones.
    named = any(score.lost_by)
    return (
        f"{score.documents:,}",
        f"{score.junk:,}",
        share(score.junk_removed, score.junk),
        share(score.article_lost, score.article, 3),
        f"{score.harmed:,}",
        f"{score.clean_untouched}/{score.clean_documents}",
        share(score.category_right, score.removals_right) if named else "-",
    )
