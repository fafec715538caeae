"""The texts to train on: articles with written intrusions, with pieces of their neighbours, and honest ones."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from newsclean.sentences import sentence_spans
from newsclean.spans import Span, complement
from newsclean.training.offtopic.intruders import BELONGS, Host, Intruder, put_in
from newsclean.training.offtopic.records import read_records
from newsclean.training.pages import Page
from newsclean.training.texts import TrainingText

__all__ = ["CLEAN", "JUDGE", "TRANSPLANT", "TRAP", "WRITTEN", "make_hosts", "read_traps"]

#: How a text was made: with passages written for it; honest, with passages that belong; as it was; with a piece of another page; to judge by.
WRITTEN, TRAP, CLEAN, TRANSPLANT, JUDGE = "written", "trap", "clean", "transplant", "judge"
_SEED = 7
_GROUPS = (1, 1, 2, 2, 3)  # intrusions in one text
_ROUNDS = 2  # in which each passage stands once: first at its own place, then half of them elsewhere
_TRAP_COPIES = 2
_LONGEST, _SHORTEST = 9000, 800  # characters
_ARTICLES, _LANGUAGES = ("article", "news"), ("en", "de")
_NEAR, _TOO_NEAR = 8, 0.6  # neighbours a piece may come from; cosine above which it is the same story


class Trap(NamedTuple):
    """An honest article full of what looks like intrusions."""

    lang: str
    form: str
    text: str


def read_traps(path: Path) -> list[Trap]:
    """The written honest articles of a ``.jsonl.gz``.

    Raises:
        DataFormatError: ``file:line: what was expected and what came``.
    """
    return read_records(path, Trap, "an article")


def make_hosts(
    pages: Sequence[Page], passages: Sequence[Intruder], traps: Sequence[Trap], clean: Iterable[TrainingText]
) -> list[Host]:
    """All texts to train on, from gold texts of pages, written passages, traps, and texts without junk.

    The same input gives the same texts.
    """
    chance = random.Random(_SEED)
    by_page: dict[str, list[Intruder]] = defaultdict(list)
    for passage in passages:
        by_page[passage.page].append(passage)
    hosts = [Host(page.key, page.lang, page.site, CLEAN, page.text) for page in pages if page.text]
    made = [text for host in hosts for text in _with_passages(host, by_page.get(host.id, []), chance)]
    made += [
        host._replace(id=f"{CLEAN}:{host.id}", text=host.text[:_LONGEST])
        for host in hosts
        if len(host.text) >= _SHORTEST
    ]
    for number, trap in enumerate(traps):
        made += [Host(f"{TRAP}:{number}", trap.lang, f"{TRAP}:{number}", TRAP, trap.text)] * _TRAP_COPIES
    made += [
        Host(f"{CLEAN}:{text.id}", text.lang, text.site, CLEAN, bare)
        for text in clean
        if len(bare := _without_spans(text)) >= _SHORTEST
    ]
    kinds = {page.key: page.kind for page in pages}
    articles = [
        host._replace(text=host.text[:_LONGEST])
        for host in hosts
        if kinds[host.id] in _ARTICLES and host.lang in _LANGUAGES and len(host.text) > 2 * _SHORTEST
    ]
    return [*made, *_transplants(articles, chance)]


def _with_passages(host: Host, passages: list[Intruder], chance: random.Random) -> Iterator[Host]:
    off = [passage for passage in passages if passage.kind != BELONGS]
    own = [passage for passage in passages if passage.kind == BELONGS]
    ends = sorted({passage.at for passage in passages})
    for number in range(_ROUNDS):
        chance.shuffle(off)
        at = 0
        while at < len(off):
            group = off[at : at + chance.choice(_GROUPS)]
            at += len(group)
            if number:
                group = [_moved(passage, ends, chance) for passage in group]
            group += chance.sample(own, min(len(own), chance.choice((0, 0, 1, 2))))
            yield put_in(host._replace(id=f"{host.id}:{number}:{at}", source=WRITTEN), group, chance)
    if own:
        yield put_in(host._replace(id=f"{host.id}:{BELONGS}", source=TRAP), own, chance)


def _moved(passage: Intruder, ends: list[int], chance: random.Random) -> Intruder:
    if chance.random() < 0.5:
        passage = passage._replace(at=chance.choice(ends))
    if chance.random() < 0.4:
        passage = passage._replace(own=not passage.own)
    return passage


def _without_spans(text: TrainingText) -> str:
    junk = [Span(start, end) for start, end, _ in text.spans]
    pieces = (piece.of(text.text) for piece in complement(junk, len(text.text)))
    return "".join(pieces).replace("\n\n\n", "\n\n")


def _transplants(hosts: list[Host], chance: random.Random) -> Iterator[Host]:
    """Articles with a few sentences of another article near in topic."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    if len(hosts) < _NEAR:
        return
    vectors = TfidfVectorizer(sublinear_tf=True, min_df=2, max_df=0.3).fit_transform([h.text for h in hosts])
    near = (vectors @ vectors.T).toarray()
    for number, host in enumerate(hosts):
        order = np.argsort(-near[number], kind="stable")
        others = [
            hosts[at]
            for at in order.tolist()
            if hosts[at].site != host.site and hosts[at].lang == host.lang and near[number, at] < _TOO_NEAR
        ][:_NEAR]
        ends = [end for _, end in _sentences(host.text)][1:-1]
        pieces = [_piece(chance.choice(others), chance) for _ in range(chance.choice((1, 1, 2))) if others]
        passages = [
            Intruder(host.id, host.lang, "other_story", chance.choice(ends), chance.random() < 0.5, "", piece)
            for piece in pieces
            if ends and piece
        ]
        if passages:
            whole = host._replace(id=f"{TRANSPLANT}:{host.id}", source=TRANSPLANT)
            yield put_in(whole, passages, chance)


def _piece(host: Host, chance: random.Random) -> str:
    """One to four sentences in a row out of the middle of a text; "" if they do not do."""
    sentences = _sentences(host.text)
    if len(sentences) < 12:
        return ""
    first = chance.randint(3, len(sentences) - 5)
    last = first + chance.choice((1, 1, 2, 2, 3, 4)) - 1
    piece = host.text[sentences[first][0] : sentences[last][1]].split("\n")[0].strip()
    return piece if 60 < len(piece) < 900 and piece[-1] in '.!?"”' else ""


def _sentences(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        found += sentence_spans(text, at, at + len(line))
        at += len(line) + 1
    return found
