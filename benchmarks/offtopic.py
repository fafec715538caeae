"""How well off-topic blocks are found: spans, kinds, honest texts touched, article lost.

Run: python benchmarks/offtopic.py LABELLED… [--kinds KINDS.json] [--profile P | --profiles] [--lang CODE] [--worst N] [--part NAME]

Only the category `offtopic` is looked at. Labels that only white space parts are one span, as are removals. A removed
span is right if it shares more than half of the characters of both together with a label; harm is every article
character that is removed as off topic, of all article characters. `--kinds` names the kind of each label by the text's id.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from newsclean import Cleaner
from newsclean.categories import OFFTOPIC
from newsclean.cleaner import PROFILES
from newsclean.evaluation.labelled import LabelledText, labelled_files, read_labelled
from newsclean.spans import Span

_MATCH = 0.5


class Found(NamedTuple):
    """What was found in one text: joined labels and removals, and which match."""

    text: LabelledText
    labels: list[Span]
    removed: list[Span]
    right: list[bool]
    found: list[bool]
    kinds: list[str]


def joined(spans: Iterable[Span], text: str) -> list[Span]:
    """Spans with those joined that only white space parts."""
    made: list[Span] = []
    for span in sorted(spans):
        if made and not text[made[-1].end : span.start].strip():
            made[-1] = Span(made[-1].start, span.end)
        else:
            made.append(span)
    return made


def same(one: Span, other: Span) -> bool:
    """Whether two spans share more than half of their characters."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common > _MATCH * (max(one.end, other.end) - min(one.start, other.start))


def look(cleaner: Cleaner, text: LabelledText, kinds: Sequence[str]) -> Found:
    """Clean a text and compare."""
    own = [label.span for label in text.labels if label.category == OFFTOPIC]
    labels = joined(own, text.text)
    removed = joined((d.span for d in cleaner.analyze(text.text).junk if d.category == OFFTOPIC), text.text)
    named = dict(zip((span.start for span in own), kinds, strict=False))
    return Found(
        text,
        labels,
        removed,
        [any(same(one, other) for other in labels) for one in removed],
        [any(same(one, other) for other in removed) for one in labels],
        [named.get(span.start, "all") for span in labels],
    )


def report(found: Sequence[Found], name: str) -> None:
    """Print the figures."""
    spans = sum(len(one.labels) for one in found)
    hit = sum(sum(one.found) for one in found)
    taken = sum(len(one.removed) for one in found)
    right = sum(sum(one.right) for one in found)
    exact = sum(len(set(one.labels) & set(one.removed)) for one in found)
    article = lost = junk = gone = 0
    for one in found:
        off = {at for span in one.labels for at in range(span.start, span.end)}
        cut = {at for span in one.removed for at in range(span.start, span.end)}
        article += len(one.text.text) - len(off)
        lost += len(cut - off)
        junk += len(off)
        gone += len(cut & off)
    honest = [one for one in found if not one.labels]
    touched = sum(bool(one.removed) for one in honest)
    precision, recall = right / max(taken, 1), hit / max(spans, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(
        f"{name:10} span F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  exact {exact / max(hit, 1):.2f}  "
        f"characters removed {gone / max(junk, 1):.1%}  article lost {lost / max(article, 1):.3%}  "
        f"honest texts touched {touched}/{len(honest)}"
    )
    total: Counter[str] = Counter(kind for one in found for kind in one.kinds)
    by = Counter(kind for one in found for kind, yes in zip(one.kinds, one.found, strict=True) if yes)
    print("           " + "  ".join(f"{kind} {by[kind]}/{count}" for kind, count in sorted(total.items())))


def worst(found: Sequence[Found], count: int) -> None:
    """Print what was taken wrongly, then what was missed."""
    wrong = [
        (one, span) for one in found for span, yes in zip(one.removed, one.right, strict=True) if not yes
    ]
    missed = [
        (one, span) for one in found for span, yes in zip(one.labels, one.found, strict=True) if not yes
    ]
    for title, several in (("WRONG", wrong), ("MISSED", missed)):
        for one, span in several[:count]:
            print(f"{title} {one.text.id}: {span.of(one.text.text)[:200]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--kinds", type=Path)
    parser.add_argument("--profile", default="balanced", choices=PROFILES)
    parser.add_argument("--profiles", action="store_true")
    parser.add_argument("--lang")
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--part", default="not named", help="what the data is, e.g. development, held out")
    arguments = parser.parse_args()
    kinds = json.loads(arguments.kinds.read_text(encoding="utf-8")) if arguments.kinds else {}
    texts = [text for path in arguments.data for file in labelled_files(path) for text in read_labelled(file)]
    texts = [text for text in texts if not arguments.lang or text.lang == arguments.lang]
    print(f"{len(texts)} texts; part: {arguments.part}")
    for profile in PROFILES if arguments.profiles else (arguments.profile,):
        cleaner = Cleaner(profile)
        found = [look(cleaner, text, kinds.get(text.id, ())) for text in texts]
        report(found, profile)
        if arguments.worst:
            worst(found, arguments.worst)


if __name__ == "__main__":
    main()
