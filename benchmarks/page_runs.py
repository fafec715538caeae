"""Extractors run over labelled pages in turns, each call timed, each output scored."""

from __future__ import annotations

import gc
import logging
import sys
import time
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from typing import NamedTuple

from gold_words import Scores, word_scores, words
from labelled_pages import LabelledPage
from newsclean.errors import DataFormatError
from newsclean.training.extractors import EXTRACTORS, Extractor

SHINGLE = 4


class Result(NamedTuple):
    """What one extractor made of one page; without a gold text no scores, without a run no time."""

    scores: Scores | None
    shingle_f1: float | None
    found: int
    absent: int
    empty: bool
    failed: bool
    seconds: float | None


class Call(NamedTuple):
    """One call of an extractor: what came back, its CPU time, and what it raised, in words."""

    output: str
    seconds: float
    problem: str


class PageRun(NamedTuple):
    """A page, its size in bytes, and the result of each extractor."""

    page: LabelledPage
    size: int
    results: dict[str, Result]


def _whole() -> Extractor:
    from newsclean import extract  # type: ignore[attr-defined,unused-ignore]

    return extract  # type: ignore[no-any-return,unused-ignore]


def _blocks() -> Extractor:
    from newsclean.html.extractor import (  # type: ignore[import-not-found,unused-ignore]
        Extractor as Engine,
    )

    return Engine(text_side=False).extract  # type: ignore[no-any-return,unused-ignore]


#: newsclean's own rows: name -> what makes the function to time.
OWN: dict[str, Callable[[], Extractor]] = {"newsclean": _whole, "newsclean_blocks": _blocks}


def ready(names: Sequence[str]) -> dict[str, Extractor]:
    """The functions behind `names`.

    Raises:
        DataFormatError: for one of newsclean's own that cannot be imported.
    """
    functions = {}
    for name in names:
        try:
            functions[name] = OWN[name]() if name in OWN else EXTRACTORS[name]
        except ImportError as error:
            raise DataFormatError(f"expected {name} to be there, got {error}") from error
    return functions


def run(pages: Sequence[LabelledPage], functions: dict[str, Extractor], repeat: int = 1) -> list[PageRun]:
    """Each page through all of `functions` before the next page, in an order that rotates from page to page.

    A function that raises has found nothing, which is said on standard error. A page that cannot be read is
    left out, which is said as well. With `repeat`, all pages are gone through so often, and a page's time is
    the median; the outputs are those of the first time.

    Raises:
        DataFormatError: for an extractor whose package cannot be imported.
    """
    readable = [page for page in pages if _readable(page)]
    with _quiet(), _frozen():
        if readable:
            _warm_up(functions, readable[0].html())
        runs, times = [], []
        for at, page in enumerate(readable):
            html = page.html()
            calls = _turn(functions, html, at)
            runs.append(
                PageRun(page, len(html), {name: _result(page, name, calls[name]) for name in functions})
            )
            times.append({name: [call.seconds] for name, call in calls.items()})
        for turn in range(1, repeat):
            for at, page in enumerate(readable):
                for name, call in _turn(functions, page.html(), at + turn).items():
                    times[at][name].append(call.seconds)
    return [
        page._replace(results={n: r._replace(seconds=median(taken[n])) for n, r in page.results.items()})
        for page, taken in zip(runs, times, strict=True)
    ]


def score(page: LabelledPage, output: str, *, failed: bool = False) -> Result:
    """The result of one output, without a time; an output of white space alone is empty."""
    gold = bool(page.gold.strip())
    plain = " ".join(output.split())
    return Result(
        scores=word_scores(output, page.gold) if gold else None,
        shingle_f1=shingle_f1(output, page.gold) if gold else None,
        found=sum(" ".join(snippet.split()) in plain for snippet in page.wanted),
        absent=sum(" ".join(snippet.split()) not in plain for snippet in page.unwanted),
        empty=not plain,
        failed=failed,
        seconds=None,
    )


def shingle_f1(output: str, gold: str) -> float:
    """F1 over bags of runs of four words; a text of fewer words is one run.

    Unlike bags of words, runs do not reward words that stand in the article by chance, or in another order.

    >>> shingle_f1("Rain fell all day long", "Rain fell all day, too")
    0.5
    """
    ours, theirs = shingles(output), shingles(gold)
    if not ours and not theirs:
        return 1.0
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of four words occurs in `text`.

    >>> sorted(shingles("Rain fell all day long"))
    [('fell', 'all', 'day', 'long'), ('rain', 'fell', 'all', 'day')]
    """
    tokens = words(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[at : at + SHINGLE]) for at in range(max(1, len(tokens) - SHINGLE + 1)))


def _turn(functions: dict[str, Extractor], html: bytes, by: int) -> dict[str, Call]:
    names = list(functions)
    start = by % len(names) if names else 0
    return {name: _timed(functions[name], html) for name in names[start:] + names[:start]}


def _timed(function: Extractor, html: bytes) -> Call:
    gc.collect()  # or the garbage of one extractor would be collected on the next one's time
    problem = ""
    start = time.process_time()
    try:
        output = function(html) or ""
    except Exception as error:  # extractors raise anything
        output = ""
        problem = f"{type(error).__name__}: {error}".partition("\n")[0].rstrip(": ")
    return Call(output, time.process_time() - start, problem)


def _result(page: LabelledPage, name: str, call: Call) -> Result:
    if call.problem:
        print(f"{page.file}: {name}: {call.problem}", file=sys.stderr)
    return score(page, call.output, failed=bool(call.problem))


def _warm_up(functions: dict[str, Extractor], html: bytes) -> None:
    for name, function in functions.items():
        try:
            function(html)
        except ImportError as error:  # a package without what it needs would score 0 on every page
            raise DataFormatError(f"expected {name} to run, got {type(error).__name__}: {error}") from error
        except Exception:  # the page comes again, and is reported then
            continue
    gc.collect()
    gc.freeze()  # what has been imported need not be looked through before each call


def _readable(page: LabelledPage) -> bool:
    try:
        page.html()
    except (OSError, EOFError, zlib.error) as error:
        print(f"{page.file}: left out: {type(error).__name__}: {error}", file=sys.stderr)
        return False
    return True


@contextmanager
def _quiet() -> Iterator[None]:
    """What extractors think of a page is not news here."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


@contextmanager
def _frozen() -> Iterator[None]:
    """Takes back what `_warm_up` told the garbage collector."""
    try:
        yield
    finally:
        gc.unfreeze()
