from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from newsclean.errors import DataFormatError
from newsclean.training.offtopic.intruders import BELONGS, Host, Intruder
from newsclean.training.offtopic.texts import (
    CLEAN,
    TRANSPLANT,
    TRAP,
    WRITTEN,
    Trap,
    make_hosts,
    read_traps,
)
from newsclean.training.pages import Page
from newsclean.training.texts import TrainingText

SUBJECTS = ("river", "mill", "bridge", "school", "market", "harbour", "castle", "orchard")


def story(number: int, lang: str, count: int = 30) -> str:
    """An article of marked sentences; each subject stands in a few articles."""
    own = SUBJECTS[number % len(SUBJECTS)], SUBJECTS[(number + 1) % len(SUBJECTS)]
    sentences = [
        f"On day {at} the {own[at % 2]} of {lang}{number} was seen again and nobody knew what it meant."
        for at in range(count)
    ]
    return "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, count, 5))


def page(number: int, lang: str = "en", kind: str = "article", count: int = 30) -> Page:
    ident = f"{lang}{number}"
    site = f"site{number // 2}.example"  # two articles each
    return Page(Path("pages"), ident, lang, kind, story(number, lang, count), (), (), site)


PAGES = [page(number, lang) for number in range(10) for lang in ("en", "de")]


def passage(owner: Page, kind: str, at: int, number: int) -> Intruder:
    place = [found for found in range(len(owner.text)) if owner.text.startswith(". ", found)][at] + 1
    return Intruder(
        owner.key, owner.lang, kind, place, number % 2 == 0, "", f"Passage {number} of {owner.id}."
    )


PASSAGES = [
    passage(owner, kind, at, 10 * (at + 1))
    for owner in PAGES[:3]
    for at, kind in enumerate(("promotion", "aside", "machine", "keywords", "other_story", BELONGS, BELONGS))
]
TRAPS = [Trap("en", "explainer", story(20, "en")), Trap("de", "interview", story(21, "de"))]
HONEST = [TrainingText("t/1", "en", "t.example", f"Menu\n\n{story(30, 'en')}\n\nShare", ((0, 4, "nav"),))]


@pytest.fixture(scope="module")
def hosts() -> list[Host]:
    return make_hosts(PAGES, PASSAGES, TRAPS, HONEST)


def of(hosts: list[Host], source: str) -> list[Host]:
    return [host for host in hosts if host.source == source]


def pieces(host: Host) -> list[str]:
    return [host.text[start:end] for start, end, _ in host.spans]


def test_the_same_input_gives_the_same_texts(hosts: list[Host]) -> None:
    assert make_hosts(PAGES, PASSAGES, TRAPS, iter(HONEST)) == hosts
    assert {host.source for host in hosts} == {WRITTEN, TRAP, CLEAN, TRANSPLANT}


@pytest.mark.parametrize("number", [0, 1])
def test_each_passage_stands_once_in_each_round(hosts: list[Host], number: int) -> None:
    for owner in PAGES[:3]:
        made = [host for host in of(hosts, WRITTEN) if host.id.startswith(f"{owner.key}:{number}:")]
        off = {each.text: each.kind for each in PASSAGES if each.page == owner.key and each.kind != BELONGS}
        found = [(host.text[start:end], kind) for host in made for start, end, kind in host.spans]
        assert Counter(found) == Counter(off.items())
        assert {host.site for host in made} == {owner.site}


def test_in_the_first_round_passages_stand_at_their_own_places(hosts: list[Host]) -> None:
    moved = 0
    for host in of(hosts, WRITTEN):
        owner, number, _ = host.id.rsplit(":", 2)
        for piece in pieces(host):
            (own,) = (each for each in PASSAGES if each.text == piece)
            (home,) = (each for each in PAGES if each.key == owner)
            before = host.text.partition(piece)[0].rstrip()
            at_home = before.endswith(home.text[: own.at][-60:])
            assert at_home or number == "1" or "Passage" in before[-60:]
            moved += not at_home
    assert moved


def test_passages_that_belong_make_honest_texts(hosts: list[Host]) -> None:
    for owner in PAGES[:3]:
        (host,) = (host for host in hosts if host.id == f"{owner.key}:{BELONGS}")
        assert (host.source, host.spans) == (TRAP, ())
        own = [each.text for each in PASSAGES if each.page == owner.key and each.kind == BELONGS]
        assert len(own) == 2
        assert all(text in host.text for text in own)


def test_articles_of_some_length_are_honest_texts_too(hosts: list[Host]) -> None:
    made = make_hosts([*PAGES, page(99, count=3), page(98, count=300), page(97, count=0)], [], [], [])
    clean = {host.id: host for host in of(made, CLEAN)}
    assert f"{CLEAN}:pages/en99" not in clean
    assert f"{CLEAN}:pages/en97" not in clean
    assert clean[f"{CLEAN}:pages/en98"].text == story(98, "en", 300)[:9000]
    for each in PAGES:
        assert clean[f"{CLEAN}:{each.key}"].text == each.text
        assert clean[f"{CLEAN}:{each.key}"].spans == ()


def test_of_honest_labelled_texts_the_junk_is_left_out(hosts: list[Host]) -> None:
    (host,) = (host for host in hosts if host.id == f"{CLEAN}:t/1")
    assert host[1:4] == ("en", "t.example", CLEAN)
    assert host.text.strip() == f"{story(30, 'en')}\n\nShare"


def test_traps_come_twice(hosts: list[Host]) -> None:
    count = Counter(host for host in of(hosts, TRAP) if host.id.startswith(f"{TRAP}:"))
    assert {host.text: number for host, number in count.items()} == {trap.text: 2 for trap in TRAPS}
    assert len({host.site for host in count}) == len(TRAPS)
    assert [host.lang for host in count] == ["en", "de"]


def test_transplants_come_from_another_site_of_the_same_language(hosts: list[Host]) -> None:
    made = of(hosts, TRANSPLANT)
    assert {host.lang for host in made} == {"en", "de"}
    homes = {each.key: each for each in PAGES}
    for host in made:
        home = homes[host.id.removeprefix(f"{TRANSPLANT}:")]
        assert (host.site, host.lang) == (home.site, home.lang)
        assert 1 <= len(host.spans) <= 2
        for piece, (_, _, kind) in zip(pieces(host), host.spans, strict=True):
            assert kind == "other_story"
            givers = [each for each in PAGES if piece in each.text]
            assert len(givers) == 1
            assert givers[0].site != home.site
            assert givers[0].lang == home.lang


@pytest.mark.parametrize(
    "pages",
    [
        PAGES[:7],
        [each._replace(lang="fr") for each in PAGES],
        [each._replace(kind="forum") for each in PAGES],
        [each._replace(text=each.text[:1500]) for each in PAGES],
    ],
    ids=["too few", "of other languages", "of other kinds", "too short"],
)
def test_pages_that_do_not_do_give_no_transplants(pages: list[Page]) -> None:
    assert of(make_hosts(pages, [], [], []), TRANSPLANT) == []


def test_articles_of_one_site_give_no_transplants() -> None:
    assert of(make_hosts([each._replace(site="one.example") for each in PAGES], [], [], []), TRANSPLANT) == []


def test_traps_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "traps.jsonl.gz"
    path.write_bytes(gzip.compress("".join(f"{json.dumps(trap._asdict())}\n" for trap in TRAPS).encode()))
    assert read_traps(path) == TRAPS


@pytest.mark.parametrize("line", ["{", "", "[]3", '{"lang": "en"}', '"en"'])
def test_errors_in_traps_name_file_and_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "traps.jsonl.gz"
    path.write_bytes(gzip.compress(f"{json.dumps(TRAPS[0]._asdict())}\n{line}\n".encode()))
    with pytest.raises(DataFormatError) as caught:
        read_traps(path)
    assert str(caught.value).startswith(f"{path}:2: expected an article, got ")
