"""What a fresh process takes until newsclean is there, and until the first text is clean."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from statistics import median

__all__ = ["BARE", "COLD", "FIRST", "IMPORT", "REGEX", "cold_starts", "shown"]

BARE = "python -c pass"
IMPORT = "import newsclean"
COLD = "import newsclean, clean a line"
FIRST = "import newsclean, clean 5 KB"
REGEX = "import regex"
_LINE = "import newsclean; newsclean.clean('Rain fell all day in the valley.\\n\\nLeave a Reply')"
_ARTICLE = "import newsclean; newsclean.clean(open({!r}, encoding='utf-8', newline='').read())"


def cold_starts(article: str, rounds: int) -> dict[str, float]:
    """Seconds by the clock on the wall that each takes in a fresh process, all in turns, medians.

    All but the first hold a bare start of Python; `shown` takes it off. `regex` is left out where it is not installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "article.txt")
        file.write_text(article, encoding="utf-8", newline="")
        codes = {BARE: "pass", IMPORT: "import newsclean", COLD: _LINE, FIRST: _ARTICLE.format(str(file))}
        if find_spec("regex"):
            codes[REGEX] = "import regex"
        taken: dict[str, list[float]] = {name: [] for name in codes}
        for code in codes.values():
            _run(code)  # files are read from the disk once
        for _ in range(rounds):
            for name, code in codes.items():
                taken[name].append(_run(code))
    return {name: median(times) for name, times in taken.items()}


def shown(starts: dict[str, float]) -> dict[str, float]:
    """Milliseconds of each, less those of a bare start of Python.

    >>> shown({BARE: 0.01, IMPORT: 0.015})
    {'python -c pass': 10.0, 'import newsclean': 5.0}
    """
    bare = starts[BARE]
    return {name: round((took - bare * (name != BARE)) * 1000, 3) for name, took in starts.items()}


def _run(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    return time.perf_counter() - start
