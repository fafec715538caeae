"""A rule as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newsclean.evidence import Strength

__all__ = ["SCOPES", "STRENGTHS", "Reject", "Rule", "Scope"]

Scope = Literal["line", "sentence", "inline", "block", "tail"]
SCOPES: tuple[str, ...] = ("line", "sentence", "inline", "block", "tail")
STRENGTHS: tuple[str, ...] = ("certain", "likely", "hint")


@dataclass(frozen=True, slots=True)
class Reject:
    """A text that a pattern must not match, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: either `phrases` (fixed wordings) or `pattern` (a regular expression with `keywords`).

    Of a line's expression, a keyword of one or two letters has to begin a word, and ``"0"`` is any number.
    `reach` is the most lines a ``block`` rule carries with it. `kind` tells what sort of its category it finds (see
    `newsclean.evidence.Evidence`). `file` says where the rule stands.
    """

    id: str
    category: str
    scope: Scope
    languages: tuple[str, ...]
    strength: Strength
    why: str
    source: str
    phrases: tuple[str, ...] = ()
    pattern: str = ""
    keywords: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    rejects: tuple[Reject, ...] = ()
    reach: int = 0
    kind: str = ""
    file: str = ""
