"""Strategies that several test files share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from pathlib import Path

from hypothesis import strategies as st

FIXTURES = Path(__file__).parent.parent / "fixtures"

#: Any string at all: lone surrogates, NUL, every kind of line end.
any_text = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs"]),
        st.sampled_from(
            "\n\r\t\0\x0b\x0c\x1c\x85\xa0\xad\u200b\u200d\u2028\u2029\u3000\ufeff\u0301\u064b\u0640 "
        ),
    ),
    max_size=200,
)


@cache
def fixture_lines() -> tuple[str, ...]:
    """Lines of the fixtures, article and junk alike."""
    lines: dict[str, None] = {}
    for path in sorted(FIXTURES.rglob("*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            lines.update(dict.fromkeys(json.loads(row)["text"].splitlines()))
    return tuple(line for line in lines if len(line) < 400)


_JUNK = (
    "Leave a Reply",
    "Your email address will not be published. Required fields are marked *",
    "This news has been read 731 times!",
    "Related Articles",
    "Advertisement",
    "Share this:",
    "By Jane Doe",
    "(Photo: Twitter/X)",
    "READ MORE: Council votes on bridge",
    "5 min read",
    "Comments",
    "Close",
    "3 Comments",
    "اضافة اعلان",
    "© 2024 The Valley News. All rights reserved.",
    "*",
    "— Tammuz Intel (@Tammuz_Intel) January 4, 2024",
)
_GLUE = ("\n", "\n\n", "\r\n", "\r", " ", "\n \n", "  \n\t", "\u2028", "", "\n\n\n", "\u200b\n", " \xa0")


@st.composite
def messy_texts(draw: st.DrawFn) -> str:
    """Texts of article lines and junk, put together with every kind of separator."""
    lines = st.one_of(st.sampled_from(fixture_lines()), st.sampled_from(_JUNK), st.text(max_size=30))
    parts = draw(st.lists(st.tuples(lines, st.sampled_from(_GLUE)), max_size=14))
    return draw(st.sampled_from(("", *_GLUE))) + "".join(line + glue for line, glue in parts)


@dataclass(frozen=True)
class PhraseTree:
    """A phrase as a rule writes it, and the wordings that it should stand for."""

    text: str
    wordings: tuple[tuple[str, ...], ...]


def _sequence(nodes: list[PhraseTree | str]) -> PhraseTree:
    texts, options = [], []
    for at, node in enumerate(nodes):
        if isinstance(node, PhraseTree):
            texts.append(node.text)
            options.append(node.wordings)
        else:
            texts.append(node)
            word = {"{number}": "0", "{title}": "{:title}" if at else "{title}"}.get(node, node)
            options.append(((word,),))
    wordings = tuple(tuple(chain.from_iterable(chosen)) for chosen in product(*options))
    return PhraseTree(" ".join(texts), wordings)


def _choice(sequences: list[PhraseTree]) -> PhraseTree:
    text = "|".join(sequence.text for sequence in sequences)
    return PhraseTree(f"({text})", tuple(chain.from_iterable(s.wordings for s in sequences)))


def _optional(sequence: PhraseTree) -> PhraseTree:
    return PhraseTree(f"[{sequence.text}]", (*sequence.wordings, ()))


PHRASE_WORDS = ("ant", "bee", "cow", "dog")


def phrase_trees(placeholders: tuple[str, ...] = ()) -> st.SearchStrategy[PhraseTree]:
    """Phrases of few different words (and `placeholders`), with alternatives and optional parts."""
    word: st.SearchStrategy[PhraseTree | str] = st.sampled_from((*PHRASE_WORDS, *placeholders))

    def sequences(nodes: st.SearchStrategy[PhraseTree | str]) -> st.SearchStrategy[PhraseTree]:
        return st.lists(nodes, min_size=1, max_size=3).map(_sequence)

    nodes = word
    for _ in range(2):
        inner = sequences(nodes)
        nodes = st.one_of(
            word, word, st.lists(inner, min_size=1, max_size=3).map(_choice), inner.map(_optional)
        )
    return sequences(nodes)
