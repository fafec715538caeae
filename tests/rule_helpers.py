"""Small rule sets made on the spot, and what they find in a text."""

from __future__ import annotations

from typing import Any

from newsclean.document import read_document
from newsclean.rules.compiling import compile_pack
from newsclean.rules.found import Found
from newsclean.rules.index import Index
from newsclean.rules.match import match_lines
from newsclean.rules.rule import Rule
from newsclean.rules.schema import parse_rule

PROSE = (
    "The council met on Tuesday evening and agreed to mend the roof of the old library before winter comes."
)


def rule(*phrases: str, **fields: Any) -> Rule:
    """A rule with `phrases` (or, with `pattern`, one by expression); its first phrase names it."""
    entry: dict[str, Any] = {
        "id": "test-rule",
        "category": "social",
        "scope": "line",
        "languages": ["en"],
        "strength": "certain",
        "why": "A test.",
        "source": "A test.",
    }
    if phrases:
        entry["phrases"] = list(phrases)
    return parse_rule(entry | fields, "test.toml")


def index_of(*rules: Rule, languages: tuple[str, ...] = ("en",), off: tuple[str, ...] = ()) -> Index:
    """An index of just these rules."""
    return Index([compile_pack(rules)], {*languages, "*"}, frozenset(off))


def find(text: str, *rules: Rule) -> list[list[Found]]:
    """What the rules find, line by line."""
    return list(match_lines(index_of(*rules), read_document(text)).values())


def found_texts(text: str, *rules: Rule) -> list[str]:
    """The stretches of `text` that the rules find, best finding of each."""
    tidy = read_document(text).tidy
    stretches = [(found.start, found.end) for line in find(text, *rules) for found in line]
    return [tidy[start:end] for start, end in dict.fromkeys(stretches)]


def strengths(text: str, *rules: Rule) -> list[str]:
    """How strong the best finding of each found line is."""
    return [line[0].strength for line in find(text, *rules)]


#: A rule of each strength and reach that decisions tell apart, by its id.
ONE_OF_EACH = (
    rule("Share this story", id="certain"),
    rule("Comments", id="likely", strength="likely", category="comment_template"),
    rule("Home", id="hint", strength="hint", category="navigation"),
    rule("View this post", id="kept", category="embed"),
    rule("Around the web", id="block", scope="block", reach=5, category="related"),
    rule("Your email address will not be published", id="piece", scope="sentence"),
)
