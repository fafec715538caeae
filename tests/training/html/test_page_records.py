from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from labelled_folder import KINDS, SITES, made_folder, put_pages, site_name
from newsclean.errors import DataFormatError
from newsclean.html.naming import TYPES
from newsclean.training.html.records import FOLDS, Record, read_records, type_of
from newsclean.training.texts import site_fold


def one(folder: Path, html: str, **known: object) -> Record:
    """The record of a page."""
    (record,), _ = read_records(
        [put_pages(folder / "one", [{"id": "a", "site": "a.example", **known}], {"a": html})]
    )
    return record


def test_made_pages_are_read_with_their_labels(tmp_path: Path) -> None:
    records, empty = read_records([made_folder(tmp_path / "pages")])
    assert (len(records), empty) == (2 * SITES, [])
    assert {type_of(record) for record in records} == {TYPES.index(kind) for kind in KINDS}
    for record in records:
        assert record.labels is not None
        kept = [" ".join(own) for own, label in zip(record.words, record.labels, strict=True) if label == 1]
        assert " ".join(kept).split() == record.gold
        assert set(record.labels.tolist()) == {0, 1}
        assert record.ceiling == 1
        assert record.learnable


def test_pages_of_several_folders_stand_in_order(tmp_path: Path) -> None:
    folders = [made_folder(tmp_path / name, sites) for name, sites in (("b", [3]), ("a", [4, 5]))]
    records, _ = read_records(folders)
    assert [r.page.key for r in records] == ["b/3-0", "b/3-1", "a/4-0", "a/4-1", "a/5-0", "a/5-1"]


def test_all_pages_of_a_web_site_are_in_one_part(tmp_path: Path) -> None:
    records, _ = read_records([made_folder(tmp_path / "pages")])
    assert {r.fold for r in records} == set(range(FOLDS))
    assert all(r.fold == site_fold(r.page.site, FOLDS) for r in records)
    assert records[0].page.site == site_name(0)


def test_a_page_without_blocks_is_told_apart(tmp_path: Path) -> None:
    folder = put_pages(
        tmp_path / "pages",
        [{"id": name, "site": "a.example", "text": "Rain fell."} for name in ("a", "b")],
        {"a": "<p> </p><script>Rain fell.</script>", "b": "<p>Rain fell."},
    )
    records, empty = read_records([folder])
    assert [r.page.id for r in records] == ["b"]
    assert [page.id for page in empty] == ["a"]


def test_a_page_without_gold_has_no_labels_yet(tmp_path: Path) -> None:
    record = one(tmp_path, "<p>Rain fell.", **{"with": ["Rain"], "text": ""})
    assert record.labels is None
    assert (record.gold, record.ceiling, record.learnable) == ([], 0, False)


def test_gold_without_words_tells_nothing(tmp_path: Path) -> None:
    assert not one(tmp_path, "<p>Rain fell.", text="…").learnable


@pytest.mark.parametrize(("gold", "learnable"), [("one two three", True), ("one two three four", False)])
def test_a_page_that_holds_too_little_of_its_gold_is_not_learned_from(
    gold: str, learnable: bool, tmp_path: Path
) -> None:
    record = one(tmp_path, "<p>one<p>menu", text=f"one\n{gold[4:]}")
    assert record.ceiling == pytest.approx(2 / (1 + len(gold.split())))
    assert record.learnable == learnable


@pytest.mark.parametrize(
    ("kind", "number"), [("article", 0), ("news", 0), ("forum", 1), ("service", 6), ("", -1), ("recipe", -1)]
)
def test_the_page_type_is_a_number_or_unknown(kind: str, number: int, tmp_path: Path) -> None:
    assert type_of(one(tmp_path, "<p>Rain", page_type=kind)) == number


def test_long_blocks_count_more_and_all_of_a_page_a_hundred(tmp_path: Path) -> None:
    record = one(tmp_path, f"<p>{'rain ' * 32}<p>fell<p>…")
    assert record.weights.sum() == pytest.approx(100)
    assert record.weights.dtype == np.float32
    assert record.weights[0] / record.weights[1] == pytest.approx(32**0.7)
    assert record.weights[1] == record.weights[2]


def test_a_page_is_decoded_as_it_says(tmp_path: Path) -> None:
    record = one(tmp_path, '<meta charset="utf-8"><p>Überall Regen', text="Überall Regen")
    assert record.words == [["überall", "regen"]]


def test_a_folder_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFormatError, match="expected a folder with gold"):
        read_records([tmp_path])
