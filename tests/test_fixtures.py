from __future__ import annotations

import importlib.util
import sys
import textwrap
from pathlib import Path

import pytest

from newsclean import Cleaner
from newsclean.categories import CATEGORIES
from newsclean.evaluation.labelled import LabelledText, labelled_files, read_labelled

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
CLEANER = Cleaner()


def texts(folder: str) -> list[LabelledText]:
    return [text for file in labelled_files(FIXTURES / folder) for text in read_labelled(file)]


DOCUMENTS, UNTOUCHED, FAILURES = texts("documents"), texts("untouched"), texts("known-failures")
SEEDS = [text for text in DOCUMENTS if text.id.startswith("seed-")]
by_id = pytest.mark.parametrize("text", DOCUMENTS, ids=lambda text: text.id)


def removed(text: LabelledText) -> set[tuple[int, int, str]]:
    report = CLEANER.analyze(text.text)
    assert report.error is None
    return {(d.span.start, d.span.end, d.category) for d in report.junk}


def labelled(text: LabelledText) -> set[tuple[int, int, str]]:
    return {(lb.span.start, lb.span.end, lb.category) for lb in text.labels if lb.category != "embed"}


@by_id
def test_no_character_of_the_article_is_lost(text: LabelledText) -> None:
    junk = {at for lb in text.labels if lb.category != "embed" for at in range(lb.span.start, lb.span.end)}
    for start, end, category in removed(text):
        lost = "".join(text.text[at] for at in range(start, end) if at not in junk)
        assert not lost.strip(), (category, text.text[start:end])


@pytest.mark.parametrize("text", SEEDS, ids=lambda text: text.id)
def test_the_seeds_come_out_exactly_as_labelled(text: LabelledText) -> None:
    assert removed(text) == labelled(text)


@pytest.mark.parametrize("text", UNTOUCHED, ids=lambda text: text.id)
def test_hard_negatives_come_back_as_they_are(text: LabelledText) -> None:
    report = CLEANER.analyze(text.text)
    assert [(d.category, d.reason, d.span.of(text.text)) for d in report.junk] == []
    assert report.text == text.text


@pytest.mark.parametrize("text", FAILURES, ids=lambda text: text.id)
@pytest.mark.xfail(reason="known failure", strict=True)
def test_known_failures_are_still_failures(text: LabelledText) -> None:
    assert removed(text) == labelled(text)


@pytest.mark.parametrize("file", sorted((FIXTURES / "seeds").glob("*.txt")), ids=lambda file: file.name)
def test_each_seed_file_is_labelled(file: Path) -> None:
    sources = {text.source: text.text for text in SEEDS}
    assert sources[f"fixtures/seeds/{file.name}"] == file.read_bytes().decode("utf-8")


def test_fixtures_cover_all_categories_and_many_languages() -> None:
    assert {label.category for text in DOCUMENTS for label in text.labels} == set(CATEGORIES)
    assert len({text.lang for text in DOCUMENTS}) >= 12
    assert len(DOCUMENTS) >= 65
    assert len(UNTOUCHED) >= 40


def but(*wrong: str) -> pytest.MarkDecorator:
    """All hard negatives, of which some are known to come out wrong."""
    failure = pytest.mark.xfail(reason="known failure", strict=True)
    return pytest.mark.parametrize(
        "text",
        [pytest.param(text, id=text.id, marks=[failure] * (text.id in wrong)) for text in UNTOUCHED],
    )


@but("untouched-en-first-person-bio")  # "About the author" as a headline
@pytest.mark.parametrize("width", [62, 80])
def test_hard_negatives_survive_hard_wrapping(text: LabelledText, width: int) -> None:
    wrapped = "\n\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.text.splitlines()
        if line.strip()
    )
    assert CLEANER.clean(wrapped) == wrapped


@but("untouched-de-drucker")  # "Seite 1 von 1." in a manual
def test_hard_negatives_survive_on_one_line(text: LabelledText) -> None:
    line = " ".join(text.text.split())
    assert CLEANER.clean(line) == line


def accuracy():
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["accuracy"] = module
    spec.loader.exec_module(module)
    return module


def test_accuracy_holds_its_floor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["accuracy.py"])
    status = accuracy().main()
    assert status == 0, capsys.readouterr().err
