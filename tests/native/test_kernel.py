"""The kernel and Python give the same, to the last bit, whatever the text and whatever stands beside it in a block."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsclean
from newsclean import Cleaner, Report
from newsclean.native import building
from newsclean.native.loading import OFF, kernel
from strategies import FIXTURES, any_text, messy_texts

needs_kernel = pytest.mark.skipif(not building.compilers(), reason="there is no C compiler")
pytestmark = needs_kernel
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

SETTINGS = {
    "default": {},
    "precision": {"profile": "precision"},
    "recall": {"profile": "recall", "remove": ["embed"]},
    "rules alone": {"scorer": False},
    "keeping": {"keep": ["comment_template", "related", "offtopic"]},
    "fixed languages": {"languages": ["de", "fr"]},
}
every = pytest.mark.parametrize("name", SETTINGS)


@cache
def fast(name: str) -> Cleaner:
    return Cleaner(**SETTINGS[name])  # type: ignore[arg-type]  # keyword arguments of several types


@cache
def slow(name: str) -> Cleaner:
    """The same without the kernel."""
    cleaner = Cleaner(**SETTINGS[name])  # type: ignore[arg-type]  # as above
    cleaner._may_look = False
    return cleaner


def fixture_texts() -> list[str]:
    texts: dict[str, None] = {}
    for path in sorted(FIXTURES.rglob("*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(row).get("text")
            if isinstance(text, str):
                texts[text] = None
    for path in sorted(FIXTURES.rglob("*.txt")):
        texts[path.read_text(encoding="utf-8")] = None
    return list(texts)


def told(reports: list[Report]) -> list[object]:
    return [report.to_dict() for report in reports]


def test_there_is_a_kernel() -> None:
    assert kernel() is not None, "compile it: python -m newsclean.native.building"


@every
def test_fixtures_come_out_alike(name: str) -> None:
    texts = fixture_texts()
    for got, expected in zip(fast(name).analyze_many(texts), map(slow(name).analyze, texts), strict=True):
        assert got.to_dict() == expected.to_dict()


@every
@relaxed
@given(st.one_of(any_text, messy_texts()))
def test_any_text_comes_out_alike(name: str, text: str) -> None:
    assert fast(name).analyze(text).to_dict() == slow(name).analyze(text).to_dict()
    assert fast(name).clean(text) == slow(name).clean(text)


@relaxed
@given(st.lists(st.one_of(any_text, messy_texts(), st.sampled_from(fixture_texts())), max_size=8), st.data())
def test_a_text_comes_out_alike_whatever_stands_beside_it(texts: list[str], data: st.DataObject) -> None:
    cleaner = fast("default")
    alone = told([cleaner.analyze(text) for text in texts])
    assert told(list(cleaner.analyze_many(texts))) == alone
    order = data.draw(st.permutations(range(len(texts))))
    assert told(list(cleaner.analyze_many([texts[at] for at in order]))) == [alone[at] for at in order]
    assert list(cleaner.clean_many(iter(texts))) == [cleaner.clean(text) for text in texts]


def test_what_is_told_and_what_is_cleaned_agree() -> None:
    texts = fixture_texts()
    cleaner = fast("default")
    assert list(cleaner.clean_many(texts)) == [report.text for report in cleaner.analyze_many(texts)]


def test_threads_may_share_a_cleaner() -> None:
    texts = fixture_texts()[:60]
    expected = told([fast("default").analyze(text) for text in texts])
    cleaner = Cleaner()
    with ThreadPoolExecutor(4) as pool:
        for got in pool.map(lambda _: told(list(cleaner.analyze_many(texts))), range(8)):
            assert got == expected


def test_own_rules_and_rules_that_are_off_count(tmp_path: object) -> None:
    pack = FIXTURES.parent / "tests" / "native" / "own.toml"
    text = "Rain fell all day in the valley, and the river rose.\n\nPet the otters of Quell\n\nLeave a Reply"
    made = [Cleaner(rules=[pack], off=["en-comment-form-opening"]) for _ in range(2)]
    made[1]._may_look = False
    assert made[0].analyze(text).to_dict() == made[1].analyze(text).to_dict()
    assert "otters" not in made[0].clean(text)


@pytest.mark.parametrize("off", ["0", "1"])
def test_the_kernel_can_be_turned_off(off: str) -> None:
    code = (
        "import newsclean\nfrom newsclean.native.loading import kernel\n"
        "print(kernel() is None, repr(newsclean.clean('Rain fell.\\n\\nLeave a Reply')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, OFF: off}, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout == f"{off == '1'} 'Rain fell.'\n"


def test_a_defect_of_the_kernel_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    cleaner = Cleaner()
    assert cleaner.clean("Rain.\nLeave a Reply") == "Rain."
    assert cleaner._looks is not None

    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(cleaner._looks, "passes", broken)
    assert list(cleaner.clean_many(["Rain.\nLeave a Reply", "Snow."])) == ["Rain.", "Snow."]
    assert newsclean.Cleaner().clean("Rain.") == "Rain."
