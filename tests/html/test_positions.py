from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inline_html import HTML
from newsclean.html.page import Link
from newsclean.html.parsing import block_text, parse
from newsclean.html.positions import block_links, piece_spans
from newsclean.html.walk import BREAK


def test_links_are_spans_of_the_text() -> None:
    parsed = parse(
        '<p>Rain  <a href="/x"> fell <b>all</b> </a> day <a href="/y"><img></a> <a href="">long</a>.'
    )
    text = parsed.texts[0]
    links = block_links(parsed.page, 0, text)
    assert links == (Link(5, 13, "/x"), Link(18, 22, ""))
    assert [text[link.start : link.end] for link in links] == ["fell all", "long"]


def test_a_block_without_links_has_none() -> None:
    parsed = parse("<p>Rain <b>fell</b>.")
    assert block_links(parsed.page, 0, parsed.texts[0]) == ()


PIECES = st.lists(
    st.sampled_from(
        [BREAK, " ", "", "\n", "a", "bc", "é", "\u00a0", " \t x", "y \f", "\x1c", "a\x1cb", "p  q", "\u3000"]
    ),
    max_size=12,
)


@given(PIECES)
def test_the_spans_of_the_pieces_tile_the_text(pieces: list[str]) -> None:
    text = block_text(pieces)
    spans = piece_spans(pieces, text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert [start for start, _ in spans] == [0, *(end for _, end in spans)][: len(spans)]
    for piece, (start, end) in zip(pieces, spans, strict=True):
        assert "".join(text[start:end].split()) == "".join(piece.replace(BREAK, "").split())


@given(HTML)
def test_the_pieces_and_links_of_each_block_have_their_places_in_its_text(html: str) -> None:
    parsed = parse(f"<div>{html}<p>{html}</p>{html}</div>")
    page = parsed.page
    for block, text in enumerate(parsed.texts):
        spans = piece_spans(page.text[page.start[block] : page.start[block + 1]], text)
        assert "".join(text[start:end] for start, end in spans) == text
        for link in block_links(page, block, text):
            inside = text[link.start : link.end]
            assert inside == inside.strip() != ""
