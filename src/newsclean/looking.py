"""One look at one text: it becomes a document, its lines evidence, that decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newsclean.categories import OFFTOPIC, SEPARATOR
from newsclean.document import Document, may_score, read_document
from newsclean.evidence import Evidence
from newsclean.report import Decision
from newsclean.rules.found import Found
from newsclean.rules.index import Index
from newsclean.rules.match import match_lines
from newsclean.spans import Span

if TYPE_CHECKING:
    from newsclean.decision.removal import Removal
    from newsclean.offtopic.intrusions import Intrusion

__all__ = ["PROFILES", "Cuts", "Pass", "Settings", "intruded", "look", "with_separators"]


#: From the most careful to the most thorough.
PROFILES = ("precision", "balanced", "recall")


class Settings(NamedTuple):
    """What a look goes by, beside the rules: the profile, whether lines are scored, the categories that go."""

    profile: str
    scorer: bool
    categories: frozenset[str]


class Pass(NamedTuple):
    """What a look brought: removals (in order, with the white space that goes along) and findings that are kept.

    Spans are those of the text that was looked at.
    """

    languages: tuple[str, ...]
    removals: list[Decision]
    spared: list[Decision]

    def cuts(self) -> Iterator[tuple[int, int]]:
        """Start and end of each removal, in order."""
        return ((removal.span.start, removal.span.end) for removal in self.removals)


class Cuts(NamedTuple):
    """A `Pass` of which it was not asked what is told of removals: where they start and end, in order."""

    languages: tuple[str, ...]
    starts: Sequence[int]
    ends: Sequence[int]

    def cuts(self) -> Iterator[tuple[int, int]]:
        """Start and end of each removal, in order."""
        return zip(self.starts, self.ends, strict=True)


def look(text: str, languages: tuple[str, ...], index: Index, settings: Settings) -> Pass:
    """What is to go from `text`, by the rules of `index` and all else."""
    document = read_document(text)
    found = match_lines(index, document)
    if not found and not (settings.scorer and may_score(document)):
        return Pass(languages, [], [])
    # Not needed for a short text without a finding, which a first call in a short-lived process often is.
    from newsclean.decision.decide import decide

    scored_in = languages if settings.scorer else ()
    removals, spared = decide(document, found, settings.profile, settings.categories, scored_in)
    junk = [_junk(document, removal) for removal in removals]
    if not junk and settings.scorer and OFFTOPIC in settings.categories and may_score(document):
        junk = _off_topic(document, settings.profile, languages, spared)
    return Pass(languages, with_separators(text, junk), [_spared(document, finding) for finding in spared])


def with_separators(text: str, junk: list[Decision]) -> list[Decision]:
    """Removals of junk (in order), and of the white space that goes along."""
    from newsclean.decision.separators import separator_spans

    white = [Decision(span, "remove", SEPARATOR) for span in separator_spans(text, [d.span for d in junk])]
    return sorted([*junk, *white], key=lambda d: d.span.start)


def _off_topic(
    document: Document, profile: str, languages: tuple[str, ...], spared: list[Found]
) -> list[Decision]:
    """What does not belong to the story, once everything else is gone that would look like it."""
    from newsclean.offtopic.intrusions import find_intrusions

    kept = [Span(finding.start, finding.end) for finding in spared]
    found = find_intrusions(document, profile, languages, kept)
    return [intruded(one, _span(document, one.start, one.end)) for one in found]


def _span(document: Document, start: int, end: int) -> Span:
    return Span(document.folding.start(start), document.folding.end(end))


def _evidence(document: Document, found: Found) -> Evidence:
    head = found.head
    span = _span(document, found.start, found.end)
    return Evidence(head.id, head.category, found.strength, span, head.why, head.kind)


def _junk(document: Document, removal: Removal) -> Decision:
    span = _span(document, removal.start, removal.end)
    evidence = tuple(_evidence(document, found) for found in removal.found)
    if removal.by_scorer:
        # whole lines that are off topic are tickers, tables and texts of other pages
        kind = "other story" if removal.category == OFFTOPIC else ""
        evidence = (Evidence("scorer", removal.category, "likely", span, removal.reason, kind), *evidence)
    return Decision(span, "remove", removal.category, removal.score, evidence, removal.reason)


def intruded(intrusion: Intrusion, span: Span) -> Decision:
    """The removal of an intrusion, which stands at `span` of the text."""
    evidence = Evidence("off-topic", OFFTOPIC, "likely", span, intrusion.reason, intrusion.kind)
    return Decision(
        span, "remove", OFFTOPIC, intrusion.score, (evidence,), f"{intrusion.kind}: {intrusion.reason}"
    )


def _spared(document: Document, found: Found) -> Decision:
    span = _span(document, found.start, found.end)
    return Decision(span, "keep", found.head.category, 0.0, (_evidence(document, found),))
