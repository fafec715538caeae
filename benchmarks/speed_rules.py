"""More rules than there are: packs of varied copies of the shipped ones, and what cleaning costs with them.

In a copy every id is new. A phrase has a word altered (one outside all brackets and placeholders, drawn by a seed; all
words where every one of them is inside) so that it is another wording as long and as bushy as its model. An expression has its
longer words altered but keeps its keywords: it is tried as often as its model, and finds something else. What holds no such word stays as it is.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from newsclean import Cleaner
from newsclean.document import read_document
from newsclean.languages import ALWAYS
from newsclean.rules.compiling import read_rules
from newsclean.rules.match import match_lines
from newsclean.rules.rule import Rule
from newsclean.rules.ruleset import COMMON, DATA, RuleSet, pack_files
from speed_clock import Timed, Work, in_turns, times_as_long
from speed_peers import findall, keywords_of
from speed_phases import each, over

__all__ = [
    "MULTIPLES",
    "RulesGrowth",
    "altered_expression",
    "altered_phrase",
    "pack_toml",
    "rules_growth",
    "varied",
]

#: How many times the shipped rules.
MULTIPLES = (1, 2, 4)
_LETTERS = ("qx", "xz", "zq")  # what the words of each copy have inside them: no shipped word has
_IN_PHRASE = re.compile(r"\{[^{}]*\}|[(\[]|[)\]]|[^\W\d_]{2,}")
# Classes, escapes and names of groups are passed over.
_IN_EXPRESSION = re.compile(
    r"\\[pP]\{\w+\}|\(\?P<\w+>|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\\.|(?P<word>[^\W\d_]{4,})"
)


class RulesGrowth(NamedTuple):
    """What more rules cost: by name and multiple the times, with the numbers of rules and keywords."""

    texts: int
    megabytes: float
    rules: dict[int, int]
    keywords: dict[int, int]
    timed: dict[str, dict[int, Timed]]

    def dearer(self, name: str, times: int) -> float:
        """How many times as long it takes with so many times the rules."""
        return times_as_long(self.timed[name][times], self.timed[name][1])


def rules_growth(texts: Sequence[str], rounds: int) -> RulesGrowth:
    """Cleaning `texts` and matching rules against their lines with 1, 2 and 4 times the English rules."""
    shipped = read_rules(map(Path, pack_files(ALWAYS) + pack_files(COMMON)), Path(DATA))[0]
    documents = [read_document(text) for text in texts]
    works: dict[str, Work] = {}
    rules: dict[int, int] = {}
    keywords: dict[int, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        for times in MULTIPLES:
            packs = [_written(Path(folder, f"copy-{n}.toml"), varied(shipped, n)) for n in range(times - 1)]
            index = RuleSet(packs).index((ALWAYS,))
            cleaner = Cleaner(languages=[ALWAYS], rules=packs)
            works[f"clean {times}"] = over(cleaner.clean, zip(texts))
            works[f"rules {times}"] = _matching(index, documents)
            rules[times] = sum(len(pack.heads) for pack in index.packs)
            keywords[times] = len(keywords_of(index))
    timed = in_turns(works, findall(texts), rounds)
    size = sum(len(text.encode("utf-8", "replace")) for text in texts) / 1e6
    by_name = {name: {n: timed[f"{name} {n}"] for n in MULTIPLES} for name in ("clean", "rules")}
    return RulesGrowth(len(texts), size, rules, keywords, by_name)


def _matching(index: Any, documents: Sequence[Any]) -> Work:
    return lambda: each(match_lines, ((index, document) for document in documents))


def varied(rules: Iterable[Rule], copy: int) -> list[Rule]:
    """Copy number `copy` (0 to 2) of rules, with other ids and other wordings."""
    letters = _LETTERS[copy]
    return [
        replace(
            rule,
            id=f"{rule.id}-{letters}",
            phrases=tuple(altered_phrase(phrase, letters) for phrase in rule.phrases),
            pattern=altered_expression(rule.pattern, letters),
        )
        for rule in rules
    ]


def altered_phrase(phrase: str, letters: str) -> str:
    """A phrase with `letters` put into one of its words, or into all that stand in brackets if all do.

    >>> altered_phrase("Leave (a|your) {title}", "qx")
    'Lqxeave (a|your) {title}'
    """
    outside: list[tuple[int, int]] = []
    inside: list[tuple[int, int]] = []
    depth = 0
    for found in _IN_PHRASE.finditer(phrase):
        if found[0] in "([":
            depth += 1
        elif found[0] in ")]":
            depth -= 1
        elif not found[0].startswith("{"):
            (inside if depth else outside).append(found.span())
    chosen = [random.Random(phrase + letters).choice(outside)] if outside else inside
    return _with_letters(phrase, chosen, letters)


def altered_expression(pattern: str, letters: str) -> str:
    r"""An expression with `letters` put into all of its words of four letters and more.

    >>> altered_expression(r"(?i)^(?P<junk>read more)\bhere [a-z]+$", "qx")
    '(?i)^(?P<junk>rqxead mqxore)\\bhqxere [a-z]+$'
    """
    altered = _with_letters(
        pattern, [found.span() for found in _IN_EXPRESSION.finditer(pattern) if found["word"]], letters
    )
    return altered if _compiles(altered) else pattern


def _compiles(pattern: str) -> bool:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error:
        return False
    return True


def _with_letters(text: str, words: Iterable[tuple[int, int]], letters: str) -> str:
    pieces, at = [], 0
    for start, _ in words:
        pieces += [text[at : start + 1], letters]
        at = start + 1
    return "".join([*pieces, text[at:]])


def _written(file: Path, rules: Iterable[Rule]) -> Path:
    file.write_text(pack_toml(rules), encoding="utf-8")
    return file


def pack_toml(rules: Iterable[Rule]) -> str:
    """Rules as a pack; what only tests of rules read (matches, rejects) is left out."""
    return "\n".join(map(_rule_toml, rules))


def _rule_toml(rule: Rule) -> str:
    fields: dict[str, object] = {
        name: getattr(rule, name) for name in ("id", "category", "scope", "languages")
    }
    fields |= {name: getattr(rule, name) for name in ("strength", "why", "source")}
    optional = ("phrases", "pattern", "keywords", "reach", "kind")
    fields |= {name: getattr(rule, name) for name in optional if getattr(rule, name)}
    return "[[rule]]\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in fields.items())


def _toml(value: object) -> str:
    """A text, number or list of texts; TOML escapes as JSON does, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
