"""From the bytes of a page to its text: by byte order mark, caller, header, UTF-8, meta tag, or detection."""

from __future__ import annotations

import codecs
import re
from typing import Literal, NamedTuple

from newsclean.errors import DataFormatError

__all__ = ["Decoded", "Source", "decode"]

Source = Literal["str", "given", "bom", "header", "meta", "utf-8", "detected", "replaced"]

#: Python's codec -> the labels pages name it by, without case and punctuation. As in the WHATWG table a label
#: means the superset that pages written under it use. UTF-16 in a label is never true: such a page is known
#: by its bytes before its label can be read. HZ, ISO-2022-KR and UTF-7, which browsers refuse, are read.
_LABELS = {
    "utf-8": "utf8 utf8mb4 unicode11utf8 unicode20utf8 xunicode20utf8 unicode csunicode ucs2 iso10646ucs2 "
    "utf16 utf16le utf16be unicodefeff unicodefffe",
    "cp1252": "iso88591 latin1 l1 ascii usascii ansix341968 cp819 ibm819 csisolatin1 isoir100 xuserdefined ansi",
    "cp1254": "iso88599 latin5 l5 csisolatin5 isoir148",
    "cp874": "windows874 cp874 dos874 tis620 iso885911",
    "iso8859-2": "iso88592 latin2 l2 csisolatin2 isoir101",
    "iso8859-3": "iso88593 latin3 l3 csisolatin3 isoir109",
    "iso8859-4": "iso88594 latin4 l4 csisolatin4 isoir110",
    "iso8859-5": "iso88595 cyrillic csisolatincyrillic isoir144",
    "iso8859-6": "iso88596 iso88596e iso88596i arabic asmo708 ecma114 csiso88596e csiso88596i csisolatinarabic isoir127",
    "iso8859-7": "iso88597 greek greek8 ecma118 elot928 suneugreek csisolatingreek isoir126",
    "iso8859-8": "iso88598 iso88598e iso88598i hebrew visual logical csiso88598e csiso88598i csisolatinhebrew isoir138",
    "iso8859-10": "iso885910 latin6 l6 csisolatin6 isoir157",
    "iso8859-15": "iso885915 latin9 l9 csisolatin9",
    "koi8-r": "koi8r koi koi8 cskoi8r",
    "koi8-u": "koi8u koi8ru",
    "cp866": "cp866 ibm866 866 csibm866",
    "mac-roman": "macintosh mac macroman xmacroman csmacintosh",
    "mac-cyrillic": "maccyrillic xmaccyrillic xmacukrainian",
    "gb18030": "gb18030 gbk xgbk gb2312 gb231280 cp936 ms936 euccn chinese csgb2312 csiso58gb231280 isoir58",
    "big5hkscs": "big5 big5hkscs cnbig5 csbig5 xxbig5 cp950 windows950",
    "cp932": "shiftjis xsjis sjis sjiswin mskanji ms932 cp932 windows31j windows932 csshiftjis",
    "euc_jis_2004": "eucjp xeucjp eucjpwin cseucpkdfmtjapanese",  # euc_jp lacks ① and ㈱
    "iso2022_jp_ext": "iso2022jp csiso2022jp",
    "cp949": "euckr cseuckr cp949 windows949 ms949 uhc korean ksc56011987 ksc56011989 ksc5601 csksc56011987 isoir149",
    "iso2022_kr": "iso2022kr csiso2022kr",
    "hz": "hzgb2312 hz",
    "utf-7": "utf7 unicode11utf7 csunicode11utf7",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
_CODECS |= {f"{way}125{n}": f"cp125{n}" for way in ("", "cp", "xcp", "win", "windows") for n in range(9)}
_CODECS |= {f"iso8859{n}": f"iso8859-{n}" for n in (13, 14, 16)}

#: Languages of ``<html lang>`` -> what their pages are written in, the commonest first. No English: it is left
#: standing in templates of every language.
_TONGUES = {
    "ru uk be bg mk": "cp1251 koi8-u iso8859-5 cp866 mac-cyrillic",
    "cs sk pl hu sl hr ro": "cp1250 iso8859-2",
    "de fr es it pt nl sv da no nb fi is ca": "cp1252",
    "lt lv et": "cp1257",
    "el": "cp1253 iso8859-7",
    "tr": "cp1254",
    "he iw": "cp1255 iso8859-8",
    "ar fa ur": "cp1256 iso8859-6",
    "vi": "cp1258",
    "th": "cp874",
    "ja": "cp932 euc_jis_2004",
    "ko": "cp949",
    "zh": "gb18030 big5hkscs",
}
_BY_TONGUE = {code: names.split() for codes, names in _TONGUES.items() for code in codes.split()}

_LATIN = (
    {f"iso8859-{n}" for n in (2, 3, 4, 10, 13, 14, 15, 16)}
    | {f"cp125{n}" for n in (0, 2, 4, 7)}
    | {"mac-roman"}
)
_PAIRED = {"gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949"}
# What a detector may be believed in without a language; it sees the others where there are none.
_DETECTABLE = frozenset(name for names in _BY_TONGUE.values() for name in names)
# A guess -> its superset: ISO encodings leave the bytes 80-9F to control characters, KOI8-R lacks Ukrainian.
_WIDER = {"koi8-r": "koi8-u", "iso8859-2": "cp1250", "iso8859-7": "cp1253", "iso8859-8": "cp1255"}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WIDE_BOMS = ((codecs.BOM_UTF32_LE, "utf-32-le", 3), (codecs.BOM_UTF32_BE, "utf-32-be", 0))
# Which of four successive bytes are NUL where a page of markup is written so.
_WIDE = {"0101": "utf-16-le", "1010": "utf-16-be", "0111": "utf-32-le", "1110": "utf-32-be"}
_WIDE |= {"0011": "utf-32-le", "1100": "utf-32-be"}
# ASCII bytes that stand for other letters: the codec -> what every text in it holds.
_ESCAPES = {"iso2022_jp_ext": b"\x1b$", "iso2022_kr": b"\x1b$)C", "hz": b"~{", "utf-7": b"+"}

_HEAD = 4096  # bytes in which a page may name its encoding
_SAMPLE = 65_536  # bytes of text that a detector and a trial see
_WINDOW = 524_288  # bytes before and after the first broken one that are looked at for samples
_BROKEN = 10  # one broken sequence in so many non-ASCII bytes is damage, more is another encoding

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META = re.compile(rb"""<meta[\s/][^<>]*?(?<=[\s"';/])charset\s*=\s*["']?\s*([^"'\s;<>]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml\s[^<>]*?encoding\s*=\s*["']([^"'<>]+)""", re.IGNORECASE)
_LANG = re.compile(rb"""<html\s[^<>]*?\blang\s*=\s*["']?([a-z]{2})(-hant|-tw|-hk)?""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^"'\s;,]+)""", re.IGNORECASE)
# No-break spaces are left out: pages are spaced with rows of them.
_RUN = re.compile(rb"[\x80-\x9f\xa1-\xff]{3,}")
_LONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")


class Decoded(NamedTuple):
    """The text of a page, Python's name of its encoding ("" for a str), and what that was known by.

    >>> Decoded("Rain", "utf-8", "bom").source
    'bom'
    """

    text: str
    encoding: str
    source: Source


def decode(
    html: bytes | bytearray | memoryview | str, encoding: str | None = None, content_type: str | None = None
) -> Decoded:
    """The text of a page, whatever it is written in; bytes without a meaning become U+FFFD.

    A byte order mark goes first, then `encoding`, the header, valid UTF-8, the page's own meta tag or XML
    declaration, and what a detector makes of the text. Header and meta tag are passed over where the bytes
    show them to be wrong.

    Args:
        html: the page; a str comes back as it is.
        encoding: a name of Python's, taken at its word.
        content_type: the header of that name, say ``"text/html; charset=iso-8859-2"``.

    Raises:
        TypeError: if `html` is of another type.
        DataFormatError: if Python has no text encoding named `encoding`.

    >>> decode("<p>Zürich".encode("cp1252"), content_type="text/html; charset=iso-8859-1")
    Decoded(text='<p>Zürich', encoding='cp1252', source='header')
    """
    given = None if encoding is None else _python_codec(encoding)
    if isinstance(html, str):
        return Decoded(html.removeprefix("\ufeff"), "", "str")
    if not isinstance(html, (bytes, bytearray, memoryview)):
        raise TypeError(f"expected bytes or str, got {type(html).__name__}")
    data = bytes(html)
    marked = _bom(data)
    if marked:
        return _read(data[len(marked[0]) :], marked[1], "bom")
    if given is not None:
        return Decoded(data.decode(given, "replace"), given, "given")
    wide = _wide(data)
    header = _CHARSET.search((content_type or "")[:_HEAD])
    return _read(data, wide, "detected") if wide else _declared(data, header and _codec(header[1]))


def _python_codec(name: str) -> str:
    """Python's own name of a text encoding that can replace what it cannot read."""
    try:
        b"a\xff".decode(name, "replace")  # codecs.lookup alone would let hex and zlib pass
        return codecs.lookup(name).name
    except (LookupError, ValueError) as error:  # ValueError: NUL in a name, or a codec that cannot replace
        raise DataFormatError(f"expected an encoding Python knows, got {name!r}") from error


def _read(data: bytes, codec: str, source: Source) -> Decoded:
    return Decoded(data.decode(codec, "replace"), codec, source)


def _bom(data: bytes) -> tuple[bytes, str] | None:
    """The byte order mark that `data` starts with and its codec."""
    for mark, codec, top in _WIDE_BOMS:  # FF FE 00 00 may also be UTF-16 and a NUL
        if data.startswith(mark) and not any(data[top:_HEAD:4]):
            return mark, codec
    return next((found for found in _BOMS if data.startswith(found[0])), None)


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: markup in it is NUL at every other byte, or three of four."""
    head = data[:_HEAD]
    if b"\0" not in head or len(head) < 4:
        return None
    shares = [head[phase::4].count(0) / len(head[phase::4]) for phase in range(4)]
    return _WIDE.get("".join("0" if share < 0.02 else "1" if share > 0.1 else "?" for share in shares))


def _codec(label: str) -> str | None:
    """The codec of a label in a header or a page: never looked up in Python, which would keep each for good."""
    bare = re.sub(r":\d{4}$", "", label[:60].strip().lower())
    return _CODECS.get(re.sub(r"[^a-z0-9]", "", bare))


def _page_codec(data: bytes) -> str | None:
    """What the page says of itself: its first meta tag that names a known encoding, or its XML declaration."""
    head = _COMMENT.sub(b"", data[:_HEAD])
    xml = _XML.match(head)
    labels = [found[1] for found in _META.finditer(head)] + ([xml[1]] if xml else [])
    return next(filter(None, (_codec(label.decode("ascii", "replace")) for label in labels)), None)


def _declared(data: bytes, header: str | None) -> Decoded:
    """By the header, or as UTF-8, or else by what the page says and looks like."""
    text, at = None, 0
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    if header == "utf-8" and text is not None:
        return Decoded(text, header, "header")
    if header == "cp1252" and not (text or "").isascii():  # what servers say by default, of UTF-8 too
        header = None
    if header and header != "utf-8" and _fits(header, _sample(data, at)):
        return _read(data, header, "header")
    if text is not None:
        escaped = _escaped(data) if text.isascii() else None
        return escaped or Decoded(text, "utf-8", "utf-8")
    if _mostly_utf8(data, at):
        return _read(data, "utf-8", "replaced")
    sample = _sample(data, at)
    page = _page_codec(data)
    if page and _fits(page, sample):
        return _read(data, page, "meta")
    guess = _detect(data, sample)
    return _read(data, guess, "detected") if guess else _read(data, "utf-8", "replaced")


def _escaped(data: bytes) -> Decoded | None:
    """ASCII bytes that mean other letters: as the page says, or, with its escape bytes, ISO-2022 unsaid."""
    page = _page_codec(data)
    tries: list[tuple[str, Source]] = [(page, "meta")] if page in _ESCAPES and page else []
    # HZ and UTF-7 look like ordinary text, and undeclared UTF-7 is how markup is smuggled in.
    tries += [("iso2022_kr", "detected"), ("iso2022_jp_ext", "detected")]
    for codec, source in tries:
        if _ESCAPES[codec] in data:
            try:
                return Decoded(data.decode(codec), codec, source)
            except UnicodeDecodeError:
                continue
    return None


def _sample(data: bytes, at: int) -> bytes:
    """Text with non-ASCII bytes near `at`, without markup: whole stretches between < and >."""
    # No second byte of a pair is one of these, so that each stretch starts with a whole character.
    low = max(0, at - _HEAD)
    start = max(data.rfind(end, low, at) for end in (b">", b"\n", b" ")) + 1 or (at if low else 0)
    stretches = re.split(rb"[<>]", data[start : start + 2 * _WINDOW])
    return b"\n".join(part for part in stretches if not part.isascii())[:_SAMPLE]


def _high(data: bytes) -> int:
    return len(data.translate(None, bytes(range(128))))


def _mostly_utf8(data: bytes, at: int) -> bool:
    """Whether the text around its first broken byte is UTF-8 with a little damage."""
    start = max(0, at - _WINDOW)
    window = data[start : at + _WINDOW]
    if start:
        window = window.lstrip(bytes(range(0x80, 0xC0)))
    broken = window.decode("utf-8", "replace").count("\ufffd") - window.count(b"\xef\xbf\xbd")
    return broken * _BROKEN <= _high(window)


def _fits(codec: str, sample: bytes) -> bool:
    """Whether `sample` can be a text in `codec`."""
    text = codecs.getincrementaldecoder(codec)("replace").decode(sample)  # incremental: its end may be cut
    high = _high(sample)
    if text.count("\ufffd") * _BROKEN > high:
        return False
    # Accented letters stand among ASCII ones, what is written in pairs of bytes comes in rows.
    if codec in _PAIRED:
        return len(_LONE.findall(sample)) <= max(2, 0.6 * high)
    return codec not in _LATIN or sum(map(len, _RUN.findall(sample))) <= max(12, high // 2)


def _detect(data: bytes, sample: bytes) -> str | None:
    """The codec that the detector and the page's language agree on, or the likelier of the two."""
    import cchardet

    guess = _codec(cchardet.detect(sample)["encoding"] or "")
    guess = _paired(guess, sample)
    if guess == "koi8-r" or (guess in _WIDER and re.search(rb"[\x80-\x9f]", sample)):
        guess = _WIDER[guess]
    found = _LANG.search(data[:_HEAD])
    spoken = _BY_TONGUE.get(found[1].decode().lower(), []) if found else []
    if found and found[2]:  # written in traditional characters
        spoken = spoken[::-1]
    # Of a handful of letters among ASCII ones the commonest encoding is the likeliest.
    few = guess not in _PAIRED and _high(sample) < 10 and not _RUN.search(sample)
    seen = [guess] if guess in _DETECTABLE and not few else []
    tries = [*seen, *spoken] if not spoken or guess in spoken else [*spoken, *seen]
    return next((codec for codec in [*tries, "cp1252"] if _fits(codec, sample)), None)


def _paired(guess: str | None, sample: bytes) -> str | None:
    """`guess`, but for what the detector takes short Chinese and Korean texts for."""
    if guess == "big5hkscs":  # every third of its characters ends in an ASCII byte, so that runs are odd
        runs = re.findall(rb"[\x80-\xff]+", sample)
        guess = guess if any(len(run) % 2 for run in runs[:-1] or runs) else "gb18030"
    if guess == "gb18030":  # read as Korean, Chinese is hangul only for two thirds
        text = re.sub(r"[\0-\x7f]", "", sample.decode("cp949", "ignore"))
        guess = "cp949" if len(re.findall("[\uac00-\ud7a3]", text)) > 0.9 * len(text) else guess
    return guess
