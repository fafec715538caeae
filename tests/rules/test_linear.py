"""Matching takes work in proportion to the text, whatever stands in it."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

import pytest

from newsclean.document import read_document
from newsclean.rules.index import Index
from newsclean.rules.match import match_lines
from newsclean.rules.patterns import compiled
from newsclean.rules.phrases import parse_phrase, wordings
from newsclean.rules.rule import Rule
from newsclean.rules.ruleset import RuleSet, shipped_rules
from rule_helpers import PROSE
from stepcount import grown, lines_run

_SIZE = 3_200  # characters; longer than what is looked at at once
_GROUPS = 6
_FILLINGS = {"{name}": "Jane Doe", "{date}": "May 3, 2021", "{site}": "The News", "0": "7"}


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(shipped_rules())


def own_words(rule: Rule) -> str:
    """A wording of the rule, or an example of its expression."""
    if rule.pattern:
        return rule.matches[0]
    words = next(words for words in islice(wordings(parse_phrase(rule.phrases[0])), 50) if words)
    return " ".join(_FILLINGS.get(word, "A title" if word.startswith("{") else word) for word in words)


def hostile(rule: Rule) -> str:
    """What makes work for a rule: its wording and near misses of it, quoted, in brackets, glued."""
    words = own_words(rule)
    keyword = rule.keywords[0] if rule.keywords else words.split()[0]
    near = words[: -len(words.split()[-1])].strip() or words
    return (
        f"{words} {words}. {near} {near} x ({words}) [{near}] “{words}” {words.title()}{words}! "
        f"{keyword} {keyword}{keyword} ({keyword} (({near}    {near}: The {keyword}, "
    )


def repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def work(index: Index, text: str) -> int:
    before = index.work
    match_lines(index, read_document(text))
    return index.work - before


def overworked(index: Index, some: list[Rule]) -> list[tuple[str, int, int]]:
    """The rules on whose hostile texts four times the text is clearly more than four times the work."""
    found = []
    for rule in some:
        unit = hostile(rule)
        less, more = (work(index, repeated(unit, size)) for size in (_SIZE, 4 * _SIZE))
        assert less > 0.8 * _SIZE  # what cannot be seen does not count
        if more > 4.5 * less + 4 * len(unit):
            found.append((rule.id, less, more))
    return found


@pytest.mark.parametrize("group", range(_GROUPS))
def test_work_for_an_english_rule_grows_as_its_hostile_text_does(group: int) -> None:
    index = RuleSet().index(("en",))
    english = [rule for rule in rules() if "en" in rule.languages]
    assert overworked(index, english[group::_GROUPS]) == []


LANGUAGES = ("ar", "de", "fa", "fr", "hi", "ja", "ko", "pl", "ru", "th", "tr", "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_work_for_rules_of_other_languages_grows_as_their_hostile_text_does(language: str) -> None:
    index = RuleSet().index((language,))
    named = [rule for rule in rules() if rule.languages == (language,)]
    some = named[:: max(1, len(named) // 3)] + [rule for rule in named if rule.pattern][:2]
    assert overworked(index, some) == []


def all_wordings() -> str:
    return " ".join(hostile(rule) for rule in rules() if "en" in rule.languages)


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text,
        lambda text: re.sub(r"(.{180}\S*) ", r"\1\n\n", text),
        lambda text: re.sub(r"(.{900}\S*) ", r"\1. \n", text),
    ],
    ids=["one line", "short lines", "long lines"],
)
def test_work_for_a_megabyte_of_all_rules_is_four_times_that_for_a_quarter(form: object) -> None:
    index = RuleSet().index(("en",))
    text = form(repeated(all_wordings(), 1_000_000))  # type: ignore[operator]
    less, more = work(index, text[:250_000]), work(index, text)
    assert 250_000 <= less < more < 4.4 * less


UNITS = {
    "blanks": " x     ",
    "single letters": "a ",
    "full stops": ".",
    "exclamations": "Ad! ",
    "open brackets": "(a (b [",
    "closed brackets": "(ad) [ad] ",
    "open quotations": "“ad ",
    "apostrophes": "l'",
    "numbers": "1,234 5 ",
    "digits": "7",
    "abbreviations": "U.S. Mr. ",
    "zero-width": "a\u200b",
    "accents": "e\u0301",
    "hyphens": "ad-",
    "keyword": "advertisement ",
    "capitals": "READ MORE ",
    "title": "Read also: The ",
    "no words": "*|",
    "unspaced": "広告",
    "code": "a(b(c=>{",
}


@pytest.mark.parametrize("unit", sorted(UNITS))
@pytest.mark.parametrize("end", ["", f"\n{PROSE}\n"], ids=["one line", "lines"])
def test_work_for_the_same_again_and_again_grows_as_the_text_does(unit: str, end: str) -> None:
    index = RuleSet().index(("en", "ja"))
    less, more = (
        work(index, repeated(repeated(UNITS[unit], 2_000) + end, size)) for size in (20_000, 80_000)
    )
    assert 5_000 <= less <= more < 4.4 * less + 20_000


@pytest.mark.parametrize("unit", ["exclamations", "keyword", "closed brackets", "title", "capitals"])
def test_every_function_of_matching_runs_in_proportion_to_the_text(unit: str) -> None:
    """What `Index.work` does not count would show here: lines of code that run."""
    index = RuleSet().index(("en",))
    documents = [read_document(repeated(UNITS[unit], size)) for size in (10_000, 40_000)]
    for document in documents:
        match_lines(index, document)  # the networks remember their steps
    fewer, more = (lines_run(match_lines, index, document, within=("rules/",)) for document in documents)
    assert fewer.total() > 10
    assert grown(fewer, more, times=5, apart=1_000) == {}


def test_expressions_run_on_an_engine_without_backtracking() -> None:
    engines = {type(compiled(rule.pattern)).__module__ for rule in rules() if rule.pattern}
    assert engines == {"re2"}


def test_the_engine_takes_no_longer_for_what_makes_others_backtrack() -> None:
    assert compiled(r"^(a|aa)+$").search("a" * 50_000 + "b") is None
    assert compiled(r"(x+x+)+y").search("x" * 50_000) is None
