from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_offtopic import forest, stump, tiny_offtopic

from newsclean.errors import ModelFormatError
from newsclean.offtopic.model import FORMAT, OfftopicModel, load_offtopic_model
from newsclean.scoring.forest import Forest
from newsclean.scoring.storing import forest_arrays, read_arrays, stored_forest, write_arrays

Arrays = dict[str, Any]
FORESTS = ("units", "blocks", "sorts")
ARRAYS = sorted(
    ["rarity", "row", "vectors", "classes", "whole"]
    + [
        f"{judge}.{name}.{field}"
        for judge in ("full", "bare")
        for name in FORESTS
        for field in Forest._fields[:-1]
    ]
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that holds the tiny model."""
    path = tmp_path / "tiny.npz"
    tiny_offtopic().save(path)
    return path


def same_forest(one: Forest, other: Forest, name: str) -> None:
    for field in Forest._fields:
        np.testing.assert_array_equal(
            getattr(one, field), getattr(other, field), f"{name}.{field}", strict=True
        )


def same(one: OfftopicModel, other: OfftopicModel) -> None:
    for field in ("rarity", "row", "vectors"):
        np.testing.assert_array_equal(getattr(one.lexicon, field), getattr(other.lexicon, field), strict=True)
    for name in ("classes", "whole"):
        np.testing.assert_array_equal(getattr(one, name).weights, getattr(other, name).weights, strict=True)
    for scale in ("lexicon", "classes", "whole"):
        assert getattr(one, scale).scale == getattr(other, scale).scale
    for name in ("full", "bare"):
        mine, yours = getattr(one, name), getattr(other, name)
        assert (mine.unit_columns, mine.block_columns) == (yours.unit_columns, yours.block_columns)
        for trees in FORESTS:
            same_forest(getattr(mine, trees), getattr(yours, trees), f"{name}.{trees}")
    assert one.facts == other.facts


def uneven() -> OfftopicModel:
    """A model of which no two parts are alike."""
    model = tiny_offtopic(origin="here")
    return model._replace(
        lexicon=model.lexicon._replace(scale=0.125),
        classes=model.classes._replace(scale=0.75),
        bare=model.bare._replace(
            block_columns=("odds", *model.bare.block_columns[1:]), sorts=stump(2, 1.5, -1, 7)
        ),
    )


@pytest.mark.parametrize("made", [tiny_offtopic, uneven])
def test_a_model_is_read_as_it_was_written(made: Callable[[], OfftopicModel], tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    made().save(path)
    same(load_offtopic_model(path), made())
    same(load_offtopic_model(str(path)), made())


def test_a_model_is_written_to_an_open_file_too(file: Path) -> None:
    again = io.BytesIO()
    load_offtopic_model(file).save(again)
    first, second = np.load(file), np.load(io.BytesIO(again.getvalue()))
    assert sorted(first.files) == sorted([*ARRAYS, "head"]) == sorted(second.files)
    for name in first.files:
        np.testing.assert_array_equal(first[name], second[name], name, strict=True)


def changed(file: Path, change: Callable[[Arrays], Any]) -> Path:
    """The file, once `change` was made to its arrays."""
    with np.load(file) as stored:
        arrays: Arrays = dict(stored)
    change(arrays)
    np.savez(file, **arrays)
    return file


def with_head(change: Callable[[dict[str, Any]], Any]) -> Callable[[Arrays], None]:
    """A change of the model's head."""

    def made(arrays: Arrays) -> None:
        head = json.loads(arrays["head"].tobytes())
        change(head)
        arrays["head"] = np.frombuffer(json.dumps(head).encode(), dtype=np.uint8)

    return made


@pytest.mark.parametrize("name", ["none.npz", "."])
def test_a_file_that_is_not_there_is_told_by_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelFormatError, match="expected a model of newsclean") as caught:
        load_offtopic_model(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"newsclean", b'{"format": 1}', b"\x80\x04N."])
def test_a_file_that_is_no_model_is_refused(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    with pytest.raises(ModelFormatError, match=r"tiny\.npz: expected a model of newsclean \(\.npz\), got"):
        load_offtopic_model(file)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_model_cut_short_is_refused(share: float, file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(ModelFormatError, match=r"tiny\.npz"):
        load_offtopic_model(file)


def test_a_model_with_a_damaged_byte_is_refused(file: Path) -> None:
    changed(file, lambda _: None)  # stored plainly
    whole = file.read_bytes()
    at = whole.index(b'"judges"')
    file.write_bytes(whole[:at] + b"?" + whole[at + 1 :])
    with pytest.raises(ModelFormatError, match=r"tiny\.npz"):
        load_offtopic_model(file)


@pytest.mark.parametrize("version", [FORMAT - 1, FORMAT + 1, "1", [FORMAT]])
def test_a_model_of_another_format_is_refused_with_both(version: Any, file: Path) -> None:
    changed(file, with_head(lambda head: head.update(format=version)))
    with pytest.raises(ModelFormatError, match=rf"expected model format {FORMAT}, got") as caught:
        load_offtopic_model(file)
    assert str(version) in str(caught.value)


@pytest.mark.parametrize("name", ARRAYS)
def test_a_model_without_one_of_its_arrays_is_refused_with_its_name(name: str, file: Path) -> None:
    changed(file, lambda arrays: arrays.pop(name))
    with pytest.raises(ModelFormatError, match=f"expected a whole model, got one without '{name}'"):
        load_offtopic_model(file)


@pytest.mark.parametrize("name", ["facts", "scales", "judges", "format"])
def test_a_model_without_a_part_of_its_head_is_refused(name: str, file: Path) -> None:
    changed(file, with_head(lambda head: head.pop(name)))
    with pytest.raises(ModelFormatError, match=f"'{name}'"):
        load_offtopic_model(file)


@pytest.mark.parametrize("name", ["unit_columns", "block_columns", "depths"])
@pytest.mark.parametrize("judge", ["full", "bare"])
def test_a_model_without_a_part_of_a_judge_is_refused(judge: str, name: str, file: Path) -> None:
    changed(file, with_head(lambda head: head["judges"][judge].pop(name)))
    with pytest.raises(ModelFormatError, match=f"expected a whole model, got one without '{name}'"):
        load_offtopic_model(file)


@pytest.mark.parametrize("scales", [[], [1, 2], [1, 2, 3, 4], "abc", None, [1, 2, "much"]])
def test_a_model_with_other_scales_is_refused(scales: Any, file: Path) -> None:
    changed(file, with_head(lambda head: head.update(scales=scales)))
    with pytest.raises(ModelFormatError, match="expected a whole model"):
        load_offtopic_model(file)


class Runs:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("name", ["head", "vectors", "bare.sorts.value", "more"])
def test_a_pickle_in_a_model_is_refused_and_not_run(name: str, file: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    pickled = np.array([Runs(trace)], dtype=object)
    changed(file, lambda arrays: arrays.update({name: pickled}))
    with pytest.raises(ModelFormatError, match="expected a model of newsclean"):
        load_offtopic_model(file)
    assert not trace.exists()
    with np.load(file, allow_pickle=True) as stored:
        assert stored[name] is not None
    assert trace.exists()  # it would have


def test_forests_of_one_file_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "two.npz"
    one, two = stump(3, 0.5, -1, 2), forest([(1, 0.25, 4, -4), (0, -2, 0.5, 0)])._replace(depth=3)
    write_arrays(path, {"format": 7, "note": "ä"}, forest_arrays("one", one) | forest_arrays("one.two", two))
    head, arrays = read_arrays(path, 7)
    assert head == {"format": 7, "note": "ä"}
    same_forest(stored_forest(arrays, "one", 1), one, "one")
    same_forest(stored_forest(arrays, "one.two", 3), two, "two")
    with pytest.raises(KeyError, match="two"):
        stored_forest(arrays, "two", 1)
    with pytest.raises(ModelFormatError, match="expected model format 6, got 7"):
        read_arrays(path, 6)
