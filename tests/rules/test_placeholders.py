from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.document import read_document
from newsclean.folding import fold
from newsclean.rules.match import match_lines
from newsclean.rules.placeholders import date_words
from newsclean.rules.tree import PLACEHOLDERS
from rule_helpers import find, index_of, rule
from stepcount import lines_run


def fills(phrase: str, text: str) -> bool:
    """Whether a line is the phrase with its placeholders filled plausibly."""
    return bool(find(text, rule(phrase, strength="likely")))


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe",
        "Ludwig van der Berg",
        "Jane Doe and John Roe",
        "JANE DOE",
        "J. R. Doe",
        "Jane Doe, staff writer",
        "Élodie Ñandú",
        "Ольга Иванова",
        "محمد أحمد",
        "山田太郎",
        "김철수",
        "Dr. Jane Doe",
    ],
)
def test_a_name_has_capitals_where_its_script_has_them(name: str) -> None:
    assert fills("By {name}", f"By {name}")


@pytest.mark.parametrize(
    "text",
    [
        "we are not to blame",
        "jane doe",
        "Doe was not there that evening",
        "jane Doe",
        "Jane Doe 2",
        "1,200 people",
        "Jane! Doe",
        "Jane Smith. Doe Smith",
        "Jane; Doe",
        "Jane Mary Ann Sue Lee Kay Doe",
        "",
    ],
)
def test_what_reads_as_no_name_does_not_fill_a_name(text: str) -> None:
    assert not fills("By {name}", f"By {text}")


@pytest.mark.parametrize(
    "date",
    [
        "May 3, 2021",
        "3 May 2021",
        "2021-05-03",
        "3.5.2021",
        "03/05/21",
        "12:30",
        "at 5.30 pm",
        "Monday, May 3",
        "3. Mai 2021 um 12:30 Uhr",
        "le 3 mai 2021 à 12h30",
        "3 de mayo de 2021",
        "2021年5月3日",
        "3 мая 2021",
        "5 hours ago",
        "2021",
    ],
)
def test_dates_and_times_of_many_languages_fill_a_date(date: str) -> None:
    assert fills("Posted {date}", f"Posted {date}")


@pytest.mark.parametrize(
    "text",
    [
        "7",
        "May",
        "3 people",
        "Monday",
        "on the bridge 2021",
        "1,200 times",
        "5 5",
    ],
)
def test_what_is_no_date_does_not_fill_a_date(text: str) -> None:
    assert not fills("Posted {date}", f"Posted {text}")


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Share on example.org", True),
        ("Share on The Valley News", True),
        ("Share on the valley news", True),
        ("Share on The Valley! News", False),
        ("Share on Valley. And then", False),
        ("Share on one two three four five six seven", False),
    ],
)
def test_a_site_is_a_few_words_of_one_sentence(text: str, fits: bool) -> None:
    assert fills("Share on {site}", text) is fits


@pytest.mark.parametrize(
    ("phrase", "text", "fits"),
    [
        ("Read also: {title}", "Read also: the door under the sea", True),
        ("Read also: {title}", "READ ALSO: The Door Under the Sea", True),
        ("Read also: {title}", "Read also The door under the sea", True),
        ("Read also: {title}", "Read also the door under the sea", False),
        ("Read also: {title}", "Read also: Is the door open? Yes it is", True),
        ("Read also: {title}", "Read also: The door of Bob closes. Then it opened", False),
        ("Read also: {title}", "Read also: The door under the sea The course has forty pupils.", False),
        ("Read also: {title}", "Read also: The door under the sea The course has forty pupils", True),
        ("Read also: {title}", "Read also: The sea The course.", True),
        ("Follow us for all news on {title}", "Follow us for all news on sport and the arts", True),
        ("Follow us for all news on {title}", "Follow us for all news on sport The winner came in", False),
        ("Follow us for all news on {title}", "Follow us for all news on sport, The winner", True),
        ("Follow us for all news on {title}", "Follow us for all news on sport Winner", True),
    ],
)
def test_a_title_does_not_run_on_into_the_story(phrase: str, text: str, fits: bool) -> None:
    assert fills(phrase, text) is fits


@pytest.mark.parametrize(("kind", "most"), sorted(PLACEHOLDERS.items()))
def test_a_placeholder_stands_for_so_many_words_at_most(kind: str, most: int) -> None:
    if kind == "{date}":
        texts = [" ".join(["Mon"] * (n - 1)) + " 2021" for n in (most, most + 1)]
    else:
        texts = [" ".join(["Jane"] * n) for n in (most, most + 1)]
    assert [fills(f"start {kind}", f"start {text}") for text in texts] == [True, False]


def test_in_a_script_without_spaces_a_placeholder_stands_for_four_times_as_many() -> None:
    assert [fills("作者{name}", "作者" + "山" * n) for n in (24, 25)] == [True, False]


@pytest.mark.parametrize(
    ("phrase", "text", "fits"),
    [
        ("By {name} {date}", "By Jane Doe May 3, 2021", True),
        ("By {name} {date}", "By Jane Doe yesterday evening", False),
        ("{date} {name}", "3 May 2021 Jane Doe", True),
        ("{name} for {site} {date}", "Jane Doe for The Valley News 12:30", True),
        ("Photo {name} / {site}", "Photo: Jane Doe / The Valley News", True),
        ("Photo {name} / {site}", "Photo: he and she / the valley", False),
        (
            "We all do use {title} (news|offers) {title} (agree|accept) {title}",
            "We all do use our news and offers and agree to all",
            True,
        ),
    ],
)
def test_several_placeholders_are_filled_in_every_way_that_fits(phrase: str, text: str, fits: bool) -> None:
    assert fills(phrase, text) is fits


FILLINGS = {
    "{name}": ("Jane Doe", "Ludwig van der Berg", "山田太郎"),
    "{date}": ("May 3, 2021", "12:30", "2021-05-03"),
    "{site}": ("example.org", "The Valley News"),
    "{title}": ("The door under the sea", "the valley and the hill"),
    "{number}": ("7", "1,200"),
}
FIXED = ("among", "under", "beside")
parts = st.lists(
    st.sampled_from(sorted(FILLINGS)).flatmap(
        lambda kind: st.tuples(st.just(kind), st.sampled_from(FILLINGS[kind]), st.sampled_from(FIXED))
    ),
    min_size=1,
    max_size=4,
)


@given(parts)
def test_a_phrase_whose_placeholders_are_filled_plausibly_is_found(parts: list[tuple[str, str, str]]) -> None:
    phrase = "and then so on " + " ".join(f"{kind} {word}" for kind, _, word in parts)
    text = "And then so on " + " ".join(f"{filling} {word}" for _, filling, word in parts)
    assert fills(phrase, text)


def test_ways_to_fill_placeholders_are_not_tried_one_by_one() -> None:
    joint = " (and|or) {title}" * 3
    index = index_of(rule("We all do use {title}" + joint + " ends"))

    def work(words: int) -> int:
        document = read_document("We all do use " + "a or b or " * (words // 4) + "c The d ends")
        assert not match_lines(index, document)  # with this the network knows its steps
        return lines_run(match_lines, index, document).total()

    assert 32 * 10 < work(32) < work(128) < 5 * work(32)


def test_date_words_are_folded_as_texts_are() -> None:
    assert all(fold(word).folded == word for word in date_words())
