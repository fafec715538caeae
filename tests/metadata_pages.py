"""Small pages that say something of themselves."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["ARTICLE", "BODY", "articled", "linked", "meta", "page"]

BODY = "<h1>Rain floods the valley</h1><p>Rain fell all day in the valley, the mayor said.</p>"
ARTICLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Rain floods the valley",
    "datePublished": "2024-01-04T10:12:00+01:00",
    "author": {"@type": "Person", "name": "Jane Doe"},
}


def page(head: str = "", body: str = BODY, lang: str = "") -> str:
    return f"<!DOCTYPE html><html{lang and f' lang={lang!r}'}><head>{head}</head><body>{body}</body></html>"


def linked(*objects: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in objects)


def meta(name: str, content: str) -> str:
    return f'<meta {"property" if name.startswith(("og:", "article:")) else "name"}="{name}" content="{content}">'


def articled(**fields: object) -> str:
    return page(linked({**ARTICLE, **fields}))
