"""Which rule sets a text needs: its language, its relatives, and the scripts that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

__all__ = ["ALWAYS", "SCRIPTS", "detected", "text_languages", "with_relatives"]

#: English runs on every text: sites in all languages print English furniture.
ALWAYS = "en"

#: A letter of the script -> the languages written in it. Scripts tell these languages apart from the rest
#: better than a detector does on the few words of a button, and a foreign line in an English text is
#: furniture more often than not. The word forms of their rules do not collide within a script.
SCRIPTS: dict[str, tuple[str, ...]] = {
    "\u0370-\u03ff": ("el",),
    "\u0400-\u04ff": ("ru", "uk", "bg", "sr", "mk", "kk", "be"),
    "\u0590-\u05ff": ("he",),
    "\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff": ("ar", "fa", "ur", "ps", "ckb"),
    "\u0900-\u097f": ("hi", "mr", "ne"),
    "\u0980-\u09ff": ("bn", "as"),
    "\u0a00-\u0a7f": ("pa",),
    "\u0a80-\u0aff": ("gu",),
    "\u0b80-\u0bff": ("ta",),
    "\u0c00-\u0c7f": ("te",),
    "\u0c80-\u0cff": ("kn",),
    "\u0d00-\u0d7f": ("ml",),
    "\u0d80-\u0dff": ("si",),
    "\u0e00-\u0e7f": ("th",),
    "\u1000-\u109f": ("my",),
    "\u10a0-\u10ff": ("ka",),
    "\u1780-\u17ff": ("km",),
    "\u3040-\u30ff": ("ja", "zh"),
    "\u4e00-\u9fff\u3400-\u4dbf": ("zh", "ja"),
    "\uac00-\ud7af": ("ko",),
}
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
# What the detector's input may not hold.
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), " ")
_SAMPLE = 4000  # characters that are looked at: more changes nothing

# Codes of the detector -> ours; and languages so near that the detector mixes them up.
_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "zh-Hant": "zh", "jw": "jv", "hr": "hr"}
_RELATIVES: dict[str, tuple[str, ...]] = {
    "no": ("da", "sv"),
    "da": ("no", "sv"),
    "sv": ("no",),
    "cs": ("sk",),
    "sk": ("cs",),
    "hr": ("sr", "bs"),
    "sr": ("hr", "bs"),
    "bs": ("hr", "sr"),
    "gl": ("es", "pt"),
    "ca": ("es",),
    "eu": ("es",),
    "an": ("es",),
    "oc": ("fr",),
    "lb": ("de",),
    "fy": ("nl",),
    "af": ("nl",),
    "id": ("ms",),
    "ms": ("id",),
    "jv": ("id",),
    "su": ("id",),
    "az": ("tr",),
}


@cache
def _other_script() -> re.Pattern[str]:
    return re.compile(f"[{''.join(SCRIPTS)}]")


@cache
def _script_patterns() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(f"[{chars}]"), languages) for chars, languages in SCRIPTS.items())


@cache
def _unreadable() -> re.Pattern[str]:
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def text_languages(text: str) -> tuple[str, ...]:
    """The languages whose rules run on `text`, sorted; always with English.

    Latin-script languages are told apart by CLD2 (the detector of the Chromium browser, in `pycld2`), up to
    three where a text mixes them; other scripts each bring their languages.

    >>> text_languages("Der Bundestag hat am Donnerstag ein neues Gesetz beschlossen.")
    ('de', 'en')
    """
    found = {ALWAYS}
    if not text.isascii() and _other_script().search(text):
        for pattern, languages in _script_patterns():
            if pattern.search(text):
                found.update(languages)
    if _LATIN.search(text):
        found.update(with_relatives(_detect(text)))
    return tuple(sorted(found))


def with_relatives(codes: Iterable[str]) -> Iterator[str]:
    """Languages that were detected, and those so near that the detector mixes them up.

    >>> sorted(with_relatives(["sv"]))
    ['no', 'sv']
    """
    for code in codes:
        yield code
        yield from _RELATIVES.get(code, ())


def _detect(text: str) -> list[str]:
    """Codes of the Latin-script languages that the detector sees in a sample of `text`."""
    sample = text
    if len(text) > _SAMPLE:  # from the middle: the ends are where foreign furniture stands
        middle = (len(text) - _SAMPLE) // 2
        sample = text[middle : middle + _SAMPLE]
    readable = sample.translate(_CONTROLS) if sample.isascii() else _unreadable().sub(" ", sample)
    return detected(readable)


def detected(sample: str | bytes) -> list[str]:
    """Codes of the languages that the detector sees in a sample (bytes are UTF-8) without unreadable characters.

    >>> detected("Der Bundestag hat am Donnerstag ein neues Gesetz beschlossen.")
    ['de']
    """
    import pycld2

    try:
        _, _, details = pycld2.detect(sample, bestEffort=True)
    except pycld2.error:  # its own check of the text is stricter than Unicode's
        return []
    return [_ALIASES.get(code, code) for _, code, share, _ in details if code != "un" and share >= 5]
