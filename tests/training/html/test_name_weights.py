from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from labelled_folder import KINDS, made_folder, put_pages
from newsclean.errors import DataFormatError
from newsclean.html.naming import TYPES, Naming
from newsclean.training.html import naming as naming_module
from newsclean.training.html.naming import fit_naming
from newsclean.training.html.records import Record, read_records, type_of


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    return read_records([made_folder(tmp_path_factory.mktemp("made") / "pages")])[0]


@pytest.fixture(scope="module")
def naming(records: list[Record]) -> Naming:
    return fit_naming(records)


def types(record: Record, naming: Naming) -> list[float]:
    page = record.parsed.page
    made: list[float] = naming.type_probabilities(
        page.keys, record.parsed.hints, len(record.parsed.texts)
    ).tolist()
    return made


def of_kinds(records: list[Record], *kinds: str) -> list[Record]:
    return [record for record in records if record.page.kind in kinds]


def test_names_of_the_article_lean_to_it_and_those_of_furniture_away(naming: Naming) -> None:
    near = {token: weights[0] for token, weights in naming.names.items()}
    far = {token: weights[1] for token, weights in naming.names.items()}
    assert near["<p"] > 0 > near[".widget"]
    assert min(far["<article"], far[".story"], far[".entry"]) > 0
    assert max(far["<nav"], far[".menu"], far[".sidebar"], far["<footer"], far["#bottom"]) < 0


def test_words_of_furniture_lean_away(naming: Naming) -> None:
    for token in ("=follow us everywhere", "^follow", "newsletter", "^all rights"):
        assert naming.words[token] < 0, token
    assert all(abs(weight) >= 0.04 for weight in naming.words.values())


def test_weights_next_to_nothing_are_left_out(naming: Naming) -> None:
    assert all(max(map(abs, weights)) >= 0.01 for weights in naming.names.values())
    assert np.abs(naming.type_weights).max(1).min() >= 0.03
    assert sorted(naming.types.values()) == list(range(len(naming.type_weights)))


def test_only_what_several_web_sites_use_is_learned(records: list[Record]) -> None:
    of_site = {record.page.site: [] for record in records}  # type: dict[str, list[Record]]
    for record in of_kinds(records, "forum"):
        of_site[record.page.site].append(record)
    forums = [pages for pages in of_site.values() if pages]
    few, enough = ([r for pages in forums[:count] for r in pages] for count in (6, 7))
    # blogs and papers take turns: three and three, then one more
    assert ".reply" not in fit_naming(few).names
    assert (".reply" in fit_naming(enough).names) != (".message" in fit_naming(enough).names)


def test_of_too_few_web_sites_nothing_is_learned(records: list[Record]) -> None:
    made = fit_naming(records[:6])
    assert {record.page.kind for record in records[:6]} == set(KINDS)
    assert (made.names, made.words, made.types) == ({}, {}, {})
    known = [types(records[0], made)[TYPES.index(kind)] for kind in KINDS]
    assert known == pytest.approx([1 / 3] * 3)


def test_the_types_of_pages_are_told(records: list[Record], naming: Naming) -> None:
    for record in records:
        shares = types(record, naming)
        assert sum(shares) == pytest.approx(1)
        assert int(np.argmax(shares)) == type_of(record)
        assert all(share < 1e-6 for name, share in zip(TYPES, shares, strict=True) if name not in KINDS)


@pytest.mark.parametrize("kinds", [("forum", "product"), ("article", "forum"), ("article", "product")])
def test_two_types_are_told_apart(kinds: tuple[str, str], records: list[Record]) -> None:
    both = of_kinds(records, *kinds)
    made = fit_naming(both)
    for record in both:
        shares = types(record, made)
        assert int(np.argmax(shares)) == type_of(record)
        assert shares[type_of(record)] > 0.7
        assert sum(shares[TYPES.index(kind)] for kind in kinds) == pytest.approx(1)


def test_two_types_are_told_apart_as_sklearn_does(records: list[Record]) -> None:
    """Its one row of weights says how likely the second type is: the odds of both together are none."""
    both = of_kinds(records, "forum", "product")
    made = fit_naming(both)
    forum, product = TYPES.index("forum"), TYPES.index("product")
    assert not made.type_weights[:, forum].any()
    assert made.type_weights[made.types["product"], product] > 0
    assert made.type_weights[made.types["forum"], product] < 0


def test_of_one_type_all_pages_are(records: list[Record]) -> None:
    forums = of_kinds(records, "forum")
    made = fit_naming(forums)
    assert not made.types
    assert made.names
    for record in records:
        assert types(record, made)[TYPES.index("forum")] > 0.999


def test_pages_of_no_known_type_tell_nothing_of_types(records: list[Record], naming: Naming) -> None:
    unknown = [
        Record(r.page._replace(kind="recipe"), r.parsed, r.words, r.gold, r.labels, r.ceiling, r.fold)
        for r in records
    ]
    made = fit_naming(unknown)
    assert not made.types
    assert types(records[0], made) == pytest.approx([1 / len(TYPES)] * len(TYPES))
    assert made.names == naming.names
    mixed = fit_naming([*records, *unknown])
    assert {name: made_weights.tolist() for name, made_weights in zip(mixed.types, mixed.type_weights, strict=True)} == {
        name: weights.tolist() for name, weights in zip(naming.types, naming.type_weights, strict=True)
    }  # fmt: skip


def test_blocks_that_are_all_article_tell_nothing_of_names(records: list[Record]) -> None:
    whole = [
        Record(r.page, r.parsed, r.words, r.gold, np.ones(len(r.words), dtype=np.float32), 1.0, r.fold)
        for r in records
    ]
    made = fit_naming(whole)
    assert (made.names, made.words) == ({}, {})
    assert made.types


def test_blocks_of_which_nothing_is_known_are_not_learned_from(records: list[Record], naming: Naming) -> None:
    forgotten = []
    for r in records:
        assert r.labels is not None
        labels = r.labels.copy()
        labels[[words[:1] == ["sign"] for words in r.words]] = -1
        forgotten.append(Record(r.page, r.parsed, r.words, r.gold, labels, r.ceiling, r.fold))
    made = fit_naming(forgotten)
    assert naming.words["newsletter"] < 0
    assert "newsletter" not in made.words
    assert made.words["everywhere"] < 0


def test_a_token_with_a_line_break_is_none(tmp_path: Path) -> None:
    records, pages = [], {}
    for at in range(10):
        records.append(
            {
                "id": f"{at}",
                "site": f"{at}.example",
                "page_type": "forum" if at % 2 else "article",
                "text": "Rain fell.",
            }
        )
        pages[f"{at}"] = (
            f"<meta property='og:type' content='{'a&#10;b' if at % 2 else 'c'}'><p>Rain fell.<p>Menu"
        )
    naming = fit_naming(read_records([put_pages(tmp_path / "pages", records * 2, pages)])[0])
    assert "k:og:c" in naming.types
    assert not [token for token in naming.types if "\n" in token]


def test_each_page_weighs_the_same_and_long_blocks_more(records: list[Record]) -> None:
    article, weight, known = naming_module._labelled(records)
    assert len(article) == len(weight) == sum(len(record.words) for record in records)
    at = 0
    for record, use in zip(records, known, strict=True):
        own = weight[at : at + len(use)]
        sizes = np.array([len(words) for words in record.words])
        assert own.sum() == pytest.approx(100)
        assert own / own[0] == pytest.approx(np.sqrt(sizes / sizes[0]))
        at += len(use)


def test_fitting_again_gives_the_same_weights(records: list[Record], naming: Naming) -> None:
    again = fit_naming(records)
    assert (again.names, again.words, again.types) == (naming.names, naming.words, naming.types)
    assert (again.type_weights == naming.type_weights).all()


_FIT = """
import sys, zlib
from pathlib import Path
from newsclean.training.html.naming import fit_naming
from newsclean.training.html.records import read_records
made = fit_naming(read_records([Path(sys.argv[1])])[0])
print(zlib.crc32(repr([made.names, made.words, made.types, made.type_weights.tolist(), made.bias]).encode()))
"""


def test_weights_do_not_hang_on_the_order_of_sets(tmp_path: Path) -> None:
    folder = made_folder(tmp_path / "pages", range(15))
    said = {
        subprocess.run(
            [sys.executable, "-c", _FIT, str(folder)],
            capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1


def test_without_pages_there_is_nothing_to_learn() -> None:
    with pytest.raises(DataFormatError, match="expected pages with gold text of several web sites"):
        fit_naming([])
