from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.categories import CATEGORIES
from newsclean.errors import NewscleanError, RulePackError
from newsclean.rules.rule import SCOPES, STRENGTHS, Reject, Rule
from newsclean.rules.schema import parse_rule, parse_table

PHRASES = """
[[rule]]
id = "related-heading"
category = "related"
scope = "block"
languages = ["en", "*"]
strength = "likely"
why = "A heading of teasers."
source = "blogs"
phrases = ["Related", "Read (also|more)"]
reach = 400
"""
PATTERN = """
off = ["en-nav-skip"]
[[rule]]
id = "views"
category = "counter"
scope = "line"
languages = ["de"]
strength = "certain"
why = "A counter."
source = "blogs"
pattern = '^\\d+ views$'
keywords = ["views"]
matches = ["7 views"]
rejects = [{ text = "The views from here.", why = "a sentence" }]
"""


def test_a_rule_of_phrases_is_read_whole() -> None:
    rules, off = parse_table(tomllib.loads(PHRASES), "my.toml")
    assert off == []
    assert rules == [
        Rule(
            id="related-heading",
            category="related",
            scope="block",
            languages=("en", "*"),
            strength="likely",
            why="A heading of teasers.",
            source="blogs",
            phrases=("Related", "Read (also|more)"),
            reach=400,
            file="my.toml",
        )
    ]


def test_a_rule_by_expression_is_read_whole_with_what_is_switched_off() -> None:
    rules, off = parse_table(tomllib.loads(PATTERN), "my.toml")
    assert off == ["en-nav-skip"]
    assert rules == [
        Rule(
            id="views",
            category="counter",
            scope="line",
            languages=("de",),
            strength="certain",
            why="A counter.",
            source="blogs",
            pattern=r"^\d+ views$",
            keywords=("views",),
            matches=("7 views",),
            rejects=(Reject("The views from here.", "a sentence"),),
            file="my.toml",
        )
    ]


def test_a_file_may_hold_no_rule_at_all() -> None:
    assert parse_table({}, "my.toml") == ([], [])


@pytest.mark.parametrize(
    ("field", "values"), [("category", tuple(CATEGORIES)), ("scope", SCOPES), ("strength", STRENGTHS)]
)
def test_every_known_value_is_accepted(field: str, values: tuple[str, ...]) -> None:
    entry = tomllib.loads(PHRASES)["rule"][0]
    for value in values:
        made = {**entry, field: value}
        if value not in ("block", "tail"):
            made.pop("reach") if field == "scope" else None
        assert getattr(parse_rule(made, "my.toml"), field) == value


def test_an_error_of_a_pack_is_a_value_error_with_its_parts() -> None:
    with pytest.raises(ValueError, match=r"^my\.toml: rule 1: id: is missing, add it$") as error:
        parse_table({"rule": [{}]}, "my.toml")
    assert isinstance(error.value, RulePackError)
    assert isinstance(error.value, NewscleanError)
    assert (error.value.file, error.value.rule, error.value.field) == ("my.toml", "rule 1", "id")


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["text", "why", "id"]), inner, max_size=2),
    ),
    max_leaves=4,
)


def refused(entry: object) -> str | None:
    """The field for which an entry is refused, if it is."""
    try:
        parse_rule(entry, "my.toml")
    except RulePackError as error:
        return error.field
    return None


FIELDS = tomllib.loads(PATTERN)["rule"][0]


@given(st.sampled_from(sorted(FIELDS)), values)
def test_whatever_stands_in_a_field_is_read_or_refused_for_that_field(field: str, value: object) -> None:
    allowed = {None, field, "reach"} if field == "scope" else {None, field}
    assert refused(FIELDS | {field: value}) in allowed
