"""What others do to texts line by line, written out from their papers: each takes a text, gives the spans to remove.

Only rules about lines (and paragraphs) are here. Rules that drop whole pages, or compare pages with each other,
are left out: a cleaner of single texts has nothing to set against them. Each docstring says which those are.
Spans are in code points of the text, in order, and leave the white space around lines alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib.util import find_spec

from newsclean.report import Decision, Report
from newsclean.spans import Span, complement

#: Takes a text; gives the spans that the peer removes.
Peer = Callable[[str], list[Span]]

_LINE = re.compile(r"\S[^\n\r]*")
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")

_C4_ENDS = (".", "!", "?", '"', "”")
_C4_WORDS = 5
_C4_LONGEST_WORD = 1000
_C4_CITATION = re.compile(r"\[\d*\]|\[edit\]|\[citation needed\]")
_C4_POLICIES = (
    "terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies",
)  # fmt: skip

_COUNTED = "bookmarks?|comments?|downloads?|downvotes?|followers?|likes?|quotes?|reposts?|retweets?|shares?|upvotes?|views?"
_COUNTER = re.compile(rf"\W*\d[\d.,]*[kmb]?\s+(?:{_COUNTED})\W*", re.IGNORECASE)
_SHORT = 10
_SHORT_LINE = re.compile(r"^sign[- ]?in\b|read more\s*(?:\.{3}|…)?$|items in cart", re.IGNORECASE)

_NEMO_STRINGS = (
    *_C4_POLICIES,
    "privacy overview",
    "privacy & cookies policy",
    "privacy and cookies policy",
    "necessary cookies are absolutely essential",
    "any cookies that may not be particularly necessary",
    "if you continue to browse this site without changing your cookie settings",
)


def c4(text: str) -> list[Span]:
    """C4's line rules.

    Raffel et al. 2020, "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer",
    JMLR 21(140), section 2.2, and the released `c4_utils.py` of TensorFlow Datasets. A line stays that ends in
    a full stop, exclamation mark, question mark or closing quotation mark (not in an ellipsis), has at least
    five words (JMLR and the code; the first arXiv version says three), and neither "javascript" nor a policy
    notice in it; citation marks such as "[1]" go from lines that stay.

    Left out, since they drop pages: "lorem ipsum", "{", too few sentences, bad words, language; and the
    removal of passages that other pages have too.
    """
    removed: list[Span] = []
    for line in _lines(text):
        marks = [Span(*mark.span()).shift(line.start) for mark in _C4_CITATION.finditer(line.of(text))]
        if _c4_keeps(_C4_CITATION.sub("", line.of(text)).strip()):
            removed += marks
        else:
            removed.append(line)
    return removed


def _c4_keeps(line: str) -> bool:
    words = line.split()
    lower = line.lower()
    return (
        line.endswith(_C4_ENDS)
        and not line.endswith("...")
        and len(words) >= _C4_WORDS
        and all(len(word) <= _C4_LONGEST_WORD for word in words)
        and "javascript" not in lower
        and not any(policy in lower for policy in _C4_POLICIES)
    )


def refinedweb(text: str) -> list[Span]:
    """RefinedWeb's line-wise corrections.

    Penedo et al. 2023, "The RefinedWeb Dataset for Falcon LLM", arXiv 2306.01116, appendix G.2. A line goes that
    is mainly upper case, only digits, a counter ("3 likes") or a single word; of a line of at most ten words, a
    piece goes that matches at its start ("sign-in"), at its end ("Read more...") or anywhere ("items in cart").
    The paper prints no thresholds and only these examples; "mainly" is more than half of the characters, and
    counters are those of social media, as in the reproduction by Li et al. 2024 (DataComp-LM, arXiv 2406.11794).

    Left out, since it drops the page: more than 5% of the words in such lines.
    """
    removed: list[Span] = []
    for line in _lines(text):
        content = line.of(text)
        words = content.split()
        upper = sum(char.isupper() for char in content) / len(content)
        if upper > 0.5 or content.isdigit() or len(words) == 1 or _COUNTER.fullmatch(content):
            removed.append(line)
        elif len(words) <= _SHORT:
            removed += (Span(*found.span()).shift(line.start) for found in _SHORT_LINE.finditer(content))
    return removed


def nemo_curator(text: str) -> list[Span]:
    """NeMo Curator's filter of boilerplate strings.

    `BoilerPlateStringModifier` and `policy_substrings` of NVIDIA NeMo Curator (`modifiers/c4.py`,
    `utils/constants.py`; its long cookie notices by their openings). Paragraphs with one of the strings go if
    they are one run at the top or the bottom of the text, and not all of it; else the text stays as it is.
    Paragraphs are what blank lines separate; since extractors often print none, in a text without blank lines
    each line is one.

    Left out, since it drops the page: "lorem ipsum".
    """
    paragraphs = _paragraphs(text)
    if len(paragraphs) == 1:
        paragraphs = _lines(text)
    found = [
        at for at, span in enumerate(paragraphs) if any(s in span.of(text).lower() for s in _NEMO_STRINGS)
    ]
    if not found or len(found) == len(paragraphs):
        return []
    in_one_run = found[-1] - found[0] + 1 == len(found)
    at_an_end = found[0] == 0 or found[-1] == len(paragraphs) - 1
    return [paragraphs[at] for at in found] if in_one_run and at_an_end else []


def justext_lines(text: str) -> list[Span]:
    """JusText's classification of paragraphs, with each line as a paragraph.

    Pomikálek 2011, "Removing Boilerplate and Duplicate Content from Web Corpora", in the package `justext` with
    its defaults and the stop list of the text's language. Of its evidence the share of links and the headings
    are gone from a text; length, stop words and neighbours are left.

    Raises:
        ModuleNotFoundError: if `justext` is not installed.
    """
    from justext.core import PathInfo, classify_paragraphs, revise_paragraph_classification
    from justext.paragraph import Paragraph

    from newsclean.training.extractors import stopwords

    lines = _lines(text)
    paragraphs = []
    for line in lines:
        paragraph = Paragraph(PathInfo().append("body").append("p"))
        paragraph.append_text(line.of(text))
        paragraphs.append(paragraph)
    classify_paragraphs(paragraphs, **stopwords(text))
    revise_paragraph_classification(paragraphs)
    return [line for line, paragraph in zip(lines, paragraphs, strict=True) if paragraph.is_boilerplate]


#: Name in tables and plots -> peer.
PEERS: dict[str, Peer] = {
    "C4": c4,
    "RefinedWeb": refinedweb,
    "NeMo Curator": nemo_curator,
    "jusText": justext_lines,
}
_NEEDED = {"jusText": "justext"}


def usable_peers() -> tuple[dict[str, Peer], list[str]]:
    """The peers that can run here, and for each other one a line that says why not."""
    missing = [name for name, module in _NEEDED.items() if find_spec(module) is None]
    usable = {name: peer for name, peer in PEERS.items() if name not in missing}
    return usable, [
        f"{name} is skipped: {_NEEDED[name]} is not installed (pip install newsclean[bench])"
        for name in missing
    ]


def as_report(text: str, removed: Iterable[Span]) -> Report:
    """A peer's removals in the form of a report of ours; they carry no category."""
    gone = [Decision(span, "remove", score=1.0) for span in removed]
    kept = [Decision(span, "keep") for span in complement([d.span for d in gone], len(text))]
    return Report(text, tuple(sorted([*gone, *kept], key=lambda d: d.span)))


def _lines(text: str) -> list[Span]:
    """The lines with anything on them, without the white space at their ends."""
    return [Span(m.start(), m.start() + len(m[0].rstrip())) for m in _LINE.finditer(text)]


def _paragraphs(text: str) -> list[Span]:
    spans, at = [], 0
    for gap in [*_PARAGRAPH_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        piece = text[at:end]
        if piece.strip():
            start = at + len(piece) - len(piece.lstrip())
            spans.append(Span(start, start + len(piece.strip())))
        at = gap.end() if gap else end
    return spans
