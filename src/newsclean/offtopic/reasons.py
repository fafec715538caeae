"""What an intrusion is, which signals speak against it, and both in words."""

from __future__ import annotations

from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from newsclean.categories import OFFTOPIC_KINDS
from newsclean.offtopic.model import Judge

__all__ = ["KINDS", "Exhibit", "kind_of", "raised_signals", "reason_of"]

#: The kinds of intrusions, in the order of the trees that tell them apart.
KINDS = OFFTOPIC_KINDS
_RAISED = 0.35  # log odds that a group of columns adds, from which on it is a signal of its own
_SHOWN_WORDS = 4

# What begins the names of the columns of each signal; longer beginnings first.
_SIGNALS = {
    "wording": ("lean_",),
    "cohesion": ("shared_", "closes", "following_", "meant_", "nearest"),
    "newcomers": ("new_", "names", "held", "again"),
    "figures": ("money", "percent", "year", "share_digit", "numbers", "share_symbol", "begins_digit"),
    "form": (
        "question", "par_", "pars", "starts_", "ends_", "begins_", "glued", "enders", "size", "characters", "word",
        "initials", "capitals", "short_words", "share_", "marks", "units", "text_share", "place",
    ),
}  # fmt: skip
_WORDED = {
    "question-and-answer aside": "worded like a reference work or a search engine's answer",
    "promotion": "worded like an advert",
    "other story": "worded like a piece of another story",
    "keyword stuffing": "worded like a list of search queries",
    "writing-machine leftover": "worded like a writing machine's note",
}
_WORDS = {
    "cohesion": "hangs together little with the text around it",
    "newcomers": "names and words unlike those of the text",
    "figures": "prices, years or figures out of line with the text",
    "form": "its form stands out from the text",
}
_ASKED = "a question in a text that does not use them"


class Exhibit(Protocol):
    """A block that may be an intrusion, with what reasons are told from."""

    @property
    def judge(self) -> Judge:
        """Who judged it."""

    @property
    def unit_rows(self) -> NDArray[np.float32]:
        """The judge's columns of its units: (units, columns)."""

    @property
    def row(self) -> NDArray[np.float32]:
        """The judge's columns of the block."""

    @property
    def asks(self) -> bool:
        """Whether a unit of it asks."""

    def new_words(self, most: int) -> list[str]:
        """Up to `most` words that stand nowhere else, the rarest and names first."""


def kind_of(found: Exhibit) -> str:
    """Which of `KINDS` an intrusion is."""
    sums = found.judge.sorts.sums(found.row[None, :], len(KINDS))
    return KINDS[int(sums[0].argmax())]


def raised_signals(found: Exhibit) -> tuple[str, ...]:
    """The signals that speak against an intrusion, strongest first: each by columns of its own."""
    judge, rows = found.judge, found.unit_rows
    total = dict.fromkeys(_SIGNALS, 0.0)
    for row in rows:
        _add(total, judge.units.contributions(row) / len(rows), judge.unit_columns)
    _add(total, judge.blocks.contributions(found.row), judge.block_columns)
    best = sorted(total, key=lambda name: -total[name])
    return tuple(name for name in best if total[name] >= _RAISED)


def _add(total: dict[str, float], moved: NDArray[np.floating], columns: tuple[str, ...]) -> None:
    for by, signal in zip(moved.tolist(), _signals_of(columns), strict=True):
        if signal:
            total[signal] += by


@cache
def _signals_of(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The signal of each column; none for the log odds, which are the sum of the units' signals."""
    found = []
    for column in columns:
        bare = column
        for lead in ("doc_", "above_", "near_"):
            bare = bare.removeprefix(lead)
        fits = (name for name, leads in _SIGNALS.items() if bare.startswith(leads))
        found.append("" if bare.startswith(("odds", "hot")) else next(fits, ""))
    return tuple(found)


def reason_of(found: Exhibit, kind: str, signals: tuple[str, ...]) -> str:
    """The signals in words.

    Names and words that stand nowhere else in the text are told.
    """
    told = []
    for signal in signals:
        if signal == "wording":
            told.append(_WORDED[kind])
        elif signal == "newcomers":
            new = ", ".join(found.new_words(_SHOWN_WORDS))
            told.append(f"words that stand nowhere else ({new})" if new else _WORDS[signal])
        elif signal == "form" and found.asks:
            told.append(_ASKED)
        else:
            told.append(_WORDS[signal])
    return "; ".join(told) or "all signals together"
