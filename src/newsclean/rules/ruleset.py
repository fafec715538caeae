"""The rule sets in force: the shipped packs, the user's own, less what is switched off."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from newsclean.errors import RulePackError, UnknownRuleError
from newsclean.rules.index import Index
from newsclean.rules.pack import FORMAT, Pack, compile_pack, pack_digest, read_rules
from newsclean.rules.rule import ANY_LANGUAGE, Rule

__all__ = [
    "COMPILED",
    "DATA",
    "RuleSet",
    "compile_shipped",
    "language_folders",
    "load_shipped",
    "pack_files",
    "shipped_rules",
]

DATA = Path(__file__).parent / "data"
COMPILED = Path(__file__).parent / "compiled"
#: Name of the pack of rules that run on every text (the TOML files beside the language folders).
COMMON = "common"


def language_folders() -> tuple[str, ...]:
    """The languages that have a rule set of their own, sorted."""
    return tuple(sorted(path.name for path in DATA.iterdir() if path.is_dir()))


def pack_files(language: str) -> list[Path]:
    """The TOML files of a shipped pack, sorted; none for a language without one."""
    return sorted((DATA if language == COMMON else DATA / language).glob("*.toml"))


@cache
def load_shipped(language: str) -> Pack:
    """The shipped pack of one language, from its compiled form where that is current."""
    files = pack_files(language)
    if not files:
        return Pack()
    digest = pack_digest((path.name, path.read_bytes()) for path in files)
    try:
        data = json.loads((COMPILED / f"{language}.json").read_bytes())
        if data[0] == {"format": FORMAT, "digest": digest}:
            return Pack.from_json(data)
    except (OSError, ValueError):
        pass  # compiled anew below: slower to start, but never wrong
    return compile_pack(read_rules(files, DATA)[0])


def compile_shipped(write: bool = True) -> list[str]:
    """Compile the shipped packs that are not current (or only name them), and drop those without a source."""
    stale: list[str] = []
    names = (COMMON, *language_folders())
    for name in names:
        files = pack_files(name)
        if not files:
            continue
        digest = pack_digest((path.name, path.read_bytes()) for path in files)
        target = COMPILED / f"{name}.json"
        made = compile_pack(read_rules(files, DATA)[0]).to_json(digest)
        if not target.exists() or target.read_text(encoding="utf-8") != made:
            stale.append(name)
            if write:
                COMPILED.mkdir(exist_ok=True)
                target.write_text(made, encoding="utf-8")
    for path in COMPILED.glob("*.json"):
        if path.stem not in names or not pack_files(path.stem):
            stale.append(path.stem)
            if write:
                path.unlink()
    return stale


def shipped_rules() -> list[Rule]:
    """All shipped rules, from their TOML."""
    files = [path for name in (COMMON, *language_folders()) for path in pack_files(name)]
    return read_rules(files, DATA)[0]


class RuleSet:
    """Rules to run: the shipped packs plus `packs` (TOML files), without the rules in `off`.

    Raises:
        RulePackError: a pack that cannot be used.
        UnknownRuleError: an id in `off` that no rule has.
    """

    def __init__(self, packs: Iterable[str | Path] = (), off: Iterable[str] = ()) -> None:
        self.packs = tuple(Path(path) for path in packs)
        rules, switched = read_rules(self.packs) if self.packs else ([], [])
        self._own = compile_pack(rules)
        self.off = frozenset(off) | frozenset(switched)
        if self.off or rules:
            self._check_ids(rules)
        self._indexes: dict[tuple[str, ...], Index] = {}

    def _check_ids(self, rules: list[Rule]) -> None:
        shipped = {rule.id for rule in shipped_rules()}
        for rule in rules:
            if rule.id in shipped:
                raise RulePackError(rule.file, rule.id, "id", "is a shipped rule's, give yours another id")
        known = shipped | {rule.id for rule in rules}
        for ident in sorted(self.off - known):
            raise UnknownRuleError(ident, difflib.get_close_matches(ident, known, n=3))

    def index(self, languages: tuple[str, ...]) -> Index:
        """The index for a text in `languages` (sorted codes; English first counts least)."""
        found = self._indexes.get(languages)
        if found is None:
            packs = [load_shipped(COMMON), *(load_shipped(code) for code in languages)]
            active = {*languages, ANY_LANGUAGE}
            found = Index([*packs, self._own], active, self.off)
            if len(self._indexes) >= 64:  # a stream of every mix of languages must not fill memory
                self._indexes.clear()
            self._indexes[languages] = found
        return found
