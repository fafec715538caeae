"""How rare words are: by the articles that hold them, with the function words of forty languages set to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.document import read_document
from newsclean.errors import DataFormatError
from newsclean.offtopic.reading import STEM, stem_buckets
from newsclean.scoring.table import line_table
from newsclean.scoring.words import stem_hashes, words_of

__all__ = ["BITS", "rarity_of", "stems_of"]

BITS = 17  # of a bucket of stems
_COMMON = 0.15  # of the texts of a language: what stands in more is no word of a story
_FEWEST = 100  # texts of a language that are counted
_MOST_COMMON, _MOST_COMMON_KNOWN = 120, 300  # words of a language, in order of frequency, that say nothing
_BATCH = 2000


def stems_of(texts: Sequence[str]) -> list[NDArray[np.int64]]:
    """The buckets of the stems of each text, in order."""
    empty = read_document("-")
    found: list[NDArray[np.int64]] = []
    for start in range(0, len(texts), _BATCH):
        documents = [read_document(" ".join(text.split()) or "-") for text in texts[start : start + _BATCH]]
        documents = [document if document.lines else empty for document in documents]
        table = line_table([document._replace(lines=document.lines[:1]) for document in documents])
        words = words_of(table)
        buckets = stem_buckets(stem_hashes(table, words, STEM), 1 << BITS)
        found += np.split(buckets, np.searchsorted(words.line, np.arange(1, len(documents))))
    return found


def rarity_of(texts: Mapping[str, Sequence[str]]) -> NDArray[np.uint8]:
    """The rarity of each bucket, 0 to 255, from the texts of each language.

    Frequent words of languages without texts come from `wordfreq` (Robyn Speer, 2022).

    Raises:
        DataFormatError: if there are too few texts of every language.
    """
    import wordfreq

    share = np.zeros(1 << BITS)
    for several in texts.values():
        if len(several) >= _FEWEST:
            count = np.zeros(1 << BITS)
            for stems in stems_of(several):
                count[np.unique(stems)] += 1
            share = np.maximum(share, (count + 0.5) / (len(several) + 1))
    if not share.any():
        counts = {lang: len(several) for lang, several in texts.items()}
        raise DataFormatError(
            f"expected {_FEWEST} texts or more of a language to count words in, got {counts}"
        )
    rare = np.log(_COMMON / share)
    found = np.clip(rare / rare.max(), 0, 1)
    for language in wordfreq.available_languages():
        if language not in ("zh", "ja"):  # no blanks between words
            count_of = _MOST_COMMON_KNOWN if language in texts else _MOST_COMMON
            found[_buckets(wordfreq.top_n_list(language, count_of))] = 0
    made: NDArray[np.uint8] = np.rint(found * 255).astype(np.uint8)
    return made


def _buckets(words: Iterable[str]) -> NDArray[np.int64]:
    return np.unique(np.concatenate(stems_of([" ".join(words)])))
