"""An extractor for tests of what is around it: what it makes of a page can be read off the page.

Each <p> and <h1> is a block; those with a class are left out, the class is the reason. <i> is cut out. A page that
says "fail" has an error, one that says "half" an error and an article.
"""

from __future__ import annotations

import re
import sys
import types
from typing import Any, ClassVar

import pytest

from newsclean import Cleaner
from newsclean.html.decoding import decode
from newsclean.html.page import Block, Cut, PageReport

_BLOCK = re.compile(r'<(h1|p)(?: class="([^"]*)")?>(.*?)(?=<h1|<p|$)', re.DOTALL)


class StubExtractor:
    """Has what the commands call; `made` are the settings of the last one, `asked` what it was asked."""

    made: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[list[tuple[object, ...]]] = []

    def __init__(self, **settings: Any) -> None:
        type(self).made = settings
        self.settings = settings

    def analyze(self, html: bytes | str, url: str | None = None, encoding: str | None = None) -> PageReport:
        self.asked.append((type(html).__name__, url, encoding))
        decoded = decode(html, encoding)
        blocks = tuple(_block(*found.groups()) for found in _BLOCK.finditer(decoded.text))
        text = "\n".join(block.kept_text for block in blocks if block.kept)
        fails = "fail" in decoded.text
        return PageReport(
            () if fails else blocks,
            self.settings["cleaner"].analyze("" if fails else text),
            self.settings["engine"],
            ("other",) if self.settings["engine"] != "newsclean" else (),
            {"article": 0.9, "forum": 0.1},
            url,
            decoded.encoding,
            "more than 9 tags" if "large" in decoded.text else "",
            "ZeroDivisionError: one by nought" if fails or "half" in decoded.text else None,
            title="Rain" if self.settings["metadata"] else None,
            date="2024-01-04" if self.settings["metadata"] else None,
        )


def _block(tag: str, reason: str | None, inner: str) -> Block:
    text = re.sub(r"<[^>]*>", "", inner).strip()
    cut = re.search("<i>(.*?)</i>", inner)
    cuts = () if cut is None else (Cut(cut.start(), cut.start() + len(cut[1]), "a footnote mark"),)
    kind, level = ("heading", 1) if tag == "h1" else ("paragraph", 0)
    return Block(
        text, kind, level=level, path=tag, score=0.1 if reason else 0.9, kept=not reason, reason=reason or "",
        cuts=() if reason else cuts,
    )  # fmt: skip


def use_stub(monkeypatch: pytest.MonkeyPatch) -> type[StubExtractor]:
    """Have every command extract with the stub."""
    module = types.ModuleType("newsclean.html.extractor")
    module.Extractor = StubExtractor  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "newsclean.html.extractor", module)
    monkeypatch.setattr(StubExtractor, "asked", [])
    return StubExtractor


def stub(**settings: Any) -> StubExtractor:
    """A stub of its own, cleaning as `Cleaner` does."""
    return StubExtractor(**{"cleaner": Cleaner(), "engine": "newsclean", "metadata": False, **settings})
