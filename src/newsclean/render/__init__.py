"""Reports for people and programs: one file a form."""

from __future__ import annotations

from newsclean.report import Decision

__all__ = ["reason"]


def reason(decision: Decision) -> str:
    """Why a span was removed, in a few words: category, rules, surroundings.

    >>> import newsclean
    >>> reason(newsclean.analyze("Leave a Reply").junk[0])
    'comment_template: en-comment-form-opening'
    """
    rule = decision.evidence[0].rule if decision.evidence else ""
    why = "; ".join(part for part in (rule, decision.reason) if part)
    return f"{decision.category}: {why}" if why else str(decision.category)
