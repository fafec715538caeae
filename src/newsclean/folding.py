"""Two parallel readings of a text that forgive typographic damage, with the way back to the original.

*Tidy* text has one kind of space, line break and quote, and no zero-width characters, indentation or
repeated blanks.
*Folded* text is tidy text in lower case without accents. Both have the same length, so that a match in
either has one position, which `Folding` maps back to code points of the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any, NamedTuple

__all__ = ["BLANKS", "FOLD", "INVISIBLE", "TIDY", "Folding", "fold", "fold_phrase", "unhyphenated"]

#: U+2028 and its like are blanks here: only \n, \r\n and \r end a line.
BLANKS = " \t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
#: Soft hyphen, zero-width and direction marks, variation selectors, and the marks that a writer may
# leave out: combining accents, Hebrew points, Arabic vowel signs and tatweel.
INVISIBLE = (
    "\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u065f\u0670"
)
_SQUEEZE = re.compile(
    # a line break with the indentation behind it; runs of blanks; what cannot be seen
    f"(?:\r\n|[\r\n])[{BLANKS}{INVISIBLE}]+|\r\n|[{BLANKS}{INVISIBLE}]{{2,}}|[{INVISIBLE}]"
)
_HAS_BLANK = re.compile(f"[{BLANKS}]")

_QUOTES = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\u0060\u2032\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u300c\u300d\u300e\u300f\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}
_BLANK_CHARS = "\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
#: str.translate: code point -> replacement; every entry is one character, so lengths stay equal.
TIDY: dict[int, str] = {ord("\r"): "\n", **dict.fromkeys(map(ord, _BLANK_CHARS), " ")}
TIDY.update((ord(char), to) for char, to in _QUOTES.items())
# Lone surrogates cannot be handed to the matching engines, which work on UTF-8.
TIDY.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
_ASCII_TIDY = {code: to for code, to in TIDY.items() if code < 128}

# Letters that Unicode does not take apart, and Arabic letters that keyboards mix up.
_LETTERS = {
    **dict(zip("øłđðħŧıĸſ", "olddhtiks", strict=True)),
    **dict(zip("أإآٱىيكہۀةھئؤ", "اااایيکههههيو", strict=True)),
    "ي": "ی",
    "ئ": "ی",
    "ى": "ی",
    "ё": "е",
}


class _FoldTable(dict[int, str]):
    """str.translate table that works a character's folded form out once, when it is first met."""

    def __missing__(self, code: int) -> str:
        import unicodedata

        char = chr(code)
        low = char.lower()
        if len(low) != 1:  # "İ".lower() is two characters
            low = low[0]
        if low not in _LETTERS and not 0x3040 <= code <= 0x30FF and not 0xAC00 <= code <= 0xD7A3:
            bare = [c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c)]
            # vowel signs on a tatweel stay: what is left of them would be passed over when folded again
            if len(bare) == 1 and not bare[0].isspace() and bare[0] != "\u0640":
                low = bare[0].lower() if len(bare[0].lower()) == 1 else bare[0]
        folded = _LETTERS.get(low, low)
        # a superscript minus is made of a minus, which is a hyphen here
        self[code] = folded = TIDY.get(ord(folded), folded)
        return folded


FOLD: Any = _FoldTable({10: "\n", 32: " "})


class Folding(NamedTuple):
    """`original` beside its `tidy` and `folded` readings.

    `breaks` and `shifts` say from which tidy position on how many code points have to be added to
    reach the original position.
    """

    original: str
    tidy: str
    folded: str
    breaks: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def start(self, at: int) -> int:
        """Original position of the character at tidy position `at`.

        >>> f = fold("a\\u200bb")
        >>> f.tidy, f.start(1)
        ('ab', 2)
        """
        if not self.breaks:
            return at
        i = bisect_right(self.breaks, at)
        return at + (self.shifts[i - 1] if i else 0)

    def end(self, at: int) -> int:
        """Original position just behind the character before tidy position `at`."""
        return self.start(at - 1) + 1 if at else 0


def fold(text: str) -> Folding:
    """Read `text` tidily and folded; any string, lone surrogates included, is accepted.

    >>> f = fold("\\u201cLeave  a R\\u00c9PLY\\u201d")
    >>> f.tidy, f.folded
    ('"Leave a RÉPLY"', '"leave a reply"')
    """
    breaks: list[int] = []
    shifts: list[int] = []
    tidy = text
    pieces: list[str] = []
    at = length = 0
    for found in _SQUEEZE.finditer(text):
        start, end = found.span()
        run = found[0]
        stand_in = "\n" if run[0] in "\r\n" else " " if _HAS_BLANK.search(run) else ""
        if stand_in == " " and run == " ":
            continue
        pieces.append(text[at:start])
        pieces.append(stand_in)
        length += start - at + len(stand_in)
        breaks.append(length)
        shifts.append(end - length)
        at = end
    if pieces:
        pieces.append(text[at:])
        tidy = "".join(pieces)
    if tidy.isascii():
        tidy = tidy.translate(_ASCII_TIDY)
        folded = tidy.lower()
    else:
        tidy = tidy.translate(TIDY)
        folded = tidy.translate(FOLD)
    return Folding(text, tidy, folded, tuple(breaks), tuple(shifts))


def fold_phrase(text: str) -> str:
    """The folded form of a rule's wording, as a text's folded form has it.

    >>> fold_phrase("Werbe\\u00advorschlag\u2026 ")
    'werbevorschlag…'
    """
    return fold(text).folded.strip()


def unhyphenated(folded: str) -> str:
    """Folded text with blanks for hyphens and underscores, of the same length: "ad-blocker" is "ad blocker".

    >>> unhyphenated("ad-blocker")
    'ad blocker'
    """
    return folded.replace("-", " ").replace("_", " ")
