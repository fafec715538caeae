"""From files to a fitted model with its figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from newsclean.categories import OFFTOPIC
from newsclean.errors import DataFormatError
from newsclean.evaluation.labelled import read_labelled
from newsclean.spans import Span, complement
from newsclean.training.offtopic.contexts import Article, Contexts, read_glosses, read_topics
from newsclean.training.offtopic.figures import figures, pick_limits
from newsclean.training.offtopic.fit import Fitted, fit_offtopic
from newsclean.training.offtopic.intruders import Host, read_intruders
from newsclean.training.offtopic.rows import CLASS_OF
from newsclean.training.offtopic.texts import CLEAN, JUDGE, TRAP, WRITTEN, make_hosts, read_traps
from newsclean.training.pages import Page, read_pages
from newsclean.training.texts import TrainingText, read_texts, written_texts

__all__ = ["Sources", "fit_folder"]

_MODEL, _FIGURES = "offtopic.npz", "offtopic.json"
_EMBED = "embed"  # labelled, but kept by default
_SHOWN = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_ARTICLE_OF = "/trafilatura"  # the output of pages without gold that words are learned from


class Sources(NamedTuple):
    """Where everything comes from; see the options of ``python -m newsclean.training offtopic``."""

    pages: Sequence[Path]
    intrusions: Path
    honest: Path
    topics: Path
    wordnet: Path | None = None
    texts: Path | None = None
    written: Sequence[Path] = ()
    judge: Sequence[Path] = ()
    kinds: Path | None = None


def fit_folder(
    sources: Sources, out: Path, learn: bool, threads: int = 2, say: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Fit, and write model and figures to the folder `out`.

    With `learn` the texts to judge by are learned from too, and all figures about them are cross-validated by web site;
    without, nothing of their web sites is.
    """
    pages = [page for folder in sources.pages for page in read_pages(folder)]
    judged = list(_judged(sources, {page.key: page.site for page in pages}))
    if learn and not judged:
        raise DataFormatError(
            "expected labelled texts to judge by (--judge) if they are to be learned from, got none"
        )
    kept_out = set() if learn else {host.site for host in judged}
    pages = [page for page in pages if page.site not in kept_out]
    outputs = [
        text for text in (read_texts(sources.texts) if sources.texts else ()) if text.site not in kept_out
    ]
    clean = [text for path in sources.written for text in written_texts(path)]
    hosts = make_hosts(pages, read_intruders(sources.intrusions), read_traps(sources.honest), clean)
    glosses = read_glosses(sources.wordnet) if sources.wordnet else []
    contexts = Contexts(list(_articles(pages, outputs)), read_topics(sources.topics), glosses)
    fitted = fit_offtopic([*hosts, *(judged if learn else ())], contexts, threads, say)
    found = _with_limits(fitted, learn)
    out.mkdir(parents=True, exist_ok=True)
    fitted.model.save(out / _MODEL)
    for name, of in (("full", fitted.full), ("bare", fitted.bare)):  # to look at other limits by
        np.savez_compressed(
            out / f"{name}.npz", text=of.text, start=of.blocks.start, end=of.blocks.end, score=of.score
        )
    (out / _FIGURES).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


def _with_limits(fitted: Fitted, learn: bool) -> dict[str, Any]:
    by: dict[str, tuple[str, ...]] = {"judge": (JUDGE,)} if learn else {}
    by |= {"written": (WRITTEN, TRAP, CLEAN), "honest": (TRAP, CLEAN)}
    facts = fitted.model.facts
    picked_by = by["judge"] if learn else by["written"]
    facts["limits"] = pick_limits(fitted.units, fitted.full, picked_by)
    facts["bare_limits"] = pick_limits(fitted.units, fitted.bare, by["written"])
    return {
        "limits": facts["limits"],
        "bare_limits": facts["bare_limits"],
        "texts": len(fitted.units.hosts),
        **{
            f"{judge} {name} {limit:.2f}": figures(fitted.units, of, limit, several).to_dict()
            for judge, of in (("full", fitted.full), ("bare", fitted.bare))
            for name, several in by.items()
            for limit in _SHOWN
        },
    }


def _judged(sources: Sources, sites: dict[str, str]) -> Iterable[Host]:
    """The labelled texts to judge by; `kinds` names the kind of each span, by id."""
    kinds = _kinds(sources.kinds) if sources.kinds else {}
    for text in (text for path in sources.judge for text in read_labelled(path)):
        site = sites.get(text.source, text.id)
        off = [label.span for label in text.labels if label.category == OFFTOPIC]
        named = kinds.get(text.id, ["qa"] * len(off))
        if len(named) != len(off):
            raise DataFormatError(f"{sources.kinds}: {text.id}: expected {len(off)} kinds, got {len(named)}")
        gone = [label.span for label in text.labels if label.category not in (OFFTOPIC, _EMBED)]
        yield _without(Host(text.id, text.lang, site, JUDGE, text.text), off, named, gone)


def _without(host: Host, off: Sequence[Span], kinds: Sequence[str], gone: Sequence[Span]) -> Host:
    """The host with its intrusions, and without junk of other categories, which goes before they are looked for."""
    pieces = [piece.of(host.text) for piece in complement(gone, len(host.text))]
    spans = []
    for span, kind in zip(off, kinds, strict=True):
        before = sum(len(junk) for junk in gone if junk.end <= span.start)
        spans.append((span.start - before, span.end - before, kind))
    return host._replace(text="".join(pieces), spans=tuple(spans))


def _kinds(path: Path) -> dict[str, list[str]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if any(kind not in CLASS_OF for several in found.values() for kind in several):
            raise ValueError("a kind of another name")
        return {str(ident): list(several) for ident, several in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataFormatError(
            f"{path}: expected an object of lists of {', '.join(CLASS_OF)} by text, got {error!r}"
        ) from error


def _articles(pages: Iterable[Page], outputs: Iterable[TrainingText]) -> Iterable[Article]:
    known = set()
    for page in pages:
        if page.text:
            known.add(page.key)
            yield Article(page.site, page.lang, page.text)
    for text in outputs:
        page_key = text.id.removesuffix(_ARTICLE_OF)
        if page_key != text.id and page_key not in known:
            yield Article(text.site, text.lang, text.text)
