from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_model import tiny_model

from newsclean.errors import ModelFormatError
from newsclean.scoring.forest import Forest
from newsclean.scoring.model import FORMAT, SHIPPED, Model, load_model, shipped_model

Arrays = dict[str, Any]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that holds the tiny model."""
    path = tmp_path / "tiny.npz"
    tiny_model().save(path)
    return path


def assert_equal(one: Model, other: Model) -> None:
    for name in ("columns", "categories", "facts"):
        assert getattr(one, name) == getattr(other, name), name
    for name in ("leanings", "kind_leanings"):
        assert getattr(one, name).scale == getattr(other, name).scale
        np.testing.assert_array_equal(getattr(one, name).weights, getattr(other, name).weights, strict=True)
    for name in ("lines", "kinds"):
        for field in Forest._fields:
            mine, yours = getattr(getattr(one, name), field), getattr(getattr(other, name), field)
            np.testing.assert_array_equal(mine, yours, f"{name}.{field}", strict=True)
    for name in ("odds", "probability"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), strict=True)


def test_a_model_is_read_as_it_was_written(file: Path) -> None:
    assert_equal(load_model(file), tiny_model())
    assert_equal(load_model(str(file)), tiny_model())


def test_a_model_read_and_written_again_is_the_same_file(file: Path) -> None:
    again = io.BytesIO()
    load_model(file).save(again)
    first, second = np.load(file), np.load(io.BytesIO(again.getvalue()))
    assert first.files == second.files
    for name in first.files:
        np.testing.assert_array_equal(first[name], second[name], name, strict=True)


def changed(file: Path, change: Callable[[Arrays], None]) -> Path:
    """The file, once `change` was made to its arrays."""
    with np.load(file) as stored:
        arrays: Arrays = dict(stored)
    change(arrays)
    np.savez(file, **arrays)
    return file


def with_head(**fields: Any) -> Callable[[Arrays], None]:
    """A change of the model's head; fields of None are left out."""

    def change(arrays: Arrays) -> None:
        head = json.loads(arrays["head"].tobytes()) | fields
        head = {name: value for name, value in head.items() if value is not None}
        arrays["head"] = np.frombuffer(json.dumps(head).encode(), dtype=np.uint8)

    return change


NO_MODELS = {
    "empty": b"",
    "text": b"newsclean",
    "json": b'{"format": 1}',
    "a pickle": b"\x80\x04N.",
    "one array": b"\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }".ljust(127)
    + b"\n\0\0\0\0",
}


@pytest.mark.parametrize("kind", NO_MODELS)
def test_a_file_that_is_no_model_is_refused_by_name(kind: str, file: Path) -> None:
    file.write_bytes(NO_MODELS[kind])
    with pytest.raises(ModelFormatError, match=r"tiny\.npz: expected a model of newsclean \(\.npz\), got"):
        load_model(file)


@pytest.mark.parametrize("path", ["none.npz", "."])
def test_a_file_that_is_not_there_is_told_by_name(path: str, tmp_path: Path) -> None:
    with pytest.raises(ModelFormatError, match="expected a model of newsclean") as caught:
        load_model(tmp_path / path)
    assert str(tmp_path / path) in str(caught.value)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_model_cut_short_is_refused(share: float, file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(ModelFormatError, match=r"tiny\.npz"):
        load_model(file)


def test_a_model_with_a_damaged_byte_is_refused(file: Path) -> None:
    changed(file, lambda _: None)  # stored plainly
    whole = file.read_bytes()
    at = whole.index(b'"columns"')
    file.write_bytes(whole[:at] + b"?" + whole[at + 1 :])
    with pytest.raises(ModelFormatError, match=r"tiny\.npz"):
        load_model(file)


@pytest.mark.parametrize("version", [FORMAT - 1, FORMAT + 1, "1", [FORMAT]])
def test_a_model_of_another_format_version_is_refused_with_both(version: Any, file: Path) -> None:
    changed(file, with_head(format=version))
    with pytest.raises(ModelFormatError, match=rf"expected model format {FORMAT}, got") as caught:
        load_model(file)
    assert str(version) in str(caught.value)


ARRAYS = sorted(
    ["leanings", "kind_leanings", "odds", "probability"]
    + [f"{forest}.{field}" for forest in ("lines", "kinds") for field in Forest._fields[:-1]]
)


@pytest.mark.parametrize("name", ARRAYS)
def test_a_model_without_one_of_its_arrays_is_refused_with_its_name(name: str, file: Path) -> None:
    changed(file, lambda arrays: arrays.pop(name))
    with pytest.raises(ModelFormatError, match=f"expected a whole model, got one without '{name}'"):
        load_model(file)


def test_every_array_of_a_model_is_tried(file: Path) -> None:
    with np.load(file) as stored:
        assert sorted(stored.files) == sorted([*ARRAYS, "head"])


@pytest.mark.parametrize("name", ["columns", "categories", "depths", "scales", "facts", "format"])
def test_a_model_without_a_part_of_its_head_is_refused(name: str, file: Path) -> None:
    changed(file, with_head(**{name: None}))
    with pytest.raises(ModelFormatError, match=f"'{name}'"):
        load_model(file)


@pytest.mark.parametrize("head", [b"", b"[]", b"1", b"{", b'"head"', b"\xff"])
def test_a_model_with_another_head_is_refused(head: bytes, file: Path) -> None:
    changed(file, lambda arrays: arrays.update(head=np.frombuffer(head, dtype=np.uint8)))
    with pytest.raises(ModelFormatError, match="expected a model of newsclean"):
        load_model(file)


def test_a_file_without_a_head_is_refused(file: Path) -> None:
    changed(file, lambda arrays: arrays.pop("head"))
    with pytest.raises(ModelFormatError, match="expected a model of newsclean"):
        load_model(file)


class Runs:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("name", ["head", *ARRAYS, "more"])
def test_a_pickle_in_a_model_is_refused_and_not_run(name: str, file: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    pickled = np.array([Runs(trace)], dtype=object)
    changed(file, lambda arrays: arrays.update({name: pickled}))
    with pytest.raises(ModelFormatError, match="expected a model of newsclean"):
        load_model(file)
    assert not trace.exists()
    with np.load(file, allow_pickle=True) as stored:
        assert stored[name] is not None
    assert trace.exists()  # it would have


def test_a_model_that_cannot_be_used_is_a_value_error_of_newsclean(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="none"):
        load_model(tmp_path / "none")


def test_the_shipped_model_is_the_file_of_the_package_and_read_once() -> None:
    assert_equal(shipped_model(), load_model(SHIPPED))
    assert shipped_model() is shipped_model()
