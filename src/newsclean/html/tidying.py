"""Texts, lists and failures as other people's pages and code give them, made fit for use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

__all__ = ["ADDRESS", "CONTROL", "EMAIL", "first_tidy", "listed", "quietly", "tidy"]

_TAG = re.compile(r"<[^<>]{1,200}>")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_NOTHING = frozenset(("[object object]", "n/a", "nan", "none", "null", "undefined"))
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_WEB = r"https?:\S*|www\.\S+|[\w-]{1,63}\.[a-z]{2,}(?:/\S*)?(?=$|\s)"
ADDRESS = re.compile(rf"[(<\[]?(?:{EMAIL.pattern}|{_WEB})[)>\]]?")


def quietly(call: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """What a call gives, or None if it fails."""
    try:
        return call(*args, **options)
    except Exception:  # whatever other people's code raises on a broken page
        return None


def listed(value: Any) -> list[Any]:
    """A list as it is, anything else as a list of it; None as none.

    >>> listed("rain"), listed(None)
    (['rain'], [])
    """
    return value if isinstance(value, list) else [] if value is None else [value]


def tidy(text: Any, longest: int) -> str | None:
    """Text without tags, entities and control characters; None for what is no text or too long."""
    if not isinstance(text, str) or len(text) > 4 * longest:
        return None
    text = CONTROL.sub(" ", _TAG.sub("", unescape(text))).encode("utf-8", "ignore").decode()
    text = " ".join(text.split())
    believable = len(text) <= longest and text.lower() not in _NOTHING and any(map(str.isalnum, text))
    return text if believable else None


def first_tidy(longest: int, texts: Iterable[Any]) -> str | None:
    """The first text that `tidy` leaves something of.

    >>> first_tidy(20, [None, "<b></b>", "Rain &amp; <i>wind</i>"])
    'Rain & wind'
    """
    return next((good for text in texts if (good := tidy(text, longest))), None)
