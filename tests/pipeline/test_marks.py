from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from newsclean.pipeline.marks import DONE, Marks
from strategies import any_text


def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Marks(None).add("a.txt", [1, 2, "x"])
    assert ("a.txt", [1, 2, "x"]) not in Marks(None)
    assert list(tmp_path.iterdir()) == []


def test_marks_are_kept_for_the_next_run(tmp_path: Path) -> None:
    Marks(tmp_path / "new").add("a.txt", [1, 2, "x"])
    marks = Marks(tmp_path / "new")
    assert ("a.txt", [1, 2, "x"]) in marks
    assert ("a.txt", [1, 3, "x"]) not in marks
    assert ("b.txt", [1, 2, "x"]) not in marks


def test_the_last_mark_of_a_file_counts(tmp_path: Path) -> None:
    for number in (1, 2):
        Marks(tmp_path).add("a.txt", [number])
    assert ("a.txt", [2]) in Marks(tmp_path)
    assert ("a.txt", [1]) not in Marks(tmp_path)
    assert (tmp_path / DONE).read_bytes() == b'["a.txt", 2]\n'


def test_adding_a_mark_does_not_write_the_others_again(tmp_path: Path) -> None:
    marks = Marks(tmp_path)
    for number in range(50):
        before = (tmp_path / DONE).stat().st_ino if number else None
        marks.add(f"{number}.txt", [number])
        assert before in (None, (tmp_path / DONE).stat().st_ino)
    assert len((tmp_path / DONE).read_bytes().splitlines()) == 50


def test_what_an_interrupted_run_wrote_by_halves_is_passed_over(tmp_path: Path) -> None:
    whole = b'["a.txt", 1]\n["b.txt", 2]\n'
    for end in range(len(whole)):
        (tmp_path / DONE).write_bytes(whole[:end])
        marks = Marks(tmp_path)
        assert (("a.txt", [1]) in marks) == (end >= whole.index(b"\n"))
        assert (("b.txt", [2]) in marks) == (end >= len(whole) - 1)
        marks.add("c.txt", [3])
        assert ("c.txt", [3]) in Marks(tmp_path)


def test_a_file_of_something_else_is_no_mark(tmp_path: Path) -> None:
    (tmp_path / DONE).write_bytes(b'\xff\n[]\n5\n{"a": 1}\n[["a"], 1]\nnull\n')
    marks = Marks(tmp_path)
    marks.add("a.txt", [1])
    assert ("a.txt", [1]) in Marks(tmp_path)


@given(st.dictionaries(any_text, st.lists(st.integers() | any_text, max_size=3), max_size=4))
def test_any_name_and_mark_comes_back(tmp_path_factory, entries: dict[str, list[int | str]]) -> None:
    folder = tmp_path_factory.mktemp("marks")
    marks = Marks(folder)
    for name, mark in entries.items():
        marks.add(name, mark)
    again = Marks(folder)
    assert all((name, mark) in again for name, mark in entries.items())
