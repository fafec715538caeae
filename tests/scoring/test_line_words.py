from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from line_features import table_and_words, table_of

from newsclean.folding import fold
from newsclean.scoring.words import ngram_hashes, words_of

spellings = st.text("aAbBéÉжЖßıالम北0159٣", min_size=1, max_size=5)
separators = st.sampled_from((" ", "  ", ", ", "-", " / ", '" ', "\n", "\n\n", "\r\n", ". ", "(", "\u2014"))


def folded(word: str) -> str:
    """The form by which words are alike: folded, with one digit for all."""
    return "".join("0" if char.isdigit() else char for char in fold(word).folded)


def pieces(text: str) -> list[str]:
    """The words of a run of letters and digits: Chinese characters stand for themselves."""
    return text.replace("北", " 北 ").split()


def hashes_of(line: str, *others: str) -> Counter[int]:
    """The hashes of the first line of the first text."""
    table = table_of(line, *others)
    at, hashes = ngram_hashes(table, words_of(table))
    return Counter(hashes[at == 0].tolist())


@given(
    st.lists(st.tuples(spellings, separators), max_size=12), st.sampled_from(("", "Rain fell.", "ab\n\nb"))
)
def test_words_have_equal_hashes_just_if_they_are_alike_when_folded(
    parts: list[tuple[str, str]], before: str
) -> None:
    table, words = table_and_words(before, "".join(word + separator for word, separator in parts))
    own = table.doc[words.line] == 1
    expected = [piece for word, _ in parts for piece in pieces(word)]
    assert words.length[own].tolist() == [len(fold(piece).folded) for piece in expected]
    hashes = words.hash[own].tolist()
    by_form: dict[str, set[int]] = {}
    for piece, value in zip(expected, hashes, strict=True):
        by_form.setdefault(folded(piece), set()).add(value)
    assert all(len(values) == 1 for values in by_form.values())
    assert len(set(hashes)) == len(by_form)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Comments", "COMMENTS"),
        ("Prénom", "prenom"),
        ("2023", "1999"),
        ("٢٠٢٣", "1999"),
        ("१९९९", "2023"),
        ("a4", "A7"),
        ("Ёлка", "елка"),
    ],
)
def test_words_that_differ_in_case_accents_or_digits_are_alike(one: str, other: str) -> None:
    _, words = table_and_words(f"{one}, then {other}")
    assert words.hash[0] == words.hash[-1] != words.hash[1]


@pytest.mark.parametrize(
    ("one", "other"), [("ab", "ba"), ("a", "aa"), ("2023", "203"), ("on", "no"), ("O", "0")]
)
def test_words_of_other_letters_differ(one: str, other: str) -> None:
    _, words = table_and_words(f"{one} {other}")
    assert words.hash[0] != words.hash[1]


def test_what_is_said_of_words_follows_from_their_letters() -> None:
    _, words = table_and_words("Jane DOE met USA2, 12th x 7 Éva на Юг 北京 กข")
    spelled = ["Jane", "DOE", "met", "USA2", "12th", "x", "7", "Éva", "на", "Юг", "北", "京", "ก", "ข"]
    assert words.length.tolist() == [len(word) for word in spelled]
    told = {
        name: [word for word, yes in zip(spelled, getattr(words, name), strict=True) if yes]
        for name in ("upper", "capitals", "number", "unspaced")
    }
    assert told == {
        "upper": ["Jane", "DOE", "USA2", "Éva", "Юг"],
        "capitals": ["DOE", "USA2"],
        "number": ["12th", "7"],
        "unspaced": ["北", "京", "ก", "ข"],
    }


def test_words_know_their_line_past_lines_without_any() -> None:
    _, words = table_and_words("***\n\nRain fell\n\n---", "", "|\n\nSun")
    assert words.line.tolist() == [1, 1, 4]


def test_words_of_neighbouring_lines_and_documents_do_not_run_together() -> None:
    _, words = table_and_words("rain\nrain", "rain")
    assert words.line.tolist() == [0, 1, 2]
    assert len(set(words.hash.tolist())) == 1


@pytest.mark.parametrize(
    ("line", "words", "short"),
    [
        ("rain", 1, 1),
        ("Rain fell", 2, 1),
        ("Read more of it", 4, 1),
        ("Read more of all this", 5, 0),
        ("ab", 1, 1),
        ("***", 0, 0),
        ("北京", 2, 1),
    ],
)
def test_a_line_has_hashes_for_words_pairs_ends_itself_and_its_runs(
    line: str, words: int, short: int
) -> None:
    pairs, ends = max(words - 1, 0), 2 * (words > 0)
    runs = sum(max(len(line) - length + 1, 0) for length in (3, 4, 5))
    hashes = hashes_of(line)
    assert hashes.total() == words + pairs + ends + short + runs
    assert set(hashes.values()) == {1}  # what a word says as the first one is not what it says as a word


@pytest.mark.parametrize(
    ("one", "other"), [("Share this", "SHARE THIS"), ("12 Comments", "37 comments"), ("Über uns", "Uber uns")]
)
def test_lines_that_are_alike_when_folded_have_the_same_hashes(one: str, other: str) -> None:
    assert hashes_of(one) == hashes_of(other)


@pytest.mark.parametrize("others", [("Share this",), ("", "Rain"), ("x" * 2000,)])
def test_what_follows_a_line_changes_none_of_its_hashes(others: tuple[str, ...]) -> None:
    assert hashes_of("Share this", *others) == hashes_of("Share this")
    assert hashes_of("\n\n".join(("Share this", *others))) == hashes_of("Share this")


def test_the_order_of_words_shows_in_pairs_and_ends() -> None:
    one, other = "this share", "share this"
    runs = [
        {line[at : at + n] for n in (3, 4, 5) for at in range(len(line) - n + 1)} for line in (one, other)
    ]
    # the pair, the first, the last and the whole, and runs across the blank
    assert (hashes_of(one) - hashes_of(other)).total() == 4 + len(runs[0] - runs[1])
    assert (hashes_of(one) & hashes_of(other)).total() == 2 + len(runs[0] & runs[1])


def test_forms_of_a_word_share_the_runs_of_their_stem() -> None:
    one, other, stranger = hashes_of("Kommentar"), hashes_of("Kommentaren"), hashes_of("Wetter")
    assert (one & other).total() == 7 + 6 + 5
    assert not one & stranger


def test_hashes_are_given_line_by_line() -> None:
    table, words = table_and_words("Rain fell\n\n***\n\nSun", "Rain fell")
    line, hashes = ngram_hashes(table, words)
    assert len(line) == len(hashes)
    first, last = (np.sort(hashes[line == at]) for at in (0, 3))
    np.testing.assert_array_equal(first, last)
    assert np.bincount(line, minlength=4).tolist() == [24, 1, 5, 24]
