from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.training.alignment import Aligned, Verdict, align, consensus, line_key, usable
from strategies import any_text

RAIN = "Rain fell all day in the valley, and the mayor said that it would not stop before Sunday."
BRIDGES = "Two bridges were closed in the night because of the water, and a third one may follow soon."
SCHOOLS = "Schools stay open, said the council, but buses will leave an hour later than the timetable has it."
GOLD = f"{RAIN}\nThe river\n{BRIDGES}"
FOREIGN = "Subscribe to our weekly letter for tips about gardens, kitchens, holidays and much else besides."
TITLE = "Rain in the valley: no end in sight"

LINES: dict[str, tuple[str, Verdict]] = {
    "a paragraph": (RAIN, "article"),
    "a paragraph in other case, marks and blanks": (f"• {RAIN.upper().replace(',', ' –')}", "article"),
    "a short line that gold has": ("The river", "article"),
    "a sentence cut short": ("the mayor said that it would not stop", "article"),
    "four words of a sentence": ("Rain fell all day", "article"),
    "a paragraph with a few words more": (f"{RAIN} Read on", "article"),
    "three words of a sentence": ("in the valley", "open"),
    "two words of a sentence": ("The mayor", "open"),
    "half a paragraph, and as much else": (f"{RAIN} {FOREIGN}", "open"),
    "a paragraph of which one in nine words stands in gold": (f"{FOREIGN} {FOREIGN} {BRIDGES[:24]}", "open"),
    "one word of a sentence": ("Sunday", "junk"),
    "short, with other words": ("Read on", "junk"),
    "short, with words of gold that do not stand together": ("Rain may stop", "junk"),
    "a paragraph of other words": (FOREIGN, "junk"),
    "long, with words of gold that do not stand together": (" ".join(sorted(RAIN.split())), "junk"),
    "seven words, four of a sentence": ("Rain fell all day at the mill", "junk"),
    "eight words, four of a sentence": ("Rain fell all day at the old mill", "open"),
    "nothing": ("", "open"),
    "blanks": (" \t", "open"),
    "marks alone": ("* * *", "open"),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_is_judged_by_the_gold_text(name: str) -> None:
    line, verdict = LINES[name]
    assert align(f"{RAIN}\n{line}\n{BRIDGES}", GOLD).verdicts == ("article", verdict, "article")


HEADLINES: dict[str, tuple[str, tuple[Verdict, ...]]] = {
    "before the story": (f"{TITLE}\n{RAIN}", ("article", "article")),
    "with the name of the site": (f"{TITLE} | Valley Herald\n{RAIN}", ("article", "article")),
    "after the story has begun": (f"{RAIN}\n{TITLE}", ("article", "open")),
    "another page's": (f"Storm warning: no end in sight\n{RAIN}", ("junk", "article")),
}


@pytest.mark.parametrize("name", HEADLINES)
def test_a_headline_that_gold_lacks_is_article_before_the_story(name: str) -> None:
    text, verdicts = HEADLINES[name]
    assert align(text, GOLD, [TITLE]).verdicts == verdicts


def test_without_what_the_page_says_of_itself_a_headline_is_not_known() -> None:
    assert align(f"{TITLE}\n{RAIN}", GOLD).verdicts == ("junk", "article")


@pytest.mark.parametrize("verdict", get_args(Verdict))
@pytest.mark.parametrize("line", [RAIN, FOREIGN, TITLE, "Read on", "The mayor"])
def test_known_verdicts_win(line: str, verdict: Verdict) -> None:
    aligned = align(f"  {line.upper()}\nRead more", GOLD, [TITLE], {line_key(line): verdict})
    assert aligned.verdicts == (verdict, "junk")


@given(any_text, any_text)
def test_there_is_a_verdict_for_each_line(text: str, gold: str) -> None:
    aligned = align(text, gold)
    assert "\n".join(aligned.lines) == text
    assert len(aligned.verdicts) == len(aligned.lines)


@given(any_text)
def test_every_line_of_gold_that_has_words_is_article(gold: str) -> None:
    aligned = align(gold, gold)
    expected = ["article" if line_key(line) else "open" for line in aligned.lines]
    assert list(aligned.verdicts) == expected


STORY = f"{RAIN} {BRIDGES}\n{SCHOOLS} {RAIN}\n{BRIDGES} {SCHOOLS}"
MENU = "\n".join(("Home", "News", "Sport", "Jobs", "Sign in") * 8)
OUTPUTS = {
    "the story": (STORY, STORY, True),
    "the story among buttons": (f"{MENU}\n{STORY}\n{MENU}", STORY, True),
    "the story and a paragraph of another": (f"{FOREIGN} {FOREIGN}\n{STORY}", STORY, True),
    "two of three paragraphs": (STORY.rpartition("\n")[0], STORY, True),
    "less than half of it": (f"{RAIN}\n{BRIDGES}", STORY, False),
    "another page": ("\n".join([FOREIGN] * 9), STORY, False),
    "gold that stops early": (f"{STORY}\n" + "\n".join([f"{FOREIGN} {FOREIGN}"] * 6), STORY, False),
    "gold of a few words": (RAIN, RAIN, False),
    "nothing": ("", STORY, False),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_is_usable_if_it_and_its_gold_are_of_one_page(name: str) -> None:
    text, gold, expected = OUTPUTS[name]
    assert usable(align(text, gold), gold) is expected


def test_words_of_gold_in_junk_do_not_count_as_found() -> None:
    lines = (RAIN, BRIDGES, RAIN)
    assert usable(Aligned(lines, ("open", "article", "open")), "\n".join(lines))
    assert not usable(Aligned(lines, ("junk", "article", "junk")), "\n".join(lines))


SELECTIVE = ("one", "two", "three")


def verdicts_of(line: str, votes: int, **snippets: tuple[str, ...]) -> dict[str, Verdict]:
    """The verdicts on a page where `votes` of three selective extractors keep `line`, and a full dump does."""
    outputs = {name: f"{RAIN}\n{line if at < votes else BRIDGES}" for at, name in enumerate(SELECTIVE)}
    return consensus({**outputs, "full": f"Menu\n{RAIN}\n{line}"}, SELECTIVE, **snippets)


CONSENSUS: dict[str, tuple[str, int, Verdict]] = {
    "a paragraph that all keep": (SCHOOLS, 3, "article"),
    "a paragraph that all but one keep": (SCHOOLS, 2, "article"),
    "a paragraph that one keeps": (SCHOOLS, 1, "open"),
    "a paragraph that only the full dump has": (SCHOOLS, 0, "junk"),
    "a short line that all keep": ("The river", 3, "open"),
    "a short line that only the full dump has": ("The river", 0, "junk"),
}


@pytest.mark.parametrize("name", CONSENSUS)
def test_without_gold_what_nearly_all_extractors_keep_is_article(name: str) -> None:
    line, votes, verdict = CONSENSUS[name]
    found = verdicts_of(line, votes)
    assert (found[line_key(line)], found["menu"], found[line_key(RAIN)]) == (verdict, "junk", "article")


@pytest.mark.parametrize("votes", range(4))
def test_snippets_that_must_or_must_not_be_there_win(votes: int) -> None:
    key = line_key(SCHOOLS)
    assert verdicts_of(SCHOOLS, votes, present=("the COUNCIL, but buses",))[key] == "article"
    assert verdicts_of(SCHOOLS, votes, absent=(SCHOOLS.upper(),))[key] == "junk"


def test_two_extractors_make_no_consensus() -> None:
    assert consensus({"one": RAIN, "two": RAIN, "full": RAIN}, SELECTIVE) == {}


@given(st.lists(any_text, min_size=3, max_size=4))
def test_a_consensus_names_every_line_with_words(texts: list[str]) -> None:
    found = consensus(dict(enumerate(texts)), range(3))
    assert set(found) == {key for text in texts for line in text.split("\n") if (key := line_key(line))}
