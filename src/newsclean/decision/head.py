"""What stands around headline and pictures: labels above, names beside bylines, captions above credits."""

from __future__ import annotations

from newsclean.decision.state import State

__all__ = ["above_headline", "captions", "names"]

_CREDIT_WORDS, _CAPTION_WORDS = 10, 30  # in a credit alone on its line, in the caption above it
_LEAST_NAME, _MOST_NAME = 2, 4  # words of a writer's name
_LABEL_WORDS = 4  # in a site's or section's name above the headline
_HEADLINE_WORDS = 5


def captions(state: State) -> None:
    """A line right above a picture's credit, set off from the paragraph before, is the picture's caption."""
    lines = state.document.lines
    spaced = sum(line.gap >= 2 for line in lines[1:]) * 2 >= len(lines) - 1
    if not spaced:  # without blank lines nothing tells a caption from a paragraph
        return
    for index, removal in sorted(state.removed.items()):
        above = index - 1
        if removal.category != "caption" or state.shapes[index].words > _CREDIT_WORDS or above < 1:
            continue
        if lines[index].gap != 1 or lines[above].gap < 2 or above in state.pieces:
            continue
        if state.shapes[above].words <= _CAPTION_WORDS and not state.shapes[above].protected:
            state.remove(above, "caption", "carried", "right above a picture's credit")


def above_headline(state: State) -> bool:
    """Whether the second line looks like the headline, so that the first is a label above it."""
    if not state.in_head(1):
        return False
    first, second = state.shapes[0], state.shapes[1]
    return first.words <= _LABEL_WORDS and second.label and second.words >= _HEADLINE_WORDS


def names(state: State) -> None:
    """A name alone on a line beside a removed byline, between headline and article, is the writer's."""
    for index in range(1, min(state.first_prose, len(state.shapes))):
        if index in state.removed or index in state.spared or not _is_name(state, index):
            continue
        for near in (index - 1, index + 1):
            removal = state.removed.get(near)
            if removal and removal.category == "byline":
                state.remove(index, "byline", "carried", "beside a byline")


def _is_name(state: State, index: int) -> bool:
    text = state.document.text(state.document.lines[index]).strip(" |-–—•·,")
    words = text.split(" ")
    return (
        _LEAST_NAME <= len(words) <= _MOST_NAME
        and all(
            word[:1].isupper() and word.replace("-", "").replace("'", "").replace(".", "").isalpha()
            for word in words
        )
        and not text.isupper()
    )
