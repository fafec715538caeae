"""The languages of texts, as `newsclean.languages` tells them; the kernel looks for scripts and takes the samples."""

from __future__ import annotations

import ctypes
import re
from ctypes import Structure, c_int32, c_int64, c_uint32, c_void_p
from functools import cache
from typing import Any

from newsclean.languages import ALWAYS, SCRIPTS, detected, with_relatives

__all__ = ["declare", "languages_of"]

_LATIN = 1 << 31
_SAMPLE = 16_000  # bytes
_RANGE = re.compile("(.)-(.)", re.DOTALL)


class _Script(Structure):
    _fields_ = (("first", c_uint32), ("last", c_uint32), ("bit", c_uint32))


@cache
def _scripts() -> Any:
    ranges = [
        _Script(ord(first), ord(last), 1 << bit)
        for bit, chars in enumerate(SCRIPTS)
        for first, last in _RANGE.findall(chars)
    ]
    return (_Script * len(ranges))(*ranges)


@cache
def _of_scripts(bits: int) -> frozenset[str]:
    return frozenset(
        code for bit, languages in enumerate(SCRIPTS.values()) if bits >> bit & 1 for code in languages
    )


def declare(library: ctypes.CDLL) -> None:
    """Tell ctypes what the functions used here take and give."""
    library.nc_scripts.argtypes = [c_void_p, c_int64, c_void_p, c_int32]
    library.nc_scripts.restype = c_uint32
    library.nc_sample.argtypes = [c_void_p, c_int64, c_void_p]


def languages_of(library: ctypes.CDLL, codes: int, size: int) -> tuple[str, ...]:
    """`newsclean.languages.text_languages` of the `size` code points at the address `codes`."""
    scripts = _scripts()
    bits = library.nc_scripts(codes, size, scripts, len(scripts))
    found = {ALWAYS} | _of_scripts(bits & ~_LATIN)
    if bits & _LATIN:
        sample = ctypes.create_string_buffer(_SAMPLE)
        length = library.nc_sample(codes, size, sample)
        found.update(with_relatives(detected(ctypes.string_at(sample, length))))
    return tuple(sorted(found))
