from __future__ import annotations

import math

import pytest
from line_features import shape_of, table_and_words

from newsclean.scoring.shapes import shape_columns

#: By script: a sentence of running text, its words (characters of scripts without blanks) and a button.
SCRIPTS = {
    "Latin": ("Der Rat traf sich am Dienstag und beschloss, das Dach zu flicken.", 12, "Weiterlesen"),
    "Cyrillic": ("Совет собрался во вторник вечером и решил починить крышу старой библиотеки.", 11, "Читать"),
    "Arabic": (
        "اجتمع المجلس مساء الثلاثاء واتفق على إصلاح سقف المكتبة القديمة قبل الشتاء.",
        12,
        "اقرأ المزيد",
    ),
    "Urdu": ("کونسل نے منگل کی شام پرانی لائبریری کی چھت کی مرمت پر اتفاق کیا۔", 14, "مزید پڑھیں"),
    "Devanagari": ("परिषद ने मंगलवार शाम को बैठक की और छत ठीक करने पर सहमति दी।", 14, "और पढ़ें"),
    "Chinese": ("市议会周二晚上开会，同意在冬天来临之前修缮旧图书馆的屋顶。", 27, "阅读更多"),
    "Japanese": ("市議会は火曜日の夜に会合を開き、図書館の屋根を修理することに合意した。", 33, "続きを読む"),
}
SCRIPTS |= {
    "Korean": (
        "시의회는 화요일 저녁에 모여 겨울이 오기 전에 낡은 도서관 지붕을 고치기로 했다.",
        12,
        "더 보기",
    ),
    "Hebrew": ("המועצה נפגשה ביום שלישי בערב והסכימה לתקן את גג הספרייה הישנה.", 11, "קרא עוד"),
}
UNSPACED = ("Chinese", "Japanese")
CASED = ("Latin", "Cyrillic")
THAI = "สภาประชุมเมื่อเย็นวันอังคารและตกลงที่จะซ่อมแซมหลังคาห้องสมุดเก่าก่อนฤดูหนาวจะมาถึงในปีนี้ตามที่นายกเทศมนตรีกล่าว"

scripts = pytest.mark.parametrize("script", SCRIPTS)


@scripts
def test_words_are_counted_in_each_script(script: str) -> None:
    text, words, _ = SCRIPTS[script]
    expected = words / 2.2 if script in UNSPACED else words
    shape = shape_of(text)
    assert shape["words"] == pytest.approx(math.log1p(expected), rel=1e-6)
    assert shape["size"] == pytest.approx(math.log1p(len(text)), rel=1e-6)


@scripts
def test_a_sentence_is_prose_and_a_button_is_none_in_each_script(script: str) -> None:
    sentence, _, button = SCRIPTS[script]
    assert (shape_of(sentence)["prose"], shape_of(sentence)["ends_sentence"]) == (1, 1)
    assert (shape_of(button)["prose"], shape_of(button)["ends_sentence"]) == (0, 0)
    assert shape_of(button)["ends_letter"] == 1


@scripts
def test_letters_are_of_their_kind_of_script(script: str) -> None:
    shape = shape_of(SCRIPTS[script][2].replace(" ", ""))
    kind = (shape["caseless"], shape["unspaced"])
    assert kind == ((0, 0) if script in CASED else (0, 1) if script in UNSPACED else (1, 0))
    assert shape["letters"] == 1


def test_thai_without_a_full_stop_is_prose_by_its_length() -> None:
    shape = shape_of(THAI)
    assert shape["unspaced"] == 1
    assert shape["words"] == pytest.approx(math.log1p(len(THAI) / 2.2), rel=1e-6)
    assert (shape["prose"], shape["ends_sentence"]) == (1, 0)
    assert shape_of("อ่านเพิ่มเติม")["prose"] == 0


def test_a_sentence_of_few_words_is_no_prose() -> None:
    assert shape_of("They all went home by the bridge.")["prose"] == 0
    assert shape_of("They all went home by the old bridge.")["prose"] == 1


def test_a_cut_off_teaser_is_prose_only_by_its_length() -> None:
    words = "they all went home by the old bridge and sang"
    assert shape_of(f"{words}...")["prose"] == shape_of(f"{words}…")["prose"] == 0
    assert shape_of(" ".join([words] * 4))["prose"] == 1


ENDS = ("ends_sentence", "ends_open", "ends_colon", "ends_letter", "ends_digit", "ends_bracket")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("It rained.", "ends_sentence"),
        ("Did it rain?", "ends_sentence"),
        ('He said: "It rained."', "ends_sentence"),
        ("(It rained!)", "ends_sentence"),
        ("下雨了。", "ends_sentence"),
        ("下雨了。」", "ends_sentence"),
        ("बारिश हुई।", "ends_sentence"),
        ("هل هطل المطر؟", "ends_sentence"),
        ("It rained...", "ends_open"),
        ("It rained…", "ends_open"),
        ("It rained,", "ends_open"),
        ("هطل المطر،", "ends_open"),
        ("Comments:", "ends_colon"),
        ("评论：", "ends_colon"),
        ("Close", "ends_letter"),
        ("إغلاق", "ends_letter"),
        ("ปิด", "ends_letter"),
        ("Page 3", "ends_digit"),
        ("الصفحة ٣", "ends_digit"),
        ("Close (3)", "ends_bracket"),
        ("Close [x]", "ends_bracket"),
        ("Close |", ""),
        ('"Close"', ""),
    ],
)
def test_a_line_ends_in_one_way(line: str, expected: str) -> None:
    shape = shape_of(line)
    assert [name for name in ENDS if shape[name]] == ([expected] if expected else [])


@pytest.mark.parametrize("line", ['(He said: "It rained.")', 'He said: "(It rained.)"'])
def test_a_sentence_may_end_in_two_closing_marks(line: str) -> None:
    assert shape_of(line)["ends_sentence"] == 1


BEGINNINGS = {name for name in shape_of("x") if name.startswith("begins_")}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("by Jane", "begins_lower"),
        ("By Jane", "begins_upper"),
        ("Юг", "begins_upper"),
        ("3 Comments", "begins_digit"),
        ("٣ تعليقات", "begins_digit"),
        ("“Rain”", "begins_quote"),
        ("「雨」", "begins_quote"),
        ("- one", "begins_mark"),
        ("• one", "begins_mark"),
        ("→ more", "begins_mark"),
        ("$5", "begins_mark"),
        ("(Photo)", "begins_bracket"),
        ("【独家】", "begins_bracket"),
        ("北京", ""),
        ("#rain", ""),
    ],
)
def test_a_line_begins_in_one_way(line: str, expected: str) -> None:
    shape = shape_of(line)
    assert [name for name in BEGINNINGS if shape[name]] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("Jane Doe met them in Rome", "initials", 3 / 6),
        ("Совет в Москве", "initials", 2 / 3),
        ("ADVERTISEMENT", "capitals", 1),
        ("BBC news in UK 2", "capitals", 2 / 5),
        ("I saw A", "capitals", 0),
        ("12 of 30 read", "numbers", 2 / 4),
        ("صفحة ٣", "numbers", 1 / 2),
        ("it is an old bridge 7", "short_words", 4 / 6),
        ("Read more", "word_length", 4),
        ("ab, c", "letters", 3 / 5),
        ("Oh! No? Yes.", "enders", 3),
        ("好。坏？", "enders", 2),
        ("May 3, 2024", "year", 1),
        ("May 3, 24", "year", 0),
        ("May ٢٠٢٤", "year", 1),
        ("abcd 12345", "year", 0),
        ("10:15 and 11:20:05", "clock", 3),
        ("Rain: 5", "clock", 0),
        ("see www.example.com", "domain", 2),
        ("It rained. Then", "domain", 0),
        ("@jane #rain © 50%", "marks", 4),
        ("jane at rain", "marks", 0),
        ("a1 23", "share_digit", 3 / 5),
        ("a, b،", "share_comma", 2 / 5),
        ("«a» 'b'", "share_quote", 4 / 7),
        ("a-b—c", "share_dash", 2 / 5),
        ("a|b/c•", "share_divider", 3 / 6),
        ("(a) [b]", "share_bracket", 4 / 7),
        ("a: b;", "share_colon", 2 / 5),
        ("5€ 😀", "share_symbol", 2 / 4),
    ],
)
def test_a_column_says_what_the_line_looks_like(line: str, column: str, expected: float) -> None:
    assert shape_of(line)[column] == pytest.approx(expected, rel=1e-6)


def test_the_shape_of_a_line_does_not_depend_on_its_neighbours() -> None:
    lines = ["10:15", "x", "...", "©", '."', *(text for text, _, _ in SCRIPTS.values()), "1:2"]
    table, words = table_and_words("\n\n".join(lines), *lines)
    columns = shape_columns(table, words)
    for at, line in enumerate(lines * 2):
        assert {name: float(column[at]) for name, column in columns.items()} == shape_of(line), line
