"""Speed as rows and tables, and as a record for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

from speed_clock import Timed
from speed_cold import BARE, IMPORT, REGEX, shown
from speed_growth import Growth
from speed_memory import Measured
from speed_mixes import Mix
from speed_peers import FINDALL
from speed_rules import MULTIPLES, RulesGrowth

__all__ = [
    "GROUPS", "MixSpeed", "cold_lines", "cold_record", "growth_lines", "growth_record", "mix_lines", "mix_record",
    "rules_lines", "rules_record",
]  # fmt: skip

#: What rows are told apart by, in the order of the tables.
GROUPS = ("newsclean", "kernel", "phase", "scan", "peer")
_TITLES = {
    "kernel": "the kernel, one look at each text",
    "phase": "phases in Python, one pass over the texts",
    "scan": "scans",
    "peer": "line rules of others",
}


_TELLING = 1e-6  # seconds


class MixSpeed(NamedTuple):
    """What was measured on a mix: times by group and name, memory by subject."""

    mix: Mix
    groups: Mapping[str, Mapping[str, Timed]]
    memory: Mapping[str, Measured]

    @property
    def yard(self) -> float:
        """Seconds that one pass of the yardstick took, the median of all rounds."""
        return median(took for rows in self.groups.values() for timed in rows.values() for took in timed.yard)


def mix_lines(speed: MixSpeed) -> Iterator[str]:
    """The table of a mix."""
    mix = speed.mix
    size = mix.megabytes
    yield f"\n{mix.name}: {len(mix.texts)} texts, {size:.3f} MB, half of them under {mix.usual:,} bytes ({mix.source})"
    if speed.groups:
        yield f"{'':32}{'MB/s':>10}{'texts/s':>11}{'x findall':>11}"
        yield _row(FINDALL, size / speed.yard, len(mix.texts) / speed.yard, 1)
    for group in GROUPS:
        rows = speed.groups.get(group, {})
        if rows and group in _TITLES:
            yield f"  {_TITLES[group]}"
        for name, timed in rows.items():
            if timed.seconds < _TELLING:  # nothing of it was called for
                continue
            yield _row(
                name, size / timed.seconds, len(mix.texts) / timed.seconds, timed.ratio, group in _TITLES
            )
    for subject, measured in speed.memory.items():
        yield f"  peak memory, {subject}: {_memory(measured)}"


def _row(name: str, megabytes: float, texts: float, ratio: float, indented: bool = False) -> str:
    label = f"    {name}" if indented else f"  {name}"
    return f"{label:32}{megabytes:>10.{_places(megabytes)}f}{texts:>11,.0f}{ratio:>11.{_places(ratio)}f}"


def _places(figure: float) -> int:
    return 3 if figure < 1 else 2 if figure < 100 else 0


def _memory(measured: Measured) -> str:
    if measured.peak is None or measured.added is None:
        return "not known on this system"
    return f"{measured.peak:,.0f} MB, of which {measured.added:,.1f} MB for the work"


def growth_lines(growths: Sequence[Growth]) -> Iterator[str]:
    """The table of growth over length."""
    yield "\nclean on one text of rising length, each size in a fresh process; s: CPU seconds of a text as it comes,"
    yield "then, with all that is beside it, of what is left of it"
    for growth in growths:
        heads = ("bytes", "at first s", "s", "MB/s", "x findall", "peak MB", "added MB")
        yield f"  {growth.form:12}" + "".join(f"{head:>12}" for head in heads)
        for size, measured in growth.points:
            seconds = measured.timed.seconds
            speed = size / 1e6 / seconds
            memory = [
                f"{'?' if held is None else f'{held:,.1f}':>12}" for held in (measured.peak, measured.added)
            ]
            yield (
                f"{'':14}{size:>12,}{measured.first:>12.4f}{seconds:>12.4f}{speed:>12.{_places(speed)}f}"
                f"{measured.timed.ratio:>12.1f}{''.join(memory)}"
            )
        known = [f"{name} {value:.2f}" for name, value in growth.exponents().items() if value is not None]
        yield f"    exponents from 10 KB on: {', '.join(known) or 'too few sizes'}"
        if growth.left_out:
            yield f"    left out: {growth.left_out}"


def rules_lines(growth: RulesGrowth) -> Iterator[str]:
    """The table of growth over the number of rules."""
    yield f"\nmore rules, on {growth.texts} English texts, {growth.megabytes:.3f} MB"
    yield f"{'':16}{'rules':>10}{'keywords':>10}{'clean MB/s':>12}{'x 1 times':>11}{'rules MB/s':>12}{'x 1 times':>11}"
    for times in MULTIPLES:
        columns = ""
        for name in ("clean", "rules"):
            speed = growth.megabytes / growth.timed[name][times].seconds
            columns += f"{speed:>12.{_places(speed)}f}{growth.dearer(name, times):>11.2f}"
        yield f"  {f'{times} times':14}{growth.rules[times]:>10,}{growth.keywords[times]:>10,}{columns}"


def cold_lines(starts: Mapping[str, float], rounds: int) -> Iterator[str]:
    """The table of cold starts."""
    yield f"\ncold starts, fresh processes, medians of {rounds}; all but the bare start less that"
    taken = shown(dict(starts))
    for name, milliseconds in taken.items():
        beside = (
            f"{milliseconds / taken[REGEX]:>8.2f} x {REGEX}"
            if taken.get(REGEX) and name not in (BARE, REGEX)
            else ""
        )
        yield f"  {name:30}{milliseconds:>8.1f} ms{beside}"
    if REGEX in starts:
        yield f"  with the bare start: {IMPORT} takes {starts[IMPORT] / starts[REGEX]:.2f} x {REGEX}"
    else:
        yield f"  {REGEX} is skipped: regex is not installed (pip install regex)"


def mix_record(speed: MixSpeed) -> dict[str, Any]:
    """All of a mix."""
    size, count = speed.mix.megabytes, len(speed.mix.texts)
    rows = [
        {
            "name": name, "group": group, "mb_s": size / timed.seconds, "texts_s": count / timed.seconds,
            "ratio": timed.ratio, "seconds": list(timed.own), "findall_seconds": list(timed.yard),
        }
        for group in GROUPS
        for name, timed in speed.groups.get(group, {}).items()
    ]  # fmt: skip
    return {
        "name": speed.mix.name, "source": speed.mix.source, "texts": count, "mb": size, "median_bytes": speed.mix.usual,
        "findall_mb_s": size / speed.yard if speed.groups else None, "rows": rows,
        "memory": {subject: _memory_record(measured) for subject, measured in speed.memory.items()},
    }  # fmt: skip


def _memory_record(measured: Measured) -> dict[str, float | None]:
    return {"before_mb": measured.before, "peak_mb": measured.peak, "added_mb": measured.added}


def growth_record(growth: Growth) -> dict[str, Any]:
    """All of the growth of one form of text."""
    points = [
        {
            "bytes": size, "first_seconds": measured.first, "seconds": list(measured.timed.own),
            "findall_seconds": list(measured.timed.yard), "ratio": measured.timed.ratio, **_memory_record(measured),
        }
        for size, measured in growth.points
    ]  # fmt: skip
    return {
        "form": growth.form, "points": points, "left_out": growth.left_out, "exponents": growth.exponents(),
    }  # fmt: skip


def rules_record(growth: RulesGrowth) -> dict[str, Any]:
    """All of the growth over the number of rules."""
    rows = [
        {
            "times": times, "rules": growth.rules[times], "keywords": growth.keywords[times],
            **{f"{name}_seconds": list(growth.timed[name][times].own) for name in growth.timed},
            **{f"{name}_dearer": growth.dearer(name, times) for name in growth.timed},
        }
        for times in MULTIPLES
    ]  # fmt: skip
    return {"texts": growth.texts, "mb": growth.megabytes, "rows": rows}


def cold_record(starts: Mapping[str, float], rounds: int) -> dict[str, Any]:
    """All of the cold starts, in milliseconds."""
    whole = {name: took * 1000 for name, took in starts.items()}
    return {"rounds": rounds, "ms": whole, "less_bare_ms": shown(dict(starts))}
