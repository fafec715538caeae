from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from offtopic_texts import filled, read, relaxed, texts
from tiny_offtopic import lexicon, stem_of

from newsclean.offtopic.reading import Lexicon, Reading, read_units
from newsclean.offtopic.wording import frame_hashes
from wording_parts import all_hashes, word_and_frame_hashes  # type: ignore[import-not-found, unused-ignore]

WORDS = {"rain": (100, 0, 3), "snow": (90, -20, 0), "mayor": (0, 100, 7), "advertisement": (-3, 5, 127)}
LEXICON = lexicon(WORDS, scale=0.013)
blocks = st.lists(st.one_of(texts, filled), min_size=1, max_size=4)


def reading_of(*documents: str, words: Lexicon = LEXICON) -> Reading:
    return read_units([read(text) for text in documents], words)


def parts(reading: Reading) -> list[tuple[slice, slice]]:
    """The units and the words of each document."""
    first = reading.table.first
    edges = np.searchsorted(reading.words.line, first)
    return [
        (slice(first[at], first[at + 1]), slice(edges[at], edges[at + 1])) for at in range(len(first) - 1)
    ]


@relaxed
@given(blocks)
def test_documents_read_at_once_are_each_read_as_alone(block: list[str]) -> None:
    together = reading_of(*block)
    fabrics = together.fabrics()
    assert len(fabrics) == len(block)
    for text, fabric, (units, words) in zip(block, fabrics, parts(together), strict=True):
        alone = reading_of(text)
        np.testing.assert_array_equal(together.stems[words], alone.stems)
        np.testing.assert_array_equal(together.rarity[words], alone.rarity)
        np.testing.assert_allclose(together.vectors[units], alone.vectors, 0, 1e-6)
        (own,) = alone.fabrics()
        for name in ("weight", "name", "stem"):
            np.testing.assert_array_equal(getattr(fabric.held, name), getattr(own.held, name), name)
        assert fabric.units == len(alone.table.start)


@relaxed
@given(blocks)
def test_the_wording_of_documents_read_at_once_is_that_of_each(block: list[str]) -> None:
    together = reading_of(*block)
    for hashes_of in (word_and_frame_hashes, all_hashes):
        unit, hashes = hashes_of(together)
        for text, (units, _) in zip(block, parts(together), strict=True):
            own_unit, own = hashes_of(reading_of(text))
            inside = (unit >= units.start) & (unit < units.stop)
            here = sorted(zip((unit[inside] - units.start).tolist(), hashes[inside].tolist(), strict=True))
            assert here == sorted(zip(own_unit.tolist(), own.tolist(), strict=True))


@relaxed
@given(filled)
def test_vectors_of_units_have_one_length_or_none(text: str) -> None:
    length = np.linalg.norm(reading_of(text).vectors, axis=1)
    assert ((length == 0) | (np.abs(length - 1) < 1e-5)).all()


def test_a_unit_points_where_its_words_do_together() -> None:
    vectors = reading_of("Rain and snow. The mayor rained. Nobody came.").vectors
    expected = np.array([[190, -20, 3], [0, 100, 7], [0, 0, 0]], dtype=float)
    expected[:2] /= np.linalg.norm(expected[:2], axis=1, keepdims=True)
    np.testing.assert_allclose(vectors, expected, atol=1e-6)


@pytest.mark.parametrize("text", ["Nobody came.", "***", "2024", "北京很冷。"])
def test_unknown_words_have_no_vector(text: str) -> None:
    assert not reading_of(text).vectors.any()
    assert (reading_of(text).vectors.shape) == (1, 3)


def test_forms_of_a_word_are_one_stem() -> None:
    stems = reading_of("Advertisements, advertised ADVERTising adverb").stems.tolist()
    assert stems[0] == stems[1] == stems[2] == stem_of("advertisement") != stems[3]


def test_rarity_is_a_share() -> None:
    rarity = np.array([0, 51, 255, 102], dtype=np.uint8)
    made = Lexicon(rarity, np.zeros(4, np.uint16), np.zeros((1, 2), np.int8), 1.0)
    assert made.weights(np.array([3, 1, 2, 0, 3])) == pytest.approx([0.4, 0.2, 1, 0, 0.4])


def test_names_stand_with_a_capital_inside_a_sentence_and_never_without() -> None:
    (fabric,) = reading_of("Rain hit Oldtown. Jane told the Mayor. Rain or mayor came.").fabrics()
    named = fabric.held.stem[fabric.held.name].tolist()
    assert named == [stem_of("oldtown")]  # "Jane" and "Rain" only begin sentences
    assert stem_of("the") not in fabric.held.stem.tolist()


FRAMED = lexicon(common=("was", "founded", "in", "by", "the"))


def frames(sentence: str) -> list[int]:
    reading = reading_of(sentence, words=FRAMED)
    assert len(reading.table.start) == 1
    return sorted(int(value) for _, hashes in frame_hashes(reading) for value in hashes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme was founded in 1908 by Jane Smith.", "Zenithal was founded in 1932 by Bo Robertson."),
        ("The NASA was founded by the UN.", "The UNESCO was founded by the EU."),
        ("Acme was founded in the town.", "Zenith was founded in the city."),
    ],
)
def test_frames_of_sentences_that_differ_in_names_and_years_are_alike(one: str, other: str) -> None:
    assert frames(one) == frames(other)
    read_both = [word_and_frame_hashes(reading_of(text, words=FRAMED))[1].tolist() for text in (one, other)]
    assert set(read_both[0]) != set(read_both[1])  # the words themselves differ


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme was founded in 1908.", "Acme was founded by 1908."),
        ("Acme was founded in 1908.", "Acme was founded in 19."),
        ("Acme was founded in 1908.", "acme was founded in 1908."),
        ("Acme was founded in 1908.", "ACME was founded in 1908."),
        ("The acme was founded.", "The international was founded."),
        ("Acme was founded in 1908.", "In 1908 was founded Acme."),
    ],
)
def test_frames_differ_in_common_words_and_the_kinds_of_others(one: str, other: str) -> None:
    assert frames(one) != frames(other)


def test_a_frame_takes_up_to_four_words_and_the_beginning_of_its_unit() -> None:
    assert [len(frames(" ".join(["Acme"] * count))) for count in range(1, 7)] == [2, 5, 8, 12, 16, 20]


def test_marks_of_a_unit_tell_something() -> None:
    def hashes(text: str, unit: int) -> Sequence[int]:
        line, value = word_and_frame_hashes(reading_of(text))
        return sorted(value[line == unit].tolist())

    assert len(hashes("Rain fell $", 0)) == len(hashes("Rain fell", 0)) + 1
    assert hashes("Rain fell? Snow.", 1) == hashes("Snow.", 0)
    assert hashes("Rain fell?", 0) != hashes("Rain fell!", 0)
