from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from newsclean.html import characters as ch
from newsclean.html.parsing import Parsed, parse
from newsclean.html.shape import Shape, page_shape, ratio, running
from newsclean.html.walk import BREAK
from page_parts import pages, trees


def shape(html: str) -> tuple[Parsed, Shape]:
    parsed = parse(html)
    if not parsed.texts:
        reject()
    return parsed, page_shape(parsed)


def pieces(parsed: Parsed, block: int) -> list[tuple[str, int]]:
    page = parsed.page
    first, after = page.start[block], page.start[block + 1]
    return list(zip(page.text[first:after], page.at[first:after], strict=True))


def solid(text: str) -> float:
    counts = ch.class_counts([text])[0]
    return float(counts.sum() - counts[ch.SPACE])


@given(pages)
def test_the_counts_of_a_block_are_those_of_its_pieces(html: str) -> None:
    parsed, s = shape(html)
    for block in range(len(parsed.texts)):
        whole = "".join(text for text, _ in pieces(parsed, block))
        assert s.counts[block].tolist() == ch.class_counts([whole])[0].tolist()
        assert s.chars[block] == solid(whole)


@given(pages)
def test_the_share_in_links_is_of_the_characters_that_are_no_white_space(html: str) -> None:
    parsed, s = shape(html)
    for block, linked in enumerate(s.linked):
        parts = pieces(parsed, block)
        inside = sum(solid(text) for text, at in parts if parsed.page.elements.link[at] >= 0)
        assert linked == pytest.approx(inside / max(1, solid("".join(text for text, _ in parts))))
    assert ((s.linked >= 0) & (s.linked <= 1)).all()


@given(trees)
def test_the_wider_element_is_above_and_holds_at_least_as_many_blocks(html: str) -> None:
    _, s = shape(html)
    for at, wider in enumerate(s.wider):
        assert wider <= at
        assert s.stop[wider] >= s.stop[at]
        assert s.first[wider] <= s.first[at]
        assert s.end[wider] >= s.end[at]


@pytest.mark.parametrize("wrappers", [0, 1, 2, 7, 20])
def test_wrappers_within_wrappers_are_passed_over(wrappers: int) -> None:
    opened = "<div>" * wrappers
    parsed = parse(f"<main><p>a</p>{opened}<section><p>b<p>c</section>{'</div>' * wrappers}<p>d</main>")
    s = page_shape(parsed)
    tags = parsed.page.elements.tag
    second = s.owner[1]
    assert tags[s.wider[second]] == "section"
    assert tags[s.wider[s.wider[second]]] == "main"


@pytest.mark.parametrize(
    ("text", "words"),
    [("Rain", 1), ("Rain fell today", 3), ("Rain<br>fell today", 2), ("日本", 2), ("日本 語", 3.5)],
)
def test_words_are_counted_by_blanks_and_ideographs_count_half(text: str, words: float) -> None:
    assert shape(f"<p>{text}")[1].words.tolist() == [words]


def test_a_block_s_outermost_characters_have_their_classes() -> None:
    s = shape("<p>“Rain fell.<p>It dried!<p>9 a")[1]
    assert s.first_class.tolist() == [ch.QUOTE, ch.UPPER, ch.DIGIT]
    assert s.last_class.tolist() == [ch.END, ch.END, ch.LETTER]


def test_line_breaks_are_no_characters() -> None:
    parsed, s = shape("<p>a<br>b")
    assert BREAK in parsed.page.text
    assert s.chars.tolist() == [2]


@given(st.lists(st.floats(0, 1e6, width=32), max_size=9))
def test_running_sums_begin_with_nothing_and_end_with_all(values: list[float]) -> None:
    sums = running(np.array(values, dtype=np.float32))
    assert sums.tolist() == pytest.approx([sum(values[:n]) for n in range(len(values) + 1)], rel=1e-6)


def test_a_ratio_to_less_than_one_is_the_part_itself() -> None:
    part, whole = np.array([1, 2, 3], dtype=np.float32), np.array([0, 0.5, 6], dtype=np.float32)
    assert ratio(part, whole).tolist() == [1, 2, 0.5]
