from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from newsclean import Cleaner, Report
from newsclean.categories import CATEGORIES, category_ids
from newsclean.decision import scored as module
from newsclean.decision.decide import decide, decide_by_rules
from newsclean.decision.removal import SCORED, SCORES, Removal
from newsclean.decision.scored import Limits, apply_scores, limits_for, scored_sentences
from newsclean.decision.sentences import split_lines
from newsclean.decision.signs import split_signs
from newsclean.decision.state import State
from newsclean.document import Document, may_score, read_document
from newsclean.languages import SCRIPTS
from newsclean.rules.match import match_lines
from newsclean.scoring import model as model_module
from rule_helpers import ONE_OF_EACH, PROSE, index_of, rule
from strategies import messy_texts

INDEX = index_of(
    *ONE_OF_EACH,
    rule("Every picture in this story was taken by a member of our staff", id="prose", category="credit"),
)
DEFAULT = frozenset(category_ids()) - {"embed"}
LIMITS = Limits(line=0.8, weak=0.7, certain=0.5)
OTHER = (
    "Islanders had complained that the winter service left them without a way home from the city on Sunday."
)
NOTICE = "Your email address will not be published."
PICTURES = "Every picture in this story was taken by a member of our staff."
TEASER = "Bridge to close in May"

#: What the scorer says of lines: probability of junk, or that and a category. Of others it says 0.
Scores = dict[str, float | tuple[float, str]]
Scoring = Callable[[Scores], None]


@pytest.fixture(autouse=True)
def by_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python decides: what is put in place of its scores, the kernel would not see."""
    monkeypatch.setattr(Cleaner, "_kernel", lambda _: None)


@pytest.fixture
def scoring(monkeypatch: pytest.MonkeyPatch) -> Scoring:
    """Makes the scorer say what a test wants."""

    def says(scores: Scores) -> None:
        class Told:
            def __init__(self, _: object, documents: Sequence[Document], signs: Any) -> None:
                lines = [document.text(line) for document in documents for line in document.lines]
                assert all(column.shape == (len(lines),) for column in signs)
                told = [scores.get(line, 0.0) for line in lines]
                self.said = [one if isinstance(one, tuple) else (one, "offtopic") for one in told]
                self.probability = np.array([one for one, _ in self.said], dtype=np.float32)

            def category(self, line: int) -> str:
                return self.said[line][1]

            def reason(self, _: int) -> str:
                return "by its looks"

        monkeypatch.setattr(module, "Scored", Told)

    return says


def state_of(*lines: str, categories: frozenset[str] = DEFAULT) -> State:
    document = read_document("\n\n".join(lines))
    return decide_by_rules(document, match_lines(INDEX, document), "balanced", categories)


def applied(*lines: str, categories: frozenset[str] = DEFAULT) -> dict[int, Removal]:
    """The removals, by line, once the scores have been applied."""
    state = state_of(*lines, categories=categories)
    apply_scores(state, None, LIMITS, categories)  # type: ignore[arg-type]  # the fake needs no model
    return state.removed


def test_a_line_that_scores_at_the_limit_goes_and_one_below_it_stays(scoring: Scoring) -> None:
    scoring({"Sunny all week": (0.81, "social"), "Rain on Monday": 0.79, TEASER: (0.8125, "related")})
    removed = applied("Sunny all week", "Rain on Monday", TEASER, PROSE, OTHER)
    assert {at: removal.category for at, removal in removed.items()} == {0: "social", 2: "related"}
    assert all(removal.how == SCORED and removal.found == () for removal in removed.values())
    assert removed[0].reason == "scored 0.81 by its looks"
    assert removed[0].score == pytest.approx(0.81)


# The limit of 0.8 lets a doubt of 0.2 pass; a part of it is let pass where the story is likelier to be hit.
LEAST = {
    "a line before the article": ((TEASER, PROSE, OTHER), 0, 0.8),
    "a line after the article": ((PROSE, OTHER, TEASER), 2, 0.8),
    "a line above another that is no prose": ((PROSE, TEASER, "By Jane", OTHER), 1, 0.8),
    "a paragraph": ((PROSE, OTHER, PROSE), 1, 1 - 0.2 * 0.5),
    "what may be a subheading": ((PROSE, TEASER, OTHER), 1, 1 - 0.2 * 0.2),
    "a longer line above a paragraph": (
        (PROSE, "Bridge to close to all lorries in May", OTHER),
        1,
        0.8,
    ),
    "a line that is nearly all pieces": ((PROSE, f"{NOTICE} {NOTICE} Yes"), 1, 0.8),
}


@pytest.mark.parametrize("name", LEAST)
def test_the_story_is_hit_only_where_the_scorer_is_surer(name: str, scoring: Scoring) -> None:
    lines, at, least = LEAST[name]
    for probability in (least - 0.01, least + 0.01):
        scoring({lines[at]: probability})
        assert (at in applied(*lines)) == (probability > least)


@pytest.mark.parametrize("label", ["Comments", "Home", "Share with us"])
def test_a_few_words_above_a_paragraph_are_never_taken_by_the_scorer(label: str, scoring: Scoring) -> None:
    scoring({label: 1.0})
    assert applied(PROSE, label, OTHER) == {}
    assert set(applied(PROSE, label, TEASER, OTHER)) == {1}


@pytest.mark.parametrize(
    "below", ["Brückenbauarbeiten beginnen voraussichtlich.", f"Closed for a year. {NOTICE[:-1]}"]
)
def test_a_sentence_of_few_words_has_its_subheading_too(below: str, scoring: Scoring) -> None:
    scoring({"Comments": 1.0})
    assert applied(PROSE, "Comments", below, OTHER) == {}
    assert set(applied("Comments", PROSE, below, OTHER)) == {0}  # before the article it is none


def test_a_label_above_a_paragraph_that_rules_took_is_no_subheading(scoring: Scoring) -> None:
    scoring({"Bridge closed": 0.81, PICTURES: 1.0})
    assert set(applied(PROSE, "Bridge closed", PICTURES, OTHER)) == {1, 2}


def test_a_line_with_a_piece_that_goes_is_left_to_the_next_pass(scoring: Scoring) -> None:
    scoring({f"{OTHER} {NOTICE}": 1.0})
    assert applied(PROSE, f"{OTHER} {NOTICE}") == {}


def test_a_line_above_a_paragraph_that_goes_is_no_subheading(scoring: Scoring) -> None:
    lines = (PROSE, TEASER, "Share this story", PROSE, OTHER)
    scoring({TEASER: 0.81, "Share this story": 0.99})
    assert set(applied(*lines)) == {1, 2}


@pytest.mark.parametrize("category", sorted(DEFAULT))
def test_a_line_of_a_category_that_is_kept_stays(category: str, scoring: Scoring) -> None:
    scoring({TEASER: (1.0, category)})
    assert applied(PROSE, OTHER, TEASER, categories=DEFAULT - {category}) == {}
    assert {removal.category for removal in applied(PROSE, OTHER, TEASER).values()} == {category}


def test_what_rules_find_to_be_of_a_kept_category_is_not_removed(scoring: Scoring) -> None:
    scoring({"View this post": (1.0, "social"), "Share this story": (1.0, "social")})
    assert applied(PROSE, OTHER, "View this post") == {}
    assert applied(PROSE, OTHER, "Share this story", categories=DEFAULT - {"social"}) == {}


def test_a_line_that_the_scorer_takes_for_a_kept_category_is_not_removed(scoring: Scoring) -> None:
    scoring({TEASER: (1.0, "embed")})
    assert applied(PROSE, OTHER, TEASER) == {}


def test_a_found_line_that_the_scorer_takes_goes_by_the_category_that_was_found(scoring: Scoring) -> None:
    scoring({"Comments": (0.95, "social")})
    assert state_of(PROSE, "Comments", TEASER, OTHER).removed == {}
    removal = applied(PROSE, "Comments", TEASER, OTHER)[1]
    assert (removal.how, removal.category) == (SCORED, "comment_template")
    assert [found.head.id for found in removal.found] == ["likely"]


def test_a_hint_says_too_little_of_the_category(scoring: Scoring) -> None:
    scoring({"Home": (0.95, "social")})
    removal = applied(PROSE, "Home", TEASER, OTHER)[1]
    assert (removal.how, removal.category) == (SCORED, "social")
    assert [found.head.id for found in removal.found] == ["hint"]


TAIL = (*[PROSE, OTHER] * 3, "Comments", "Around the web", TEASER)
HOWS = ("likely", "certain", "carried")


def test_rules_decide_the_tail_that_the_next_tests_are_about() -> None:
    removed = state_of(*TAIL).removed
    assert tuple(removed[at].how for at in (6, 7, 8)) == HOWS


@pytest.mark.parametrize(
    ("probability", "left"),
    [(0.49, ()), (0.51, ("certain",)), (0.69, ("certain",)), (0.71, HOWS), (1.0, HOWS)],
)
def test_removals_that_score_under_their_limit_are_taken_back(
    probability: float, left: tuple[str, ...], scoring: Scoring
) -> None:
    scoring(dict.fromkeys(TAIL[6:], probability))
    removed = applied(*TAIL)
    assert tuple(removed[at].how for at in sorted(removed)) == left
    assert [removal.score for removal in removed.values()] == pytest.approx([probability] * len(left))


def test_what_rules_were_certain_of_or_found_keeps_its_category_and_a_guess_takes_the_scorers(
    scoring: Scoring,
) -> None:
    scoring(dict.fromkeys(TAIL[6:], (0.9, "tags")))
    removed = applied(*TAIL)
    assert [removed[at].category for at in (6, 7, 8)] == ["comment_template", "related", "tags"]
    assert [bool(removed[at].found) for at in (6, 7, 8)] == [True, True, False]
    assert removed[8].reason == "under the heading block"


def test_a_guess_about_what_was_found_keeps_the_category_that_was_found(scoring: Scoring) -> None:
    lines = (PROSE, OTHER, "Share this story", "Home", "Share this story")
    scoring(dict.fromkeys(lines[2:], (0.9, "tags")))
    assert state_of(*lines).removed[3].how == "hint"
    removal = applied(*lines)[3]
    assert (removal.how, removal.category, removal.score) == ("hint", "navigation", pytest.approx(0.9))


def test_lines_that_rules_took_on_a_guess_stay_if_the_scorer_says_nothing_of_them(scoring: Scoring) -> None:
    scoring({"Around the web": 0.9})
    assert set(applied(*TAIL)) == {7}


@pytest.mark.parametrize(("stays", "given_back"), [(0, True), (1, True), (2, False)])
def test_everything_is_given_back_where_nearly_all_running_text_would_go(
    stays: int, given_back: bool, scoring: Scoring
) -> None:
    prose = [f"{PROSE[:-1]} of year {1900 + number}." for number in range(12)]
    scoring(dict.fromkeys((TEASER, *prose[stays:]), 1.0))
    lines = (*prose, "Share this story", TEASER)
    removed = applied(*lines)
    if given_back:  # to what the rules decided: the scorer's taking back is given up as well
        assert removed == state_of(*lines).removed
        assert [removal.how for removal in removed.values()] == ["certain"]
    else:
        assert set(removed) == {*range(stays, 12), 13}


def test_a_page_without_running_text_may_go_whole(scoring: Scoring) -> None:
    lines = ("Share this story", TEASER, "Weather today")
    scoring(dict.fromkeys(lines, 1.0))
    assert set(applied(*lines)) == {0, 1, 2}


def test_nothing_goes_where_the_scorer_says_nothing(scoring: Scoring) -> None:
    scoring({})
    assert applied(*TAIL) == {}
    assert applied() == {}


# --- limits ---

FACTS: dict[str, Any] = {
    "order": ["unseen", "seen", "measured"],
    "tiers": {"en": "measured", "de": "measured", "ru": "measured", "uk": "seen", "bg": "seen", "hi": "seen"},
    "limits": {
        profile: {
            "measured": [least, least, least],
            "seen": [least + 0.01, least + 0.02, least],
            "unseen": [least + 0.03, least + 0.04, least],
        }
        for profile, least in (("precision", 0.9), ("balanced", 0.8), ("recall", 0.5))
    },
}
MODEL: Any = SimpleNamespace(facts=FACTS)


@pytest.mark.parametrize(
    ("languages", "tier"),
    [
        (("en",), "measured"),
        (("de",), "measured"),
        (("de", "en"), "measured"),
        (("en", "uk"), "seen"),
        (("en", "tlh"), "unseen"),
        (("tlh",), "unseen"),
        ((), "measured"),
        (("de", "en", "tlh"), "measured"),
        (("bg", "uk", "tlh"), "seen"),
        (tuple(sorted((*SCRIPTS["\u0400-\u04ff"], "en"))), "measured"),
        (tuple(sorted((*SCRIPTS["\u0900-\u097f"], "en"))), "seen"),
    ],
)
@pytest.mark.parametrize("profile", ["precision", "balanced", "recall"])
def test_limits_are_those_of_the_best_known_language_beside_english(
    languages: tuple[str, ...], tier: str, profile: str
) -> None:
    assert limits_for(MODEL, profile, languages) == Limits(*FACTS["limits"][profile][tier])


def test_english_counts_only_where_there_is_no_other_language() -> None:
    model: Any = SimpleNamespace(facts=FACTS | {"tiers": {"de": "seen"}})
    for languages, tier in ((("en",), "unseen"), (("de", "en"), "seen"), (("en", "fr"), "unseen")):
        assert limits_for(model, "recall", languages) == Limits(*FACTS["limits"]["recall"][tier])


# --- sentences ---

LONG_LINE = " ".join([PROSE, OTHER] * 6 + ["Read our newsletter."] + [PROSE] * 2)
SURE = 1 - 0.2 * 0.3  # the least probability of a sentence that goes


def taken(
    *lines: str,
    categories: frozenset[str] = DEFAULT,
    gone: tuple[int, ...] = (),
    spared: tuple[int, ...] = (),
) -> list[Removal]:
    """The sentences that go; some lines have gone already, or are of a category that is kept."""
    state = state_of(*lines, categories=categories)
    for at in gone:
        state.remove(at, "social", "certain", "")
    (kept,) = state_of("View this post").spared.values()
    state.spared.update(dict.fromkeys(spared, kept))
    split = split_lines(state.document)
    if split is None:
        return []
    signs = split_signs(state, split)
    return scored_sentences(state, split, signs, None, LIMITS, categories)  # type: ignore[arg-type]  # see above


def test_a_sentence_of_a_long_line_that_is_surely_junk_goes(scoring: Scoring) -> None:
    text = f"{PROSE}\n\n{LONG_LINE}"
    for probability in (SURE - 0.01, SURE + 0.01):
        scoring({"Read our newsletter.": (probability, "subscription")})
        found = taken(PROSE, LONG_LINE)
        assert bool(found) == (probability > SURE)
    (removal,) = found
    assert text[removal.start : removal.end] == "Read our newsletter."
    assert (removal.category, removal.how, removal.found) == ("subscription", SCORED, ())
    assert removal.reason == "a sentence scored 0.95 by its looks"
    assert removal.score == pytest.approx(SURE + 0.01)


def test_lines_that_are_not_long_are_not_scored_again_as_sentences(scoring: Scoring) -> None:
    scoring({PROSE: 1.0, "Read our newsletter.": 1.0})
    assert taken(PROSE, "Read our newsletter.") == []
    assert [removal.end - removal.start for removal in taken("Read our newsletter.", LONG_LINE)] == [
        *[len(PROSE)] * 6,
        len("Read our newsletter."),
        *[len(PROSE)] * 2,
    ]


def test_a_sentence_of_a_kept_category_stays(scoring: Scoring) -> None:
    scoring({"Read our newsletter.": (1.0, "subscription")})
    assert taken(LONG_LINE, categories=DEFAULT - {"subscription"}) == []


def test_a_sentence_of_a_line_that_goes_is_not_removed_again(scoring: Scoring) -> None:
    scoring({"Read our newsletter.": 1.0})
    assert taken(LONG_LINE, PROSE, gone=(0,)) == []
    assert len(taken(LONG_LINE, PROSE, gone=(1,))) == 1


def test_a_sentence_of_a_line_that_is_kept_stays(scoring: Scoring) -> None:
    scoring({"Read our newsletter.": 1.0})
    assert taken(LONG_LINE, PROSE, spared=(0,)) == []
    assert len(taken(LONG_LINE, PROSE, spared=(1,))) == 1


def test_a_sentence_that_rules_cut_out_is_left_to_them(scoring: Scoring) -> None:
    scoring({NOTICE: 1.0, "Read our newsletter.": 1.0})
    (removal,) = taken(f"{LONG_LINE} {NOTICE}")
    assert removal.end - removal.start == len("Read our newsletter.")


def test_rules_about_whole_lines_say_nothing_of_a_sentence(scoring: Scoring) -> None:
    # as a line of its own "Comments" is likely; inside a line no rule looks at it
    line = LONG_LINE.replace("Read our newsletter.", "Comments.")
    scoring({"Comments.": (1.0, "social")})
    assert [removal.category for removal in taken(line)] == ["social"]


@pytest.mark.parametrize(("stay", "goes"), [(0, False), (1, False), (3, True)])
def test_no_sentence_goes_where_nearly_all_would(stay: int, goes: bool, scoring: Scoring) -> None:
    sentences = [f"{PROSE[:-1]} of year {1900 + number}." for number in range(20)]
    scoring(dict.fromkeys(sentences[stay:], 1.0))
    assert len(taken(" ".join(sentences))) == (20 - stay if goes else 0)


# --- the whole way ---

ARTICLE = (
    PROSE,
    OTHER,
    PROSE.replace("council", "board"),
    OTHER.replace("winter", "spring"),
    PROSE[:-1] + "?",
)
SURELY: Scores = {"Sunny spells in the east": (1.0, "related"), "Leave a Reply": 1.0, "By Jane Doe": 1.0}


def page(*lines: str) -> str:
    return "\n\n".join(lines)


def replayed(report: Report) -> Report:
    """The report, once it was checked that it can be replayed."""
    assert report.error is None
    assert report.restore(report.text) == report.original
    assert report.text == "".join(decision.span.of(report.original) for decision in report.kept)
    assert Report.from_dict(report.to_dict()) == report
    return report


@pytest.mark.parametrize("profile", ["precision", "balanced", "recall"])
def test_a_line_that_the_scorer_took_is_told_as_its_evidence(profile: str, scoring: Scoring) -> None:
    scoring(SURELY)
    report = replayed(Cleaner(profile).analyze(page(*ARTICLE, "Sunny spells in the east")))
    assert report.text == page(*ARTICLE)
    (junk,) = report.junk
    (evidence,) = junk.evidence
    assert evidence == ("scorer", "related", "likely", junk.span, "scored 1.00 by its looks", "")
    assert (junk.category, junk.score, junk.reason) == ("related", 1.0, evidence.why)


def test_evidence_is_told_in_positions_of_the_original(scoring: Scoring) -> None:
    scoring(SURELY)
    text = (
        "\ufeff\r\n"
        + "\r\n\r\n".join(ARTICLE[:3])
        + "\r\n\r\nSunny\u200b  spells in\u00a0the  east\r\n"
        + ARTICLE[3]
    )
    report = replayed(Cleaner().analyze(text))
    (junk,) = report.junk
    assert junk.span.of(text) == "Sunny\u200b  spells in\u00a0the  east"
    assert junk.evidence[0].span == junk.span


def test_a_line_that_rules_took_keeps_their_evidence_and_has_the_scorers_probability(
    scoring: Scoring,
) -> None:
    scoring({"Leave a Reply": 0.75})
    report = replayed(Cleaner().analyze(page(*ARTICLE, "Leave a Reply")))
    (junk,) = report.junk
    assert junk.score == 0.75
    assert junk.evidence
    assert "scorer" not in {evidence.rule for evidence in junk.evidence}


def test_a_found_line_that_the_scorer_took_is_told_by_both(scoring: Scoring) -> None:
    lines = (ARTICLE[0], "Comments", TEASER, *ARTICLE[1:])
    assert Cleaner(scorer=False).clean(page(*lines)) == page(*lines)
    scoring({"Comments": 1.0})
    (junk,) = replayed(Cleaner().analyze(page(*lines))).junk
    assert [evidence.rule == "scorer" for evidence in junk.evidence][:2] == [True, False]
    assert {evidence.category for evidence in junk.evidence} == {junk.category}


def test_a_sentence_that_the_scorer_took_is_cut_out_and_told(scoring: Scoring) -> None:
    sentence = "Sunny spells in the east."
    text = LONG_LINE.replace("Read our newsletter.", sentence)
    scoring({sentence: (1.0, "offtopic")})
    report = replayed(Cleaner().analyze(text))
    assert report.text.split() == text.replace(sentence, "").split()
    (junk,) = report.junk
    assert junk.span.of(text) == sentence
    told = "a sentence scored 1.00 by its looks"
    assert junk.evidence == (("scorer", "offtopic", "likely", junk.span, told, "other story"),)
    assert (junk.reason, junk.score) == (told, 1.0)


@pytest.mark.parametrize("category", ["related", "tags", "offtopic"])
def test_a_cleaner_that_keeps_a_category_keeps_what_the_scorer_takes_for_it(
    category: str, scoring: Scoring
) -> None:
    text = page(*ARTICLE, "Sunny spells in the east")
    scoring({"Sunny spells in the east": (1.0, category)})
    assert replayed(Cleaner(keep=[category]).analyze(text)).text == text
    assert Cleaner().clean(text) == page(*ARTICLE)


def test_quoted_posts_stay_whatever_the_scorer_says_unless_they_are_to_go(scoring: Scoring) -> None:
    post = "— Tammuz Intel (@Tammuz_Intel) January 4, 2024"
    text = page(*ARTICLE[:3], post, *ARTICLE[3:])
    scoring({post.replace("—", "-"): (1.0, "social")})  # as tidy text has it
    report = replayed(Cleaner().analyze(text))
    assert report.text == text
    assert [d.category for d in report.kept if d.category] == ["embed"]
    assert post not in Cleaner(remove=["embed"]).clean(text)


def test_a_text_that_would_nearly_all_go_is_decided_by_rules(scoring: Scoring) -> None:
    scoring(dict.fromkeys(ARTICLE, 1.0))
    text = page(*ARTICLE, "Leave a Reply")
    assert Cleaner().clean(text) == Cleaner(scorer=False).clean(text) == page(*ARTICLE)


# --- with or without ---

SIZES = {
    "nothing": ("", False),
    "four lines of 999 characters": ("\n".join([*"abc", "x" * 993]), False),
    "a line of 999 characters": ("x" * 999, False),
    "a line of 1000 characters": ("x" * 1000, True),
    "five lines of 399 characters": ("\n".join([*"abcd", "x" * 391]), False),
    "five lines of 400 characters": ("\n".join([*"abcd", "x" * 392]), True),
    "four lines of 400 characters": ("\n".join([*"abc", "x" * 394]), False),
}


@pytest.mark.parametrize("name", SIZES)
def test_texts_are_scored_from_a_length_on_that_makes_surroundings(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, expected = SIZES[name]
    scored: list[str] = []
    monkeypatch.setattr(module, "apply_scores", lambda state, *_: scored.append(state.document.tidy))
    monkeypatch.setattr(module, "scored_sentences", lambda *_: [])
    document = read_document(text)
    assert may_score(document) == expected
    decide(document, {}, "balanced", DEFAULT)
    assert scored == []
    decide(document, {}, "balanced", DEFAULT, ("en",))
    assert scored == [text] * expected


@pytest.mark.parametrize("profile", ["precision", "balanced", "recall"])
def test_what_is_scored_is_what_the_balanced_profile_decides(
    profile: str, monkeypatch: pytest.MonkeyPatch, scoring: Scoring
) -> None:
    monkeypatch.setattr(module, "limits_for", lambda *_: LIMITS)
    scoring(dict.fromkeys(TAIL[6:], 0.9))
    document = read_document(page(*TAIL))
    removals, spared = decide(document, match_lines(INDEX, document), profile, DEFAULT, ("en",))
    assert tuple(removal.how for removal in removals) == HOWS
    assert spared == []


def test_a_cleaner_scores_by_the_limits_of_its_profile_and_of_the_languages(
    monkeypatch: pytest.MonkeyPatch, scoring: Scoring
) -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    def limits(model: object, profile: str, languages: tuple[str, ...]) -> Limits:
        asked.append((profile, languages))
        return LIMITS

    monkeypatch.setattr(module, "limits_for", limits)
    scoring({})
    Cleaner("recall", languages=["de"]).clean(page(*ARTICLE))
    Cleaner("precision").clean(page(*ARTICLE))
    assert asked == [("recall", ("de", "en")), ("precision", ("en",))]


RULES_ONLY = {profile: Cleaner(profile, scorer=False) for profile in ("precision", "balanced", "recall")}


@pytest.mark.parametrize("profile", RULES_ONLY)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(text=messy_texts())
def test_a_cleaner_without_a_scorer_goes_by_rules_only(
    profile: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(model_module, "shipped_model", lambda: pytest.fail("asked for the model"))
        report = RULES_ONLY[profile].analyze(text + page("", *ARTICLE))
    replayed(report)
    for junk in report.junk:
        assert junk.score in SCORES.values()
        assert "scorer" not in {evidence.rule for evidence in junk.evidence}
    assert profile != "precision" or {junk.score for junk in report.junk} <= {SCORES["certain"]}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(messy_texts())
def test_what_the_shipped_scorer_removes_is_told_with_its_score(text: str) -> None:
    report = replayed(Cleaner().analyze(page(*ARTICLE, text, "Related", "Sunny spells", "Share on X", text)))
    for junk in report.junk:
        assert junk.category in CATEGORIES
        assert 0 < junk.score <= 1
        for evidence in junk.evidence:
            if evidence.rule == "scorer":
                assert evidence.why == junk.reason
                assert f"scored {junk.score:.2f} by " in junk.reason
