"""Phrases as one network of words: built from phrase trees, run over the words of a text.

The network is nondeterministic; the sets of states that texts lead to are worked out when first met and
remembered, so that a step costs one look-up however many phrases there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsclean.rules.phrases import Sequence

__all__ = ["PLACEHOLDERS", "Net"]

#: Placeholder -> the most words it stands for (four times as many in scripts without spaces).
#: ``{:title}`` is what ``{title}`` behind a colon, or behind few words, is read as: a new beginning has to
#: show in the text, by punctuation or a capital. "Read also the back", he said.
PLACEHOLDERS: dict[str, int] = {"{name}": 6, "{date}": 10, "{site}": 6, "{title}": 40, "{:title}": 40}

_DEAD = -1
_OTHER = "\0"  # any word that no phrase has
_MOST_STEPS = 400_000  # remembered steps; then memory is made anew


class Net:
    """A network of phrases.

    States are numbers, 0 the start. `edges` maps a word or placeholder to pairs of states (from, to), one
    after the other, as a list or, as it is stored, in a text parted by blanks. `accepts` maps an end state
    to (number of its rule, first state of its phrase).
    """

    def __init__(
        self,
        edges: dict[str, list[int] | str] | None = None,
        accepts: dict[int, tuple[int, int]] | None = None,
    ) -> None:
        self.edges = edges if edges is not None else {}
        self.accepts = accepts if accepts is not None else {}
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
        for end in self._build(phrase, frozenset((0,))):
            if end:
                self.accepts.setdefault(end, (rule, first))

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
            word: pairs if isinstance(pairs, str) else _joined(pairs) for word, pairs in self.edges.items()
        }
        accepts = [number for end, rule in self.accepts.items() for number in (end, *rule)]
        return [edges, _joined(accepts)]

    @classmethod
    def from_json(cls, data: list[Any]) -> Net:
        """The network from what `to_json` gave."""
        edges, accepts = data
        numbers = _numbers(accepts)
        rules = zip(numbers[1::3], numbers[2::3], strict=True)
        return cls(edges, dict(zip(numbers[::3], rules, strict=True)))

    def targets(self, word: str) -> dict[int, list[int]]:
        """From which states `word` leads where."""
        known = self._by_word.get(word)
        if known is None:
            known = {}
            stored = self.edges.get(word, ())
            pairs = iter(_numbers(stored) if isinstance(stored, str) else stored)
            for start, end in zip(pairs, pairs, strict=True):
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
                self._ends.append(tuple((*self.accepts[s], s) for s in sorted(states) if s in self.accepts))
        if len(self._steps) >= _MOST_STEPS and at == 0:
            self._forget()
            return self._step(0, word)
        self._steps[at, word] = number
        return number

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

    def longest(self, words: tuple[str, ...], start: int) -> tuple[int, int] | None:
        """The longest phrase beginning with word `start`: the word behind it, and its rule."""
        at = 0
        found: tuple[int, int] | None = None
        for i in range(start, len(words)):
            at = self.step(at, words[i])
            if at < 0:
                break
            ends = self.ends(at)
            if ends:
                found = i + 1, ends[0][0]
        return found


def _joined(numbers: list[int]) -> str:
    return " ".join(map(str, numbers))


def _numbers(text: str) -> list[int]:
    return list(map(int, text.split()))
