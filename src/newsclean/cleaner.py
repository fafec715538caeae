"""The one way through: a text becomes a document, its lines evidence, that decisions, those a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from typing import TYPE_CHECKING

from newsclean.categories import OFFTOPIC, SEPARATOR, removed_categories
from newsclean.document import Document, may_score, read_document
from newsclean.errors import UnknownLanguageError, UnknownProfileError
from newsclean.evidence import Evidence
from newsclean.languages import ALWAYS, text_languages
from newsclean.report import Decision, Report
from newsclean.rules.found import Found
from newsclean.rules.match import match_lines
from newsclean.rules.ruleset import RuleSet, language_folders
from newsclean.settling import Settling
from newsclean.spans import Span

if TYPE_CHECKING:
    from newsclean.decision.removal import Removal
    from newsclean.offtopic.intrusions import Intrusion

__all__ = ["PROFILES", "Cleaner"]

#: From the most careful to the most thorough.
PROFILES = ("precision", "balanced", "recall")

#: A text that still changes after so many passes is left as it is.
_MOST_PASSES = 20


class Cleaner:
    """A configured cleaner; make one and use it for many texts.

    Args:
        profile: ``"precision"`` removes only what a rule is certain of, ``"balanced"`` also what its
            surroundings show to be junk, ``"recall"`` leans to removing.
        remove: categories to remove beside the defaults (say ``["embed"]``).
        keep: categories to leave in.
        languages: language codes (ISO 639-1) whose rules run, instead of those detected for each text.
        rules: TOML rule packs of your own, by path.
        off: ids of rules that are not to run.
        scorer: whether, beside the rules, lines are scored and off-topic blocks looked for (in texts of five
            lines and 400 characters or more).

    Raises:
        UnknownProfileError, UnknownCategoryError, UnknownLanguageError, UnknownRuleError: a name that does
            not exist; the message lists what does.
        RulePackError: a pack that cannot be used; ``file: rule id: field: what is wrong, what to do``.

    >>> Cleaner(keep=["comment_template"]).clean("Rain fell.\\nLeave a Reply")
    'Rain fell.\\nLeave a Reply'
    """

    def __init__(
        self,
        profile: str = "balanced",
        *,
        remove: Iterable[str] = (),
        keep: Iterable[str] = (),
        languages: Iterable[str] | None = None,
        rules: Iterable[str | PathLike[str]] = (),
        off: Iterable[str] = (),
        scorer: bool = True,
    ) -> None:
        if profile not in PROFILES:
            raise UnknownProfileError(profile, PROFILES)
        self.profile = profile
        self.scorer = scorer
        self.categories = removed_categories(_names(remove), _names(keep))
        self.languages = None if languages is None else _known_languages(_names(languages))
        packs = [rules] if isinstance(rules, (str, PathLike)) else rules
        self._rules = RuleSet(packs, _names(off))

    def clean(self, text: str) -> str:
        """The article: `text` without its junk, and otherwise byte for byte.

        >>> Cleaner().clean("Rain fell.\\n\\nThis news has been read 731 times!")
        'Rain fell.'

        Raises:
            TypeError: if `text` is no str.
        """
        return self.analyze(text).text

    def analyze(self, text: str) -> Report:
        """The report on `text`: what is kept, what is removed, and why.

        A text in which something goes wrong comes back unchanged, with the error in its report.

        Raises:
            TypeError: if `text` is no str.
        """
        if not isinstance(text, str):
            raise TypeError(f"expected a str, got {type(text).__name__}")
        try:
            return self._analyze(text)
        except Exception as error:  # the promise: no document is ever lost to a defect of ours
            return Report.untouched(text, self.profile, error=f"{type(error).__name__}: {error}")

    def clean_many(self, texts: Iterable[str]) -> Iterator[str]:
        """The article of each text, in order, as the texts come.

        >>> list(Cleaner().clean_many(["Rain.", "Rain.\\nLeave a Reply"]))
        ['Rain.', 'Rain.']
        """
        return (report.text for report in self.analyze_many(texts))

    def analyze_many(self, texts: Iterable[str]) -> Iterator[Report]:
        """The report on each text, in order, as the texts come."""
        return (self.analyze(text) for text in texts)

    def _analyze(self, text: str) -> Report:
        settling = Settling(text)
        seen: set[str] = set()
        # Removing a line changes what stands around its neighbours; the text is looked at until nothing
        # more goes, so that cleaning a clean text changes nothing.
        for _ in range(_MOST_PASSES):
            languages = self.languages or text_languages(settling.text)
            seen.update(languages)
            removals, spared = self._pass(settling.text, languages)
            if not removals:
                return settling.report(self.profile, tuple(sorted(seen)), spared)
            settling.remove(removals)
        raise RuntimeError(f"the text still changed after {_MOST_PASSES} passes")

    def _pass(self, text: str, languages: tuple[str, ...]) -> tuple[list[Decision], list[Decision]]:
        document = read_document(text)
        found = match_lines(self._rules.index(languages), document)
        if not found and not (self.scorer and may_score(document)):
            return [], []
        # Not needed for a short text without a finding, which a first call in a short-lived process often is.
        from newsclean.decision.decide import decide
        from newsclean.decision.separators import separator_spans

        scored_in = languages if self.scorer else ()
        removals, spared = decide(document, found, self.profile, self.categories, scored_in)
        junk = [_junk(document, removal) for removal in removals]
        if not junk and self.scorer and OFFTOPIC in self.categories and may_score(document):
            junk = self._off_topic(document, languages, spared)
        white = [
            Decision(span, "remove", SEPARATOR) for span in separator_spans(text, [d.span for d in junk])
        ]
        kept = [_spared(document, finding) for finding in spared]
        return sorted([*junk, *white], key=lambda d: d.span.start), kept

    def _off_topic(
        self, document: Document, languages: tuple[str, ...], spared: list[Found]
    ) -> list[Decision]:
        """What does not belong to the story, once everything else is gone that would look like it."""
        from newsclean.offtopic.intrusions import find_intrusions

        kept = [Span(finding.start, finding.end) for finding in spared]
        found = find_intrusions(document, self.profile, languages, kept)
        return [_intrusion(document, intrusion) for intrusion in found]


def _names(value: Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _known_languages(codes: Iterable[str]) -> tuple[str, ...]:
    known = language_folders()
    for code in codes:
        if code not in known:
            raise UnknownLanguageError(code, known)
    return tuple(sorted({*codes, ALWAYS}))


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


def _intrusion(document: Document, intrusion: Intrusion) -> Decision:
    span = _span(document, intrusion.start, intrusion.end)
    evidence = Evidence("off-topic", OFFTOPIC, "likely", span, intrusion.reason, intrusion.kind)
    return Decision(
        span, "remove", OFFTOPIC, intrusion.score, (evidence,), f"{intrusion.kind}: {intrusion.reason}"
    )


def _spared(document: Document, found: Found) -> Decision:
    span = _span(document, found.start, found.end)
    return Decision(span, "keep", found.head.category, 0.0, (_evidence(document, found),))
