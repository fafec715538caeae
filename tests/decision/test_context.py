from __future__ import annotations

import pytest

from newsclean import Cleaner

CLEANER = Cleaner()
A = "The ferry will keep its summer timetable until March, the harbour trust said on Monday, since the pier is done."
B = "Four sailings a day will leave the town, and cars have to be booked a day ahead by telephone or at the counter."
C = "Islanders had complained that the winter service left them without a way home from appointments in the city."
ARTICLE = [A, B, C, A.replace("ferry", "boat"), B.replace("Four", "Six"), C.replace("winter", "spring")]


def text(*lines: str) -> str:
    return "\n\n".join(lines)


KEPT = {
    "a subheading above a paragraph": (A, "Comments", B),
    "a subheading that names a button": (A, "Close", B, "Share", C),
    "a subheading right below an advert": (A, "Advertisement", "Comments", B),
    "a first line of one word": ("Photos", A, B),
    "a headline below a heading of teasers": (
        "Related Articles",
        "Ferry to run all winter after repairs",
        A,
        B,
    ),
    "a sentence about a counter": (A, "The book has been read 731 times in class.", B),
    "a sentence that begins like a notice": (A, "By doing this, they save two days.", B),
    "a service that is updated": (A, "Updated 7 days a week, the timetable hangs at the pier.", B),
    "a credit in a sentence": (
        A,
        "Credit: the team that rebuilt the pier in nine weeks without a day off.",
        B,
    ),
    "shares in a sentence": (A, "The notice was shared 3 times on the island.", B),
    "a quoted notice": (A, "The site shows an 'Adblock detected' notice to every second reader.", B),
    "a last line that is a short quotation": (A, B, "“We are glad,” she said."),
    "a last line of two words": (A, B, "The end."),
    "the only line": ("Comments",),
    "a list in the tail": (A, B, "- flour", "- butter", "- salt"),
    "paragraphs under a heading of teasers": (A, "Read more", B, C),
}
REMOVED = {
    "buttons in a run": ((A, B, "Share", "Email", "Tweet", "Pin", C), ("Share", "Email", "Tweet", "Pin")),
    "the last word of a page": (
        (*ARTICLE, "Related Articles", "Ferry to run all winter", "Comments"),
        ("Related Articles", "Ferry to run all winter", "Comments"),
    ),
    "teasers under their heading": (
        (
            A,
            B,
            "Related Articles",
            "Mill Bridge to close to lorries from May",
            "Seed bank survives the flood",
            C,
        ),
        ("Related Articles", "Mill Bridge to close to lorries from May", "Seed bank survives the flood"),
    ),
    "the plea under an adblock heading": (
        (A, B, "Adblock Detected", "Please consider supporting us by disabling your ad blocker"),
        ("Adblock Detected", "Please consider supporting us by disabling your ad blocker"),
    ),
    "a bullet between buttons": (
        (A, B, "Share this:", "•", "Back to top"),
        ("Share this:", "•", "Back to top"),
    ),
    "an outlet's name above the headline": (
        ("The Valley Gazette", "Ferry to run all winter after pier repairs finish early", A, B),
        ("The Valley Gazette",),
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_words_that_look_like_furniture_stay(name: str) -> None:
    lines = KEPT[name]
    report = CLEANER.analyze(text(*lines))
    gone = {d.span.of(report.original) for d in report.junk}
    assert gone <= {"Advertisement", "Related Articles", "Read more"}


@pytest.mark.parametrize("name", REMOVED)
def test_furniture_goes_by_its_surroundings(name: str) -> None:
    lines, expected = REMOVED[name]
    report = CLEANER.analyze(text(*lines))
    assert tuple(d.span.of(report.original) for d in report.junk) == expected
    assert report.text == text(*(line for line in lines if line not in expected))


def test_a_caption_set_off_with_its_credit_goes_with_it() -> None:
    report = CLEANER.analyze(f"{A}\n\nThe pier in March\n(Photo: Jane Doe)\n\n{B}")
    assert report.text == f"{A}\n\n{B}"
    assert [d.category for d in report.junk] == ["caption", "caption"]


def test_a_paragraph_above_a_credit_stays() -> None:
    report = CLEANER.analyze(f"{A}\n\n{B}\n\n(Photo: Jane Doe)\n\n{C}")
    assert report.text == f"{A}\n\n{B}\n\n{C}"


def test_a_comment_thread_goes_with_all_that_follows() -> None:
    thread = [
        "3 Comments",
        "Jane says:",
        "May 3, 2024 at 10:15 am",
        "Thank you for this, my parents have been waiting for an evening boat since the storm took the old one.",
        "Reply",
    ]
    thread += [
        "Joe says:",
        "May 4, 2024 at 11:20 am",
        "I like it, and I would like to see more of it here soon.",
        "Reply",
    ]
    thread += [
        "Ann says:",
        "May 5, 2024 at 9:01 am",
        "So do I, and my sister who lives on the island does as well.",
        "Reply",
    ]
    report = CLEANER.analyze(text(*ARTICLE, *thread))
    assert report.text == text(*ARTICLE)
    assert {d.category for d in report.junk} == {"comment_template"}


def test_a_comment_heading_above_the_article_takes_nothing_with_it() -> None:
    report = CLEANER.analyze(text("3 Comments", *ARTICLE))
    assert report.text.endswith(text(*ARTICLE))


def test_an_author_box_after_the_article_goes_whole() -> None:
    box = (
        "About the author",
        "Jane Doe has written about ferries and harbours for this paper for more than ten years.",
    )
    assert CLEANER.clean(text(*ARTICLE, *box)) == text(*ARTICLE)


def test_a_chapter_about_the_author_stays() -> None:
    lines = (A, "About the author", B, C, A.replace("ferry", "book"), B.replace("Four", "Nine"))
    report = CLEANER.analyze(text(*lines))
    assert B in report.text


def test_code_is_no_junk() -> None:
    code = 'config = {\n  "ads": [],\n  "share": true\n}\nprint(config)'
    report = CLEANER.analyze(f"{A}\n\n{code}\n\n{B}")
    assert report.junk == ()


def test_profiles_remove_more_from_one_to_the_next() -> None:
    page = text("By Jane Doe", *ARTICLE, "Comments", "Share", "Tweet", "Name", "Email", "Leave a Reply")
    sizes = [len(Cleaner(profile).clean(page)) for profile in ("precision", "balanced", "recall")]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]
