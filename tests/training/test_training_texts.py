from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.categories import category_ids
from newsclean.errors import DataFormatError
from newsclean.training.texts import TrainingText, flattened, read_texts, site_fold, written_texts
from strategies import FIXTURES, any_text, messy_texts


def storable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def write(path: Path, texts: Iterable[TrainingText]) -> Path:
    lines = "".join(text.to_json() + "\n" for text in texts)
    path.write_bytes(gzip.compress(lines.encode("utf-8", "surrogatepass")))
    return path


@st.composite
def marked_texts(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> TrainingText:
    """Texts with spans as they may be: in order, apart, without white space at their ends."""
    text = draw(texts)
    cuts = draw(st.lists(st.integers(0, len(text)), max_size=8).map(sorted))
    spans: list[tuple[int, int, str]] = []
    unknown: list[tuple[int, int]] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        bare = text[start:end].strip()
        if bare:
            at = text.index(bare, start)
            if draw(st.booleans()):
                unknown.append((at, at + len(bare)))
            else:
                spans.append((at, at + len(bare), draw(st.sampled_from(("junk", *category_ids())))))
    named = draw(st.lists(any_text.filter(storable), min_size=3, max_size=3))
    return TrainingText(*named, text, tuple(spans), tuple(unknown), draw(st.booleans()))


@given(st.lists(marked_texts(any_text.filter(storable)), max_size=4))
def test_texts_written_are_read_again(
    tmp_path_factory: pytest.TempPathFactory, texts: list[TrainingText]
) -> None:
    path = write(tmp_path_factory.mktemp("texts") / "texts.jsonl.gz", texts)
    assert list(read_texts(path)) == texts


def test_half_a_character_is_read_again(tmp_path: Path) -> None:
    text = TrainingText("pages/a/x", "en", "s", "Rain \ud83d fell", ())
    assert list(read_texts(write(tmp_path / "texts.jsonl.gz", [text]))) == [text]


GOOD = TrainingText("pages/a/x", "en", "s", "Rain fell.\nMenu", ((11, 15, "junk"),)).to_json()
BAD = {
    "no JSON": "{",
    "a list": "[]",
    "a number": "7",
    "without spans": json.dumps({"id": "a", "open": []}),
    "without a text": json.dumps({"id": "a", "lang": "", "site": "", "spans": [], "open": []}),
    "spans of two": GOOD.replace('[11, 15, "junk"]', "[11, 15]"),
    "a span of words": GOOD.replace("11", '"start"'),
    "an unknown field": GOOD.replace('"lang"', '"size": 7, "lang"'),
}


@pytest.mark.parametrize("name", BAD)
def test_a_text_of_another_form_is_named_by_its_line(name: str, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl.gz"
    path.write_bytes(gzip.compress(f"{GOOD}\n{BAD[name]}\n".encode(), mtime=0))
    texts = read_texts(path)
    assert next(texts).spans == ((11, 15, "junk"),)
    with pytest.raises(DataFormatError) as refused:
        next(texts)
    assert str(refused.value).startswith(f"{path}:2: expected a training text, got ")


@pytest.mark.parametrize("content", [GOOD.encode(), gzip.compress(b"\xff\n", mtime=0), None])
def test_a_file_that_cannot_be_read_is_named(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataFormatError, match=r"texts\.jsonl\.gz:0: expected a training text, got "):
        list(read_texts(path))


def test_a_file_cut_off_in_the_middle_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "texts.jsonl.gz", [TrainingText("a", "", "", str(list(range(2000))), ())])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DataFormatError):
        list(read_texts(path))


def test_written_texts_are_labelled_by_hand_and_each_a_site_of_its_own() -> None:
    path = FIXTURES / "documents" / "de.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = list(written_texts(path))
    assert [text.text for text in texts] == [record["text"] for record in records]
    assert [text.site for text in texts] == [f"written:{record['id']}" for record in records]
    assert all(text.by_hand and text.lang == "de" and text.open == () for text in texts)
    assert texts[0].spans == tuple((s["start"], s["end"], s["category"]) for s in records[0]["spans"])


def run_together(text: str) -> str:
    return " ".join(bare for line in text.split("\n") if (bare := line.strip()))


@given(marked_texts(st.one_of(any_text, messy_texts())))
def test_a_flattened_text_keeps_the_text_of_its_spans(text: TrainingText) -> None:
    flat = flattened(text)
    assert flat.text == run_together(text.text)
    assert [(flat.text[a:b], kind) for a, b, kind in flat.spans] == [
        (run_together(text.text[a:b]), kind) for a, b, kind in text.spans
    ]
    assert [flat.text[a:b] for a, b in flat.open] == [run_together(text.text[a:b]) for a, b in text.open]


@given(marked_texts(messy_texts()))
def test_a_flattened_text_is_of_the_same_site_and_page(text: TrainingText) -> None:
    flat = flattened(text)
    assert (flat.lang, flat.site, flat.by_hand) == (text.lang, text.site, text.by_hand)
    assert flat.id != text.id
    assert flat.id.rsplit("/", 1)[0] == (text.id.rsplit("/", 1)[0] if "/" in text.id else f"{text.id}-flat")


@pytest.mark.parametrize("path", sorted((FIXTURES / "documents").glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_labelled_fixture_can_be_flattened(path: Path) -> None:
    for text in written_texts(path):
        flat = flattened(text)
        assert [flat.text[a:b] for a, b, _ in flat.spans] == [
            run_together(text.text[a:b]) for a, b, _ in text.spans
        ]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 50))
def test_a_site_is_in_one_of_the_parts(site: str, folds: int) -> None:
    assert site_fold(site, folds) in range(folds)


def test_a_site_is_in_the_same_part_on_every_machine() -> None:
    sites = ("example.com", "taz.de", "written:en-001", "", "点")
    assert [site_fold(site, 5) for site in sites] == [4, 0, 4, 0, 1]


def test_sites_are_spread_over_all_parts() -> None:
    parts = [site_fold(f"site-{number}.example", 5) for number in range(500)]
    assert min(map(parts.count, range(5))) > 60
