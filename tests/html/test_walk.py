from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from newsclean.html.walk import BREAK, DROPPED, Page, walk
from page_parts import trees

INSIDE_LINES = {"a", "b", "i", "span", "em", "sup", "code", "label", "font", "ruby", "img"}
NO_TEXT = {"iframe", "select", "textarea", "math"}


def root(html: str) -> Any:
    parser = LexborHTMLParser(html.encode("utf-8", "replace"))
    parser.strip_tags(list(DROPPED))
    return parser.root


def walked(html: str, most: int = 1_000) -> Page:
    return walk(root(html), most)


def texts(html: str) -> list[str]:
    """The blocks of a page, "/" for line breaks."""
    page = walked(html)
    return [
        "".join(page.text[a:b]).replace(BREAK, "/").strip(" /")
        for a, b in zip(page.start, page.start[1:], strict=False)
    ]


def told(html: str, tag: str, name: str) -> list[int]:
    """What the walk says under `name` of each element of a tag."""
    elements = walked(html).elements
    return [getattr(elements, name)[at] for at, own in enumerate(elements.tag) if own == tag]


def read_plainly(node: Any, read: bool, at: int, found: dict[str, list[Any]]) -> None:
    """The same by recursion: tags, parents and what hides each element, texts with their elements."""
    for child in node.iter(include_text=True):
        tag = child.tag
        if tag == "-text":
            if read and not child.text_content.isspace():
                found["texts"].append((child.text_content, at))
        elif tag not in ("br", "hr") and tag[0] not in "-!":
            found["tags"].append(tag)
            found["parents"].append(at)
            found["attributes"].append(child.attributes)
            read_plainly(child, read and tag not in NO_TEXT, len(found["tags"]) - 1, found)


def plain(html: str) -> dict[str, list[Any]]:
    top = root(html)
    found: dict[str, list[Any]] = {
        "tags": [top.tag], "parents": [-1], "attributes": [top.attributes], "texts": []
    }  # fmt: skip
    read_plainly(top, True, 0, found)
    return found


def above(parents: list[int], at: int) -> list[int]:
    """An element and those around it."""
    made = []
    while at >= 0:
        made.append(at)
        at = parents[at]
    return made


@given(trees)
def test_each_text_of_the_page_stands_in_one_piece_in_order_with_its_element(html: str) -> None:
    page = walked(html)
    pieces = [
        (text, at)
        for text, at in zip(page.text, page.at, strict=True)
        if text != BREAK and not text.isspace()
    ]
    assert pieces == plain(html)["texts"]


@given(trees)
def test_the_elements_are_those_of_the_parser_in_order(html: str) -> None:
    elements, expected = walked(html).elements, plain(html)
    assert elements.tag == expected["tags"]
    assert list(elements.parent) == expected["parents"]


@given(trees)
def test_the_blocks_part_the_pieces_and_none_is_empty(html: str) -> None:
    page = walked(html)
    assert list(page.start) == sorted(set(page.start))
    assert page.start[0] == 0
    assert page.start[-1] == len(page.text) == len(page.at)
    assert len(page.owner) == len(page.start) - 1
    for first in page.start[:-1]:
        assert page.text[first] != BREAK
        assert not page.text[first].isspace()


@given(trees)
def test_all_texts_of_a_block_have_its_owner(html: str) -> None:
    page = walked(html)
    for block, owner in enumerate(page.owner):
        for piece in range(page.start[block], page.start[block + 1]):
            if not page.text[piece].isspace() and page.text[piece] != BREAK:
                assert page.elements.owner[page.at[piece]] == owner


@given(trees)
def test_an_owner_is_the_nearest_element_around_that_is_no_part_of_a_line(html: str) -> None:
    elements = walked(html).elements
    for at, owner in enumerate(elements.owner):
        around = above(list(elements.parent), at)
        passed = around[: around.index(owner)]
        assert all(elements.tag[e] in INSIDE_LINES or "-" in elements.tag[e] for e in passed)
        assert owner == 0 or elements.tag[owner] not in INSIDE_LINES


@given(trees)
def test_links_and_what_is_hidden_go_down_to_all_that_is_below(html: str) -> None:
    elements, expected = walked(html).elements, plain(html)
    for at in range(len(elements.tag)):
        around = above(expected["parents"], at)
        links = [e for e in around if elements.tag[e] == "a" and "href" in expected["attributes"][e]]
        assert elements.link[at] == (links[0] if links else -1)
        hides = [
            e
            for e in around
            if "hidden" in (a := expected["attributes"][e])
            or a.get("aria-hidden") == "true"
            or "DISPLAY" in (a.get("style") or "")
        ]
        assert bool(elements.hidden[at]) == bool(hides)
    assert sorted(elements.href) == [e for e in range(len(elements.tag)) if elements.link[e] == e]


@given(trees)
def test_an_element_stops_before_the_first_that_is_not_below_it(html: str) -> None:
    elements = walked(html).elements
    parents = list(elements.parent)
    for at, stop in enumerate(elements.stop):
        assert [e for e in range(len(parents)) if at in above(parents, e)] == list(range(at, stop))


@given(trees)
def test_the_range_of_an_element_that_owns_blocks_is_the_blocks_that_begin_in_it(html: str) -> None:
    page = walked(html)
    elements = page.elements
    for at in range(len(elements.tag)):
        if elements.owner[at] == at:
            begun = [
                block
                for block, first in enumerate(page.start[:-1])
                if at <= page.at[first] < elements.stop[at]
            ]
            assert begun == list(range(elements.first[at], elements.end[at]))


@given(trees)
def test_elements_of_one_kind_have_one_key(html: str) -> None:
    page, expected = walked(html), plain(html)
    assert len(set(page.keys)) == len(page.keys)
    for at, number in enumerate(page.elements.key):
        key = (*page.keys[number], None, None)
        attributes = expected["attributes"][at]
        assert key[:3] == (expected["tags"][at], attributes.get("class"), attributes.get("id"))


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>a<p>b", ["a", "b"]),
        ("a<p>b</p>c", ["a", "b", "c"]),
        ("<p>a<br>b", ["a/b"]),
        ("<p>a<br> \n b", ["a/ \n b"]),
        ("<p>a<br><br>b", ["a", "b"]),
        ("<p>a<br> <!-- x --> <br>b", ["a", "b"]),
        ("<p>a<br><b></b><br>b", ["a", "b"]),
        ("<p>a<br>b<br>c", ["a/b/c"]),
        ("<p>a<b><br><br></b>b", ["a", "b"]),
        ("<br><br>a<br>", ["a"]),
        ("<div>a<hr>b", ["a", "b"]),
        ("<div><br>a</div><div><br>b", ["a", "b"]),
        ("<p>a<b>b</b><i>c</i>", ["abc"]),
        ("<p>a<img>b<wbr>c<!-- d -->e<input>f", ["abcef"]),
        ("<b>a<div>b</div>c</b>", ["a", "b", "c"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<table><tr><td>a<td>b</table>", ["a", "b"]),
        ("<p>a <x-link>b</x-link> c", ["a b c"]),
        ("<div>a <x-card>b</x-card> c", ["a", "b", "c"]),
        ("<button>a</button><label>b</label><label>c", ["a", "bc"]),
        ("<iframe>a</iframe><select><option>b</select><textarea>c</textarea>", []),
        ("<iframe>a</iframe>b<p>c", ["b", "c"]),
        ("<select><option>a</select><p>c", ["c"]),
        ("", []),
        (" \n ", []),
        ("<p> </p><p>\u00a0</p>", []),
    ],
)  # fmt: skip
def test_block_elements_rules_and_two_line_breaks_part_blocks(html: str, blocks: list[str]) -> None:
    assert texts(html) == blocks


@pytest.mark.parametrize("tag", sorted({*DROPPED} - {"head"}))
def test_what_is_dropped_parts_no_line(tag: str) -> None:
    assert texts(f"<body><p>a<{tag}>x</{tag}>b") == ["ab"]


@pytest.mark.parametrize(
    ("attribute", "hidden"),
    [
        ("hidden", True),
        ("hidden=false", True),
        ("aria-hidden=true", True),
        ("aria-hidden=false", False),
        ("style='display: none'", True),
        ("style='color:red;VISIBILITY:HIDDEN'", True),
        ("style='display:block'", False),
        ("style", False),
        ("class=hidden", False),
    ],
)
def test_attributes_hide_an_element(attribute: str, hidden: bool) -> None:
    assert told(f"<p {attribute}>a", "p", "hidden") == [hidden]


def test_what_follows_a_hidden_element_is_not_hidden() -> None:
    assert told("<div><p hidden>a</p><p>b</p></div><p>c", "p", "hidden") == [True, False, False]


def test_only_links_with_an_address_are_links_and_the_innermost_counts() -> None:
    page = walked("<a>x</a><a href>y</a><a href='/z'>z</a>")
    assert list(page.elements.href.values()) == ["", "/z"]
    assert [page.elements.link[at] for at in page.at] == [-1, 3, 4]


def test_a_key_holds_what_names_an_element() -> None:
    page = walked(
        "<p role=r itemprop=i data-testid=t data-component=c data-type=y data-module=m class=k id=d>a"
    )
    assert page.keys[page.elements.key[page.at[0]]] == ("p", "k", "d", "r", "i", "t", "c", "y", "m")


@pytest.mark.parametrize(
    "piece", ["<p>a</p>", "<p>a", "a<br><br>", "a<hr>", "<div>a", "a<div>", "<li>a<ul>", "<table><tr><td>a"]
)
def test_the_walk_ends_at_the_most_blocks_however_they_are_parted(piece: str) -> None:
    page = walked(piece * 12, most=5)
    assert len(page.owner) == 5
    assert len(page.start) == 6
    assert page.start[-1] == len(page.text)
    assert "".join(page.text).replace(BREAK, "").strip() == "aaaaa"
    assert all(stop > at for at, stop in enumerate(page.elements.stop))
