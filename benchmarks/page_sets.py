"""Folders of labelled pages, and extractors run over them: in several processes, with a cache.

A folder holds ``gold.jsonl`` (records with ``id, lang, page_type, text``) and ``html/<id>.html.gz``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import logging
import os
import random
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from newsclean.errors import DataFormatError
from newsclean.training.extractors import EXTRACTORS, installed, version

T = TypeVar("T")


class _HasType(Protocol):
    @property
    def page_type(self) -> str: ...


Typed = TypeVar("Typed", bound=_HasType)


def fix_hashes() -> None:
    """Start this script again with a fixed hash seed: newspaper4k walks sets, and finds other text with each seed."""
    if "PYTHONHASHSEED" not in os.environ:
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


class Page(NamedTuple):
    """A page with its gold text; `folder` is the name of the set, `file` the gzipped HTML."""

    folder: str
    id: str
    lang: str
    page_type: str
    gold: str
    file: Path


class Problem(NamedTuple):
    """What went wrong with a page, in words."""

    text: str


class Done(NamedTuple, Generic[T]):
    """What one page came to: by extractor, its output and what was measured on it, or a problem."""

    outputs: dict[str, str | None]
    measured: dict[str, T | Problem]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that choose pages and extractors, read back by `chosen_pages` and `chosen_extractors`."""
    parser.add_argument("--extractors", nargs="+", metavar="NAME", help="instead of all that are installed")
    parser.add_argument("--page-type", metavar="TYPE", help="only pages of this type, e.g. article")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N pages of each folder")
    parser.add_argument(
        "--sample", type=int, metavar="SEED", help="with --limit: N pages drawn with this seed"
    )
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes (2)")
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="keep extractor outputs here, and use those kept"
    )


def chosen_extractors(names: Sequence[str] | None) -> list[str]:
    """The extractors asked for, or all that are installed.

    Raises:
        DataFormatError: for one that does not exist or is not installed, or if none is.
    """
    here = installed()
    missing = [name for name in names or () if name not in here]
    if missing or not here:
        known = ", ".join(here) or f"none of {', '.join(EXTRACTORS)}"
        raise DataFormatError(
            f"expected installed extractors (pip install newsclean[bench]), got {', '.join(missing) or 'none'}; "
            f"installed: {known}"
        )
    return list(names) if names else here


def chosen_pages(folder: Path, options: argparse.Namespace) -> list[Page]:
    """The pages of a folder that the options ask for, in the order of its gold file.

    Pages without a gold text are left out, which is said on standard error.

    Raises:
        DataFormatError: what was expected and what came.
    """
    pages = of_type(list(_gold(folder)), folder, options.page_type)
    with_gold = [page for page in pages if page.gold.strip()]
    if len(with_gold) < len(pages):
        print(f"{folder}: {len(pages) - len(with_gold)} pages without gold text skipped", file=sys.stderr)
    if not with_gold:
        raise DataFormatError(f"{folder}: expected pages with a gold text, got {len(pages)} without one")
    return drawn(with_gold, options.limit, options.sample)


def of_type(pages: list[Typed], folder: Path, page_type: str | None) -> list[Typed]:
    """Those of the pages of `folder` that are of a type; all if none is asked for.

    Raises:
        DataFormatError: if there are none.
    """
    if not page_type:
        return pages
    found = [page for page in pages if page.page_type == page_type]
    if not found:
        types = sorted({page.page_type for page in pages})
        raise DataFormatError(f"{folder}: expected pages of type {page_type!r}, got {types}")
    return found


def drawn(pages: list[T], limit: int | None, seed: int | None) -> list[T]:
    """The first `limit` pages, or so many drawn by `seed`, in order; all without a limit."""
    if limit is None or limit >= len(pages):
        return pages
    if seed is None:
        return pages[:limit]
    places = set(random.Random(seed).sample(range(len(pages)), limit))
    return [page for at, page in enumerate(pages) if at in places]


def _gold(folder: Path) -> Iterator[Page]:
    file = folder / "gold.jsonl"
    if not file.is_file() or not (folder / "html").is_dir():
        found = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else "no such folder"
        raise DataFormatError(
            f"{folder}: expected a folder of labelled pages (gold.jsonl, html/<id>.html.gz), got {found}"
        )
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield _page_of(folder, json.loads(line))
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    what = f"no {error}" if isinstance(error, KeyError) else str(error)
                    raise DataFormatError(
                        f"{file}:{number}: expected a record with id and text, got {what}"
                    ) from error


def _page_of(folder: Path, record: Any) -> Page:
    page = Page(
        folder.resolve().name,
        record["id"],
        record.get("lang", ""),
        record.get("page_type", ""),
        record["text"],
        folder / "html" / f"{record['id']}.html.gz",
    )
    if not isinstance(page.gold, str):
        raise TypeError(f"a text of type {type(page.gold).__name__}")
    return page


def measure(
    pages: Sequence[Page],
    names: Sequence[str],
    work: Callable[[Page, str], T],
    *,
    workers: int = 1,
    cache: Path | None = None,
) -> Iterator[tuple[Page, str, T]]:
    """Run each extractor on each page of one folder, and `work` on its output: "" if it finds nothing.

    Results come page by page, in order, whatever the number of processes. A page that cannot be read, or on
    which an extractor fails, is reported on standard error and left out.
    """
    kept = {name: _Cache(cache, pages[0].folder, name) for name in names} if cache and pages else {}
    keys = [_key(page) if kept else "" for page in pages]
    known = ({name: c.outputs[key] for name, c in kept.items() if key in c.outputs} for key in keys)
    job = partial(_page, tuple(names), work)
    try:
        for page, key, done in zip(pages, keys, _run(job, pages, known, workers), strict=True):
            for name, output in done.outputs.items():
                if name in kept:
                    kept[name].add(key, output)
            for name, result in done.measured.items():
                if isinstance(result, Problem):
                    print(f"{page.file}: {name}: {result.text}", file=sys.stderr)
                else:
                    yield page, name, result
    finally:
        for store in kept.values():
            store.close()


def _run(
    job: Callable[[Page, dict[str, str | None]], Done[T]],
    pages: Sequence[Page],
    known: Iterator[dict[str, str | None]],
    workers: int,
) -> Iterator[Done[T]]:
    if workers <= 1:
        yield from map(job, pages, known)
        return
    with ProcessPoolExecutor(workers) as pool:
        ahead: deque[Future[Done[T]]] = deque()  # Executor.map would pack every cached output at once
        for page, outputs in zip(pages, known, strict=True):
            ahead.append(pool.submit(job, page, outputs))
            if len(ahead) > workers * 4:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _page(
    names: tuple[str, ...], work: Callable[[Page, str], T], page: Page, known: dict[str, str | None]
) -> Done[T]:
    outputs: dict[str, str | None] = {}
    measured: dict[str, T | Problem] = {}
    html: bytes | None = None
    for name in names:
        try:
            if name in known:
                output = known[name]
            else:
                html = html if html is not None else gzip.decompress(page.file.read_bytes())
                output = outputs[name] = _extract(name, html)
        except Exception as error:  # extractors raise anything; files may be missing or broken
            measured[name] = Problem(f"{type(error).__name__}: {error}".partition("\n")[0].rstrip(": "))
        else:
            measured[name] = work(page, output or "")
    return Done(outputs, measured)


def _extract(name: str, html: bytes) -> str | None:
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)  # what they think of a page is not news here
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return EXTRACTORS[name](html)
    finally:
        logging.disable(before)


def _key(page: Page) -> str:
    """What a cached output is kept under: another page under the same name is another page."""
    try:
        return f"{page.id} {hashlib.blake2b(page.file.read_bytes(), digest_size=8).hexdigest()}"
    except OSError:
        return page.id


class _Cache:
    """The outputs of one version of one extractor on one set, in a file that grows."""

    def __init__(self, folder: Path, pages: str, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / f"{pages}.{name}-{version(name)}.jsonl.gz"
        self.outputs: dict[str, str | None] = {}
        whole = True
        if self.file.exists():
            try:
                with gzip.open(self.file, "rt", encoding="utf-8") as lines:
                    for line in lines:
                        key, output = json.loads(line)
                        self.outputs[key] = output
            except (EOFError, OSError, ValueError):  # a run that was killed left half a record
                whole = False
        self._out = gzip.open(self.file, "at" if whole else "wt", encoding="utf-8")  # noqa: SIM115
        if not whole:
            for key, output in self.outputs.items():
                self._write(key, output)

    def add(self, key: str, output: str | None) -> None:
        self.outputs[key] = output
        self._write(key, output)

    def _write(self, key: str, output: str | None) -> None:
        self._out.write(json.dumps([key, output]) + "\n")

    def close(self) -> None:
        self._out.close()
