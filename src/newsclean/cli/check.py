"""``newsclean check``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from newsclean.cli.options import cleaner_options, make_cleaner, need

__all__ = ["command"]

_SHARE = click.FloatRange(0, 1)


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--labelled",
    multiple=True,
    metavar="CATEGORY",
    help="The only categories these texts label; removals of others are left out of the figures.",
)
@click.option(
    "--worst",
    default=0,
    type=click.IntRange(min=0),
    metavar="N",
    help="Show the N worst mistakes of either kind, with their text.",
)
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@click.option("--min-removed", type=_SHARE, help="Exit status 1 if less of the junk characters is removed.")
@click.option(
    "--min-untouched", type=_SHARE, help="Exit status 1 if fewer of the junk-free texts are untouched."
)
@click.option("--min-precision", type=_SHARE, help="Exit status 1 if the span precision is lower.")
@click.option("--min-recall", type=_SHARE, help="Exit status 1 if the span recall is lower.")
@click.option("--min-category", type=_SHARE, help="Exit status 1 if fewer spans have the right category.")
@click.option("--max-harm", type=_SHARE, help="Exit status 1 if more of the article characters is lost.")
@cleaner_options
def command(
    paths: tuple[Path, ...],
    labelled: tuple[str, ...],
    worst: int,
    as_json: bool,
    min_removed: float | None,
    min_untouched: float | None,
    min_precision: float | None,
    min_recall: float | None,
    min_category: float | None,
    max_harm: float | None,
    **options: Any,
) -> int:
    """Score the cleaner on labelled texts (.jsonl files or folders of them).

    Shows how much of the junk goes, how much of the article is lost (harm), how many texts without junk
    stay untouched, and the same by category and language. White space does not count; embeds count as article.

    \b
    newsclean check fixtures/ --worst 10
    newsclean check mine.jsonl --min-removed 0.6 --max-harm 0.001
    """
    from newsclean.categories import removed_categories
    from newsclean.errors import DataFormatError
    from newsclean.evaluation.labelled import labelled_files, read_labelled
    from newsclean.evaluation.score import score_texts
    from newsclean.evaluation.table import as_dict, as_table, worst_cases

    need(paths)
    removed_categories(labelled)  # raises for one that does not exist
    cleaner = make_cleaner(**options)
    files = [file for path in paths for file in labelled_files(path)]
    texts = (text for file in files for text in read_labelled(file))
    score = score_texts(cleaner, texts, frozenset(labelled) or None)
    if not score.documents:
        raise DataFormatError(f"{', '.join(map(str, paths))}: expected labelled texts, got none")
    if as_json:
        click.echo(json.dumps(as_dict(score), indent=1))
    else:
        click.echo(as_table(score))
        for line in worst_cases(score, worst):
            click.echo(line)
    floors = [
        ("junk removed", score.removed_share, min_removed),
        ("untouched", score.untouched_share, min_untouched),
        ("span precision", score.precision, min_precision),
        ("span recall", score.recall, min_recall),
        ("category right", score.category_share, min_category),
        ("harm", -score.harm, None if max_harm is None else -max_harm),
    ]
    failed = False
    for name, got, floor in floors:
        if floor is not None and got < floor:
            click.echo(
                f"newsclean: {name}: expected {abs(floor):.3%} or better, got {abs(got):.3%}", err=True
            )
            failed = True
    return 1 if failed or score.errors else 0
