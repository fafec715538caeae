"""Decisions take work in proportion to the lines, whatever stands around what."""

from __future__ import annotations

import pytest

from newsclean.categories import category_ids
from newsclean.decision.decide import decide
from newsclean.decision.separators import separator_spans
from newsclean.document import read_document
from newsclean.report import Decision
from newsclean.rules.match import match_lines
from newsclean.settling import Settling
from newsclean.spans import Span
from rule_helpers import PROSE, index_of, rule
from stepcount import grown, lines_run

LINES = {
    "certain": "Share this story",
    "likely": "Comments",
    "likely of many words": "All of the posts and comments that you make here",
    "hint": "Home",
    "block": "Related Articles",
    "likely block": "Around the web today",
    "tail": "Leave a Reply",
    "likely tail": "What others think",
    "thread": "Reply",
    "author": "About the author",
    "tags": "Tags",
    "plea": "Please switch your blocker off",
    "kept": "View this post",
    "symbols": "***",
    "label": "The harbour wall at dusk",
    "item": "- The harbour wall",
    "prose": PROSE,
    "quotation": f'"{PROSE}"',
    "pieces": f"{PROSE} Your email address will not be published. {PROSE}",
    "code": "x = foo(bar);",
    "table": "| a | b |",
}
INDEX = index_of(
    rule(LINES["certain"], id="certain"),
    rule(LINES["likely"], id="likely", strength="likely"),
    rule(LINES["likely of many words"], id="long", strength="likely"),
    rule(LINES["hint"], id="hint", strength="hint", category="navigation"),
    rule(LINES["block"], id="block", scope="block", reach=400, category="related"),
    rule(LINES["likely block"], id="b", scope="block", reach=9, strength="likely", category="related"),
    rule(LINES["tail"], id="tail", scope="tail", category="comment_template"),
    rule(LINES["likely tail"], id="t", scope="tail", strength="likely", category="comment_template"),
    rule(LINES["thread"], id="thread", strength="likely", category="comment_template"),
    rule(LINES["author"], id="author", scope="block", reach=3, category="byline"),
    rule(LINES["tags"], id="tags", strength="likely", category="tags"),
    rule(LINES["plea"], id="plea", category="adblock_nag"),
    rule(LINES["kept"], id="kept", category="embed"),
    rule("Your email address will not be published", id="pieces", scope="sentence"),
)
CATEGORIES = frozenset(category_ids()) - {"embed"}
ARTICLE = "\n\n".join([PROSE] * 12)
FEWER, MORE = 40, 160
FOUND = tuple(LINES)[: tuple(LINES).index("symbols")]
PAIRS = [("prose", "certain"), *((kind, found) for kind in ("symbols", "label") for found in FOUND)]


def decided(kinds: tuple[str, ...], count: int, above: str, below: str) -> dict[str, int]:
    """The lines of code that deciding runs on `count` lines of some kinds in turn."""
    lines = [LINES[kind] for kind in kinds] * (count // len(kinds))
    document = read_document("\n\n".join(filter(None, [above, *lines, below])))
    found = match_lines(INDEX, document)
    return lines_run(decide, document, found, "recall", CATEGORIES, within=("decision/",))


@pytest.mark.parametrize("kinds", [(kind,) for kind in LINES] + PAIRS, ids="-".join)
def test_deciding_runs_each_function_in_proportion_to_the_lines(kinds: tuple[str, ...]) -> None:
    for above, below in (("", ""), (ARTICLE, ""), (ARTICLE, ARTICLE)):
        fewer, more = (decided(kinds, count, above, below) for count in (FEWER, MORE))
        assert grown(fewer, more, times=5, apart=1_500) == {}


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n \r\n", " ", "\u2028", "\n\n\n\n"])
def test_separators_are_found_in_proportion_to_the_text(gap: str) -> None:
    def run(count: int) -> dict[str, int]:
        text = f"x{gap}".join(["junk" + gap] * count)
        at = 0
        removed = []
        for _ in range(count):
            start = text.index("junk", at)
            at = start + 4
            removed.append(Span(start, at))
        return lines_run(lambda: list(separator_spans(text, removed)), within=("decision/", "spans"))

    assert grown(run(100), run(400), times=4.5, apart=200) == {}


def test_white_space_between_two_removals_is_looked_at_once() -> None:
    def run(count: int) -> dict[str, int]:
        text = "junk" + " \n" * count + "junk" + " \n" * count + "end"
        removed = [Span(0, 4), Span(4 + 2 * count, 8 + 2 * count)]
        return lines_run(lambda: list(separator_spans(text, removed)), within=("decision/", "spans"))

    assert grown(run(500), run(2_000), times=4.5, apart=200) == {}


def test_pass_after_pass_is_told_in_proportion_to_the_removals() -> None:
    def run(count: int) -> dict[str, int]:
        def settle() -> None:
            settling = Settling("abcd" * count)
            settling.remove([Decision(Span(n * 4, n * 4 + 1), "remove", "tags") for n in range(count)])
            settling.remove([Decision(Span(n * 3 + 1, n * 3 + 2), "remove", "tags") for n in range(count)])
            assert settling.text == "bd" * count
            settling.report(
                "balanced", ("en",), [Decision(Span(n, n + 1), "keep", "embed") for n in range(count)]
            )

        return lines_run(settle, within=("settling", "spans", "report"))

    fewer, more = run(100), run(400)
    assert fewer["settling.Settling._map"] > 100
    assert grown(fewer, more, times=4.5, apart=200) == {}
