"""What a page says about each of its blocks, in numbers: all blocks of a page at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.html import characters as ch
from newsclean.html.hints import Hints
from newsclean.html.naming import TYPES, Naming
from newsclean.html.parsing import Parsed
from newsclean.html.shape import Doubles, Floats, Ints, Shape, ints, page_shape, ratio, running

__all__ = ["NAMES", "block_signals", "worded"]

Values = NDArray[Any]

_LEVELS = 4  # containers around a block that are looked at
_WINDOWS = (3, 8)
_ALL_LINK = 0.95
_TAGS = ("p", "li", "pre", "div", "td", "figcaption")
_HEADINGS = {"h1": 4, "h2": 3, "h3": 2, "h4": 1}
_AROUND = ("a", "article", "main", "section", "footer", "figure", "form", "ul", "aside", "blockquote")
_UP = ("words", "share", "linked", "prose", "prose_share", "lean", "length", "order")
_GROUP = ("count", "words", "linked", "lean", "prose")

#: The names of the columns of `block_signals`.
NAMES: tuple[str, ...] = (
    "words", "word_length", "linked", "upper", "digits", "commas", "sentence_ends", "symbols", "ended", "heading",
    *(f"is_{tag}" for tag in _TAGS),
    *(f"in_{tag}" for tag in _AROUND),
    "hidden", "lean", "near", "near_above", "far", "word",
    *(f"up{level}_{what}" for what in _UP for level in range(1, _LEVELS + 1)),
    *(f"up{level}_word" for level in range(1, 4)),
    *(f"{side}_{what}" for what in ("lean", "words", "linked", "heading", "word") for side in ("before", "after")),
    "second_before_lean", "second_after_lean", "kin_before", "kin_after",
    *(f"window{reach}_{what}" for reach in _WINDOWS for what in ("words", "prose", "linked", "lean")),
    "window2_word", "window6_word",
    *(f"{group}_{what}" for group in ("kind", "pair") for what in _GROUP),
    "kind_word",
    "place", "words_before", "prose_before", "prose_after", "from_h1", "words_from_h1", "from_heading", "subheadings",
    "title", "summary", "body", "copies", "from_title", "words_from_title",
    "page_blocks", "page_words", "page_linked", "page_prose", "page_articles", "page_h1", "page_titles", "page_body",
    "page_lean", "page_mean", "below_best", "rank",
    *TYPES,
)  # fmt: skip


def block_signals(parsed: Parsed, naming: Naming, types: Floats) -> Floats:
    """The signals of the blocks of a page that has at least one: (blocks, `NAMES`)."""
    shape = page_shape(parsed)
    near, far = naming.leans(parsed.page.keys)
    word = naming.words_lean(parsed.texts, worded(shape))
    columns = _Columns(parsed, shape, near[shape.key], far[shape.key], word)
    made = [
        *columns.own(),
        *columns.names(),
        *columns.containers(),
        *columns.neighbours(),
        *columns.groups(),
        *columns.place(),
        *columns.told(),
        *columns.page(),
    ]
    matrix = np.empty((len(NAMES), len(parsed.texts)), dtype=np.float32)
    for row, values in enumerate(made):
        matrix[row] = values
    matrix[len(made) :] = types[:, None]
    return np.ascontiguousarray(matrix.T)


def worded(shape: Shape) -> list[bool]:
    """Whether the words of each block are read: those of a block that is all link say what it leads to."""
    made: list[bool] = (shape.linked < _ALL_LINK).tolist()
    return made


class _Columns:
    """The columns of one page, group by group, in the order of `NAMES`."""

    def __init__(self, parsed: Parsed, shape: Shape, near: Floats, far: Floats, word: Floats) -> None:
        self.parsed, self.s, self.near, self.far, self.word = parsed, shape, near, far, word
        self.n = len(parsed.texts)
        self.at = np.arange(self.n)
        self.key_tags = [key[0] or "" for key in parsed.page.keys]
        self.kind = shape.key[shape.owner]
        self.heading = np.array([_HEADINGS.get(tag, 0) for tag in self.key_tags], dtype=np.float32)[self.kind]
        self.lean = _path(far, shape.stop)[shape.owner] + near[shape.owner] + near[shape.parent[shape.owner]]
        self.ended = (shape.last_class == ch.END) | (shape.last_class == ch.QUOTE)
        self.log_words = np.log1p(shape.words)
        self.prose = shape.words * (self.ended & (shape.linked < 0.5) & (shape.words > 8))
        self.sum_words, self.sum_prose = running(shape.words), running(self.prose)
        self.sum_linked, self.sum_lean = running(shape.words * shape.linked), running(self.lean)
        self.sum_word = running(word)
        self.total = max(float(self.sum_words[-1]), 1.0)
        self.total_prose = max(float(self.sum_prose[-1]), 1.0)

    def own(self) -> list[Values]:
        """The block by itself."""
        s = self.s
        counts = s.counts
        letters = counts[:, ch.LETTER] + counts[:, ch.UPPER] + counts[:, ch.IDEOGRAPH]
        return [
            self.log_words, ratio(s.chars, s.words), s.linked,
            ratio(counts[:, ch.UPPER], letters), ratio(counts[:, ch.DIGIT], s.chars),
            ratio(counts[:, ch.COMMA], s.words), ratio(counts[:, ch.END], s.words),
            ratio(counts[:, ch.OTHER], s.chars), self.ended, self.heading,
            *(np.array([own == tag for own in self.key_tags])[self.kind] for tag in _TAGS),
        ]  # fmt: skip

    def names(self) -> list[Values]:
        """What stands above the block, and what the names lean to."""
        s, elements = self.s, self.parsed.page.elements
        around = {tag: number for number, tag in enumerate(_AROUND)}
        number = np.array([around.get(tag, -1) for tag in self.key_tags], dtype=np.intp)[s.key]
        known = np.flatnonzero(number >= 0)
        open_tags = np.zeros((len(number) + 1, len(_AROUND)), dtype=np.float32)
        open_tags[known, number[known]] = 1
        np.subtract.at(open_tags, (s.stop[known], number[known]), 1)
        above = np.cumsum(open_tags, axis=0)[s.owner].T
        hidden = ints(elements.hidden)[s.owner]
        near, far = self.near, self.far
        return [*above, hidden, self.lean, near[s.owner], near[s.parent[s.owner]], far[s.owner], self.word]

    def containers(self) -> list[Values]:
        """The containers around the block, from the nearest out."""
        s = self.s
        at, levels = s.owner, []
        for _ in range(_LEVELS):
            at = s.wider[at]
            levels.append(at)
        held = np.stack(levels)
        first, end = s.first[held], s.end[held]
        blocks = np.maximum(end - first, 1)
        words, prose = _between(self.sum_words, first, end), _between(self.sum_prose, first, end)
        some = np.maximum(words, 1)
        word = _between(self.sum_word, first[:3], end[:3]) / blocks[:3]
        return [
            *np.log1p(words), *(words / self.total), *(_between(self.sum_linked, first, end) / some),
            *(prose / some), *(prose / self.total_prose), *(_between(self.sum_lean, first, end) / blocks),
            *(words / blocks), *np.minimum(self._order()[held], 20), *word,
        ]  # fmt: skip

    def _order(self) -> Ints:
        """How many elements of the same kind that hold text have begun up to each element."""
        s = self.s
        held = _between(self.sum_words, s.first, s.end) >= 40
        order = np.argsort(s.key, kind="stable")
        kinds = s.key[order]
        seen = np.cumsum(held[order])
        begins = np.flatnonzero(np.diff(kinds, prepend=-1))
        before = np.concatenate(([0], seen))[begins]
        made = np.empty(len(kinds), dtype=np.intp)
        made[order] = seen - np.repeat(before, np.diff(np.append(begins, len(kinds))))
        return made

    def neighbours(self) -> list[Values]:
        """The blocks before and after, and windows around."""
        s = self.s
        made: list[Values] = []
        for values in (self.lean, self.log_words, s.linked, self.heading, self.word):
            made += [_moved(values, 1), _moved(values, -1)]
        made += [_moved(self.lean, 2), _moved(self.lean, -2)]
        kin = np.zeros(self.n + 1, dtype=np.float32)
        owner = s.owner
        kin[1:-1] = (s.parent[owner[1:]] == s.parent[owner[:-1]]) + (
            s.key[owner[1:]] == s.key[owner[:-1]]
        ) * 1.0
        made += [kin[:-1], kin[1:]]
        for reach in _WINDOWS:
            first, end = self._window(reach)
            words = _between(self.sum_words, first, end)
            some = np.maximum(words, 1)
            made += [
                np.log1p(words), _between(self.sum_prose, first, end) / some,
                _between(self.sum_linked, first, end) / some, _between(self.sum_lean, first, end) / (end - first),
            ]  # fmt: skip
        for reach in (2, 6):
            first, end = self._window(reach)
            made.append(_between(self.sum_word, first, end) / (end - first))
        return made

    def _window(self, reach: int) -> tuple[Ints, Ints]:
        return np.maximum(self.at - reach, 0), np.minimum(self.at + reach + 1, self.n)

    def groups(self) -> list[Values]:
        """All blocks of the same kind, and of the same kind in the same kind of parent."""
        s = self.s
        made: list[Values] = []
        kind = self.kind
        pair = np.unique(
            kind * (len(self.parsed.page.keys) + 1) + s.key[s.parent[s.owner]], return_inverse=True
        )[1]
        for group in (kind, pair):
            count = np.bincount(group)
            words = np.bincount(group, s.words)
            made += [
                np.log1p(count)[group], (words / np.maximum(count, 1))[group],
                *((np.bincount(group, values) / np.maximum(count, 1))[group] for values in (s.linked, self.lean)),
                (np.bincount(group, self.prose) / np.maximum(words, 1))[group],
            ]  # fmt: skip
        made.append((np.bincount(kind, self.word) / np.maximum(np.bincount(kind), 1))[kind])
        return made

    def place(self) -> list[Values]:
        """Where in the page the block stands."""
        before = self.sum_words[:-1]
        heads = np.flatnonzero(self.heading == _HEADINGS["h1"])
        words_from = before - before[heads[0]] if len(heads) else np.full(self.n, -1.0)
        return [
            self.at / self.n, before / self.total, self.sum_prose[:-1] / self.total_prose,
            (self.sum_prose[-1] - self.sum_prose[1:]) / self.total_prose,
            np.clip(_since(heads, self.at, -999), -50, 100), np.sign(words_from) * np.log1p(np.abs(words_from)),
            np.minimum(_since(np.flatnonzero(self.heading > 0), self.at, 50), 50),
            np.cumsum(self.heading == _HEADINGS["h2"]),
        ]  # fmt: skip

    def told(self) -> list[Values]:
        """What the page says of itself that is found in the block."""
        title, summary, body = _matches(self.parsed.texts, self.parsed.hints)
        copies = Counter(self.parsed.texts)
        titles = np.flatnonzero(title)
        self.titles = len(titles)
        last = (
            titles[np.maximum(np.searchsorted(titles, self.at, "right") - 1, 0)] if self.titles else self.at
        )
        words = self.sum_words[:-1]
        return [
            title, summary, body,
            np.array([min(copies[text], 5) for text in self.parsed.texts]),
            np.clip(_since(titles, self.at, -99), -99, 200),
            np.where(self.at >= last, np.log1p(np.maximum(words - words[last], 0)), -1) if self.titles else words * 0 - 2,
        ]  # fmt: skip

    def page(self) -> list[Values | float]:
        """The page, the same for all its blocks, and the block beside the best of it."""
        best = float(self.lean.max())
        rank = np.empty(self.n)
        rank[np.argsort(-self.lean, kind="stable")] = self.at
        return [
            float(np.log1p(self.n)), float(np.log1p(self.total)), self.sum_linked[-1] / self.total,
            self.sum_prose[-1] / self.total, float(np.log1p(self.parsed.page.elements.tag.count("article"))),
            float((self.heading == _HEADINGS["h1"]).sum()), float(self.titles), float(bool(self.parsed.hints.body)),
            best, float((self.lean * self.s.words).sum()) / self.total, self.lean - best, rank / self.n,
        ]  # fmt: skip


def _path(values: Floats, stop: Ints) -> Floats:
    """For each element the sum of the values of itself and all its ancestors."""
    flow = np.zeros(len(values) + 1, dtype=np.float64)
    flow[:-1] = values
    np.subtract.at(flow, stop, values)
    made: Floats = np.cumsum(flow)[:-1].astype(np.float32)
    return made


def _between(sums: Doubles, first: Ints, end: Ints) -> Doubles:
    made: Doubles = sums[end] - sums[first]
    return made


def _moved(values: Floats, step: int) -> Floats:
    """The value `step` places before each place (behind it, if negative); -1 beyond the ends."""
    made = np.full(len(values), -1, dtype=np.float32)
    if abs(step) < len(values):
        if step > 0:
            made[step:] = values[:-step]
        else:
            made[:step] = values[-step:]
    return made


def _since(places: Ints, at: Ints, none: int) -> Ints:
    """How far back the last of `places` is; before the first, how far ahead that is (negative)."""
    if not len(places):
        return np.full(len(at), none)
    return at - places[np.maximum(np.searchsorted(places, at, "right") - 1, 0)]


def _matches(texts: Sequence[str], hints: Hints) -> tuple[Floats, Floats, Floats]:
    """Which blocks are the title (2; a part of it: 1), a summary, or in the article's text as linked data gives it."""
    title, summary, body = (np.zeros(len(texts), dtype=np.float32) for _ in range(3))
    titles = [" ".join(text.split()) for text in hints.titles]
    summaries = "\n".join(" ".join(text.split()) for text in hints.summaries)
    whole = " ".join(hints.body.split())
    longest, shortest = max(map(len, titles), default=0), min(map(len, titles), default=0)
    for number, text in enumerate(texts):
        size = len(text)
        if 7 < size <= longest and 2 * size > shortest:
            part = any(2 * size > len(known) and text in known for known in titles)
            title[number] = 2 if text in titles else part
        if size > 30:
            head = text[:60]
            if head in summaries:
                summary[number] = 1
            if whole:
                body[number] = 1 if head in whole else -1
    return title, summary, body
