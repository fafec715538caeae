"""The rule sets in force: the shipped packs, the user's own, less what is switched off."""

from __future__ import annotations

import gc
import json
import os
import zlib
from collections.abc import Iterable
from functools import cache
from os import PathLike
from typing import TYPE_CHECKING

from newsclean.errors import RulePackError, UnknownRuleError
from newsclean.rules.index import Index
from newsclean.rules.pack import ANY_LANGUAGE, FORMAT, Pack

if TYPE_CHECKING:
    from newsclean.rules.rule import Rule

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

_HERE = os.path.dirname(__file__)
DATA = os.path.join(_HERE, "data")
COMPILED = os.path.join(_HERE, "compiled")
#: Name of the pack of rules that run on every text (the TOML files beside the language folders).
COMMON = "common"


def language_folders() -> tuple[str, ...]:
    """The languages that have a rule set of their own, sorted."""
    return tuple(sorted(entry.name for entry in os.scandir(DATA) if entry.is_dir()))


def pack_files(language: str) -> list[str]:
    """The TOML files of a shipped pack, sorted; none for a language without one."""
    folder = DATA if language == COMMON else os.path.join(DATA, language)
    if not os.path.isdir(folder):
        return []
    return sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".toml"))


@cache
def load_shipped(language: str) -> Pack:
    """The shipped pack of one language, from its compiled form where that is current."""
    files = pack_files(language)
    if not files:
        return Pack()
    collecting = gc.isenabled()
    gc.disable()  # thousands of objects come that all stay: looking through them for waste takes as long as reading
    try:
        with open(os.path.join(COMPILED, f"{language}.json"), "rb") as stored:
            data = json.loads(stored.read())
        if data[0] == {"format": FORMAT, "digest": _digest(files)}:
            return Pack.from_json(data)
    except (OSError, ValueError):
        pass  # compiled anew below: slower to start, but never wrong
    finally:
        if collecting:
            gc.enable()
    return compile_shipped_pack(language)


def compile_shipped_pack(language: str) -> Pack:
    """The shipped pack of one language, from its TOML."""
    from pathlib import Path

    from newsclean.rules.compiling import compile_pack, read_rules

    return compile_pack(read_rules(map(Path, pack_files(language)), Path(DATA))[0])


def compile_shipped(write: bool = True) -> list[str]:
    """Compile the shipped packs that are not current (or only name them), and drop those without a source."""
    from pathlib import Path

    names = (COMMON, *language_folders())
    stale = []
    for name in names:
        files = pack_files(name)
        if not files:
            continue
        target = Path(COMPILED, f"{name}.json")
        made = compile_shipped_pack(name).to_json(_digest(files))
        if not target.exists() or target.read_text(encoding="utf-8") != made:
            stale.append(name)
            if write:
                target.parent.mkdir(exist_ok=True)
                target.write_text(made, encoding="utf-8")
    for path in Path(COMPILED).glob("*.json"):
        if path.stem not in names or not pack_files(path.stem):
            stale.append(path.stem)
            if write:
                path.unlink()
    return stale


def _digest(files: Iterable[str]) -> str:
    """A checksum of a pack's files (names and contents), by which a compiled pack is known to be current."""
    checksum = 0
    for name in files:
        with open(name, "rb") as file:
            content = file.read().replace(b"\r\n", b"\n")
        checksum = zlib.crc32(f"{os.path.basename(name)}\0{len(content)}\0".encode(), checksum)
        checksum = zlib.crc32(content, checksum)
    return f"{checksum:08x}"


def shipped_rules() -> list[Rule]:
    """All shipped rules, from their TOML."""
    from pathlib import Path

    from newsclean.rules.compiling import read_rules

    files = [Path(path) for name in (COMMON, *language_folders()) for path in pack_files(name)]
    return read_rules(files, Path(DATA))[0]


class RuleSet:
    """Rules to run: the shipped packs plus `packs` (TOML files), without the rules in `off`.

    Raises:
        RulePackError: a pack that cannot be used.
        UnknownRuleError: an id in `off` that no rule has.
    """

    def __init__(self, packs: Iterable[str | PathLike[str]] = (), off: Iterable[str] = ()) -> None:
        self.packs = tuple(packs)
        rules: list[Rule] = []
        switched: list[str] = []
        self._own = Pack()
        if self.packs:
            from pathlib import Path

            from newsclean.rules.compiling import compile_pack, read_rules

            rules, switched = read_rules(map(Path, self.packs))
            self._own = compile_pack(rules)
        self.off = frozenset(off) | frozenset(switched)
        if self.off or rules:
            self._check_ids(rules)
        self._indexes: dict[tuple[str, ...], Index] = {}

    def _check_ids(self, rules: list[Rule]) -> None:
        names = (COMMON, *language_folders())
        shipped = {head.id for name in names for head in load_shipped(name).heads}
        own: dict[str, Rule] = {}
        for rule in rules:
            if rule.id in shipped:
                raise RulePackError(rule.file, rule.id, "id", "is a shipped rule's, give yours another id")
            other = own.setdefault(rule.id, rule)
            if other is not rule:
                raise RulePackError(
                    rule.file, rule.id, "id", f"stands in {other.file} too, give each its own"
                )
        known = shipped | own.keys()
        for ident in sorted(self.off - known):
            import difflib

            raise UnknownRuleError(ident, difflib.get_close_matches(ident, known, n=3))

    def index(self, languages: tuple[str, ...]) -> Index:
        """The index for a text in `languages` (sorted codes; English first counts least)."""
        found = self._indexes.get(languages)
        if found is None:
            found = Index(*self.packs_for(languages), self.off)
            if len(self._indexes) >= 64:  # a stream of every mix of languages must not fill memory
                self._indexes.clear()
            self._indexes[languages] = found
        return found

    def packs_for(self, languages: tuple[str, ...]) -> tuple[list[Pack], set[str]]:
        """The packs for a text in `languages`, in order, and the codes of rules that are in force in it."""
        packs = [load_shipped(COMMON), *(load_shipped(code) for code in languages), self._own]
        return packs, {*languages, ANY_LANGUAGE}
