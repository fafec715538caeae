from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from newsclean.rules import ruleset


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


read_shipped = cache(ruleset.shipped_rules)


@pytest.fixture(autouse=True)
def shipped_rules_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The TOML of all shipped packs is read once for all tests; a process of its own reads it itself."""
    monkeypatch.setattr(ruleset, "shipped_rules", read_shipped)
