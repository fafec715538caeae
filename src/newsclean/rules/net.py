"""Phrases as one network of words: built from phrase trees, run over the words of a text.

The network is nondeterministic; the sets of states that texts lead to are worked out when first met and
remembered, so that a step costs one look-up however many phrases there are.
"""

from __future__ import annotations

import sys
from array import array
from binascii import a2b_base64, b2a_base64
from bisect import bisect_left
from collections.abc import Container, Iterator
from typing import Any

from newsclean.rules.tree import PLACEHOLDERS, Sequence

__all__ = ["Net"]


_NUMBERS = "I"  # arrays of numbers of 32 bits
_DEAD = -1
_OTHER = "\0"  # any word that no phrase has
_MOST_STEPS = 400_000  # remembered steps; then memory is made anew


class Net:
    """A network of phrases.

    States are numbers, 0 the start. `edges` maps a word or placeholder to pairs of states (from, to), one
    after the other, as a list or, as it is stored, in a text parted by blanks. `accepts` holds, for each
    state at which a phrase ends, in rising order, three numbers: the state, the phrase's rule, and the first
    state of the phrase.
    """

    def __init__(
        self,
        edges: dict[str, list[int] | str] | None = None,
        accepts: array[int] | None = None,
    ) -> None:
        self.edges = edges if edges is not None else {}
        self.accepts = accepts if accepts is not None else array(_NUMBERS)
        self._accepting = self.accepts[::3]
        self.size = 1
        self._by_word: dict[str, dict[int, list[int]]] = {}
        self._loops: frozenset[int] | None = None
        self._forget()

    def _forget(self) -> None:
        self._sets: list[frozenset[int]] = [frozenset((0,))]
        self._numbers: dict[frozenset[int], int] = {self._sets[0]: 0}
        self._steps: dict[tuple[int, str], int] = {}
        self._ends: list[tuple[tuple[int, int, int], ...]] = [()]

    def add(self, phrase: Sequence, rule: int) -> None:
        """Add a phrase of rule number `rule`."""
        first = self.size
        for end in sorted(self._build(phrase, frozenset((0,)))):
            if end:
                self.accepts.extend((end, rule, first))
                self._accepting.append(end)

    def _build(self, sequence: Sequence, starts: frozenset[int]) -> frozenset[int]:
        for item in sequence.items:
            if isinstance(item, str):
                state, self.size = self.size, self.size + 1
                pairs = self.edges.setdefault(item, [])
                assert isinstance(pairs, list), "a stored network is not added to"
                for start in starts:
                    pairs += (start, state)
                starts = frozenset((state,))
            else:
                ends: frozenset[int] = frozenset()
                for option in item.options:
                    ends |= self._build(option, starts)
                starts = ends
        return starts

    def to_json(self) -> list[Any]:
        """The network as JSON-ready values; numbers as texts, which are read many times faster than lists."""
        edges = {
            word: pairs if isinstance(pairs, str) else _packed(pairs) for word, pairs in self.edges.items()
        }
        return [edges, b2a_base64(_portable(self.accepts).tobytes(), newline=False).decode()]

    @classmethod
    def from_json(cls, data: list[Any]) -> Net:
        """The network from what `to_json` gave."""
        edges, accepts = data
        numbers = array(_NUMBERS)
        numbers.frombytes(a2b_base64(accepts))
        return cls(edges, _portable(numbers))

    def targets(self, word: str) -> dict[int, list[int]]:
        """From which states `word` leads where."""
        known = self._by_word.get(word)
        if known is None:
            known = {}
            stored = self.edges.get(word, [])
            if isinstance(stored, str):
                pairs = _unpacked(stored)
            else:
                pairs = zip(stored[::2], stored[1::2], strict=True)
            for start, end in pairs:
                known.setdefault(start, []).append(end)
            if word in self.edges:
                self._by_word[word] = known
        return known

    def step(self, at: int, word: str) -> int:
        """From the set of states number `at` over `word`; -1 where no phrase goes on."""
        if word not in self.edges:
            word = _OTHER
        known = self._steps.get((at, word))
        if known is None:
            known = self._step(at, word)
        return known

    def _step(self, at: int, word: str) -> int:
        if self._loops is None:
            self._loops = frozenset(
                end for kind in PLACEHOLDERS for ends in self.targets(kind).values() for end in ends
            )
        reached: set[int] = set()
        moves = [self.targets(word), *(self.targets(kind) for kind in PLACEHOLDERS)]
        for state in self._sets[at]:
            for move in moves:
                reached.update(move.get(state, ()))
            if state in self._loops:
                reached.add(state)
        number = _DEAD
        if reached:
            states = frozenset(reached)
            number = self._numbers.setdefault(states, len(self._sets))
            if number == len(self._sets):
                self._sets.append(states)
                self._ends.append(tuple(self._accepted(states)))
        if len(self._steps) >= _MOST_STEPS and at == 0:
            self._forget()
            return self._step(0, word)
        self._steps[at, word] = number
        return number

    def _accepted(self, states: frozenset[int]) -> Iterator[tuple[int, int, int]]:
        for state in sorted(states):
            at = bisect_left(self._accepting, state)
            if at < len(self._accepting) and self._accepting[at] == state:
                yield self.accepts[3 * at + 1], self.accepts[3 * at + 2], state

    def ends(self, at: int) -> tuple[tuple[int, int, int], ...]:
        """The phrases that end in the set of states `at`: (rule, first state, end state) each."""
        return self._ends[at] if at > 0 else ()

    def run(self, words: tuple[str, ...]) -> tuple[tuple[int, int, int], ...]:
        """The phrases that `words` are, from first to last."""
        at = 0
        for word in words:
            at = self.step(at, word)
            if at < 0:
                return ()
        return self.ends(at)

    def longest(
        self, words: tuple[str, ...], start: int, dropped: Container[int] = ()
    ) -> tuple[int, int] | None:
        """The longest phrase beginning with word `start`: the word behind it, and its rule.

        Rules in `dropped` do not count.
        """
        at = 0
        found: tuple[int, int] | None = None
        for i in range(start, len(words)):
            at = self.step(at, words[i])
            if at < 0:
                break
            for rule, _, _ in self.ends(at):
                if rule not in dropped:
                    found = i + 1, rule
                    break
        return found


def _portable(numbers: array[int]) -> array[int]:
    """The numbers in the byte order that they are stored in, or back from it."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers


def _packed(pairs: list[int]) -> str:
    """Pairs (from, to) as short numbers in a text: how far `to` is from the last, and how far back `from` is.

    A step from the start is 0 back. Texts are read many times faster than lists, short ones faster still.
    """
    numbers: list[int] = []
    last = 0
    for start, end in zip(pairs[::2], pairs[1::2], strict=True):
        numbers += (end - last, end - start if start else 0)
        last = end
    return " ".join(map(str, numbers))


def _unpacked(text: str) -> Iterator[tuple[int, int]]:
    """The pairs (from, to) again."""
    numbers = map(int, text.split())
    end = 0
    for step, back in zip(numbers, numbers, strict=True):
        end += step
        yield end - back if back else 0, end
