"""Accuracy against labelled texts, with floors that only rise; other line rules beside it; labelled pages.

Run: python benchmarks/accuracy.py                      the fixtures against the floors
       [--update | --lower WHY]
     python benchmarks/accuracy.py --data PATH…         labelled texts
       [--profile P | --profiles] [--peers] [--plot FILE.png] [--labelled CATEGORY] [--worst N] [--part NAME]
     python benchmarks/accuracy.py --pages DIR…         extractor outputs against the gold text of their pages
       [--extractors NAME…] [--page-type TYPE] [--limit N [--sample SEED]] [--workers N] [--cache DIR]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import kept_words
import page_sets
import plots
from breakdown import Pair, by_category, by_group, extractor_of, summary
from newsclean import Cleaner
from newsclean.cleaner import PROFILES
from newsclean.errors import NewscleanError
from newsclean.evaluation.labelled import LabelledText, labelled_files, read_labelled
from newsclean.evaluation.score import Score, score_reports, score_texts
from newsclean.evaluation.table import worst_cases
from peers import as_report, usable_peers

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SETS = {"documents": "fixtures/documents", "untouched": "fixtures/untouched"}
#: Figures that may not fall; harm and its like are held as what is left of 1.
HELD = ("junk_removed", "article_kept", "span_recall", "category_right", "untouched")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", nargs="+", type=Path, default=[], help="labelled .jsonl files or folders")
    parser.add_argument("--profile", default="balanced", choices=PROFILES)
    parser.add_argument("--profiles", action="store_true", help="all three in one run")
    parser.add_argument("--peers", action="store_true", help="line rules of others over the same data")
    parser.add_argument("--plot", type=Path, metavar="FILE.png", help="harm against junk removed")
    parser.add_argument(
        "--labelled", action="append", default=[], help="the only categories that are labelled"
    )
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--part", default="not named", help="what the data is, e.g. development, held out")
    parser.add_argument("--pages", nargs="+", type=Path, default=[], help="folders of labelled pages")
    parser.add_argument("--update", action="store_true", help="raise the floors to the figures of now")
    parser.add_argument("--lower", metavar="WHY", help="set the floors to the figures of now, lower ones too")
    page_sets.add_options(parser)
    arguments = parser.parse_args()
    if (arguments.peers or arguments.plot) and not arguments.data:
        parser.error("--peers and --plot go with --data")
    if arguments.peers and arguments.labelled:
        parser.error("--peers cannot go with --labelled: peers name no categories")
    if not arguments.data and not arguments.pages:
        return floors(arguments)
    if arguments.plot and find_spec("matplotlib") is None:
        print("accuracy.py: --plot needs matplotlib (pip install newsclean[bench])", file=sys.stderr)
        return 2
    try:
        print(f"part: {arguments.part}")
        compare(arguments)
        kept_words.report(arguments, profiles(arguments))
    except NewscleanError as error:
        print(f"accuracy.py: {error}", file=sys.stderr)
        return 2
    return 0


def profiles(arguments: argparse.Namespace) -> tuple[str, ...]:
    return PROFILES if arguments.profiles or arguments.plot else (arguments.profile,)


def compare(arguments: argparse.Namespace) -> None:
    """Score the profiles, and the peers if asked for, on each set of labelled texts, and plot them on all."""
    only = frozenset(arguments.labelled) or None
    pooled: dict[str, list[Pair]] = {}
    for path in arguments.data:
        texts = [text for file in labelled_files(path) for text in read_labelled(file)]
        ours = {
            f"newsclean {name}": [(text, cleaner.analyze(text.text)) for text in texts]
            for name, cleaner in ((name, Cleaner(name)) for name in profiles(arguments))
        }
        theirs = dict(peer_pairs(texts)) if arguments.peers else {}
        for line in sections(path.name, ours, theirs, only, arguments.worst):
            print(line)
        for name, pairs in {**ours, **theirs}.items():
            pooled.setdefault(name, []).extend(pairs)
    if arguments.plot:
        plot(arguments, pooled, only)


def peer_pairs(texts: list[LabelledText]) -> Iterator[tuple[str, list[Pair]]]:
    peers, missing = usable_peers()
    for why in missing:
        print(why, file=sys.stderr)
    for name, peer in peers.items():
        yield name, [(text, as_report(text.text, peer(text.text))) for text in texts]


def sections(
    title: str,
    ours: dict[str, list[Pair]],
    theirs: dict[str, list[Pair]],
    only: frozenset[str] | None,
    worst: int,
) -> Iterator[str]:
    yield f"\n{title}"
    yield from summary({**ours, **theirs}, only)
    for name, pairs in ours.items():
        score = score_reports(pairs, only)
        yield f"\n{title}, {name}"
        yield from by_category(score)
        yield ""
        yield from by_group("language", pairs, lambda text: text.lang, only)
        yield ""
        yield from by_group("extractor", pairs, extractor_of, only)
        yield from worst_cases(score, worst)


def plot(arguments: argparse.Namespace, pooled: dict[str, list[Pair]], only: frozenset[str] | None) -> None:
    scored = [
        plots.point(name.removeprefix("newsclean "), score_reports(p, only)) for name, p in pooled.items()
    ]
    names = ", ".join(path.name for path in arguments.data)
    plots.draw(
        arguments.plot,
        f"{names} ({arguments.part})",
        scored[: len(PROFILES)],
        plots.sweep(pooled["newsclean recall"], only),
        scored[len(PROFILES) :],
    )
    print(f"\n{arguments.plot} written")


def floors(arguments: argparse.Namespace) -> int:
    """Hold the figures on the fixtures against their floors: 1 if one is below."""
    held = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    found = {name: entry(HERE.parent / path) for name, path in SETS.items()}
    if arguments.update or arguments.lower:
        made = {name: raised(held.get(name), new, bool(arguments.lower)) for name, new in found.items()}
        if arguments.lower:
            made["lowered"] = arguments.lower
        FLOORS.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
        held = made
    problems = [problem for name, new in found.items() for problem in below(name, held.get(name), new)]
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
    if "--pages" in sys.argv:
        page_sets.fix_hashes()
    sys.exit(main())
