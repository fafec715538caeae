from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from newsclean.errors import DataFormatError, NewscleanError
from newsclean.html.decoding import _BY_TONGUE, _CODECS, Decoded, Source, decode
from strategies import any_text

TEXTS = {
    "de": "Der Bürgermeister überreichte am Donnerstag die Schlüssel für das größte Gebäude.",
    "fr": "Le gouvernement a annoncé jeudi une loi après un long débat à l'Assemblée.",
    "es": "El alcalde anunció el jueves que la votación será mañana, según el periódico.",
    "pl": "Rząd ogłosił w czwartek nową ustawę po długiej debacie, która trwała całą noc.",
    "cs": "Vláda ve čtvrtek po dlouhé debatě představila nový zákon a příští týden jej předloží.",
    "lt": "Vyriausybė ketvirtadienį po ilgų debatų paskelbė naują įstatymą, kuris įsigalios šįmet.",
    "tr": "Hükümet perşembe günü uzun bir tartışmanın ardından yeni bir yasa açıkladı.",
    "vi": "Chính phu đa công bô môt luât mơi vao thư Năm, sau môt cuôc tranh luân dai.",
    "ru": "Правительство объявило в четверг о новом законе после долгих споров.",
    "uk": "Уряд оголосив у четвер про новий закон після тривалих дебатів, її підтримали.",
    "el": "Η κυβέρνηση ανακοίνωσε την Πέμπτη νέο νόμο έπειτα από μακρά συζήτηση.",
    "he": "הממשלה הודיעה ביום חמישי על חוק חדש לאחר דיון ארוך.",
    "ar": "أعلنت الحكومة يوم الخميس قانونا جديدا بعد نقاش طويل.",
    "th": "รัฐบาลประกาศกฎหมายใหม่เมื่อวันพฤหัสบดีหลังการอภิปรายอันยาวนาน",
    "ja": "市長は橋が来年の春に再び開通すると述べた。住民はこれを歓迎している。",
    "ko": "시장은 다리가 내년 봄에 다시 열릴 것이라고 말했다. 주민들은 환영했다.",
    "zh": "市长表示，这座桥将在明年春天重新开放，居民们对此表示欢迎。",
    "zh-TW": "市長表示，這座橋將在明年春天重新開放，居民們對此表示歡迎。",
}
#: Language, the codec its page is written with, and the label the page gives it.
WRITTEN = [
    ("de", "cp1252", "iso-8859-1"),
    ("fr", "cp1252", "us-ascii"),
    ("es", "iso8859-15", "ISO-8859-15"),
    ("pl", "iso8859-2", "latin2"),
    ("pl", "cp1250", "windows-1250"),
    ("cs", "cp1250", "x-cp1250"),
    ("lt", "cp1257", "windows-1257"),
    ("tr", "cp1254", "iso-8859-9"),
    ("vi", "cp1258", "windows-1258"),
    ("ru", "cp1251", "cp1251"),
    ("ru", "koi8-r", "KOI8-R"),
    ("ru", "iso8859-5", "iso_8859-5:1988"),
    ("ru", "cp866", "ibm866"),
    ("ru", "mac_cyrillic", "x-mac-cyrillic"),
    ("uk", "koi8-u", "koi8-u"),
    ("el", "iso8859-7", "greek"),
    ("el", "cp1253", "windows-1253"),
    ("he", "cp1255", "windows-1255"),
    ("he", "iso8859-8", "iso-8859-8-i"),
    ("ar", "cp1256", "windows-1256"),
    ("ar", "iso8859-6", "asmo-708"),
    ("th", "cp874", "tis-620"),
    ("ja", "cp932", "x-sjis"),
    ("ja", "cp932", "Shift_JIS"),
    ("ja", "euc_jp", "euc-jp"),
    ("ko", "euc_kr", "ks_c_5601-1987"),
    ("ko", "cp949", "euc-kr"),
    ("zh", "gbk", "gb2312"),
    ("zh", "gb18030", "gbk"),
    ("zh-TW", "big5", "big5"),
]
IDS = [f"{language}-{codec}-{label}" for language, codec, label in WRITTEN]
#: What a detector tells without any help; the others need the page's language.
DETECTED = [
    (language, codec)
    for language, codec, _ in WRITTEN
    if (language, codec) not in {("es", "iso8859-15"), ("lt", "cp1257"), ("uk", "cp1251")}
]


def page(text: str, head: str = "", lang: str = "") -> str:
    attribute = f' lang="{lang}"' if lang else ""
    body = f"<p>{text}</p>\n" * 3
    return f"<!DOCTYPE html><html{attribute}><head>{head}<title>News</title></head><body>{body}</body></html>"


def declared(label: str) -> dict[str, str]:
    """A head that names `label`, in each of the ways pages do."""
    return {
        "charset": f"<meta charset={label}>",
        "quoted": f"<META CharSet = '{label}' />",
        "http-equiv": f'<meta http-equiv="Content-Type" content="text/html; charset={label}">',
        "after others": f'<meta name="viewport" content="width=device-width"><meta charset="{label}">',
        "after a comment": f'<!-- <meta charset="utf-8"> --><meta charset="{label}">',
        "after an unknown": f'<meta charset="no-such"><meta charset="{label}">',
    }


@pytest.mark.parametrize(("language", "codec", "label"), WRITTEN, ids=IDS)
def test_a_page_is_read_as_its_meta_tag_says(language: str, codec: str, label: str) -> None:
    for way, head in declared(label).items():
        text = page(TEXTS[language], head)
        got = decode(text.encode(codec))
        assert (way, got.text, got.source) == (way, text, "meta")


@pytest.mark.parametrize(("language", "codec", "label"), WRITTEN, ids=IDS)
def test_a_header_goes_before_the_meta_tag(language: str, codec: str, label: str) -> None:
    text = page(TEXTS[language], "<meta charset=utf-8>")
    for header in (f"text/html; charset={label}", f'text/html;CHARSET="{label.upper()}"; x=y'):
        got = decode(text.encode(codec), content_type=header)
        assert (got.text, got.source) == (text, "header")


@pytest.mark.parametrize(("language", "codec", "label"), WRITTEN, ids=IDS)
def test_what_the_caller_gives_goes_before_header_and_meta_tag(language: str, codec: str, label: str) -> None:
    text = page(TEXTS[language], "<meta charset=utf-8>")
    got = decode(text.encode(codec), codec, "text/html; charset=utf-8")
    assert got == Decoded(text, codecs.lookup(codec).name, "given")


@pytest.mark.parametrize(("language", "codec", "label"), WRITTEN, ids=IDS)
@pytest.mark.parametrize("wrong", ["utf-8", "utf-16", "no-such-encoding", ""])
def test_a_page_that_lies_is_read_by_its_language(language: str, codec: str, label: str, wrong: str) -> None:
    text = page(TEXTS[language], f"<meta charset='{wrong}'>", language)
    if codec == "iso8859-15":  # the same letters
        codec = "cp1252"
    for header in (None, "text/html", f"text/html; charset={wrong}"):
        got = decode(text.encode(codec), content_type=header)
        assert (got.text, got.source) == (text, "detected")


@pytest.mark.parametrize(("language", "codec"), DETECTED)
def test_a_page_that_says_nothing_is_detected(language: str, codec: str) -> None:
    text = page(TEXTS[language])
    got = decode(text.encode(codec))
    assert (got.text, got.source) == (text, "detected")


@pytest.mark.parametrize("language", ["ru", "el", "he", "ar", "ja", "ko", "zh"])
def test_latin_1_is_not_believed_of_another_script(language: str) -> None:
    text = page(TEXTS[language], "<meta charset=iso-8859-1>")
    codec = _BY_TONGUE[language][0]
    got = decode(text.encode(codec), content_type="text/html; charset=iso-8859-1")
    assert (got.text, got.source) == (text, "detected")


@pytest.mark.parametrize("language", sorted(TEXTS))
@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "ISO_8859-1", "us-ascii"])
def test_latin_1_in_a_header_is_not_believed_of_utf_8(language: str, label: str) -> None:
    for text in (TEXTS[language], page(TEXTS[language], f"<meta charset={label}>")):
        got = decode(text.encode(), content_type=f"text/html; charset={label}")
        assert got == Decoded(text, "utf-8", "utf-8")


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252"])
def test_latin_1_in_a_header_is_believed_of_ascii_and_of_itself(label: str) -> None:
    for text in (page("Rain fell."), page(TEXTS["de"]), "Ré", "Ã é"):
        got = decode(text.encode("cp1252"), content_type=f"text/html; charset={label}")
        assert got == Decoded(text, "cp1252", "header")


@pytest.mark.parametrize("label", ["gb2312", "big5", "shift_jis", "euc-jp", "euc-kr"])
def test_pairs_of_bytes_are_not_believed_of_accented_letters(label: str) -> None:
    text = page(TEXTS["fr"], f"<meta charset={label}>")
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("language", sorted(TEXTS))
@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "gb2312", "shift_jis", "utf-16", "utf-8"])
def test_a_page_recoded_to_utf_8_is_read_so_whatever_its_meta_tag_says(language: str, label: str) -> None:
    text = page(TEXTS[language], f"<meta charset={label}>")
    assert decode(text.encode()) == Decoded(text, "utf-8", "utf-8")
    assert decode(text.encode(), content_type="text/html; charset=UTF-8") == Decoded(text, "utf-8", "header")


@pytest.mark.parametrize("label", ["iso-8859-1", "gb2312", "utf-8", "iso-2022-jp", "utf-7", "hz-gb-2312"])
def test_plain_ascii_is_utf_8(label: str) -> None:
    text = page("Rain fell all day.", f"<meta charset={label}>")
    assert decode(text.encode()) == Decoded(text, "utf-8", "utf-8")


@pytest.mark.parametrize(
    ("language", "codec", "label", "unsaid"),
    [
        ("ja", "iso2022_jp", "iso-2022-jp", "detected"),
        ("ko", "iso2022_kr", "iso-2022-kr", "detected"),
        ("zh", "hz", "hz-gb-2312", "utf-8"),
        ("ru", "utf-7", "utf-7", "utf-8"),
    ],
)
def test_ascii_bytes_that_mean_other_letters_are_read(
    language: str, codec: str, label: str, unsaid: Source
) -> None:
    said = page(TEXTS[language], f"<meta charset={label}>")
    said_bytes = said.encode().replace(TEXTS[language].encode(), TEXTS[language].encode(codec))
    assert decode(said_bytes)[::2] == (said, "meta")
    assert decode(page(TEXTS[language]).encode(codec)).source == unsaid


@pytest.mark.parametrize("tail", [b"\x1b$B!", b"\x1b$)C\x0e!", b"\x1b$"])
def test_a_stray_escape_in_ascii_text_is_no_encoding(tail: bytes) -> None:
    assert decode(b"<p>Rain fell. " + tail).source == "utf-8"


@pytest.mark.parametrize("label", ["windows-1251", "koi8-r", "shift_jis"])
def test_an_xml_declaration_names_the_encoding(label: str) -> None:
    language = "ja" if label == "shift_jis" else "ru"
    text = f'<?xml version="1.0" encoding="{label}"?>\n{page(TEXTS[language])}'
    got = decode(text.encode(label))
    assert (got.text, got.source) == (text, "meta")


def test_a_meta_tag_goes_before_the_xml_declaration() -> None:
    text = '<?xml version="1.0" encoding="utf-8"?>' + page(TEXTS["ru"], "<meta charset=koi8-r>")
    assert decode(text.encode("koi8-r"))[::2] == (text, "meta")


@pytest.mark.parametrize(
    "head",
    [
        "<!-- <meta charset=koi8-r> -->",
        '<meta name="x" data-charset="koi8-r">',
        "<meta name=charset content=koi8-r>",
        " " * 5000 + "<meta charset=koi8-r>",
    ],
)
def test_what_is_no_declaration_is_not_taken_for_one(head: str) -> None:
    text = page(TEXTS["ru"], head)
    assert decode(text.encode("cp1251"))[::2] == (text, "detected")


@pytest.mark.parametrize("language", ["de", "ru", "ja", "zh"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("label", ["utf-8", "utf-16", "iso-8859-1"])
def test_utf_16_and_utf_32_are_known_by_their_nul_bytes(language: str, codec: str, label: str) -> None:
    text = page(TEXTS[language], f"<meta charset={label}>")
    got = decode(text.encode(codec), content_type=f"text/html; charset={label}")
    assert got == Decoded(text, codec, "detected")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_wins_and_is_left_out(codec: str) -> None:
    text = page(TEXTS["ru"], "<meta charset=koi8-r>")
    got = decode(("\ufeff" + text).encode(codec), "cp1252", "text/html; charset=big5")
    assert got == Decoded(text, codec, "bom")


def test_utf_16_that_starts_with_a_nul_is_not_taken_for_utf_32() -> None:
    text = "\0" + page(TEXTS["ru"])
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == Decoded(text, "utf-16-le", "bom")


@pytest.mark.parametrize("language", sorted(TEXTS))
@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1"])
def test_utf_8_with_a_few_broken_bytes_stays_utf_8(language: str, label: str) -> None:
    text = page(TEXTS[language] * 5, f"<meta charset={label}>")
    data = text.encode()
    middle = data.index(b"</p>")
    cases = {
        "cut": (data + "é".encode()[:1], text + "\ufffd"),
        "stray": (data[:middle] + b"\xff" + data[middle:], text.replace("</p>", "\ufffd</p>", 1)),
    }
    for broken, want in cases.values():
        assert decode(broken) == Decoded(want, "utf-8", "replaced")
        assert decode(broken, content_type="text/html; charset=utf-8").text == want


def test_damage_far_into_a_long_page_does_not_hide_that_it_is_utf_8() -> None:
    text = page(TEXTS["ru"] * 5000)
    assert decode(text.encode() + b"\xd0").text == text + "\ufffd"


@pytest.mark.parametrize("text", ["café", "José said", "“Yes”, he said", "It’s 5 £", "© 2024 Valley News"])
def test_a_handful_of_letters_is_western_and_no_broken_utf_8(text: str) -> None:
    assert decode(f"<p>{text}".encode("cp1252")) == Decoded(f"<p>{text}", "cp1252", "detected")


@pytest.mark.parametrize("ascii_part", [" ", "x", "x<p>", "x\n"])
def test_text_after_much_ascii_is_still_seen(ascii_part: str) -> None:
    text = ascii_part * 200_000 + TEXTS["ru"] * 5
    assert decode(text.encode("cp1251")).text == text


@pytest.mark.parametrize(
    ("label", "byte", "letter"),
    [
        ("iso-8859-1", b"\x93", "“"),
        ("us-ascii", b"\x80", "€"),
        ("iso-8859-9", b"\x80", "€"),
        ("tis-620", b"\x85", "…"),
        ("gb2312", "镕".encode("gbk"), "镕"),
        ("shift_jis", b"\x87\x40", "①"),
        ("euc-jp", b"\xad\xa1", "①"),
        ("euc-kr", "똠".encode("cp949"), "똠"),
        ("big5", "啫".encode("big5hkscs"), "啫"),
    ],
)
def test_a_label_means_the_superset_that_pages_use(label: str, byte: bytes, letter: str) -> None:
    assert decode(byte, content_type=f"text/html; charset={label}").text == letter


def test_all_labels_name_codecs_by_pythons_own_names() -> None:
    known = {*_CODECS.values(), *(codec for row in _BY_TONGUE.values() for codec in row)}
    assert {codec: codecs.lookup(codec).name for codec in known} == {codec: codec for codec in known}
    assert [label for label in _CODECS if re.search(r"[^a-z0-9]", label)] == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "no-such",
        "hex",
        "rot13",
        "zlib",
        "idna",
        "punycode",
        "undefined",
        "a\0b",
        "ü",
        "\ud800",
        "x" * 999,
    ],
)
@pytest.mark.parametrize("html", ["<p>Rain", b"<p>Rain", codecs.BOM_UTF8])
def test_an_unknown_encoding_is_named(html: bytes | str, name: str) -> None:
    with pytest.raises(DataFormatError) as caught:
        decode(html, name)
    assert str(caught.value) == f"expected an encoding Python knows, got {name!r}"
    assert isinstance(caught.value, (NewscleanError, ValueError))


@pytest.mark.parametrize(("html", "kind"), [(None, "NoneType"), (7, "int"), (["<p>"], "list")])
def test_anything_but_bytes_and_str_is_refused(html: object, kind: str) -> None:
    with pytest.raises(TypeError, match=f"^expected bytes or str, got {kind}$"):
        decode(html)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_all_kinds_of_bytes_are_read_alike(kind: type) -> None:
    assert decode(kind("<p>Zürich".encode())) == Decoded("<p>Zürich", "utf-8", "utf-8")


@given(any_text, st.sampled_from([None, "utf-8", "cp1252"]))
@example("\ufeff<p>", None)
@example("a\0\ud800", "utf-8")
def test_a_str_comes_through_unchanged_but_for_its_mark(text: str, encoding: str | None) -> None:
    bare = text.removeprefix("\ufeff")
    assert decode(text, encoding, "text/html; charset=big5") == Decoded(bare, "", "str")


@given(st.data(), st.sampled_from(sorted({*_CODECS.values(), "latin-1", "utf-16", "utf-32", "utf-8-sig"})))
def test_what_a_codec_wrote_it_reads(data: st.DataObject, codec: str) -> None:
    text = data.draw(st.text(st.characters(codec="utf-8"), max_size=40))
    text = text.encode(codec, "ignore").decode(codec, "ignore")  # the letters that it has
    written = text.encode(codec, "ignore")
    assume(written.decode(codec, "replace") == text)  # not so for escape bytes, which mean something
    assume(not text.startswith(("\0", "\ufeff")))
    assume(
        codec in {"utf-16", "utf-32", "utf-8-sig"} or not re.match(b"\xef\xbb\xbf|\xff\xfe|\xfe\xff", written)
    )
    assert decode(written, codec).text == text


some_bytes = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    row.encode(codec, "ignore")
                    for row in TEXTS.values()
                    for codec in ("cp1251", "gbk", "utf-8")
                ]
            ),
            st.sampled_from([f"<meta charset={label}>".encode() for label in _CODECS]),
            st.sampled_from(
                [
                    b"\x1b$B",
                    b"\x1b$)C",
                    b"~{",
                    b"+",
                    b"\0",
                    b"<",
                    b">",
                    b"<!--",
                    b"\xff\xfe",
                    b"<html lang=zh-tw>",
                ]
            ),
            st.binary(max_size=6),
        ),
        max_size=8,
    ).map(b"".join),
)


@given(
    some_bytes, st.one_of(st.none(), any_text, st.sampled_from([f"x; charset={label}" for label in _CODECS]))
)
def test_no_bytes_and_no_header_raise(data: bytes, content_type: str | None) -> None:
    got = decode(data, content_type=content_type)
    assert got.source in {"bom", "header", "meta", "utf-8", "detected", "replaced"}
    assert codecs.lookup(got.encoding).name == got.encoding


@given(some_bytes, st.sampled_from(sorted({*_CODECS.values(), "utf-16", "raw_unicode_escape"})))
def test_no_bytes_raise_under_a_given_encoding(data: bytes, encoding: str) -> None:
    assert decode(data, encoding).source in {"given", "bom"}


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_utf_8_is_always_known(text: str) -> None:
    assume("\0" not in text and "\x1b" not in text and not text.startswith("\ufeff"))
    assert decode(text.encode()) == Decoded(text, "utf-8", "utf-8")
