from __future__ import annotations

import pytest

from newsclean.html import wording
from newsclean.html.parsing import parse
from newsclean.html.wording import Wording

GERMAN = "<p>Der Bundestag hat am Donnerstag nach langer Debatte ein neues Gesetz zum Schutz der Flüsse beschlossen."
FRENCH = "<p>Le gouvernement a annoncé jeudi une loi après un long débat à l'Assemblée, a dit le maire de la ville."

IRISH = "<p>D'fhógair an rialtas dlí nua Déardaoin tar éis díospóireachta fada, a dúirt an méara leis na hiriseoirí."


def asked(html: str, text: str) -> bool:
    return Wording(parse(html).page, 0).is_junk(text)


@pytest.mark.parametrize("text", ["Read more", "Lesen Sie auch: Schnee im Mai", "edit", "Print this page!"])
def test_a_wording_of_junk_is_known(text: str) -> None:
    assert asked(GERMAN, text)


@pytest.mark.parametrize("text", ["Der Bundestag", "By Jane Doe", "Schnee im Mai"])
def test_names_titles_and_bylines_are_no_junk(text: str) -> None:
    assert not asked(GERMAN, text)


def test_a_piece_is_asked_in_the_languages_of_the_page_around_it() -> None:
    assert asked(GERMAN, "Lesen Sie auch: Schnee im Mai")
    assert not asked(FRENCH, "Lesen Sie auch: Schnee im Mai")


def test_odd_little_texts_bring_in_no_languages_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, ...]] = []
    cleaner = wording._cleaner
    monkeypatch.setattr(wording, "_cleaner", lambda codes: seen.append(codes) or cleaner(codes))
    for text in ("Tovább a cikkhez", "Czytaj więcej teraz", "Lue lisää aiheesta", "Xem thêm tin mới"):
        asked(GERMAN * 3, text)
    assert set(seen) == {("de", "en")}


def test_of_a_language_without_rules_english_ones_are_asked() -> None:
    assert asked(IRISH, "Read more")
    assert not asked(IRISH, "Lesen Sie auch: Schnee im Mai")


def test_a_page_without_a_letter_is_asked_in_english() -> None:
    assert asked("<p>1 2 3", "Read more")


def test_of_a_page_without_end_only_the_text_around_is_read() -> None:
    page = parse(GERMAN * 200 + FRENCH * 200).page
    assert Wording(page, 0).is_junk("Lesen Sie auch: Schnee im Mai")
    assert not Wording(page, 399).is_junk("Lesen Sie auch: Schnee im Mai")
