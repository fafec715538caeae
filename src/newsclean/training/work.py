"""The folder that a fit leaves behind: the model, its figures, and what they were made from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from newsclean.errors import DataFormatError
from newsclean.scoring.model import load_model
from newsclean.training.card import model_card
from newsclean.training.figures import figures
from newsclean.training.fit import Fitted, fit
from newsclean.training.folds import loose_lines
from newsclean.training.rows import make_rows
from newsclean.training.texts import TrainingText, flattened, page_of, read_texts, site_fold, written_texts

__all__ = ["export", "fit_folder", "judged_sites", "read_figures"]

_FLAT_EVERY = 3  # pages: one in so many also comes with all lines run together
_VIEWS = 3  # texts of a page: its shortest, middle and longest output
_MODEL, _FIGURES, _CARD = "scorer.npz", "figures.json", "MODEL_CARD.md"


def judged_sites(path: Path, pages: list[Path]) -> set[str]:
    """The web sites of labelled texts that are kept for judging (their source names folder and page)."""
    from newsclean.evaluation.labelled import read_labelled
    from newsclean.training.pages import site_of

    folders = {folder.name: folder for folder in pages}
    found = set()
    for text in read_labelled(path):
        folder, _, rest = text.source.partition("/")
        if folder in folders:
            found.add(site_of(folders[folder], rest.rpartition("/")[0]))
    return found


def fit_folder(
    sources: list[Path], out: Path, without: set[str] | None = None, workers: int = 2
) -> dict[str, Any]:
    """Fit a model on the texts of `sources` and write it with its figures to the folder `out`.

    ``.jsonl.gz`` files are what ``build`` made, ``.jsonl`` files texts in the form of the labelling guide. Texts of the web
    sites `without` are left out.
    """
    texts = [text for path in sources for text in _read(path) if text.site not in (without or ())]
    if not any(text.by_hand and text.spans for text in texts):
        raise DataFormatError("expected texts labelled by hand to fit on, got none")
    rows = make_rows(_views(text for text in texts if text.by_hand), workers)
    fitted: Fitted = fit(rows, loose_lines(text for text in texts if not text.by_hand), workers)
    found = figures(rows, fitted.probability, fitted.kind, fitted.model.facts)
    out.mkdir(parents=True, exist_ok=True)
    fitted.model.facts["made_with"] = {
        name: metadata.version(name) for name in ("newsclean", "lightgbm", "scikit-learn", "numpy")
    }
    fitted.model.save(out / _MODEL)
    (out / _FIGURES).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


def _views(texts: Iterable[TrainingText]) -> list[TrainingText]:
    """Up to so many texts of each page: more outputs of one page teach little and take long."""
    pages: dict[str, list[TrainingText]] = {}
    for text in texts:
        pages.setdefault(page_of(text.id), []).append(text)
    chosen = []
    for views in pages.values():
        views.sort(key=lambda text: (len(text.text), text.id))
        at = np.unique(np.linspace(0, len(views) - 1, min(len(views), _VIEWS)).round().astype(int))
        chosen += [views[number] for number in at]
        if site_fold(views[0].id, _FLAT_EVERY) == 0:
            chosen.append(flattened(views[0]))
    return chosen


def _read(path: Path) -> list[TrainingText]:
    return list(read_texts(path) if path.name.endswith(".gz") else written_texts(path))


def read_figures(work: Path) -> dict[str, Any]:
    """The figures of a work folder.

    Raises:
        DataFormatError: if it holds none.
    """
    try:
        found = json.loads((work / _FIGURES).read_text(encoding="utf-8"))
        found["profiles"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFormatError(f"{work}: expected a work folder that `fit` wrote, got {error!r}") from error
    return dict(found)


def export(work: Path, to: Path) -> list[Path]:
    """Write the model of a work folder and its card into the folder `to`, which the runtime reads.

    Raises:
        ModelFormatError: if there is no model of this format.
    """
    model = load_model(work / _MODEL)
    found = read_figures(work)
    to.mkdir(parents=True, exist_ok=True)
    model.save(to / _MODEL)
    (to / _CARD).write_text(model_card(model, found), encoding="utf-8")
    return [to / _MODEL, to / _CARD]
