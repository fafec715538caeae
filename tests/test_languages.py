from __future__ import annotations

import pytest

from newsclean.languages import text_languages

SENTENCES = {
    "de": "Der Bundestag hat am Donnerstag nach langer Debatte ein neues Gesetz beschlossen.",
    "fr": "Le gouvernement a annoncé jeudi une nouvelle loi après un long débat à l'Assemblée.",
    "es": "El gobierno anunció el jueves una nueva ley tras un largo debate en el Congreso.",
    "pt": "O governo anunciou na quinta-feira uma nova lei depois de um longo debate.",
    "it": "Il governo ha annunciato giovedì una nuova legge dopo un lungo dibattito.",
    "nl": "De regering heeft donderdag na een lang debat een nieuwe wet aangekondigd.",
    "pl": "Rząd ogłosił w czwartek nową ustawę po długiej debacie w Sejmie.",
    "tr": "Hükümet perşembe günü uzun bir tartışmanın ardından yeni bir yasa açıkladı.",
    "id": "Pemerintah mengumumkan undang-undang baru pada hari Kamis setelah perdebatan panjang.",
    "vi": "Chính phủ đã công bố một luật mới vào thứ Năm sau một cuộc tranh luận dài.",
    "sv": "Regeringen presenterade på torsdagen en ny lag efter en lång debatt i riksdagen.",
    "no": "Regjeringen la torsdag fram en ny lov etter en lang debatt i Stortinget.",
    "da": "Regeringen fremlagde torsdag en ny lov efter en lang debat i Folketinget.",
    "fi": "Hallitus esitteli torstaina uuden lain pitkän keskustelun jälkeen.",
    "cs": "Vláda ve čtvrtek po dlouhé debatě představila nový zákon.",
    "hu": "A kormány csütörtökön hosszú vita után új törvényt jelentett be.",
    "ro": "Guvernul a anunțat joi o lege nouă după o dezbatere lungă în parlament.",
    "ru": "Правительство объявило в четверг о новом законе после долгих споров.",
    "uk": "Уряд оголосив у четвер про новий закон після тривалих дебатів.",
    "el": "Η κυβέρνηση ανακοίνωσε την Πέμπτη νέο νόμο έπειτα από μακρά συζήτηση.",
    "ar": "أعلنت الحكومة يوم الخميس قانونا جديدا بعد نقاش طويل.",
    "fa": "دولت روز پنجشنبه پس از بحثی طولانی قانون تازه‌ای را اعلام کرد.",
    "ur": "حکومت نے جمعرات کو طویل بحث کے بعد نیا قانون پیش کیا۔",
    "he": "הממשלה הודיעה ביום חמישי על חוק חדש לאחר דיון ארוך.",
    "hi": "सरकार ने गुरुवार को लंबी बहस के बाद एक नए कानून की घोषणा की।",
    "bn": "সরকার বৃহস্পতিবার দীর্ঘ বিতর্কের পর একটি নতুন আইন ঘোষণা করেছে।",
    "zh": "政府周四在长时间辩论后宣布了一项新法律。",
    "ja": "政府は木曜日、長い議論の末に新しい法律を発表した。",
    "ko": "정부는 목요일 긴 논의 끝에 새 법을 발표했다.",
}


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_a_sentence_brings_its_languages_rules_and_english(language: str) -> None:
    found = text_languages(SENTENCES[language])
    assert {language, "en"} <= set(found)
    assert list(found) == sorted(found)


def test_a_foreign_line_brings_the_rules_of_its_script() -> None:
    assert "ar" in text_languages("The minister spoke on Monday in the capital.\nاضافة اعلان")


@pytest.mark.parametrize("text", ["", "123", "\x00\x01", "\ud800", "…", "a\ufffeb\uffff"])
def test_text_without_a_language_runs_english_only(text: str) -> None:
    assert text_languages(text) == ("en",)


def test_furniture_at_the_ends_of_a_long_text_does_not_hide_its_language() -> None:
    text = "Skip to content. " * 20 + SENTENCES["de"] * 80 + " Share on Facebook" * 20
    assert "de" in text_languages(text)
