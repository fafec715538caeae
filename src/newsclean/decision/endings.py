"""Where the article ends: comment threads, author boxes and teasers with summaries below it."""

from __future__ import annotations

from newsclean.decision.state import State

__all__ = ["end_of_article"]

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
    for index in marks:
        found = state.whole[index]
        heading = found.head.scope == "tail" and found.strength != "hint"
        if not heading and (index in state.removed or found.strength == "hint"):
            continue
        if not _is_thread(state, index, marks, heading and index in state.removed):
            continue
        reason = f"below {found.head.id}, after the article"
        for below in range(index, len(state.shapes)):
            own = state.whole.get(below)
            category = own.head.category if own and own.strength != "hint" else _COMMENTS
            state.remove(below, category, "carried", reason)
        return


def _is_thread(state: State, index: int, marks: list[int], sure: bool) -> bool:
    """Whether enough article stands above a line, and comments, not more article, below it."""
    above, _ = _prose(state, 0, index)
    below, lines_below = _prose(state, index + 1, len(state.shapes))
    if above < _ENOUGH_PROSE or below >= 4 * above:
        return False
    if not below:
        return sure
    following = sum(1 for at in marks if at > index)
    # Comments have their marks between them; one mark at the top of more article is none.
    return following >= (2 if sure else _LEAST_MARKS) and following * 4 >= lines_below


def _prose(state: State, start: int, end: int) -> tuple[int, int]:
    """Characters and lines of prose that are not removed, from line `start` to `end`."""
    sizes = [
        state.shapes[at].size
        for at in range(start, end)
        if state.shapes[at].prose and at not in state.removed
    ]
    return sum(sizes), len(sizes)


def _author_box(state: State) -> None:
    """A heading such as "About the author" below the article carries the few lines about them."""
    for index, found in sorted(state.whole.items()):
        if found.head.category != "byline" or found.head.scope not in ("block", "tail"):
            continue
        if state.strength(index) == "hint" or state.shapes[index].prose:
            continue
        above, _ = _prose(state, 0, index)
        below, lines_below = _prose(state, index + 1, len(state.shapes))
        if above < _ENOUGH_PROSE or not 0 < lines_below <= _BOX_LINES or below * 3 > above:
            continue
        reason = f"under the heading {found.head.id}, after the article"
        state.remove(index, "byline", "likely", "after the article")
        for below_at in range(index + 1, len(state.shapes)):
            started = below_at > index + 1
            if below_at in state.removed or (started and not state.shapes[below_at].prose):
                break
            state.remove(below_at, "byline", "carried", reason)
        return


def _summaries(state: State) -> None:
    """Below a heading of teasers after the article, titles with their dates and summaries go too.

    More of the article would show paragraphs one after the other; teasers alternate with titles, and dates,
    authors or counters stand between them.
    """
    for index, found in sorted(state.whole.items()):
        if found.head.scope != "block" or found.head.category != "related" or index not in state.removed:
            continue
        above, _ = _prose(state, 0, index)
        below, lines_below = _prose(state, index + 1, len(state.shapes))
        if above < 2 * _ENOUGH_PROSE or lines_below < 2 or below > above:
            continue
        if _alternates(state, index + 1, lines_below):
            reason = f"under the heading {found.head.id}, after the article"
            for at in range(index + 1, len(state.shapes)):
                own = state.whole.get(at)
                category = own.head.category if own and own.strength == "certain" else "related"
                state.remove(at, category, "carried", reason)
            return


def _alternates(state: State, start: int, prose_lines: int) -> bool:
    shapes = state.shapes
    stamps = 0
    for at in range(start, len(shapes)):
        found = state.whole.get(at)
        stamps += found is not None and found.head.category in _STAMPS
        if at in state.removed:
            continue
        if shapes[at].prose and (at == start or shapes[at - 1].prose):
            return False
    return stamps >= prose_lines
