"""From rules in TOML to indexed packs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsclean.errors import RulePackError
from newsclean.evidence import RANK
from newsclean.folding import fold_phrase, unhyphenated
from newsclean.rules.literals import literals
from newsclean.rules.pack import Pack, RuleHead
from newsclean.rules.phrases import PhraseError, has_fixed_word, parse_phrase
from newsclean.rules.rule import Rule
from newsclean.rules.schema import parse_table
from newsclean.rules.tree import PLACEHOLDERS, Choice, Sequence
from newsclean.tokens import tokenize

__all__ = ["compile_pack", "read_rules"]


def read_rules(paths: Iterable[Path], root: Path | None = None) -> tuple[list[Rule], list[str]]:
    """The rules of TOML files, and the ids that they switch off; files are named relative to `root`.

    Raises:
        RulePackError: a file that is no TOML, or a rule that breaks the schema.
    """
    rules: list[Rule] = []
    off: list[str] = []
    for path in paths:
        name = path.relative_to(root).as_posix() if root else str(path)
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise RulePackError(name, "(top)", "TOML", f"{error}, mend the file") from error
        except UnicodeDecodeError as error:
            raise RulePackError(name, "(top)", "encoding", f"{error}, save it as UTF-8") from error
        except OSError as error:
            raise RulePackError(name, "(top)", "file", f"{error.strerror}, give a readable path") from error
        found, switched = parse_table(table, name)
        rules += found
        off += switched
    return rules, off


def compile_pack(rules: Iterable[Rule]) -> Pack:
    """Index rules for matching; where two rules share a wording, the stronger and wider comes first.

    Raises:
        RulePackError: a phrase that cannot be read.
    """
    pack = Pack()
    stretches: dict[str, None] = {}
    for rule in sorted(rules, key=_weight, reverse=True):
        number = len(pack.heads)
        keywords = tuple(unhyphenated(fold_phrase(word)).strip() for word in rule.keywords)
        if rule.keywords and not any(keywords):
            raise RulePackError(
                rule.file, rule.id, "keywords", "holds one without a letter, digit or sign, remove it"
            )
        keywords = tuple(filter(None, keywords))
        if rule.pattern:
            _check_pattern(rule)
        pack.heads.append(
            RuleHead(
                rule.id, rule.category, rule.scope, rule.strength, rule.reach,
                rule.why, rule.pattern, keywords, rule.languages, rule.kind,
            )
        )  # fmt: skip
        for phrase in rule.phrases:
            try:
                tree = parse_phrase(phrase)
            except PhraseError as error:
                raise RulePackError(rule.file, rule.id, "phrases", str(error)) from error
            if not has_fixed_word(tree) and not _may_lack_words(rule, phrase):
                raise RulePackError(
                    rule.file, rule.id, "phrases", f"{phrase!r} may be met without any fixed word: add one "
                    "(a likely line of {date}, or {date} and {name}, needs none; nor a hint of numbers)",
                )  # fmt: skip
            _file_phrase(pack, tree, rule, number, stretches)
    pack.literals = _needed(stretches)
    pack.late_words = sorted(set(pack.late_words))
    pack.glued = sorted(set(pack.glued))
    return pack


def _file_phrase(pack: Pack, tree: Sequence, rule: Rule, number: int, stretches: dict[str, None]) -> None:
    """Put a phrase into the network that it belongs to, and its words where they are looked for first."""
    held = literals(tree)
    if not _is_open(tree):
        pack.fixed.add(tree, number)
    elif held and _may_begin_open(tree):
        pack.late.add(tree, number)
        pack.late_words += [tokenize(stretch).words[-1] for stretch in held]
    else:
        pack.open.add(tree, number)
    if rule.scope in ("sentence", "inline"):
        stretches.update(dict.fromkeys(held))
    if rule.scope == "inline" and rule.strength == "certain":
        pack.glued += _first_words(tree)


def _needed(stretches: Iterable[str]) -> list[str]:
    """Stretches less those that hold another: where the longer stands, the shorter is found."""
    known = set(stretches)
    return [stretch for stretch in stretches if not any(part in known for part in _parts(stretch))]


def _parts(stretch: str) -> Iterator[str]:
    """Runs of words (or characters, without blanks) shorter than the whole."""
    units = stretch.split(" ") if " " in stretch else list(stretch)
    glue = " " if " " in stretch else ""
    for first in range(len(units)):
        for last in range(first + 1, len(units) + 1):
            if last - first < len(units):
                yield glue.join(units[first:last])


def _may_begin_open(tree: Sequence) -> bool:
    """Whether a wording of the phrase may begin with a placeholder."""
    for item in tree.items:
        if isinstance(item, str):
            return item in PLACEHOLDERS
        if any(_may_begin_open(option) for option in item.options):
            return True
        if all(option.items for option in item.options):
            return False
    return False


def _first_words(tree: Sequence) -> set[str]:
    """The words that wordings of the phrase begin with."""
    words: set[str] = set()
    for item in tree.items:
        if isinstance(item, str):
            return words | {item}
        for option in item.options:
            words |= _first_words(option)
        if all(option.items for option in item.options):
            break
    return words


def _may_lack_words(rule: Rule, phrase: str) -> bool:
    """Dates are found surely enough without a word; names, titles and sites are not."""
    if rule.scope != "line" or rule.strength == "certain":
        return False
    if "{title}" in phrase or "{site}" in phrase:
        return False
    return "{date}" in phrase or (rule.strength == "hint" and "{name}" not in phrase)


def _check_pattern(rule: Rule) -> None:
    from newsclean.rules.patterns import compiled

    try:
        compiled(rule.pattern)
    except Exception as error:  # the engine's own class is private
        message = error.args[0].decode() if isinstance(error.args[0], bytes) else error
        raise RulePackError(
            rule.file, rule.id, "pattern", f"does not compile as RE2 ({message}), mend it"
        ) from error


def _weight(rule: Rule) -> tuple[int, int]:
    scopes = ("line", "sentence", "inline", "tail", "block")
    return RANK[rule.strength], scopes.index(rule.scope)


def _is_open(tree: Sequence) -> bool:
    """Whether a phrase holds a placeholder other than a number."""
    return any(
        any(map(_is_open, item.options)) if isinstance(item, Choice) else item in PLACEHOLDERS
        for item in tree.items
    )
