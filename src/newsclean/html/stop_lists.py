"""The function words that jusText tells running text by, for the language of a text."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["stopwords"]

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

# jusText names its stop lists in English; the codes are those of CLD2.
_STOPLISTS = {
    "af": "Afrikaans", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "fy": "West_Frisian", "ga": "Irish", "gl": "Galician",
    "gu": "Gujarati", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "iw": "Hebrew", "ka": "Georgian", "kk": "Kazakh",
    "kn": "Kannada", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "lb": "Luxembourgish",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mr": "Marathi",
    "ms": "Malay", "mt": "Maltese", "nb": "Norwegian_Bokmal", "ne": "Nepali", "nl": "Dutch",
    "nn": "Norwegian_Nynorsk", "no": "Norwegian_Bokmal", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tl": "Tagalog", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "yo": "Yoruba",
}  # fmt: skip


def stopwords(text: str, *, html: bool = False) -> dict[str, Any]:
    """The stop list of the language of `text` and the thresholds to go with it, as jusText's arguments.

    English where no language shows. For a language that jusText has no list for, its own
    language-independent mode: no list, and thresholds of 0.
    """
    import justext
    import pycld2

    try:
        _, _, found = pycld2.detect(_CONTROLS.sub(" ", text), isPlainText=not html, bestEffort=True)
        code = found[0][1]
    except pycld2.error:  # its own check of the text is stricter than Unicode's
        code = "un"
    if code != "un" and code not in _STOPLISTS:
        return {"stoplist": frozenset(), "stopwords_low": 0, "stopwords_high": 0}
    return {"stoplist": justext.get_stoplist(_STOPLISTS.get(code, "English"))}
