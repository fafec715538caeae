from __future__ import annotations

import json

from newsclean.evaluation.score import Mistake, Score
from newsclean.evaluation.table import as_dict, as_table, worst_cases


def mistake(lost: bool, text: str, rule: str = "r", category: str = "tags") -> Mistake:
    return Mistake(lost, "x", "en", category, rule, text)


def test_the_values_are_ready_for_json() -> None:
    score = Score(documents=2, junk=10, junk_removed=5, article=100, article_lost=1)
    score.junk_by["tags"] = score.junk_by_lang["en"] = 10
    score.article_by_lang.update(en=60, de=40)
    made = as_dict(score)
    assert json.loads(json.dumps(made)) == made
    assert made["junk_removed"] == 0.5
    assert made["by_language"]["de"] == {"junk": 0, "removed": None, "harm": 0}


def test_one_language_needs_no_table_of_languages() -> None:
    score = Score(documents=1, junk=10)
    score.junk_by["tags"] = score.junk_by_lang["en"] = score.article_by_lang["en"] = 10
    assert "category" in as_table(score)
    assert "language" not in as_table(score)


def test_languages_stand_by_their_share_of_the_article() -> None:
    score = Score()
    score.article_by_lang.update(de=40, en=60)
    names = [line.split()[0] for line in as_table(score).splitlines()[-2:]]
    assert names == ["en", "de"]


def test_the_longest_mistakes_come_first_and_the_worst_rules_are_named() -> None:
    score = Score(
        mistakes=[mistake(True, "aa"), mistake(True, "a\n a a", "s"), mistake(True, "a"), mistake(False, "b")]
    )
    assert list(worst_cases(score, 2)) == [
        "\narticle lost: 3 spans; r 2, s 1",
        "  x [en] tags s\n    a a a",
        "  x [en] tags r\n    aa",
        "\njunk left: 1 spans; tags 1",
        "  x [en] tags r\n    b",
    ]


def test_a_long_mistake_is_cut() -> None:
    *_, shown = worst_cases(Score(mistakes=[mistake(True, "a" * 1000)]), 1)
    assert shown.endswith("\n    " + "a" * 400)


def test_no_mistakes_are_shown_unless_asked_for() -> None:
    assert list(worst_cases(Score(mistakes=[mistake(True, "a")]), 0)) == []
    assert list(worst_cases(Score(), 5)) == []
