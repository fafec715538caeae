"""What the user wants kept or left out whatever the score says: captions, embeds, comments, tables and the like."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsclean.html.kinds import Described

__all__ = ["Switches", "apply"]

_OF_KIND = {"caption": "captions", "embed": "embeds", "table row": "tables"}
_OF_ROLE = {"standfirst": "standfirst", "byline": "bylines", "comment": "comments"}
#: In reasons.
_CALLED = {"standfirst": "the standfirst is"}

#: How many blocks before the first and after the last kept block may still be the article's.
_REACH = 3
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Switches:
    """For each sort of block: None, as the score has it; True, kept where it is the article's; False, left out.

    >>> Switches(comments=True).captions is None
    True
    """

    captions: bool | None = None
    standfirst: bool | None = None
    embeds: bool | None = None
    comments: bool | None = None
    tables: bool | None = None
    bylines: bool | None = None

    @property
    def any(self) -> bool:
        """Whether one of them is set."""
        return any(getattr(self, name) is not None for name in self.__slots__)


def apply(
    switches: Switches, described: Sequence[Described], kept: Sequence[bool], texts: Sequence[str]
) -> list[tuple[bool, str]]:
    """Whether each block is kept after the switches, and why if a switch changed it ("" if none did).

    All sequences are of one length and in page order. A block that one switch keeps and another leaves out is left
    out. Captions, embeds, table rows, bylines and the standfirst are kept if they stand between the first and the
    last block of the article or a few blocks beside them; bylines and the standfirst also if they stand between the
    title and the article. Comments are kept wherever they stand, without what is there to be pressed.

    >>> text = Described("paragraph", "", 0, "body > p")
    >>> caption = Described("caption", "", 0, "body > figure")
    >>> apply(Switches(captions=True), [text, caption, text], [True, False, True], ["Rain fell.", "A flood.", "It dried."])
    [(True, ''), (True, 'captions are kept'), (True, '')]
    """
    sorts = [_sorts(one) for one in described]
    wanted = {name for name in Switches.__slots__ if getattr(switches, name) is True}
    unwanted = {name for name in Switches.__slots__ if getattr(switches, name) is False}
    made = [(keep, "") for keep in kept]
    for block, mine in enumerate(sorts):
        if kept[block] and not unwanted.isdisjoint(mine):
            made[block] = (False, _reason(mine, unwanted, "left out"))
    if not wanted:
        return made
    near, below_title = _reach(described, kept)
    pressed = _pressed(sorts, texts) if "comments" in wanted else frozenset()
    for block, mine in enumerate(sorts):
        if kept[block] or not unwanted.isdisjoint(mine) or wanted.isdisjoint(mine):
            continue
        if "comments" in mine:
            belongs = "comments" in wanted and block not in pressed
        else:
            belongs = block in near or (
                described[block].role in ("standfirst", "byline") and block in below_title
            )
        if belongs:
            made[block] = (True, _reason(mine, wanted, "kept"))
    return made


def _sorts(described: Described) -> tuple[str, ...]:
    """The switches that a block answers to."""
    kind, role = _OF_KIND.get(described.kind), _OF_ROLE.get(described.role)
    return tuple(name for name in (role, kind) if name)


def _reason(mine: tuple[str, ...], switched: set[str], what: str) -> str:
    name = next(name for name in mine if name in switched)
    return f"{_CALLED.get(name, f'{name} are')} {what}"


def _reach(described: Sequence[Described], kept: Sequence[bool]) -> tuple[range, range]:
    """The blocks in and beside the article, and those between its title and its first block."""
    article = [block for block, keep in enumerate(kept) if keep and described[block].role != "comment"]
    if not article:
        return range(0), range(0)
    first, last = article[0], article[-1]
    title = max((block for block in range(first) if described[block].role == "title"), default=first)
    return range(max(0, first - _REACH), last + _REACH + 1), range(title, first)


def _pressed(sorts: Sequence[tuple[str, ...]], texts: Sequence[str]) -> frozenset[int]:
    """The blocks among comments that are no words of readers: buttons, counts, short texts that repeat."""
    comments = [block for block, mine in enumerate(sorts) if "comments" in mine]
    words = {block: _WORD.findall(texts[block].lower()) for block in comments}
    copies = Counter(tuple(words[block]) for block in comments)
    return frozenset(
        block
        for block, said in words.items()
        if not said
        or " ".join(said) in _controls()
        or (len(said) <= 2 and copies[tuple(said)] > 1 and len(texts[block]) < 30)
    )


@cache
def _controls() -> frozenset[str]:
    data = files("newsclean.html").joinpath("data/switches.toml").read_text("utf-8")
    return frozenset(tomllib.loads(data)["controls"])
