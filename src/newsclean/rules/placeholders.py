"""What placeholders may stand for, checked once a network has found a phrase that holds some."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from newsclean.rules.net import Net
from newsclean.rules.tree import PLACEHOLDERS
from newsclean.tokens import NUMBER, Tokens

__all__ = ["STOPS", "fills_plausibly", "runs_on"]

_UNSPACED_FACTOR = 4


def fills_plausibly(net: Net, first: int, end: int, tokens: Tokens, tidy: str, is_line: bool = True) -> bool:
    """Whether `tokens` are the phrase with states from `first` to `end`, its placeholders filled plausibly.

    `tidy` is the text that the tokens' positions point into: names are known by their capitals. `is_line` says
    that the words are a whole line, and not a sentence to which something may be glued. The phrase's
    states are gone through once, each with all the words before which it can be reached.
    """
    words = tokens.words
    gaps = _Gaps(tokens, tidy, is_line)
    reached: dict[int, set[int]] = {0: {0}}
    for state in (0, *range(first, end)):  # edges lead from lower to higher numbers only
        starts = sorted(reached.get(state, ()))
        if starts and starts[-1] == len(words):
            starts.pop()
        if not starts:
            continue
        for at in starts:
            for target in net.targets(words[at]).get(state, ()):
                if first <= target <= end:
                    reached.setdefault(target, set()).add(at + 1)
        for kind in PLACEHOLDERS:
            targets = [to for to in net.targets(kind).get(state, ()) if first <= to <= end]
            stops = set(_stops(kind, gaps, starts)) if targets else set()
            for target in targets:
                reached.setdefault(target, set()).update(stops)
    return len(words) in reached.get(end, ())


def runs_on(tokens: Tokens, tidy: str) -> bool:
    """Whether a sentence seems to begin within the words without anything to end the one before."""
    gaps = _Gaps(tokens, tidy, is_line=False)
    return any(map(gaps.starts_anew, range(len(tokens) - 1)))


# A year, a time of day, or a date in figures; not a price, a score or a share.
@cache
def _date() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d£$€₹.,])(?:(?:13|14|19|20|25)\d\d(?!\d)|(?:[01]?\d|2[0-3])[:.h][0-5]\d(?![\d%])"
        r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4})"
    )


@lru_cache(maxsize=1)
def date_words() -> frozenset[str]:
    """Words that a date or a time may hold, in all languages of the rules."""
    with open(os.path.join(os.path.dirname(__file__), "dates.txt"), encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines if not line.startswith("#"))


def _stops(kind: str, gaps: _Gaps, starts: list[int]) -> Iterator[int]:
    """The words behind which a placeholder may end that begins with one of `starts` (sorted)."""
    tokens = gaps.tokens
    done = 0  # a title may end anywhere up to its bound, so what was given out is not given out again
    for start in starts:
        most = PLACEHOLDERS[kind] * (_UNSPACED_FACTOR if tokens.is_unspaced(start) else 1)
        limit = min(start + most, len(tokens))
        if kind == "{date}":
            yield from _date_stops(gaps, start, limit)
        elif kind == "{name}":
            yield from _name_stops(gaps, start, limit)
        elif kind == "{:title}" and start:
            yield from _new_title_stops(gaps, start, limit)
        else:
            if kind == "{title}" and 0 < start <= _FEW_WORDS and "," in gaps.text(start - 1):
                continue  # "Follow us on Facebook, she was told to write."
            if kind == "{title}" and not gaps.is_line and start and gaps.is_glued(start - 1):
                continue
            if kind == "{site}" and _is_small(tokens, start, gaps.tidy):
                limit = min(limit, start + _SMALL_SITE)
            known = {"{site}": gaps.ends_name, "{title}": gaps.starts_anew}
            bound = limit
            if kind in known:
                at = gaps.first(known[kind], start)
                # what ends a site's name may not stand between it and the rest of the wording
                bound = min(limit, at + (1 if kind == "{title}" or at + 1 >= len(tokens) else 0))
            yield from range(max(start, done) + 1, bound + 1)
            done = max(done, bound)


def _is_small(tokens: Tokens, start: int, tidy: str) -> bool:
    """Whether a site's name would begin with a small letter: "gazeta.pl" does, a sentence does too."""
    return tidy[tokens.starts[start]].islower()


def _date_stops(gaps: _Gaps, start: int, limit: int) -> Iterator[int]:
    tokens, tidy = gaps.tokens, gaps.tidy
    number = told = False
    for at in range(start, limit):
        word = tokens.words[at]
        if word == NUMBER:
            number = True
        elif word not in date_words():
            return
        else:
            told = told or len(word) > 2 or word > "\u3000"
        told = told or bool(_date().search(tidy, tokens.starts[start], tokens.ends[at]))
        if number and told:
            yield at + 1


def _name_stops(gaps: _Gaps, start: int, limit: int) -> Iterator[int]:
    """Ends of "Jane Doe" or "Ludwig van der Berg", but not of "we are not to blame"."""
    tokens, tidy = gaps.tokens, gaps.tidy
    capitals = cased = 0
    begins = tidy[tokens.starts[start]].isupper()
    for at in range(start, min(limit, gaps.first(gaps.ends_sentence, start) + 1)):
        if tokens.words[at] == NUMBER:
            return
        first = tidy[tokens.starts[at]]
        cased += first.isupper() or first.islower()
        capitals += first.isupper()
        if at + 1 < len(tokens) and gaps.ends_name(at):
            return
        # "Jane Doe jr" and "Jane Doe, staff writer", but not "Jane Doe died"
        named = first.isupper() or tokens.ends[at] - tokens.starts[at] <= _SUFFIX
        named = named or "," in tidy[tokens.starts[start] : tokens.starts[at]]
        if not cased or (begins and named and capitals * 2 >= cased):
            yield at + 1


# Words that, in capitals behind a small word, begin a sentence. (German has capitals everywhere else.)
_BEGINNERS = frozenset(
    [
        "the",
        "a",
        "an",
        "he",
        "she",
        "it",
        "they",
        "we",
        "but",
        "after",
        "when",
        "in",
        "on",
        "at",
        "mr",
        "mrs",
        "according",
        "this",
        "that",
        "there",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "er",
        "im",
        "am",
        "auf",
        "nach",
        "le",
        "la",
        "les",
        "un",
        "une",
        "il",
        "elle",
        "ils",
        "el",
        "los",
        "las",
        "una",
        "o",
        "os",
        "as",
        "um",
        "uma",
        "lo",
        "gli",
        "de",
        "het",
        "een",
        "en",
        "den",
        "det",
        "han",
        "hon",
        "w",
        "na",
    ]
)


_SUFFIX = 3  # letters of a small word that a name may end in
_FEW_WORDS = 4  # of a wording that a story may quote and go on behind
_SMALL_SITE = 3  # words of a site's name in small letters
#: What ends a sentence but no title.
STOPS = (".", "\u0964", "\u06d4", "\u3002")
_LONG_TITLE = 6  # words
# Where lines run together, a longer title with a full stop has a sentence glued to it.
_SHORT_TITLE = 3  # words


def _begins_anew(between: str, first: str) -> bool:
    """Whether a title begins with the character `first`, for what stands before it.

    A colon, a bar or an arrow announces one; behind a dash, or nothing, a capital does (where there are any);
    a comma never: "See also, on the door of the mill, the rules of 1924".
    """
    sign = between.strip()
    if "," in sign or "\u060c" in sign:
        return False
    if not sign or set(sign) <= {"-"}:
        return first.isupper() or (bool(sign) and not first.islower() and not between.endswith("-"))
    return not between.endswith("-")


def _new_title_stops(gaps: _Gaps, start: int, limit: int) -> Iterator[int]:
    """Ends of a title that shows as a new beginning and is not a title with a sentence of the story behind it.

    "READ ALSO: The door under the sea The course has forty pupils." Titles hardly end in a full stop, and
    capitals in them follow each other or a comma.
    """
    tokens, tidy = gaps.tokens, gaps.tidy
    if not _begins_anew(gaps.text(start - 1), tidy[tokens.starts[start]]):
        return
    # On a line of its own a title may be two: "Late vote: bridge stays open! What now?"
    ends = gaps.first(gaps.ends_with_stop if gaps.is_line else gaps.ends_sentence, start)
    for end in range(start + 1, min(limit, ends + 1) + 1):
        closing = tidy[tokens.ends[end - 1] : tokens.ends[end - 1] + 1]
        full_stop = closing in STOPS
        if full_stop and not gaps.is_line and end - start > _SHORT_TITLE:
            continue
        if not full_stop or end - start <= _LONG_TITLE or gaps.first(gaps.is_glued, start + 1) >= end - 1:
            yield end


class _Gaps:
    """What stands between the words of a unit; gap n is the one behind word n."""

    def __init__(self, tokens: Tokens, tidy: str, is_line: bool) -> None:
        self.tokens, self.tidy, self.is_line = tokens, tidy, is_line
        self._firsts: dict[str, list[int]] = {}

    def text(self, at: int) -> str:
        return self.tidy[self.tokens.ends[at] : self.tokens.starts[at + 1]]

    def first(self, told: Callable[[int], bool], start: int) -> int:
        """The first gap from `start` on of which `told` is true, else the end of the words."""
        firsts = self._firsts.get(told.__name__)
        if firsts is None:
            count = len(self.tokens)
            firsts = [count] * (count + 1)
            for at in range(count - 2, -1, -1):
                firsts[at] = at if told(at) else firsts[at + 1]
            self._firsts[told.__name__] = firsts
        return firsts[start]

    def ends_sentence(self, at: int) -> bool:
        """A name does not run over a full stop."""
        between = self.text(at)
        return between.strip() in ("!", "?", ";", ":") or (
            between.startswith(". ") and self.tokens.ends[at] - self.tokens.starts[at] > 3
        )

    def ends_with_stop(self, at: int) -> bool:
        """A sentence ends in a full stop, and something follows."""
        return self.ends_sentence(at) and self.text(at).startswith(".")

    def ends_name(self, at: int) -> bool:
        """Nor over a comma, where no capitals tell names from other words."""
        first = self.tidy[self.tokens.starts[at]]
        cased = first.isupper() or first.islower()
        return self.ends_sentence(at) or (not cased and self.text(at).strip() in (",", "\u060c", "\u3001"))

    def is_glued(self, at: int) -> bool:
        """A word in capitals right behind a small one."""
        starts, tidy = self.tokens.starts, self.tidy
        return tidy[starts[at]].islower() and tidy[starts[at + 1]].isupper() and self.text(at) == " "

    def starts_anew(self, at: int) -> bool:
        """A sentence of the story is glued to a wording: "… for sports news The winner came in"."""
        return self.tokens.words[at + 1] in _BEGINNERS and self.is_glued(at)
