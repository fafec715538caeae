"""Made-up labelled pages in the form of the development pages: web sites of three page types and two templates."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from newsclean.training.html import judges

__all__ = ["KINDS", "SITES", "few_trees", "made_folder", "made_page", "put_pages", "site_name"]

KINDS = ("article", "forum", "product")
#: Web sites of a made folder, two pages each.
SITES = 20

_WORDS = """river mill bridge council harbour ferry winter orchard miller timber market valley station teacher engine
lantern copper meadow baker journey village tower garden letter autumn captain quarry museum ladder hammer"""
_MENU = ("Home", "News", "Sport", "Weather", "Contact")
_PROMOTED = (
    "Read more stories here",
    "Sign up for our newsletter",
    "Follow us everywhere",
    "All rights reserved",
)


def site_name(number: int) -> str:
    """The twenty names fall into all parts of the split, and each page type does."""
    return f"{number}.valley.example"


def made_page(number: int, page: int, kind: str) -> tuple[str, str, list[str]]:
    """HTML, gold text and lines of furniture of a page of a web site; sites take turns in two templates."""
    random = Random(100 * number + page)
    said = [_sentences(random, random.randint(2, 4)) for _ in range(random.randint(5, 8))]
    title = " ".join(random.sample(_WORDS.split(), 4)).capitalize()
    teasers = [" ".join(random.sample(_WORDS.split(), 5)).capitalize() for _ in range(4)]
    template = _paper if number % 2 else _blog
    return template(title, said, teasers, kind), "\n\n".join([title, *said]), [*_PROMOTED, *teasers]


def made_folder(
    folder: Path, sites: Iterable[int] = range(SITES), kinds: Sequence[str] = KINDS, gold: bool = True
) -> Path:
    """Two pages of each of `sites`, whose types take turns; without `gold` there are only snippets."""
    records, pages = [], {}
    for number in sites:
        kind = kinds[number % len(kinds)]
        for page in range(2):
            ident = f"{number}-{page}"
            pages[ident], text, furniture = made_page(number, page, kind)
            known = {"text": text} if gold else {"text": "", "with": text.split("\n\n")[1:3]}
            record = {"id": ident, "lang": "en", "page_type": kind, "site": site_name(number)}
            records.append(record | known | {"without": furniture[:2]})
    return put_pages(folder, records, pages)


def few_trees(patch: pytest.MonkeyPatch) -> None:
    """Trees that learn soon, and from few blocks."""
    patch.setattr(judges, "_ROUNDS", 20)
    quick = {"min_data_in_leaf": 5, "lambda_l2": 0.0, "path_smooth": 0.0, "learning_rate": 0.2}
    for name, value in quick.items():
        patch.setitem(judges._TREES, name, value)


def put_pages(folder: Path, records: Iterable[Mapping[str, Any]], pages: Mapping[str, str]) -> Path:
    """A folder with this gold and these pages, by id."""
    (folder / "html").mkdir(parents=True)
    lines = "".join(f"{json.dumps(record)}\n" for record in records)
    (folder / "gold.jsonl").write_text(lines, encoding="utf-8")
    for ident, html in pages.items():
        (folder / "html" / f"{ident}.html.gz").write_bytes(gzip.compress(html.encode(), mtime=0))
    return folder


def _sentences(random: Random, count: int) -> str:
    made = []
    for _ in range(count):
        words = random.choices(_WORDS.split(), k=random.randint(8, 14))
        made.append(f"{' '.join(words).capitalize()} {random.randint(1, 9999)}.")
    return " ".join(made)


def _links(lines: Iterable[str], around: str) -> str:
    return "".join(f"<{around}><a href='/{len(line)}'>{line}</a></{around}>" for line in lines)


def _said(said: Iterable[str], kind: str, names: Mapping[str, str]) -> str:
    return "".join(f"<{names[kind]}>{text}</{names[kind].split()[0]}>" for text in said)


def _paper(title: str, said: Sequence[str], teasers: Sequence[str], kind: str) -> str:
    names = {"article": "p", "forum": "div class='post message'", "product": "p class='description'"}
    return (
        f"<html><head><title>{title}</title><meta property='og:type' content='{kind}'></head><body>"
        f"<nav class='menu'><ul>{_links(_MENU, 'li')}</ul></nav><main><article class='story {kind}-page'>"
        f"<h1>{title}</h1>{_said(said, kind, names)}</article><aside class='related'><h3>{_PROMOTED[0]}</h3>"
        f"{_links(teasers, 'div')}</aside></main><footer class='foot'><p>{_PROMOTED[1]}</p><p>{_PROMOTED[2]}</p>"
        f"<p>{_PROMOTED[3]}</p></footer></body></html>"
    )


def _blog(title: str, said: Sequence[str], teasers: Sequence[str], kind: str) -> str:
    names = {"article": "p", "forum": "div class='reply'", "product": "li class='specification'"}
    return (
        f"<html><head><title>{title}</title></head><body class='{kind}-view'><div id='top'>{_links(_MENU, 'div')}</div>"
        f"<div class='sidebar widget'><h4>{_PROMOTED[0]}</h4>{_links(teasers, 'p')}</div><div class='post-body entry'>"
        f"<h2>{title}</h2>{_said(said, kind, names)}</div><div id='bottom'><div>{_PROMOTED[1]}</div>"
        f"<div>{_PROMOTED[2]}</div><div>{_PROMOTED[3]}</div></div></body></html>"
    )
