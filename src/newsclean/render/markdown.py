"""An article as Markdown (CommonMark, tables as GitHub has them) that a reader shows as the very text of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from newsclean.html.page import Block, Link, PageReport
from newsclean.render.page_text import Part, parts

__all__ = ["render_markdown"]

# What is markup wherever it stands; a lone underscore inside a word is none.
_ANYWHERE = r"[\\`*~]|(?<![^\W_])_+|_+(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|!(?=\[)"
_MARKUP = re.compile(_ANYWHERE + r"|\](?=[(\[:])")
_MARKUP_IN_LINK = re.compile(_ANYWHERE + r"|[\[\]]")
# What is markup at the start of a line, up to the character to escape.
_OPENING = re.compile(
    r"(?=#|>|[-+](?:\s|-|$)|=+\s*$|[-:|][-:|\s]*$|\[[ xX]\](?:\s|$))|[0-9]{1,9}(?=[.)](?:\s|$))"
)
_CLOSING_HASHES = re.compile(r"(?<!\S)(?=#+$)")
_BACKSLASH = r"\\"  # as a replacement
_CELL_END = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile("`+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f<>\\`|]")


class _Piece(NamedTuple):
    """What is left of a block, and the links in that."""

    block: Block
    text: str
    links: tuple[Link, ...]


def render_markdown(
    report: PageReport, *, headings: bool = True, lists: bool = True, links: bool = False
) -> str:
    r"""The article as Markdown.

    Args:
        report: of a page.
        headings: mark headings; else they are paragraphs.
        lists: mark list items; else they are paragraphs.
        links: keep links to web addresses, as the page gives them; else only their text.

    >>> import newsclean
    >>> blocks = (Block("Rain", "heading", level=2, kept=True), Block("1. It fell.", kept=True))
    >>> print(render_markdown(PageReport(blocks, newsclean.analyze("Rain\n1. It fell."))))
    ## Rain
    <BLANKLINE>
    1\. It fell.
    """
    plain = {kind for kind, marked in (("heading", headings), ("list item", lists)) if not marked}
    written: list[str] = []
    for kind, run in _runs(_pieces(report, links), plain):
        written += _WRITERS.get(kind, _paragraphs)(run)
    return "\n\n".join(written)


def _runs(pieces: Iterable[_Piece], plain: set[str]) -> Iterator[tuple[str, list[_Piece]]]:
    """Neighbours of one kind; those of a kind in `plain` are paragraphs."""
    last = ""
    run: list[_Piece] = []
    for piece in pieces:
        kind = "paragraph" if piece.block.kind in plain else piece.block.kind
        if kind != last and run:
            yield last, run
            run = []
        last = kind
        run.append(piece)
    if run:
        yield last, run


def _pieces(report: PageReport, links: bool) -> Iterator[_Piece]:
    """What is left of each kept block, as ``report.pieces()`` has it; code keeps its first line's indent."""
    for block, made in parts(report):
        standing = [part for part in made if part.stands]
        text = "".join(block.text[part.start : part.end] for part in standing)
        blank = "\r\n" if block.kind == "code" else None
        lead = len(text) - len(text.lstrip(blank))
        left = text.rstrip().lstrip(blank)
        if left.strip():
            yield _Piece(block, left, _standing_links(block, standing, lead, len(left)) if links else ())


def _standing_links(block: Block, standing: list[Part], lead: int, size: int) -> tuple[Link, ...]:
    """The links of which something is left, as positions in what is left; the first of those that overlap."""
    found: list[Link] = []
    for link in sorted(block.links):
        href = _web_address(link.href)
        start = max(_moved(link.start, standing) - lead, found[-1].end if found else 0)
        end = min(_moved(link.end, standing) - lead, size)
        if href and start < end:
            found.append(Link(start, end, href))
    return tuple(found)


def _moved(at: int, standing: list[Part]) -> int:
    """Where position `at` of a block's text is in the joined parts."""
    return sum(max(0, min(at, part.end) - part.start) for part in standing)


def _web_address(href: str) -> str:
    """An address as Markdown writes it; "" for one that is neither relative nor of the web."""
    href = re.sub(r"[\t\r\n]", "", href).strip("".join(map(chr, range(33))))
    scheme = _SCHEME.match(href)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return ""
    href = _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), href)
    return re.sub(r"([()])|&(?=#?\w+;)", lambda found: f"\\{found[1]}" if found[1] else "&amp;", href)


def _escaped(text: str, markup: re.Pattern[str] = _MARKUP) -> str:
    return markup.sub(lambda found: "".join("\\" + character for character in found[0]), text)


def _inline(piece: _Piece, start: int, end: int) -> str:
    """The text from `start` to `end` as a reader shows it, its links in brackets."""
    made: list[str] = []
    for link in piece.links:
        a, b = max(link.start, start), min(link.end, end)
        inner = piece.text[a:b]
        if not inner.strip():
            continue
        a, b = a + len(inner) - len(inner.lstrip()), b - len(inner) + len(inner.rstrip())
        before = _escaped(piece.text[start:a])
        if before.endswith("!"):
            before = before[:-1] + "\\!"
        made.append(f"{before}[{_escaped(piece.text[a:b], _MARKUP_IN_LINK)}]({link.href})")
        start = b
    return "".join([*made, _escaped(piece.text[start:end])])


def _lines(piece: _Piece) -> list[str]:
    """The lines of a piece, each safe at the start of a line; blank ones are passed over."""
    made: list[str] = []
    start = 0
    for stop in [*_LINE_END.finditer(piece.text), None]:
        line = _inline(piece, start, stop.start() if stop else len(piece.text)).strip()
        if line:
            opening = _OPENING.match(line)
            made.append(f"{opening[0]}\\{line[opening.end() :]}" if opening else line)
        start = stop.end() if stop else 0
    return made


def _marked(piece: _Piece, first: str = "", others: str = "") -> str:
    """A piece with line breaks that a reader keeps, the first line after `first`, the others after `others`."""
    return first + f"\\\n{others}".join(_lines(piece))


def _paragraphs(run: list[_Piece]) -> list[str]:
    return [_marked(piece) for piece in run]


def _headings(run: list[_Piece]) -> list[str]:
    return [
        f"{'#' * min(6, piece.block.level or 2)} {_CLOSING_HASHES.sub(_BACKSLASH, ' '.join(_lines(piece)))}"
        for piece in run
    ]


def _items(run: list[_Piece]) -> list[str]:
    above: list[int] = []  # the levels of the items that the next one may be nested in
    made: list[str] = []
    for piece in run:
        while above and above[-1] >= piece.block.level:
            above.pop()
        indent = "  " * len(above)
        above.append(piece.block.level)
        made.append(_marked(piece, f"{indent}- ", f"{indent}  "))
    return ["\n".join(made)]


def _quotes(run: list[_Piece]) -> list[str]:
    return ["\n>\n".join(_marked(piece, "> ", "> ") for piece in run)]


def _code(run: list[_Piece]) -> list[str]:
    made: list[str] = []
    for piece in run:
        longest = max((len(ticks) for ticks in _FENCE.findall(piece.text)), default=0)
        fence = "`" * max(3, longest + 1)
        made.append(f"{fence}\n{piece.text}\n{fence}")
    return made


def _captions(run: list[_Piece]) -> list[str]:
    return [f"*{_marked(piece)}*" for piece in run]


def _cells(piece: _Piece) -> Iterator[str]:
    start = 0
    for stop in [*_CELL_END.finditer(piece.text), None]:
        cell = _inline(piece, start, stop.start() if stop else len(piece.text))
        yield " ".join(cell.split()).replace("|", "\\|")
        start = stop.end() if stop else 0


def _table(run: list[_Piece]) -> list[str]:
    rows = [list(_cells(piece)) for piece in run]
    width = max(map(len, rows))
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    return ["\n".join(lines)]


_WRITERS: dict[str, Callable[[list[_Piece]], list[str]]] = {
    "heading": _headings,
    "list item": _items,
    "quote": _quotes,
    "embed": _quotes,
    "code": _code,
    "caption": _captions,
    "table row": _table,
}
