"""A rule pack read and indexed: what matching needs of one folder or file of TOML rules.

The shipped packs are indexed ahead of time (`newsclean rules compile`, into ``rules/compiled``), because
parsing TOML and expanding phrases takes longer than cleaning a text. A compiled pack carries a digest of
the TOML it was made from and is passed over when the two differ.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsclean.errors import RulePackError
from newsclean.evidence import RANK, Strength
from newsclean.folding import fold_phrase, unhyphenated
from newsclean.rules.net import Net
from newsclean.rules.patterns import compiled
from newsclean.rules.phrases import (
    PLACEHOLDERS,
    Choice,
    PhraseError,
    Sequence,
    has_fixed_word,
    literals,
    parse_phrase,
)
from newsclean.rules.rule import Rule
from newsclean.rules.schema import parse_table

__all__ = ["FORMAT", "Pack", "RuleHead", "compile_pack", "pack_digest", "read_rules"]

#: Version of the compiled form; another version is not read but compiled anew.
FORMAT = 7


@dataclass(frozen=True, slots=True)
class RuleHead:
    """What matching and explaining need of a rule."""

    id: str
    category: str
    scope: str
    strength: Strength
    reach: int
    why: str
    pattern: str
    keywords: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(slots=True)
class Pack:
    """An indexed pack. Rule numbers in the networks index `heads`.

    `fixed` holds the phrases without placeholders, `open` those with; `literals` are stretches of which
    every phrase that may stand inside a long line holds one.
    """

    heads: list[RuleHead] = field(default_factory=list)
    fixed: Net = field(default_factory=Net)
    open: Net = field(default_factory=Net)
    literals: list[str] = field(default_factory=list)

    def to_json(self, digest: str) -> str:
        """The compiled form; `digest` is that of the files it is made from."""
        heads = [
            [h.id, h.category, h.scope, h.strength, h.reach, h.why, h.pattern, h.keywords, h.languages]
            for h in self.heads
        ]
        parts = [
            {"format": FORMAT, "digest": digest}, heads, self.fixed.to_json(), self.open.to_json(),
            self.literals,
        ]  # fmt: skip
        lines = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts)
        return "[" + ",\n".join(lines) + "]\n"

    @classmethod
    def from_json(cls, data: list[Any]) -> Pack:
        """The pack from its compiled form, already parsed and its format and digest checked."""
        _, rows, fixed, open_, stretches = data
        heads = [_head(row) for row in rows]
        return cls(heads, Net.from_json(fixed), Net.from_json(open_), stretches)


def _head(row: list[Any]) -> RuleHead:
    ident, category, scope, strength, reach, why, pattern, keywords, languages = row
    return RuleHead(ident, category, scope, strength, reach, why, pattern, tuple(keywords), tuple(languages))


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
                rule.why, rule.pattern, keywords, rule.languages,
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
            (pack.open if _is_open(tree) else pack.fixed).add(tree, number)
            if rule.scope in ("sentence", "inline"):
                stretches.update(dict.fromkeys(literals(tree)))
    pack.literals = list(stretches)
    return pack


def _may_lack_words(rule: Rule, phrase: str) -> bool:
    """Dates are found surely enough without a word; names, titles and sites are not."""
    if rule.scope != "line" or rule.strength == "certain":
        return False
    if "{title}" in phrase or "{site}" in phrase:
        return False
    return "{date}" in phrase or (rule.strength == "hint" and "{name}" not in phrase)


def _check_pattern(rule: Rule) -> None:
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


def pack_digest(files: Iterable[tuple[str, bytes]]) -> str:
    """A digest of a pack's files (name, content), by which a compiled pack is known to be current."""
    digest = hashlib.blake2b(digest_size=16)
    for name, content in files:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content.replace(b"\r\n", b"\n"))
    return digest.hexdigest()
