"""Passages written for articles: intrusions of each class, and passages that belong; and putting them in."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from newsclean.training.offtopic.records import read_records

__all__ = ["BELONGS", "Host", "Intruder", "put_in", "read_intruders"]

#: The kind of passages that an editor would have written into the article.
BELONGS = "belongs"
_CUT_SHORT = ("qa", "aside", "other_story")  # kinds of which snippets break off in mid-sentence
_RESUMES = re.compile(r"\s*[\"“‘„»«A-ZÀ-Þ]")


class Intruder(NamedTuple):
    """A passage for the article of `page`, to stand after character `at` of its gold text.

    `kind` is one of qa, promotion, aside, other_story, machine, keywords, or belongs. `own` says whether it stands in
    paragraphs of its own; `question` is that of a qa.
    """

    page: str
    lang: str
    kind: str
    at: int
    own: bool
    question: str
    text: str


class Host(NamedTuple):
    """A text with its intrusions: `spans` are (start, end, kind); `source` tells how it was made."""

    id: str
    lang: str
    site: str
    source: str
    text: str
    spans: tuple[tuple[int, int, str], ...] = ()


def read_intruders(path: Path) -> list[Intruder]:
    """The passages of a ``.jsonl.gz``.

    Raises:
        DataFormatError: ``file:line: what was expected and what came``.
    """
    return read_records(path, Intruder, "a passage")


def put_in(host: Host, passages: Iterable[Intruder], chance: random.Random) -> Host:
    """The host with passages put in, each after its `at`, in the forms that real intrusions take.

    Some are glued to a neighbour without a blank, some cut off, and after some the article goes on in their paragraph.
    """
    places: dict[int, list[Intruder]] = defaultdict(list)
    for passage in passages:
        if 0 < passage.at < len(host.text):
            places[passage.at].append(passage)
    made = _Made("\n\n" if "\n\n" in host.text else "\n")
    done = 0
    for at in sorted(places):
        if at < done:
            continue
        made.put(host.text[done:at])
        done = at
        for passage in places[at]:
            done += _put(made, passage, host.text, done, chance)
    made.put(host.text[done:])
    return host._replace(text="".join(made.pieces), spans=tuple(made.spans))


class _Made:
    def __init__(self, gap: str) -> None:
        self.gap = gap  # between paragraphs
        self.pieces: list[str] = []
        self.spans: list[tuple[int, int, str]] = []
        self._length = 0

    def put(self, piece: str, kind: str = "") -> None:
        if kind and kind != BELONGS:
            self.spans.append((self._length, self._length + len(piece), kind))
        self.pieces.append(piece)
        self._length += len(piece)


def _put(made: _Made, passage: Intruder, text: str, at: int, chance: random.Random) -> int:
    """Put one passage in; gives how many characters of white space of the host it stands for."""
    off = passage.kind != BELONGS
    body, question, kind = passage.text.strip(), passage.question.strip(), passage.kind
    words = body.split()
    if off and kind in _CUT_SHORT and len(words) > 15 and chance.random() < 0.06:
        body = " ".join(words[: chance.randint(len(words) - 6, len(words) - 2)])
    blank = "" if off and chance.random() < 0.1 else " "
    white = len(text[at:]) - len(text[at:].lstrip())
    if not passage.own or chance.random() < 0.07:
        made.put(blank)
        made.put(f"{question} {body}".strip(), kind)
        if "\n" in text[at : at + white]:
            return 0
        made.put("" if not blank and chance.random() < 0.3 else " ")
        return white
    made.put(made.gap)
    if question:
        made.put(question, kind)
        made.put(made.gap)
    made.put(body, kind)
    if off and chance.random() < (0.45 if question else 0.3) and _RESUMES.match(text, at):
        made.put(blank)
    else:
        made.put(made.gap)
    return white
