from __future__ import annotations

import pytest

from newsclean.categories import CATEGORIES, category_ids
from newsclean.decision.decide import decide_by_rules
from newsclean.decision.removal import SCORES
from newsclean.decision.sentences import split_lines
from newsclean.decision.signs import signs_of, split_signs
from newsclean.decision.state import State
from newsclean.document import read_document
from newsclean.rules.match import match_lines
from newsclean.scoring.table import Signs
from rule_helpers import ONE_OF_EACH, PROSE, index_of, rule

INDEX = index_of(
    *ONE_OF_EACH,
    rule("Click here to read it all", id="inline", scope="inline", category="related"),
)
CATEGORY = tuple(CATEGORIES)
NOTICE = "Your email address will not be published."


def state_of(*lines: str, profile: str = "balanced") -> State:
    document = read_document("\n\n".join(lines))
    categories = frozenset(category_ids()) - {"embed"}
    return decide_by_rules(document, match_lines(INDEX, document), profile, categories)


def test_lines_have_the_strength_and_category_of_what_is_found_and_the_surety_of_what_is_decided() -> None:
    state = state_of(PROSE, "Comments", PROSE, "Home", PROSE, "Share this story", PROSE)
    signs = signs_of(state)
    assert signs.strength.tolist() == [0, 2, 0, 1, 0, 3, 0]
    assert signs.surety.tolist() == pytest.approx([0, 0, 0, 0, 0, SCORES["certain"], 0])
    told = [CATEGORY[at] if at >= 0 else "" for at in signs.category]
    assert told == ["", "comment_template", "", "navigation", "", "social", ""]
    assert signs.covered.tolist() == [0] * 7


def test_a_line_that_went_along_has_the_surety_and_category_of_its_removal() -> None:
    state = state_of(*[PROSE] * 6, "Comments", "Around the web", "Bridge to close in May")
    signs = signs_of(state)
    hows = ["likely", "certain", "carried"]
    assert [state.removed[at].how for at in (6, 7, 8)] == hows
    assert signs.surety[6:].tolist() == pytest.approx([SCORES[how] for how in hows])
    assert signs.strength[6:].tolist() == [2, 3, 0]
    assert [CATEGORY[at] for at in signs.category[6:]] == ["comment_template", "related", "related"]


def test_a_line_is_covered_by_the_pieces_found_in_it() -> None:
    line = f"{PROSE} {NOTICE}"
    signs = signs_of(state_of(PROSE, line, PROSE))
    assert signs.covered.tolist() == pytest.approx([0, len(NOTICE) / len(line), 0])
    assert signs.surety.tolist() == signs.strength.tolist() == [0, 0, 0]
    assert signs.category.tolist() == [-1, -1, -1]


def test_a_line_of_a_category_that_is_kept_has_no_signs() -> None:
    signs = signs_of(state_of(PROSE, "View this post", PROSE))
    assert signs.strength.tolist() == signs.surety.tolist() == [0, 0, 0]
    assert signs.category.tolist() == [-1, -1, -1]


@pytest.mark.parametrize("lines", [(), (PROSE,)])
def test_there_is_one_sign_a_line(lines: tuple[str, ...]) -> None:
    assert {column.shape for column in signs_of(state_of(*lines))} == {(len(lines),)}


@pytest.mark.parametrize("profile", ["precision", "balanced", "recall"])
def test_what_is_found_does_not_depend_on_the_profile(profile: str) -> None:
    lines = (PROSE, "Comments", "Home", "Share this story", PROSE)
    signs, usual = signs_of(state_of(*lines, profile=profile)), signs_of(state_of(*lines))
    assert signs.strength.tolist() == usual.strength.tolist()


LONG = " ".join([PROSE] * 12)


def signs_of_parts(*lines: str) -> Signs:
    """The signs of lines and of the sentences of long lines."""
    state = state_of(*lines)
    split = split_lines(state.document)
    assert split
    signs = split_signs(state, split)
    assert {column.shape for column in signs} == {(len(split.lines),)}
    return signs


def test_a_sentence_that_rules_found_is_certain_and_the_others_of_its_line_have_no_signs() -> None:
    signs = signs_of_parts(f"{LONG} {NOTICE} {PROSE}")
    assert signs.strength.tolist() == [0] * 12 + [3, 0]
    assert signs.surety.tolist() == pytest.approx([0] * 12 + [SCORES["certain"], 0])
    assert signs.covered.tolist() == pytest.approx([0] * 12 + [1, 0])
    assert [CATEGORY[at] if at >= 0 else "" for at in signs.category] == [""] * 12 + ["social", ""]


def test_lines_that_are_not_taken_apart_keep_their_signs() -> None:
    lines = (LONG, "Comments", f"{PROSE} {NOTICE}", "Share this story")
    own, signs = signs_of(state_of(*lines)), signs_of_parts(*lines)
    assert own.strength.tolist()[1:] == [2, 0, 3]
    assert own.covered[2] > 0
    for name in Signs._fields:
        assert getattr(signs, name)[-3:].tolist() == getattr(own, name)[-3:].tolist(), name


def test_the_sentences_of_a_line_that_goes_have_its_signs() -> None:
    state = state_of(LONG, PROSE)
    split = split_lines(state.document)
    assert split
    state.remove(0, "tags", "ended", "")
    signs = split_signs(state, split)
    assert signs.surety.tolist() == pytest.approx([SCORES["ended"]] * 12 + [0])
    assert [CATEGORY[at] if at >= 0 else "" for at in signs.category] == ["tags"] * 12 + [""]


def test_rules_about_whole_lines_say_nothing_of_sentences() -> None:
    signs = signs_of_parts(f"{LONG} Comments. Share this story. {PROSE}", "Comments")
    assert signs.strength.tolist() == [0] * 15 + [2]


def test_a_sentence_that_rules_found_a_part_of_is_covered_by_that_part() -> None:
    glued = f"{PROSE[:-1]} Click here to read it all"
    signs = signs_of_parts(f"{LONG} {glued}")
    assert signs.covered.tolist() == pytest.approx([0] * 12 + [len("Click here to read it all") / len(glued)])
    assert signs.strength.tolist() == signs.surety.tolist() == [0] * 13
    assert CATEGORY[signs.category[-1]] == "related"


def test_what_was_found_of_a_long_line_as_a_whole_is_not_said_of_its_sentences() -> None:
    state = state_of(LONG, PROSE)
    split = split_lines(state.document)
    assert split
    state.whole[0] = state_of(PROSE, "Comments", PROSE).whole[1]
    assert signs_of(state).strength.tolist() == [2, 0]
    signs = split_signs(state, split)
    assert signs.strength.tolist() == [0] * 13
    assert signs.category.tolist() == [-1] * 13
