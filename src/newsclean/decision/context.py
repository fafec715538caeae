"""Context decides where words cannot: neighbours, headings, the head and the tail of the article."""

from __future__ import annotations

from collections.abc import Callable

from newsclean.decision.endings import carried_category, end_of_article
from newsclean.decision.head import above_headline, captions, names
from newsclean.decision.runs import Run, bars, likely_runs
from newsclean.decision.state import State

__all__ = ["decide_lines"]

_CARRIED_WORDS = 5  # a single line under a heading inside the article: fewer words may be a subheading
_TELLING_WORDS = 4  # a likely wording of so many words says enough where furniture is expected
_SUBHEADING_WORDS = 3
_ISLAND, _ISLAND_IN_JUNK = 2, 8  # labels between removed lines of the tail; in one that is mostly junk
_JUNK_TAIL = 0.5  # of the tail's lines
_PARAGRAPH_WORDS = 12  # under a subheading
_NAME_WORDS = 3
_STANDS_IN_HEAD = ("byline", "counter")  # between headline and article even a short likely line says enough
_ABOVE_HEADLINE = ("credit", "navigation")
_TAGS, _TAG_WORDS = 12, 5  # lines under a heading of tags, and words in each
_MIXED_RUN = 3  # so many different likely rules in a row speak for each other
_RUNNING_ON = ("adblock_nag",)  # pleas of several sentences
_SANDWICHED = 300  # characters of a line that goes because of what stands around it
_MAX_ROUNDS = 50


def decide_lines(state: State) -> None:
    """Fill ``state.removed`` with whole lines, from the surest to the weakest reason."""
    for index, found in state.whole.items():
        if found.strength == "certain":
            state.remove(index, found.head.category, "certain", "")
    state.recount()
    if state.profile == "precision":
        return
    end_of_article(state)
    for _ in range(_MAX_ROUNDS):
        before = len(state.removed)
        for step in _STEPS:
            step(state)
            state.recount()
        if len(state.removed) == before:
            break


def _headings(state: State) -> None:
    """A removed heading of teasers takes the teasers under it."""
    for index, found in sorted(state.whole.items()):
        reach = found.head.reach or (_TAGS if found.head.category == "tags" else 0)
        if not reach or found.head.scope == "tail" or index not in state.removed:
            continue
        if found.strength != "certain" and not (state.in_tail(index) and state.is_article):
            continue
        category = found.head.category
        taken = _tags(state, index, reach) if category == "tags" else _teasers(state, index, reach)
        for below in taken:
            own = state.whole.get(below)
            carried = carried_category(own, category)
            if not own and below == len(state.shapes) - 1 and state.shapes[below].words <= _NAME_WORDS:
                carried = "credit"  # too short for a headline: the site signs
            state.remove(below, carried, "carried", f"under the heading {found.head.id}")


def _tags(state: State, index: int, reach: int) -> list[int]:
    """Lines of a few words under a heading of tags, if it is a heading and no list of its own."""
    taken: list[int] = []
    line = state.document.lines[index]
    if state.shapes[index].words > _SUBHEADING_WORDS or ":" in state.document.text(line)[:-1]:
        return taken
    for at in range(index + 1, min(index + 1 + reach, len(state.shapes))):
        shape = state.shapes[at]
        alike = not taken or shape.list_item == state.shapes[taken[0]].list_item
        if shape.words > _TAG_WORDS or shape.ends_sentence or not alike or at in state.whole:
            break
        taken.append(at)
    return taken if state.in_tail(index) or all(state.shapes[at].list_item for at in taken) else []


def _teasers(state: State, index: int, reach: int) -> list[int]:
    """Lines under the heading at `index` that are pointers: labels, up to the next prose."""
    taken: list[int] = []
    at = state.next_words(index + 1)
    shapes = state.shapes
    while at < len(shapes) and len(taken) < reach:
        shape = shapes[at]
        if not shape.label or shape.protected or shape.ends_sentence or shape.prose:
            break
        if at in state.spared or at in state.pieces:
            break
        if state.in_head(index) and not shape.list_item:
            break  # the headline may stand below
        taken.append(at)
        at = state.next_words(at + 1)
    if state.in_tail(index):
        return taken
    return _without_subheading(state, taken)


def _without_subheading(state: State, taken: list[int]) -> list[int]:
    """Inside the article, the last label before the prose may be the story's own subheading."""
    if not taken:
        return taken
    last = taken[-1]
    lines, shapes = state.document.lines, state.shapes
    following = last + 1
    if following < len(lines) and shapes[following].prose:
        if len(taken) == 1:
            return taken if shapes[last].words >= _CARRIED_WORDS else []
        same_kind = (
            shapes[last].list_item == shapes[taken[0]].list_item and lines[last].gap == lines[taken[0]].gap
        )
        if not same_kind or (not shapes[last].list_item and shapes[last].words < _CARRIED_WORDS):
            return taken[:-1]
    return taken


def _likely(state: State) -> None:
    """Likely junk goes beside other junk, and in the head or tail of the article."""
    runs, buttons = likely_runs(state), bars(state)
    for index, found in sorted(state.whole.items()):
        if found.strength != "likely" or index in state.removed:
            continue
        if state.shapes[index].table or (state.shapes[index].code and state.holds_code):
            continue
        reason = _likely_reason(state, index, runs[index], index in buttons)
        if reason:
            state.remove(index, found.head.category, "likely", reason)
            runs[index].beside_junk = True


def _likely_reason(state: State, index: int, run: Run, in_bar: bool) -> str:
    if in_bar:
        return "in a run of boilerplate"
    if _may_be_subheading(state, index):
        return ""
    if run.beside_junk or len(run.rules) >= _MIXED_RUN:
        return "beside other boilerplate"
    if index == 0 and state.whole[index].head.category in _ABOVE_HEADLINE and above_headline(state):
        return "above the headline"
    telling = state.shapes[index].words >= _TELLING_WORDS or len(run.rules) > 1
    if state.in_tail(index) and (telling or state.junk_in_tail):
        return "after the article"
    telling = telling or state.whole[index].head.category in _STANDS_IN_HEAD
    if state.in_head(index) and (telling or state.junk_in_head) and index > 0:
        return "before the article"
    if state.profile == "recall" and telling:
        return "likely by itself"
    return ""


def _may_be_subheading(state: State, index: int) -> bool:
    """Whether a few words stand right above prose, inside the article."""
    following = index + 1
    return (
        not state.in_head(index)
        and state.shapes[index].words <= _SUBHEADING_WORDS
        and following < len(state.shapes)
        and state.shapes[following].prose
        and state.shapes[following].words >= _PARAGRAPH_WORDS
        and following not in state.removed
        and state.strength(following) not in ("certain", "likely")
    )


def _hints(state: State) -> None:
    """Weak words and bare symbols go only when what stands around them went."""
    for index, shape in enumerate(state.shapes):
        if index in state.removed or index in state.spared or shape.protected:
            continue
        found = state.whole.get(index)
        if not found and not shape.symbols_only:
            continue
        if found and found.strength != "hint":
            continue
        if (index or not found) and not any(near in state.removed for near in (index - 1, index + 1)):
            continue
        before, after = state.gone(index - 1), state.gone(index + 1)
        in_tail = state.in_tail(index)
        label = index == 0 and found and found.head.category == "navigation" and above_headline(state)
        if label or (before and after) or (found and in_tail and (before or after)):
            category = found.head.category if found else _category_near(state, index)
            state.remove(index, category, "hint", "between other boilerplate")


def _category_near(state: State, index: int) -> str:
    near = state.removed.get(index - 1) or state.removed[index + 1]
    return near.category


def _islands(state: State) -> None:
    """In the tail, a few labels between removed lines go with them; more of them where most lines went."""
    if not state.is_article:  # a checklist is all labels
        return
    last = len(state.shapes)
    tail = range(state.last_prose + 1, last) if state.last_prose >= 0 else range(0)
    gone = sum(at in state.removed for at in tail)
    longest = _ISLAND if gone < _JUNK_TAIL * len(tail) else _ISLAND_IN_JUNK
    if state.profile == "recall":
        longest = _ISLAND_IN_JUNK
    index = tail.start
    while index < last:
        if index in state.removed or index - 1 not in state.removed:
            index += 1
            continue
        end = index
        while end < last and end not in state.removed and _is_label(state, end):
            end += 1
        if end > index and end - index <= longest and end in state.removed:
            category = state.removed[index - 1].category
            for at in range(index, end):
                state.remove(at, category, "carried", "between other boilerplate after the article")
        index = end + 1


def _is_label(state: State, index: int) -> bool:
    shape = state.shapes[index]
    return (
        shape.label
        and not shape.protected
        and not shape.ends_sentence
        and index not in state.pieces
        and index not in state.spared
    )


def _sandwiches(state: State) -> None:
    """One or two lines between pieces of one plea or notice belong to it."""
    for index in range(1, len(state.shapes)):
        above = state.removed.get(index - 1)
        if above is None or above.category not in _RUNNING_ON or index in state.removed:
            continue
        for stop in (index + 1, index + 2):
            below = state.removed.get(stop)
            between = range(index, stop)
            if below and below.category == above.category:
                if all(state.shapes[at].size <= _SANDWICHED and at not in state.spared for at in between):
                    for at in between:
                        state.remove(at, above.category, "carried", f"within a {above.category}")
                break


_STEPS: tuple[Callable[[State], None], ...] = (
    _headings,
    captions,
    _likely,
    names,
    _hints,
    _islands,
    _sandwiches,
)
