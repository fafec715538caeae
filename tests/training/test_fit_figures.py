from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_rows import STORY, marked

from newsclean.training.figures import figures, reliability
from newsclean.training.rows import KINDS, Rows, make_rows

FACTS: dict[str, Any] = {
    "tiers": {"en": "measured"},
    "limits": {
        "precision": {"unseen": [0.99, 0.98, 0.9], "measured": [0.95, 0.9, 0.8]},
        "balanced": {"unseen": [0.9, 0.8, 0.7], "measured": [0.8, 0.7, 0.6]},
    },
}


def rows_of(*texts: Any) -> Rows:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsclean.training.rows.ProcessPoolExecutor", lambda _: ThreadPoolExecutor(1))
        return make_rows(texts)


@pytest.fixture(scope="module")
def rows() -> Rows:
    """A text with one line of junk of each sort, one unknown, and one text that nobody labelled."""
    lines = ("[reply: Leave a Reply]", "[photo: The river at night]", "[junk: Valley Herald]", "[open: Mill]")
    machine = marked(*["[junk: Menu]"] * 3, ident="pages/b/one")._replace(by_hand=False, lang="de", site="b")
    made = rows_of(marked(*lines, ident="pages/a/one"), machine)
    surety = np.zeros(len(made.junk), dtype=np.float32)
    surety[[REPLY, PHOTO]] = 0.99, 0.5
    return made._replace(signs=made.signs._replace(surety=surety))


REPLY, PHOTO, NAME, OPEN = 5, 6, 7, 8
ARTICLE = sum(len("".join(line.split())) for line in STORY)
JUNK = len("LeaveaReply" + "Theriveratnight" + "ValleyHerald")


def of(rows: Rows, scores: Any, kind: Any = -1, facts: dict[str, Any] = FACTS) -> dict[str, Any]:
    """The figures, with a score for lines given by number and 0 for the rest."""
    probability = np.zeros(len(rows.junk), dtype=np.float32)
    for at, score in scores.items():
        probability[at] = score
    return figures(rows, probability, np.broadcast_to(kind, probability.shape), facts)


def test_scores_that_are_right_remove_all_junk_and_cost_nothing(rows: Rows) -> None:
    made = of(rows, {REPLY: 1, PHOTO: 1, NAME: 1})
    assert (made["texts"], made["sites"], list(made["profiles"])) == (1, 2, ["precision", "balanced"])
    for entry in made["profiles"].values():
        assert (entry["junk_characters"], entry["removed"], entry["harm"]) == (JUNK, 1, 0)
        assert (entry["harm_mean_of_texts"], entry["texts_over_1%"]) == (0, 0)


def test_harm_is_what_article_loses(rows: Rows) -> None:
    balanced = of(rows, {0: 1, PHOTO: 1})["profiles"]["balanced"]
    lost = len("".join(STORY[0].split())) / ARTICLE
    assert balanced["harm"] == balanced["harm_mean_of_texts"] == pytest.approx(lost)
    assert balanced["removed"] == pytest.approx(15 / JUNK)
    assert balanced["texts_over_1%"] == 1


def test_texts_not_labelled_by_hand_and_unknown_lines_do_not_count(rows: Rows) -> None:
    others = {OPEN: 1, **dict.fromkeys(range(OPEN + 1, len(rows.junk)), 1)}
    assert of(rows, others) == of(rows, {})


LIMITS = {
    "no rule, at the limit": (NAME, "balanced", 0.81, True),
    "no rule, below": (NAME, "balanced", 0.79, False),
    "no rule, in a stricter profile": (NAME, "precision", 0.94, False),
    "a rule that guesses, at its limit": (PHOTO, "balanced", 0.71, True),
    "a rule that guesses, below": (PHOTO, "balanced", 0.69, False),
    "a certain rule, at its limit": (REPLY, "balanced", 0.61, True),
    "a certain rule, below": (REPLY, "balanced", 0.59, False),
    "a certain rule, in a stricter profile": (REPLY, "precision", 0.79, False),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_line_goes_from_the_limit_on_that_is_its_own(name: str, rows: Rows) -> None:
    at, profile, score, gone = LIMITS[name]
    assert (of(rows, {at: score})["profiles"][profile]["removed"] > 0) is gone


def test_a_language_that_is_not_known_has_limits_of_its_own(rows: Rows) -> None:
    unseen = FACTS | {"tiers": {}}
    assert of(rows, {NAME: 0.85})["profiles"]["balanced"]["removed"] > 0
    assert of(rows, {NAME: 0.85}, facts=unseen)["profiles"]["balanced"]["removed"] == 0


def test_figures_are_told_by_language_extractor_and_category() -> None:
    lines = ("[reply: Leave a Reply]", "[junk: Valley Herald]")
    rows = rows_of(  # where rules remove is as good as where they do not: scores are 0 or 1
        marked(*lines, ident="pages/a/one"),
        marked(*lines, ident="pages/a/two"),
        marked(*lines, ident="a-text")._replace(lang="de"),
    )
    kinds = np.full(len(rows.junk), KINDS.index("comment_template"))
    kinds[5] = KINDS.index("social")
    made = of(rows, {5: 1, 6: 1, 12: 1}, kinds)["profiles"]["balanced"]
    assert {name: entry["removed"] for name, entry in made["language"].items()} == {
        "en": pytest.approx((11 + 12 + 11) / (2 * 23)),
        "de": 0,
    }
    assert {name: entry["removed"] for name, entry in made["extractor"].items()} == {
        "one": 1,
        "two": pytest.approx(11 / 23),
        "written": 0,
    }
    assert made["category"] == {
        "comment_template": {"characters": 33, "removed": pytest.approx(2 / 3), "category_right": 0.5}
    }


def test_lines_scored_alike_are_told_with_their_share_of_junk(rows: Rows) -> None:
    probability = np.full(len(rows.junk), 0.01, dtype=np.float32)
    probability[[0, REPLY, PHOTO, NAME, OPEN]] = 0.72, 0.78, 0.75, 1, 0.75
    assert reliability(rows, probability) == [
        (4, pytest.approx(0.01), 0),
        (3, pytest.approx(0.75), pytest.approx(2 / 3)),
        (1, 1, 1),
    ]
    assert [entry.lines for entry in reliability(rows, probability, 1)] == [8]


def test_reliability_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="an optional package")
    from newsclean.training.plot import plot_reliability

    plot_reliability([{"lines": 3, "score": 0.75, "junk": 0.6}], tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
