"""Mixes of languages as the kernel takes them: each an index of rule packs with the heads of all its rules."""

from __future__ import annotations

import ctypes
from array import array
from ctypes import Structure, c_void_p
from threading import Lock

from newsclean.categories import CATEGORIES
from newsclean.evidence import RANK
from newsclean.native.packs import PreparedIndex, declare, prepared_index
from newsclean.rules.pack import Pack, RuleHead
from newsclean.rules.rule import SCOPES
from newsclean.rules.ruleset import RuleSet

__all__ = ["Mix", "Mixes"]

_NUMBER = {name: number for number, name in enumerate(CATEGORIES)}
_SCOPES = {name: number for number, name in enumerate(SCOPES)}


class _Rules(Structure):
    _fields_ = (("index", c_void_p), ("heads", c_void_p), ("first_head", c_void_p))


class Mix:
    """The rules in force for one mix of languages.

    `heads` are those of all packs, one after the other; `first` has the number of each pack's first, and the end.
    """

    def __init__(self, library: ctypes.CDLL, rules: RuleSet, languages: tuple[str, ...]) -> None:
        packs, active = rules.packs_for(languages)
        self.index: PreparedIndex = prepared_index(library, packs, active, rules.off)
        self.heads: list[RuleHead] = [head for pack in self.index.packs for head in pack.heads]
        self.first = array("i", [0])
        for pack in self.index.packs:
            self.first.append(self.first[-1] + len(pack.heads))
        self._rows = _head_rows(self.heads)
        self.struct = _Rules(
            self.index.handle.address, self._rows.buffer_info()[0], self.first.buffer_info()[0]
        )  # fmt: skip

    @property
    def packs(self) -> list[Pack]:
        """The packs, in the order of the index."""
        return self.index.packs


def _head_rows(heads: list[RuleHead]) -> array[int]:
    """``nc_head`` of each head; rules of one id have one number."""
    rows = array("i")
    numbers: dict[str, int] = {}
    for head in heads:
        ident = numbers.setdefault(head.id, len(numbers))
        rows.extend((_NUMBER[head.category], _SCOPES[head.scope], RANK[head.strength], head.reach, ident))
    return rows


class Mixes:
    """The mixes that the texts of a cleaner called for so far."""

    def __init__(self, library: ctypes.CDLL, rules: RuleSet) -> None:
        declare(library)
        self._library, self._rules = library, rules
        self._known: dict[tuple[str, ...], Mix] = {}
        self._making = Lock()

    def mix(self, languages: tuple[str, ...]) -> Mix:
        """The rules for a mix of languages, made when first asked for."""
        found = self._known.get(languages)
        if found is None:
            with self._making:
                if len(self._known) >= _MOST_MIXES:  # a stream of every mix must not fill memory
                    self._known.clear()
                found = self._known[languages] = Mix(self._library, self._rules, languages)
        return found

    def forget(self) -> None:
        """Forget the lines in which the rules found nothing: texts are then as new, which figures of speed want."""
        for mix in list(self._known.values()):
            self._library.nc_index_forget(mix.index.handle.address)

    def of(self, languages: list[tuple[str, ...]]) -> tuple[list[Mix], list[int]]:
        """The different mixes among `languages`, and which of them each is."""
        numbers: dict[tuple[str, ...], int] = {}
        which = [numbers.setdefault(one, len(numbers)) for one in languages]
        return [self.mix(one) for one in numbers], which


_MOST_MIXES = 64
