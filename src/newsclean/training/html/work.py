"""From folders of labelled pages to a fitted page model with its figures."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from newsclean.training.html.figures import page_figures
from newsclean.training.html.judges import Judged, fit_pages
from newsclean.training.html.records import Record, read_records
from newsclean.training.pages import Page

__all__ = ["fit_folder"]

_MODEL, _FIGURES, _OUTPUTS = "pages.npz", "pages.json", "outputs.jsonl.gz"


def fit_folder(
    folders: Sequence[Path], out: Path, threads: int = 2, say: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Fit, and write model, figures and the texts found out of fold to the folder `out`.

    Raises:
        DataFormatError: a folder without gold, or gold of another form.
    """
    records, empty = read_records(folders)
    say(f"{len(records)} pages read, {len(empty)} without text")
    judged = fit_pages(records, threads, say)
    found = page_figures(records, empty, judged.scores, judged.limits, judged.types)
    out.mkdir(parents=True, exist_ok=True)
    judged.model.facts["figures"] = found
    judged.model.save(out / _MODEL)
    (out / _FIGURES).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    _write_outputs(records, empty, judged, out / _OUTPUTS)
    return found


def _write_outputs(records: Sequence[Record], empty: Sequence[Page], judged: Judged, path: Path) -> None:
    """What the blocks kept out of fold say, for benchmarks/pages.py --scores."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for record, scores, limit in zip(records, judged.scores, judged.limits, strict=True):
            kept = [text for text, score in zip(record.parsed.texts, scores, strict=True) if score >= limit]
            file.write(_line(record.page, "\n".join(kept)))
        file.writelines(_line(page, "") for page in empty)


def _line(page: Page, text: str) -> str:
    return json.dumps({"set": page.folder.name, "id": page.id, "text": text}, ensure_ascii=False) + "\n"
