"""Scores as a table, as JSON-ready values, and the worst mistakes in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from newsclean.evaluation.score import Score

__all__ = ["as_dict", "as_table", "worst_cases"]


def as_dict(score: Score) -> dict[str, Any]:
    """All figures as JSON-ready values; shares from 0 to 1."""
    return {
        "documents": score.documents,
        "junk_characters": score.junk,
        "junk_removed": score.removed_share,
        "article_characters": score.article,
        "article_lost": score.article_lost,
        "harm": score.harm,
        "documents_harmed": score.harmed,
        "untouched": [score.clean_untouched, score.clean_documents],
        "span_precision": score.precision,
        "span_recall": score.recall,
        "category_right": score.category_share,
        "errors": score.errors,
        "by_category": {
            name: {
                "junk": n,
                "removed": _share(score.removed_by[name], n),
                "article_lost": score.lost_by[name],
            }
            for name, n in score.junk_by.most_common()
        },
        "by_language": {
            name: {
                "junk": score.junk_by_lang[name],
                "removed": _share(score.removed_by_lang[name], score.junk_by_lang[name]),
                "harm": _share(score.lost_by_lang[name], n),
            }
            for name, n in score.article_by_lang.most_common()
        },
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def as_table(score: Score) -> str:
    """The figures for people.

    >>> print(as_table(Score(documents=1, junk=10, junk_removed=9, article=100)).splitlines()[0])
    1 documents, 10 junk and 100 article characters (white space not counted)
    """
    lines = [
        f"{score.documents} documents, {score.junk:,} junk and {score.article:,} article characters "
        "(white space not counted)",
        f"  junk removed     {score.removed_share:8.2%}",
        f"  harm             {score.harm:8.3%}   {score.article_lost:,} article characters lost, "
        f"{score.harmed} documents with more than 1% lost",
        f"  untouched        {score.clean_untouched}/{score.clean_documents} texts without junk",
        f"  span precision   {score.precision:8.2%}   {score.removals_right}/{score.removals}",
        f"  span recall      {score.recall:8.2%}   {score.spans_found}/{score.spans}",
        f"  category right   {score.category_share:8.2%}",
    ]
    if score.errors:
        lines.append(f"  errors           {score.errors} documents came through unchanged")
    if score.junk_by:
        lines += ["", "category              junk   removed   article lost"]
        lines += [
            f"{name:18} {n:7,} {score.removed_by[name] / n:9.1%} {score.lost_by[name]:14,}"
            for name, n in score.junk_by.most_common()
        ]
    if len(score.article_by_lang) > 1:
        lines += ["", "language              junk   removed       harm"]
        lines += [
            f"{name:18} {score.junk_by_lang[name]:7,} "
            f"{_percent(score.removed_by_lang[name], score.junk_by_lang[name])} {score.lost_by_lang[name] / n:10.3%}"
            for name, n in score.article_by_lang.most_common()
        ]
    return "\n".join(lines)


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:9.1%}" if whole else "        -"


def worst_cases(score: Score, number: int) -> Iterator[str]:
    """The longest `number` losses of article and of junk left in, each kind with the rules most at fault."""
    for lost, title in ((True, "article lost"), (False, "junk left")):
        mistakes = sorted((m for m in score.mistakes if m.lost is lost), key=lambda m: -len(m.text))
        if number and mistakes:
            by = Counter(m.rule if lost else m.category for m in mistakes)
            yield f"\n{title}: {len(mistakes)} spans; " + ", ".join(f"{k} {n}" for k, n in by.most_common(6))
            for m in mistakes[:number]:
                yield f"  {m.id} [{m.lang}] {m.category} {m.rule}\n    {' '.join(m.text.split())[:400]}"
