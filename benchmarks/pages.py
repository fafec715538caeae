"""Pages in, articles out: newsclean and others on labelled pages, how well and how fast, side by side.

Run: python benchmarks/pages.py DIR… [--extractors NAME…] [--page-type TYPE] [--limit N [--sample SEED]]
       [--repeat N] [--resamples N] [--scores FILE.jsonl] [--part NAME] [--json FILE] [--plot FILE.png]

A folder holds gold.jsonl (id, lang, page_type, text, with, without) and html/<id>.html.gz or html/<id>.html.
All runs in one process on one thread; each page goes through all extractors before the next page does.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from labelled_pages import LabelledPage, read_outputs, read_pages
from newsclean import __version__
from newsclean.errors import DataFormatError, NewscleanError
from newsclean.training.extractors import version
from page_plot import draw
from page_runs import OWN, PageRun, ready, run, score
from page_sets import chosen_extractors
from page_tables import as_record, comparison_table, figures, figures_table, groups

OUT_OF_FOLD = "newsclean_out_of_fold"
#: Extractors that give the whole page, boilerplate and all: run only if they are asked for.
WHOLE_PAGE = ("inscriptis", "resiliparse_full")
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_NOTES = (
    "F1, precision, recall over bags of words, 4-gram F1 over runs of four, means over pages with a gold text",
    "with, without: share of snippets that came, and that stayed away; ms, MB/s: CPU time, MB of HTML",
)


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        pages = _pages(options)
        names = _names(options)
        outputs = read_outputs(options.scores, pages) if options.scores else None
        runs = run(pages, ready(names), options.repeat)
        if not runs:
            raise DataFormatError("expected pages that can be read, got none")
        if outputs is not None:
            runs = [with_output(page_run, outputs) for page_run in runs]
        report(runs, options)
    except (NewscleanError, OSError) as error:
        print(f"pages.py: {error}", file=sys.stderr)
        return 2
    return 0


def with_output(page_run: PageRun, outputs: dict[tuple[str, str], str]) -> PageRun:
    """`page_run` with the output made elsewhere as a row of its own, the first."""
    page = page_run.page
    ours = score(page, outputs[page.folder, page.id])
    return page_run._replace(results={OUT_OF_FOLD: ours, **page_run.results})


def report(runs: list[PageRun], options: argparse.Namespace) -> None:
    """Print the tables, and write what else is asked for."""
    parts = groups(runs)
    print(f"part: {options.part}")
    print(*_NOTES, sep="\n")
    for group in parts:
        print(*figures_table(group), sep="\n")
    for group in parts:
        for line in comparison_table(group, options.resamples):
            print(line)
    if options.json:
        options.json.write_text(json.dumps(_record(runs, options), indent=1) + "\n", encoding="utf-8")
    if options.plot:
        _draw(options.plot, runs, options.part)


def _draw(file: Path, runs: list[PageRun], part: str) -> None:
    with_gold = [page_run for page_run in runs if page_run.page.gold.strip()]  # times of the same pages as F1
    folders = ", ".join(dict.fromkeys(page_run.page.folder for page_run in with_gold))
    rows = {name: figures(with_gold, name) for name in with_gold[0].results} if with_gold else {}
    try:
        draw(file, f"{len(with_gold):,} pages of {folders}, part: {part}", rows)
    except (ModuleNotFoundError, ValueError) as error:
        raise DataFormatError(f"{file}: not drawn: {error}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("pages", nargs="+", type=Path, metavar="DIR", help="folders of labelled pages")
    add("--extractors", nargs="+", metavar="NAME", help=f"instead of {', '.join(OWN)} and all installed ones")
    add("--page-type", metavar="TYPE", help="only pages of this type, e.g. article")
    add("--limit", type=_positive, metavar="N", help="only the first N pages of each folder")
    add("--sample", type=int, metavar="SEED", help="with --limit: N pages drawn with this seed")
    add("--repeat", type=_positive, default=1, metavar="N", help="go through all pages N times (1)")
    add("--resamples", type=_positive, default=2000, metavar="N", help="of the bootstrap (2000)")
    add("--scores", type=Path, metavar="FILE", help="outputs (set, id, text) instead of running newsclean")
    add("--part", default="not named", help='what the pages are, e.g. "development, learned from"')
    add("--json", type=Path, metavar="FILE", help="write all figures here")
    add("--plot", type=Path, metavar="FILE.png", help="draw F1 over time here")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, got {number}")
    return number


def _pages(options: argparse.Namespace) -> list[LabelledPage]:
    names = [folder.resolve().name for folder in options.pages]
    if twice := {name for name in names if names.count(name) > 1}:
        raise DataFormatError(f"expected folders of different names, got {', '.join(sorted(twice))} twice")
    return [page for folder in options.pages for page in read_pages(folder, options)]


def _names(options: argparse.Namespace) -> list[str]:
    """The rows to run, newsclean's own first.

    Raises:
        DataFormatError: for one that there is not, or for newsclean beside its outputs.
    """
    asked = options.extractors
    own = [name for name in OWN if (name in asked if asked else not options.scores)]
    if own and options.scores:
        raise DataFormatError(f"expected either --scores or {', '.join(own)}, got both")
    peers = [name for name in asked or () if name not in OWN]
    if asked and not peers:
        return own
    return own + [name for name in chosen_extractors(peers) if asked or name not in WHOLE_PAGE]


def _record(runs: Sequence[PageRun], options: argparse.Namespace) -> dict[str, Any]:
    names = list(runs[0].results)
    return {
        "part": options.part,
        "python": platform.python_version(),
        "versions": {n: __version__ if n in (*OWN, OUT_OF_FOLD) else version(n) for n in names},
        "repeat": options.repeat,
        "resamples": options.resamples,
        "groups": [as_record(group, options.resamples) for group in groups(runs)],
        "pages": [_page_record(page_run) for page_run in runs],
    }


def _page_record(page_run: PageRun) -> dict[str, Any]:
    page = page_run.page
    results = {
        name: {**result._asdict(), "scores": result.scores._asdict() if result.scores else None}
        for name, result in page_run.results.items()
    }
    return {
        "set": page.folder, "id": page.id, "page_type": page.page_type, "bytes": page_run.size,
        "wanted": len(page.wanted), "unwanted": len(page.unwanted), "results": results,
    }  # fmt: skip


def fix_process() -> None:
    """Start this script again with one thread for numpy's libraries and a fixed hash seed: they are read at start.

    newspaper4k walks sets, and finds other text with each seed.
    """
    wanted = dict.fromkeys(_ONE_THREAD, "1") | {"PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0")}
    if any(os.environ.get(name) != value for name, value in wanted.items()):
        os.environ.update(wanted)
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


if __name__ == "__main__":
    fix_process()
    sys.exit(main())
