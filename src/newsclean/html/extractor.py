"""The one way through for pages: HTML to blocks, blocks to the article, the article's text to its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace

from newsclean.cleaner import Cleaner
from newsclean.errors import UnknownEngineError
from newsclean.html.decoding import decode
from newsclean.html.engines import ENGINES, FALLBACKS, engine_lines, is_installed
from newsclean.html.matching import by_lines, none_found
from newsclean.html.page import Block, PageReport
from newsclean.html.parsing import Parsed, parse
from newsclean.html.selection import read_blocks
from newsclean.html.switches import Switches
from newsclean.html.text_side import clean_open, is_sure
from newsclean.report import Report

__all__ = ["Extractor"]

#: Other engines take minutes over pages that our own bounds; those of more tags are not given to them.
_MOST_TAGS_ELSEWHERE = 30_000

#: On pages of other types the wordings that are junk in an article (prices, "read more", names and dates) are what the
#: page is about; below this probability to be an article only the full text side looks at a page.
_ARTICLE = 0.5

_TEXT_SIDES: dict[bool | str, str] = {
    True: "open",
    False: "off",
    "open": "open",
    "full": "full",
    "off": "off",
}

Page = bytes | str | tuple[bytes | str, str | None]


class Extractor:
    """A configured extractor; make one and use it for many pages.

    Args:
        engine: ``"newsclean"`` (its own, which falls back on the others if it finds no article), ``"trafilatura"`` or
            ``"justext"`` (``pip install newsclean[engines]``).
        text_side: what the text side looks at. ``"open"``: of articles, the lines that the page's structure does not
            settle, by the rules; ``"full"``: all of the text, with scores and the search for off-topic blocks, as `newsclean.clean` does;
            ``"off"``: nothing. True is ``"open"``, False ``"off"``.
        cleaner: does the text side; a default one if not given.
        metadata: whether title, byline, date and language are read from the page (``pip install newsclean[metadata]``).
        captions, standfirst, embeds, comments, tables, bylines: None, kept if they score as the article's; True, kept if
            they stand in or beside the article; False, left out.

    Raises:
        UnknownEngineError: an engine that does not exist.

    >>> page = "<nav><a href='/'>Home</a></nav><article><h1>Rain</h1>" + "<p>Rain fell all day, and the river rose.</p>" * 3
    >>> "river" in Extractor().extract(page)
    True
    """

    def __init__(
        self,
        *,
        engine: str = "newsclean",
        text_side: bool | str = True,
        cleaner: Cleaner | None = None,
        metadata: bool = False,
        captions: bool | None = None,
        standfirst: bool | None = None,
        embeds: bool | None = None,
        comments: bool | None = None,
        tables: bool | None = None,
        bylines: bool | None = None,
    ) -> None:
        if engine not in ENGINES:
            raise UnknownEngineError(engine, ENGINES)
        if text_side not in _TEXT_SIDES:
            raise ValueError(f"expected text_side open, full, off or a bool, got {text_side!r}")
        self.engine, self.metadata = engine, metadata
        self.text_side = _TEXT_SIDES[text_side]
        self.cleaner = cleaner or Cleaner(scorer=self.text_side == "full")
        self.switches = Switches(captions, standfirst, embeds, comments, tables, bylines)

    def extract(self, html: bytes | str, url: str | None = None, encoding: str | None = None) -> str:
        """The article of a page, a line for each block; "" if there is none.

        Args:
            html: the page; bytes are decoded by `encoding`, or by what they and the page say.
            url: its address, which tells a little about its type.
            encoding: as the server named it, if known.

        Raises:
            TypeError: if `html` is neither bytes nor str.
            DataFormatError: if `encoding` does not exist.
        """
        return self._report(html, url, encoding, whole=False).text

    def analyze(self, html: bytes | str, url: str | None = None, encoding: str | None = None) -> PageReport:
        """The report on a page. One in which something goes wrong has no article, and the error in its report.

        Raises:
            TypeError, DataFormatError: as `extract`.
            MissingExtraError: if the engine or the metadata take a package that is not installed.
        """
        return self._report(html, url, encoding, whole=True)

    def _report(self, html: bytes | str, url: str | None, encoding: str | None, whole: bool) -> PageReport:
        decoded = decode(html, encoding)
        if self.engine != "newsclean" and not is_installed(self.engine):
            engine_lines(self.engine, "", {})  # raises
        try:
            data = html if isinstance(html, bytes) and decoded.source == "utf-8" else None
            report = self._analyze(parse(decoded.text, url, data), decoded.text, whole)
        except Exception as error:  # the promise: no page ever stops a run
            told = f"{type(error).__name__}: {error}"
            report = PageReport((), Report.untouched("", self.cleaner.profile), self.engine, error=told)
        report = replace(report, url=url, encoding=decoded.encoding)
        return _with_metadata(report, decoded.text) if whole and self.metadata else report

    def extract_many(self, pages: Iterable[Page]) -> Iterator[str]:
        """The article of each page, in order, as the pages come; a page is HTML, or HTML with its address.

        >>> list(Extractor().extract_many(["", ("", "https://example.com")]))
        ['', '']
        """
        return (self.extract(*page) if isinstance(page, tuple) else self.extract(page) for page in pages)

    def analyze_many(self, pages: Iterable[Page]) -> Iterator[PageReport]:
        """The report on each page, in order, as the pages come."""
        for page in pages:
            yield self.analyze(*page) if isinstance(page, tuple) else self.analyze(page)

    def _analyze(self, parsed: Parsed, html: str, whole: bool) -> PageReport:
        own = self.engine == "newsclean"
        selected = read_blocks(parsed, self.switches, whole or not own)
        blocks, engine, tried = selected.blocks, "newsclean", []
        if not own or not any(block.kept for block in blocks):
            for name in FALLBACKS if own else (self.engine,):
                lines = self._lines(name, parsed, html)
                if lines:
                    blocks, engine = by_lines(blocks, lines, name), name
                    break
                tried.append(name)
            else:
                engine = self.engine
                blocks = none_found(blocks, self.engine)
        sure = [is_sure(block.score) for block in blocks]
        if blocks is selected.blocks:  # what they are is known for other engines' lines in part only
            article = selected.types["article"] >= _ARTICLE
            sure = [
                not article or fixed or certain for fixed, certain in zip(selected.settled, sure, strict=True)
            ]
        report = self._text_report(blocks, sure)
        return PageReport(blocks, report, engine, tuple(tried), selected.types, cut=parsed.cut)

    def _lines(self, engine: str, parsed: Parsed, html: str) -> list[str]:
        """The lines that another engine finds; none if its package is not there or it fails on the page."""
        if engine == "linked data":
            return [line.strip() for line in parsed.hints.body.split("\n") if line.strip()]
        if not is_installed(engine) or not html.strip():
            return []
        if parsed.cut or html.count("<") > _MOST_TAGS_ELSEWHERE:
            return []
        try:
            return engine_lines(engine, html, asdict(self.switches))
        except (
            Exception
        ):  # what other packages raise on odd pages is beyond us, and is the same as nothing found
            return []

    def _text_report(self, blocks: Sequence[Block], sure: Sequence[bool]) -> Report:
        kept = [(block.kept_text, certain) for block, certain in zip(blocks, sure, strict=True) if block.kept]
        texts = [text for text, _ in kept]
        if self.text_side == "full":
            return self.cleaner.analyze("\n".join(texts))
        if self.text_side == "open":
            return clean_open(self.cleaner, texts, [certain for _, certain in kept])
        return Report.untouched("\n".join(texts), self.cleaner.profile)


def _with_metadata(report: PageReport, html: str) -> PageReport:
    from newsclean.html.metadata import read_metadata

    found = read_metadata(html, report.url)
    return replace(report, title=found.title, byline=found.byline, date=found.date, language=found.language)
