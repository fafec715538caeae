from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.html import selection
from newsclean.html.finder import Found
from newsclean.html.naming import TYPES
from newsclean.html.page import Block
from newsclean.html.parsing import parse
from newsclean.html.selection import Selected, read_blocks
from newsclean.html.switches import Switches
from page_parts import PROSE, pages

NONE = Switches()
ROWS = "<table><tr><th>Town<th>Level<tr><td>Upton<td>712 cm<tr><td>Nether<td>640 cm</table>"
switches = st.builds(Switches, *[st.sampled_from([None, True, False])] * 6)


def read(html: str, scores: list[float], monkeypatch: pytest.MonkeyPatch, **options: Any) -> Selected:
    """The blocks of a page, scored as told, with the limit at 0.5."""
    types = np.array([1.0, *[0.0] * 6], dtype=np.float32)
    found = Found(np.array(scores, np.float32), 0.5, types, [""] * len(scores))
    monkeypatch.setattr(selection, "find_blocks", lambda *_: found)
    return read_blocks(parse(html), options.get("switches", NONE), options.get("whole", True))


def kept(selected: Selected) -> list[str]:
    return [block.text for block in selected.blocks if block.kept]


def test_blocks_are_kept_from_the_limit_on(monkeypatch: pytest.MonkeyPatch) -> None:
    made = read("<p>a<p>b<p>c", [0.25, 0.5, 0.75], monkeypatch)
    assert [(block.text, block.score, block.kept, block.reason) for block in made.blocks] == [
        ("a", 0.25, False, "scored 0.25, below 0.50"),
        ("b", 0.5, True, "scored 0.50, at least 0.50"),
        ("c", 0.75, True, "scored 0.75, at least 0.50"),
    ]
    assert made.types == {"article": 1.0, **dict.fromkeys(TYPES[1:], 0.0)}


def test_the_cells_of_a_row_are_one_block_with_the_mean_score_by_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = read(ROWS, [1, 1, 1, 0, 0, 0.5], monkeypatch)
    assert [block.text for block in made.blocks] == ["Town | Level", "Upton | 712 cm", "Nether | 640 cm"]
    assert [block.kind for block in made.blocks] == ["table row"] * 3
    assert [block.score for block in made.blocks] == pytest.approx([1, 6 / 13, 0.25], abs=1e-4)
    assert kept(made) == ["Town | Level"]
    assert made.settled == (True,) * 3


@pytest.mark.parametrize("place", ["{}", "<code>{}</code>", "<div><code><b>{}</b></code></div>"])
def test_preformatted_text_stands_as_it_does_in_the_page(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = place.format("if x:\n    y<br>\tz")
    made = read(f"<pre>{code}</pre><p>a  b", [1, 1], monkeypatch)
    assert kept(made) == ["if x:\n    y\n\tz", "a b"]
    assert made.settled == (True, False)


def test_preformatted_text_keeps_the_white_space_at_its_ends_but_for_blank_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert kept(read("<pre>\n\n  a\n b  \n</pre>", [1], monkeypatch)) == ["  a\n b  "]


def test_text_in_an_element_within_a_pre_is_preformatted_and_behind_it_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = read("<pre><div>a\n  b</div></pre><div>c\n  d</div>", [1, 1], monkeypatch)
    assert kept(made) == ["a\n  b", "c d"]


def test_what_is_cut_is_cut_in_kept_blocks_only(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<p>{PROSE[0]}<sup><a href='#n1'>[1]</a></sup></p>" * 2
    left, took = read(page, [0, 1], monkeypatch).blocks
    assert (left.cuts, left.kept_text) == ((), "")
    assert took.kept_text == PROSE[0]


def test_links_are_told_of_kept_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    made = read("<p>Rain <a href=/x>fell</a> all day", [1], monkeypatch).blocks[0]
    assert [(made.text[link.start : link.end], link.href) for link in made.links] == [("fell", "/x")]


def test_switches_change_what_is_kept_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<p>{PROSE[0]}</p><figure><img><figcaption>A flood.</figcaption></figure><p>{PROSE[1]}</p>"
    taken = read(page, [1, 0, 1], monkeypatch, switches=Switches(captions=True))
    assert kept(taken) == [PROSE[0], "A flood.", PROSE[1]]
    assert taken.blocks[1].reason == "captions are kept"
    assert kept(read(page, [1, 1, 1], monkeypatch, switches=Switches(captions=False))) == [PROSE[0], PROSE[1]]


@given(pages, switches)
def test_the_fast_way_keeps_the_same_texts_as_the_whole(html: str, chosen: Switches) -> None:
    parsed = parse(html)
    whole, fast = read_blocks(parsed, chosen), read_blocks(parsed, chosen, whole=False)
    assert [(b.text, b.cuts, b.score) for b in whole.blocks if b.kept] == [
        (b.text, b.cuts, b.score) for b in fast.blocks
    ]
    assert fast.types == whole.types
    assert [fixed for block, fixed in zip(whole.blocks, whole.settled, strict=True) if block.kept] == list(
        fast.settled
    )


@given(pages, switches)
def test_the_blocks_hold_all_text_of_the_page_in_order(html: str, chosen: Switches) -> None:
    parsed = parse(html)
    made = read_blocks(parsed, chosen)

    def bare(texts: list[str]) -> str:
        return "".join("".join(texts).replace("|", "").split())

    assert bare([block.text for block in made.blocks]) == bare(parsed.texts)
    for block in made.blocks:
        assert_in_order(block)


def assert_in_order(block: Block) -> None:
    for spans in (block.cuts, block.links):
        at = 0
        for span in spans:
            assert at <= span.start < span.end <= len(block.text)
            at = span.end
