from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsclean.errors import DataFormatError
from newsclean.training.offtopic.intruders import BELONGS, Host, Intruder, put_in, read_intruders

KINDS = ("qa", "promotion", "aside", "other_story", "machine", "keywords", BELONGS)
CUT_SHORT = ("qa", "aside", "other_story")
STORY = "Rain fell all day. The mill stood in water.\n\nTwo bridges were closed. “Stay at home,” said the mayor.\n\nOne word"
HOST = Host("pages/a", "en", "valley.example", "clean", STORY)

sentences = st.lists(st.text("abcdeßé", min_size=1, max_size=6), min_size=1, max_size=5).map(
    lambda words: f"{' '.join(words).capitalize()}."
)
stories = st.lists(st.tuples(sentences, st.sampled_from((" ", "\n", "\n\n", "", "\r\n"))), min_size=1).map(
    lambda parts: "".join(f"{sentence}{glue}" for sentence, glue in parts)
)


@st.composite
def passages(draw: st.DrawFn, number: int, story: str) -> Intruder:
    """A passage of words, bracketed numbers, that no story and no other passage holds."""
    count = draw(st.one_of(st.integers(1, 6), st.integers(14, 30)))
    body = "".join(f"<{number}.{at}>{draw(st.sampled_from((' ', '  ', chr(10))))}" for at in range(count))
    kind = draw(st.sampled_from(KINDS))
    question = f"<{number} why>?" if kind == "qa" and draw(st.booleans()) else ""
    at = draw(st.integers(-1, len(story) + 1))
    return Intruder(
        "pages/a", "en", kind, at, draw(st.booleans()), question, draw(st.sampled_from((body, f" {body}")))
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Host, list[Intruder]]:
    story = draw(stories)
    made = [draw(passages(number, story)) for number in range(draw(st.integers(0, 5)))]
    return HOST._replace(text=story), made


def bare(text: str) -> str:
    return "".join(text.split())


def holds(spans: list[str], passage: Intruder) -> bool:
    """Whether the spans are a passage, or its beginning: in one piece, or its question apart."""
    body, cut = bare(passage.text), len(passage.text.split()) > 15 and passage.kind in CUT_SHORT
    if len(spans) == 2 and passage.question:
        if spans[0] != passage.question:
            return False
        spans = spans[1:]
    elif len(spans) == 1 and passage.question:
        if not spans[0].startswith(f"{passage.question} "):
            return False
        spans = [spans[0].removeprefix(f"{passage.question} ")]
    if len(spans) != 1:
        return False
    short = len(passage.text.split()) - len(spans[0].split())
    return body == bare(spans[0]) or (cut and body.startswith(bare(spans[0])) and 2 <= short <= 6)


@given(cases(), st.integers(0, 99))
def test_spans_hold_the_passages_and_nothing_else(case: tuple[Host, list[Intruder]], seed: int) -> None:
    host, several = case
    made = put_in(host, several, random.Random(seed))
    pieces: dict[str, list[str]] = {}
    end = 0
    for start, stop, kind in made.spans:
        assert end <= start < stop <= len(made.text)
        piece, end = made.text[start:stop], stop
        assert piece == piece.strip()
        number = piece[1:].partition(".")[0].partition(" ")[0]
        assert kind == several[int(number)].kind
        pieces.setdefault(number, []).append(piece)
    for number, found in pieces.items():
        assert several[int(number)].kind != BELONGS
        assert holds(found, several[int(number)])


@given(cases(), st.integers(0, 99))
def test_the_host_is_what_is_left_without_spans_and_passages_that_belong(
    case: tuple[Host, list[Intruder]], seed: int
) -> None:
    host, several = case
    made = put_in(host, several, random.Random(seed))
    left, at = "", 0
    for start, stop, _ in made.spans:
        left += made.text[at:start]
        at = stop
    left = bare(left + made.text[at:])
    for passage in several:
        if passage.kind == BELONGS:
            assert left.count(bare(passage.text)) <= 1
            left = left.replace(bare(passage.text), "")
    assert left == bare(host.text)
    assert made[:4] == host[:4]


@given(st.integers(0, 99), st.sampled_from(KINDS), st.booleans())
@example(0, BELONGS, True)
def test_a_passage_stands_behind_its_place(seed: int, kind: str, own: bool) -> None:
    at = STORY.index(" The mill")
    passage = Intruder("pages/a", "en", kind, at, own, "", "Quagga and zebu.")
    made = put_in(HOST, [passage], random.Random(seed))
    before, _, after = made.text.partition(passage.text)
    assert (before.strip(), after.strip()) == (STORY[:at], STORY[at:].strip())
    assert [made.text[start:end] for start, end, _ in made.spans] == [passage.text] * (kind != BELONGS)


@given(st.integers(0, 99))
def test_passages_of_one_place_come_in_order(seed: int) -> None:
    at = STORY.index("\n\nTwo")
    several = [
        Intruder("pages/a", "en", "machine", at, number % 2 == 0, "", f"Passage {number}.")
        for number in range(6)
    ]
    made = put_in(HOST, several, random.Random(seed))
    assert [made.text[start:end] for start, end, _ in made.spans] == [passage.text for passage in several]
    assert bare(made.text.replace("Passage", "")) == bare(STORY.replace("\n\nTwo", "0.1.2.3.4.5.Two"))


def forms(passage: Intruder) -> set[str]:
    """What a passage looks like with a little of its surroundings, over many throws of the dice."""
    found = set()
    for seed in range(400):
        made = put_in(HOST, [passage], random.Random(seed))
        start, end = made.spans[0][0], made.spans[-1][1]
        found.add(made.text[max(0, start - 2) : end + 2])
    return found


def test_passages_in_a_paragraph_take_the_forms_of_real_ones() -> None:
    passage = Intruder("pages/a", "en", "qa", STORY.index(" The mill"), False, "Why?", "So it is.")
    asked = "Why? So it is."
    assert forms(passage) == {f". {asked} T", f"y.{asked} T", f"y.{asked}Th"}


def test_passages_in_paragraphs_of_their_own_take_the_forms_of_real_ones() -> None:
    passage = Intruder("pages/a", "en", "qa", STORY.index(" The mill"), True, "Why?", "So it is.")
    asked = "Why?\n\nSo it is."
    own = {f"\n\n{asked}\n\n", f"\n\n{asked} T", f"\n\n{asked}Th"}
    assert forms(passage) >= own
    assert all("Why? So it is." in form for form in forms(passage) - own)


def test_only_an_article_that_begins_a_sentence_goes_on_in_the_paragraph() -> None:
    passage = Intruder(
        "pages/a", "en", "machine", STORY.index(" word"), True, "", "As an assistant I cannot."
    )
    own = {form for form in forms(passage) if form.startswith("\n\n")}
    assert own == {"\n\nAs an assistant I cannot.\n\n"}


@pytest.mark.parametrize("own", [True, False])
def test_a_passage_that_belongs_is_never_glued(own: bool) -> None:
    passage = Intruder("pages/a", "en", BELONGS, STORY.index(" The mill"), own, "", "So it is.")
    around = set()
    for seed in range(400):
        before, _, after = put_in(HOST, [passage], random.Random(seed)).text.partition(passage.text)
        around.add((before[-2:], after[:2]))
    assert around == ({("\n\n", "\n\n"), (". ", " T")} if own else {(". ", " T")})


def test_some_long_passages_are_cut_off_and_others_never() -> None:
    body = " ".join(f"w{number}" for number in range(20))
    for kind in KINDS[:-1]:
        passage = Intruder("pages/a", "en", kind, 5, True, "", body)
        found: set[str] = set()
        for seed in range(300):
            made = put_in(HOST, [passage], random.Random(seed))
            found.update(made.text[start:end] for start, end, _ in made.spans)
        assert body in found
        assert all(body.startswith(piece) for piece in found)
        assert (len(found) > 1) == (kind in CUT_SHORT), kind


@pytest.mark.parametrize("at", [-3, 0, len(STORY), len(STORY) + 9])
def test_a_passage_outside_the_text_is_left_out(at: int) -> None:
    assert put_in(HOST, [Intruder("pages/a", "en", "aside", at, True, "", "Rain.")], random.Random(1)) == HOST


def write(path: Path, *lines: str) -> Path:
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))
    return path


def test_passages_are_read_as_they_were_written(tmp_path: Path) -> None:
    several = [
        Intruder("pages/a", "de", "qa", 7, True, "Warum?", "Darum, „größer“."),
        Intruder("pages/b", "en", BELONGS, 1, False, "", "So it is."),
    ]
    path = write(
        tmp_path / "p.jsonl.gz", *(json.dumps(passage._asdict(), ensure_ascii=False) for passage in several)
    )
    assert read_intruders(path) == several


GOOD = json.dumps(Intruder("pages/a", "en", "qa", 7, True, "Why?", "So.")._asdict())
BAD = {
    "no JSON": "{",
    "an empty line": "",
    "a list": "[1, 2]",
    "a field too few": '{"page": "a"}',
    "a field too many": GOOD.replace("{", '{"more": 1, '),
}


@pytest.mark.parametrize("name", BAD)
def test_errors_name_file_and_line(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl.gz", GOOD, GOOD, BAD[name], GOOD)
    with pytest.raises(DataFormatError) as caught:
        read_intruders(path)
    assert str(caught.value).startswith(f"{path}:3: expected a passage, got ")


@pytest.mark.parametrize("end", ["cut off", "damaged", "not packed", "none"])
def test_a_file_that_cannot_be_unpacked_is_named(end: str, tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl.gz"
    packed = gzip.compress(f"{GOOD}\n".encode())
    damaged = packed[:20] + b"\xff\xff\xff\xff" + packed[24:]
    content = {"cut off": packed[:-12], "damaged": damaged, "not packed": GOOD.encode()}
    if end in content:
        path.write_bytes(content[end])
    with pytest.raises(DataFormatError) as caught:
        read_intruders(path)
    assert str(caught.value).startswith(f"{path}:")
    assert "expected a passage, got " in str(caught.value)
