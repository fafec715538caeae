"""Extractors of main text from web pages: one table, each package imported only when it runs.

All are optional (``pip install newsclean[bench]``), and none of them reaches for the network.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import metadata

from newsclean.html.stop_lists import stopwords

__all__ = ["EXTRACTORS", "Extractor", "block_text", "installed", "stopwords", "version"]

#: Takes a page as it was served; gives its text, or None where the extractor finds none.
Extractor = Callable[[bytes], str | None]

#: Name -> function. An extractor may raise anything: pages of the web are what they are.
EXTRACTORS: dict[str, Extractor] = {}

_PACKAGES: dict[str, str] = {}

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")  # what HTML collapses: a no-break space is not among them
_BLOCK_NAMES = (
    "address article aside blockquote br caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p pre "
    "section summary table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset(("head", "noscript", "script", "style", "template"))
_CELLS = frozenset(("td", "th"))


def installed() -> list[str]:
    """The names of the extractors whose packages are installed, in the order of the table."""
    return [name for name in EXTRACTORS if version(name)]


def version(name: str) -> str | None:
    """The version of the package behind extractor `name`, or None if it is not installed."""
    try:
        return metadata.version(_PACKAGES[name])
    except metadata.PackageNotFoundError:
        return None


def block_text(markup: str) -> str:
    """The text of a piece of HTML: a line for each block element and table row, blanks collapsed."""
    from lxml import etree, html

    root = html.fragment_fromstring(markup, create_parent="div")
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        seen = event == "start" and element.tag not in _UNSEEN
        if event == "start" and not seen:
            walk.skip_subtree()
        if event in ("start", "end") and element.tag in _BLOCKS:
            pieces.append("\n")
        if seen:
            pieces.append(_BLANKS.sub(" ", element.text or ""))
        elif event != "start" and element is not root:
            pieces.append(" " if element.tag in _CELLS else "")
            pieces.append(_BLANKS.sub(" ", element.tail or ""))
    lines = (_BLANKS.sub(" ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _extractor(name: str, package: str) -> Callable[[Extractor], Extractor]:
    def enter(function: Extractor) -> Extractor:
        EXTRACTORS[name] = function
        _PACKAGES[name] = package
        return function

    return enter


def _decoded(html: bytes) -> str:
    # UTF-8 first: pages that were stored re-coded still declare what they had been.
    declared = _CHARSET.search(html, 0, 4096)
    for encoding in ("utf-8-sig", declared[1].decode("ascii", "replace") if declared else "windows-1252"):
        try:
            text = html.decode(encoding)
            break
        except (UnicodeDecodeError, LookupError):
            continue
    else:
        text = html.decode("utf-8", "replace")
    return _XML_DECLARATION.sub("", text, count=1)  # which lxml refuses in a str


def _found(text: object) -> str | None:
    return text if isinstance(text, str) and text.strip() else None


def _trafilatura(html: bytes, *, precision: bool = False, recall: bool = False) -> str | None:
    import trafilatura

    return _found(
        trafilatura.extract(
            _decoded(html), include_comments=False, favor_precision=precision, favor_recall=recall
        )
    )


@_extractor("trafilatura", "trafilatura")
def _trafilatura_default(html: bytes) -> str | None:
    return _trafilatura(html)


@_extractor("trafilatura_precision", "trafilatura")
def _trafilatura_precision(html: bytes) -> str | None:
    return _trafilatura(html, precision=True)


@_extractor("trafilatura_recall", "trafilatura")
def _trafilatura_recall(html: bytes) -> str | None:
    return _trafilatura(html, recall=True)


@_extractor("newspaper4k", "newspaper4k")
def _newspaper(html: bytes) -> str | None:
    import newspaper

    article = newspaper.Article("https://page.invalid/", fetch_images=False)
    article.download(input_html=_decoded(html))
    article.parse()
    return _found(article.text)


@_extractor("readability", "readability-lxml")
def _readability(html: bytes) -> str | None:
    from readability import Document

    return _found(block_text(Document(_decoded(html)).summary(html_partial=True)))


@_extractor("goose3", "goose3")
def _goose(html: bytes) -> str | None:
    from goose3 import Goose

    with Goose({"enable_image_fetching": False}) as goose:
        return _found(goose.extract(raw_html=_decoded(html)).cleaned_text)


@_extractor("boilerpy3", "boilerpy3")
def _boilerpipe_article(html: bytes) -> str | None:
    from boilerpy3 import extractors

    return _found(extractors.ArticleExtractor().get_content(_decoded(html)))


@_extractor("boilerpy3_default", "boilerpy3")
def _boilerpipe_default(html: bytes) -> str | None:
    from boilerpy3 import extractors

    return _found(extractors.DefaultExtractor().get_content(_decoded(html)))


@_extractor("justext", "jusText")
def _justext(html: bytes) -> str | None:
    import justext

    text = _decoded(html)
    paragraphs = justext.justext(text, **stopwords(text, html=True))
    return _found("\n".join(p.text for p in paragraphs if not p.is_boilerplate))


@_extractor("inscriptis", "inscriptis")
def _inscriptis(html: bytes) -> str | None:
    import inscriptis

    return _found(inscriptis.get_text(_decoded(html)))


@_extractor("resiliparse", "Resiliparse")
def _resiliparse(html: bytes) -> str | None:
    from resiliparse.extract.html2text import extract_plain_text

    return _found(extract_plain_text(_decoded(html), main_content=True))


@_extractor("resiliparse_full", "Resiliparse")
def _resiliparse_full(html: bytes) -> str | None:
    from resiliparse.extract.html2text import extract_plain_text

    return _found(extract_plain_text(_decoded(html), main_content=False))


@_extractor("magic_html", "magic-html")
def _magic_html(html: bytes) -> str | None:
    from magic_html import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        GeneralExtractor,
    )

    return _found(block_text(GeneralExtractor().extract(_decoded(html))["html"]))
