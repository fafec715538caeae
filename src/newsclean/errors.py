"""Every error newsclean raises: one class a condition, each also the natural builtin."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "DataFormatError",
    "MissingExtraError",
    "ModelFormatError",
    "NewscleanError",
    "RulePackError",
    "UnknownCategoryError",
    "UnknownEngineError",
    "UnknownLanguageError",
    "UnknownProfileError",
    "UnknownRuleError",
]


class NewscleanError(Exception):
    """Base of all errors that newsclean raises on purpose."""


class _UnknownNameError(NewscleanError, ValueError):
    kind = "name"

    def __init__(self, got: str, expected: Iterable[str]) -> None:
        self.got = got
        self.expected = tuple(expected)
        super().__init__(f"unknown {self.kind} {got!r}: expected one of {', '.join(self.expected)}")


class UnknownCategoryError(_UnknownNameError):
    """A category id that the labelling guide does not have.

    >>> raise UnknownCategoryError("spam", ["related", "social"])
    Traceback (most recent call last):
    newsclean.errors.UnknownCategoryError: unknown category 'spam': expected one of related, social
    """

    kind = "category"


class UnknownEngineError(_UnknownNameError):
    """An extraction engine other than newsclean, trafilatura, justext."""

    kind = "engine"


class UnknownProfileError(_UnknownNameError):
    """A profile name other than precision, balanced, recall."""

    kind = "profile"


class UnknownLanguageError(_UnknownNameError):
    """A language code for which there is no rule set."""

    kind = "language"


class UnknownRuleError(NewscleanError, KeyError):
    """A rule id that no loaded rule set has."""

    def __init__(self, got: str, near: Iterable[str] = ()) -> None:
        self.got = got
        self.near = tuple(near)
        hint = f"; did you mean {', '.join(self.near)}?" if self.near else ""
        self.message = f"no rule has the id {got!r}{hint} (newsclean rules list shows all)"
        super().__init__(self.message)

    def __str__(self) -> str:  # KeyError would print the repr of the message
        return self.message


class RulePackError(NewscleanError, ValueError):
    """A rule pack that cannot be used; prints as ``file: rule id: field: what is wrong, what to do``.

    >>> print(RulePackError("my.toml", "no-colon", "category", "'adds' is unknown, use one of …"))
    my.toml: no-colon: category: 'adds' is unknown, use one of …
    """

    def __init__(self, file: str, rule: str, field: str, problem: str) -> None:
        self.file, self.rule, self.field, self.problem = file, rule, field, problem
        super().__init__(f"{file}: {rule}: {field}: {problem}")


class DataFormatError(NewscleanError, ValueError):
    """Input data (labelled texts, records, reports) of another form than expected."""


class MissingExtraError(NewscleanError, ImportError):
    """A package that only an extra of newsclean brings, and that is not installed.

    >>> raise MissingExtraError("reading metadata", "trafilatura", "metadata")
    Traceback (most recent call last):
    newsclean.errors.MissingExtraError: reading metadata needs trafilatura, which is not installed: pip install newsclean[metadata]
    """

    def __init__(self, what: str, package: str, extra: str) -> None:
        self.what, self.package, self.extra = what, package, extra
        super().__init__(f"{what} needs {package}, which is not installed: pip install newsclean[{extra}]")


class ModelFormatError(NewscleanError, ValueError):
    """A file that holds no scorer model, or one of another format version."""
