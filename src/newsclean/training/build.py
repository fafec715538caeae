"""From labelled pages to training texts: real extractors' outputs, each line with what is known of it."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from newsclean.training.alignment import Aligned, Verdict, align, consensus, line_key, usable
from newsclean.training.extractors import EXTRACTORS
from newsclean.training.hand import ARTICLE, UNSURE, digest, read_hand_labels
from newsclean.training.pages import Page, head_texts, read_html, read_pages
from newsclean.training.texts import JUNK, TrainingText

__all__ = ["DEFAULT_EXTRACTORS", "build"]

#: Those that differ most in what they leave in, and are quick enough for thousands of pages.
DEFAULT_EXTRACTORS = (
    "trafilatura",
    "trafilatura_recall",
    "readability",
    "boilerpy3",
    "justext",
    "resiliparse",
    "resiliparse_full",
    "inscriptis",
)
_FULL = ("resiliparse_full", "inscriptis")
_SHORTEST, _LONGEST = 400, 40_000  # characters of a text worth training on
_LEAST_ARTICLE = 3  # lines
_MAINLY = ("article", "news", "")  # page types without teasers and comments for content
_GOLD = (*_MAINLY, "documentation", "product", "service")


class _Job(NamedTuple):
    page: Page
    extractors: tuple[str, ...]
    hand: dict[bytes, str]


def build(
    folders: Iterable[Path],
    out: Path,
    hand: Path | None = None,
    extractors: Iterable[str] = DEFAULT_EXTRACTORS,
    workers: int = 2,
) -> int:
    """Write the training texts of all pages in `folders` to `out` (``.jsonl.gz``); gives their number.

    A page that cannot be read, or an extractor that fails on it, is named on stderr and left out. The file is
    moved into place when it is complete.
    """
    labels = read_hand_labels(hand) if hand else {}
    names = tuple(extractors)
    jobs = (_Job(page, names, labels.get(page.key, {})) for folder in folders for page in read_pages(folder))
    count = 0
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(out.name + ".part")
    try:
        with (
            part.open("wb") as raw,
            gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file,
            ProcessPoolExecutor(workers) as pool,
        ):
            for texts, problems in pool.map(_texts, jobs, chunksize=8):
                for problem in problems:
                    print(problem, file=sys.stderr)  # noqa: T201  # the command's own report
                for text in texts:
                    file.write((text.to_json() + "\n").encode("utf-8", "surrogatepass"))
                    count += 1
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
    return count


def _texts(job: _Job) -> tuple[list[TrainingText], list[str]]:
    page, problems = job.page, []
    try:
        html = read_html(page.folder, page.id)
    except (OSError, EOFError) as error:
        return [], [f"{page.key}: expected a page, got {error!r}"]
    outputs: dict[str, str] = {}
    for name in job.extractors:
        try:
            text = EXTRACTORS[name](html)
        except Exception as error:  # extractors may fail in any way on pages of the web
            problems.append(f"{page.key}: {name}: {error!r}"[:200])
            continue
        if text:
            outputs[name] = text
    return list(_labelled(job, outputs, head_texts(html))), problems


def _labelled(job: _Job, outputs: Mapping[str, str], head: list[str]) -> Iterator[TrainingText]:
    page = job.page
    known: dict[str, Verdict] = {}
    if not page.text:
        selective = [name for name in outputs if name not in _FULL]
        known = consensus(outputs, selective, page.present, page.absent)
    by_hand = {
        line_key(line): job.hand[digest(line)]
        for text in outputs.values()
        for line in text.split("\n")
        if line_key(line) and digest(line) in job.hand
    }
    if page.kind not in _MAINLY and not by_hand:
        outputs = {}
    known |= {key: _verdict(label) for key, label in by_hand.items()}
    for name, text in outputs.items():
        if not _SHORTEST <= len(text) <= _LONGEST:
            continue
        aligned = align(text, page.text, head, known)
        share = _share_known(aligned, by_hand)
        fits = (
            usable(aligned, page.text) if page.text else aligned.verdicts.count("article") >= _LEAST_ARTICLE
        )
        if share > 0.9 or fits:
            yield _text(page, name, aligned, by_hand, share > 0.9)
    if page.kind in _GOLD and _SHORTEST <= len(page.text) <= _LONGEST:
        lines = tuple(page.text.split("\n"))
        verdicts: tuple[Verdict, ...] = tuple("article" for _ in lines)
        yield _text(page, "gold", Aligned(lines, verdicts), by_hand, False)


def _verdict(label: str) -> Verdict:
    return "article" if label in (ARTICLE, "embed") else "open" if label == UNSURE else "junk"


def _share_known(aligned: Aligned, by_hand: Mapping[str, str]) -> float:
    """Share of a text's characters in lines that were labelled by hand."""
    total = sum(len(line) for line in aligned.lines)
    return sum(len(line) for line in aligned.lines if line_key(line) in by_hand) / max(1, total)


def _text(
    page: Page, name: str, aligned: Aligned, by_hand: Mapping[str, str], labelled: bool
) -> TrainingText:
    spans: list[tuple[int, int, str]] = []
    unknown: list[tuple[int, int]] = []
    at = 0
    for line, verdict in zip(aligned.lines, aligned.verdicts, strict=True):
        bare = line.strip()
        start = at + line.index(bare) if bare else at
        at += len(line) + 1
        label = by_hand.get(line_key(line), "")
        if not bare:
            continue
        if verdict == "junk":
            spans.append((start, start + len(bare), label or JUNK))
        elif verdict == "open" or (labelled and not label and line_key(line)):
            unknown.append((start, start + len(bare)))
    text = "\n".join(aligned.lines)
    return TrainingText(
        f"{page.key}/{name}", page.lang, page.site, text, tuple(spans), tuple(unknown), labelled
    )
