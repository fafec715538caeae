"""Uplift: how near extractor outputs are to the gold text of their pages, before and after cleaning.

Run: python benchmarks/uplift.py DIR… [--profile P] [--extractors NAME…] [--page-type TYPE]
       [--limit N [--sample SEED]] [--workers N] [--cache DIR] [--part NAME]

A folder holds gold.jsonl (id, lang, page_type, text) and html/<id>.html.gz. Precision, recall and F1 are those of
the WCXB benchmark: bags of lower-case words (\\w+), one score a page, the mean over pages. (The article extraction
benchmark counts runs of four words instead of words.) A page on which an extractor finds nothing scores 0.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from breakdown import table
from gold_words import Scores, word_scores
from newsclean import Cleaner
from newsclean.cleaner import PROFILES
from newsclean.errors import NewscleanError
from page_sets import Page, add_options, chosen_extractors, chosen_pages, fix_hashes, measure

#: A page got worse, or better, if its F1 moved by more than this.
MOVED = 0.01


class Outcome(NamedTuple):
    """The scores of one output before and after cleaning."""

    before: Scores
    after: Scores
    empty: bool

    @property
    def gain(self) -> float:
        """By how much F1 rose."""
        return self.after.f1 - self.before.f1


@dataclass(frozen=True)
class CleanAndScore:
    """Scores one output before and after cleaning; made here, run in other processes."""

    profile: str

    def __call__(self, page: Page, output: str) -> Outcome:
        """The scores of `output` before and after cleaning."""
        before = word_scores(output, page.gold)
        cleaned = _cleaner(self.profile).clean(output)
        after = before if cleaned == output else word_scores(cleaned, page.gold)
        return Outcome(before, after, not output)


@cache
def _cleaner(profile: str) -> Cleaner:
    return Cleaner(profile)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="+", type=Path, metavar="DIR", help="folders of labelled pages")
    parser.add_argument("--profile", default="balanced", choices=PROFILES)
    parser.add_argument("--part", default="not named", help="what the pages are, e.g. development, held out")
    add_options(parser)
    options = parser.parse_args(arguments)
    try:
        names = chosen_extractors(options.extractors)
        print(f"part: {options.part}")
        for folder in options.pages:
            for line in uplift(folder, names, options):
                print(line)
    except NewscleanError as error:
        print(f"uplift.py: {error}", file=sys.stderr)
        return 2
    return 0


def uplift(folder: Path, names: list[str], options: argparse.Namespace) -> Iterator[str]:
    """The lines of the table for one folder.

    Raises:
        DataFormatError: what was expected and what came.
    """
    pages = chosen_pages(folder, options)
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    work = CleanAndScore(options.profile)
    for _, name, outcome in measure(pages, names, work, workers=options.workers, cache=options.cache):
        outcomes[name].append(outcome)
    kind = f" of type {options.page_type}" if options.page_type else ""
    drawn = f", drawn with seed {options.sample}" if options.limit and options.sample is not None else ""
    yield f"\n{folder.resolve().name}, {len(pages)} pages{kind}{drawn}, newsclean {options.profile}"
    yield "precision (P), recall (R) and F1 over bags of words, mean over pages; change in hundredths"
    yield ""
    yield from table(
        "extractor",
        ("pages", "empty", "F1 before", "after", "change", "P before", "after", "change",
         "R before", "after", "change", "better", "worse"),
        ((name, _row(outcomes[name])) for name in names),
    )  # fmt: skip
    yield f"better, worse: share of pages whose F1 moved by more than {MOVED}"


def _row(outcomes: list[Outcome]) -> tuple[str, ...]:
    if not outcomes:
        return ("0", *["-"] * 12)
    cells = []
    for figure in ("f1", "precision", "recall"):
        before = fmean(getattr(outcome.before, figure) for outcome in outcomes)
        after = fmean(getattr(outcome.after, figure) for outcome in outcomes)
        cells += [f"{before:.4f}", f"{after:.4f}", f"{100 * (after - before):+.2f}"]
    return (
        f"{len(outcomes):,}",
        f"{sum(outcome.empty for outcome in outcomes):,}",
        *cells,
        f"{sum(outcome.gain > MOVED for outcome in outcomes) / len(outcomes):.1%}",
        f"{sum(outcome.gain < -MOVED for outcome in outcomes) / len(outcomes):.1%}",
    )


if __name__ == "__main__":
    fix_hashes()
    sys.exit(main())
