"""One measurement in a process of its own: CPU time beside the yardstick, and peak memory.

Run by `measured`: python speed_memory.py FILE SUBJECT ROUNDS (FILE holds two lists of texts as JSON).

Peak memory is the most physical memory that the process held (``VmHWM`` in ``/proc/self/status``). On Linux that mark
is set back (``/proc/self/clear_refs``) once rules, model and texts are loaded, so that what the work adds is told apart
from what stands there anyway. ``resource.getrusage`` would not do: its mark cannot be set back, and a child begins
with that of the parent that started it. `tracemalloc` would not either: it sees Python's objects only, and slows
them down. Elsewhere than on Linux, where there is no such file, no memory is told.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from speed_clock import Timed, frozen, in_turns, once, steady
from speed_peers import findall

__all__ = ["SUBJECTS", "Measured", "measured"]

_LONG = 0.5  # seconds: work that takes longer is measured once
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Measured(NamedTuple):
    """CPU times, the megabytes that the process held before the work, and the most it held during it.

    `first` is the CPU time of the first pass over texts that are cleaned before they are timed (see `measured`).
    """

    first: float
    timed: Timed
    before: float | None
    peak: float | None

    @property
    def added(self) -> float | None:
        """Megabytes that the work took at its most."""
        return None if self.before is None or self.peak is None else max(0.0, self.peak - self.before)


def measured(
    texts: Sequence[str], subject: str, rounds: int = 3, warm: Sequence[str] = (), limit: float | None = None
) -> Measured | None:
    """`subject` over `texts` in a fresh process; None if it takes longer than `limit` seconds.

    Before, it runs over `warm` (the texts themselves if there are none), so that rules and model are loaded. The first
    pass over `texts` tells the memory. With `warm`, what it leaves of them is what is timed: how often a text is gone
    over hangs on the junk that stands in it by chance, and is once where there is none.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "texts.json")
        file.write_text(json.dumps([list(texts), list(warm)]), encoding="utf-8")
        command = [sys.executable, __file__, str(file), subject, str(rounds)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=limit)
        except subprocess.TimeoutExpired:
            return None
        except subprocess.CalledProcessError as error:
            raise RuntimeError(f"measuring {subject} failed: {error.stderr[-2000:]}") from error
    first, own, yard, before, peak = json.loads(done.stdout)
    return Measured(first, Timed(tuple(own), tuple(yard)), before, peak)


def _main(arguments: list[str]) -> None:
    file, subject, rounds = arguments
    texts, warm = json.loads(Path(file).read_text(encoding="utf-8"))
    run = _SUBJECTS[subject]
    run(warm or texts)
    with frozen():
        before = _set_back()
        first = once(lambda: run(texts))
        peak = _held("VmHWM") if before else None
        if warm:
            texts = run(texts)
        work, yardstick = lambda: run(texts), lambda: _findall(texts)
        if first > _LONG:
            timed = Timed((once(work),), (steady(yardstick),))
        else:
            timed = in_turns({subject: work}, yardstick, int(rounds))[subject]
    print(json.dumps([first, timed.own, timed.yard, before, peak]))


def _clean(texts: Sequence[str]) -> Sequence[str]:
    from newsclean import clean

    return [clean(text) for text in texts]


def _findall(texts: Sequence[str]) -> Sequence[str]:
    findall(texts)()
    return texts


def _set_back() -> float | None:
    """Set the mark of the most memory held back to what is held now, which is returned in megabytes."""
    with suppress(OSError):
        _CLEAR.write_text("5", encoding="ascii")
        return _held("VmRSS")
    return None


def _held(name: str) -> float | None:
    for line in _STATUS.read_text(encoding="ascii").splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0]) * 1024 / 1e6
    return None


_SUBJECTS: dict[str, Callable[[Sequence[str]], Sequence[str]]] = {"clean": _clean, "findall": _findall}
#: What can be measured.
SUBJECTS = tuple(_SUBJECTS)

if __name__ == "__main__":
    _main(sys.argv[1:])
