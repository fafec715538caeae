"""Word vectors: latent semantic analysis, then drawn together and apart by which texts and topics words share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.document import read_document
from newsclean.offtopic.reading import STEM, Lexicon, stem_buckets
from newsclean.offtopic.units import units_of
from newsclean.scoring.table import line_table
from newsclean.scoring.words import stem_hashes, words_of
from newsclean.training.offtopic.contexts import Article, Contexts, paragraphs
from newsclean.training.offtopic.rarity import BITS, stems_of

__all__ = ["lexicon_of"]

Floats = NDArray[np.float32]
Bag = NDArray[np.int64]
_DIMENSIONS = 64
_WEIGHTS = (1.0, 0.5, 1.5)  # of paragraphs, glosses, topics in the analysis
_DRAWS, _ENGLISH, _GERMAN = 6, 35, 16  # word lists drawn from a topic, and their words
_STEPS, _BATCH, _RATE = 1000, 384, 0.01
_KEPT_OWN, _KEPT_FAR = 0.9, 0.8  # of the words of a unit and of its text, drawn anew each time
_LEAST_WORDS, _LEAST_FAR = 3, 8
_LEAST_UNITS, _LONGEST = 8, 15_000
_MOST_KNOWN = np.iinfo(np.uint16).max  # stems with a vector: rows are numbered in 16 bits
_LEAST_USE = 2  # contexts that hold a stem which gets a vector


def lexicon_of(rarity: NDArray[np.uint8], contexts: Contexts) -> Lexicon:
    """Rarity and vectors of stems: what stands in one text or topic comes to lie in one direction.

    Starts from latent semantic analysis (Deerwester et al., 1990) and learns on by contrasting each unit with its
    own text among others (the loss of van den Oord et al., "Contrastive predictive coding", 2018).
    """
    weight: Floats = rarity.astype(np.float32) / np.float32(255)
    chance = np.random.default_rng(1)
    topics = [stems_of([topic.en for topic in contexts.topics]), stems_of([t.de for t in contexts.topics])]
    topics = [[bag[weight[bag] > 0] for bag in bags] for bags in topics]
    glosses = [bag[weight[bag] > 0] for bag in stems_of(contexts.glosses)]
    glosses = [bag for bag in glosses if len(bag) >= 2 * _LEAST_WORDS]
    texts = [
        (a.lang, units) for a in contexts.articles if len(units := _unit_bags(a, weight)) >= _LEAST_UNITS
    ]
    used = np.zeros(len(weight), np.int64)
    for bags, count in (
        (topics[0], 2),
        (topics[1], 2),
        (glosses, 1),
        ([np.concatenate(u) for _, u in texts], 1),
    ):
        for bag in bags:
            used[np.unique(bag)] += count
    known = np.flatnonzero((used >= _LEAST_USE) & (weight > 0))
    known = np.sort(known[np.argsort(-used[known], kind="stable")[:_MOST_KNOWN]])
    start = _analysis(contexts, weight, chance)[known]
    row = np.zeros(len(weight), np.int64)
    row[known] = np.arange(1, len(known) + 1)

    def rows(bags: Sequence[Bag]) -> list[Bag]:
        return [row[bag][row[bag] > 0] for bag in bags]

    english = [rows(units) for lang, units in texts if lang != "de"]
    german = [rows(units) for lang, units in texts if lang == "de"]
    lists = [rows(bags) for bags in topics]
    draws: list[Callable[[], list[tuple[Bag, Bag]]]] = [
        lambda: _from_texts(english, chance),
        lambda: _from_texts(german, chance),
        lambda: _halves(lists[0] if chance.random() < 0.7 else lists[1], chance),
        lambda: _across(lists[1], lists[0], chance),
        lambda: _halves(rows_of_glosses, chance),
    ]
    rows_of_glosses = rows(glosses)
    order = (0, 1, 0, 2, 0, 2, 3, 4)
    vectors = _drawn_together(start, weight[known], [draws[at] for at in order])
    return _packed(rarity, row, vectors)


def _unit_bags(article: Article, weight: Floats) -> list[Bag]:
    units = units_of(read_document(article.text[:_LONGEST]))
    if not units.lines:
        return []
    table = line_table([units])
    words = words_of(table)
    buckets = stem_buckets(stem_hashes(table, words, STEM), 1 << BITS)
    bags = np.split(buckets, np.searchsorted(words.line, np.arange(1, len(units.lines))))
    return [bag[weight[bag] > 0] for bag in bags]


def _analysis(contexts: Contexts, weight: Floats, chance: np.random.Generator) -> Floats:
    """Directions of all stems by latent semantic analysis; the first, which is mere frequency, left out."""
    from scipy import sparse
    from sklearn.utils.extmath import randomized_svd

    lists = [
        " ".join((t.topic, *chance.permutation(t.en.split())[:_ENGLISH], *chance.permutation(t.de.split())[:_GERMAN]))
        for t in contexts.topics
        for _ in range(_DRAWS)
    ]  # fmt: skip
    parts = []
    for share, texts in zip(_WEIGHTS, (paragraphs(contexts.articles), contexts.glosses, lists), strict=True):
        bags = [bag[weight[bag] > 0] for bag in stems_of(list(texts))]
        line = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
        stems = np.concatenate(bags) if bags else np.zeros(0, np.int64)
        counts = sparse.csr_matrix(
            (np.ones(len(line), np.float32), (line, stems)), shape=(len(bags), len(weight))
        )
        counts.sum_duplicates()
        counts.data = np.log1p(counts.data)
        counts = counts @ sparse.diags(weight)
        length = np.sqrt(np.asarray(counts.multiply(counts).sum(1)).ravel())
        parts.append(sparse.diags(share / np.maximum(length, 1e-6)) @ counts)
    _, values, axes = randomized_svd(sparse.vstack(parts).tocsr(), _DIMENSIONS + 1, n_iter=4, random_state=1)
    found = axes[1:].T * np.sqrt(values[1:])
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    return np.asarray(found, dtype=np.float32)


def _from_texts(texts: list[list[Bag]], chance: np.random.Generator) -> list[tuple[Bag, Bag]]:
    """A few units in a row of each of some texts, with the rest of the text, or a stretch of it."""
    pairs = []
    for at in chance.permutation(len(texts))[:_BATCH]:
        units = texts[at]
        first = int(chance.integers(len(units)))
        size = int(chance.choice((1, 1, 2, 3)))
        if chance.random() < 0.5:
            far = units[: max(0, first - 2)] + units[first + size + 2 :]
        else:
            reach, middle = int(chance.integers(2, 10)), int(chance.integers(len(units)))
            low = max(0, middle - reach)
            far = [
                bag
                for number, bag in enumerate(units[low : middle + reach], low)
                if not first <= number < first + size
            ]
        if not far:
            continue
        own, rest = np.concatenate(units[first : first + size]), np.concatenate(far)
        if len(own) >= _LEAST_WORDS and len(rest) >= _LEAST_FAR:
            own = own[chance.random(len(own)) < _KEPT_OWN]
            pairs.append((own, rest[chance.random(len(rest)) < _KEPT_FAR]))
    return pairs


def _halves(bags: list[Bag], chance: np.random.Generator) -> list[tuple[Bag, Bag]]:
    pairs = []
    for at in chance.permutation(len(bags))[:_BATCH]:
        bag = chance.permutation(bags[at])
        if len(bag) >= 2 * _LEAST_WORDS:
            cut = int(chance.integers(2, max(3, min(12, len(bag) // 2) + 1)))
            pairs.append((bag[:cut], bag[cut:]))
    return pairs


def _across(some: list[Bag], others: list[Bag], chance: np.random.Generator) -> list[tuple[Bag, Bag]]:
    chosen = chance.permutation(len(some))[:_BATCH]
    pairs = [(chance.permutation(some[at])[:8], chance.permutation(others[at])[:14]) for at in chosen]
    return [(one, other) for one, other in pairs if len(one) >= _LEAST_WORDS and len(other) >= _LEAST_WORDS]


def _drawn_together(
    start: Floats, weight: Floats, draws: Sequence[Callable[[], list[tuple[Bag, Bag]]]]
) -> Floats:
    """Vectors, weights folded in, for which the two sides of a pair lie nearer than those of different pairs."""
    torch: Any = import_module("torch")  # only here, and untyped where it is not installed
    torch.manual_seed(1)
    own = np.concatenate((np.zeros((1, start.shape[1]), np.float32), start))
    table = torch.nn.EmbeddingBag.from_pretrained(
        torch.tensor(own), freeze=False, mode="sum", sparse=True, padding_idx=0
    )
    logs = np.log(np.concatenate(([1e-3], weight)).clip(1e-3)).astype(np.float32)[:, None]
    weights = torch.nn.Embedding.from_pretrained(torch.tensor(logs), freeze=False, sparse=True)
    scale = torch.nn.Parameter(torch.tensor(2.3))
    steps = torch.optim.SparseAdam([*table.parameters(), *weights.parameters()], lr=_RATE)
    scaling = torch.optim.Adam([scale], lr=_RATE)

    def side(bags: Sequence[Bag]) -> Any:
        flat = torch.tensor(np.concatenate(bags))
        offsets = torch.tensor(np.concatenate(([0], np.cumsum([len(bag) for bag in bags])[:-1])))
        summed = table(flat, offsets, per_sample_weights=torch.exp(weights(flat)).squeeze(1))
        return torch.nn.functional.normalize(summed, dim=1, eps=1e-6)

    for step in range(_STEPS):
        pairs = [pair for pair in draws[step % len(draws)]() if len(pair[0]) and len(pair[1])]
        if not pairs:  # no articles of a language, no glosses
            continue
        cosines = side([one for one, _ in pairs]) @ side([other for _, other in pairs]).T
        right = torch.arange(len(pairs))
        odds = cosines * torch.exp(scale)
        loss = torch.nn.functional.cross_entropy(odds, right) + torch.nn.functional.cross_entropy(
            odds.T, right
        )
        steps.zero_grad()
        scaling.zero_grad()
        loss.backward()
        for group in steps.param_groups:
            group["lr"] = _RATE * (1 - step / _STEPS) + 1e-4
        steps.step()
        scaling.step()
    found: Floats = table.weight.detach().numpy() * np.exp(weights.weight.detach().numpy())
    return found[1:]


def _packed(rarity: NDArray[np.uint8], row: NDArray[np.int64], vectors: Floats) -> Lexicon:
    scale = float(np.quantile(np.abs(vectors), 0.999)) / 127
    packed = np.clip(np.rint(vectors / scale), -127, 127).astype(np.int8)
    rows = np.concatenate((np.zeros((1, vectors.shape[1]), np.int8), packed))
    return Lexicon(rarity, row.astype(np.uint16), rows, scale)
