from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.html import naming
from newsclean.html.hints import Hints
from newsclean.html.naming import TYPE_SCALE, TYPES, Naming, block_tokens, page_tokens
from newsclean.html.parsing import parse
from newsclean.html.tokens import key_tokens
from page_parts import pages

KEYS = [("div", "content", None), ("p",), ("div", "menu content", "top"), ("body",)]


def made(types: dict[str, int] | None = None, weights: list[list[float]] | None = None) -> Naming:
    """A naming with some weights of its own."""
    names = {"<div": (1.0, 0.5), ".content": (2.0, 0.25), "content": (4.0, 8.0), "#top": (-16.0, -1.0)}
    words = {"rain": 1.0, "^read": -2.0, "^read more": -4.0, "=read more": -8.0}
    rows = np.array(weights or np.zeros((0, len(TYPES))), dtype=np.float32).reshape(-1, len(TYPES))
    return Naming(names, words, types or {}, rows, np.zeros(len(TYPES), dtype=np.float32))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        (" \n", []),
        ("Rain", ["rain", "^rain", "=rain"]),
        ("Read\nMore", ["read", "more", "^read", "^read more", "=read more"]),
        ("a b c d", ["a", "b", "c", "d", "^a", "^a b", "=a b c d"]),
        ("a b c d e", ["a", "b", "c", "d", "e", "^a", "^a b"]),
        ("a b c d e f g h i", [*"abcdefgh", "^a", "^a b"]),
        ("x" * 80, ["x" * 70, "^" + "x" * 70, "=" + "x" * 70]),
    ],
)
def test_a_block_s_tokens_are_the_words_it_begins_with(text: str, tokens: list[str]) -> None:
    assert block_tokens(text) == tokens


@pytest.mark.parametrize(
    ("hints", "blocks", "told"),
    [
        (Hints(), 0, {"depth:0", "slug:0", "size:1"}),
        (Hints(), 7, {"depth:0", "slug:0", "size:4"}),
        (Hints(kinds=("og:article",)), 0, {"k:og:article"}),
        (Hints(titles=("Rain, again", "Snow")), 0, {"t:rain", "t:again"}),
        (
            Hints(url="https://News.example/2024/Rain-fell-here/"),
            0,
            {"n:news", "n:example", "u:4", "u:rain", "u:fell", "depth:2", "slug:2"},
        ),
        (Hints(url="http://a.b/" + "x/" * 9 + "a-" * 20), 0, {"depth:6", "slug:8"}),
        (Hints(url="http://[broken"), 0, {"depth:0", "slug:0"}),
        (Hints(url="\0 ://?#"), 0, {"size:1"}),
    ],
)
def test_the_head_of_a_page_tells_of_its_type(hints: Hints, blocks: int, told: set[str]) -> None:
    tokens = page_tokens([], hints, blocks)
    assert told <= tokens
    assert "t:snow" not in tokens


def test_a_page_s_tokens_hold_those_of_all_its_elements() -> None:
    assert set().union(*map(key_tokens, KEYS)) <= page_tokens(KEYS, Hints(), 3)


def test_names_lean_to_the_sum_of_their_tokens_weights() -> None:
    near, far = made().leans(KEYS)
    assert near.tolist() == [7, 0, -9, 0]
    assert far.tolist() == [8.75, 0, 7.75, 0]


def test_words_lean_to_the_sum_of_their_weights() -> None:
    texts = ["Rain fell", "Read more", "Snow", "", "rain rain"]
    assert made().words_lean(texts, [True] * 5).tolist() == [1, -14, 0, 0, 2]
    assert made().words_lean(texts, [False, True, True, True, False]).tolist() == [0, -14, 0, 0, 0]


def test_a_page_s_type_is_the_softmax_of_the_scaled_weights_of_its_tokens() -> None:
    weights = [[1.0, 0, 0, 0, 0, 0, 0], [2.0, 0, 0, 0, 0, 0, 0], [0, 9.0, 0, 0, 0, 0, 0]]
    # two elements of one kind, and two that share a token: each token counts once
    shares = made({"<div": 0, "k:og:article": 1, "u:forum": 2}, weights).type_probabilities(
        [KEYS[0], KEYS[2], KEYS[0]], Hints(kinds=("og:article",)), 1
    )
    odds = np.exp(np.array([3.0 * TYPE_SCALE, *[0.0] * 6]))
    assert shares == pytest.approx(odds / odds.sum(), abs=1e-6)


def test_the_bias_counts_in_full() -> None:
    one = made()
    one.bias = np.log(np.arange(1.0, len(TYPES) + 1))
    assert one.type_probabilities([], Hints(), 0) == pytest.approx(np.arange(1, 8) / 28)


def test_weights_of_any_size_give_probabilities() -> None:
    shares = made({"<div": 0}, [[3e4, -3e4, 0, 0, 0, 0, 0]]).type_probabilities(KEYS, Hints(), 1)
    assert shares[0] == pytest.approx(1)
    assert np.isfinite(shares).all()


@given(pages, st.text())
def test_any_page_has_type_probabilities_that_add_up_to_one(html: str, url: str) -> None:
    parsed = parse(html, url)
    shares = naming_shipped().type_probabilities(parsed.page.keys, parsed.hints, len(parsed.texts))
    assert shares.shape == (len(TYPES),)
    assert (shares >= 0).all()
    assert shares.sum() == pytest.approx(1, abs=1e-5)


def naming_shipped() -> Naming:
    from newsclean.html.model import shipped_page_model

    return shipped_page_model().naming


def test_what_was_seen_on_other_pages_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "_MOST_KEYS", 2)
    used, fresh = made(), made()
    used.leans([("p", f"c{i}", None) for i in range(9)])
    assert [list(part) for part in used.leans(KEYS)] == [list(part) for part in fresh.leans(KEYS)]
    assert len(used._known) <= 2


@pytest.mark.parametrize(
    ("key", "tokens"),
    [
        (("p",), {"<p"}),
        ((None,), {"<"}),
        (("x-read-more",), {"<x-read-more", "read", "more"}),
        (("p", "A", "b"), {"<p", ".a", "#b"}),
        (("p", "navBar_2 URL-box", None), {"<p", ".navbar_2", ".url-box", "nav", "bar", "url", "box"}),
        (
            ("p", "", "main", "navigation", None, "t"),
            {"<p", "#main", "main", "=navigation", "navigation", "=t"},
        ),
        (("p", "x" * 61), {"<p"}),
    ],
)
def test_the_tokens_of_an_element_are_its_names_and_the_words_in_them(
    key: tuple[str | None, ...], tokens: set[str]
) -> None:
    assert key_tokens(key) == tokens


def test_of_hundreds_of_classes_the_first_count() -> None:
    made_of = key_tokens(("p", " ".join(f"k{i}" for i in range(500))))
    assert ".k23" in made_of
    assert ".k24" not in made_of
