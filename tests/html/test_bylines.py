from __future__ import annotations

import pytest

from metadata_pages import ARTICLE, BODY, articled, linked, meta, page
from newsclean.html.metadata import read_metadata


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        (
            [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "John Roe"}],
            "Jane Doe, John Roe",
        ),
        ([{"name": "Jane Doe"}, {"name": "JANE DOE"}], "Jane Doe"),
        ("By Jane Doe and John Roe", "Jane Doe, John Roe"),
        (["Jane Doe", "John Roe"], "Jane Doe, John Roe"),
        ({"@type": "Person", "givenName": "Jane", "familyName": "Doe"}, "Jane Doe"),
        ({"@type": "Person", "name": ["Jane Doe"]}, "Jane Doe"),
        ({"@type": "Person", "name": "Vincent To Hong"}, "Vincent To Hong"),
        ({"@type": "Person", "name": "von der Leyen"}, "von der Leyen"),
        ({"@type": "Organization", "name": "AFP"}, "AFP"),
        ([{"@type": "Organization", "name": "AFP"}, {"@type": "Person", "name": "Jane Doe"}], "Jane Doe"),
        ({"@type": "Person", "name": "Jane Doe (jane@valley.example)"}, "Jane Doe"),
        ({"@type": "Person", "name": "https://valley.example/jane"}, None),
        ({"@type": "Person", "name": "jane@valley.example"}, None),
        ({"@type": "Person", "name": "admin"}, None),
        ({"@type": "Person", "name": {"name": {}}}, None),
        ([[["Jane"]], 7, None], None),
    ],
)
def test_the_authors_of_linked_data_make_the_byline(author: object, byline: str | None) -> None:
    assert read_metadata(articled(author=author)).byline == byline


@pytest.mark.parametrize(
    ("head", "body", "byline"),
    [
        (meta("author", "By Jane Doe"), "", "Jane Doe"),
        (meta("article:author", "https://www.facebook.com/janedoe"), "", None),
        (meta("article:author", "www.facebook.com/janedoe"), "", None),
        (meta("dcterms.creator", "Jane Doe"), "", "Jane Doe"),
        ("", '<a rel="author" href="/jane">Jane Doe</a>', "Jane Doe"),
        ("", '<span class="byline">By Jane Doe jane@valley.example</span>', "Jane Doe"),
        ("", "", None),
    ],
)
def test_other_markup_gives_the_byline(head: str, body: str, byline: str | None) -> None:
    assert read_metadata(page(head, BODY + body)).byline == byline


def test_an_author_of_a_graph_is_found_by_its_id() -> None:
    article = {**ARTICLE, "author": {"@id": "#jane"}}
    people = [{"@type": "Person", "@id": "#john", "name": "John Roe"}, {"@id": "#jane", "name": "Jane Doe"}]
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, article, *people]}
    found = read_metadata(page(linked(graph)))
    assert (found.byline, found.date) == ("Jane Doe", ARTICLE["datePublished"])
