"""The account of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from newsclean.report import Report

__all__ = ["Account", "Summary", "counted", "listed"]


@dataclass(slots=True)
class Account:
    """What every run counts. `failures` name what could not be read or done; `skipped` are whole files."""

    what: ClassVar[str] = "document"

    skipped: int = 0
    failures: list[str] = field(default_factory=list)

    def fail(self, where: str, why: str) -> None:
        """Count a document that failed."""
        self.failures.append(f"{where}: {why}")

    def lines(self) -> list[str]:
        """The summary in words."""
        made = []
        if self.skipped:
            made.append(
                f"{counted(self.skipped, 'file')} done before and left as they are (--force does them again)"
            )
        if self.failures:
            made += [f"{counted(len(self.failures), self.what)} failed:", *listed(self.failures)]
        return made


@dataclass(slots=True)
class Summary(Account):
    """Counts over a run that cleans texts."""

    documents: int = 0
    untouched: int = 0
    characters: int = 0
    characters_removed: int = 0
    spans: Counter[str] = field(default_factory=Counter)

    def add(self, report: Report) -> None:
        """Count one cleaned document."""
        self.documents += 1
        self.characters += len(report.original)
        junk = report.junk
        self.untouched += not junk
        for decision in junk:
            self.spans[decision.category or ""] += 1
        self.characters_removed += sum(len(d.span) for d in report.removed)

    def lines(self) -> list[str]:
        """The summary in words."""
        share = self.characters_removed / self.characters if self.characters else 0.0
        made = [
            f"{counted(self.documents, 'document')} cleaned, {self.untouched} of them untouched; "
            f"{counted(sum(self.spans.values()), 'piece')} of junk removed ({share:.1%} of the characters)"
        ]
        if self.spans:
            made.append("  " + ", ".join(f"{name} {n}" for name, n in self.spans.most_common()))
        return made + Account.lines(self)


def counted(number: int, what: str) -> str:
    """The number and what it counts.

    >>> counted(1, "page"), counted(1200, "page")
    ('1 page', '1,200 pages')
    """
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def listed(entries: Sequence[str], most: int = 20) -> list[str]:
    """The first `most` entries, a line each, and how many more there are.

    >>> listed(["a", "b", "c"], 2)
    ['  a', '  b', '  … and 1 more']
    """
    made = [f"  {entry}" for entry in entries[:most]]
    return [*made, f"  … and {len(entries) - most} more"] if len(entries) > most else made
