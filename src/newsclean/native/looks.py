"""Looks at whole blocks of texts by the kernel."""

from __future__ import annotations

import ctypes
import re
import threading
from array import array
from collections.abc import Sequence
from ctypes import Structure, c_double, c_int32, c_int64, c_uint32, c_void_p
from typing import TYPE_CHECKING, Any, NamedTuple

from newsclean.categories import CATEGORIES, OFFTOPIC
from newsclean.document import SCORED_CHARACTERS, SCORED_FLAT, SCORED_LINES
from newsclean.looking import PROFILES, Cuts, Pass, Settings
from newsclean.native.languages import declare as declare_languages
from newsclean.native.languages import languages_of
from newsclean.native.loading import code_points, kernel, ready
from newsclean.native.mixes import Mix, Mixes
from newsclean.native.outcomes import FOUND, ROW, Rows, decisions, spared
from newsclean.native.packs import EXPRESSION, Handle, expressions
from newsclean.report import Decision
from newsclean.rules.ruleset import RuleSet

if TYPE_CHECKING:
    from newsclean.native.models import Models

__all__ = ["PHASES", "Looks", "looks_for"]

#: What the kernel does with a text, in order: NC_PHASE_… of nc_block.h.
PHASES = ("lines", "rules", "decisions", "scores", "sentences", "off-topic", "answers")

_SAME, _CHANGED, _INTRUDED = 0, 1, 3
_BREAK = re.compile(r"[\r\n]")


class _Asked(Structure):
    _fields_ = (
        ("start", c_int64), ("size", c_int32), ("rules", c_int32), ("judge", c_int32), ("unused", c_int32),
        ("line", c_double), ("weak", c_double), ("certain", c_double),
    )  # fmt: skip


class _Settings(Structure):
    _fields_ = (
        ("profile", c_int32), ("off_topic", c_int32), ("categories", c_uint32),
        ("rules", c_void_p), ("scoring", c_void_p), ("model", c_void_p), ("judges", c_void_p),
        ("least", c_void_p), ("expression", EXPRESSION),
    )  # fmt: skip


class _Answer(Structure):
    _fields_ = (
        ("status", c_int32), ("removals", c_int32), ("findings", c_int32), ("kept", c_int32),
        ("reasons", c_int32), ("unused", c_int32),
        ("rows", c_void_p), ("found", c_void_p), ("moved", c_void_p),
        ("n_exhibits", c_int32), ("characters", c_int32), ("exhibits", c_void_p),
    )  # fmt: skip


class _Setup:
    """Settings with all that they point to; several threads may go by one."""

    def __init__(self, mixes: list[Mix], model: Models | None, settings: _Settings) -> None:
        self.mixes, self.model, self._settings = mixes, model, settings
        self.failures: list[BaseException] = []
        self._rules = (type(mixes[0].struct) * len(mixes))(*(mix.struct for mix in mixes))
        settings.rules = ctypes.addressof(self._rules)
        settings.expression = expressions([mix.packs for mix in mixes], self.failures)
        self.address = ctypes.addressof(settings)


class _Looked(NamedTuple):
    """A text that was looked at: what was asked about it, and the answer."""

    text: str
    asked: Any
    answer: Any
    mix: Mix
    languages: tuple[str, ...]


class Looks:
    """The kernel, set up for one cleaner; `passes` may be called by several threads."""

    def __init__(self, library: ctypes.CDLL, rules: RuleSet, settings: Settings) -> None:
        _declare(library)
        self._library = library
        self._settings = settings
        self._profile = PROFILES.index(settings.profile)
        self._categories = sum(
            1 << number for number, name in enumerate(CATEGORIES) if name in settings.categories
        )
        self._mixes = Mixes(library, rules)
        self._contexts = threading.local()
        self._last: _Setup | None = None

    def passes(
        self, texts: Sequence[str], languages: tuple[str, ...] | None, told: bool
    ) -> list[Pass | Cuts | None]:
        """A look at each text by the rules for `languages`, or for those of each text; None where Python is to look.

        With `told`, decisions come with their evidence and reasons.
        """
        codes = code_points("".join(texts))
        ready(self._library, codes)
        model = self._models() if self._settings.scorer and any(map(_may_score, texts)) else None
        asked = (_Asked * len(texts))()
        known = self._ask(asked, texts, codes, languages, model)
        mixes, which = self._mixes.of(known)
        for one, number in zip(asked, which, strict=True):
            one.rules = number
        answers = (_Answer * len(texts))()
        setup = self._setup(mixes, model)
        if self._library.nc_look(
            self._context(), codes, asked, len(texts), setup.address, int(told), answers
        ):
            raise MemoryError("no memory for a block of texts")
        while setup.failures:
            failure = setup.failures.pop()
            if not isinstance(failure, Exception):  # Ctrl-C while an expression was asked for
                raise failure
        together = zip(texts, asked, answers, which, known, strict=True)
        return [
            self._pass(_Looked(text, one, answer, mixes[number], mix), told, model)
            for text, one, answer, number, mix in together
        ]

    def _models(self) -> Models:
        # loads numpy and the models, which a short text in a short-lived process does without
        from newsclean.native.models import models

        return models(self._library)

    def _ask(
        self,
        asked: Any,
        texts: Sequence[str],
        codes: bytes,
        languages: tuple[str, ...] | None,
        model: Models | None,
    ) -> list[tuple[str, ...]]:
        """Fill in where each text stands and what it is judged by; returns the languages of each."""
        address = ctypes.cast(ctypes.c_char_p(codes), c_void_p).value or 0
        at = 0
        known: list[tuple[str, ...]] = []
        for one, text in zip(asked, texts, strict=True):
            one.start, one.size = at, len(text)
            mix = languages or languages_of(self._library, address + 4 * at, len(text))
            known.append(mix)
            if model:
                one.line, one.weak, one.certain = model.limits(self._settings.profile, mix)
                one.judge = model.judge(mix)
            at += len(text)
        return known

    def _setup(self, mixes: list[Mix], model: Models | None) -> _Setup:
        """What the kernel goes by for texts of those mixes, made anew only for other ones than before."""
        held = self._last
        if held is None or held.mixes != mixes or held.model is not model:
            asked = _Settings(
                profile=self._profile,
                off_topic=OFFTOPIC in self._settings.categories,
                categories=self._categories,
            )
            if model:
                asked.scoring, asked.model, asked.judges = model.scoring, model.offtopic, model.judges
                asked.least = model.least(self._settings.profile)
            held = self._last = _Setup(mixes, model, asked)
        return held

    def _pass(self, looked: _Looked, told: bool, model: Models | None) -> Pass | Cuts | None:
        answer, languages = looked.answer, looked.languages
        if answer.status == _SAME and not answer.kept:
            return Pass(languages, [], [])
        if answer.status not in (_SAME, _CHANGED, _INTRUDED):
            return None
        intruded = self._intruded(looked, model) if model and answer.status == _INTRUDED else []
        numbers = _numbers(answer.rows, answer.removals * ROW)
        if not told:
            return (
                Pass(languages, intruded, [])
                if intruded
                else Cuts(languages, numbers[::ROW], numbers[1::ROW])
            )
        rows = Rows(
            numbers,
            array("f", numbers.tobytes()),
            _numbers(answer.found, answer.findings * FOUND),
            answer.kept,
            looked.mix.heads,
            looked.mix.first,
        )
        whys = model.reasons(answer.moved, answer.reasons) if model else iter(())
        return Pass(languages, intruded or decisions(rows, whys), spared(rows))

    def _intruded(self, looked: _Looked, model: Models) -> list[Decision]:
        from newsclean.native.exhibits import intrusions  # needs numpy, as the models do

        answer, judge = looked.answer, model.judged(looked.asked.judge)
        return intrusions(
            looked.text, answer.exhibits, answer.n_exhibits, answer.characters, judge, self._settings.profile
        )

    def forget(self) -> None:
        """Forget what texts were met so far: see `Mixes.forget`."""
        self._mixes.forget()

    def times(self) -> dict[str, float]:
        """Seconds that this thread spent in the kernel so far, by phase."""
        seconds = (c_double * len(PHASES))()
        self._library.nc_times(self._context(), seconds)
        return dict(zip(PHASES, seconds, strict=True))

    def _context(self) -> int:
        """The kernel's working memory for this thread."""
        held: Handle | None = getattr(self._contexts, "held", None)
        if held is None:
            made, free = self._library.nc_context_new(), self._library.nc_context_free
            held = self._contexts.held = Handle(made, free)
        return held.address


def _declare(library: ctypes.CDLL) -> None:
    declare_languages(library)
    library.nc_context_new.restype = c_void_p
    library.nc_context_free.argtypes = [c_void_p]
    library.nc_context_free.restype = None
    library.nc_times.argtypes = [c_void_p, c_void_p]
    library.nc_times.restype = None
    library.nc_look.argtypes = [c_void_p, c_void_p, c_void_p, c_int32, c_void_p, c_int32, c_void_p]


def _may_score(text: str) -> bool:
    """Whether `newsclean.document.may_score` may hold for a text: no document is longer, or has more lines."""
    size = len(text)
    if size < SCORED_CHARACTERS:
        return False
    return size >= SCORED_FLAT or sum(bool(line.strip()) for line in _BREAK.split(text)) >= SCORED_LINES


def _numbers(address: int | None, count: int) -> array[int]:
    found = array("i")
    if count and address:
        found.frombytes(ctypes.string_at(address, 4 * count))
    return found


def looks_for(rules: RuleSet, settings: Settings) -> Looks | None:
    """The kernel for a cleaner; None where there is none."""
    library = kernel()
    return None if library is None else Looks(library, rules, settings)
