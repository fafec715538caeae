from __future__ import annotations

import pytest

from newsclean.training.extractors import EXTRACTORS, block_text, installed, version

SENTENCE = "Rain fell all day in the valley, and the mayor said that it would not stop before Sunday. "
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Rain</title><meta charset="utf-8"></head><body><article>'
    f"<h1>Rain in the valley</h1>{''.join(f'<p>{SENTENCE * 3}Café {n}.</p>' for n in range(6))}</article><footer>Menu</footer></body></html>"
)


def test_the_table_has_the_extractors_and_their_modes() -> None:
    assert list(EXTRACTORS) == [
        "trafilatura", "trafilatura_precision", "trafilatura_recall", "newspaper4k", "readability", "goose3",
        "boilerpy3", "boilerpy3_default", "justext", "inscriptis", "resiliparse", "resiliparse_full", "magic_html",
    ]  # fmt: skip
    assert installed() == [name for name in EXTRACTORS if version(name)]


@pytest.mark.parametrize("name", installed())
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_each_extractor_finds_the_story(name: str, encoding: str) -> None:
    page = PAGE.replace("utf-8", encoding).encode(encoding)
    text = EXTRACTORS[name](page) or ""
    assert "Sunday. Café 3." in text
    assert text.count("\n") >= 5


@pytest.mark.parametrize("name", installed())
def test_a_page_without_text_gives_none(name: str) -> None:
    assert EXTRACTORS[name](b"<html><body></body></html>") is None


BLOCKS = {
    "paragraphs": ("<p>Rain</p><p>fell</p>", "Rain\nfell"),
    "inline elements": ("<p>Rain <b>fell</b>\n all <i>day</i></p>", "Rain fell all day"),
    "text between blocks": ("<div>Rain<p>fell</p>all<br>day</div>", "Rain\nfell\nall\nday"),
    "lists": ("<ul><li>Rain<li>fell</ul>", "Rain\nfell"),
    "rows of a table": ("<table><tr><td>Rain</td><td>fell</td></tr><tr><td>all</td></tr></table>", "Rain fell\nall"),
    "scripts and comments": ("<p>Rain<script>no()</script><!-- no --> fell</p>", "Rain fell"),
    "a no-break space stays": ("<p>731&nbsp;people</p>", "731\xa0people"),
    "no element": ("Rain", "Rain"),
    "nothing": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_a_line_for_each_block(name: str) -> None:
    pytest.importorskip("lxml", reason="comes with the optional extractors")
    markup, text = BLOCKS[name]
    assert block_text(markup) == text
