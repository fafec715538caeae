"""Labelled pages: how many words of the gold text, and how many others, cleaning takes from extractor outputs."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from breakdown import share, table
from gold_words import gold_words
from newsclean import Cleaner
from page_sets import Page, chosen_extractors, chosen_pages, measure


class Words(NamedTuple):
    """Counts over one output: words of the gold text, those of them lost, other words, those of them removed."""

    gold: int
    lost: int
    other: int
    removed: int


@dataclass(frozen=True)
class CountWords:
    """Counts words of one output for each profile; made here, run in other processes."""

    profiles: tuple[str, ...]

    def __call__(self, page: Page, output: str) -> tuple[Words, ...]:
        """The counts of `output` for each profile, in order."""
        found = gold_words(output, page.gold)
        gold = sum(is_gold for _, is_gold in found)
        counts = []
        for profile in self.profiles:
            gone = bytearray(len(output))
            for decision in _cleaner(profile).analyze(output).junk:
                gone[decision.span.start : decision.span.end] = b"\1" * len(decision.span)
            taken = [is_gold for span, is_gold in found if gone[span.start]]
            counts.append(Words(gold, sum(taken), len(found) - gold, len(taken) - sum(taken)))
        return tuple(counts)


@cache
def _cleaner(profile: str) -> Cleaner:
    return Cleaner(profile)


def report(arguments: argparse.Namespace, profiles: tuple[str, ...]) -> None:
    """Print a table for each folder of `arguments.pages` and each profile.

    Raises:
        DataFormatError: what was expected and what came.
    """
    if not arguments.pages:
        return
    names = chosen_extractors(arguments.extractors)
    for folder in arguments.pages:
        pages = chosen_pages(folder, arguments)
        counts: dict[str, list[tuple[Words, ...]]] = defaultdict(list)
        found = measure(pages, names, CountWords(profiles), workers=arguments.workers, cache=arguments.cache)
        for _, name, words in found:
            counts[name].append(words)
        print(f"\n{folder.name}, {len(pages)} pages: words of the output that the gold text has, and others")
        for at, profile in enumerate(profiles):
            print(f"\n{folder.name}, newsclean {profile}")
            for line in table(
                "extractor",
                ("pages", "gold words", "lost", "pages >1% lost", "other words", "removed"),
                _rows((name, [words[at] for words in counts[name]]) for name in names),
            ):
                print(line)


def _rows(counts: Iterable[tuple[str, list[Words]]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, pages in counts:
        gold, lost, other, removed = (
            (sum(column) for column in zip(*pages, strict=True)) if pages else (0,) * 4
        )
        yield (
            name,
            (
                f"{len(pages):,}",
                f"{gold:,}",
                share(lost, gold, 3),
                f"{sum(p.lost > 0.01 * p.gold for p in pages):,}",
                f"{other:,}",
                share(removed, other),
            ),
        )
