from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from labelled_folder import KINDS, SITES, few_trees, made_folder
from newsclean.errors import DataFormatError
from newsclean.html.finder import find_blocks
from newsclean.html.model import load_page_model
from newsclean.html.naming import Naming
from newsclean.html.parsing import Parsed
from newsclean.html.shape import Floats
from newsclean.html.signals import NAMES
from newsclean.training.html import judges as judges_module
from newsclean.training.html.judges import Judged, fit_pages
from newsclean.training.html.records import FOLDS, Record, read_records


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        few_trees(patch)
        yield


def made_records(folder: Path) -> list[Record]:
    """Pages of twenty web sites with gold, and of four of them pages with snippets alone."""
    labelled = made_folder(folder / "pages")
    return read_records([labelled, made_folder(folder / "snippets", range(4), gold=False)])[0]


@pytest.fixture(scope="module")
def fitted(quick: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Record], Judged]:
    records = made_records(tmp_path_factory.mktemp("made"))
    return records, fit_pages(records, 1)


def test_each_block_has_a_score_and_each_page_a_limit_and_types(
    fitted: tuple[list[Record], Judged],
) -> None:
    records, judged = fitted
    assert len(records) == 2 * SITES + 8
    for record, scores, limit, types in zip(records, judged.scores, judged.limits, judged.types, strict=True):
        assert len(scores) == len(record.words)
        assert ((scores > 0) & (scores < 1)).all()
        assert 0.15 < limit < 0.65
        assert types.sum() == pytest.approx(1)


def test_the_article_is_told_from_the_rest_on_web_sites_not_seen(
    fitted: tuple[list[Record], Judged],
) -> None:
    records, judged = fitted
    right = []
    for record, scores, limit in zip(records, judged.scores, judged.limits, strict=True):
        if record.gold and record.labels is not None:
            right += ((scores >= limit) == (record.labels >= 0.5)).tolist()
    assert np.mean(right) > 0.95


def test_the_model_knows_how_many_pages_and_sites_it_saw(fitted: tuple[list[Record], Judged]) -> None:
    assert fitted[1].model.facts == {"pages": 2 * SITES + 8, "sites": SITES}


def test_a_model_saved_and_loaded_gives_the_same_scores(
    fitted: tuple[list[Record], Judged], tmp_path: Path
) -> None:
    """Weights are stored in half precision: the scores are the same to a hundredth."""
    records, judged = fitted
    judged.model.save(tmp_path / "pages.npz")
    loaded = load_page_model(tmp_path / "pages.npz")
    assert loaded.facts == judged.model.facts
    for record in records:
        before, after = find_blocks(record.parsed, judged.model), find_blocks(record.parsed, loaded)
        assert after.scores == pytest.approx(before.scores, abs=0.01)
        assert after.types == pytest.approx(before.types, abs=0.01)
        assert after.limit == pytest.approx(before.limit, abs=0.01)


def test_pages_without_gold_are_labelled_by_their_snippets(fitted: tuple[list[Record], Judged]) -> None:
    loose = [record for record in fitted[0] if not record.gold]
    assert len(loose) == 8
    for record in loose:
        assert record.labels is not None
        text = [" ".join(words) for words in record.words]
        for at, line in enumerate(text):
            if line in ("read more stories here", "sign up for our newsletter"):
                assert record.labels[at] == 0
        assert (record.labels == 1).sum() >= 2


def test_fitting_again_gives_the_same_scores(quick: None, tmp_path: Path) -> None:
    one, two = (fit_pages(made_records(tmp_path / name), 1) for name in ("one", "two"))
    assert one.limits == two.limits
    for before, after in zip(one.scores, two.scores, strict=True):
        assert (before == after).all()


#: What a page and its thinned copy count together.
COPIED = 1 + judges_module._THIN_WEIGHT


class Spy:
    """Who learned from which web sites, and what was judged by whom.

    The web site of a block is smuggled into one of its signals; weights of names and trees remember theirs.
    """

    column = NAMES.index("hidden")

    def __init__(self, records: Sequence[Record], patch: pytest.MonkeyPatch) -> None:
        names = sorted({record.page.site for record in records})
        self.site = {id(record.parsed): float(names.index(record.page.site)) for record in records}
        self.of_naming: dict[int, set[float]] = {}
        self.kept: list[Naming] = []
        self.trees: list[set[float]] = []
        self.weighed: list[float] = []
        self.rows: list[tuple[Floats, Floats]] = []
        self.judged: list[tuple[set[float], set[float]]] = []
        self.named: list[tuple[set[float], float]] = []
        fit, signals, forest = judges_module.fit_naming, judges_module.block_signals, judges_module.forest_of
        spy = self

        def fit_naming(given: Sequence[Record]) -> Naming:
            made = fit(given)
            # thinned weights share this array, and so are known by it
            spy.of_naming[id(made.type_weights)] = {spy.site[id(record.parsed)] for record in given}
            spy.kept.append(made)
            return made

        def block_signals(parsed: Parsed, naming: Naming, types: Floats) -> Floats:
            made = signals(parsed, naming, types)
            spy.named.append((spy.of_naming[id(naming.type_weights)], spy.site[id(parsed)]))
            made[:, spy.column] = spy.site[id(parsed)]
            return made

        def forest_of(trees: Any) -> Any:
            return Judge(spy, spy.trees[-1], forest(trees))

        def dataset(matrix: Floats, *given: Any, **more: Any) -> Any:
            spy.trees.append(set(matrix[:, spy.column].tolist()))
            spy.weighed.append(float(more["weight"].sum()))
            spy.rows.append((matrix.copy(), more["weight"]))
            return lightgbm_dataset(matrix, *given, **more)

        import lightgbm

        lightgbm_dataset = lightgbm.Dataset
        patch.setattr(lightgbm, "Dataset", dataset)
        patch.setattr(judges_module, "fit_naming", fit_naming)
        patch.setattr(judges_module, "block_signals", block_signals)
        patch.setattr(judges_module, "forest_of", forest_of)


class Judge:
    """A forest that tells whom it judges."""

    def __init__(self, spy: Spy, learned: set[float], forest: Any) -> None:
        self.spy, self.learned, self.forest = spy, learned, forest

    def sums(self, matrix: Floats) -> Floats:
        self.spy.judged.append((self.learned, set(matrix[:, self.spy.column].tolist())))
        made: Floats = self.forest.sums(matrix)
        return made


@pytest.fixture(scope="module")
def spied(quick: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Record], Spy]:
    """A fit that was watched."""
    records = made_records(tmp_path_factory.mktemp("made"))
    with pytest.MonkeyPatch.context() as patch:
        spy = Spy(records, patch)
        fit_pages(records, 1)
    return records, spy


def test_no_page_is_judged_by_what_has_seen_its_web_site(spied: tuple[list[Record], Spy]) -> None:
    _, spy = spied
    sites = set(spy.site.values())
    assert len(sites) == SITES
    assert {site for _, site in spy.named} == sites
    for learned, site in spy.named:
        assert site not in learned
        assert len(learned) >= SITES - 6
    assert set().union(*(seen for _, seen in spy.judged)) == sites
    for learned, seen in spy.judged:
        assert not learned & seen
        assert learned
    # the model itself, last: weights and both heads
    assert spy.of_naming[id(spy.kept[-1].type_weights)] == sites
    assert len(spy.kept) == FOLDS + 1
    assert spy.trees[-1] == sites


def test_all_pages_of_the_other_parts_are_learned_from(spied: tuple[list[Record], Spy]) -> None:
    records, spy = spied
    sites = {fold: {spy.site[id(r.parsed)] for r in records if r.fold == fold} for fold in range(FOLDS)}
    everyone = set().union(*sites.values())
    assert sorted(map(len, sites.values())) == [3, 3, 4, 4, 6]
    general = [trees for trees in spy.trees if trees not in _of_articles(spy, records)]
    assert {frozenset(trees) for trees in general} >= {frozenset(everyone - own) for own in sites.values()}


def _of_articles(spy: Spy, records: Sequence[Record]) -> list[set[float]]:
    articles = {spy.site[id(r.parsed)] for r in records if r.page.kind == "article"}
    return [trees for trees in spy.trees if trees <= articles]


def test_the_head_for_articles_learns_from_articles_alone(spied: tuple[list[Record], Spy]) -> None:
    records, spy = spied
    articles = {spy.site[id(r.parsed)] for r in records if r.page.kind == "article"}
    parts = [{spy.site[id(r.parsed)] for r in records if r.fold == fold} for fold in range(FOLDS)]
    assert {frozenset(trees) for trees in _of_articles(spy, records)} == {
        frozenset(articles - part) for part in [set(), *parts]
    }


def test_pages_labelled_by_guesses_count_half(
    quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all blocks none is unknown, so that a page weighs 100 if it has gold and 50 if not."""
    records = made_records(tmp_path)
    monkeypatch.setattr(judges_module, "snippet_labels", lambda words, *_: [0.5] * len(words))
    spy = Spy(records, monkeypatch)
    fit_pages(records, 1)
    assert spy.weighed[-1] == pytest.approx((2 * SITES * 100 + 8 * 50) * COPIED)


def test_blocks_of_which_nothing_is_known_are_not_learned_from(
    quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = made_records(tmp_path)
    monkeypatch.setattr(judges_module, "snippet_labels", lambda words, *_: [-1.0] * len(words))
    spy = Spy(records, monkeypatch)
    fit_pages(records, 1)
    assert spy.weighed[-1] == pytest.approx(2 * SITES * 100 * COPIED)


def test_pages_whose_gold_is_elsewhere_are_judged_but_not_learned_from(
    quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = made_records(tmp_path)
    lost = records[0].page.site
    for record in records:
        if record.page.site == lost:
            record.ceiling = 0.4
    records = [record for record in records if record.gold or record.page.site != lost]
    spy = Spy(records, monkeypatch)
    judged = fit_pages(records, 1)
    number = spy.site[id(records[0].parsed)]
    assert len(judged.scores) == len(records)
    assert all(number not in trees for trees in [*spy.trees, *spy.of_naming.values()])
    assert any(number in seen for _, seen in spy.judged)


def test_each_block_is_learned_from_once_more_with_names_and_words_unknown(
    spied: tuple[list[Record], Spy],
) -> None:
    _, spy = spied
    plain = [NAMES.index(name) for name in ("words", "linked", "digits", "place", "page_blocks")]
    leaning = [NAMES.index(name) for name in ("lean", "word", "near", "far")]
    for matrix, weight in spy.rows:
        full, thin = np.split(matrix, 2)
        assert (full[:, plain] == thin[:, plain]).all()
        same = (full[:, leaning] == thin[:, leaning]).mean(0)
        assert (same < 0.9).all()
        assert np.split(weight, 2)[1] == pytest.approx(np.split(weight, 2)[0] * judges_module._THIN_WEIGHT)


@pytest.mark.parametrize("kinds", [KINDS[:1], KINDS[:2]])
def test_fewer_page_types_are_enough(kinds: Sequence[str], quick: None, tmp_path: Path) -> None:
    records, _ = read_records([made_folder(tmp_path / "pages", kinds=kinds)])
    judged = fit_pages(records, 1)
    for record, types in zip(records, judged.types, strict=True):
        assert types[: len(kinds)].sum() == pytest.approx(1)
        assert types.argmax() == KINDS.index(record.page.kind)
    judged.model.save(tmp_path / "pages.npz")
    loaded = load_page_model(tmp_path / "pages.npz")
    assert loaded.naming.types == judged.model.naming.types
    assert find_blocks(records[0].parsed, loaded).types.argmax() == KINDS.index(records[0].page.kind)


def test_gold_of_one_web_site_is_not_enough(quick: None, tmp_path: Path) -> None:
    records, _ = read_records([made_folder(tmp_path / "pages", [3])])
    with pytest.raises(DataFormatError, match="of several web sites"):
        fit_pages(records, 1)


def test_snippets_alone_are_not_enough(quick: None, tmp_path: Path) -> None:
    records, _ = read_records([made_folder(tmp_path / "pages", gold=False)])
    with pytest.raises(DataFormatError, match="expected pages with gold text"):
        fit_pages(records, 1)
