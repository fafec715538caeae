"""The one way through: texts are looked at in blocks until nothing more goes, then reported on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from typing import TYPE_CHECKING

from newsclean.blocks import MOST_CHARACTERS, in_blocks
from newsclean.categories import removed_categories
from newsclean.errors import UnknownLanguageError, UnknownProfileError
from newsclean.languages import ALWAYS, text_languages
from newsclean.looking import PROFILES, Cuts, Pass, Settings, look
from newsclean.report import Report
from newsclean.rules.ruleset import RuleSet, language_folders
from newsclean.works import ToldWork, Way, Work

if TYPE_CHECKING:
    from newsclean.native.looks import Looks

__all__ = ["PROFILES", "Cleaner"]

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
        self._looks: Looks | None = None
        self._may_look = True

    def clean(self, text: str) -> str:
        """The article: `text` without its junk, and otherwise byte for byte.

        >>> Cleaner().clean("Rain fell.\\n\\nThis news has been read 731 times!")
        'Rain fell.'

        Raises:
            TypeError: if `text` is no str.
        """
        return next(self.clean_many([text]))

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
        for block in in_blocks(texts, _size):
            right = _of_texts(block)
            works = [Work(text) for text in right]
            self._settle(works, told=False)
            yield from (work.outcome for work in works)
            _check(*block[len(right) : len(right) + 1])

    def analyze_many(self, texts: Iterable[str]) -> Iterator[Report]:
        """The report on each text, in order, as `clean_many` goes through them."""
        for block in in_blocks(texts, _size):
            right = _of_texts(block)
            yield from self._reports(right)
            _check(*block[len(right) : len(right) + 1])

    def _reports(self, texts: list[str]) -> list[Report]:
        works = [ToldWork(text) for text in texts]
        self._settle(works, told=True)
        return [work.report(self.profile) for work in works]

    def _settle(self, works: Sequence[Way], told: bool) -> None:
        """Settle the texts of a block; `told` says whether it will be asked what went and why."""
        left = list(works)
        # Removing a line changes what stands around its neighbours; a text is looked at until nothing
        # more goes, so that cleaning a clean text changes nothing.
        for _ in range(_MOST_PASSES):
            outcomes = self._passes([work.text for work in left], told)
            left = [work for work, outcome in zip(left, outcomes, strict=True) if work.take(outcome)]
            if not left:
                break
        for work in left:
            work.error = RuntimeError(f"the text still changed after {_MOST_PASSES} passes")

    def _passes(self, texts: list[str], told: bool) -> Sequence[Pass | Cuts | Exception]:
        """One look at each text, for itself: by the kernel where it can, else by Python."""
        looks: Sequence[Pass | Cuts | None] = [None] * len(texts)
        try:
            kernel = self._kernel()
            if kernel is not None:
                looks = kernel.passes(texts, self.languages, told)
        except Exception:  # Python looks instead: the results are the same
            pass
        return [self._look(text) if one is None else one for text, one in zip(texts, looks, strict=True)]

    def _kernel(self) -> Looks | None:
        if self._may_look and self._looks is None:
            from newsclean.native.looks import looks_for

            self._looks = looks_for(self._rules, self.settings)
            self._may_look = self._looks is not None
        return self._looks

    def _look(self, text: str) -> Pass | Exception:
        try:
            languages = self.languages or text_languages(text)
            return look(text, languages, self._rules.index(languages), self.settings)
        except Exception as error:  # the promise: no document is ever lost to a defect of ours
            return error


def _check(*texts: object) -> None:
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f"expected a str, got {type(text).__name__}")


def _of_texts(block: list[str]) -> list[str]:
    """The texts of a block before the first that is none."""
    wrong = next((at for at, text in enumerate(block) if not isinstance(text, str)), len(block))
    return block[:wrong]


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
