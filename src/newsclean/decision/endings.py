"""Where the article ends: comment threads, author boxes and teasers with summaries below it."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate

from newsclean.decision.state import State
from newsclean.rules.found import Found

__all__ = ["carried_category", "end_of_article"]

_ENOUGH_PROSE = 400  # characters of article before a heading that ends it
_LEAST_MARKS = 3  # reply buttons and the like by which a thread without a heading shows itself
_BOX_LINES = 3  # lines of prose, at most, in an author box
_COMMENTS = "comment_template"
_STAMPS = ("byline", "counter", "related")  # what stands between a teaser's title and its summary


def end_of_article(state: State) -> None:
    """Take what stands below the article with the heading or the thread that ends it."""
    for step in (_thread, _author_box, _summaries):
        step(state)
        state.recount()


def _thread(state: State) -> None:
    """A comment area after the article takes all that follows with it."""
    marks = [at for at, found in sorted(state.whole.items()) if found.head.category == _COMMENTS]
    prose = _Prose(state)
    for number, index in enumerate(marks, 1):
        found = state.whole[index]
        heading = found.head.scope == "tail" and found.strength != "hint"
        if not heading and (index in state.removed or found.strength == "hint"):
            continue
        if not _is_thread(prose, index, len(marks) - number, heading and index in state.removed):
            continue
        reason = f"below {found.head.id}, after the article"
        current = _COMMENTS
        for below in range(index, len(state.shapes)):
            own = state.whole.get(below)
            if own and own.strength == "certain" and own.head.scope in ("block", "tail"):
                current = own.head.category  # the next area of the page begins
            state.remove(below, carried_category(own, current), "ended", reason)
        return


def carried_category(own: Found | None, area: str) -> str:
    """The category of a line that goes with an area of the page.

    Its own, if it has one; but names and dates belong to the list or thread they stand in.
    """
    if own is None or own.strength == "hint" or own.head.category == "byline":
        return area
    return own.head.category


def _is_thread(prose: _Prose, index: int, following: int, sure: bool) -> bool:
    """Whether enough article stands above a line, and comments, not more article, below it.

    `following` counts the marks of comments below it.
    """
    above, below, lines_below = prose.around(index)
    if above < _ENOUGH_PROSE or below >= 4 * above:
        return False
    if not below:
        return sure
    # Comments have their marks between them; one mark at the top of more article is none.
    return following >= (2 if sure else _LEAST_MARKS) and following * 4 >= lines_below


class _Prose:
    """How much prose that is not removed stands above and below a line; added up once for all lines."""

    def __init__(self, state: State) -> None:
        sizes = [
            shape.size if shape.prose and at not in state.removed else 0
            for at, shape in enumerate(state.shapes)
        ]
        self._characters = [0, *accumulate(sizes)]
        self._lines = [0, *accumulate(map(bool, sizes))]

    def around(self, index: int) -> tuple[int, int, int]:
        """Characters above a line, characters below it, and lines below it."""
        characters, lines = self._characters, self._lines
        return characters[index], characters[-1] - characters[index + 1], lines[-1] - lines[index + 1]


def _author_box(state: State) -> None:
    """A heading such as "About the author" below the article carries the few lines about them.

    One that stands in several places parts the sections of a page: each pass would take the last for the end.
    """
    prose = _Prose(state)
    lines = state.document.lines
    times = Counter(state.document.text(lines[at]) for at in state.whole)
    for index, found in sorted(state.whole.items()):
        if found.head.category != "byline" or found.head.scope not in ("block", "tail"):
            continue
        if state.strength(index) == "hint" or state.shapes[index].prose:
            continue
        above, below, lines_below = prose.around(index)
        if above < _ENOUGH_PROSE or not 0 < lines_below <= _BOX_LINES or below * 3 > above:
            continue
        if times[state.document.text(lines[index])] > 1:
            continue
        reason = f"under the heading {found.head.id}, after the article"
        state.remove(index, "byline", "likely", "after the article")
        for below_at in range(index + 1, len(state.shapes)):
            started = below_at > index + 1
            if below_at in state.removed or (started and not state.shapes[below_at].prose):
                break
            state.remove(below_at, "byline", "ended", reason)
        return


def _summaries(state: State) -> None:
    """Below a heading of teasers after the article, titles with their dates and summaries go too.

    More of the article would show paragraphs one after the other; teasers alternate with titles, and dates,
    authors or counters stand between them.
    """
    prose = _Prose(state)
    teasers = _Teasers(state)
    for index, found in sorted(state.whole.items()):
        if found.head.scope != "block" or found.head.category != "related" or index not in state.removed:
            continue
        above, below, lines_below = prose.around(index)
        if above < 2 * _ENOUGH_PROSE or lines_below < 2 or below > above:
            continue
        if teasers.alternate(index + 1) and teasers.stamps(index + 1) >= lines_below:
            reason = f"under the heading {found.head.id}, after the article"
            for at in range(index + 1, len(state.shapes)):
                state.remove(at, carried_category(state.whole.get(at), "related"), "ended", reason)
            return


class _Teasers:
    """Where prose follows on prose, and the stamps of teasers; gone through once for all headings."""

    def __init__(self, state: State) -> None:
        shapes = state.shapes
        self._prose = [shape.prose and at not in state.removed for at, shape in enumerate(shapes)]
        running = [at for at in range(1, len(shapes)) if self._prose[at] and shapes[at - 1].prose]
        self._last_running = running[-1] if running else -1
        stamped = [
            at in state.whole and state.whole[at].head.category in _STAMPS for at in range(len(shapes))
        ]
        self._stamps = [0, *accumulate(stamped)]

    def alternate(self, start: int) -> bool:
        """Whether from a line on, which is no prose itself, prose is always parted by something else."""
        return self._last_running <= start and not (start < len(self._prose) and self._prose[start])

    def stamps(self, start: int) -> int:
        """How many stamps stand from a line on."""
        return self._stamps[-1] - self._stamps[start]
