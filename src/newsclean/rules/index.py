"""Packs merged for one set of languages: look-up tables and the keyword automaton."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from newsclean.folding import unhyphenated
from newsclean.rules.pack import Pack, RuleHead
from newsclean.rules.units import Hit
from newsclean.tokens import NUMBER, Tokens

__all__ = ["Index"]

_SHORT = 4  # characters below which a keyword of Latin letters has to begin a word


class Index:
    """The rules of `packs` that are for one of `languages` and not in `off`, ready for look-up.

    The keywords of what may stand inside a line are looked for in the whole text at once; those of
    expressions for whole lines only in lines that are short enough for them.
    `work` counts the characters that were handed to a matching step, for the test that it stays linear.
    """

    def __init__(self, packs: Sequence[Pack], languages: set[str], off: frozenset[str]) -> None:
        self.packs = [pack for pack in packs if pack.heads]
        self.work = 0
        self._dropped = {
            head.id
            for pack in self.packs
            for head in pack.heads
            if head.id in off or languages.isdisjoint(head.languages)
        }
        self._dropped_numbers = [
            frozenset(number for number, head in enumerate(pack.heads) if head.id in self._dropped)
            for pack in self.packs
        ]
        anywhere: dict[str, list[RuleHead]] = {}
        in_lines: dict[str, list[RuleHead]] = {}
        self._by_word: dict[str, list[RuleHead]] = {}
        for pack in self.packs:
            for stretch in pack.literals:
                anywhere.setdefault(stretch, [])
            for head in pack.heads:
                if head.pattern and head.id not in self._dropped:
                    table = in_lines if head.scope == "line" else anywhere
                    for keyword in head.keywords:
                        by_word = table is in_lines and _is_short(keyword)
                        (self._by_word if by_word else table).setdefault(keyword, []).append(head)
        self._late_words = [frozenset(pack.late_words) for pack in self.packs]
        #: First words of wordings that may be glued to a sentence.
        self.glued = frozenset(word for pack in self.packs for word in pack.glued)
        self._anywhere, self._scan = _automaton(anywhere)
        self._in_lines, self._scan_line = _automaton(in_lines)

    def by_wording(self, words: tuple[str, ...]) -> list[RuleHead]:
        """Rules of which `words` are a fixed wording, the strongest of each pack first."""
        heads: list[RuleHead] = []
        for pack in self.packs:
            heads += self._live(pack, [rule for rule, _, _ in pack.fixed.run(words)])
        return heads

    def by_open_wording(self, tokens: Tokens, tidy: str, is_line: bool = True) -> list[RuleHead]:
        """Rules of which `tokens` are a wording with placeholders, filled plausibly."""
        heads: list[RuleHead] = []
        for pack, late_words in zip(self.packs, self._late_words, strict=True):
            nets = [pack.open] if late_words.isdisjoint(tokens.words) else [pack.open, pack.late]
            for net in nets:
                ends = net.run(tokens.words)
                if not ends:
                    continue
                from newsclean.rules.placeholders import fills_plausibly  # not needed for many a short text

                self.work += len(ends) * (tokens.ends[-1] - tokens.starts[0])
                rules = [
                    rule
                    for rule, first, end in ends
                    if fills_plausibly(net, first, end, tokens, tidy, is_line)
                ]
                if rules:
                    heads += self._live(pack, rules)
        return heads

    def longest(self, words: tuple[str, ...], start: int) -> tuple[int, RuleHead] | None:
        """The longest fixed wording beginning with word `start`: the word behind it, and its rule."""
        best: tuple[int, RuleHead] | None = None
        for pack, dropped in zip(self.packs, self._dropped_numbers, strict=True):
            found = pack.fixed.longest(words, start, dropped)
            if found and (best is None or found[0] > best[0]):
                best = found[0], pack.heads[found[1]]
        return best

    def _live(self, pack: Pack, rules: Iterable[int]) -> list[RuleHead]:
        heads = (pack.heads[rule] for rule in dict.fromkeys(rules))
        return [head for head in heads if head.id not in self._dropped]

    def find_keywords(self, folded: str) -> list[Hit]:
        """Every keyword in `folded`, in order of their starts; overlapping ones too."""
        self.work += len(folded)
        hits: list[Hit] = self._scan(unhyphenated(folded), overlapping=True)
        hits.sort(key=_start)
        return hits

    def line_rules(self, folded: str, words: Iterable[str]) -> list[RuleHead]:
        """Rules by expression for whole lines that have a keyword in a line's text or among its words."""
        self.work += len(folded)
        rules: dict[str, RuleHead] = {}
        for number, _, _ in self._scan_line(unhyphenated(folded), overlapping=True):
            rules.update((head.id, head) for head in self._in_lines[number])
        for word in words:
            for size in range(1, _SHORT):
                for head in self._by_word.get(word[:size], ()):
                    rules[head.id] = head
        return list(rules.values())

    def pattern_rules(self, hits: Iterable[Hit], inline: bool) -> dict[str, tuple[RuleHead, list[Hit]]]:
        """Rules by expression whose keywords are among `hits`, each with those hits, by rule id."""
        near: dict[str, tuple[RuleHead, list[Hit]]] = {}
        for hit in hits:
            for head in self._anywhere[hit[0]]:
                if (head.scope == "inline") is inline:
                    near.setdefault(head.id, (head, []))[1].append(hit)
        return near


def _is_short(keyword: str) -> bool:
    return keyword == NUMBER or (len(keyword) < _SHORT and keyword.isascii() and keyword.isalpha())


def _start(hit: Hit) -> int:
    return hit[1]


def _automaton(keywords: dict[str, list[RuleHead]]) -> tuple[list[list[RuleHead]], Any]:
    """The rules of each keyword, by its number, and the search for the keywords."""
    import ahocorasick_rs

    # Of the kinds on offer the one that is made fastest, and searches as fast as the others.
    kind = ahocorasick_rs.Implementation.ContiguousNFA
    made = ahocorasick_rs.AhoCorasick(list(keywords), implementation=kind)
    return list(keywords.values()), made.find_matches_as_indexes
