"""Speed: MB/s beside ``re.findall`` on the same texts, and cold start beside ``import regex``.

Run: python benchmarks/speed.py PATH…   (labelled .jsonl files or folders; fixtures/ by default)

Everything is measured in turns with its yardstick, so that the ratio holds on a machine that is busy.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from newsclean import Cleaner
from newsclean.evaluation.labelled import labelled_files, read_labelled

ROUNDS = 5
COLD_ROUNDS = 15
COLD = "import newsclean; newsclean.clean('Rain fell all day in the valley.\\n\\nLeave a Reply')"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path, default=[Path("fixtures")])
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    arguments = parser.parse_args()
    texts = [
        text.text for path in arguments.paths for file in labelled_files(path) for text in read_labelled(file)
    ]
    size = sum(len(text.encode("utf-8", "replace")) for text in texts) / 1e6
    cleaner = Cleaner()
    if arguments.profile:
        profile(lambda: clean(cleaner, texts))
        return
    clean(cleaner, texts)  # loads the rules of every language that occurs
    pairs = [(timed(lambda: clean(cleaner, texts)), timed(lambda: words(texts))) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"{len(texts)} texts, {size:.2f} MB")
    print(f"newsclean.clean        {size / ours:8.2f} MB/s")
    print(f"re.findall(r'\\w+')     {size / theirs:8.2f} MB/s")
    print(f"ratio of times         {statistics.median(a / b for a, b in pairs):8.1f}")
    cold = [(timed(lambda: python(COLD)), timed(lambda: python("import regex"))) for _ in range(COLD_ROUNDS)]
    print(f"cold start             {statistics.median(a for a, _ in cold) * 1000:8.0f} ms")
    print(f"import regex           {statistics.median(b for _, b in cold) * 1000:8.0f} ms")
    print(f"ratio                  {statistics.median(a / b for a, b in cold):8.2f}")


def clean(cleaner: Cleaner, texts: list[str]) -> None:
    for _ in cleaner.clean_many(texts):
        pass


def words(texts: list[str]) -> None:
    for text in texts:
        re.findall(r"\w+", text)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def profile(work: Callable[[], object]) -> None:
    import cProfile
    import pstats

    profiler = cProfile.Profile()
    profiler.runcall(work)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
