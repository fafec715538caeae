"""What speed is measured against: plain scans of the text, and what others do with lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from newsclean.folding import fold, unhyphenated
from newsclean.languages import text_languages
from newsclean.rules.index import Index
from newsclean.rules.ruleset import RuleSet
from peers import usable_peers
from speed_clock import Work

__all__ = ["FINDALL", "HYPERSCAN", "findall", "keywords_of", "peer_works", "plain_works"]

FINDALL = 're.findall(r"\\w+")'
HYPERSCAN = "Hyperscan, keywords"


def findall(texts: Sequence[str]) -> Work:
    """The yardstick: all words of each text as a list."""

    def work() -> None:
        for text in texts:
            re.findall(r"\w+", text)

    return work


def plain_works(texts: Sequence[str]) -> tuple[dict[str, Work], list[str]]:
    """Scans that do nothing else, and for each that cannot run a line that says why not.

    Hyperscan looks for the keywords of all rules that run on a text, in the folded text as UTF-8 (made beforehand), and
    tells nobody what it finds: no matcher of these keywords is faster on one core.
    """
    works: dict[str, Work] = {"str.splitlines": _splitlines(texts)}
    if find_spec("hyperscan") is None:
        return works, [
            f"{HYPERSCAN} is skipped: hyperscan is not installed (pip install newsclean[bench] hyperscan)"
        ]
    works[HYPERSCAN] = _hyperscan(texts)
    return works, []


def peer_works(texts: Sequence[str]) -> tuple[dict[str, Work], list[str]]:
    """The line rules of others over the texts, and for each that cannot run a line that says why not."""
    peers, why = usable_peers()

    def run(peer: Any) -> Work:
        def work() -> None:
            for text in texts:
                peer(text)

        return work

    return {name: run(peer) for name, peer in peers.items()}, why


def keywords_of(index: Index) -> list[str]:
    """The keywords that the rules of an index are looked up by, sorted."""
    found = {word for pack in index.packs for word in pack.literals}
    return sorted(found.union(*(head.keywords for pack in index.packs for head in pack.heads)))


def _splitlines(texts: Sequence[str]) -> Work:
    def work() -> None:
        for text in texts:
            text.splitlines()

    return work


def _hyperscan(texts: Iterable[str]) -> Work:
    rules = RuleSet()
    database = cache(lambda languages: _database(keywords_of(rules.index(languages))))
    ready = [(database(text_languages(text)), _encoded(text)) for text in texts]

    def work() -> None:
        for known, data in ready:
            known.scan(data)

    return work


def _encoded(text: str) -> bytes:
    return unhyphenated(fold(text).folded).encode("utf-8", "replace")


def _database(keywords: Sequence[str]) -> Any:
    import hyperscan

    database = hyperscan.Database()
    patterns = [keyword.encode() for keyword in keywords]
    ids, flags = list(range(len(patterns))), [0] * len(patterns)
    database.compile(expressions=patterns, ids=ids, elements=len(patterns), flags=flags, literal=True)
    return database
