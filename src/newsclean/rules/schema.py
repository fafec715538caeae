"""From a TOML table to a `Rule`, with errors that say what is wrong and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from newsclean.categories import CATEGORIES, OFFTOPIC, OFFTOPIC_KINDS
from newsclean.errors import RulePackError
from newsclean.evidence import Strength
from newsclean.rules.pack import ANY_LANGUAGE
from newsclean.rules.rule import SCOPES, STRENGTHS, Reject, Rule, Scope

__all__ = ["parse_rule", "parse_table"]

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TEXT_LISTS = ("languages", "phrases", "keywords", "matches")
_KNOWN = {
    "id", "category", "scope", "languages", "strength", "why", "source",
    "phrases", "pattern", "keywords", "matches", "rejects", "reach", "kind",
}  # fmt: skip
MAX_REACH = 400


def parse_table(table: Mapping[str, Any], file: str) -> tuple[list[Rule], list[str]]:
    """The rules of one TOML document, and the ids that it switches off.

    Raises:
        RulePackError: names the file, the rule, the field, what is wrong and what to do.
    """
    for key in table:
        if key not in ("rule", "off"):
            raise RulePackError(file, "(top)", str(key), "is unknown, use [[rule]] tables or off = [ids]")
    off = _texts(table.get("off", []), file, "(top)", "off")
    raw = table.get("rule", [])
    if not isinstance(raw, list):
        raise RulePackError(file, "(top)", "rule", "is one table, write it as [[rule]]")
    rules: list[Rule] = []
    seen: set[str] = set()
    for number, entry in enumerate(raw, 1):
        rule = parse_rule(entry, file, number)
        if rule.id in seen:
            raise RulePackError(file, rule.id, "id", "stands twice, give each rule an id of its own")
        seen.add(rule.id)
        rules.append(rule)
    return rules, list(off)


def parse_rule(entry: Any, file: str, number: int = 1) -> Rule:
    """One ``[[rule]]`` table as a `Rule`; see `parse_table` for the errors."""
    name = f"rule {number}"
    if not isinstance(entry, Mapping):
        raise RulePackError(file, name, "rule", "is not a table, write it as [[rule]]")
    if isinstance(entry.get("id"), str):
        name = entry["id"]
    for key in entry:
        if key not in _KNOWN:
            raise RulePackError(file, name, str(key), f"is unknown, use one of {', '.join(sorted(_KNOWN))}")

    def text(field: str) -> str:
        value = entry.get(field)
        if value is None:
            raise RulePackError(file, name, field, "is missing, add it")
        if not isinstance(value, str) or not value.strip():
            raise RulePackError(file, name, field, f"is {value!r}, write a text that is not empty")
        return value

    def one_of(field: str, allowed: tuple[str, ...]) -> str:
        value = text(field)
        if value not in allowed:
            raise RulePackError(file, name, field, f"{value!r} is unknown, use one of {', '.join(allowed)}")
        return value

    ident = text("id")
    if not _ID.fullmatch(ident):
        raise RulePackError(
            file, name, "id", "use lower-case words joined by hyphens, as in view-counter-line"
        )
    lists = {field: _texts(entry.get(field, []), file, name, field) for field in _TEXT_LISTS}
    if not lists["languages"]:
        raise RulePackError(file, name, "languages", 'is missing, name ISO 639-1 codes or "*" for every text')
    for language in lists["languages"]:
        if language != ANY_LANGUAGE and not _LANGUAGE.fullmatch(language):
            raise RulePackError(
                file, name, "languages", f'{language!r} is no ISO 639-1 code, write "de" or "*"'
            )
    if bool(lists["phrases"]) == ("pattern" in entry):
        raise RulePackError(file, name, "phrases", "give either phrases or a pattern, exactly one of the two")
    if "pattern" in entry and not lists["keywords"]:
        raise RulePackError(
            file, name, "keywords", "is missing, name literals of which every match holds one"
        )
    if lists["phrases"] and (lists["keywords"] or lists["matches"] or entry.get("rejects")):
        raise RulePackError(file, name, "keywords", "belongs to a pattern, phrases need none; remove it")
    return Rule(
        id=ident,
        category=one_of("category", tuple(CATEGORIES)),
        scope=cast(Scope, one_of("scope", SCOPES)),
        languages=lists["languages"],
        strength=cast(Strength, one_of("strength", STRENGTHS)),
        why=text("why"),
        source=text("source"),
        phrases=lists["phrases"],
        pattern=text("pattern") if "pattern" in entry else "",
        keywords=lists["keywords"],
        matches=lists["matches"],
        rejects=_rejects(entry.get("rejects", []), file, name),
        reach=_reach(entry, file, name),
        kind=_kind(entry, file, name),
        file=file,
    )


def _texts(value: Any, file: str, name: str, field: str) -> tuple[str, ...]:
    if not isinstance(value, list) or any(not isinstance(v, str) or not v.strip() for v in value):
        raise RulePackError(
            file, name, field, f"is {str(value)[:40]!r}, write a list of texts that are not empty"
        )
    return tuple(value)


def _rejects(value: Any, file: str, name: str) -> tuple[Reject, ...]:
    if not isinstance(value, list):
        raise RulePackError(file, name, "rejects", "is no list, write [{ text = …, why = … }]")
    rejects = []
    for entry in value:
        if (
            not isinstance(entry, Mapping)
            or set(entry) != {"text", "why"}
            or not all(isinstance(v, str) and v for v in entry.values())
        ):
            raise RulePackError(
                file, name, "rejects", "each needs a text and a why, write { text = …, why = … }"
            )
        rejects.append(Reject(entry["text"], entry["why"]))
    return tuple(rejects)


def _kind(entry: Mapping[str, Any], file: str, name: str) -> str:
    kind = entry.get("kind", "")
    if entry.get("category") == OFFTOPIC:
        if kind not in ("", *OFFTOPIC_KINDS):
            raise RulePackError(
                file, name, "kind", f"is {kind!r}, of offtopic write one of {', '.join(OFFTOPIC_KINDS)}"
            )
    elif kind:
        raise RulePackError(file, name, "kind", "belongs to the category offtopic, remove it")
    return str(kind)


def _reach(entry: Mapping[str, Any], file: str, name: str) -> int:
    reach = entry.get("reach", 0)
    if isinstance(reach, bool) or not isinstance(reach, int) or not 0 <= reach <= MAX_REACH:
        raise RulePackError(
            file, name, "reach", f"is {reach!r}, write a number of lines from 1 to {MAX_REACH}"
        )
    if reach and entry.get("scope") not in ("block", "tail"):
        raise RulePackError(
            file, name, "reach", "belongs to the scopes block and tail, change the scope or remove it"
        )
    if entry.get("scope") == "block" and not reach:
        raise RulePackError(
            file, name, "reach", "is missing, say how many lines under the heading go with it"
        )
    return reach
