"""Facts about the rules that are shipped."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.categories import category_ids
from newsclean.document import read_document
from newsclean.evidence import RANK
from newsclean.rules.index import Index
from newsclean.rules.lint import lint_shipped
from newsclean.rules.literals import literals
from newsclean.rules.match import match_lines
from newsclean.rules.phrases import parse_phrase, wordings
from newsclean.rules.rule import Rule
from newsclean.rules.ruleset import COMMON, DATA, RuleSet, language_folders, load_shipped, shipped_rules
from newsclean.rules.units import matches_whole

#: Languages whose news sites have rules for every kind of junk.
LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "ru",
    "uk",
    "tr",
    "ar",
    "fa",
    "he",
    "hi",
    "bn",
    "ur",
    "id",
    "vi",
    "zh",
    "ja",
    "ko",
    "sv",
    "no",
    "da",
    "fi",
    "cs",
    "el",
    "hu",
    "ro",
]
#: Languages into which WordPress's own words are translated.
WORDPRESS = [
    "ar",
    "bg",
    "bn",
    "bs",
    "ca",
    "ckb",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "eo",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "gd",
    "gl",
    "he",
    "hr",
    "hu",
    "id",
    "it",
    "ja",
    "jv",
    "ka",
    "ko",
    "lv",
    "mk",
    "ms",
    "my",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "si",
    "sk",
    "sl",
    "sq",
    "sr",
    "su",
    "sv",
    "sw",
    "ta",
    "th",
    "tr",
    "ug",
    "uk",
    "ur",
    "vi",
    "zh",
]


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(shipped_rules())


def pack_name(rule: Rule) -> str:
    return rule.file.rpartition("/")[0] or COMMON


@cache
def pack_index(name: str) -> Index:
    """The rules of one pack alone."""
    languages = {"*"} if name == COMMON else {name, "*"}
    return Index([load_shipped(name)], languages, frozenset())


def test_the_linter_has_nothing_to_say() -> None:
    assert [str(problem) for problem in lint_shipped()] == []


def test_no_two_rules_have_one_id() -> None:
    assert [ident for ident, count in Counter(rule.id for rule in rules()).items() if count > 1] == []


def test_every_language_has_its_folder() -> None:
    assert sorted(set(LANGUAGES) - set(language_folders())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_rules_for_nearly_every_category(language: str) -> None:
    named = {rule.category for rule in rules() if rule.languages == (language,)}
    assert sorted(set(category_ids()) - named - {"offtopic", "embed"}) == []


def test_every_category_has_english_rules() -> None:
    named = {rule.category for rule in rules() if "en" in rule.languages}
    assert sorted(set(category_ids()) - named) == []


@pytest.mark.parametrize("language", WORDPRESS)
def test_a_language_of_wordpress_has_its_words(language: str) -> None:
    files = {rule.file for rule in rules() if rule.languages == (language,) and rule.phrases}
    assert f"{language}/wordpress.toml" in files


def test_every_file_of_a_pack_holds_rules() -> None:
    held = {rule.file for rule in rules()}
    files = {path.relative_to(DATA).as_posix() for path in Path(DATA).rglob("*.toml")}
    assert sorted(files - held) == []


def by_pattern() -> dict[str, list[Rule]]:
    packs: dict[str, list[Rule]] = {}
    for rule in rules():
        if rule.pattern:
            packs.setdefault(pack_name(rule), []).append(rule)
    return packs


def matches(rule: Rule, text: str) -> bool:
    document = read_document(text)
    if rule.scope == "inline":
        return any(
            rule.id in ids
            for ids, _ in found_in(
                text, Index([load_shipped(pack_name(rule))], {*rule.languages}, others(rule))
            )
        )
    return matches_whole(rule.pattern, document, 0, len(document.tidy))


def others(rule: Rule) -> frozenset[str]:
    return frozenset(other.id for other in rules() if other.id != rule.id)


def found_in(text: str, index: Index) -> list[tuple[set[str], str]]:
    """Per line found: the rules that found it, and how strongly."""
    lines = match_lines(index, read_document(text)).values()
    return [
        ({f.head.id for f in line}, max((f.strength for f in line), key=RANK.__getitem__)) for line in lines
    ]


@pytest.mark.parametrize("pack", sorted(by_pattern()))
def test_expressions_find_their_examples(pack: str) -> None:
    """Each alone in its pack, through keywords, bullets, brackets and all."""
    for rule in by_pattern()[pack]:
        index = Index([load_shipped(pack)], set(rule.languages), others(rule))
        missed = [text for text in rule.matches if not found_in(text, index)]
        assert (rule.id, missed) == (rule.id, [])


@pytest.mark.parametrize("pack", sorted(by_pattern()))
def test_expressions_leave_their_counter_examples(pack: str) -> None:
    for rule in by_pattern()[pack]:
        index = Index([load_shipped(pack)], set(rule.languages), others(rule))
        taken = [reject.text for reject in rule.rejects if found_in(reject.text, index)]
        assert (rule.id, taken) == (rule.id, [])


PHRASES = st.deferred(
    lambda: st.sampled_from([(rule, phrase) for rule in rules() for phrase in rule.phrases])
)
FILLINGS = {
    "{name}": "Jane Doe",
    "{date}": "May 3, 2021",
    "{site}": "Example News",
    "{title}": "The Door Under the Sea",
    "{:title}": "The Door Under the Sea",
    "0": "7",
}


def unspaced(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or "\u0e00" <= char <= "\u0eff" or "\u1000" <= char <= "\u109f"


def written(words: tuple[str, ...], glue: str) -> str:
    """A wording as a text has it; `glue` stands between scripts with and without blanks."""
    text = ""
    for word in words:
        filled = FILLINGS.get(word, word)
        sides = (unspaced(text[-1]) + unspaced(filled[0])) if text else 2
        text += (" ", glue, "")[sides] + filled
    return text


@st.composite
def shipped_wordings(draw: st.DrawFn) -> tuple[Rule, str, str]:
    rule, phrase = draw(PHRASES)
    some = [words for words in islice(wordings(parse_phrase(phrase)), 200) if words]
    return rule, phrase, written(draw(st.sampled_from(some)), draw(st.sampled_from((" ", ""))))


@given(shipped_wordings())
@settings(max_examples=400)
def test_every_wording_is_found_by_its_rule(drawn: tuple[Rule, str, str]) -> None:
    rule, _, text = drawn
    ids = [ids for ids, _ in found_in(text, pack_index(pack_name(rule)))]
    assert len(ids) == 1
    assert rule.id in ids[0]


@given(shipped_wordings())
@settings(max_examples=400)
def test_every_wording_that_may_stand_inside_a_line_holds_a_keyword(drawn: tuple[Rule, str, str]) -> None:
    rule, phrase, text = drawn
    if rule.scope in ("sentence", "inline") and literals(parse_phrase(phrase)):
        folded = read_document(f"So it was. {text}. So it is.").folded
        hits = pack_index(pack_name(rule)).find_keywords(folded)
        assert any(10 <= start < end <= 12 + len(text) for _, start, end in hits)


def test_every_phrase_of_a_sentence_can_be_looked_for() -> None:
    """Without a keyword a sentence inside a long line is never looked at."""
    blind = [
        (rule.id, phrase)
        for rule in rules()
        if rule.scope == "inline"
        for phrase in rule.phrases
        if not literals(parse_phrase(phrase))
    ]
    assert blind == []


@pytest.mark.parametrize("language", sorted(set(LANGUAGES)))
def test_the_packs_of_a_language_and_english_run_together(language: str) -> None:
    index = RuleSet().index(tuple(sorted({"en", language})))
    found = found_in("Leave a Reply", index)
    assert found
    assert found[0][1] == "certain"
