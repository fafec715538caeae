"""What an earlier run into the same folder has done."""

from __future__ import annotations

import json
from pathlib import Path

from newsclean.pipeline.writing import atomic_writer

__all__ = ["DONE", "Marks"]

#: In an output folder: one JSON line for each result, its path and the mark of its input; the last counts.
DONE = ".newsclean-done"

Mark = list[int | str]


class Marks:
    """The marks in `folder`; without a folder nothing is ever done and nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / DONE if folder else None
        self._marks = self._read()

    def __contains__(self, entry: tuple[str, Mark]) -> bool:
        name, mark = entry
        return self._marks.get(name) == mark

    def add(self, name: str, mark: Mark) -> None:
        """Mark the result `name` as done, at once and for the runs to come."""
        self._marks[name] = mark
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab") as file:
                file.write(_line(name, mark))

    def _read(self) -> dict[str, Mark]:
        if self._file is None or not self._file.is_file():
            return {}
        marks: dict[str, Mark] = {}
        lines = self._file.read_bytes().splitlines(keepends=True)
        for line in lines:
            try:
                name, *mark = json.loads(line)
                marks[name] = mark
            except (ValueError, TypeError):
                continue  # a run was interrupted while it wrote
        if len(marks) < len(lines) or (lines and not lines[-1].endswith(b"\n")):
            with atomic_writer(self._file) as file:
                file.writelines(_line(name, mark) for name, mark in marks.items())
        return marks


def _line(name: str, mark: Mark) -> bytes:
    return json.dumps([name, *mark]).encode("ascii") + b"\n"
