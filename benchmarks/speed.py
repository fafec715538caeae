"""Speed: `clean`, its phases, plain scans and the line rules of others, beside ``re.findall`` on the same texts.

Run: python benchmarks/speed.py [PATH…] [--data DIR [--pages N] [--cache DIR]] [--only PART…] [--largest BYTES]
       [--size MB] [--rounds N] [--no-kernel] [--part NAME] [--json FILE] [--plots DIR] [--profile]

All runs on one thread; everything is measured in turns with its yardstick, so that ratios hold on a machine that is
busy. Texts are three mixes (fixtures/, or the pages of --data), or labelled .jsonl files or folders.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from newsclean import Cleaner, __version__
from newsclean.errors import DataFormatError, NewscleanError
from pages import fix_process
from speed_clock import Timed, Work, in_turns
from speed_cold import cold_starts
from speed_growth import growth_over_length
from speed_kernel import forgetting, kernel_phases, one_by_one
from speed_memory import SUBJECTS, measured
from speed_mixes import (
    Mix,
    byte_size,
    data_mixes,
    english,
    english_articles,
    fixture_mixes,
    given_mix,
    near,
    sample,
)
from speed_peers import findall, peer_works, plain_works
from speed_phases import Given, each, kernel_state, phases_here
from speed_rules import rules_growth
from speed_tables import (
    MixSpeed,
    cold_lines,
    cold_record,
    growth_lines,
    growth_record,
    mix_lines,
    mix_record,
    rules_lines,
    rules_record,
)  # fmt: skip

PARTS = ("mixes", "memory", "one", "growth", "rules", "cold")
_OFF = "NEWSCLEAN_NO_KERNEL"
_COLD_ROUNDS = 15
_ONE = 5_000  # bytes of the single text
_LARGEST, _PATIENCE = 10_000_000, 4.0


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        mixes = [mix for mix in _mixes(options) if mix.texts]
        if not mixes:
            raise DataFormatError("expected texts, got none (none that fits into --size)")
        if options.profile:
            _profile([text for mix in mixes for text in mix.texts])
        else:
            report(mixes, options)
    except (NewscleanError, OSError) as error:
        print(f"speed.py: {error}", file=sys.stderr)
        return 2
    return 0


def report(mixes: list[Mix], options: argparse.Namespace) -> None:
    """Measure and print all parts that are asked for, and write what else is."""
    record: dict[str, Any] = _machine(options)
    print(f"part: {record['part']}")
    print(
        f"newsclean {__version__}, Python {record['python']}, kernel {record['kernel']}, {record['machine']}"
    )
    draw = _drawing(options)
    if {"mixes", "memory"} & set(options.only):
        record["mixes"] = list(_measure_mixes(mixes, options, draw))
    articles = english_articles(mixes, options.data, options.seed)
    if "one" in options.only:
        record["one"] = _one(near(articles, _ONE), options.rounds)
    if "growth" in options.only:
        growths = growth_over_length(articles, options.largest, options.rounds, options.patience or None)
        print(*growth_lines(growths), sep="\n", flush=True)
        record["growth"] = [growth_record(growth) for growth in growths]
        draw("growth", growths)
    if "rules" in options.only:
        own = english(text for mix in mixes for text in mix.texts) or articles
        rules = rules_growth(sample(own, options.size, options.seed), options.rounds)
        print(*rules_lines(rules), sep="\n", flush=True)
        record["rules"] = rules_record(rules)
        draw("rules", rules)
    if "cold" in options.only:
        starts = cold_starts(near(articles, _ONE), _COLD_ROUNDS)
        print(*cold_lines(starts, _COLD_ROUNDS), sep="\n", flush=True)
        record["cold"] = cold_record(starts, _COLD_ROUNDS)
        draw("cold", starts)
    if options.json:
        options.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _measure_mixes(
    mixes: Sequence[Mix], options: argparse.Namespace, draw: Callable[[str, Any], None]
) -> Iterator[dict[str, Any]]:
    speeds = []
    for mix in mixes:
        speeds.append(measure_mix(mix, options))
        print(*mix_lines(speeds[-1]), sep="\n", flush=True)
        yield mix_record(speeds[-1])
    if "mixes" in options.only:
        draw("throughput", speeds)
        if any(speed.groups["kernel"] for speed in speeds):
            draw("kernel", speeds)
        if any(speed.groups["phase"] for speed in speeds):
            draw("phases", speeds)


def measure_mix(mix: Mix, options: argparse.Namespace) -> MixSpeed:
    """Everything on one mix."""
    groups: dict[str, dict[str, Timed]] = {}
    if "mixes" in options.only:
        given = Given(mix.texts)
        works, why = _works(mix, given, options.python_phases or kernel_state() != "loaded")
        for line in why:
            print(line, file=sys.stderr)
        flat = {f"{group}\n{name}": work for group, rows in works.items() for name, work in rows.items()}
        timed = in_turns(flat, findall(mix.texts), options.rounds)
        groups = {group: {name: timed[f"{group}\n{name}"] for name in rows} for group, rows in works.items()}
        groups["kernel"] = kernel_phases(mix.texts, findall(mix.texts), options.rounds)
    memory = {}
    if "memory" in options.only:
        memory = {subject: found for subject in SUBJECTS if (found := measured(mix.texts, subject, rounds=1))}
    return MixSpeed(mix, groups, memory)


def _works(mix: Mix, given: Given, python_phases: bool) -> tuple[dict[str, dict[str, Work]], list[str]]:
    cleaner = Cleaner()
    scans, no_scan = plain_works(mix.texts)
    peers, no_peer = peer_works(mix.texts)
    works = {
        "newsclean": {
            "clean": forgetting(cleaner, lambda: each(cleaner.clean, zip(mix.texts))),
            "clean_many": forgetting(cleaner, lambda: each(len, zip(cleaner.clean_many(mix.texts)))),
            "clean_many, texts met before": lambda: each(len, zip(cleaner.clean_many(mix.texts))),
            "analyze_many": forgetting(cleaner, lambda: each(len, zip(cleaner.analyze_many(mix.texts)))),
        },
        "phase": {phase.name: phase.make(given) for phase in phases_here()} if python_phases else {},
        "scan": scans,
        "peer": peers,
    }
    return works, no_scan + no_peer


def _one(text: str, rounds: int) -> dict[str, Any]:
    """One text by itself."""
    cleaner = Cleaner()
    timed = one_by_one(cleaner, text, findall([text]), max(rounds, 5))
    yard = timed.seconds / timed.ratio
    print(
        f"\none text of {byte_size(text):,} bytes: clean {timed.seconds * 1000:.3f} ms, findall {yard * 1000:.3f} ms, "
        f"{timed.ratio:.1f} times as long",
        flush=True,
    )
    return {
        "bytes": byte_size(text),
        "seconds": list(timed.own),
        "findall_seconds": list(timed.yard),
        "ratio": timed.ratio,
    }


def _drawing(options: argparse.Namespace) -> Callable[[str, Any], None]:
    """What draws a plot by name; nothing without ``--plots``."""

    def nothing(_name: str, _figures: Any) -> None:
        return

    if not options.plots:
        return nothing
    import speed_plots

    options.plots.mkdir(parents=True, exist_ok=True)

    def draw(name: str, figures: Any) -> None:
        title = f"newsclean {__version__}: {name}; {_part(options)}; kernel {kernel_state()}"
        getattr(speed_plots, f"draw_{name}")(options.plots / f"{name}.png", title, figures)

    return draw


def _mixes(options: argparse.Namespace) -> list[Mix]:
    if options.paths:
        return [given_mix(options.paths, options.size, options.seed)]
    if options.data:
        return data_mixes(options.data, options.pages, options.cache, options.size, options.seed)
    return fixture_mixes(options.size, options.seed)


def _part(options: argparse.Namespace) -> str:
    if options.part:
        return str(options.part)
    return "given texts" if options.paths else "development data" if options.data else "fixtures"


def _machine(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "part": _part(options), "newsclean": __version__, "python": platform.python_version(),
        "machine": platform.platform(), "kernel": kernel_state(), "seed": options.seed, "rounds": options.rounds,
    }  # fmt: skip


def _profile(texts: Sequence[str]) -> None:
    import cProfile
    import pstats

    cleaner = Cleaner()
    each(cleaner.clean, zip(texts))  # loads the rules of every language that occurs
    profiler = cProfile.Profile()
    profiler.runcall(each, cleaner.clean, zip(texts))
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="labelled .jsonl files or folders, instead of mixes",
    )
    add(
        "--data",
        type=Path,
        metavar="DIR",
        help="a folder with pages/*/gold.jsonl and pages/*/html/<id>.html.gz",
    )
    add("--pages", type=int, default=40, metavar="N", help="with --data: pages that extractors run on (40)")
    add(
        "--cache",
        type=Path,
        metavar="DIR",
        help="with --data: keep extractor outputs here, and use those kept",
    )
    add("--size", type=float, default=0.03, metavar="MB", help="of each mix (0.03)")
    add("--seed", type=int, default=6, metavar="N", help="that texts and pages are drawn by (6)")
    add("--rounds", type=int, default=3, metavar="N", help="of each measurement (3)")
    add("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=f"of {', '.join(PARTS)}")
    add("--largest", type=int, default=_LARGEST, metavar="BYTES", help=f"text of the growth ({_LARGEST:,})")
    add(
        "--patience", type=float, default=_PATIENCE, metavar="S",
        help=f"leave out texts that take longer (0: leave out none; {_PATIENCE:.0f} seconds)",
    )  # fmt: skip
    add("--python-phases", action="store_true", help="the phases in Python too, which take long")
    add("--no-kernel", action="store_true", help="without the compiled kernel")
    add("--part", help='what the texts are, e.g. "development", instead of what is said by itself')
    add("--json", type=Path, metavar="FILE", help="write all figures here")
    add("--plots", type=Path, metavar="DIR", help="draw them here")
    add("--profile", action="store_true", help="print where the time of clean goes, and nothing else")
    return parser


def _without_kernel() -> None:
    """Start this script again with the kernel turned off, which has to be known before anything is imported."""
    if os.environ.get(_OFF, "0") == "0":
        os.environ[_OFF] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


if __name__ == "__main__":
    if "--no-kernel" in sys.argv:
        _without_kernel()
    fix_process()
    sys.exit(main())
