from __future__ import annotations

import pytest
from offtopic_texts import paragraphs, sentences
from tiny_offtopic import BLOCK_COLUMNS, forest, judge, stump, tiny_offtopic

from newsclean.document import read_document
from newsclean.offtopic.finder import Found, find_blocks
from newsclean.offtopic.model import Judge
from newsclean.offtopic.reasons import KINDS, kind_of, raised_signals, reason_of
from newsclean.offtopic.reasons import _signals_of as signals_of

MODEL = tiny_offtopic()
AT = {name: number for number, name in enumerate(BLOCK_COLUMNS)}


def found(*intrusion: str, others: int = 20, by: Judge = MODEL.full, least: float = 0.9) -> Found:
    """The intrusion of some sentences in the middle of others."""
    lines = sentences(others)
    lines[5:5] = intrusion
    (one,) = find_blocks(read_document(paragraphs(lines)), MODEL, by, least, [])
    assert one.units == (5, 5 + len(intrusion))
    return one


def every_column() -> tuple[list[str], list[str]]:
    """The names of all columns of units and of blocks."""
    from newsclean.offtopic.blocks import block_columns, likely_blocks

    section = found("A zebra.").section
    columns = block_columns(
        likely_blocks(section.odds), section.odds, section.fabric, section.signals, section.reading.table.size
    )
    return list(section.signals), list(columns)


def test_every_column_but_the_odds_belongs_to_a_signal() -> None:
    for columns in every_column():
        signals = signals_of(tuple(columns))
        assert len(signals) == len(columns)
        told = dict(zip(columns, signals, strict=True))
        assert {name for name, signal in told.items() if not signal} == {
            name for name in columns if name.startswith(("odds", "hot"))
        }
        assert set(signals) - {""} == {"wording", "cohesion", "newcomers", "figures", "form"}


@pytest.mark.parametrize(
    ("column", "signal"),
    [
        ("lean_off", "wording"),
        ("above_lean_question", "wording"),
        ("lean_off_all-1", "wording"),
        ("lean_promotion_mean", "wording"),
        ("shared_all", "cohesion"),
        ("near_shared_all", "cohesion"),
        ("shared_names", "cohesion"),
        ("nearest", "cohesion"),
        ("near_nearest", "cohesion"),
        ("closes_next", "cohesion"),
        ("following_own", "cohesion"),
        ("meant_gain", "cohesion"),
        ("new_names", "newcomers"),
        ("doc_new_weight", "newcomers"),
        ("names", "newcomers"),
        ("held", "newcomers"),
        ("again", "newcomers"),
        ("money", "figures"),
        ("above_year", "figures"),
        ("share_digit_mean", "figures"),
        ("numbers", "figures"),
        ("question", "form"),
        ("doc_question", "form"),
        ("share_quote", "form"),
        ("doc_units", "form"),
        ("par_start-2", "form"),
        ("begins_lower_first", "form"),
        ("glued_end", "form"),
        ("words", "form"),
        ("odds", ""),
        ("odds-1", ""),
        ("odds_elsewhere", ""),
        ("hot", ""),
    ],
)
def test_a_column_belongs_to_the_signal_that_its_name_begins_with(column: str, signal: str) -> None:
    assert signals_of((column,)) == (signal,)


def test_the_signals_of_columns_come_in_their_order() -> None:
    assert signals_of(("odds", "new_words", "lean_off")) == ("", "newcomers", "wording")


@pytest.mark.parametrize(
    ("intrusion", "kind"),
    [
        ("Why was a zebra there?", "question-and-answer aside"),
        ("Zebra tours are $20.", "promotion"),
        ("A zebra was there.", "other story"),
        ("Why was a zebra $20?", "question-and-answer aside"),
    ],
)
def test_the_kind_is_that_of_the_highest_sum_of_trees(intrusion: str, kind: str) -> None:
    assert kind_of(found(intrusion)) == kind


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_each_kind_has_trees_of_its_own(number: int) -> None:
    sorts = forest([(0, 1000, float(at == number), float(at == number)) for at in range(len(KINDS))] * 2)
    assert kind_of(found("A zebra was there.", by=MODEL.full._replace(sorts=sorts))) == KINDS[number]


def blocks_by(**raised: float) -> Judge:
    """A judge to whom a block is likely by the odds of its ends, and `raised` by each of other columns above 0."""
    known = [
        (AT["odds_low"], 0.0, -16.0, 4.0),
        (AT["odds-1"], 0.0, 0.0, -3.0),
        (AT["odds+1"], 0.0, 0.0, -3.0),
    ]
    return judge("lean_off")._replace(
        blocks=forest([*known, *((AT[name], 0.0, 0.0, by) for name, by in raised.items())])
    )


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        ({}, ("wording",)),
        ({"new_words": 0.5}, ("wording", "newcomers")),
        ({"new_words": 0.25}, ("wording",)),  # too little
        ({"new_words": -0.5, "money_mean": 0.5}, ("wording", "figures")),
        ({"new_words": 1, "money_mean": 6, "question_first": 2}, ("figures", "wording", "form", "newcomers")),
    ],
)
def test_signals_that_add_enough_are_raised_strongest_first(
    raised: dict[str, float], expected: tuple[str, ...]
) -> None:
    assert raised_signals(found("Why was a zebra $20?", by=blocks_by(**raised))) == expected


def test_what_the_units_of_a_block_add_is_their_mean() -> None:
    by = blocks_by(money_mean=5)  # more than one unit adds, less than two
    intrusion = ("A zebra was $20.", "The zebra was $30.")
    assert raised_signals(found(*intrusion, by=by)) == ("figures", "wording")
    assert raised_signals(found("A zebra was $20.", by=by)) == ("figures", "wording")


def test_odds_are_no_signal_of_their_own() -> None:
    by = MODEL.full._replace(units=stump(0, 1000, 0.25, 0.25), blocks=stump(AT["odds_low"], 0, -8, 8))
    one = find_blocks(read_document(paragraphs(sentences(20))), MODEL, by, 0.9, [])[0]
    assert raised_signals(one) == ()
    assert reason_of(one, "promotion", ()) == "all signals together"


@pytest.mark.parametrize("kind", KINDS)
def test_the_wording_is_told_by_the_kind(kind: str) -> None:
    one = found("A zebra was there.")
    told = {reason_of(one, other, ("wording",)) for other in KINDS}
    assert len(told) == len(KINDS)
    assert reason_of(one, kind, ("wording",)).startswith("worded like ")


def test_a_reason_names_new_words_rarest_and_names_first() -> None:
    one = found("A zebra of Nairobi was seen in Kenya by harbour tourists.")
    expected = {"Nairobi", "Kenya"}
    told = reason_of(one, "other story", ("newcomers",))
    assert told.startswith("words that stand nowhere else (")
    words = told.removesuffix(")").split("(")[1].split(", ")
    assert len(words) == 4
    assert set(words[:2]) == expected
    assert set(words[2:]) < {"zebra", "seen", "tourists"}


def test_a_new_word_is_told_as_it_stands_where_it_stands_first() -> None:
    one = found("The Zebra and a zebras by Zebra.")
    assert reason_of(one, "other story", ("newcomers",)).count("Zebra") == 1
    assert "zebras" in reason_of(one, "other story", ("newcomers",))


def test_a_question_is_told() -> None:
    asked = "a question in a text that does not use them"
    for intrusion in (("Why was a zebra there?",), ("A zebra came.", "Why was a zebra there?")):
        assert reason_of(found(*intrusion), "promotion", ("form",)) == asked
    assert asked not in reason_of(found("A zebra was there."), "promotion", ("form",))


def test_all_signals_are_told_in_their_order() -> None:
    one = found("A zebra was there.")
    told = reason_of(one, "promotion", ("figures", "cohesion", "wording", "form")).split("; ")
    assert told == [
        "prices, years or figures out of line with the text",
        "hangs together little with the text around it",
        "worded like an advert",
        "its form stands out from the text",
    ]


def test_a_reason_without_new_words_has_no_empty_brackets() -> None:
    lines = sentences(20, {5, 15})
    by = MODEL.full._replace(blocks=stump(AT["new_words"], 0.5, 4, -4))  # the fewer, the likelier
    one = find_blocks(read_document(paragraphs(lines)), MODEL, by, 0.9, [])[0]
    assert "newcomers" in raised_signals(one)
    assert "()" not in reason_of(one, "other story", raised_signals(one))
