"""The shape of a line: prose, a headline or label, a list item, code, a table row."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsclean.document import Document, Line
from newsclean.tokens import tokenize

__all__ = ["Shape", "line_shapes"]

_ENDS = ".!?…。！？।॥؟۔"
_CLOSERS = "\"')]*"
_LIST_ITEM = re.compile(r"(?:[-*•▪■●◦‣·–+>»]|\(?\d{1,3}[.)]|[a-zA-Z][.)]) ")
_CODE = re.compile(
    r"^(?:[#$>]{1,2} ?[a-z./~]+|[{}\[\]();]+$|</?[a-zA-Z!][^>]*>|(?:def|class|import|from|return|if|for|while|"
    r"function|const|let|var|public|private|SELECT|INSERT|#include|package|using|elif|else)\b.*[({:;=]|"
    r".*(?:[;{}]$|[\w\]]\(.*\);?$|=>|==|!=|\+=|&&|\|\||->)|\"[\w-]+\": )"
)
_UNSPACED_WORD = 2.2  # characters of Chinese, Japanese or Thai that make about one word


class Shape(NamedTuple):
    """What a line looks like. `words` counts words, in scripts without spaces estimated from characters."""

    words: float
    size: int
    ends_sentence: bool
    list_item: bool
    code: bool
    table: bool
    quote: bool

    @property
    def symbols_only(self) -> bool:
        """Bullets, rules, icons: no word at all."""
        return self.words == 0

    @property
    def prose(self) -> bool:
        """A line of running text: a sentence of some length, or several."""
        return (self.words >= 8 and self.ends_sentence) or self.words >= 35

    @property
    def protected(self) -> bool:
        """Code, tables and quotations are not taken along with their neighbours."""
        return self.code or self.table or self.quote

    @property
    def label(self) -> bool:
        """Short enough for a heading, a link or a button, and no sentence."""
        return self.words <= 24 and self.size <= 170 and not (self.ends_sentence and self.words > 12)


def line_shapes(document: Document) -> list[Shape]:
    """The shape of every line of `document`, by its number."""
    return [_shape(document, line) for line in document.lines]


def _shape(document: Document, line: Line) -> Shape:
    text = document.text(line)
    tokens = tokenize(document.folded, line.start, min(line.end, line.start + 400))
    words = 0.0
    for at in range(len(tokens)):
        words += 1 / _UNSPACED_WORD if tokens.is_unspaced(at) else 1
    if len(text) > 400:
        words *= len(text) / 400
    bare = text.rstrip(_CLOSERS)
    return Shape(
        words=words,
        size=len(text),
        ends_sentence=bool(bare) and bare[-1] in _ENDS and not bare.endswith("..."),
        list_item=bool(_LIST_ITEM.match(text)),
        code=len(text) <= 400 and bool(_CODE.match(text)),
        table="\t"
        in document.folding.original[document.folding.start(line.start) : document.folding.end(line.end)]
        or (text.count("|") >= 2 and text.startswith("|")),
        quote=text.startswith(">") or (text[:1] == '"' and text.rstrip(".,")[-1:] == '"'),
    )
