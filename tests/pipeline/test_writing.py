from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from newsclean.pipeline.writing import atomic_writer


def put(target: Path, data: bytes) -> None:
    with atomic_writer(target) as file:
        file.write(data)


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    put(tmp_path / "a/b/c.txt", b"Rain")
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"Rain"


def test_nothing_stands_at_the_target_until_the_end(tmp_path: Path) -> None:
    target = tmp_path / "c.txt"
    target.write_bytes(b"before")
    with atomic_writer(target) as file:
        file.write(b"Rain")
        file.flush()
        assert target.read_bytes() == b"before"
    assert target.read_bytes() == b"Rain"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, MemoryError])
def test_a_failure_leaves_everything_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    target = tmp_path / "c.txt"
    target.write_bytes(b"before")
    with pytest.raises(error), atomic_writer(target) as file:  # noqa: PT012 - the block is what is tested
        file.write(b"Rain")
        raise error
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_an_existing_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "c.txt"
    target.touch()
    target.chmod(mode)
    put(target, b"Rain")
    assert stat.S_IMODE(target.stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    put(tmp_path / "c.txt", b"Rain")
    assert (tmp_path / "c.txt").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_still_leads_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link"
    link.symlink_to("there/c.txt")
    for data in (b"Rain", b"Snow"):
        put(link, data)
        assert (tmp_path / "there/c.txt").read_bytes() == data
    assert link.is_symlink()


def test_a_hard_link_to_the_old_file_keeps_the_old_content(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"before")
    os.link(tmp_path / "one", tmp_path / "two")
    put(tmp_path / "two", b"Rain")
    assert (tmp_path / "one").read_bytes() == b"before"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    put(pipe, b"Rain")
    assert os.read(reader, 99) == b"Rain"
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize("place", ["folder", "file/c.txt", "file/deep/c.txt", "a" * 300])
def test_what_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match=place[:9]) as error:
        put(tmp_path / place, b"Rain")
    assert str(error.value.filename) == str(tmp_path / place)
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "file", tmp_path / "folder"]


@pytest.mark.parametrize("name", ["a" * 251 + ".txt", "\u96e8" * 83 + ".txt", "\U0001f327" * 62 + ".txt"])
def test_a_name_of_the_greatest_length_can_be_written(tmp_path: Path, name: str) -> None:
    put(tmp_path / name, b"Rain")
    assert (tmp_path / name).read_bytes() == b"Rain"
