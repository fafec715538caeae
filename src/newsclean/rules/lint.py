"""Strict checks of rule packs: everything the schema lets pass and a careful reader would not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsclean.document import read_document
from newsclean.errors import RulePackError
from newsclean.folding import fold, fold_phrase, unhyphenated
from newsclean.rules.compiling import compile_pack, read_rules
from newsclean.rules.index import Index
from newsclean.rules.patterns import compiled
from newsclean.rules.phrases import parse_phrase, wordings
from newsclean.rules.rule import Rule
from newsclean.rules.ruleset import shipped_rules
from newsclean.rules.units import matches_whole, seen_by
from newsclean.tokens import tokenize

__all__ = ["lint_files", "lint_rules", "lint_shipped"]

_LEAST_EXAMPLES = 2
_CLASS = re.compile(r"\\[pP](?:[A-Z]|\{\^?\w+\})|\\[A-Za-z]|\(\?P<\w+>")
_FOLDABLE = re.compile(r"[A-Z\u00c0-\u00de\u00e0-\u00f6\u00f8-\u017e\u2018-\u201e]")
_FORBIDDEN = {
    "(?=": "look-ahead",
    "(?!": "look-ahead",
    "(?<=": "look-behind",
    "(?<!": "look-behind",
    "\\1": "a back-reference",
}


def lint_files(paths: Iterable[Path]) -> list[RulePackError]:
    """Problems in packs of the user's own; their ids must not be those of shipped rules.

    Raises:
        RulePackError: a file that cannot be read as rules at all.
    """
    rules, _ = read_rules(paths)
    shipped = {rule.id for rule in shipped_rules()}
    problems = list(lint_rules(rules))
    problems += [
        RulePackError(rule.file, rule.id, "id", "is a shipped rule's, give yours another id")
        for rule in rules
        if rule.id in shipped
    ]
    return problems


def lint_shipped() -> list[RulePackError]:
    """Problems in the shipped packs."""
    rules = shipped_rules()
    problems = list(lint_rules(rules))
    for rule in rules:
        folder, _, name = rule.file.rpartition("/")
        if folder and rule.languages != (folder,):
            problems.append(
                RulePackError(rule.file, rule.id, "languages", f'write ["{folder}"], as the folder says')
            )
        if folder and not rule.id.startswith(f"{folder}-"):
            problems.append(
                RulePackError(rule.file, rule.id, "id", f"start it with {folder}-, as the folder says")
            )
        expected = name.removesuffix(".toml")
        if expected not in {"wordpress", rule.category}:
            problems.append(
                RulePackError(
                    rule.file, rule.id, "category", f"is not the file's, move it or write {expected}"
                )
            )
    return problems


def lint_rules(rules: Iterable[Rule]) -> Iterator[RulePackError]:
    """Problems of rules that the schema accepts."""
    seen: dict[str, Rule] = {}
    for rule in rules:
        other = seen.setdefault(rule.id, rule)
        if other is not rule:
            yield RulePackError(rule.file, rule.id, "id", f"stands in {other.file} too, give each its own")
        if rule.id.startswith("remove-"):
            yield RulePackError(rule.file, rule.id, "id", "name the pattern, not what is done with it")
        yield from _lint_pattern(rule) if rule.pattern else _lint_phrases(rule)


def _lint_phrases(rule: Rule) -> Iterator[RulePackError]:
    try:
        compile_pack([rule])
    except RulePackError as error:
        yield error
        return
    yield from _lint_short(rule)
    folded: dict[str, str] = {}
    for phrase in rule.phrases:
        key = fold_phrase(phrase)
        if key in folded:
            yield RulePackError(rule.file, rule.id, "phrases", f"{phrase!r} stands twice, remove one")
        folded[key] = phrase


def _lint_short(rule: Rule) -> Iterator[RulePackError]:
    """A word or two cut out of sentences would cut into stories."""
    if rule.scope != "inline":
        return
    for phrase in rule.phrases:
        tree = parse_phrase(phrase)
        if all(len(words) < 2 and words[0].isascii() for words in wordings(tree)):
            yield RulePackError(
                rule.file, rule.id, "scope", f"{phrase!r} is too short to be cut out of a line, use line"
            )


def _lint_pattern(rule: Rule) -> Iterator[RulePackError]:
    def problem(field: str, text: str) -> RulePackError:
        return RulePackError(rule.file, rule.id, field, text)

    for sign, what in _FORBIDDEN.items():
        if sign in rule.pattern:
            yield problem("pattern", f"holds {what}, write it without")
            return
    try:
        compile_pack([rule])
    except RulePackError as error:
        yield error
        return
    if rule.pattern.startswith("(?i)") and _FOLDABLE.search(_CLASS.sub("", rule.pattern[4:])):
        yield problem("pattern", "runs on folded text, write it in lower case without accents")
    if rule.scope != "inline" and not ("^" in rule.pattern and "$" in rule.pattern):
        yield problem("pattern", f"has to match a whole {rule.scope}, anchor it with ^ and $")
    for keyword in rule.keywords:
        if not unhyphenated(fold_phrase(keyword)).strip():
            yield problem("keywords", f"{keyword!r} folds to nothing, remove it")
    if len(rule.matches) < _LEAST_EXAMPLES or len(rule.rejects) < _LEAST_EXAMPLES:
        yield problem("matches", f"give at least {_LEAST_EXAMPLES} matches and {_LEAST_EXAMPLES} rejects")
    for text in rule.matches:
        if not _matches(rule, text):
            yield problem("matches", f"{text!r} is not matched, mend the pattern or the example")
        elif not _has_keyword(rule, text):
            yield problem("matches", f"{text!r} holds no keyword, add one that every match holds")
    for reject in rule.rejects:
        if _matches(rule, reject.text):
            yield problem("rejects", f"{reject.text!r} is matched, narrow the pattern")
    if rule.rejects and not any(_has_keyword(rule, reject.text) for reject in rule.rejects):
        yield problem("rejects", "none holds a keyword, add a near miss that does")


def _matches(rule: Rule, text: str) -> bool:
    document = read_document(text)
    start, end = (
        (document.lines[0].start, document.lines[-1].end) if document.lines else (0, len(document.tidy))
    )
    if rule.scope == "inline":
        return compiled(rule.pattern).search(seen_by(rule.pattern, document)) is not None
    return matches_whole(rule.pattern, document, start, end)


def _has_keyword(rule: Rule, text: str) -> bool:
    """Whether matching would try the rule on `text` at all."""
    index = Index([compile_pack([rule])], set(rule.languages), frozenset())
    folded = fold(text).folded
    if rule.scope == "line":
        return bool(index.line_rules(folded, tokenize(folded).words))
    return bool(index.find_keywords(folded))
