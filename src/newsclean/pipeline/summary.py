"""The account of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from newsclean.report import Report

__all__ = ["Summary"]


@dataclass(slots=True)
class Summary:
    """Counts over a run. `failed` are documents that could not be read or cleaned; `skipped` whole files."""

    documents: int = 0
    untouched: int = 0
    skipped: int = 0
    characters: int = 0
    characters_removed: int = 0
    spans: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, report: Report) -> None:
        """Count one cleaned document."""
        self.documents += 1
        self.characters += len(report.original)
        junk = report.junk
        self.untouched += not junk
        for decision in junk:
            self.spans[decision.category or ""] += 1
        self.characters_removed += sum(len(d.span) for d in report.removed)

    def fail(self, where: str, why: str) -> None:
        """Count a document that failed."""
        self.failures.append(f"{where}: {why}")

    def lines(self) -> list[str]:
        """The summary in words."""
        share = self.characters_removed / self.characters if self.characters else 0.0
        made = [
            f"{_count(self.documents, 'document')} cleaned, {self.untouched} of them untouched; "
            f"{_count(sum(self.spans.values()), 'piece')} of junk removed ({share:.1%} of the characters)"
        ]
        if self.spans:
            made.append("  " + ", ".join(f"{name} {n}" for name, n in self.spans.most_common()))
        if self.skipped:
            made.append(
                f"{_count(self.skipped, 'file')} done before and left as they are (--force does them again)"
            )
        if self.failures:
            made.append(f"{_count(len(self.failures), 'document')} failed:")
            made += [f"  {failure}" for failure in self.failures[:20]]
            if len(self.failures) > 20:
                made.append(f"  … and {len(self.failures) - 20} more")
        return made


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")
