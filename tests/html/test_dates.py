from __future__ import annotations

import pytest

from metadata_pages import ARTICLE, BODY, articled, linked, meta, page
from newsclean.html.metadata import read_metadata


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        (meta("article:published_time", "2024-01-04T10:12:00Z"), "", "2024-01-04T10:12:00+00:00"),
        (meta("article:published_time", "2024-01-04 10:12:00 +0100"), "", "2024-01-04T10:12:00+01:00"),
        (meta("article:published_time", "Thu, 04 Jan 2024 10:12:00 GMT"), "", "2024-01-04T10:12:00+00:00"),
        (meta("article:published_time", "2024-01-04T10:12:00.1234567Z"), "", "2024-01-04T10:12:00+00:00"),
        (meta("dcterms.issued", "2024-01-04"), "", "2024-01-04"),
        (meta("citation_publication_date", "2024/01/04"), "", "2024-01-04"),
        (meta("date", "January 4, 2024"), "", "2024-01-04"),
        (linked({**ARTICLE, "datePublished": "1987-05-03"}), "<p>© 2024</p>", "1987-05-03"),
        ("", '<time datetime="2024-01-04T10:12">4 January</time>', "2024-01-04T10:12:00"),
        ("", '<span itemprop="datePublished" content="2024-01-04">4 January</span>', "2024-01-04"),
        ("", '<p class="date">4 January 2024</p>', "2024-01-04"),
        ("", "<footer>© 2024 Valley Post</footer>", None),
        (meta("article:published_time", "1970-01-01T00:00:00Z"), "", None),
        (meta("article:published_time", "2999-01-01T00:00:00Z"), "", None),
        (meta("article:published_time", "0001-01-01T00:00:00"), "", None),
        (meta("article:published_time", "{{ date }}"), "", None),
    ],
)
def test_the_date_comes_with_its_time_where_the_page_gives_one(head: str, body: str, day: str | None) -> None:
    assert read_metadata(page(head, BODY + body)).date == day


def test_the_moment_of_another_time_zone_is_that_of_the_day_in_the_address() -> None:
    html = articled(datePublished="2024-01-03T23:30:00Z")
    assert read_metadata(html, "https://valley.example/2024/01/04/rain").date == "2024-01-03T23:30:00+00:00"


def test_the_day_in_the_address_outweighs_a_later_stamp() -> None:
    html = articled(datePublished="2024-03-09T08:00:00Z")
    assert read_metadata(html, "https://valley.example/2024/01/04/rain").date == "2024-01-04"


@pytest.mark.parametrize(
    ("head", "updated"),
    [
        (meta("article:modified_time", "2024-01-05T08:00:00Z"), "2024-01-05T08:00:00+00:00"),
        (meta("og:updated_time", "2024-01-05"), "2024-01-05"),
        (linked({"@type": "WebPage", "dateModified": "2024-01-05"}), "2024-01-05"),
        ('<meta itemprop="dateModified" content="2024-01-05">', "2024-01-05"),
        (meta("article:modified_time", "2024-01-02"), None),
        ("", None),
    ],
)
def test_updated_is_what_is_declared_and_not_before_the_date(head: str, updated: str | None) -> None:
    assert read_metadata(page(linked(ARTICLE) + head)).updated == updated
