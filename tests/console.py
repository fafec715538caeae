"""The command line for tests: in this process, and as a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from newsclean.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a run of the command line came to."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


def call(*args: object, stdin: bytes = b"") -> Ran:
    """Run the command line in this process, with streams that are no terminal."""
    out, err = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["newsclean", *map(str, args)])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8"))
        patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8"))
        with pytest.raises(SystemExit) as stop:
            main()
        sys.stdout.flush()
        sys.stderr.flush()
        return Ran(stop.value.code, out.getvalue(), err.getvalue().decode("utf-8"))


def spawn(*args: object, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
    """Run ``python -m newsclean`` as a process of its own, in the current folder."""
    done = subprocess.run(
        [sys.executable, "-m", "newsclean", *map(str, args)],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **(env or {})},
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8"))
