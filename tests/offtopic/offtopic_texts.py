"""Texts that the tests of off-topic blocks share."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from newsclean.document import Document, read_document
from newsclean.offtopic.units import units_of
from strategies import any_text, messy_texts  # type: ignore[import-not-found, unused-ignore]

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_SNIPPETS = (
    "Rain fell.Snow followed and The wind rose, ",
    "It said: The Times (so they wrote.) And more?",
    "What is the price of it? It is $20.",
    "Acme was founded in 1908 by Jane Smith.",
    "» 100 % «",
    "***",
    "北京很冷。上海更冷？",
)
_GLUED = st.lists(st.sampled_from(_SNIPPETS), max_size=8).flatmap(
    lambda parts: st.sampled_from(("", " ", "\n\n")).map(lambda glue: glue.join(parts))
)
#: Texts of all kinds, also of sentences without blanks between them.
texts: st.SearchStrategy[str] = st.one_of(messy_texts(), any_text, _GLUED)
#: Those that hold something.
filled: st.SearchStrategy[str] = texts.filter(lambda text: bool(read_document(text).lines))


def read(text: str) -> Document:
    """The units of a text."""
    return units_of(read_document(text))


def unit_texts(text: str) -> list[str]:
    """What stands in each unit of a text."""
    document = read(text)
    return [document.text(line) for line in document.lines]


def sentences(count: int, marked: Collection[int] = (), word: str = "zebra") -> list[str]:
    """Sentences about one matter, each one unit; `word` stands in the marked ones."""
    return [
        f"Sentence {number} tells of the {word if number in marked else 'ferry'} in the harbour."
        for number in range(count)
    ]


def paragraphs(lines: Sequence[str], size: int = 5) -> str:
    """A text of paragraphs of `size` sentences."""
    return "\n\n".join(" ".join(lines[at : at + size]) for at in range(0, len(lines), size))
