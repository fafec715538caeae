"""What word vectors are learned from: articles, lists of words by topic, a dictionary's glosses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from newsclean.errors import DataFormatError
from newsclean.training.offtopic.records import read_records

__all__ = ["Article", "Contexts", "Topic", "paragraphs", "read_glosses", "read_topics"]

_CONTEXT, _LONGEST, _HEAD = 400, 1500, 3000  # characters
_RELATED = 12
_PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}


class Topic(NamedTuple):
    """Words of one narrow topic, in English and German, parted by blanks."""

    domain: str
    topic: str
    en: str
    de: str


class Article(NamedTuple):
    """A text with its web site and language."""

    site: str
    lang: str
    text: str


class Contexts(NamedTuple):
    """All that vectors are learned from."""

    articles: Sequence[Article]
    topics: Sequence[Topic]
    glosses: Sequence[str]


def read_topics(path: Path) -> list[Topic]:
    """The topics of a ``.jsonl.gz``.

    Raises:
        DataFormatError: ``file:line: what was expected and what came``.
    """
    return read_records(path, Topic, "a topic")


def read_glosses(folder: Path) -> list[str]:
    """Each synset of WordNet (Princeton, 3.0) as a text: its words twice, its gloss, the words of its relatives.

    Raises:
        DataFormatError: a folder without ``data.noun`` and the like, or files of another form.
    """
    words: dict[tuple[str, str], str] = {}
    glosses: dict[tuple[str, str], str] = {}
    related: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for part, letter in _PARTS.items():
        file = folder / f"data.{part}"
        try:
            for line in file.read_text(encoding="utf-8").splitlines():
                if line.startswith("  "):  # the licence
                    continue
                head, _, gloss = line.partition(" | ")
                fields = head.split()
                count = int(fields[3], 16)
                key = (letter, fields[0])
                words[key] = " ".join(fields[4 : 4 + 2 * count : 2]).replace("_", " ")
                glosses[key] = gloss.strip()
                pointers = fields[5 + 2 * count :]
                related[key] += [
                    (kind.replace("s", "a"), offset)
                    for offset, kind in zip(pointers[1::4], pointers[2::4], strict=False)
                ]
        except (OSError, ValueError, IndexError) as error:
            raise DataFormatError(f"{file}: expected a data file of WordNet, got {error!r}") from error
    return [
        f"{own} {own} {glosses[key]} {' '.join(words[near] for near in related[key][:_RELATED] if near in words)}"
        for key, own in words.items()
    ]


def paragraphs(articles: Iterable[Article]) -> list[str]:
    """The beginning of each article, and its paragraphs, short ones joined."""
    found: list[str] = []
    for article in articles:
        found.append(article.text[:_HEAD])
        context = ""
        for line in article.text.split("\n"):
            context += f" {line}"
            if len(context) > _CONTEXT:
                found.append(context[:_LONGEST])
                context = ""
    return found
