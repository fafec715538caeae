from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from newsclean.errors import ModelFormatError
from newsclean.html import model as model_module
from newsclean.html.finder import find_blocks
from newsclean.html.model import PageModel, load_page_model, shipped_page_model
from newsclean.html.naming import TYPES, Naming
from newsclean.html.parsing import parse
from newsclean.html.signals import NAMES
from page_parts import ARTICLE

HEADS = ("article", "general")


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """The shipped model, saved once more."""
    shipped_page_model().save(tmp_path / "pages.npz")
    return tmp_path / "pages.npz"


def rewritten(file: Path, leave_out: str = "", **changed: object) -> None:
    """The file with arrays changed or without one."""
    with np.load(file) as arrays:
        made = {name: arrays[name] for name in arrays.files if name != leave_out}
    np.savez(file, **{**made, **changed})


def test_the_shipped_model_is_read_once() -> None:
    assert shipped_page_model() is shipped_page_model()


def test_what_is_saved_is_what_is_loaded(stored: Path) -> None:
    one, other = shipped_page_model(), load_page_model(stored)
    assert other.facts == one.facts
    assert other.naming.names == one.naming.names
    assert other.naming.words == one.naming.words
    assert other.naming.types == one.naming.types
    assert (other.naming.type_weights == one.naming.type_weights).all()
    assert (other.naming.bias == one.naming.bias).all()
    for head in HEADS:
        for a, b in zip(getattr(one, head), getattr(other, head), strict=True):
            assert np.array_equal(a, b)


def test_a_loaded_model_gives_the_same_scores(stored: Path) -> None:
    parsed = parse(ARTICLE)
    one, other = find_blocks(parsed, shipped_page_model()), find_blocks(parsed, load_page_model(stored))
    assert one.scores.tolist() == other.scores.tolist()
    assert one.types.tolist() == other.types.tolist()


def test_a_model_is_saved_to_an_open_file_too(tmp_path: Path) -> None:
    file = io.BytesIO()
    shipped_page_model().save(file)
    (tmp_path / "x.npz").write_bytes(file.getvalue())
    assert load_page_model(tmp_path / "x.npz").facts == shipped_page_model().facts


def test_a_model_without_any_names_or_words_is_stored_too(tmp_path: Path) -> None:
    shipped = shipped_page_model()
    bare = Naming({}, {}, {}, np.zeros((0, len(TYPES)), np.float32), shipped.naming.bias)
    PageModel(bare, shipped.article, shipped.general, {}).save(tmp_path / "bare.npz")
    naming = load_page_model(tmp_path / "bare.npz").naming
    assert (naming.names, naming.words, naming.types) == ({}, {}, {})
    assert find_blocks(parse(ARTICLE), load_page_model(tmp_path / "bare.npz")).scores.all()


def test_a_model_for_other_signals_is_refused(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_module, "NAMES", NAMES[:-1])
    with pytest.raises(ModelFormatError, match=f"expected the {len(NAMES) - 1} signals"):
        load_page_model(stored)


def test_a_model_of_another_format_is_refused(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_module, "FORMAT", model_module.FORMAT + 1)
    with pytest.raises(ModelFormatError, match="format"):
        load_page_model(stored)


@pytest.mark.parametrize(
    "gone",
    ["names", "name_weights", "words", "word_weights", "types", "type_weights", "bias"]
    + [f"{head}.{part}" for head in HEADS for part in ("feature", "root", "value")],
)
def test_a_model_with_a_part_missing_is_refused(stored: Path, gone: str) -> None:
    rewritten(stored, gone)
    with pytest.raises(ModelFormatError, match="whole model"):
        load_page_model(stored)


@pytest.mark.parametrize("part", ["name_weights", "word_weights"])
def test_a_model_with_fewer_weights_than_tokens_is_refused(stored: Path, part: str) -> None:
    with np.load(stored) as arrays:
        short = arrays[part][:-1]
    rewritten(stored, part, **{part: short})
    with pytest.raises(ModelFormatError):
        load_page_model(stored)


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04 no zip"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.npz").write_bytes(content)
    with pytest.raises(ModelFormatError):
        load_page_model(tmp_path / "x.npz")


def test_a_file_that_is_not_there_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelFormatError):
        load_page_model(tmp_path / "none.npz")


@pytest.mark.parametrize("head", HEADS)
def test_the_shipped_trees_ask_for_signals_there_are_and_end_in_finite_log_odds(head: str) -> None:
    trees = getattr(shipped_page_model(), head)
    assert trees.feature.max() < len(NAMES)
    assert np.isfinite(trees.value).all()
    assert len(trees.root) > 1
    at = np.arange(len(trees.left))
    for below in (trees.left, trees.right):
        assert ((below >= at) & (below < len(at))).all()


def test_the_shipped_weights_are_finite_and_fit_their_tables() -> None:
    naming = shipped_page_model().naming
    assert naming.type_weights.shape == (len(naming.types), len(TYPES))
    assert naming.bias.shape == (len(TYPES),)
    assert np.isfinite(naming.type_weights).all()
    assert all(np.isfinite(pair).all() for pair in naming.names.values())
    assert np.isfinite(list(naming.words.values())).all()
