from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.categories import category_ids
from newsclean.errors import DataFormatError
from newsclean.training.hand import ARTICLE, UNSURE, digest, read_hand_labels, write_hand_labels
from strategies import any_text

verdicts = st.sampled_from((*category_ids(), ARTICLE, UNSURE))
labels = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dictionaries(any_text.map(digest), verdicts, max_size=8),
    max_size=4,
)


@given(labels)
def test_labels_written_are_read_again(
    tmp_path_factory: pytest.TempPathFactory, made: dict[str, dict[bytes, str]]
) -> None:
    path = tmp_path_factory.mktemp("hand") / "labels.jsonl.gz"
    write_hand_labels(path, made.items())
    assert read_hand_labels(path) == made


@given(labels, st.randoms(use_true_random=False))
def test_the_same_labels_make_the_same_file(
    tmp_path_factory: pytest.TempPathFactory, made: dict[str, dict[bytes, str]], chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("hand")
    pages = [(page, sorted(lines.items())) for page, lines in made.items()]
    write_hand_labels(folder / "one.gz", [(page, dict(lines)) for page, lines in pages])
    chance.shuffle(pages)
    for _, lines in pages:
        chance.shuffle(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.time", lambda: 7.0)
        write_hand_labels(folder / "two.gz", [(page, dict(lines)) for page, lines in pages])
    assert (folder / "one.gz").read_bytes() == (folder / "two.gz").read_bytes()


@given(any_text)
def test_marks_and_blanks_around_a_line_do_not_change_its_digest(line: str) -> None:
    assert digest(f"\t• {line} … ") == digest(line)


def test_case_and_marks_within_a_line_do_not_change_its_digest() -> None:
    assert digest("READ\xa0 more, Straße…") == digest("read more: STRASSE")


def test_digests_tell_the_lines_of_a_page_apart() -> None:
    lines = [f"{word} {number}" for word in ("Read", "Share", "Photo") for number in range(100)]
    assert len({digest(line) for line in lines}) == len(lines)


def test_a_file_holds_no_text_of_the_page(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl.gz"
    write_hand_labels(path, [("pages/a", {digest("Rain fell"): ARTICLE})])
    assert "rain" not in gzip.decompress(path.read_bytes()).decode().lower()


GARBAGE = {
    "no gzip": b'{"page": "a", "lines": {}}\n',
    "no JSON": gzip.compress(b"{"),
    "not utf-8": gzip.compress(b"\xff\xff\n"),
    "a list": gzip.compress(b"[]\n"),
    "without a page": gzip.compress(b'{"lines": {}}\n'),
    "without lines": gzip.compress(b'{"page": "a"}\n'),
    "lines in a list": gzip.compress(b'{"page": "a", "lines": ["article"]}\n'),
    "digests as a number": gzip.compress(b'{"page": "a", "lines": {"article": 7}}\n'),
    "no base 64": gzip.compress(b'{"page": "a", "lines": {"article": "AAAAA"}}\n'),
    "page as a list": gzip.compress(b'{"page": [], "lines": {}}\n'),
}


@pytest.mark.parametrize("name", GARBAGE)
def test_a_file_of_another_form_is_named(name: str, tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl.gz"
    path.write_bytes(GARBAGE[name])
    with pytest.raises(DataFormatError) as refused:
        read_hand_labels(path)
    assert str(refused.value).startswith(f"{path}: expected labels of lines (.jsonl.gz), got ")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFormatError, match=r"none\.jsonl\.gz: expected labels of lines"):
        read_hand_labels(tmp_path / "none.jsonl.gz")


def test_a_file_cut_off_in_the_middle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl.gz"
    write_hand_labels(path, [("pages/a", {digest(str(n)): ARTICLE for n in range(100)})])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DataFormatError):
        read_hand_labels(path)


def test_digests_that_are_no_multiple_of_their_size_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"page": "a", "lines": {"article": "AAAAAA=="}}\n'))
    with pytest.raises(DataFormatError):
        read_hand_labels(path)
