"""Weights in one ``.npz`` file: arrays and a head, without pickle, with a format version."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping
from os import PathLike
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from newsclean.errors import ModelFormatError
from newsclean.scoring.forest import Forest

__all__ = ["forest_arrays", "read_arrays", "stored_forest", "write_arrays"]

Arrays = dict[str, NDArray[Any]]


def write_arrays(file: str | PathLike[str] | IO[bytes], head: Mapping[str, Any], arrays: Arrays) -> None:
    """Write `arrays` and `head` (JSON values, among them ``format``) to a file."""
    text = np.frombuffer(json.dumps(head, sort_keys=True).encode(), dtype=np.uint8)
    np.savez_compressed(file, allow_pickle=False, head=text, **arrays)


def read_arrays(file: str | PathLike[str], expected: int) -> tuple[dict[str, Any], Arrays]:
    """Head and arrays of a file of format `expected`.

    Raises:
        ModelFormatError: no file, no model, or one of another format version.
    """
    try:
        with np.load(file, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        head = json.loads(arrays["head"].tobytes())
        found = head["format"]
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ModelFormatError(f"{file}: expected a model of newsclean (.npz), got {error!r}") from error
    if found != expected:
        raise ModelFormatError(
            f"{file}: expected model format {expected}, got {found}: train it anew with this newsclean"
        )
    return head, arrays


def forest_arrays(name: str, forest: Forest) -> Arrays:
    """The arrays of a forest, under `name`; the depth goes into the head."""
    arrays: Arrays = {f"{name}.{field}": getattr(forest, field) for field in Forest._fields[:-1]}
    arrays[f"{name}.value"] = forest.value.astype(np.float16)
    return arrays


def stored_forest(arrays: Arrays, name: str, depth: int) -> Forest:
    """The forest that `forest_arrays` stored.

    Raises:
        KeyError: if an array of it is missing.
    """
    return Forest(
        arrays[f"{name}.feature"],
        arrays[f"{name}.threshold"],
        arrays[f"{name}.left"].astype(np.int32),
        arrays[f"{name}.right"].astype(np.int32),
        arrays[f"{name}.value"].astype(np.float32),
        arrays[f"{name}.root"].astype(np.int32),
        int(depth),
    )
