from __future__ import annotations

import pytest

from metadata_pages import ARTICLE, linked, meta, page
from newsclean.html.metadata import read_metadata


@pytest.mark.parametrize(
    ("lang", "head", "language"),
    [
        ("en-GB", "", "en"),
        ("zh-Hant-TW", "", "zh"),
        ("deu", "", "de"),
        ("iw", "", "he"),
        ("xx", meta("og:locale", "pt_BR"), "pt"),
        ("", '<meta http-equiv="Content-Language" content="fr, en">', "fr"),
        ("", linked({**ARTICLE, "inLanguage": "it-IT"}), "it"),
        (
            "",
            linked({**ARTICLE, "inLanguage": {"@type": "Language", "name": "Greek", "alternateName": "el"}}),
            "el",
        ),
        ("english", "", None),
        ("", "", None),
    ],
)
def test_the_language_is_a_two_letter_code_or_none(lang: str, head: str, language: str | None) -> None:
    assert read_metadata(page(head, lang=lang)).language == language
