"""Results of several extractors on the same pages as tables: quality, time, and the differences to newsclean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean, median
from typing import Any, NamedTuple

from bootstrap import Difference, paired
from breakdown import share, table
from page_runs import PageRun

#: Whose time the others' are given in.
YARDSTICK = "trafilatura"
#: The row that the others are compared with: the first that is there.
OURS = ("newsclean", "newsclean_out_of_fold", "newsclean_blocks")


class Group(NamedTuple):
    """Pages that are reported together: all, those of one folder or those of one type."""

    title: str
    runs: list[PageRun]


class Figures(NamedTuple):
    """The means of one extractor over the pages of a group; None is what has not been measured."""

    f1: float | None
    precision: float | None
    recall: float | None
    shingle_f1: float | None
    found: int
    wanted: int
    absent: int
    unwanted: int
    ms_mean: float | None
    ms_median: float | None
    mb_per_second: float | None
    to_yardstick: float | None
    errors: int
    empty: int


class Comparison(NamedTuple):
    """Our row against one other: the difference in F1 over `pages`, and our CPU time over the other's."""

    other: str
    pages: int
    difference: Difference
    time_ratio: float | None


def groups(runs: Sequence[PageRun]) -> list[Group]:
    """All pages, and where there are several the folders and page types of them, in the order of the pages."""
    folders = list(dict.fromkeys(run.page.folder for run in runs))
    types = sorted({run.page.page_type for run in runs})
    found = [Group(f"all pages of {', '.join(folders)}", list(runs))]
    if len(types) > 1:
        found[:0] = (
            Group(f"page type {kind}", [r for r in runs if r.page.page_type == kind]) for kind in types
        )
    if len(folders) > 1:
        found[:0] = (Group(f"folder {name}", [r for r in runs if r.page.folder == name]) for name in folders)
    return found


def figures(runs: Sequence[PageRun], name: str) -> Figures:
    """The figures of extractor `name`; F1 and its parts over the pages with a gold text, all else over all."""
    results = [run.results[name] for run in runs]
    scores = [result.scores for result in results if result.scores is not None]
    shingles = [result.shingle_f1 for result in results if result.shingle_f1 is not None]
    seconds = _seconds(runs, name)
    total = sum(seconds or ())
    return Figures(
        f1=_mean([score.f1 for score in scores]),
        precision=_mean([score.precision for score in scores]),
        recall=_mean([score.recall for score in scores]),
        shingle_f1=_mean(shingles),
        found=sum(result.found for result in results),
        wanted=sum(len(run.page.wanted) for run in runs),
        absent=sum(result.absent for result in results),
        unwanted=sum(len(run.page.unwanted) for run in runs),
        ms_mean=fmean(seconds) * 1000 if seconds else None,
        ms_median=median(seconds) * 1000 if seconds else None,
        mb_per_second=sum(run.size for run in runs) / 1e6 / total if total else None,
        to_yardstick=time_ratio(runs, name, YARDSTICK),
        errors=sum(result.failed for result in results),
        empty=sum(result.empty for result in results),
    )


def compare(runs: Sequence[PageRun], resamples: int) -> tuple[str | None, list[Comparison]]:
    """Our row, and how it compares with each other one over the pages with a gold text; nothing without either."""
    names = list(runs[0].results) if runs else []
    with_gold = [run for run in runs if run.page.gold.strip()]
    ours = next((name for name in OURS if name in names), None)
    if ours is None or not with_gold:
        return ours, []
    f1 = {name: [s.f1 for run in with_gold if (s := run.results[name].scores)] for name in names}
    return ours, [
        Comparison(name, len(with_gold), paired(f1[ours], f1[name], resamples), time_ratio(runs, ours, name))
        for name in names
        if name != ours
    ]


def time_ratio(runs: Sequence[PageRun], name: str, other: str) -> float | None:
    """The mean CPU time of `name` over that of `other`; None where one of them has not been run."""
    if not runs or other not in runs[0].results:
        return None
    ours, theirs = _seconds(runs, name), _seconds(runs, other)
    return sum(ours) / sum(theirs) if ours and theirs and sum(theirs) else None


def figures_table(group: Group) -> Iterator[str]:
    """The lines of a table with a row for each extractor."""
    with_gold = sum(bool(run.page.gold.strip()) for run in group.runs)
    yield f"\n{group.title}: {len(group.runs):,} pages, {with_gold:,} with a gold text"
    rows = ((name, _cells(figures(group.runs, name))) for name in group.runs[0].results)
    yield from table(
        "extractor",
        ("F1", "precision", "recall", "4-gram F1", "with", "without", "ms mean", "median", "MB/s",
         f"x {YARDSTICK}", "errors", "empty"),
        rows,
        first=24,
    )  # fmt: skip


def comparison_table(group: Group, resamples: int) -> Iterator[str]:
    """The lines of a table with a row for each extractor that ours is compared with."""
    ours, compared = compare(group.runs, resamples)
    if compared:
        yield f"\n{ours} less each other, F1 in hundredths, {resamples:,} resamples of {group.title}"
        rows = (
            (c.other, (f"{c.pages:,}", *_interval(c.difference), _cell(c.time_ratio, ".2f")))
            for c in compared
        )
        yield from table(
            "other", ("pages", "difference", "from", "to", "better in", "CPU time"), rows, first=24
        )


def as_record(group: Group, resamples: int) -> dict[str, Any]:
    """A group as JSON: the figures of each extractor, and the comparisons."""
    ours, compared = compare(group.runs, resamples)
    return {
        "pages": len(group.runs),
        "title": group.title,
        "extractors": {name: figures(group.runs, name)._asdict() for name in group.runs[0].results},
        "ours": ours,
        "comparisons": [{**c._asdict(), "difference": c.difference._asdict()} for c in compared],
    }


def _seconds(runs: Sequence[PageRun], name: str) -> list[float] | None:
    taken = [run.results[name].seconds for run in runs]
    timed = [seconds for seconds in taken if seconds is not None]
    return timed if timed and len(timed) == len(taken) else None


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None


def _cells(found: Figures) -> tuple[str, ...]:
    return (
        _cell(found.f1, ".4f"),
        _cell(found.precision, ".4f"),
        _cell(found.recall, ".4f"),
        _cell(found.shingle_f1, ".4f"),
        share(found.found, found.wanted),
        share(found.absent, found.unwanted),
        _cell(found.ms_mean, ".2f"),
        _cell(found.ms_median, ".2f"),
        _cell(found.mb_per_second, ".2f"),
        _cell(found.to_yardstick, ".2f"),
        f"{found.errors:,}",
        f"{found.empty:,}",
    )


def _interval(found: Difference) -> tuple[str, ...]:
    return (
        *(f"{100 * value:+.2f}" for value in (found.mean, found.low, found.high)),
        f"{found.better:.1%}",
    )


def _cell(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)
