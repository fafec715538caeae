"""A kernel that is not of these sources, or broken, is as good as none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsclean.native import building, loading

pytestmark = pytest.mark.skipif(not building.compilers(), reason="there is no C compiler")


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the kernel that loading looks at."""
    library = tmp_path / building.LIBRARY.name
    building.build()
    for suffix in (library.suffix, ".digest"):
        shutil.copy(building.LIBRARY.with_suffix(suffix), library.with_suffix(suffix))
    monkeypatch.setattr(loading, "LIBRARY", library)
    monkeypatch.setattr(loading, "kernel", loading.kernel.__wrapped__)
    return library


def test_a_current_kernel_is_loaded(copied: Path) -> None:
    assert loading.kernel() is not None


def test_a_kernel_of_other_sources_is_not_loaded(copied: Path) -> None:
    copied.with_suffix(".digest").write_text("0" * 16)
    assert loading.kernel() is None


def test_a_kernel_without_a_digest_is_not_loaded(copied: Path) -> None:
    copied.with_suffix(".digest").unlink()
    assert loading.kernel() is None


def test_a_missing_kernel_is_none(copied: Path) -> None:
    copied.unlink()
    assert loading.kernel() is None


def test_a_truncated_kernel_is_none(copied: Path) -> None:
    copied.write_bytes(copied.read_bytes()[:500])
    assert loading.kernel() is None


def test_what_is_no_library_is_none(copied: Path) -> None:
    copied.write_text("no library")
    assert loading.kernel() is None


def test_a_current_kernel_is_not_compiled_again() -> None:
    building.build()
    assert not building.build()


def test_without_a_compiler_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "compilers", list)
    with pytest.raises(
        building.BuildError, match=r"cannot be compiled on .*: no C compiler found: install one"
    ):
        building.build(force=True)


def test_a_compiler_that_fails_is_quoted_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "LIBRARY", tmp_path / "kernel.so")
    monkeypatch.setattr(building, "_FLAGS", (*building._FLAGS, "-no-such-option-at-all"))
    with pytest.raises(building.BuildError, match="no-such-option-at-all"):
        building.build()
    assert list(tmp_path.iterdir()) == []
