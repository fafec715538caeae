"""Loading the compiled kernel, and readying its character tables for a text."""

from __future__ import annotations

import ctypes
import os
from ctypes import c_int32, c_int64, c_void_p
from functools import cache
from threading import Lock

from newsclean.native.building import LIBRARY, digest
from newsclean.native.characters import pages_of

__all__ = ["OFF", "code_points", "kernel", "ready", "text_of"]

#: Environment variable that, set to anything but 0, turns the kernel off. Results are the same.
OFF = "NEWSCLEAN_NO_KERNEL"
_MOST_PAGES = 64
_filling = Lock()


@cache
def kernel() -> ctypes.CDLL | None:
    """The compiled kernel; None where there is none, it is not of these sources, or it is turned off."""
    if os.environ.get(OFF, "0") != "0":
        return None
    try:
        stamp = LIBRARY.with_suffix(".digest").read_text(encoding="ascii")
        if stamp != digest():
            return None
        library = ctypes.CDLL(str(LIBRARY))
    except OSError:
        return None
    library.nc_missing_pages.argtypes = [c_void_p, c_int64, c_void_p, c_int32]
    library.nc_set_page.argtypes = [c_int32, c_void_p, c_void_p, c_void_p, c_void_p]
    library.nc_arena_new.restype = c_void_p
    library.nc_arena_free.argtypes = [c_void_p]
    library.nc_arena_free.restype = None
    return library


def code_points(text: str) -> bytes:
    """The code points of `text` as the kernel takes them: 32 bits each, in the byte order of the machine.

    >>> len(code_points("né"))
    8
    """
    return text.encode(_UTF_32, "surrogatepass")


def text_of(codes: bytes) -> str:
    """The text that `code_points` took apart.

    >>> text_of(code_points("né"))
    'né'
    """
    return codes.decode(_UTF_32, "surrogatepass")


_UTF_32 = "utf-32-le" if ctypes.c_uint16.from_buffer_copy(b"\1\0").value == 1 else "utf-32-be"


def ready(library: ctypes.CDLL, codes: bytes) -> None:
    """Fill in the pages of characters that a text needs and that are not there yet."""
    wanted = (c_int32 * _MOST_PAGES)()
    # asked under the lock too: a page that is there may fold into one that is still being filled in
    with _filling:
        while count := library.nc_missing_pages(codes, len(codes) // 4, wanted, _MOST_PAGES):
            for number, page in pages_of(list(wanted[:count])).items():
                pointers = [c_void_p(column.buffer_info()[0]) for column in page]
                if library.nc_set_page(number, *pointers):
                    raise MemoryError("no memory for the kernel's table of characters")
