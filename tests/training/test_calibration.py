from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from newsclean.scoring.table import LineTable, Signs
from newsclean.training.fit import line_weights
from newsclean.training.limits import PROMISED, calibrate, harm_by_text, pick_limits, tiers_of
from newsclean.training.rows import Rows


def rows_of(
    texts: Iterable[tuple[str, int]],
    junk: Any,
    *,
    lang: Iterable[str] | None = None,
    hand: Iterable[bool] | None = None,
    unknown: Any = 0,
    surety: Any = 0,
    size: Any = 100,
) -> Rows:
    """Rows of texts given by site and number of lines; nothing in them but what limits look at."""
    texts = list(texts)
    doc = np.repeat(np.arange(len(texts)), [count for _, count in texts])
    none = np.zeros(0, dtype=np.int64)
    table = LineTable(none, none, none, none, none, doc, none, none)
    lines = {name: np.broadcast_to(np.float32(value), doc.shape) for name, value in
             {"junk": junk, "unknown": unknown, "surety": surety, "size": size}.items()}  # fmt: skip
    signs = Signs(lines["surety"], lines["surety"], none, none)
    return Rows(
        table, None, signs, none, none, lines["junk"], lines["unknown"], lines["size"], np.full(doc.shape, -1),
        [site for site, _ in texts], list(lang or ["en"] * len(texts)), [site for site, _ in texts],
        np.array(list(hand or [True] * len(texts))),
    )  # fmt: skip


@st.composite
def scored_lines(draw: st.DrawFn) -> tuple[Any, Any, Any]:
    count = draw(st.integers(2, 200))
    odds = draw(arrays(np.float32, count, elements=st.floats(-20, 20, width=16)))
    junk = draw(arrays(np.bool_, count))
    return odds, junk, draw(arrays(np.float32, count, elements=st.sampled_from((0.25, 1, 2.5))))


@given(scored_lines())
def test_calibrated_scores_rise_and_stay_between_0_and_1(lines: tuple[Any, Any, Any]) -> None:
    odds, shares = calibrate(*lines)
    assert len(odds) == len(shares) >= 1
    assert (np.diff(odds) > 0).all()
    assert (np.diff(shares) > 0).all()
    assert 0 < shares[0] <= shares[-1] < 1
    assert odds[0] == lines[0].min()


@pytest.mark.parametrize("bend", [0.4, 1, 3])
def test_calibrated_scores_are_shares_of_junk(bend: float) -> None:
    chance = np.random.default_rng(2)
    odds = chance.normal(0, 3, 40_000).astype(np.float32)
    true = 1 / (1 + np.exp(-bend * odds))
    knots = calibrate(odds, chance.random(len(odds)) < true, np.ones(len(odds), np.float32))
    assert np.abs(np.interp(odds, *knots) - true).mean() < 0.02


def test_calibration_weighs_lines() -> None:
    odds = np.zeros(100, dtype=np.float32)
    junk = np.arange(100) < 50
    _, shares = calibrate(odds, junk, np.where(junk, 3, 1).astype(np.float32))
    assert shares.tolist() == [pytest.approx(0.75, abs=1e-4)]


def test_a_language_is_known_by_its_texts_labelled_by_hand() -> None:
    langs = ["de"] * 60 + ["fr"] * 59 + ["it"] * 3 + ["pl"] * 2 + ["ja"] * 90
    rows = rows_of([("s", 1)] * len(langs), 0, lang=langs, hand=[lang != "ja" for lang in langs])
    assert tiers_of(rows) == {"de": "measured", "fr": "seen", "it": "seen"}


def test_harm_is_the_share_of_article_characters_that_a_text_loses() -> None:
    rows = rows_of(
        [("a", 4), ("b", 3), ("c", 1)],
        junk=[0, 0, 1, 0.5, 0, 0, 1, 1],
        unknown=[0, 0, 0, 0, 0, 0.5, 0, 0],
        size=[100, 300, 500, 200, 10, 900, 40, 50],
    )
    gone = np.array([True, False, True, True, False, True, True, True])
    assert harm_by_text(rows, gone).tolist() == [0.4, 0, 0]
    assert harm_by_text(rows, ~gone).tolist() == [pytest.approx(0.6), 1, 0]


SITES, LINES = 40, 1000


@pytest.fixture(scope="module")
def calibrated() -> tuple[Rows, Any]:
    """Lines of many sites, each junk as often as its score says."""
    chance = np.random.default_rng(3)
    probability = (chance.random(SITES * LINES) ** 2).astype(np.float32)  # a third is junk
    junk = chance.random(len(probability)) < probability
    return rows_of([(f"{n}.example", LINES) for n in range(SITES)], junk), probability


def line_limits(limits: dict[str, dict[str, list[float]]], tier: str = "measured") -> list[float]:
    return [limits[profile][tier][0] for profile in PROMISED]


def test_profiles_that_promise_more_are_stricter(calibrated: tuple[Rows, Any]) -> None:
    limits = pick_limits(*calibrated)
    assert list(limits) == ["precision", "balanced", "recall"]
    for tier in ("measured", "seen", "unseen"):
        precision, balanced, recall = line_limits(limits, tier)
        assert 1 > precision > balanced > recall >= 0.5
    certain = [limits[profile]["measured"][2] for profile in PROMISED]
    assert certain == sorted(certain, reverse=True)


def test_languages_known_less_have_stricter_limits(calibrated: tuple[Rows, Any]) -> None:
    for tiers in pick_limits(*calibrated).values():
        assert list(tiers) == ["measured", "seen", "unseen"]
        for at in (0, 1):
            assert tiers["measured"][at] < tiers["seen"][at] < tiers["unseen"][at] < 1


@pytest.mark.parametrize("profile", PROMISED)
def test_limits_hold_what_the_profile_promises(profile: str, calibrated: tuple[Rows, Any]) -> None:
    rows, probability = calibrated
    limit = pick_limits(rows, probability)[profile]["measured"][0]
    assert harm_by_text(rows, probability >= limit).mean() <= PROMISED[profile]
    assert harm_by_text(rows, probability >= limit - 0.1).mean() > PROMISED[profile]


def test_scores_without_a_mistake_need_the_least_limit() -> None:
    junk = np.arange(400) % 2
    limits = pick_limits(rows_of([(str(n), 10) for n in range(40)], junk), junk.astype(np.float32))
    assert line_limits(limits) == [0.5] * 3


def test_a_line_that_a_rule_is_certain_of_never_needs_more_than_one_without_a_rule() -> None:
    junk = np.arange(400) % 2
    limits = pick_limits(rows_of([(str(n), 10) for n in range(40)], junk), junk.astype(np.float32))
    assert all(certain <= line for tiers in limits.values() for line, _, certain in tiers.values())


def test_scores_that_are_wrong_at_the_top_need_the_highest_limit() -> None:
    rows = rows_of([(str(n), 10) for n in range(40)], np.arange(400) % 2)
    limits = pick_limits(rows, np.full(400, 0.9999, dtype=np.float32))
    assert min(line_limits(limits)) > 0.999


def with_more(
    rows: Rows, probability: Any, score: float, *, hand: bool = True, **lines: Any
) -> tuple[Rows, Any]:
    """The rows with as many texts more of ten lines, scored alike, article if `lines` do not say otherwise."""
    texts, before = len(rows.sites), len(probability)
    made: dict[str, Any] = {}
    for name, values in {"junk": rows.junk, "surety": rows.signs.surety}.items():
        made[name] = np.concatenate((values, np.tile(np.broadcast_to(lines.get(name, 0), 10), texts)))
    more = rows_of(
        [*((site, before // texts) for site in rows.sites), *((f"more-{n}", 10) for n in range(texts))],
        **made,
        hand=[True] * texts + [hand] * texts,
    )
    return more, np.concatenate((probability, np.full(10 * texts, score, dtype=np.float32)))


HIGHEST = 0.999


def test_article_scored_as_junk_needs_the_highest_limit(calibrated: tuple[Rows, Any]) -> None:
    assert max(line_limits(pick_limits(*calibrated))) < HIGHEST
    assert min(line_limits(pick_limits(*with_more(*calibrated, 0.9999)))) > HIGHEST


def test_texts_not_labelled_by_hand_have_no_say(calibrated: tuple[Rows, Any]) -> None:
    assert pick_limits(*with_more(*calibrated, 0.9999, hand=False)) == pick_limits(*calibrated)


def test_texts_that_are_mostly_junk_have_no_say(calibrated: tuple[Rows, Any]) -> None:
    half, most = np.arange(10) < 5, np.arange(10) < 6
    assert max(line_limits(pick_limits(*with_more(*calibrated, 0.9999, junk=most)))) < HIGHEST
    assert min(line_limits(pick_limits(*with_more(*calibrated, 0.9999, junk=half)))) > HIGHEST


@pytest.mark.filterwarnings("ignore:invalid value")
def test_a_few_sites_of_mostly_junk_do_not_lower_the_limits() -> None:
    junk = np.concatenate((np.zeros(10), np.ones(20)))
    rows = rows_of([("a", 10), ("b", 10), ("c", 10)], junk)
    assert min(line_limits(pick_limits(rows, np.full(30, 0.9999, dtype=np.float32)))) > HIGHEST


@pytest.mark.parametrize("profile", PROMISED)
def test_what_certain_rules_remove_wrongly_counts_as_harm(profile: str, calibrated: tuple[Rows, Any]) -> None:
    certain = pick_limits(*calibrated)[profile]["measured"][2]
    for score, surety, harmful in (
        (certain + 0.001, 0.99, True),
        (certain - 0.05, 0.99, False),
        (0.3, 0.5, False),
    ):
        limits = pick_limits(*with_more(*calibrated, score, surety=surety))
        assert (limits[profile]["measured"][0] > HIGHEST) is harmful


def test_the_same_rows_give_the_same_limits(calibrated: tuple[Rows, Any]) -> None:
    assert pick_limits(*calibrated) == pick_limits(*calibrated)


def test_longer_lines_weigh_more_up_to_some_length() -> None:
    weights = line_weights(rows_of([("a", 6)], 0, size=[1, 10, 40, 160, 400, 4000]))
    assert weights.tolist() == pytest.approx(
        [weights[1], weights[1], 2 * weights[1], *[4 * weights[1]], weights[4], weights[4]]
    )
    assert weights[4] > weights[3]


def test_outputs_of_one_page_weigh_less_each_but_more_in_all_than_one_output() -> None:
    alone, *shared = line_weights(rows_of([("p/a/one", 1), *((f"p/b/{n}", 1) for n in range(4))], 0)).tolist()
    assert max(shared) < alone < sum(shared)
