"""Packs merged for one set of languages: look-up tables and the keyword automaton."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from newsclean.folding import unhyphenated
from newsclean.rules.pack import Pack, RuleHead
from newsclean.rules.placeholders import fills_plausibly
from newsclean.rules.units import Hit
from newsclean.tokens import Tokens

__all__ = ["Index"]


class Index:
    """The rules of `packs` that are for one of `languages` and not in `off`, ready for look-up.

    `work` counts the characters
    that were handed to a matching step, for the test that it stays linear.
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
        keywords: dict[str, list[RuleHead]] = {}
        for pack in self.packs:
            for stretch in pack.literals:
                keywords.setdefault(stretch, [])
            for head in pack.heads:
                if head.pattern and head.id not in self._dropped:
                    for keyword in head.keywords:
                        keywords.setdefault(keyword, []).append(head)
        self._keywords = list(keywords.values())
        self._automaton = _automaton(list(keywords))

    def by_wording(self, words: tuple[str, ...]) -> list[RuleHead]:
        """Rules of which `words` are a fixed wording, the strongest of each pack first."""
        heads: list[RuleHead] = []
        for pack in self.packs:
            heads += self._live(pack, [rule for rule, _, _ in pack.fixed.run(words)])
        return heads

    def by_open_wording(self, tokens: Tokens, tidy: str) -> list[RuleHead]:
        """Rules of which `tokens` are a wording with placeholders, filled plausibly."""
        heads: list[RuleHead] = []
        for pack in self.packs:
            ends = pack.open.run(tokens.words)
            if ends:
                rules = [
                    rule for rule, first, end in ends if fills_plausibly(pack.open, first, end, tokens, tidy)
                ]
                heads += self._live(pack, rules)
        return heads

    def longest(self, words: tuple[str, ...], start: int) -> tuple[int, RuleHead] | None:
        """The longest fixed wording beginning with word `start`: the word behind it, and its rule."""
        best: tuple[int, RuleHead] | None = None
        for pack in self.packs:
            found = pack.fixed.longest(words, start)
            if found and (best is None or found[0] > best[0]):
                for head in self._live(pack, [found[1]]):
                    best = found[0], head
        return best

    def _live(self, pack: Pack, rules: Iterable[int]) -> list[RuleHead]:
        heads = (pack.heads[rule] for rule in dict.fromkeys(rules))
        return [head for head in heads if head.id not in self._dropped]

    def find_keywords(self, folded: str) -> list[Hit]:
        """Every keyword in `folded`, in order of their starts; overlapping ones too."""
        self.work += len(folded)
        if self._automaton is None:
            return []
        hits: list[Hit] = self._automaton.find_matches_as_indexes(unhyphenated(folded), overlapping=True)
        hits.sort(key=lambda hit: hit[1])
        return hits

    def pattern_rules(self, hits: Iterable[Hit], inline: bool) -> dict[str, tuple[RuleHead, list[Hit]]]:
        """Rules by expression whose keywords are among `hits`, each with those hits, by rule id."""
        near: dict[str, tuple[RuleHead, list[Hit]]] = {}
        for hit in hits:
            for head in self._keywords[hit[0]]:
                if (head.scope == "inline") is inline:
                    near.setdefault(head.id, (head, []))[1].append(hit)
        return near


def _automaton(keywords: list[str]) -> Any:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(keywords) if keywords else None
