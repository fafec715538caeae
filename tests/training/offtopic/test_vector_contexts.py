from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from newsclean.errors import DataFormatError
from newsclean.training.offtopic.contexts import Article, Topic, paragraphs, read_glosses, read_topics

LICENCE = "  1 This software and database is being provided to you, the LICENSEE, by Princeton  \n"
NOUNS = """\
00000100 15 n 02 river 0 water_course 1 002 @ 00000200 n 0000 + 00000300 v 0101 | a large stream; "a ship | a sea"
00000200 17 n 01 body_of_water 0 001 ~ 00000100 n 0000 | the part of the earth covered with water
"""
VERBS = """\
00000300 38 v 01 flow 0 001 + 00000100 n 0101 02 + 02 00 + 08 00 | move along, of liquids
"""
ADJECTIVES = """\
00000400 00 a 01 wet(p) 0 001 & 00000500 s 0000 | covered with a liquid
00000500 00 s 0a soaked 0 damp 0 moist 0 dewy 0 rainy 0 soggy 0 sodden 0 muddy 0 misty 0 clammy 0 002 & 00000400 a 0000 ! 00000999 a 0101 | very wet
"""
ADVERBS = """\
00000600 02 r 01 wetly 0 001 \\ 00000400 a 0101 | in a wet manner
"""


@pytest.fixture
def wordnet(tmp_path: Path) -> Path:
    """Six synsets in the form of WordNet's data files."""
    parts = {"noun": NOUNS, "verb": VERBS, "adj": ADJECTIVES, "adv": ADVERBS}
    for part, lines in parts.items():
        (tmp_path / f"data.{part}").write_text(f"{LICENCE}{lines}", encoding="utf-8")
    return tmp_path


def test_a_synset_is_its_words_gloss_and_relatives(wordnet: Path) -> None:
    made = [gloss.strip() for gloss in read_glosses(wordnet)]
    assert made == [
        'river water course river water course a large stream; "a ship | a sea" body of water flow',
        "body of water body of water the part of the earth covered with water river water course",
        "flow flow move along, of liquids river water course",
        "wet(p) wet(p) covered with a liquid soaked damp moist dewy rainy soggy sodden muddy misty clammy",
        f"{'soaked damp moist dewy rainy soggy sodden muddy misty clammy ' * 2}very wet wet(p)",
        "wetly wetly in a wet manner wet(p)",
    ]


def test_a_synset_has_at_most_twelve_relatives(wordnet: Path) -> None:
    many = "".join(f"{1000 + at:08} 03 n 01 kind{at} 0 000 | a kind\n" for at in range(20))
    pointers = " ".join(f"~ {1000 + at:08} n 0000" for at in range(20))
    lines = f"{LICENCE}00000100 03 n 01 thing 0 020 {pointers} | something\n{many}"
    (wordnet / "data.noun").write_text(lines, encoding="utf-8")
    assert read_glosses(wordnet)[0] == f"thing thing something {' '.join(f'kind{at}' for at in range(12))}"


@pytest.mark.parametrize("part", ["noun", "verb", "adj", "adv"])
def test_a_folder_without_one_of_the_files_is_named(part: str, wordnet: Path) -> None:
    (wordnet / f"data.{part}").unlink()
    with pytest.raises(DataFormatError) as caught:
        read_glosses(wordnet)
    assert str(caught.value).startswith(f"{wordnet / f'data.{part}'}: expected a data file of WordNet, got ")


def test_a_damaged_file_of_glosses_is_named(wordnet: Path) -> None:
    (wordnet / "data.verb").write_text("00000100 29 v\n")
    with pytest.raises(DataFormatError, match=r"data\.verb: expected a data file of WordNet, got IndexError"):
        read_glosses(wordnet)


TOPIC = Topic("weather", "floods", "river dam flood", "fluss damm überschwemmung")


def test_topics_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "topics.jsonl.gz"
    several = [TOPIC, TOPIC._replace(topic="droughts")]
    path.write_bytes(gzip.compress("".join(f"{json.dumps(topic._asdict())}\n" for topic in several).encode()))
    assert read_topics(path) == several


@pytest.mark.parametrize("line", ["{", "", "[1]", '{"topic": "floods"}', "7"])
def test_errors_in_topics_name_file_and_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "topics.jsonl.gz"
    good = json.dumps(TOPIC._asdict())
    path.write_bytes(gzip.compress(f"{good}\n{good}\n{line}\n{good}\n".encode()))
    with pytest.raises(DataFormatError) as caught:
        read_topics(path)
    assert str(caught.value).startswith(f"{path}:3: expected a topic, got ")


@pytest.mark.parametrize("content", [b"{}", b"", None])
def test_topics_that_cannot_be_unpacked_are_named(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "topics.jsonl.gz"
    if content is not None:
        path.write_bytes(content or gzip.compress(b"{}")[:-9])
    with pytest.raises(DataFormatError) as caught:
        read_topics(path)
    assert str(caught.value).startswith(f"{path}:1: expected a topic, got ")


def test_short_paragraphs_are_joined_and_long_ones_cut() -> None:
    short = [f"Short {number} {'x' * 140}" for number in range(3)]
    long = f"Long {'y' * 2000}"
    text = "\n".join((*short, long, "The end."))
    first, joined, cut = paragraphs([Article("a.example", "en", text)])
    assert first == text
    assert joined.split() == " ".join(short).split()
    assert cut == f" {long}"[:1500]


def test_each_article_comes_with_its_beginning() -> None:
    articles = [Article("a.example", "en", f"{name} {'z' * 5000}") for name in ("One", "Two")]
    made = paragraphs(iter(articles))
    assert made == [text for article in articles for text in (article.text[:3000], f" {article.text}"[:1500])]
    assert paragraphs([]) == []
