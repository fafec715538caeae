"""A tiny folder of labelled pages, and extractors to run on it."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsclean.training import extractors

STORY = "Rain fell all day in the valley, and the mayor said that it would not stop before Sunday."
PAGES = {
    "with-junk": f"<p>{STORY}</p><p>Leave a Reply</p>",
    "clean": f"<p>{STORY}</p>",
    "nothing": "<script></script>",
    "bad": "<bad>",
}


def make_folder(folder: Path) -> Path:
    (folder / "html").mkdir(parents=True)
    records = [{"id": name, "lang": "en", "page_type": "article", "text": STORY} for name in PAGES]
    records.append({"id": "gone", "lang": "en", "page_type": "article", "text": STORY})
    records.append({"id": "forum", "lang": "en", "page_type": "forum", "text": STORY})
    records.append({"id": "no-gold", "lang": "en", "page_type": "article", "text": " "})
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, records)) + "\n", encoding="utf-8")
    for name, html in {**PAGES, "forum": PAGES["clean"]}.items():
        (folder / "html" / f"{name}.html.gz").write_bytes(gzip.compress(html.encode()))
    return folder


def plain(html: bytes) -> str | None:
    """An extractor: a line for each paragraph."""
    if b"<bad>" in html:
        raise ValueError("a bad page\nthat goes on")
    return "\n".join(re.findall("<p>(.*?)</p>", html.decode())) or None


@pytest.fixture
def one_extractor(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """Makes `plain` the only extractor; gives the pages that it was run on."""
    seen: list[bytes] = []

    def run(html: bytes) -> str | None:
        seen.append(html)
        return plain(html)

    monkeypatch.setattr(extractors, "_PACKAGES", {"plain": "pytest"})
    before = dict(extractors.EXTRACTORS)
    extractors.EXTRACTORS.clear()
    extractors.EXTRACTORS["plain"] = run
    yield seen
    extractors.EXTRACTORS.clear()
    extractors.EXTRACTORS.update(before)  # in their order, which `delitem` would not keep
