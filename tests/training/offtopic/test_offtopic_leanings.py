from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from newsclean.offtopic.reading import Lexicon, Reading, read_units
from newsclean.offtopic.signals import CLASSES, LEANS
from newsclean.scoring.words import line_hashes
from newsclean.training.folds import FOLDS
from newsclean.training.offtopic import leanings as leanings_module
from newsclean.training.offtopic.intruders import Host
from newsclean.training.offtopic.leanings import Leant, fit_leanings
from newsclean.training.offtopic.rows import Units, make_units
from newsclean.training.offtopic.texts import TRANSPLANT, TRAP, WRITTEN
from newsclean.training.texts import site_fold
from wording_parts import all_hashes, word_and_frame_hashes  # type: ignore[import-not-found, unused-ignore]

#: No word is common or has a vector.
LEXICON = Lexicon(
    np.full(1 << 10, 255, np.uint8), np.zeros(1 << 10, np.uint16), np.zeros((1, 2), np.int8), 1.0
)
MARKS = {
    "promotion": "bargains",
    "other_story": "meanwhile",
    "aside": "defined",
    "machine": "assistant",
    "keywords": "cheapest",
}
NAMES = ("quagga", "zebu", "okapi", "gnu", "tapir", "dugong", "serval", "fossa", "kudu", "caracal")
OWN = NAMES[0]
SITES = [f"{name}.example" for name in NAMES]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Easter")


def host(name: str, source: str = WRITTEN, lang: str = "en") -> Host:
    """A story with an intrusion of each class; those of one site hold its name, promotions `bargains`."""
    text, spans = "", []
    sentences = [("", f"On {day} the river rose by {name} hands.") for day in DAYS]
    for kind, mark in MARKS.items():
        sentences.append((kind, f"Here {mark} for {name}{kind} come. "))
    sentences += [("qa", f"Why is {name} so?"), ("qa", f"Because {name} has answered the question.")]
    if name == OWN:
        sentences += [("promotion", f"Only {OWN} waits {day}.") for day in DAYS]
    for kind, sentence in sentences:
        text += "\n\n"
        if kind:
            spans.append((len(text), len(text) + len(sentence.strip()), kind))
        text += sentence.strip()
    return Host(f"pages/{name}", lang, f"{name}.example", source, text, tuple(spans))


@pytest.fixture(scope="module")
def small() -> Iterator[pytest.MonkeyPatch]:
    """Few buckets and rounds, so that fitting is quick; and several batches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leanings_module, "_CLASS_BITS", 13)
        patch.setattr(leanings_module, "_WHOLE_BITS", 14)
        patch.setattr(leanings_module, "_AT_ONCE", 4)
        patch.setattr(leanings_module, "_ROUNDS", 12)
        patch.setattr(leanings_module, "_CLASS_ROUNDS", 12)
        yield patch


@pytest.fixture(scope="module")
def units() -> Units:
    return make_units([host(name) for name in NAMES])


@pytest.fixture(scope="module")
def leant(small: pytest.MonkeyPatch, units: Units) -> Leant:
    return fit_leanings(units, LEXICON)


def read(sentence: str) -> Reading:
    (document,) = make_units([Host("", "en", "", WRITTEN, f"{sentence}\n\n" * 9)]).documents
    return read_units([document._replace(lines=document.lines[:1])], LEXICON)


def leans_of(leant: Leant, sentence: str) -> dict[str, float]:
    """What a sentence leans to by the weights from all units."""
    reading = read(sentence)
    sums = []
    for weights, hashes in ((leant.classes, word_and_frame_hashes), (leant.whole, all_hashes)):
        line, found = hashes(reading)
        buckets = (found & np.uint64(len(weights.weights) - 1)).astype(np.int64)
        sums.append(weights.sums(line, buckets, 1)[0])
    return dict(zip(LEANS, np.concatenate(sums).tolist(), strict=True))


def test_weights_have_the_form_that_the_finder_reads(leant: Leant, units: Units) -> None:
    assert leant.classes.weights.shape == (1 << 13, 1 + len(CLASSES))
    assert leant.whole.weights.shape == (1 << 14, 1)
    assert leant.classes.weights.dtype == leant.whole.weights.dtype == np.int8
    assert leant.leans.shape == (len(units.label), len(LEANS))


@pytest.mark.parametrize(("kind", "mark"), MARKS.items())
def test_a_word_of_one_class_leans_to_it(leant: Leant, kind: str, mark: str) -> None:
    name = "other" if kind == "other_story" else kind
    leans = {
        each: leans_of(leant, f"Here {each} for axolotl come.") for each in (*MARKS.values(), "pangolin")
    }
    assert max(leans, key=lambda each: leans[each][name]) == mark
    assert leans[mark][name] > 0
    assert min(leans[mark]["off"], leans[mark]["off_all"]) > 0


def test_a_word_of_the_article_leans_to_nothing_off_topic(leant: Leant) -> None:
    leans = leans_of(leant, "On Monday the river rose by nine hands.")
    assert max(leans.values()) < 0


def test_a_word_that_nothing_holds_leans_to_nothing(leant: Leant) -> None:
    held = word_and_frame_hashes(read("axolotl"))[1][:1] & np.uint64((1 << 13) - 1)
    assert not leant.classes.weights[held.astype(np.int64)].any()


def test_out_of_fold_intrusions_lean_to_being_off_topic(leant: Leant, units: Units) -> None:
    off = units.label > 0
    for column in (0, -1):
        assert leant.leans[off, column].mean() > 0 > leant.leans[~off, column].mean()


def own_units(units: Units) -> np.ndarray:
    at = SITES.index(f"{OWN}.example")
    return np.flatnonzero(np.isin(units.text, np.flatnonzero(units.fold == units.fold[at])))


def test_out_of_fold_leans_know_nothing_of_the_words_of_their_site(
    leant: Leant, units: Units, small: pytest.MonkeyPatch
) -> None:
    own = units.of(SITES.index(f"{OWN}.example"))
    label = units.label.copy()
    label[own] = np.where(label[own] > 0, 0, 1 + CLASSES.index("promotion"))
    turned = fit_leanings(units._replace(label=label), LEXICON)
    part = own_units(units)
    assert (turned.leans[part] == leant.leans[part]).all()
    others = np.setdiff1d(np.arange(len(label)), part)
    assert (turned.leans[others] != leant.leans[others]).any()
    sentence = f"Only {OWN} waits Easter."
    assert leans_of(leant, sentence)["promotion"] > 0 > leans_of(turned, sentence)["promotion"]


def test_a_word_of_one_site_does_not_tell_there(leant: Leant, units: Units) -> None:
    assert sum(site_fold(site, FOLDS) == site_fold(f"{OWN}.example", FOLDS) for site in SITES) < len(SITES)
    own = units.of(SITES.index(f"{OWN}.example"))
    last = int(own.stop) - 1
    seen = leans_of(leant, f"Only {OWN} waits Easter.")
    assert seen["promotion"] > float(leant.leans[last, LEANS.index("promotion")])
    assert seen["off"] > float(leant.leans[last, 0])


def used(hosts: list[Host]) -> tuple[Units, list[int]]:
    units = make_units(hosts)
    reading = read_units(units.documents, LEXICON)
    hashes = line_hashes(reading.words, len(reading.table.start))
    return units, leanings_module._used(units, hashes).tolist()


def test_a_wording_is_learned_from_once_a_site() -> None:
    units, several = used([host("gnu"), host("gnu"), host("gnu")._replace(site="zebu.example")])
    off = [at for at in several if units.label[at]]
    count = int((units.label[units.of(0)] > 0).sum())
    assert [int(units.text[at]) for at in off] == [0] * count + [2] * count


def test_pieces_of_other_stories_are_not_learned_from() -> None:
    units, several = used([host("gnu", TRANSPLANT)])
    assert several
    assert not units.label[several].any()


def test_all_of_the_article_is_learned_from_only_in_traps() -> None:
    shares = []
    for source in (WRITTEN, TRAP):
        units, several = used([host(name, source) for name in NAMES])
        shares.append((units.label[several] == 0).sum() / (units.label == 0).sum())
    assert 0.3 < shares[0] < 0.9
    assert shares[1] == 1


def test_only_languages_with_word_vectors_are_learned_from() -> None:
    units, several = used([host("gnu", lang="fr"), host("zebu", lang="de")])
    assert {units.hosts[units.text[at]].lang for at in several} == {"de"}


def test_numbers_of_sites_are_the_same_on_every_machine() -> None:
    assert leanings_module.hash_of("gnu.example") == leanings_module.hash_of("gnu.example") < 1 << 64
    assert len({leanings_module.hash_of(site) for site in SITES}) == len(SITES)
