from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from test_rows import STORY, marked

from newsclean.scoring.leaning import Leanings
from newsclean.training import folds
from newsclean.training.folds import (
    FOLDS,
    KIND_BITS,
    LooseLines,
    fit_words,
    fold_of,
    lean_out_of_fold,
    loose_lines,
    matrix_of,
)
from newsclean.training.rows import BITS, KINDS, Rows, make_rows
from newsclean.training.texts import TrainingText, site_fold
from newsclean.training.words import line_bags, phrase_bags

NONE = LooseLines([], [], [])


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Texts of eight sites, each with words of its own."""
    texts = []
    for name in ("quagga", "zebu", "okapi", "gnu", "tapir", "dugong", "serval", "fossa"):
        site = f"{name}.example"
        for page in range(4):
            own = (f"[junk: {name} menu]", f"[reply: {name} reply]", f"The {name} rose again in the night.")
            texts.append(marked(*own, ident=f"{name}/{page}/x")._replace(site=site))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsclean.training.rows.ProcessPoolExecutor", lambda _: ThreadPoolExecutor(1))
        return make_rows(texts)


@pytest.fixture
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few wordings of each category, and words that have nearly settled."""
    wordings, kinds = phrase_bags()
    few = np.concatenate([np.flatnonzero(kinds == kind)[:4] for kind in range(len(KINDS))])
    monkeypatch.setattr(folds, "phrase_bags", lambda: ([wordings[at] for at in few], kinds[few]))
    monkeypatch.setattr("newsclean.training.words._ROUNDS", 4)


def test_all_lines_of_a_site_are_in_one_part(rows: Rows) -> None:
    parts = fold_of(rows)
    assert set(parts) > {0}
    for number in np.unique(rows.text):
        assert set(parts[rows.text == number]) == {site_fold(rows.sites[number], FOLDS)}


@pytest.mark.parametrize("buckets", [1 << BITS, 1 << KIND_BITS])
def test_weights_do_not_know_the_words_of_the_sites_left_out(
    rows: Rows, few_rounds: None, buckets: int
) -> None:
    name = next(
        name for name in ("axolotl", "caracal", "kudu") if site_fold(name, FOLDS) not in fold_of(rows)
    )
    loose = LooseLines([f"See the {name} {number}" for number in range(4)], [True] * 4, [name] * 4)
    parts, whole = fit_words(rows, loose)
    part_of_word = fold_of(rows)[rows.line]
    words = {part: set(rows.bucket[part_of_word == part] % buckets) for part in range(FOLDS)}
    words[site_fold(name, FOLDS)] |= set(line_bags(loose.lines).indices % buckets)
    rules = set(line_bags(folds.phrase_bags()[0]).indices % buckets)
    which = (1 << BITS, 1 << KIND_BITS).index(buckets)
    for part in range(FOLDS):
        own = list(words[part].difference(rules, *(words[other] for other in range(FOLDS) if other != part)))
        named = part in fold_of(rows)  # loose lines have no category
        assert whole[which].weights[own].any() == (named or which == 0), part
        assert not parts[part][which].weights[own].any(), part


def test_each_line_leans_by_the_weights_of_its_part(rows: Rows) -> None:
    fitted = [
        (
            Leanings(np.full((1 << BITS, 1), number + 1, dtype=np.int8), 1.0),
            Leanings(np.full((1 << KIND_BITS, len(KINDS)), number + 1, dtype=np.int8), 1.0),
        )
        for number in range(FOLDS)
    ]
    leant = lean_out_of_fold(rows, fitted)
    expected = fold_of(rows) + 1
    np.testing.assert_array_equal(leant.columns["lean_high"], expected)
    assert leant.kinds.shape == (len(expected), len(KINDS))
    count = np.bincount(rows.line, minlength=len(expected))
    np.testing.assert_allclose(
        leant.kinds, np.tile((expected * np.sqrt(count))[:, None], len(KINDS)), rtol=1e-5
    )


def test_the_matrix_has_a_named_column_for_each_feature(rows: Rows) -> None:
    zero = (
        Leanings(np.zeros((1 << BITS, 1), np.int8), 1.0),
        Leanings(np.zeros((1 << KIND_BITS, 16), np.int8), 1.0),
    )
    matrix, names = matrix_of(rows, lean_out_of_fold(rows, [zero] * FOLDS))
    assert matrix.shape == (len(rows.junk), len(names))
    assert len(set(names)) == len(names)
    assert np.isfinite(matrix).all()
    assert matrix.dtype == np.float32


def text(ident: str, body: str, *spans: str, unknown: tuple[str, ...] = ()) -> TrainingText:
    found = tuple((body.index(s), body.index(s) + len(s), "junk") for s in spans)
    opened = tuple((body.index(s), body.index(s) + len(s)) for s in unknown)
    return TrainingText(ident, "en", f"{ident[:1]}.example", body, found, opened)


def test_loose_lines_are_lines_with_their_verdict_and_site() -> None:
    body = f"{STORY[0]}\n\n  Leave a\u00a0 Reply \n* * *\nThe river"
    found = loose_lines([text("a/1/x", body, "Leave a\u00a0 Reply", unknown=("* * *",))])
    assert found == ([STORY[0], "Leave a Reply", "The river"], [False, True, False], ["a.example"] * 3)


def test_a_wording_comes_once_a_page() -> None:
    texts = [
        text("a/1/x", "Rain\nMenu\nRain", "Menu"),
        text("a/1/y", "Menu\nWind", "Menu"),
        text("b/1/x", "Rain"),
    ]
    found = loose_lines(texts)
    assert found.lines == ["Rain", "Menu", "Wind", "Rain"]
    assert found.sites == ["a.example"] * 3 + ["b.example"]


def test_a_page_gives_so_many_lines_of_each_sort(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folds, "_MOST_LINES", 5)
    lines = [f"Line {number}" for number in range(20)]
    page = [text("a/1/x", "\n".join(lines), *lines[::2]), text("a/1/y", "One more")]
    found = loose_lines([*page, text("a/2/x", "Rain")])
    assert found.lines == [*lines[:10], "Rain"]
    assert sum(found.junk) == 5


@pytest.mark.parametrize(("size", "kept"), [(1000, 1), (1001, 0)])
def test_lines_too_long_to_be_lines_are_left_out(size: int, kept: int) -> None:
    assert len(loose_lines([text("a/1/x", "x" * size)]).lines) == kept
