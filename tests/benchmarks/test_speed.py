from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from page_folder import make_folder, one_extractor

import speed_memory
from newsclean.native.loading import kernel
from newsclean.rules.compiling import compile_pack, read_rules
from newsclean.rules.phrases import parse_phrase, wordings
from newsclean.rules.rule import Rule
from newsclean.rules.ruleset import DATA, pack_files
from rule_helpers import rule
from speed import main
from speed_clock import exponent, in_turns
from speed_growth import growth_over_length
from speed_kernel import LANGUAGES
from speed_memory import measured
from speed_mixes import DUMPS, MESSY, TIDY, byte_size, data_mixes, fixture_mixes, joined, near
from speed_peers import HYPERSCAN, plain_works
from speed_phases import PHASES, Given
from speed_rules import altered_expression, altered_phrase, pack_toml, varied

__all__ = ["one_extractor"]

STORY = "Rain fell all day in the valley, and the mayor said that it would not stop before Sunday."
LONG = "\n".join([STORY, "The river rose by two metres in one night.", "Leave a Reply"] * 8)


class Clock:
    """CPU time that passes only in work."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        monkeypatch.setattr("speed_clock.time.process_time", lambda: self.now)

    def work(self, seconds: float) -> None:
        self.now += seconds


def test_work_is_taken_in_turns_with_the_yardstick(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    order: list[str] = []

    def doing(name: str, seconds: float) -> None:
        order.append(name)
        clock.work(seconds)

    works = {"a": lambda: doing("a", 3.0), "b": lambda: doing("b", 8.0)}
    timed = in_turns(works, lambda: doing("yard", 2.0), rounds=2)
    assert order[-8:] == ["yard", "a", "yard", "b"] * 2
    assert (timed["a"].seconds, timed["a"].ratio, timed["b"].ratio) == (3.0, 1.5, 4.0)


def test_work_that_is_done_soon_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    calls = 0

    def soon() -> None:
        nonlocal calls
        calls += 1
        clock.work(0.001)

    timed = in_turns({"soon": soon}, lambda: clock.work(1.0), rounds=1, least=0.1)
    assert calls == 2 + 100
    assert timed["soon"].seconds == pytest.approx(0.001)


@pytest.mark.parametrize(("power", "sizes"), [(1.0, [1, 10, 100]), (2.0, [5, 7, 1000]), (0.0, [1, 2])])
def test_an_exponent_is_the_slope_of_the_logarithms(power: float, sizes: list[float]) -> None:
    assert exponent(sizes, [3 * size**power for size in sizes]) == pytest.approx(power)


def test_one_size_has_no_exponent() -> None:
    assert exponent([10], [1]) is None


def test_mixes_of_the_fixtures_are_drawn_by_seed() -> None:
    mixes = fixture_mixes(0.01, seed=1)
    assert [mix.name for mix in mixes] == [TIDY, MESSY, DUMPS]
    assert all(0.01 <= mix.megabytes < 0.02 for mix in mixes)
    assert fixture_mixes(0.01, seed=1) == mixes
    assert fixture_mixes(0.01, seed=2) != mixes


@pytest.mark.usefixtures("one_extractor")
def test_mixes_of_data_are_gold_texts_and_what_is_extracted(tmp_path: Path) -> None:
    make_folder(tmp_path / "pages" / "set")
    mixes = {mix.name: mix for mix in data_mixes(tmp_path, 9, None, 1.0, seed=1)}
    assert set(mixes[TIDY].texts) == {STORY}
    assert f"{STORY}\nLeave a Reply" in mixes[MESSY].texts
    assert f"{STORY}\nLeave a Reply" in mixes[DUMPS].texts
    assert "plain on 5 pages of set" in mixes[MESSY].source


@pytest.mark.parametrize("one_line", [True, False])
@pytest.mark.parametrize("size", [10, 500, 20_000])
def test_a_long_text_has_its_size_and_lines_that_differ(size: int, one_line: bool) -> None:
    text = joined([f"{STORY}\n{LONG}", "Zürich lies on a lake."], size, one_line=one_line)
    assert size - 3 <= byte_size(text) <= size
    assert ("\n" in text) is (not one_line and size > 100)
    if size > 10_000 and not one_line:
        firsts = [line for line in text.split("\n") if line.startswith("Rain")]
        assert len(set(firsts)) > len(firsts) / 2
    assert text == joined([f"{STORY}\n{LONG}", "Zürich lies on a lake."], size, one_line=one_line)


def test_a_text_of_a_size_is_one_article_where_there_is_one() -> None:
    assert near(["Rain.", STORY], len(STORY) + 2) == STORY
    assert byte_size(near(["Rain.", STORY], 1000)) == 1000


def test_every_phase_runs_over_texts_of_all_sorts() -> None:
    given = Given([LONG, "", "Rain.", "\ud800 雨が降った。", STORY * 40])
    for phase in PHASES:
        if not phase.kernel:
            work = phase.make(given)
            work()
            work()  # nothing is used up


def test_scores_come_from_the_scorer_again_after_the_decisions_were_timed() -> None:
    from newsclean.decision import scored

    before = scored.Scored
    next(phase for phase in PHASES if phase.name == "decode").make(Given([LONG]))()
    assert scored.Scored is before


def test_hyperscan_that_is_missing_is_skipped_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speed_peers.find_spec", lambda _: None)
    works, why = plain_works([STORY])
    assert HYPERSCAN not in works
    assert why == [
        "Hyperscan, keywords is skipped: hyperscan is not installed (pip install newsclean[bench] hyperscan)"
    ]


def test_hyperscan_scans_for_the_keywords() -> None:
    pytest.importorskip("hyperscan", reason="an optional floor")
    plain_works([LONG, "雨が降った。", ""])[0][HYPERSCAN]()


def shipped_english() -> list[Rule]:
    return read_rules(map(Path, pack_files("en")), Path(DATA))[0]


def test_varied_rules_are_other_wordings() -> None:
    rules = shipped_english()
    copies = [varied(rules, copy) for copy in range(3)]
    ids = [rule.id for made in [rules, *copies] for rule in made]
    assert len(set(ids)) == len(ids)
    for own, other in zip(rules, copies[0], strict=True):
        for phrase, altered in zip(own.phrases, other.phrases, strict=True):
            assert phrase != altered or phrase in ("0 (0)", "A A A", "{date}")
    assert sum(a.pattern != b.pattern for a, b in zip(rules, copies[0], strict=True)) > 150


@pytest.mark.parametrize(
    "phrase", ["(Read|See) [this] more", "(Read|See) (on|here)", "[Posted by] {name} here"]
)
def test_no_wording_of_a_varied_phrase_is_one_of_its_model(phrase: str) -> None:
    own = set(wordings(parse_phrase(phrase)))
    assert own.isdisjoint(wordings(parse_phrase(altered_phrase(phrase, "qx"))))


@pytest.mark.parametrize(
    ("pattern", "altered"),
    [
        (r"^\bsign up$", r"^\bsqxign up$"),
        (r"[abcdef]+ \pLword (?P<name>here)", r"[abcdef]+ \pLqxword (?P<name>hqxere)"),
        (r"[[:alpha:]\]abcd] \p{Greek}", r"[[:alpha:]\]abcd] \p{Greek}"),
    ],
)
def test_of_an_expression_only_words_are_altered(pattern: str, altered: str) -> None:
    assert altered_expression(pattern, "qx") == altered


def test_a_pack_of_varied_rules_is_read_as_it_was_written(tmp_path: Path) -> None:
    odd = rule("Say “no” \\ \x7f here", id="odd", scope="block", reach=3)
    pattern = rule(pattern=r"(?i)^share \"this\"$", keywords=["share"], id="pattern")
    rules = varied([odd, pattern], 1)
    file = tmp_path / "pack.toml"
    file.write_text(pack_toml(rules), encoding="utf-8")
    read, off = read_rules([file])
    assert [r.id for r in read] == ["odd-xz", "pattern-xz"]
    assert [(r.phrases, r.pattern, r.keywords, r.reach) for r in read] == [
        (r.phrases, r.pattern, r.keywords, r.reach) for r in rules
    ]
    assert off == []
    compile_pack(read)


def test_memory_and_time_come_from_a_process_of_its_own() -> None:
    found = measured([LONG], "findall", rounds=1)
    assert found is not None
    assert found.first > 0
    if sys.platform == "linux":
        assert found.before is not None
        assert found.added is not None
        assert found.peak is not None
        assert found.peak >= found.before > 1


def test_a_failing_measurement_says_why() -> None:
    with pytest.raises(RuntimeError, match="KeyError"):
        measured([LONG], "nothing", rounds=1)


def test_what_takes_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = measured([LONG], "findall", rounds=1)
    assert slow is not None
    asked: list[int] = []

    def found(texts: list[str], *_: object) -> speed_memory.Measured:
        asked.append(byte_size(texts[0]))
        return slow._replace(first=asked[-1] / 1000)  # a second a kilobyte

    monkeypatch.setattr("speed_growth.measured", found)
    growths = growth_over_length([STORY], 10**8, rounds=1, patience=10)
    assert [growth.form for growth in growths] == ["many lines", "one line"]
    assert asked == [1000, 3000] * 2
    assert growths[0].left_out == "from 10,000 bytes on: would take 20 s"
    monkeypatch.setattr("speed_growth.measured", lambda *_: None)
    assert growth_over_length([STORY], 10**8, rounds=1, patience=10)[1].points == ()


def test_a_run_writes_its_figures_and_plots(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib", reason="draws the plots")
    figures, plots = tmp_path / "figures.json", tmp_path / "plots"
    record = {"id": "a", "lang": "en", "text": LONG, "spans": []}
    texts = tmp_path / "texts.jsonl"
    texts.write_text(json.dumps(record) + "\n", encoding="utf-8")
    options = ["--rounds", "1", "--largest", "1000", "--part", "made up", "--json", figures, "--plots", plots]
    assert (
        main([*map(str, [texts, *options]), "--python-phases", "--only", "mixes", "memory", "one", "growth"])
        == 0
    )
    shown = capsys.readouterr().out
    assert "part: made up" in shown
    assert "line rules of others" in shown
    made = json.loads(figures.read_text(encoding="utf-8"))
    rows = {row["name"]: row for row in made["mixes"][0]["rows"]}
    assert {"clean", "clean_many", "keywords", "decode", "str.splitlines", "C4"} <= rows.keys()
    assert all(row["ratio"] > 0 for row in rows.values())
    assert [len(growth["points"]) for growth in made["growth"]] == [1, 1]
    drawn = {file.name for file in plots.iterdir()}
    assert drawn - {"kernel.png"} == {"growth.png", "phases.png", "throughput.png"}
    assert ("kernel.png" in drawn) == ("off-topic" in rows and LANGUAGES in rows) == (kernel() is not None)


def test_a_folder_without_pages_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) == 2
    assert "expected pages/*/html/*.html.gz, got none" in capsys.readouterr().err
