from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from newsclean.categories import CATEGORIES
from newsclean.document import may_score, read_document
from newsclean.errors import DataFormatError
from newsclean.training.rows import BITS, KINDS, Rows, make_rows
from newsclean.training.texts import JUNK, TrainingText, flattened, written_texts
from strategies import FIXTURES

STORY = (
    "Rain fell all day in the valley, and the mayor said that it would not stop before Sunday.",
    "Two bridges were closed in the night because of the water, and a third one may follow soon.",
    "Schools stay open, said the council, but buses will leave an hour later than the timetable has it.",
    "Farmers along the lower river were told to bring their animals up to the hills before it was dark.",
    "The last flood of this size was thirty years ago, when the mill was lost and never built again.",
)
MARKS = {"junk": JUNK, "reply": "comment_template", "photo": "caption", "embed": "embed"}


def marked(*lines: str, ident: str = "pages/a/x", end: str = "\n") -> TrainingText:
    """A text of the story and `lines`; what stands in [kind: …] is a span, in [open: …] unknown."""
    text, spans, unknown = "", [], []
    for line in (*STORY, *lines):
        for number, piece in enumerate(line.replace("]", "[").split("[")):
            start = len(text)
            if number % 2:
                kind, _, bare = piece.partition(": ")
                text += bare
                if kind == "open":
                    unknown.append((start, len(text)))
                else:
                    spans.append((start, len(text), MARKS[kind]))
            else:
                text += piece
        text += end
    return TrainingText(ident, "en", "valley.example", text, tuple(spans), tuple(unknown), True)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are read once for all tests of this file."""
    monkeypatch.setattr("newsclean.training.rows.ProcessPoolExecutor", lambda _: ThreadPoolExecutor(1))


def last(text: TrainingText) -> tuple[float, float, int, str, bool]:
    """Junk, unknown, size, kind and clear of the last line."""
    rows = make_rows([text])
    kind = int(rows.kind[-1])
    name = KINDS[kind] if kind >= 0 else ""
    return float(rows.junk[-1]), float(rows.unknown[-1]), int(rows.size[-1]), name, bool(rows.clear[-1])


LINES = {
    "article": ("The river rose.", (0, 0, 13, "", True)),
    "junk without a name": ("[junk: Read on]", (1, 0, 6, "", True)),
    "junk of a category": ("[reply: Leave a Reply]", (1, 0, 11, "comment_template", True)),
    "an embed stays": ("[embed: Rain, rain, rain]", (0, 0, 14, "", True)),
    "unknown": ("[open: Valley Herald]", (0, 1, 12, "", False)),
    "half of it junk": ("[photo: Photo]Rains", (0.5, 0, 10, "caption", False)),
    "half of it unknown": ("[open: Photo]Rains", (0, 0.5, 10, "", False)),
    "more of one category than of another": ("[photo: Rain fell] [reply: Reply]", (1, 0, 13, "caption", True)),
    "a name for a part of the junk": ("[photo: Photo][junk: Rains]", (1, 0, 10, "caption", True)),
    "junk but for a mark": ("[junk: Read on now for]…", (pytest.approx(12 / 13), 0, 13, "", True)),
}  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", " \u200b\n"])
@pytest.mark.parametrize("name", LINES)
def test_a_line_is_what_its_characters_are(name: str, end: str) -> None:
    line, expected = LINES[name]
    assert last(marked(line, end=end)) == expected


def test_lines_come_in_order_and_each_knows_its_text() -> None:
    texts = [marked("[junk: Menu]", ident="pages/a/x"), marked(ident="pages/b/x")]
    rows = make_rows(texts)
    assert list(rows.text) == [0] * 6 + [1] * 5
    assert list(rows.junk) == [0] * 5 + [1] + [0] * 5
    assert rows.ids == ["pages/a/x", "pages/b/x"]
    assert rows.sites == ["valley.example"] * 2
    assert rows.langs == ["en"] * 2
    assert rows.by_hand.tolist() == [True, True]


def test_texts_too_short_to_be_scored_are_left_out() -> None:
    short = TrainingText("pages/b/x", "en", "hill.example", "Rain fell.\nMenu", ())
    rows = make_rows([short, marked(), short])
    assert (rows.ids, rows.sites, len(rows.junk)) == (["pages/a/x"], ["valley.example"], 5)


def test_texts_that_are_all_too_short_are_named() -> None:
    with pytest.raises(DataFormatError, match="five lines"):
        make_rows([TrainingText("b", "en", "s", "Rain fell.\nMenu", ())])


def test_sentences_of_a_long_line_are_rows() -> None:
    text = flattened(marked("Read on now.", *STORY, *STORY, "[junk: Read on now.]"))
    rows = make_rows([text])
    assert len(rows.junk) == 17
    assert list(rows.junk) == [0] * 16 + [1]


def test_rules_have_their_say_in_the_signs() -> None:
    rows = make_rows([marked("[reply: Leave a Reply]")])
    assert rows.signs.surety[-1] > 0
    assert tuple(CATEGORIES)[rows.signs.category[-1]] == "comment_template"
    assert not rows.signs.surety[:5].any()


@pytest.fixture(scope="module")
def fixtures() -> tuple[list[TrainingText], Rows]:
    texts = [
        text
        for lang in ("de", "ja", "hi", "ko")
        for text in written_texts(FIXTURES / "documents" / f"{lang}.jsonl")
    ]
    used = [text for text in texts if may_score(read_document(text.text))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsclean.training.rows.ProcessPoolExecutor", lambda _: ThreadPoolExecutor(1))
        return used, make_rows(texts)


def test_each_character_of_a_span_is_counted(fixtures: tuple[list[TrainingText], Rows]) -> None:
    texts, rows = fixtures
    junk = np.bincount(rows.text, rows.junk * rows.size)
    size = np.bincount(rows.text, rows.size)
    for number, text in enumerate(texts):
        spans = [text.text[a:b] for a, b, kind in text.spans if kind != "embed"]
        assert junk[number] == pytest.approx(len("".join("".join(spans).split())))
        assert size[number] == len("".join(text.text.split()))


def test_a_word_counts_once_a_line(fixtures: tuple[list[TrainingText], Rows]) -> None:
    _, rows = fixtures
    pairs = list(zip(rows.line.tolist(), rows.bucket.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs) > len(rows.junk)
    assert set(rows.line) == set(range(len(rows.junk)))
    assert rows.bucket.min() >= 0
    assert rows.bucket.max() < 1 << BITS


def test_there_is_a_kind_for_each_category_that_is_removed() -> None:
    assert tuple(name for name, category in CATEGORIES.items() if category.default == "remove") == KINDS
