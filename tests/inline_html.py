"""Made-up insides of blocks, of all that an inline filter looks at."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["HTML"]

OPENINGS = [
    '<a href="/x">', '<a href="#n">', "<b>", "<span>", "<sup>", '<i class="sr-only">', '<span class="ad">',
    '<span class="share">', "<u hidden>", '<em role="button">',
]  # fmt: skip
TEXTS = [
    "Rain fell. ",
    "Read more",
    " ",
    "\n",
    "<br>",
    "&nbsp;",
    "[1]",
    "day",
    ", ",
    "Advertisement",
    "é.",
    "N",
]


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    opened = st.tuples(st.sampled_from(OPENINGS), st.lists(inner, max_size=4)).map(
        lambda made: f"{made[0]}{''.join(made[1])}</{made[0][1:-1].split()[0]}>"
    )
    return st.one_of(opened, st.lists(inner, max_size=4).map("".join))


HTML = st.recursive(st.sampled_from(TEXTS), nested, max_leaves=16)
