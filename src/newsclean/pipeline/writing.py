"""Writing that leaves no half-written file behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

__all__ = ["atomic_writer"]


@contextmanager
def atomic_writer(target: Path) -> Iterator[BinaryIO]:
    """A binary file that takes `target`'s place when the block ends, and vanishes if it fails.

    Folders on the way are made. An existing file keeps its mode, a link still leads to it; a device or a
    pipe is written to as it is.

    Raises:
        OSError: names `target` if nothing can be written there.
    """
    if target.exists() and not target.is_file():
        with target.open("wb") as file:  # a folder raises
            yield file
        return
    place = Path(os.path.realpath(target))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{place.name[:50]}.", suffix=".part", dir=place.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        part.chmod(place.stat().st_mode & 0o7777 if place.exists() else 0o666 & ~_umask())
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
