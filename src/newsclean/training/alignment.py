"""Which lines of an extractor's output are article and which are not, by the gold text of the page.

Gold is noisy. It stops early on some pages, keeps boilerplate on others, and is silent about headlines,
summaries and captions; what it does not settle is left open: not trained on, not measured with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

__all__ = ["RUN", "Aligned", "Verdict", "align", "consensus", "line_key", "run_marks", "usable"]

Verdict = Literal["article", "junk", "open"]
_WORD = re.compile(r"\w+")
RUN = 4  #: words in a row that count as found
_SHORT = 8  # words; a shorter line has to stand in gold as a whole
_ARTICLE, _JUNK = 0.8, 0.05  # share of a line's words found in gold
_HEADLINE = 0.6  # share of words in common with what the page gives as its title
_PROSE = 20  # words of a line that gold may have missed
_FOUND, _FOREIGN = 0.5, 0.65  # of gold's words in the output; of the output's long lines that gold lacks


class Aligned(NamedTuple):
    """A verdict for each line of a text, blank lines among them (open)."""

    lines: tuple[str, ...]
    verdicts: tuple[Verdict, ...]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def line_key(line: str) -> str:
    """The words of a line, by which lines of different extractors are compared.

    >>> line_key("• Read  More!")
    'read more'
    """
    return " ".join(_words(line))


def align(
    text: str, gold: str, head: Iterable[str] = (), known: Mapping[str, Verdict] | None = None
) -> Aligned:
    r"""Compare the lines of `text` with `gold`.

    `head`: title, headline, summary of the page, which are article where they stand before it. `known`:
    verdicts from elsewhere (labels by hand) by the words of the line, which win.

    >>> align("Menu\nThe ferry sails at nine.\nRead on", "The ferry sails at nine.").verdicts
    ('junk', 'article', 'junk')
    """
    known = known or {}
    gold_words = _words(gold)
    runs = {tuple(gold_words[i : i + RUN]) for i in range(len(gold_words) - RUN + 1)}
    gold_lines = {line_key(line) for line in gold.split("\n")}
    spaced = f" {' '.join(gold_words)} "
    titles = [set(_words(title)) for title in head]
    lines = text.split("\n")
    verdicts: list[Verdict] = []
    for line in lines:
        words = _words(line)
        key = " ".join(words)
        if key in known:
            verdicts.append(known[key])
        elif not words:
            verdicts.append("open")
        elif key in gold_lines or (len(words) > 3 and f" {key} " in spaced):
            verdicts.append("article")
        elif _is_title(words, titles):
            verdicts.append("open" if "article" in verdicts else "article")
        elif len(words) < _SHORT and gold_words:
            # a few words that gold has inside a sentence may be a caption, a tag, or a lost heading
            verdicts.append("open" if len(words) > 1 and f" {key} " in spaced else "junk")
        elif not gold_words:
            verdicts.append("open")
        else:
            share = _share(words, runs)
            verdicts.append("article" if share >= _ARTICLE else "junk" if share <= _JUNK else "open")
    return Aligned(tuple(lines), tuple(verdicts))


def _is_title(words: Sequence[str], titles: Sequence[set[str]]) -> bool:
    own = set(words)
    return any(len(own & title) >= _HEADLINE * len(own | title) for title in titles)


def _share(words: Sequence[str], runs: set[tuple[str, ...]]) -> float:
    """Share of words inside runs that gold has too."""
    return sum(run_marks(words, runs)) / len(words)


def run_marks(words: Sequence[str], runs: set[tuple[str, ...]]) -> bytearray:
    """For each word 1 if it stands in one of `runs` (of `RUN` words), else 0.

    >>> list(run_marks("a b c d e".split(), {tuple("bcde")}))
    [0, 1, 1, 1, 1]
    """
    marks = bytearray(len(words))
    for i in range(len(words) - RUN + 1):
        if tuple(words[i : i + RUN]) in runs:
            marks[i : i + RUN] = b"\1" * RUN
    return marks


def usable(aligned: Aligned, gold: str) -> bool:
    """Whether an output and its gold are of the same page: most of gold found, most of the long lines known."""
    found = Counter(word for line, verdict in _pairs(aligned) if verdict != "junk" for word in _words(line))
    wanted = Counter(_words(gold))
    total = sum(wanted.values())
    if total < 50 or sum((found & wanted).values()) < _FOUND * total:
        return False
    long = [(len(line), verdict) for line, verdict in _pairs(aligned) if len(_words(line)) >= _PROSE]
    foreign = sum(size for size, verdict in long if verdict == "junk")
    return foreign <= _FOREIGN * max(1, sum(size for size, _ in long))


def _pairs(aligned: Aligned) -> Iterable[tuple[str, Verdict]]:
    return zip(aligned.lines, aligned.verdicts, strict=True)


def consensus(
    outputs: Mapping[str, str],
    selective: Iterable[str],
    present: Iterable[str] = (),
    absent: Iterable[str] = (),
) -> dict[str, Verdict]:
    """Verdicts by the words of a line, for a page without gold, from what `selective` extractors keep.

    A line that nearly all of them keep is article, one that only full dumps of the page hold is not;
    `present` and `absent` snippets win.
    """
    main = [name for name in selective if name in outputs]
    if len(main) < 3:
        return {}
    texts = {name: f" {' '.join(_words(outputs[name]))} " for name in main}
    sure = [line_key(snippet) for snippet in present]
    never = {line_key(snippet) for snippet in absent}
    verdicts: dict[str, Verdict] = {}
    for text in outputs.values():
        for line in text.split("\n"):
            key = line_key(line)
            if not key or key in verdicts:
                continue
            votes = sum(f" {key} " in words for words in texts.values())
            if key in never:
                verdicts[key] = "junk"
            elif any(snippet and snippet in key for snippet in sure) or (
                votes >= len(main) - 1 and len(key.split()) >= _SHORT
            ):
                verdicts[key] = "article"
            else:
                verdicts[key] = "junk" if votes == 0 else "open"
    return verdicts
