"""newsclean: article text or a page in, the clean article and an exact account of what was removed out.

>>> import newsclean
>>> newsclean.clean("Rain fell all day.\\n\\nThis news has been read 731 times!\\n\\nLeave a Reply")
'Rain fell all day.'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newsclean.cleaner import PROFILES, Cleaner
from newsclean.evidence import Evidence
from newsclean.report import Decision, Report
from newsclean.spans import Span

if TYPE_CHECKING:
    from newsclean.html.extractor import Extractor
    from newsclean.html.page import Block, PageReport

__all__ = [
    "PROFILES",
    "Block",
    "Cleaner",
    "Decision",
    "Evidence",
    "Extractor",
    "PageReport",
    "Report",
    "Span",
    "__version__",
    "analyze",
    "analyze_html",
    "analyze_many",
    "clean",
    "clean_many",
    "extract",
    "extract_many",
]

#: Loaded with their first use: texts need nothing of what pages need.
_OF_PAGES = {
    "Block": "newsclean.html.page",
    "Extractor": "newsclean.html.extractor",
    "PageReport": "newsclean.html.page",
}

__version__ = "0.1.0"


@lru_cache(maxsize=1)
def _default() -> Cleaner:
    return Cleaner()


def clean(text: str) -> str:
    """The article: `text` without its junk, and otherwise byte for byte.

    >>> clean("Rain fell.\\n\\nLeave a Reply")
    'Rain fell.'

    Raises:
        TypeError: if `text` is no str.
    """
    return _default().clean(text)


def analyze(text: str) -> Report:
    """The report on `text`: each span kept or removed, its category, score and evidence.

    >>> [d.category for d in analyze("Rain fell.\\nLeave a Reply").junk]
    ['comment_template']

    Raises:
        TypeError: if `text` is no str.
    """
    return _default().analyze(text)


def clean_many(texts: Iterable[str]) -> Iterator[str]:
    """The article of each text, in order, as the texts come.

    >>> list(clean_many(["Rain fell.", "Rain fell.\\nLeave a Reply"]))
    ['Rain fell.', 'Rain fell.']
    """
    return _default().clean_many(texts)


def analyze_many(texts: Iterable[str]) -> Iterator[Report]:
    """The report on each text, in order, as the texts come.

    >>> [len(report.junk) for report in analyze_many(["Rain fell.", "Leave a Reply"])]
    [0, 1]
    """
    return _default().analyze_many(texts)


def __getattr__(name: str) -> Any:
    if name not in _OF_PAGES:
        raise AttributeError(f"module 'newsclean' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_OF_PAGES[name]), name)


@lru_cache(maxsize=2)
def _extractor(metadata: bool = False) -> Extractor:
    from newsclean.html.extractor import Extractor

    return Extractor(metadata=metadata)


def extract(html: bytes | str, url: str | None = None) -> str:
    """The article of a page, a line for each block of it; "" if there is none.

    Args:
        html: the page; bytes as they were served.
        url: its address, if known: it tells a little about what sort of page it is.

    >>> extract("<nav><a href='/'>Home</a></nav><article><p>" + "Rain fell all day, and the river rose. " * 9 + "</p></article>")[:9]
    'Rain fell'

    Raises:
        TypeError: if `html` is neither bytes nor str.
    """
    return _extractor().extract(html, url)


def analyze_html(
    html: bytes | str, url: str | None = None, encoding: str | None = None, *, metadata: bool = False
) -> PageReport:
    """The report on a page: its blocks, kept and left out, with kind, score and reason, and the report on the text.

    Args:
        html: the page; bytes as they were served.
        url: its address, if known.
        encoding: as the server named it, if it did.
        metadata: whether to read title, byline, date and language (``pip install newsclean[metadata]``).

    >>> analyze_html("<p>Rain.</p>").page_type in ("article", "service", "product", "forum", "listing", "collection", "documentation")
    True

    Raises:
        TypeError: if `html` is neither bytes nor str.
        DataFormatError: if `encoding` does not exist.
        MissingExtraError: if `metadata` is asked for and its packages are not installed.
    """
    return _extractor(metadata).analyze(html, url, encoding)


def extract_many(pages: Iterable[bytes | str | tuple[bytes | str, str | None]]) -> Iterator[str]:
    """The article of each page, in order, as the pages come; a page is HTML, or HTML with its address.

    >>> list(extract_many(["", ("", "https://example.com/rain")]))
    ['', '']
    """
    return _extractor().extract_many(pages)
