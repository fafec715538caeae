"""The texts that speed is measured on: tidy articles, what extractors make of pages, and whole pages.

Without data of one's own they come from ``fixtures/``; with ``--data DIR`` from the pages in ``DIR/pages/*`` and
their gold texts, of which a seeded sample is drawn.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from statistics import median
from typing import NamedTuple

from newsclean.errors import DataFormatError
from newsclean.evaluation.labelled import labelled_files, read_labelled
from newsclean.html.extractor import Extractor
from newsclean.languages import ALWAYS, text_languages
from newsclean.training.extractors import installed
from page_sets import Page, measure
from pages import WHOLE_PAGE

__all__ = [
    "FIXTURES",
    "Mix",
    "byte_size",
    "data_mixes",
    "english",
    "english_articles",
    "fixture_mixes",
    "given_mix",
    "joined",
    "near",
    "sample",
]

FIXTURES = Path(__file__).parents[1] / "fixtures"
TIDY, MESSY, DUMPS = "tidy articles", "messy extractions", "whole pages"
_ARTICLES = ("article", "news")  # what sets call the type of a page that is one
_BLANKS = re.compile(r"\s+")
_COMMON_WORD = re.compile(r"\b[a-z]{4,}\b")
_MANY = 1.0  # megabytes of articles that long texts are made of
_CHANGED = 0.2  # of the words of a text that comes again


class Mix(NamedTuple):
    """Texts of one sort, and where they are from."""

    name: str
    source: str
    texts: tuple[str, ...]

    @property
    def megabytes(self) -> float:
        """Millions of bytes of all texts in UTF-8."""
        return sum(map(byte_size, self.texts)) / 1e6

    @property
    def usual(self) -> int:
        """Bytes of the text in the middle."""
        return int(median(map(byte_size, self.texts))) if self.texts else 0


def byte_size(text: str) -> int:
    """Bytes of a text in UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def fixture_mixes(megabytes: float, seed: int, folder: Path = FIXTURES) -> list[Mix]:
    """The mixes from the fixtures: hard negatives, labelled documents, and pages with all of their blocks."""
    pages = sorted((folder / "pages").rglob("*.html"))
    return [
        Mix(TIDY, "fixtures/untouched", sample(_labelled(folder / "untouched"), megabytes, seed)),
        Mix(MESSY, "fixtures/documents", sample(_labelled(folder / "documents"), megabytes, seed)),
        Mix(
            DUMPS,
            "fixtures/pages, every block of them",
            sample(_whole(page.read_bytes() for page in pages), megabytes, seed),
        ),
    ]


def given_mix(paths: Sequence[Path], megabytes: float, seed: int) -> Mix:
    """Labelled texts of one's own as a mix; their labels play no part."""
    texts = (text for path in paths for text in _labelled(path))
    return Mix("given texts", ", ".join(map(str, paths)), sample(texts, megabytes, seed))


def data_mixes(data: Path, pages: int, cache: Path | None, megabytes: float, seed: int) -> list[Mix]:
    """The mixes from the pages in ``data/pages/*``: gold texts, and outputs of extractors on `pages` drawn pages.

    Whole pages are what extractors of whole pages give, and where none is installed all blocks that newsclean sees.

    Raises:
        DataFormatError: for a folder without pages.
    """
    folders = _folders(data)
    files = sorted(file for folder in folders for file in (folder / "html").glob("*.html.gz"))
    if not files:
        raise DataFormatError(f"{data}: expected pages/*/html/*.html.gz, got none")
    drawn = sorted(random.Random(seed).sample(files, min(pages, len(files))))
    sets = ", ".join(folder.name for folder in folders)
    gold = {folder.name: texts for folder in folders if (texts := list(_gold([folder])))}
    partial = [name for name in installed() if name not in WHOLE_PAGE]
    whole = [name for name in installed() if name in WHOLE_PAGE]
    dumps = _extracted(drawn, whole, cache) if whole else _whole(map(_html, drawn))
    how = ", ".join(whole) or "every block that newsclean sees"
    return [
        Mix(
            TIDY,
            f"gold texts of articles of {', '.join(gold)}",
            sample(chain(*gold.values()), megabytes, seed),
        ),
        Mix(
            MESSY,
            f"{', '.join(partial)} on {len(drawn)} pages of {sets}",
            sample(_extracted(drawn, partial, cache), megabytes, seed),
        ),
        Mix(DUMPS, f"{how} of {len(drawn)} pages of {sets}", sample(dumps, megabytes, seed)),
    ]


def english_articles(
    mixes: Sequence[Mix], data: Path | None, seed: int, folder: Path = FIXTURES
) -> list[str]:
    """Tidy articles on which no rules but the English run, not only those of the mix; of given texts, those."""
    if mixes[0].name != TIDY:
        texts = mixes[0].texts
    else:
        articles = _gold(_folders(data)) if data else _labelled(folder / "untouched")
        texts = sample(articles, _MANY, seed)
    return english(texts) or list(texts)


def english(texts: Iterable[str]) -> list[str]:
    """Those of the texts on which no rules but the English run."""
    return [text for text in texts if text_languages(text) == (ALWAYS,)]


def joined(texts: Sequence[str], size: int, *, one_line: bool) -> str:
    """A text of `size` bytes made of `texts`: as they are, or with a blank for each white space.

    When it comes to a text again, it puts other words in the place of some, or every line would stand there twice,
    which lines of articles do not.

    >>> joined(["Rain\\nfell."], 16, one_line=True)
    'Rain fell. Rain '
    """
    filled = [text.strip() for text in texts if text.strip()]
    if not filled:
        raise DataFormatError("expected texts to make a long one of, got none")
    draw = random.Random(size)
    words = sorted({word for text in filled for word in _COMMON_WORD.findall(text)})
    pieces: list[str] = []
    at = held = 0
    while held < size:
        text = filled[at % len(filled)]
        text = _with_other_words(text, words, draw) if at >= len(filled) else text
        pieces.append(f"{_BLANKS.sub(' ', text)} " if one_line else f"{text}\n\n")
        held += byte_size(pieces[-1])
        at += 1
    return "".join(pieces).encode("utf-8", "replace")[:size].decode("utf-8", "ignore")


def _with_other_words(text: str, words: Sequence[str], draw: random.Random) -> str:
    """`text` with a drawn word for one in five of its longer ones in small letters."""
    return _COMMON_WORD.sub(lambda found: draw.choice(words) if draw.random() < _CHANGED else found[0], text)


def near(texts: Sequence[str], size: int) -> str:
    """The text of about `size` bytes, 10% off at most, or one made of several where there is none."""
    best = min(texts, key=lambda text: abs(byte_size(text) - size), default="")
    return best if abs(byte_size(best) - size) <= size / 10 else joined(texts, size, one_line=False)


def _labelled(path: Path) -> Iterator[str]:
    return (text.text for file in labelled_files(path) for text in read_labelled(file))


def _folders(data: Path) -> list[Path]:
    return sorted(folder for folder in (data / "pages").glob("*") if (folder / "html").is_dir())


def _gold(folders: Iterable[Path]) -> Iterator[str]:
    """The gold texts of the articles in `folders`."""
    for folder in folders:
        with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record.get("page_type") in _ARTICLES:
                    yield record["text"]


def _page(file: Path) -> Page:
    return Page(file.parents[1].name, file.name.removesuffix(".html.gz"), "", "", "", file)


def _html(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes())


def _extracted(files: Sequence[Path], names: Sequence[str], cache: Path | None) -> Iterator[str]:
    """What extractors make of pages; those that fail are named on standard error."""
    by_set: dict[str, list[Page]] = {}
    for file in files:
        page = _page(file)
        by_set.setdefault(page.folder, []).append(page)
    for pages in by_set.values():
        for _, _, output in measure(pages, names, _output, cache=cache):
            yield output


def _output(_page: Page, output: str) -> str:
    return output


def _whole(pages: Iterable[bytes]) -> Iterator[str]:
    """Pages with all of their blocks, a line each."""
    extractor = Extractor(text_side="off")
    return ("\n".join(block.text for block in extractor.analyze(page).blocks) for page in pages)


def sample(texts: Iterable[str], megabytes: float, seed: int) -> tuple[str, ...]:
    """Drawn texts of so many megabytes together; none is larger than that by itself, or blank."""
    room = int(megabytes * 1e6)
    fitting = [text for text in texts if text.strip() and byte_size(text) <= room]
    random.Random(seed).shuffle(fitting)
    drawn: list[str] = []
    for text in fitting:
        if room <= 0:
            break
        drawn.append(text)
        room -= byte_size(text)
    return tuple(drawn)
