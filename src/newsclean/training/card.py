"""The model card: what the model was made from, what it was measured to do, and where it is weak."""

from __future__ import annotations

from typing import Any

from newsclean.scoring.model import FORMAT, Model

__all__ = ["model_card"]

_HEAD = """\
# The line scorer

What it is: {trees} boosted trees over {columns} features of a line (its shape, its place, its neighbours, what rules say of it, what it
shares with the text, and what its hashed words lean to), calibrated; {kinds} more trees name the category. Runs on numpy alone,
format {format}. Made with {made}.

Made from: outputs of eight extractors on the development pages (WCXB development split, CC-BY-4.0; Fundus' parser tests, MIT;
trafilatura's evaluation, Apache-2.0), their lines labelled by language-model annotators by the project's labelling guide and adjudicated where a first
model disagreed ({texts} texts with the written ones, {sites} web sites); lines of further outputs labelled by the pages' gold text (words only); texts in 34
languages written for the project, also by language models. The model holds weights of hashed words and numbers, no text. Licence: MIT, as the code.

Not trained on: the web sites of `residual_dev.jsonl`, which is kept for judging.

All figures below are from web sites that the weights used had not seen ({folds} parts, split by site). Removed is the share of junk
characters, harm the share of article characters lost, both over all lines that were labelled by hand, rules and scorer together.
"""
_WEAK = """
## Known weaknesses
- Captions and bios in whole sentences, readers' comments and advertisements in free wording look like the story: half or more stay.
- Lists that are the story's own (signatories, references, link collections, events, line-ups) are the likeliest to be lost, and
  a few such texts make most of the harm: the figures of harm vary from set to set more than those of junk.
- Texts under five lines or 400 characters are not scored; text with all lines run together is left to the rules.
- Languages without evidence (not in the table) are scored by shape and place alone, with a stricter limit. Languages with fewer than
  60 texts rest on texts written for the project, which are tidier than pages are.
- Annotators were language models; no native speaker has read the labels of languages other than English and German.
"""


def model_card(model: Model, figures: dict[str, Any]) -> str:
    """The card in Markdown, from a model and the figures of its fit."""
    made = ", ".join(f"{name} {version}" for name, version in model.facts["made_with"].items())
    parts = [
        _HEAD.format(
            trees=len(model.lines.root),
            columns=len(model.columns),
            kinds=len(model.kinds.root),
            format=FORMAT,
            made=made,
            texts=figures["texts"],
            sites=figures["sites"],
            folds=5,
        )
    ]
    rows: list[tuple[Any, ...]] = []
    for name, entry in figures["profiles"].items():
        limits = model.facts["limits"][name]
        shown = ", ".join(f"{tier} {limits[tier][0]:.3f}" for tier in limits)
        rows.append(
            (
                name,
                shown,
                _share(entry["removed"]),
                _share(entry["harm"], 3),
                _share(entry["harm_mean_of_texts"], 3),
                entry["texts_over_1%"],
            )
        )
    parts.append(
        _table(
            "Profiles",
            ("profile", "least score", "removed", "harm", "harm, mean of texts", "texts that lose over 1%"),
            rows,
        )
    )
    balanced = figures["profiles"]["balanced"]
    for title in ("language", "extractor"):
        rows = [
            (name, f"{entry['junk_characters']:.0f}", _share(entry["removed"]), _share(entry["harm"], 3))
            for name, entry in balanced[title].items()
        ]
        parts.append(_table(f"By {title} (balanced)", (title, "junk characters", "removed", "harm"), rows))
    rows = [
        (name, entry["characters"], _share(entry["removed"]), _share(entry["category_right"]))
        for name, entry in balanced["category"].items()
    ]
    parts.append(
        _table("By category (balanced)", ("category", "junk characters", "removed", "category right"), rows)
    )
    rows = [
        (entry["lines"], f"{entry['score']:.3f}", f"{entry['junk']:.3f}") for entry in figures["reliability"]
    ]
    parts.append(_table("Calibration", ("lines", "mean score", "share that is junk"), rows))
    return "".join([*parts, _WEAK])


def _share(value: float, digits: int = 1) -> str:
    return f"{100 * value:.{digits}f}%"


def _table(title: str, head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = [f"\n## {title}", "| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"
