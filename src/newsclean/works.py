"""Texts on their way through looks: taking in what each look brought, until nothing more goes."""

from __future__ import annotations

from abc import ABC, abstractmethod

from newsclean.looking import Cuts, Pass
from newsclean.report import Decision, Report
from newsclean.settling import Settling, Trimming

__all__ = ["ToldWork", "Way", "Work"]


class Way(ABC):
    """A text on its way; what goes wrong with it is kept in `error`, and costs the others nothing."""

    __slots__ = ("error",)

    def __init__(self) -> None:
        self.error: Exception | None = None

    @property
    @abstractmethod
    def text(self) -> str:
        """What is left of it."""

    def take(self, outcome: Pass | Cuts | Exception) -> bool:
        """Take in what a look brought; whether there is to be another."""
        try:
            if isinstance(outcome, Exception):
                raise outcome
            return self._taken(outcome)
        except Exception as error:  # the promise: no document is ever lost to a defect of ours
            self.error = error
            return False

    @abstractmethod
    def _taken(self, outcome: Pass | Cuts) -> bool:
        """Take something out, if there is anything."""


class Work(Way):
    """A text of which only the outcome is asked.

    >>> work = Work("Rain fell. Share")
    >>> work.take(Cuts(("en",), [10], [16])), work.take(Cuts(("en",), [], []))
    (True, False)
    >>> work.outcome
    'Rain fell.'
    """

    __slots__ = ("_trimming",)

    def __init__(self, text: str) -> None:
        super().__init__()
        self._trimming = Trimming(text)

    @property
    def text(self) -> str:
        """What is left of it."""
        return self._trimming.text

    def _taken(self, outcome: Pass | Cuts) -> bool:
        size = len(self._trimming.text)
        self._trimming.cut(outcome.cuts())
        return len(self._trimming.text) < size

    @property
    def outcome(self) -> str:
        """What is left; all of it, if something went wrong."""
        return self._trimming.text if self.error is None else self._trimming.original


class ToldWork(Way):
    """A text with all that its report tells."""

    __slots__ = ("_languages", "_settling", "_spared")

    def __init__(self, text: str) -> None:
        super().__init__()
        self._settling = Settling(text)
        self._languages: set[str] = set()
        self._spared: list[Decision] = []

    @property
    def text(self) -> str:
        """What is left of it."""
        return self._settling.text

    def _taken(self, outcome: Pass | Cuts) -> bool:
        if isinstance(outcome, Cuts):
            raise TypeError("expected a look with evidence and reasons, got one without")
        self._languages.update(outcome.languages)
        self._spared = outcome.spared
        if outcome.removals:
            self._settling.remove(outcome.removals)
        return bool(outcome.removals)

    def report(self, profile: str) -> Report:
        """The report, once nothing more goes."""
        try:
            if self.error is None:
                return self._settling.report(profile, tuple(sorted(self._languages)), self._spared)
        except Exception as error:
            self.error = error
        told = f"{type(self.error).__name__}: {self.error}"
        return Report.untouched(self._settling.original, profile, error=told)
