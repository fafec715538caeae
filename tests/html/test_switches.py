from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.html.kinds import Described
from newsclean.html.page import KINDS, ROLES
from newsclean.html.switches import Switches, apply

NAMES = Switches.__slots__


def block(kind: str = "paragraph", role: str = "") -> Described:
    return Described(kind, role, 0, "body > p")


TEXT = block()
TITLE = block("heading", "title")
OTHER = block("list item")
CAPTION, EMBED, ROW = map(block, ("caption", "embed", "table row"))
STANDFIRST, BYLINE, COMMENT = (block(role=role) for role in ("standfirst", "byline", "comment"))
OF = {
    "captions": CAPTION,
    "standfirst": STANDFIRST,
    "embeds": EMBED,
    "comments": COMMENT,
    "tables": ROW,
    "bylines": BYLINE,
}


def kept(switches: Switches, described: list[Described], before: str, texts: list[str] | None = None) -> str:
    """The blocks kept ("x") and left out ("."), before and after."""
    texts = texts or [f"Rain fell here {'again ' * i}" for i in range(len(described))]
    return "".join(".x"[keep] for keep, _ in apply(switches, described, [c == "x" for c in before], texts))


@pytest.mark.parametrize("name", NAMES)
def test_a_switch_leaves_out_its_blocks_and_says_why(name: str) -> None:
    made = apply(Switches(**{name: False}), [TEXT, OF[name]], [True, True], ["Rain fell.", "More rain fell."])
    verb = "the standfirst is" if name == "standfirst" else f"{name} are"
    assert made == [(True, ""), (False, f"{verb} left out")]


@pytest.mark.parametrize("name", NAMES)
def test_a_switch_keeps_its_blocks_inside_the_article_and_says_why(name: str) -> None:
    described = [TEXT, OF[name], TEXT]
    made = apply(
        Switches(**{name: True}),
        described,
        [True, False, True],
        ["Rain fell.", "More rain fell.", "It dried."],
    )
    verb = "the standfirst is" if name == "standfirst" else f"{name} are"
    assert made == [(True, ""), (True, f"{verb} kept"), (True, "")]


BELONGING: dict[str, tuple[dict[str, Any], list[Described], str, str]] = {
    "a caption right before": ({"captions": True}, [CAPTION, TEXT], ".x", "xx"),
    "a caption right after": ({"captions": True}, [TEXT, CAPTION], "x.", "xx"),
    "a caption far before": ({"captions": True}, [CAPTION, *[OTHER] * 4, TEXT], ".....x", ".....x"),
    "a caption far after": ({"captions": True}, [TEXT, *[OTHER] * 4, CAPTION], "x.....", "x....."),
    "a caption below the title, far before": (
        {"captions": True},
        [TITLE, CAPTION, *[OTHER] * 4, TEXT],
        "......x",
        "......x",
    ),
    "a byline below the title, far before": (
        {"bylines": True},
        [TITLE, BYLINE, *[OTHER] * 4, TEXT],
        "......x",
        ".x....x",
    ),
    "a standfirst below the title": (
        {"standfirst": True},
        [TITLE, STANDFIRST, *[OTHER] * 4, TEXT],
        "......x",
        ".x....x",
    ),
    "a caption where there is no article": ({"captions": True}, [CAPTION, OTHER], "..", ".."),
    "a caption beside kept comments only": ({"captions": True}, [CAPTION, COMMENT], ".x", ".x"),
    "a comment far after": ({"comments": True}, [TEXT, *[OTHER] * 9, COMMENT], "x..........", "x.........x"),
    "a caption in a comment": ({"captions": True}, [TEXT, block("caption", "comment"), TEXT], "x.x", "x.x"),
    "a caption in a comment, comments left out": (
        {"captions": True, "comments": False},
        [block("caption", "comment")],
        "x",
        ".",
    ),
}


@pytest.mark.parametrize(("switched", "described", "before", "after"), BELONGING.values(), ids=BELONGING)
def test_only_what_belongs_to_the_article_is_kept(
    switched: dict[str, Any], described: list[Described], before: str, after: str
) -> None:
    assert kept(Switches(**switched), described, before) == after


def test_what_is_there_to_be_pressed_among_comments_stays_out() -> None:
    texts = [
        "Rain fell.",
        "Anna K.",
        "I saw it, too.",
        "Reply (3)",
        "Gefällt mir",
        "12",
        "Up",
        "Bo",
        "So did I.",
        "Up",
    ]
    assert kept(Switches(comments=True), [TEXT, *[COMMENT] * 9], "x.........", texts) == "xxx....xx."


described_blocks = st.builds(block, st.sampled_from(KINDS), st.sampled_from(ROLES))
pages = st.lists(
    st.tuples(
        described_blocks, st.booleans(), st.sampled_from(["Reply", "Rain fell all day", "", "7", "Bo"])
    ),
    max_size=30,
)
any_switches = st.builds(Switches, **dict.fromkeys(NAMES, st.sampled_from([None, True, False])))


def applied(switches: Switches, page: list[tuple[Described, bool, str]]) -> list[tuple[bool, str]]:
    return apply(switches, [p[0] for p in page], [p[1] for p in page], [p[2] for p in page])


@given(pages)
def test_switches_that_are_not_set_change_nothing(page: list[tuple[Described, bool, str]]) -> None:
    assert applied(Switches(), page) == [(keep, "") for _, keep, _ in page]


@given(pages, st.sets(st.sampled_from(NAMES)))
def test_leaving_out_never_adds(page: list[tuple[Described, bool, str]], off: set[str]) -> None:
    made = applied(Switches(**dict.fromkeys(off, False)), page)
    assert all(before or not after for (_, before, _), (after, _) in zip(page, made, strict=True))


@given(pages, st.sets(st.sampled_from(NAMES)))
def test_keeping_never_removes(page: list[tuple[Described, bool, str]], on: set[str]) -> None:
    made = applied(Switches(**dict.fromkeys(on, True)), page)
    assert all(after or not before for (_, before, _), (after, _) in zip(page, made, strict=True))


@given(pages, any_switches)
def test_there_is_a_reason_exactly_where_a_switch_decided(
    page: list[tuple[Described, bool, str]], switches: Switches
) -> None:
    made = applied(switches, page)
    assert all(
        bool(reason) == (after != before) for (_, before, _), (after, reason) in zip(page, made, strict=True)
    )
