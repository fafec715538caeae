from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.offtopic.reading import Lexicon
from newsclean.training.offtopic import rarity as rarity_module
from newsclean.training.offtopic import vectors as vectors_module
from newsclean.training.offtopic.contexts import Article, Contexts, Topic
from newsclean.training.offtopic.rarity import stems_of
from newsclean.training.offtopic.vectors import _across, _from_texts, _halves, _packed, lexicon_of

Bag = np.ndarray
seeds = st.integers(0, 9999).map(np.random.default_rng)
sizes = st.lists(st.integers(0, 40), max_size=12)


def bags_of(sizes: list[int], first: int = 0) -> list[Bag]:
    """Bags of so many words, each word in one bag only."""
    edges = np.concatenate(([0], np.cumsum(np.array(sizes, np.int64)))) + first
    return [np.arange(start, end) for start, end in pairwise(edges)]


def holder(bags: list[Bag], words: Bag) -> int:
    """The bag that all `words` are from."""
    (found,) = (number for number, bag in enumerate(bags) if np.isin(words, bag).all() and len(words))
    return found


@given(sizes, seeds)
def test_halves_are_the_two_sides_of_a_list(sizes: list[int], chance: np.random.Generator) -> None:
    bags = bags_of(sizes)
    pairs = _halves(bags, chance)
    found = []
    for one, other in pairs:
        both = np.concatenate((one, other))
        found.append(holder(bags, both))
        assert sorted(both.tolist()) == bags[found[-1]].tolist()
        assert 2 <= len(one) <= 12
        assert len(other) >= len(one)
    assert sorted(found) == [number for number, size in enumerate(sizes) if size >= 6]


@given(sizes, seeds)
def test_across_languages_a_topic_meets_itself(sizes: list[int], chance: np.random.Generator) -> None:
    some, others = bags_of(sizes), bags_of(sizes[::-1], 1000)
    found = []
    for one, other in _across(some, others, chance):
        found.append(holder(some, one))
        assert holder(others, other) == found[-1]
        assert len(set(one.tolist())) == len(one) == min(8, len(some[found[-1]]))
        assert len(set(other.tolist())) == len(other) == min(14, len(others[found[-1]]))
    lengths = zip(sizes, sizes[::-1], strict=True)
    assert sorted(found) == [number for number, pair in enumerate(lengths) if min(pair) >= 3]


@given(st.lists(st.lists(st.integers(0, 9), min_size=8, max_size=30), min_size=1, max_size=6), seeds)
def test_units_meet_the_rest_of_their_text(texts: list[list[int]], chance: np.random.Generator) -> None:
    made = [bags_of(sizes, 1000 * number) for number, sizes in enumerate(texts)]
    homes = []
    for own, rest in _from_texts(made, chance):
        if not len(own) or not len(rest):
            continue  # all words dropped
        homes.append(int(own[0]) // 1000)
        assert set(np.concatenate((own, rest)) // 1000) == {homes[-1]}
        units = [set(bag.tolist()) for bag in made[homes[-1]]]
        of_own = [number for number, unit in enumerate(units) if unit & set(own.tolist())]
        of_rest = [number for number, unit in enumerate(units) if unit & set(rest.tolist())]
        assert of_own[-1] - of_own[0] < 3
        assert not set(of_own) & set(of_rest)
    assert len(set(homes)) == len(homes)


def test_every_text_that_is_long_enough_comes_and_some_words_are_dropped() -> None:
    made = [bags_of([9] * 30, 1000 * number) for number in range(20)]
    chance = np.random.default_rng(1)
    pairs = [pair for _ in range(20) for pair in _from_texts(made, chance)]
    assert {int(own[0]) // 1000 for own, _ in pairs} == set(range(20))
    kept = [len(own) / (9 * len(set((own % 1000) // 9))) for own, _ in pairs]
    assert 0.85 < np.mean(kept) < 0.95
    assert {1, 2, 3} == {len(set((own % 1000) // 9)) for own, _ in pairs}


def test_of_many_only_a_batch_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors_module, "_BATCH", 5)
    chance, bags = np.random.default_rng(2), bags_of([20] * 40)
    assert len(_halves(bags, chance)) == len(_across(bags, bags, chance)) == 5
    assert len(_from_texts([bags_of([9] * 30)] * 40, chance)) <= 5


def test_packed_vectors_come_back_nearly_as_they_were() -> None:
    vectors = np.random.default_rng(1).normal(size=(50, 8)).astype(np.float32)
    row = np.zeros(128, np.int64)
    row[40:90] = np.arange(1, 51)
    rarity = np.arange(128, dtype=np.uint8)
    lexicon = _packed(rarity, row, vectors)
    assert isinstance(lexicon, Lexicon)
    assert lexicon.vectors.dtype == np.int8
    assert lexicon.row.dtype == np.uint16
    assert (lexicon.rarity == rarity).all()
    again = lexicon.vectors[lexicon.row] * lexicon.scale
    assert not again[:40].any()
    assert not again[90:].any()
    inside = np.abs(vectors) <= 127 * lexicon.scale
    assert inside.mean() > 0.99
    assert (np.abs(again[40:90] - vectors)[inside] <= lexicon.scale * 0.501).all()
    assert np.abs(again[40:90] - vectors).max() < np.abs(vectors).max() / 3


SYLLABLES = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
SUBJECTS, WORDS = 10, 24


def contexts() -> Contexts:
    """Articles, topics and glosses of ten subjects, each with made-up words of its own."""
    chance = np.random.default_rng(0)
    words = ["".join(chance.choice(SYLLABLES, 3)) for _ in range(SUBJECTS * WORDS)]
    own = [words[at : at + WORDS] for at in range(0, len(words), WORDS)]

    def article(subject: int) -> str:
        return "\n\n".join(f"{' '.join(chance.choice(own[subject], 9)).capitalize()}." for _ in range(12))

    return Contexts(
        [Article(f"{at}.example", ("en", "de")[at % 2], article(at // 2 % SUBJECTS)) for at in range(60)],
        [
            Topic("made up", f"{at}", " ".join(several), " ".join(several[::-1]))
            for at, several in enumerate(own)
        ],
        [" ".join(chance.choice(own[at % SUBJECTS], 12)) for at in range(40)],
    )


COMMON = contexts().topics[0].en.split()[0]


@pytest.fixture(scope="module")
def rarity() -> Iterator[np.ndarray]:
    """The rarity of few buckets; few dimensions and steps."""
    torch = pytest.importorskip("torch")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    with pytest.MonkeyPatch.context() as patch:
        for module in (vectors_module, rarity_module):
            patch.setattr(module, "BITS", 13)
        patch.setattr(vectors_module, "_DIMENSIONS", 16)
        patch.setattr(vectors_module, "_STEPS", 24)
        made = np.full(1 << 13, 200, np.uint8)
        made[stems_of([COMMON])[0]] = 0
        yield made
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def lexicon(rarity: np.ndarray) -> Lexicon:
    return lexicon_of(rarity, contexts())


def directions(lexicon: Lexicon, words: str) -> np.ndarray:
    """The directions of words, each once; nothing for one without a vector."""
    (stems,) = stems_of([words])
    found = lexicon.vectors[lexicon.row[np.unique(stems)]].astype(np.float64)
    made: np.ndarray = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1)
    return made


def test_words_of_a_subject_come_to_lie_in_one_direction(lexicon: Lexicon) -> None:
    means = [directions(lexicon, topic.en) for topic in contexts().topics]
    same = np.mean([(one @ one.T).mean() for one in means])
    other = np.mean([(one @ two.T).mean() for one, two in pairwise(means)])
    assert same > 0.4
    assert other < 0.15


def test_function_words_and_words_never_met_have_no_vector(lexicon: Lexicon, rarity: np.ndarray) -> None:
    assert (lexicon.rarity == rarity).all()
    assert not directions(lexicon, f"{COMMON} quaggazebu").any()
    assert not lexicon.vectors[0].any()


def test_vectors_are_the_same_each_time(lexicon: Lexicon, rarity: np.ndarray) -> None:
    again = lexicon_of(rarity, contexts())
    assert (again.row == lexicon.row).all()
    assert (again.vectors == lexicon.vectors).all()
    assert again.scale == lexicon.scale


@pytest.mark.parametrize("name", ["glosses", "topics", "German articles"])
def test_some_contexts_may_be_missing(name: str, rarity: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors_module, "_STEPS", 8)
    given = contexts()
    without = {
        "glosses": given._replace(glosses=[]),
        "topics": given._replace(topics=[]),
        "German articles": given._replace(articles=[each for each in given.articles if each.lang == "en"]),
    }
    word = given.topics[1].en.split()[0]
    assert directions(lexicon_of(rarity, without[name]), word).any()


def test_nothing_but_fitting_needs_torch() -> None:
    code = "import sys; sys.modules['torch'] = None; from newsclean.training.offtopic import vectors, work; print('there')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stdout) == (0, "there\n"), done.stderr
