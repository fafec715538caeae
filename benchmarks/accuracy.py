"""Accuracy against labelled texts, with floors that only rise.

Run: python benchmarks/accuracy.py [--data PATH…] [--profile P] [--labelled CATEGORY] [--update | --lower WHY]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from newsclean import Cleaner
from newsclean.evaluation.labelled import labelled_files, read_labelled
from newsclean.evaluation.score import Score, score_texts
from newsclean.evaluation.table import as_table, worst_cases

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SETS = {"documents": "fixtures/documents", "untouched": "fixtures/untouched"}
#: Figures that may not fall; harm and its like are held as what is left of 1.
HELD = ("junk_removed", "article_kept", "span_recall", "category_right", "untouched")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", nargs="+", type=Path, help="labelled .jsonl files or folders")
    parser.add_argument("--profile", default="balanced")
    parser.add_argument(
        "--labelled", action="append", default=[], help="the only categories that are labelled"
    )
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--update", action="store_true", help="raise the floors to the figures of now")
    parser.add_argument("--lower", metavar="WHY", help="set the floors to the figures of now, lower ones too")
    arguments = parser.parse_args()
    if arguments.data:
        for path in arguments.data:
            score = measure([path], arguments.profile, frozenset(arguments.labelled) or None)
            print(f"{path.name}, profile {arguments.profile}")
            print(as_table(score))
            for line in worst_cases(score, arguments.worst):
                print(line)
        return 0
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    found = {name: entry(HERE.parent / path) for name, path in SETS.items()}
    if arguments.update or arguments.lower:
        made = {name: raised(floors.get(name), new, bool(arguments.lower)) for name, new in found.items()}
        if arguments.lower:
            made["lowered"] = arguments.lower
        FLOORS.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
        floors = made
    problems = [problem for name, new in found.items() for problem in below(name, floors.get(name), new)]
    for name, new in found.items():
        print(name, json.dumps(new["figures"]))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def measure(paths: list[Path], profile: str = "balanced", only: frozenset[str] | None = None) -> Score:
    texts = (text for path in paths for file in labelled_files(path) for text in read_labelled(file))
    return score_texts(Cleaner(profile), texts, only)


def entry(path: Path) -> dict[str, Any]:
    """The figures of a set, with a hash of its data."""
    score = measure([path])
    figures = {
        "junk_removed": score.removed_share,
        "article_kept": 1 - score.harm,
        "span_recall": score.recall,
        "category_right": score.category_share,
        "untouched": score.untouched_share,
    }
    digest = hashlib.blake2b(digest_size=16)
    for file in labelled_files(path):
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return {"data": digest.hexdigest(), "figures": {name: round(value, 5) for name, value in figures.items()}}


def raised(old: dict[str, Any] | None, new: dict[str, Any], lower: bool) -> dict[str, Any]:
    """The floor to write: never lower than `old` on the same data, unless asked for."""
    if old is None or lower or old["data"] != new["data"]:
        return new
    figures = {name: max(old["figures"][name], new["figures"][name]) for name in HELD}
    return {"data": new["data"], "figures": figures}


def below(name: str, old: dict[str, Any] | None, new: dict[str, Any]) -> list[str]:
    """What is wrong with the figures, in words."""
    if old is None or old["data"] != new["data"]:
        return [f"{name}: the floors are for other data: run benchmarks/accuracy.py --update"]
    return [
        f"{name}: {figure}: expected {old['figures'][figure]:.3%} or more, got {new['figures'][figure]:.3%}"
        for figure in HELD
        if new["figures"][figure] < old["figures"][figure] - 1e-6
    ]


if __name__ == "__main__":
    sys.exit(main())
