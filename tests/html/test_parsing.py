from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.html import bounding, parsing
from newsclean.html.bounding import MOST_CHARACTERS, MOST_TAGS
from newsclean.html.parsing import MOST_BLOCKS, block_text, parse
from newsclean.html.walk import BREAK
from page_parts import pages, trees


@given(pages)
def test_no_block_is_blank_or_has_white_space_at_its_ends(html: str) -> None:
    for text in parse(html).texts:
        assert text.strip(" \n") == text != ""
        assert not re.search(r"[\t\r\f\v]|  ", text)


@given(trees)
def test_the_texts_of_the_blocks_are_those_of_the_page_in_order(html: str) -> None:
    parsed = parse(html)
    assert len(parsed.texts) == len(parsed.page.owner)
    pieces = "".join(piece for piece in parsed.page.text if piece != BREAK)
    assert "".join("".join(parsed.texts).split()) == "".join(pieces.split())


@given(st.lists(st.sampled_from(["a", " ", "\n", "b c", BREAK, "\t", "\u00a0", "é"])))
def test_white_space_counts_once_and_never_at_the_ends_of_a_line(pieces: list[str]) -> None:
    expected = [re.sub(r"[ \t\n]+", " ", line).strip(" ") for line in "".join(pieces).split(BREAK)]
    if "".join(pieces).isascii():  # there the two ways to see white space are one
        assert block_text(pieces).strip() == "\n".join(expected).strip()
    assert "  " not in block_text(pieces)


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>Rain\n\t fell</p>", ["Rain fell"]),
        ("<p>Rain<br>fell", ["Rain\nfell"]),
        ("<p><b>Rain</b> <i>fell</i>\n<b>all</b><i>day</i>", ["Rain fell allday"]),
        ("<p>Rain <br> fell<br>", ["Rain\nfell"]),
        ("<p>日本\u00a0語", ["日本\u00a0語"]),
        ("<p>é \u3000 x", ["é \u3000 x"]),
        ("<p>R\0ain", ["Rain"]),
        ("<p>R&#0;ain", ["R\ufffdain"]),
        ("<p>&lt;b> &amp;amp;", ["<b> &amp;"]),
        ("<p>\ud800Rain", ["?Rain"]),
        ("no tags at all", ["no tags at all"]),
        ("<svg><text>x</text></svg><p>y", ["y"]),
        ("<noscript>x</noscript>", ["x"]),
        ("<template><p>x</template>y", ["y"]),
        ("<title>x</title>y", ["y"]),
        ("<pre>a\n  b</pre>", ["a b"]),
    ],
)
def test_text_is_as_a_browser_shows_it(html: str, texts: list[str]) -> None:
    assert parse(html).texts == texts


def test_a_page_of_people_is_read_in_whole() -> None:
    assert parse("<div>" * 900 + "x" + "</div>" * 900).cut == ""


@pytest.mark.parametrize(
    ("name", "html", "told"),
    [
        ("MOST_CHARACTERS", "<p>Rain fell</p>" * 20, "all but the first 100 characters"),
        ("MOST_TAGS", "<p>a</p>" * 100, "all but the first 100 tags"),
        ("MOST_BLOCKS", "<p>a</p>" * 101, "all but the first 100 blocks"),
    ],
)
def test_what_was_not_read_is_told(monkeypatch: pytest.MonkeyPatch, name: str, html: str, told: str) -> None:
    monkeypatch.setattr(parsing if name == "MOST_BLOCKS" else bounding, name, 100)
    monkeypatch.setattr(bounding, "_FEW_TAGS", 10)
    parsed = parse(html)
    assert parsed.cut == told
    assert 0 < len(parsed.texts) <= 100
    assert parsed.texts[0] in ("Rain fell", "a")


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("MOST_CHARACTERS", "<p>Rain</p>" * 8),
        ("MOST_TAGS", "<p>a</p>" * 50),
        ("MOST_BLOCKS", "<p>a</p>" * 99),
    ],
)
def test_a_page_within_the_limits_is_not_cut(monkeypatch: pytest.MonkeyPatch, name: str, html: str) -> None:
    monkeypatch.setattr(parsing if name == "MOST_BLOCKS" else bounding, name, 100)
    monkeypatch.setattr(bounding, "_FEW_TAGS", 10)
    assert parse(html).cut == ""


def test_no_limit_is_below_what_pages_of_people_have() -> None:
    assert MOST_CHARACTERS >= 20_000_000
    assert MOST_TAGS >= 400_000
    assert MOST_BLOCKS >= 20_000


@pytest.mark.parametrize("tag", ["div", "b", "ul", "font", "table", "section", "x-box"])
def test_elements_that_are_nested_too_deep_are_left_out_and_their_text_is_kept(tag: str) -> None:
    parsed = parse(f"<{tag}>" * 30_000 + "Rain fell." + f"</{tag}>" * 30_000 + "<p>The end.")
    assert len(parsed.page.elements.tag) < 2_000
    assert parsed.texts == ["Rain fell.", "The end."]


def test_elements_on_one_level_are_none_too_deep() -> None:
    parsed = parse("<div><p>a<li>b<br></div>" * 8_000)
    assert parsed.texts == ["a", "b"] * 8_000
    assert parsed.page.elements.tag.count("div") == 8_000


@pytest.mark.parametrize("attribute", ["a{}=1", "a{}", "a{}='x'", "A{}", 'a{}="\n"'])
def test_a_tag_of_thousands_of_attributes_loses_them_and_keeps_its_text(attribute: str) -> None:
    many = " ".join(attribute.format(i) for i in range(20_000))
    parsed = parse(f"<div class=x>Snow. <p class=y {many}>Rain fell.</p><p class=z>It dried.</p>")
    assert parsed.texts == ["Snow.", "Rain fell.", "It dried."]
    assert [key[:2] for key in parsed.page.keys][2:] == [("div", "x"), ("p", "y"), ("p", "z")]
    assert len(parsed.page.keys) == 5


@pytest.mark.parametrize("value", ["x" * 100_000, "x " * 800 + "y" * 60_000])
def test_a_long_attribute_is_no_reason_to_lose_it(value: str) -> None:
    assert parse(f"<p class='{value}' id=d>Rain fell.").page.keys[-1][:3] == ("p", value, "d")


def test_a_long_text_without_tags_is_kept_in_whole() -> None:
    text = "Rain fell all day. " * 10_000
    assert parse(f"<p>{text}</p>").texts == [text.strip()]
