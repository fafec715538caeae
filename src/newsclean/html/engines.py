"""Other engines than our own, and what is taken when ours finds no article: each gives the article's lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec

from newsclean.errors import MissingExtraError
from newsclean.html.stop_lists import stopwords

__all__ = ["ENGINES", "FALLBACKS", "engine_lines", "is_installed"]

#: Our own first.
ENGINES = ("newsclean", "trafilatura", "justext")

#: In this order, where our own engine finds no article: the article's text in the page's linked data, then the engines
#: that are installed.
FALLBACKS = ("linked data", "trafilatura", "justext")


def is_installed(engine: str) -> bool:
    """Whether the package behind an engine is there.

    >>> is_installed("newsclean"), is_installed("linked data")
    (True, True)
    """
    return engine not in _PACKAGED or find_spec(engine) is not None


def engine_lines(engine: str, html: str, switches: Mapping[str, bool | None]) -> list[str]:
    """The lines of the article that `engine` finds in a page; none if it finds no article.

    Args:
        engine: one of `ENGINES` but our own.
        html: the page.
        switches: by name; those that an engine knows are passed on (comments and tables to trafilatura).

    Raises:
        MissingExtraError: if the engine's package is not installed.
    """
    if not is_installed(engine):
        raise MissingExtraError(f"the engine {engine}", engine, "engines")
    return [line for line in (text.strip() for text in _PACKAGED[engine](html, switches)) if line]


def _trafilatura(html: str, switches: Mapping[str, bool | None]) -> list[str]:
    import trafilatura

    found = trafilatura.extract(
        html,
        include_comments=switches.get("comments") is True,
        include_tables=switches.get("tables") is not False,
    )
    return (found or "").split("\n")


def _justext(html: str, switches: Mapping[str, bool | None]) -> list[str]:
    del switches  # it knows none of them
    import justext

    paragraphs = justext.justext(html, **stopwords(html, html=True))
    return [paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate]


_PACKAGED: dict[str, Callable[[str, Mapping[str, bool | None]], list[str]]] = {
    "trafilatura": _trafilatura,
    "justext": _justext,
}
