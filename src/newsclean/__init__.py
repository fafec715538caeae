"""newsclean: article text in, the clean article and an exact account of what was removed out.

>>> import newsclean
>>> newsclean.clean("Rain fell all day.\\n\\nThis news has been read 731 times!\\n\\nLeave a Reply")
'Rain fell all day.'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from newsclean.cleaner import PROFILES, Cleaner
from newsclean.evidence import Evidence
from newsclean.report import Decision, Report
from newsclean.spans import Span

__all__ = [
    "PROFILES",
    "Cleaner",
    "Decision",
    "Evidence",
    "Report",
    "Span",
    "__version__",
    "analyze",
    "analyze_many",
    "clean",
    "clean_many",
]

__version__ = "0.1.0"


@lru_cache(maxsize=1)
def _default() -> Cleaner:
    return Cleaner()


def clean(text: str) -> str:
    """The article: `text` without its junk, and otherwise byte for byte.

    >>> clean("Rain fell.\\n\\nLeave a Reply")
    'Rain fell.'

    Raises:
        TypeError: if `text` is no str.
    """
    return _default().clean(text)


def analyze(text: str) -> Report:
    """The report on `text`: each span kept or removed, its category, score and evidence.

    >>> [d.category for d in analyze("Rain fell.\\nLeave a Reply").junk]
    ['comment_template']

    Raises:
        TypeError: if `text` is no str.
    """
    return _default().analyze(text)


def clean_many(texts: Iterable[str]) -> Iterator[str]:
    """The article of each text, in order, as the texts come.

    >>> list(clean_many(["Rain fell.", "Rain fell.\\nLeave a Reply"]))
    ['Rain fell.', 'Rain fell.']
    """
    return _default().clean_many(texts)


def analyze_many(texts: Iterable[str]) -> Iterator[Report]:
    """The report on each text, in order, as the texts come.

    >>> [len(report.junk) for report in analyze_many(["Rain fell.", "Leave a Reply"])]
    [0, 1]
    """
    return _default().analyze_many(texts)
