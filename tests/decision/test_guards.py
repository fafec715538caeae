from __future__ import annotations

from types import SimpleNamespace

import pytest

import newsclean
from newsclean import Cleaner
from newsclean import cleaner as cleaner_module
from newsclean.decision.head import _is_name


@pytest.mark.parametrize(
    "nag",
    [
        "Adblock Detected\n\nPlease consider supporting us by disabling your ad blocker",
        "Leave a Reply",
        "Advertisement",
    ],
)
def test_a_text_that_is_nothing_but_a_certain_nag_may_be_emptied(nag: str) -> None:
    assert newsclean.clean(nag) == ""


@pytest.mark.parametrize(
    "words", ["Comments\nClose\nShare\nPhotos", "Home\nNews\nSport\nVideo\nMore", "Jane Doe\nLive\nTop"]
)
def test_a_text_is_never_emptied_because_of_a_guess(words: str) -> None:
    assert newsclean.clean(words).strip()


def test_a_defect_inside_lets_the_text_through_unchanged_and_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(cleaner_module, "look", broken)
    monkeypatch.setattr(Cleaner, "_kernel", lambda _: None)
    text = "Rain fell all day.\n\nLeave a Reply"
    report = newsclean.analyze(text)
    assert report.text is text
    assert report.error == "ZeroDivisionError: on purpose"
    assert newsclean.clean(text) == text
    assert list(newsclean.clean_many([text, text])) == [text, text]


def test_a_text_that_does_not_settle_comes_through_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaner_module, "_MOST_PASSES", 0)
    report = Cleaner().analyze("Rain fell.\n\nLeave a Reply")
    assert report.text == "Rain fell.\n\nLeave a Reply"
    assert "still changed" in (report.error or "")


@pytest.mark.parametrize("value", [None, b"text", 3, ["text"]])
def test_what_is_no_str_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="expected a str, got"):
        newsclean.clean(value)  # type: ignore[arg-type]  # that is the point


def test_long_lines_go_only_on_certain_evidence() -> None:
    bio = (
        "Jane Doe is a reporter for the Gazette. "
        + "She has told the story of the ferry many times over. " * 7
        + "The end."
    )
    article = "The ferry will keep its summer timetable until March, the trust said. " * 6
    assert newsclean.clean(f"{article}\n\n{bio}").endswith(bio)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"profile": "wild"}, "unknown profile 'wild': expected one of precision, balanced, recall"),
        ({"remove": ["spam"]}, "unknown category 'spam'"),
        ({"keep": "spam"}, "unknown category 'spam'"),
        ({"languages": ["xx"]}, "unknown language 'xx'"),
    ],
)
def test_unknown_names_are_refused_with_what_there_is(options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Cleaner(**options)


def test_kept_categories_stay_and_languages_can_be_fixed() -> None:
    text = "Rain fell all day in the valley.\n\nLeave a Reply\n\nArtikel teilen"
    assert "Leave a Reply" in Cleaner(keep="comment_template").clean(text)
    assert "Artikel teilen" not in Cleaner(languages="de").clean(text)


def test_a_line_of_symbols_alone_comes_through() -> None:
    text = "*" * 1200
    report = newsclean.analyze(text)
    assert (report.error, report.text) == (None, text)


def test_a_name_with_two_blanks_inside_is_none() -> None:
    document = SimpleNamespace(lines=[None], text=lambda _: "Jane  Doe")
    assert not _is_name(SimpleNamespace(document=document), 0)  # type: ignore[arg-type]  # all that it asks for
