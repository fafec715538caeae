"""Settings of all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from newsclean.rules import ruleset

settings.register_profile("untimed", deadline=None)  # a slow machine is no failure
settings.load_profile("untimed")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of its own to run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


read_shipped = cache(ruleset.shipped_rules)


@pytest.fixture
def shipped_rules_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The TOML of all shipped packs is read once for all tests; a process of its own reads it itself."""
    monkeypatch.setattr(ruleset, "shipped_rules", read_shipped)
