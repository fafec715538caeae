"""When a page says that it was published and updated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from newsclean.html.heads import Heads
from newsclean.html.tidying import quietly, tidy

__all__ = [
    "Moment",
    "declared_moments",
    "is_before",
    "iso_text",
    "judged_day",
    "published_moment",
    "tomorrow",
]

_EARLIEST = date(1800, 1, 1)  # archives of newspapers reach back that far
_EPOCH = (date(1969, 12, 31), date(1970, 1, 1))  # what a missing timestamp turns into
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
)
_PUBLISHED = re.findall(
    r"\S+",
    "article:published_time og:article:published_time og:published_time datepublished dcterms.issued dc.date.issued "
    "dcterms.created dcterms.date dc.date citation_publication_date parsely-pub-date sailthru.date pubdate date",
)
_DAY = re.compile(r"([0-9]{4})([-/.]?)([0-9]{2})\2([0-9]{2})")
_GAP = re.compile(r"\s+(?=[+-][0-9])")
_MAIL_DATE = re.compile(r"(?:[A-Z][a-z]{2}, )?[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}")
Moment = date | datetime


def declared_moments(page: Heads, find_date: Callable[..., str | None]) -> tuple[list[Moment], ...]:
    """When a page says that it was published, and updated; and the other times that it shows."""

    def read(*sources: Iterable[str]) -> list[Moment]:
        texts = [text for source in sources for text in source if text.strip()]
        return [found for text in texts[:20] if (found := _moment(text, find_date))]

    def marked(key: str) -> list[str]:
        found: list[str] = page.tree.xpath(
            f"//*[@itemprop='{key}']/@datetime | //*[@itemprop='{key}']/@content"
        )
        return found

    late = (
        "(contains(@class, 'updated') or contains(@class, 'modified')) and not(contains(@class, 'published'))"
    )
    changed = page.tree.xpath(f"//time[{late}]/@datetime")
    return (
        read(page.linked("datePublished"), page.meta(*_PUBLISHED), marked("datePublished")),
        read(page.linked("dateModified"), page.meta(*_UPDATED), marked("dateModified"), changed),
        read(page.tree.xpath(f"//time[not({late})][not(@itemprop='dateModified')]/@datetime")),
    )


def judged_day(day: Any, find_date: Callable[..., Any], tree: Any, options: dict[str, Any]) -> date | None:
    """The day that htmldate found: the first of a month, its guess from a year or month alone, only if surely."""
    if not isinstance(day, str) or (
        day.endswith("-01") and quietly(find_date, tree, False, **options) != day
    ):
        return None
    found: date | None = quietly(date.fromisoformat, day)
    return found


def published_moment(
    day: date | None, declared: list[Moment], shown: list[Moment], address: str
) -> Moment | None:
    """The moment that the page gives for htmldate's day; another declared one unless the address has the day."""
    said = [moment for moment in (*declared, *shown) if day and _is_on(moment, day)]
    if said:
        return max(said, key=lambda moment: isinstance(moment, datetime))
    in_address = day and f"{day:%Y%m%d}" in re.sub("[/_.-]", "", address)
    return declared[0] if declared and not in_address else day


def is_before(one: Moment, other: Moment) -> bool:
    """Whether one moment is before another, to the day where one of them names no more."""
    if isinstance(one, datetime) and isinstance(other, datetime) and one.tzinfo and other.tzinfo:
        return one < other
    return _day(one) < _day(other)


def iso_text(moment: Moment | None) -> str | None:
    """A moment as in ISO 8601, to the second; a day as a day.

    >>> iso_text(date(2024, 1, 4))
    '2024-01-04'
    """
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat() if moment else None


def tomorrow() -> date:
    """The last day that it may be anywhere in the world."""
    return datetime.now(UTC).date() + timedelta(days=1)


def _moment(text: str, find_date: Callable[..., str | None]) -> Moment | None:
    """A declared day or moment; htmldate reads what is in no standard form."""
    from lxml.html import document_fromstring

    text = re.sub(r"\s*(?:UTC|GMT)$", " +0000", tidy(text, 100) or "")
    found: Moment | None = None
    try:
        if day := _DAY.fullmatch(text):
            found = date(int(day[1]), int(day[3]), int(day[4]))
        else:
            mail = _MAIL_DATE.match(text)
            found = parsedate_to_datetime(text) if mail else datetime.fromisoformat(_GAP.sub("", text))
    except ValueError:
        tree = document_fromstring('<head><meta property="article:published_time"></head><body></body>')
        tree.find(".//meta").set("content", text)
        found = quietly(lambda: date.fromisoformat(find_date(tree, False, True, url="") or ""))
    return found if found and _EARLIEST <= _day(found) <= tomorrow() and _day(found) not in _EPOCH else None


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _is_on(moment: Moment, day: date) -> bool:
    """Whether a moment is on a day where the page was written, wherever that is."""
    if not isinstance(moment, datetime) or not moment.tzinfo:
        return _day(moment) == day
    world = moment.astimezone(UTC)
    return (world - timedelta(hours=12)).date() <= day <= (world + timedelta(hours=14)).date()
