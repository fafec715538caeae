from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peers import PEERS, as_report, c4, justext_lines, nemo_curator, refinedweb, usable_peers

ARTICLE = "Rain fell all day in the valley, the mayor said."


def removed(spans: list[tuple[int, int]], text: str) -> list[str]:
    return [text[start:end] for start, end in spans]


C4_LINES = {
    "a sentence": (ARTICLE, False),
    "a question": ("Will it rain again tomorrow?", False),
    "a quotation": ('The mayor said: "It will rain again"', False),
    "a typographic quotation": ("The mayor said: “It will rain again”", False),
    "no terminal mark": ("Heavy rain in the valley today", True),
    "an ellipsis": ("It will rain in the valley...", True),
    "five words": ("It rained in the valley.", False),
    "four words": ("It rained all day.", True),
    "javascript": ("Please enable JavaScript to view the comments.", True),
    "terms": ("By going on you accept our Terms of Use.", True),
    "privacy": ("Read our Privacy Policy before you go on.", True),
    "cookies": ("This website uses cookies to make it better.", True),
    "cookies again": ("We make use of cookies on this page.", True),
    "a word too long": (f"It rained in the {'v' * 1001}.", True),
    "cookies one can eat": ("The children baked cookies for the mayor.", False),
}


@pytest.mark.parametrize("name", C4_LINES)
def test_c4_keeps_and_drops_lines_as_the_paper_says(name: str) -> None:
    line, goes = C4_LINES[name]
    assert removed(c4(f"{ARTICLE}\n  {line} \n"), f"{ARTICLE}\n  {line} \n") == ([line] if goes else [])


def test_c4_takes_citation_marks_out_of_lines_it_keeps() -> None:
    text = "The valley has 731 people.[2][citation needed]\nMenu [3]"
    assert removed(c4(text), text) == ["[2]", "[citation needed]", "Menu [3]"]


REFINEDWEB_LINES = {
    "a sentence": (ARTICLE, []),
    "a dateline": ("BAGHDAD, Iraq, Jan 4: Rain fell in the valley.", []),
    "mainly upper case": ("MORE FROM THE Valley", ["MORE FROM THE Valley"]),
    "only digits": ("731", ["731"]),
    "a number in a sentence": ("All of the 731 people", []),
    "a counter": ("3 likes", ["3 likes"]),
    "a counter with thousands": ("1.2K Shares", ["1.2K Shares"]),
    "a count of something else": ("3 houses", []),
    "one word": ("Menu", ["Menu"]),
    "at the start": ("Sign-in to the valley", ["Sign-in"]),
    "not at the start": ("Why we sign-in", []),
    "at the end": ("Rain in the valley Read more...", ["Read more..."]),
    "at the end, as one character": ("Rain in the valley Read more…", ["Read more…"]),
    "anywhere": ("You have 3 items in cart now", ["items in cart"]),
    "in more than ten words": ("There are no items in cart or anywhere else on this page today", []),
    "in ten words": ("There are no items in cart or on this page", ["items in cart"]),
}


@pytest.mark.parametrize("name", REFINEDWEB_LINES)
def test_refinedweb_corrects_lines_as_the_paper_says(name: str) -> None:
    line, gone = REFINEDWEB_LINES[name]
    text = f"{ARTICLE}\n{line}\n{ARTICLE}"
    assert removed(refinedweb(text), text) == gone


NEMO_TEXTS = {
    "at the bottom": (f"{ARTICLE}\n\n{ARTICLE}\n\nTerms of Use", ["Terms of Use"]),
    "at the top": (f"We use cookies.\n\n{ARTICLE}", ["We use cookies."]),
    "a run at the bottom": (
        f"{ARTICLE}\n\nPrivacy Policy\n\nTerms of use",
        ["Privacy Policy", "Terms of use"],
    ),
    "in the middle": (f"{ARTICLE}\n\nPrivacy Policy\n\n{ARTICLE}", []),
    "at both ends": (f"Privacy Policy\n\n{ARTICLE}\n\nTerms of use", []),
    "everything": ("Privacy Policy\n\nTerms of use", []),
    "a paragraph of two lines": (f"{ARTICLE}\n\nMenu\nPrivacy Policy", ["Menu\nPrivacy Policy"]),
    "no blank lines": (f"{ARTICLE}\n{ARTICLE}\nPrivacy Policy\n", ["Privacy Policy"]),
    "nothing": (ARTICLE, []),
    "no text": ("", []),
}


@pytest.mark.parametrize("name", NEMO_TEXTS)
def test_nemo_curator_drops_paragraphs_at_the_ends(name: str) -> None:
    text, gone = NEMO_TEXTS[name]
    assert removed(nemo_curator(text), text) == gone


def test_justext_goes_by_length_and_stop_words() -> None:
    pytest.importorskip("justext", reason="an optional peer")
    story = (
        "It was raining all day in the valley, and the mayor said that she had never seen so much of it in all "
        "of her life, and that they would have to move the people from the houses that stand by the river when it is as high as it was on that day."
    )
    text = f"{story}\n{story}\nMenu Home News Sport Weather Travel Contact\nValley Herald GmbH Berlin Hamburg Köln"
    gone = removed(justext_lines(text), text)
    assert "Menu Home News Sport Weather Travel Contact" in gone
    assert story not in gone


def test_a_peer_whose_package_is_missing_is_skipped_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peers.find_spec", lambda _: None)
    usable, why = usable_peers()
    assert set(usable) == set(PEERS) - {"jusText"}
    assert why == ["jusText is skipped: justext is not installed (pip install newsclean[bench])"]


@given(
    st.lists(st.sampled_from([ARTICLE, "Menu", "3 likes", "", " ", "Privacy Policy", "[1]", "\r"])).map(
        "\n".join
    )
)
def test_removals_are_in_order_inside_the_text_and_never_white_space(text: str) -> None:
    for name in usable_peers()[0]:
        spans = PEERS[name](text)
        report = as_report(text, spans)
        assert [decision.span for decision in report.junk] == spans
        assert "".join(decision.span.of(text) for decision in report.decisions) == text
        assert all(span.of(text).strip() == span.of(text) != "" for span in spans)
