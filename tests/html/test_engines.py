from __future__ import annotations

from typing import Any

import pytest

from newsclean.errors import MissingExtraError
from newsclean.html import engines
from newsclean.html.engines import ENGINES, FALLBACKS, engine_lines, is_installed
from newsclean.html.stop_lists import stopwords
from page_parts import ARTICLE, PROSE, article

OTHERS = [name for name in ENGINES if name != "newsclean"]
TABLE = "<table><tr><th>Town</th><th>Level</th></tr><tr><td>Upton</td><td>712 cm</td></tr></table>"


def missing(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None if name in packages else object())


def test_our_own_engine_needs_no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    missing(monkeypatch, *ENGINES, "linked data")
    assert [is_installed(name) for name in (*ENGINES, "linked data")] == [True, False, False, True]


def test_what_is_fallen_back_on_is_the_linked_data_and_then_the_other_engines() -> None:
    assert ("linked data", *OTHERS) == FALLBACKS


@pytest.mark.parametrize("engine", OTHERS)
def test_an_engine_without_its_package_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    missing(monkeypatch, engine)
    with pytest.raises(MissingExtraError, match=rf"{engine}.*newsclean\[engines\]"):
        engine_lines(engine, ARTICLE, {})


@pytest.mark.parametrize("engine", OTHERS)
def test_an_engine_finds_the_lines_of_the_article(engine: str) -> None:
    paragraphs = [f"{text} {PROSE[0]}" for text in PROSE]
    lines = engine_lines(engine, article(*paragraphs), {})
    assert set(paragraphs) <= set(lines)
    assert all(line == line.strip() != "" for line in lines)
    assert "Terms" not in lines


@pytest.mark.parametrize("engine", OTHERS)
def test_a_page_without_text_has_no_lines(engine: str) -> None:
    assert engine_lines(engine, "<html><body></body></html>", {}) == []


def test_switches_reach_trafilatura() -> None:
    page = article(*PROSE, TABLE)
    found = {
        tables: "712 cm" in "\n".join(engine_lines("trafilatura", page, {"tables": tables}))
        for tables in (None, True, False)
    }
    assert found == {None: True, True: True, False: False}


@pytest.mark.parametrize(("comments", "passed"), [(None, False), (True, True), (False, False)])
def test_comments_are_asked_of_trafilatura_only_when_wanted(
    monkeypatch: pytest.MonkeyPatch, comments: bool | None, passed: bool
) -> None:
    import trafilatura

    seen: dict[str, Any] = {}
    monkeypatch.setattr(trafilatura, "extract", lambda _, **options: seen.update(options))
    assert engine_lines("trafilatura", "<p>x", {"comments": comments}) == []
    assert seen["include_comments"] is passed


@pytest.mark.parametrize(
    ("texts", "known"),
    [
        (PROSE, True),
        (("Der Regen fiel die ganze Nacht auf die alte Stadt, und am Morgen stand das Wasser im Keller.",) * 3, True),
        (("Ang ulan ay bumuhos buong gabi sa lumang bayan, at umaga na nang tumaas ang ilog sa baha.",) * 3, True),
        (("雨は一晩中、古い町に降り続き、朝には川が氾濫した。" * 4,) * 3, False),
        (("",), True),
    ],
)  # fmt: skip
def test_justext_takes_the_words_of_the_page_s_language_or_none(texts: tuple[str, ...], known: bool) -> None:
    options = stopwords(article(*texts), html=True)
    assert bool(options["stoplist"]) == known
    assert ("stopwords_low" in options) != known
