from __future__ import annotations

import numpy as np
import pytest

from newsclean.offtopic.signals import CLASSES
from newsclean.training.folds import FOLDS
from newsclean.training.offtopic.intruders import Host
from newsclean.training.offtopic.rows import make_units
from newsclean.training.texts import site_fold

STORY = [f"On day {number} the river rose by a hand." for number in range(9)]


def host(*pieces: tuple[str, str], site: str = "valley.example", count: int = 9, glue: str = " ") -> Host:
    """A story with (kind, text) pieces behind its fifth sentence."""
    text = " ".join(STORY[:5])
    spans = []
    for kind, piece in pieces:
        text += glue
        spans.append((len(text), len(text) + len(piece), kind))
        text += piece
    text += f"{glue}{' '.join(STORY[5:count])}"
    return Host("pages/a", "en", site, "written", text, tuple(spans))


def names(made: Host) -> list[str]:
    """What each unit behind the fifth and before the story goes on is taken for."""
    units = make_units([made])
    return ["article" if not label else CLASSES[label - 1] for label in units.label[5:-4]]


CASES = {
    "qa": ["question", "answer", "answer"],
    "promotion": ["promotion"] * 3,
    "other_story": ["other"] * 3,
    "aside": ["aside"] * 3,
    "machine": ["machine"] * 3,
    "keywords": ["keywords"] * 3,
}


@pytest.mark.parametrize("glue", [" ", "\n\n"])
@pytest.mark.parametrize("kind", CASES)
def test_units_of_an_intrusion_are_of_its_class(kind: str, glue: str) -> None:
    asked = "Is the mill old? It was built in the year of the flood. Nobody lives there."
    made = host((kind, asked), glue=glue)
    assert names(made) == CASES[kind]
    labels = make_units([made]).label
    assert not labels[:5].any()
    assert not labels[-4:].any()


def test_a_question_in_a_paragraph_of_its_own_is_one() -> None:
    made = host(("qa", "Is the mill old?"), ("qa", "It was built in the year of the flood."), glue="\n\n")
    assert names(made) == ["question", "answer"]


@pytest.mark.parametrize(("share", "label"), [(0.5, "article"), (0.7, "promotion"), (1.0, "promotion")])
def test_a_unit_is_off_topic_if_most_of_it_is(share: float, label: str) -> None:
    made = host(("promotion", "Buy all of our new umbrellas today."))
    ((start, end, kind),) = made.spans
    cut = made._replace(spans=((start, start + round((end - start) * share), kind),))
    assert names(cut) == [label]


def test_texts_of_few_units_are_left_out() -> None:
    short, enough = host(count=7), host(count=8, site="hill.example")
    units = make_units([short, enough, short])
    assert units.hosts == [enough]
    assert units.first.tolist() == [0, 8]
    assert units.text.tolist() == [0] * 8


def test_of_long_texts_the_beginning_is_taken() -> None:
    long = host()._replace(text=" ".join(STORY * 40))
    units = make_units([long])
    assert len(units.documents[0].lines) == len(units.label) == 300


def test_units_come_in_order_and_know_text_size_and_part() -> None:
    hosts = [host(site="a.example"), host(("aside", "A weir is a low dam."), site="b.example")]
    units = make_units(iter(hosts))
    assert units.hosts == hosts
    assert units.text.tolist() == [0] * 9 + [1] * 10
    assert (units.of(0), units.of(1)) == (slice(0, 9), slice(9, 19))
    assert units.size.tolist() == [
        len(sentence) for sentence in (*STORY, *STORY[:5], "A weir is a low dam.", *STORY[5:])
    ]
    assert units.label.nonzero()[0].tolist() == [14]
    assert units.fold.tolist() == [site_fold("a.example", FOLDS), site_fold("b.example", FOLDS)]


def test_sizes_are_those_of_the_text_as_it_came() -> None:
    wide = host()._replace(text=" ".join(STORY).replace("river", "ri\u200bver"))
    assert (make_units([wide]).size - make_units([host()]).size == np.ones(9)).all()
