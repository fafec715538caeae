"""Figures on the hand-written pages, against floors that only rise.

Run: python benchmarks/page_floors.py                 the figures of now beside the floors; exit status 1 if one is off
     python benchmarks/page_floors.py --write         raise the floors to the figures of now (never lowers one)
     python benchmarks/page_floors.py --lower "why"   set the floors to the figures of now, lower ones too
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from gold_words import word_scores
from newsclean.html.extractor import Extractor

__all__ = [
    "FIGURES",
    "FLOORS",
    "FOLDER",
    "SETS",
    "Entry",
    "figures",
    "fingerprint",
    "gold",
    "html",
    "problems",
    "raised",
]

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "pages"
FLOORS = FOLDER / "floors.json"
SETS = ("articles", "others", "inline")
#: Mean word F1 of the pages, the share of their `with` snippets that are kept, of their `without` snippets left out.
FIGURES = ("f1", "with", "without")
#: So far below its floor a figure may be (another release of a library), and so far above before the floor must rise.
SLACK, ROOM = 0.002, 0.01
_AGAIN = "run benchmarks/page_floors.py --write"

Entry = dict[str, Any]


def gold(name: str) -> list[dict[str, Any]]:
    """What is expected of the pages of a set."""
    lines = (FOLDER / name / "gold.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def html(name: str, page: str) -> bytes:
    """A page of a set."""
    return (FOLDER / name / "html" / f"{page}.html").read_bytes()


def fingerprint(name: str) -> str:
    """What changes when a set's pages, or what is expected of them, do."""
    digest = hashlib.blake2b(digest_size=16)
    for data in ((FOLDER / name / "gold.jsonl").read_bytes(), *(html(name, row["id"]) for row in gold(name))):
        digest.update(data.replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def figures(extractor: Extractor) -> dict[str, Entry]:
    """For each set a hash of its pages, the `FIGURES`, and the snippets that were lost or taken wrongly."""
    return {name: _entry(name, extractor) for name in SETS}


def _entry(name: str, extractor: Extractor) -> Entry:
    scores, kept, left, misses = [], [], [], []
    for row in gold(name):
        text = extractor.extract(html(name, row["id"]))
        scores.append(word_scores(text, row["text"]).f1)
        for told, snippets, right in (("lost", row["with"], kept), ("took", row["without"], left)):
            for snippet in snippets:
                right.append((snippet in text) == (told == "lost"))
                if not right[-1]:
                    misses.append(f"{row['id']}: {told}: {snippet}")
    made = {key: round(fmean(values), 4) for key, values in zip(FIGURES, (scores, kept, left), strict=True)}
    return {"data": fingerprint(name), **made, "misses": sorted(misses)}


def problems(now: Mapping[str, Entry], floors: Mapping[str, Entry]) -> list[str]:
    """What is wrong with the figures of now: below their floors, far above, of other pages; and snippets newly missed.

    >>> now = {"a": {"data": "x", "f1": 0.9, "with": 1.0, "without": 1.0, "misses": []}}
    >>> problems(now, {"a": {**now["a"], "f1": 0.95}})
    ['a: f1: expected 0.9500 or more, got 0.9000']
    """
    made = []
    for name, entry in now.items():
        floor = floors.get(name)
        if floor is None or floor["data"] != entry["data"]:
            made.append(f"{name}: the floors are for other pages: {_AGAIN}")
            continue
        for key in FIGURES:
            if entry[key] < floor[key] - SLACK:
                made.append(f"{name}: {key}: expected {floor[key]:.4f} or more, got {entry[key]:.4f}")
            elif entry[key] > floor[key] + ROOM:
                made.append(
                    f"{name}: {key}: the floor of {floor[key]:.4f} is to rise to {entry[key]:.4f}: {_AGAIN}"
                )
        made += [f"{name}: {miss}" for miss in entry["misses"] if miss not in floor["misses"]]
    return made


def raised(now: Mapping[str, Entry], floors: Mapping[str, Entry], lower: bool = False) -> dict[str, Entry]:
    """The floors to write: never lower than those for the same pages, unless asked for."""
    made = {}
    for name, entry in now.items():
        floor = floors.get(name)
        made[name] = dict(entry)
        if floor is not None and not lower and floor["data"] == entry["data"]:
            made[name] |= {key: max(floor[key], entry[key]) for key in FIGURES}
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Show the figures, and write them if asked: 1 if something is wrong with them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="raise the floors to the figures of now")
    parser.add_argument("--lower", metavar="WHY", help="set the floors to the figures of now, lower ones too")
    asked = parser.parse_args(arguments)
    now = figures(Extractor())
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    for name, entry in now.items():
        told = (f"{key} {entry[key]:.4f} (floor {floors.get(name, {}).get(key, 0):.4f})" for key in FIGURES)
        print(f"{name}: {', '.join(told)}")
    if asked.write or asked.lower:
        floors = raised(now, floors, bool(asked.lower))
        reason = {"lowered": asked.lower} if asked.lower else {}
        FLOORS.write_text(json.dumps({**floors, **reason}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    found = problems(now, floors)
    print(*found, sep="\n", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
