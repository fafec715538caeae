"""The one way through: texts are looked at in blocks until nothing more goes, then reported on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike

from newsclean.blocks import MOST_CHARACTERS, in_blocks
from newsclean.categories import removed_categories
from newsclean.errors import UnknownLanguageError, UnknownProfileError
from newsclean.languages import ALWAYS, text_languages
from newsclean.looking import Pass, Settings, look
from newsclean.report import Decision, Report
from newsclean.rules.ruleset import RuleSet, language_folders
from newsclean.settling import Settling

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
        self.settings = Settings(profile, scorer, self.categories)
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
        _check(text)
        return self._reports([text])[0]

    def clean_many(self, texts: Iterable[str]) -> Iterator[str]:
        """The article of each text, in order; texts are read up to a block ahead (see `newsclean.blocks`).

        >>> list(Cleaner().clean_many(["Rain.", "Rain.\\nLeave a Reply"]))
        ['Rain.', 'Rain.']

        Raises:
            TypeError: at a text that is no str, once the results of those before it are given.
        """
        return (report.text for report in self.analyze_many(texts))

    def analyze_many(self, texts: Iterable[str]) -> Iterator[Report]:
        """The report on each text, in order, as `clean_many` goes through them."""
        for block in in_blocks(texts, _size):
            wrong = next((at for at, text in enumerate(block) if not isinstance(text, str)), len(block))
            yield from self._reports(block[:wrong])
            _check(*block[wrong : wrong + 1])

    def _reports(self, texts: list[str]) -> list[Report]:
        """The reports on a block of texts."""
        works = [_Work(text) for text in texts]
        left = works
        # Removing a line changes what stands around its neighbours; a text is looked at until nothing
        # more goes, so that cleaning a clean text changes nothing.
        for _ in range(_MOST_PASSES):
            outcomes = self._passes([work.settling.text for work in left])
            left = [work for work, outcome in zip(left, outcomes, strict=True) if work.take(outcome)]
            if not left:
                break
        for work in left:
            work.error = RuntimeError(f"the text still changed after {_MOST_PASSES} passes")
        return [work.report(self.profile) for work in works]

    def _passes(self, texts: list[str]) -> list[Pass | Exception]:
        """One look at each text, for itself."""
        return [self._pass(text) for text in texts]

    def _pass(self, text: str) -> Pass | Exception:
        try:
            languages = self.languages or text_languages(text)
            return look(text, languages, self._rules.index(languages), self.settings)
        except Exception as error:  # the promise: no document is ever lost to a defect of ours
            return error


class _Work:
    """A text on its way, with all that its report tells."""

    __slots__ = ("error", "languages", "settling", "spared")

    def __init__(self, text: str) -> None:
        self.settling = Settling(text)
        self.languages: set[str] = set()
        self.spared: list[Decision] = []
        self.error: Exception | None = None

    def take(self, outcome: Pass | Exception) -> bool:
        """Take in what a look brought; whether there is to be another."""
        if isinstance(outcome, Exception):
            self.error = outcome
            return False
        self.languages.update(outcome.languages)
        self.spared = outcome.spared
        try:
            if outcome.removals:
                self.settling.remove(outcome.removals)
        except Exception as error:
            self.error = error
            return False
        return bool(outcome.removals)

    def report(self, profile: str) -> Report:
        """The report, once nothing more goes."""
        try:
            if self.error is None:
                return self.settling.report(profile, tuple(sorted(self.languages)), self.spared)
        except Exception as error:
            self.error = error
        told = f"{type(self.error).__name__}: {self.error}"
        return Report.untouched(self.settling.original, profile, error=told)


def _check(*texts: object) -> None:
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f"expected a str, got {type(text).__name__}")


def _size(text: object) -> int:
    return len(text) if isinstance(text, str) else MOST_CHARACTERS  # what is no text ends its block


def _names(value: Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _known_languages(codes: Iterable[str]) -> tuple[str, ...]:
    known = language_folders()
    for code in codes:
        if code not in known:
            raise UnknownLanguageError(code, known)
    return tuple(sorted({*codes, ALWAYS}))
