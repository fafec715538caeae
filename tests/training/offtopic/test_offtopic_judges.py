from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.document import read_document
from newsclean.offtopic.blocks import Blocks
from newsclean.offtopic.cohesion import Fabric
from newsclean.offtopic.reading import Lexicon, read_units
from newsclean.offtopic.reasons import KINDS
from newsclean.offtopic.signals import CLASSES, LEANS, unit_columns
from newsclean.training.folds import FOLDS
from newsclean.training.offtopic import judges as judges_module
from newsclean.training.offtopic.intruders import Host
from newsclean.training.offtopic.judges import KIND_OF_CLASS, Judged, fit_judge, runs_of
from newsclean.training.offtopic.rows import Units
from newsclean.training.offtopic.texts import WRITTEN

QUESTION, ANSWER, PROMOTION, OTHER, ASIDE, MACHINE, KEYWORDS = range(1, 8)


@given(st.lists(st.booleans(), max_size=20))
def test_runs_are_the_marked_units(marked: list[bool]) -> None:
    found = runs_of(np.array(marked, dtype=bool))
    again = [False] * len(marked)
    for start, end in found:
        assert start < end
        assert not any(marked[max(0, start - 1) : start] + marked[end : end + 1])
        again[start:end] = [True] * (end - start)
    assert again == marked
    assert found == sorted(found)


def test_each_class_has_its_kind() -> None:
    kinds = {name: KINDS[kind] for name, kind in zip(CLASSES, KIND_OF_CLASS, strict=True)}
    assert kinds == {
        "question": "question-and-answer aside",
        "answer": "question-and-answer aside",
        "aside": "question-and-answer aside",
        "promotion": "promotion",
        "other": "other story",
        "keywords": "keyword stuffing",
        "machine": "writing-machine leftover",
    }


def made_units(*texts: list[tuple[int, int]], source: str = WRITTEN) -> Units:
    """Texts of (label, size) units, of a site each."""
    label = [label for text in texts for label, _ in text]
    size = [size for text in texts for _, size in text]
    count = [len(text) for text in texts]
    hosts = [Host(f"{at}", "en", f"site{at}.example", source, "") for at in range(len(texts))]
    first = np.concatenate(([0], np.cumsum(count)))
    text = np.repeat(np.arange(len(texts)), count)
    return Units(hosts, [read_document("")] * len(texts), np.array(label), np.array(size), text, first)


def right(units: Units, *blocks: tuple[int, int, int]) -> tuple[list[float], list[int]]:
    """How right (text, start, end) blocks are, and their kinds."""
    text, start, end = np.array(blocks).T
    found, kind = judges_module._right(units, text, Blocks(start, end))
    return found.tolist(), kind.tolist()


def test_a_block_is_right_by_how_much_it_shares_with_an_intrusion() -> None:
    plain = [(0, 100)] * 4
    units = made_units(plain, [(0, 100), (PROMOTION, 60), (PROMOTION, 40), (0, 25), (0, 900), (MACHINE, 50)])
    shares, kinds = right(
        units, (1, 1, 3), (1, 1, 4), (1, 1, 2), (1, 2, 3), (1, 0, 5), (1, 5, 6), (1, 4, 5), (0, 1, 3)
    )
    assert shares == pytest.approx([1, (100 / 125 - 0.5) * 1.2, (0.6 - 0.5) * 1.2, 0, 0, 1, 0, 0])
    assert [KINDS[kind] for kind in np.array(kinds)[[0, 1, 2, 5]]] == [*["promotion"] * 3, KINDS[4]]


def test_only_the_intrusion_itself_is_right() -> None:
    units = made_units([(0, 100), (ASIDE, 1000), (0, 1), (0, 100)])
    shares, _ = right(units, (0, 1, 2), (0, 1, 3))
    assert shares[0] == 1
    assert 0.59 < shares[1] <= 0.6


def test_a_block_over_two_intrusions_counts_the_better() -> None:
    units = made_units([(0, 50), (KEYWORDS, 90), (0, 10), (OTHER, 20), (0, 50)])
    shares, kinds = right(units, (0, 1, 4))
    assert shares == pytest.approx([(90 / 120 - 0.5) * 1.2])
    assert KINDS[kinds[0]] == "keyword stuffing"


def test_an_intrusion_is_what_most_of_its_units_are() -> None:
    units = made_units([(0, 5), (QUESTION, 50), (PROMOTION, 5), (PROMOTION, 5), (0, 5)])
    assert right(units, (0, 1, 4)) == ([1.0], [1])


def test_blocks_of_wording_and_meaning_may_be_left_out() -> None:
    bare, worded = {"question", "shared_all"}, {"question", "lean_off"}
    names = ("odds", "lean_off_mean", "meant_all", "shared_all")
    assert [name for name in names if judges_module._is_of(name, bare)] == ["odds", "shared_all"]
    assert [name for name in names if judges_module._is_of(name, worded)] == [
        "odds",
        "lean_off_mean",
        "shared_all",
    ]


Synthetic = tuple[Units, np.ndarray, tuple[str, ...], list[Fabric]]
SORTS = (PROMOTION, ANSWER, MACHINE)
SITES = 30


@pytest.fixture(scope="module")
def synthetic() -> Synthetic:
    """Texts of twenty units with two off topic in most, which lean so; and columns of noise and of form."""
    chance = np.random.default_rng(3)
    texts, bodies = [], []
    for number in range(60):
        label = np.zeros(20, np.int64)
        if number % 5:
            start = int(chance.integers(1, 17))
            label[start : start + 2] = SORTS[number % 3]
        texts.append([(int(one), 30) for one in label])
        bodies.append("\n".join(f"The river rose by {at} hands in a night." for at in range(20)))
    units = made_units(*texts)
    hosts = [
        host._replace(site=f"site{at % SITES}.example", text=body)
        for at, (host, body) in enumerate(zip(units.hosts, bodies, strict=True))
    ]
    units = units._replace(hosts=hosts, documents=[read_document(body) for body in bodies])
    lexicon = Lexicon(np.full(256, 200, np.uint8), np.ones(256, np.uint16), np.ones((2, 4), np.int8), 1.0)
    reading = read_units(units.documents, lexicon)
    fabrics = reading.fabrics()
    leans = chance.normal(0, 0.3, (len(units.label), len(LEANS))).astype(np.float32)
    leans[units.label > 0, 0] += 3
    for number in SORTS:
        leans[units.label == number, number] += 3
    found = unit_columns(reading, fabrics, leans)
    names = tuple(name for name in found if name.removeprefix("lean_") in LEANS or "_" not in name or name in (
        "par_start", "par_end", "doc_units", "ends_sentence", "begins_lower", "ends_open", "begins_quote",
        "share_digit", "share_quote", "meant_all",
    ))  # fmt: skip
    return units, np.stack([found[name] for name in names], axis=1), names, fabrics


Grown = list[tuple[int, np.ndarray]]


def few_trees(patch: pytest.MonkeyPatch) -> Grown:
    """Few trees, of few rows; of each round of fitting the number of rows and the parts of the split."""
    grown: Grown = []
    out_of_fold: Callable[..., Any] = judges_module._out_of_fold

    def watched(settings: dict[str, Any], _: int, *given: Any) -> Any:
        grown.append((len(given[0]), given[3]))
        return out_of_fold(settings | {"min_data_in_leaf": 5, "feature_fraction": 0.8}, 12, *given)

    patch.setattr(judges_module, "_out_of_fold", watched)
    return grown


@pytest.fixture(scope="module")
def judged(synthetic: Synthetic) -> tuple[Judged, Grown]:
    with pytest.MonkeyPatch.context() as patch:
        grown = few_trees(patch)
        units, matrix, names, fabrics = synthetic
        return fit_judge(units, matrix, names, fabrics, 1, names), grown


Watched = tuple[Judged, Grown]


def test_a_judge_tells_intrusions_from_the_article(judged: Watched, synthetic: Synthetic) -> None:
    found, units = judged[0], synthetic[0]
    assert found.odds[units.label > 0].min() > found.odds[units.label == 0].max()
    shares, _ = judges_module._right(units, found.text, found.blocks)
    assert (shares == 1).sum() == sum(bool(number % 5) for number in range(60))
    assert found.score[shares == 1].min() > found.score[shares < 0.3].max()
    assert ((found.score > 0) & (found.score < 1)).all()


def test_a_judge_names_the_kind_of_what_is_an_intrusion(judged: Watched, synthetic: Synthetic) -> None:
    found, units = judged[0], synthetic[0]
    shares, kind = judges_module._right(units, found.text, found.blocks)
    assert (found.kind[shares < 1] == -1).all()
    assert (found.kind[shares == 1] == kind[shares == 1]).mean() > 0.9


def test_the_forests_of_a_judge_are_those_that_the_finder_reads(
    judged: Watched, synthetic: Synthetic
) -> None:
    judge = judged[0].judge
    _, matrix, names, _ = synthetic
    assert judge.unit_columns == names
    assert [len(forest.root) for forest in (judge.units, judge.blocks, judge.sorts)] == [
        12,
        12,
        12 * len(KINDS),
    ]
    sums = judge.units.sums(matrix)[:, 0]
    assert np.corrcoef(sums, judged[0].odds)[0, 1] > 0.9


def test_rows_are_split_by_the_part_of_their_text(judged: Watched, synthetic: Synthetic) -> None:
    found, grown = judged
    units = synthetic[0]
    shares, _ = judges_module._right(units, found.text, found.blocks)
    folds = [units.fold[units.text], units.fold[found.text], units.fold[found.text[shares == 1]]]
    for (rows, fold), expected in zip(grown, folds, strict=True):
        assert rows == len(expected)
        assert (fold == expected).all()


def test_a_judge_may_do_without_wording_and_meaning(
    synthetic: Synthetic, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_trees(monkeypatch)
    units, matrix, names, fabrics = synthetic
    bare = [name for name in names if not name.startswith(("lean_", "meant_"))]
    matrix = matrix.copy()
    matrix[:, names.index("words")] = units.label > 0  # else nothing tells
    judge = fit_judge(units, matrix, names, fabrics, 1, bare).judge
    assert judge.unit_columns == tuple(bare)
    assert not any(name.startswith(("lean_", "meant_")) for name in judge.block_columns)
    assert {"odds", "units", "question_first"} <= set(judge.block_columns)


def test_no_row_is_judged_by_trees_that_have_seen_its_part() -> None:
    chance = np.random.default_rng(5)
    rows, fold = chance.normal(size=(400, 2)).astype(np.float32), np.arange(400) % FOLDS
    outcome, weight = rows[:, 0] > 0, np.ones(400)
    given = (judges_module._TREES, 5, rows, outcome, weight, fold, 1)
    sums, _ = judges_module._out_of_fold(*given)
    for number in range(FOLDS):
        own = fold == number
        turned = np.where(own, ~outcome, outcome)
        again, _ = judges_module._out_of_fold(*given[:3], turned, *given[4:])
        assert (again[own] == sums[own]).all()
        assert (again[~own] != sums[~own]).any()


def test_transplants_and_honest_texts_count_less() -> None:
    units = made_units(*[[(0, 5)]] * 3)
    hosts = [
        host._replace(source=source)
        for host, source in zip(units.hosts, ("written", "clean", "transplant"), strict=True)
    ]
    units = units._replace(hosts=hosts)
    assert judges_module._weights(units, judges_module._UNIT_WEIGHT).tolist() == [1.0, 0.5, 0.3]
    assert judges_module._weights(units, judges_module._BLOCK_WEIGHT).tolist() == [1.0, 1.0, 0.3]


def test_far_from_intrusions_some_units_count_for_all() -> None:
    units = made_units([*[(0, 5)] * 5_000, *[(ASIDE, 5)] * 3, *[(0, 5)] * 5_000])
    drawn = judges_module._drawn(units)
    beside = judges_module._BESIDE
    near, far = slice(5_000 - beside, 5_003 + beside), np.delete(drawn, np.s_[4_990:5_013])
    assert (drawn[near] == 1).all()
    assert (far == 0).any()
    assert far.mean() == pytest.approx(1, abs=0.1)
    assert len(set(far.tolist())) == 2


def test_rows_that_do_not_count_are_judged_but_not_learned_from() -> None:
    chance = np.random.default_rng(5)
    rows, fold = chance.normal(size=(600, 2)).astype(np.float32), np.arange(600) % FOLDS
    outcome, weight = rows[:, 0] > 0, np.where(chance.random(600) < 0.5, 1.0, 0.0)
    given = (judges_module._TREES, 5, rows)
    turned = np.where(weight > 0, outcome, ~outcome)
    sums = [judges_module._out_of_fold(*given, one, weight, fold, 1)[0] for one in (outcome, turned)]
    assert (sums[0] == sums[1]).all()
    assert sums[0][weight == 0].any()
