"""An indexed rule pack: what matching needs of one folder or file of rules, and its stored form.

The shipped packs are indexed ahead of time (`newsclean rules compile`, into ``rules/compiled``), because
reading TOML and phrases takes longer than cleaning a text. A compiled pack carries a digest of the TOML it
was made from and is passed over when the two differ.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from newsclean.evidence import Strength
from newsclean.rules.net import Net

__all__ = ["ANY_LANGUAGE", "FORMAT", "Pack", "RuleHead"]

#: Stands among a rule's languages for every text.
ANY_LANGUAGE = "*"

#: Version of the compiled form; another version is not read but compiled anew.
FORMAT = 14


class RuleHead(NamedTuple):
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
    kind: str = ""


class Pack:
    """An indexed pack. Rule numbers in the networks index `heads`.

    `fixed` holds the phrases without placeholders, `open` those with, but for those that begin with one: they
    are in `late`, which is only run over texts that hold one of `late_words`. `literals` are stretches of
    which every phrase that may stand inside a long line holds one; `glued` are the first words of phrases
    that may be glued to a sentence.
    """

    def __init__(
        self,
        heads: list[RuleHead] | None = None,
        fixed: Net | None = None,
        open_: Net | None = None,
        late: Net | None = None,
        literals: list[str] | None = None,
        late_words: list[str] | None = None,
        glued: list[str] | None = None,
    ) -> None:
        self.heads = heads or []
        self.fixed = fixed or Net()
        self.open = open_ or Net()
        self.late = late or Net()
        self.literals = literals or []
        self.late_words = late_words or []
        self.glued = glued or []

    def to_json(self, digest: str) -> str:
        """The compiled form; `digest` is that of the files it is made from."""
        heads = [
            [
                h.id,
                h.category,
                h.scope,
                h.strength,
                h.reach,
                h.why,
                h.pattern,
                h.keywords,
                h.languages,
                h.kind,
            ]
            for h in self.heads
        ]
        parts = [
            {"format": FORMAT, "digest": digest}, heads, self.fixed.to_json(), self.open.to_json(),
            self.late.to_json(), self.literals, self.late_words, self.glued,
        ]  # fmt: skip
        lines = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts)
        return "[" + ",\n".join(lines) + "]\n"

    @classmethod
    def from_json(cls, data: list[Any]) -> Pack:
        """The pack from its compiled form, already parsed and its format and digest checked."""
        _, rows, fixed, open_, late, *word_lists = data
        heads = [_head(row) for row in rows]
        return cls(heads, Net.from_json(fixed), Net.from_json(open_), Net.from_json(late), *word_lists)


def _head(row: list[Any]) -> RuleHead:
    ident, category, scope, strength, reach, why, pattern, keywords, languages, kind = row
    return RuleHead(
        ident, category, scope, strength, reach, why, pattern, tuple(keywords), tuple(languages), kind
    )
