"""What a page says of itself: title, byline, dates, language, site, description, address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from newsclean.errors import MissingExtraError
from newsclean.html.bylines import joined_byline, linked_people
from newsclean.html.dates import declared_moments, is_before, iso_text, judged_day, published_moment, tomorrow
from newsclean.html.heads import ATTRIBUTE_LIMIT, PAGE_LIMIT, Heads, lighten, read_heads
from newsclean.html.page_language import page_language
from newsclean.html.tidying import first_tidy, quietly, tidy

__all__ = ["PAGE_LIMIT", "Metadata", "read_metadata"]

_TITLE, _SITE, _DESCRIPTION = 500, 100, 5_000  # characters: what is longer is something else
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_AUTHORS = ("author", "dc.creator", "dcterms.creator", "article:author", "citation_author", "byl")
_GLUE = re.compile(r"\s+[|–—·•»«‹›/~-]+\s+|\s*[|｜：]+\s*")


class Metadata(NamedTuple):
    """What a page says of itself; None is what it does not say, or not believably.

    `byline` holds the authors, parted by ", ". `date` and `updated` are days ("2024-01-04"), or moments
    ("2024-01-04T10:12:00+01:00") where the page names them. `language` is a code of ISO 639-1. `url` is the
    address that the page calls its own, else the one it was found at.
    """

    title: str | None = None
    byline: str | None = None
    date: str | None = None
    updated: str | None = None
    language: str | None = None
    site: str | None = None
    description: str | None = None
    url: str | None = None


def read_metadata(html: str, url: str | None = None) -> Metadata:
    """The metadata of the page `html`, which was found at `url`.

    trafilatura and htmldate do the work; what a page declares in JSON-LD and meta tags goes first where they lose
    something: whole names, times of day, the language. Only the first `PAGE_LIMIT` characters are looked at.
    A field that cannot be read is None: no page raises.

    Raises:
        MissingExtraError: trafilatura is not installed.

    >>> page = '<html lang="de-AT"><meta name="author" content="Von Eva Maier"><h1>Schnee im Mai</h1></html>'
    >>> found = read_metadata(page)
    >>> found.title, found.byline, found.language
    ('Schnee im Mai', 'Eva Maier', 'de')
    """
    extract_metadata, find_date = _packages()
    given = _address(url or "", None)
    page = quietly(read_heads, html)
    if page is None:
        return Metadata(url=given)
    address = _canonical(page, given)
    heads = [head for head in (tidy(text, _TITLE) for text in _heads(page)) if head]
    published, updated, shown = declared_moments(page, find_date)
    lighten(page.tree)
    options = {"original_date": True, "max_date": f"{tomorrow()}", "url": address or ""}
    found = quietly(extract_metadata, page.tree, address, {**options, "extensive_search": True})
    day = found.date if found else quietly(find_date, page.tree, True, **options)
    moment = published_moment(judged_day(day, find_date, page.tree, options), published, shown, address or "")
    site = first_tidy(_SITE, [*page.meta("og:site_name"), getattr(found, "sitename", None)])
    return Metadata(
        title=_unglued(first_tidy(_TITLE, [getattr(found, "title", None), *heads]), heads, site),
        byline=joined_byline(
            linked_people(page.nodes, page.by_id), [getattr(found, "author", None)], page.meta(*_AUTHORS)
        ),
        date=iso_text(moment),
        updated=iso_text(
            next((later for later in updated if not moment or not is_before(later, moment)), None)
        ),
        language=page_language(page),
        site=site,
        description=first_tidy(
            _DESCRIPTION, [getattr(found, "description", None), *page.meta(*_DESCRIPTIONS)]
        ),
        url=address,
    )


def _packages() -> tuple[Callable[..., Any], Callable[..., Any]]:
    try:
        from htmldate import find_date
        from trafilatura import extract_metadata
    except ImportError as error:
        raise MissingExtraError("reading metadata", "trafilatura", "metadata") from error
    return extract_metadata, find_date


def _address(text: str, base: str | None) -> str | None:
    """An absolute web address without its fragment, or None."""
    try:
        whole = urlsplit(urljoin(base or "", text.strip()))
        good = whole.scheme in ("http", "https") and whole.hostname and not re.search(r"\s", whole.geturl())
    except ValueError:
        return None
    address = whole._replace(fragment="").geturl().encode("utf-8", "ignore").decode()
    return address if good and len(address) <= ATTRIBUTE_LIMIT else None


def _canonical(page: Heads, given: str | None) -> str | None:
    links = (link for link in page.tree.iter("link") if "canonical" in (link.get("rel") or "").lower())
    inside = given and urlsplit(given).path not in ("", "/")
    for text in (*(link.get("href") or "" for link in links), *page.meta("og:url")):
        found = _address(text, given) if text.strip() else None
        parts = urlsplit(found or "")
        if found and (parts.path not in ("", "/") or parts.query or not inside):  # else a site's front page
            return found
    return given


def _heads(page: Heads) -> Iterator[str]:
    yield from page.linked("headline")
    for element in page.tree.iter("h1"):
        yield " ".join(element.itertext())
    yield from page.meta(*_TITLES)


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _unglued(title: str | None, heads: list[str], site: str | None) -> str | None:
    """The title without the name of the site, where one of the `heads` is the bare title."""
    bare = {_folded(head): head for head in heads if _folded(head) != _folded(site or "")}
    glues = list(_GLUE.finditer(title or ""))
    parts = [
        _folded(part) for glue in glues for part in (glue.string[: glue.start()], glue.string[glue.end() :])
    ]
    return max((bare[part] for part in parts if part in bare), key=len, default=title)
