"""``python -m newsclean.training``: build, fit, evaluate, export."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from newsclean.errors import NewscleanError

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def main() -> None:
    """Train the scorer: build training texts from labelled pages, fit, evaluate, export."""


@main.command()
@click.argument("pages", nargs=-1, required=True, type=_FOLDER)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The .jsonl.gz to write.")
@click.option("--hand", type=_FILE, help="Labels of lines by hand (.jsonl.gz).")
@click.option(
    "--extractor", "extractors", multiple=True, help="Instead of the usual eight; may be given again."
)
@click.option("--workers", default=2, show_default=True)
def build(
    pages: tuple[Path, ...], out: Path, hand: Path | None, extractors: tuple[str, ...], workers: int
) -> None:
    """Run extractors over folders of labelled PAGES and label the lines of what they give."""
    from newsclean.training.build import DEFAULT_EXTRACTORS
    from newsclean.training.build import build as build_texts
    from newsclean.training.extractors import installed

    names = extractors or DEFAULT_EXTRACTORS
    missing = sorted(set(names) - set(installed()))
    if missing:
        raise click.UsageError(
            f"expected installed extractors, got {', '.join(missing)} (pip install newsclean[train])"
        )
    count = build_texts(pages, out, hand, names, workers)
    click.echo(f"{count} texts in {out}")


@main.command()
@click.argument("texts", nargs=-1, required=True, type=_FILE)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The work folder to write.")
@click.option("--judge", type=_FILE, help="Labelled texts to judge by: their web sites are not trained on.")
@click.option("--pages", multiple=True, type=_FOLDER, help="The page folders that --judge's sources name.")
@click.option("--workers", default=2, show_default=True)
def fit(
    texts: tuple[Path, ...], out: Path, judge: Path | None, pages: tuple[Path, ...], workers: int
) -> None:
    """Fit a model on TEXTS (.jsonl.gz from build, .jsonl in the form of the labelling guide)."""
    from newsclean.training.work import fit_folder, judged_sites

    without = judged_sites(judge, list(pages)) if judge else set()
    figures = fit_folder(list(texts), out, without, workers)
    click.echo(
        f"{figures['texts']} texts by hand, {figures['sites']} web sites; figures in {out}/figures.json"
    )
    _show(figures)


@main.command()
@click.argument("work", type=_FOLDER)
@click.option(
    "--plot", type=click.Path(path_type=Path), help="Draw the reliability of the scores into this .png."
)
def evaluate(work: Path, plot: Path | None) -> None:
    """Print the figures of a fit, all of web sites not fitted on."""
    from newsclean.training.work import read_figures

    figures = read_figures(work)
    _show(figures)
    for name in ("language", "extractor", "category"):
        for key, entry in figures["profiles"]["balanced"][name].items():
            shown = "  ".join(f"{what} {value:.5g}" for what, value in entry.items())
            click.echo(f"{name} {key:18} {shown}")
    if plot:
        from newsclean.training.plot import plot_reliability

        plot_reliability(figures["reliability"], plot)


@main.command()
@click.argument("work", type=_FOLDER)
@click.option(
    "--to", type=click.Path(path_type=Path), help="The folder; that of the installed package if not given."
)
def export(work: Path, to: Path | None) -> None:
    """Write the model of a fit, and its card, where the runtime reads it."""
    from newsclean.scoring.model import SHIPPED
    from newsclean.training.work import export as export_model

    for path in export_model(work, to or SHIPPED.parent):
        click.echo(f"{path} ({path.stat().st_size:,} bytes)")


@main.command()
@click.argument("pages", nargs=-1, required=True, type=_FOLDER)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The work folder to write.")
@click.option("--intrusions", required=True, type=_FILE, help="Passages written for the pages (.jsonl.gz).")
@click.option("--honest", required=True, type=_FILE, help="Articles that only look intruded on (.jsonl.gz).")
@click.option("--topics", required=True, type=_FILE, help="Lists of words by topic (.jsonl.gz).")
@click.option("--wordnet", type=_FOLDER, help="WordNet's data files (Debian's wordnet-base).")
@click.option("--texts", type=_FILE, help="The .jsonl.gz of build: articles of pages without gold.")
@click.option("--written", multiple=True, type=_FILE, help="Labelled texts whose article is honest.")
@click.option("--judge", multiple=True, type=_FILE, help="Labelled texts to judge by.")
@click.option("--kinds", type=_FILE, help="The kind of each of --judge's spans by id (.json).")
@click.option("--learn", is_flag=True, help="Learn from --judge too; its figures are cross-validated.")
@click.option("--export", "to", is_flag=True, help="Write the model into the installed package as well.")
@click.option("--workers", default=2, show_default=True)
def offtopic(out: Path, learn: bool, to: bool, workers: int, **files: Any) -> None:
    """Fit what finds off-topic blocks, on PAGES with intrusions put in."""
    import time

    from newsclean.offtopic.model import SHIPPED
    from newsclean.training.offtopic.work import Sources, fit_folder

    began = time.monotonic()

    def say(what: str) -> None:
        click.echo(f"{time.monotonic() - began:5.0f} s  {what}", err=True)

    found = fit_folder(Sources(**files), out, learn, workers, say)
    for name, entry in found.items():
        click.echo(f"{name}: {entry}")
    if to:
        SHIPPED.parent.mkdir(parents=True, exist_ok=True)
        SHIPPED.write_bytes((out / SHIPPED.name).read_bytes())


@main.command()
@click.argument("pages", nargs=-1, required=True, type=_FOLDER)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="The work folder to write.")
@click.option("--export", "to", is_flag=True, help="Write the model into the installed package as well.")
@click.option("--workers", default=2, show_default=True)
def pages(pages: tuple[Path, ...], out: Path, to: bool, workers: int) -> None:
    """Fit what finds the article in a page, on folders of labelled PAGES."""
    from newsclean.html.model import SHIPPED
    from newsclean.training.html.work import fit_folder

    for name, entry in fit_folder(pages, out, workers, lambda what: click.echo(what, err=True)).items():
        click.echo(f"{name}: {json.dumps(entry)}")
    if to:
        SHIPPED.parent.mkdir(parents=True, exist_ok=True)
        SHIPPED.write_bytes((out / SHIPPED.name).read_bytes())


def _show(figures: dict[str, dict[str, dict[str, float]]]) -> None:
    for profile, entry in figures["profiles"].items():
        click.echo(
            f"{profile:10} removed {entry['removed']:.1%}  harm {entry['harm']:.3%}  "
            f"mean of texts {entry['harm_mean_of_texts']:.3%}  texts over 1% {entry['texts_over_1%']}"
        )


if __name__ == "__main__":
    try:
        main(prog_name="python -m newsclean.training")
    except NewscleanError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
