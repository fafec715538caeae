"""The trained models as the kernel takes them: pointers to numpy's arrays, trees made ready once."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from ctypes import Structure, c_double, c_float, c_int32, c_void_p
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.categories import CATEGORIES
from newsclean.decision.scored import limits_for
from newsclean.languages import ALWAYS
from newsclean.native.packs import Handle
from newsclean.offtopic.model import Judge, OfftopicModel, shipped_offtopic_model
from newsclean.scoring.forest import Forest
from newsclean.scoring.model import Model, shipped_model
from newsclean.scoring.scorer import told_reason

__all__ = ["Models", "models"]


_KINDS = 16  # NC_KIND_OUTCOMES of nc_score.h


class _Forest(Structure):
    _fields_ = (
        ("feature", c_void_p), ("threshold", c_void_p), ("value", c_void_p), ("left", c_void_p),
        ("right", c_void_p), ("root", c_void_p),
        ("nodes", c_int32), ("trees", c_int32), ("depth", c_int32), ("ready", c_void_p),
    )  # fmt: skip


class _Scorer(Structure):
    _fields_ = (("weights", c_void_p), ("bits", c_int32), ("scale", c_float), ("lines", _Forest))


class _OfftopicModel(Structure):
    _fields_ = (
        ("rarity", c_void_p), ("row", c_void_p), ("vectors", c_void_p), ("classes", c_void_p), ("whole", c_void_p),
        ("buckets", c_int32), ("class_buckets", c_int32), ("whole_buckets", c_int32),
        ("class_scale", c_float), ("whole_scale", c_float),
    )  # fmt: skip


class _Judge(Structure):
    _fields_ = (
        ("units", c_void_p), ("blocks", c_void_p), ("unit_column", c_void_p), ("block_column", c_void_p),
        ("unit_columns", c_int32), ("block_columns", c_int32),
    )  # fmt: skip


class _Scoring(Structure):
    _fields_ = (
        ("scorer", _Scorer), ("odds", c_void_p), ("probability", c_void_p), ("knots", c_int32),
        ("kind_bits", c_int32), ("kind_weights", c_void_p), ("kind_scale", c_float),
        ("kinds", c_void_p), ("categories", c_void_p),
    )  # fmt: skip


class Models:
    """Both models, ready: addresses for the kernel, and what it takes from them for a text."""

    def __init__(self, library: ctypes.CDLL, scorer: Model, offtopic: OfftopicModel) -> None:
        _declare(library)
        self._library = library
        self._held: list[object] = []
        self._scorer, self._offtopic = scorer, offtopic
        self.columns = library.nc_scorer_columns(None)
        if len(scorer.columns) != self.columns:
            raise ValueError(f"expected a scorer of {self.columns} columns, got {len(scorer.columns)}")
        if len(scorer.categories) != _KINDS:
            raise ValueError(f"expected a scorer of {_KINDS} categories, got {len(scorer.categories)}")
        self.scoring = self._address(self._scoring())
        self.offtopic = self._address(self._lexicon())
        judges = [self._address(self._judge(judge)) for judge in (offtopic.full, offtopic.bare)]
        self.judges = self._address((c_void_p * 2)(*judges))
        self._limits: dict[tuple[str, tuple[str, ...]], tuple[float, float, float]] = {}
        facts = offtopic.facts
        self._known = frozenset(facts["languages"])
        self._least = {
            profile: self._address((c_double * 2)(limit, facts["bare_limits"][profile]))
            for profile, limit in facts["limits"].items()
        }

    def limits(self, profile: str, languages: tuple[str, ...]) -> tuple[float, float, float]:
        """The scorer's limits for a text: see `newsclean.decision.scored.Limits`."""
        found = self._limits.get((profile, languages))
        if found is None:
            found = self._limits[profile, languages] = limits_for(self._scorer, profile, languages)
        return found

    def judge(self, languages: tuple[str, ...]) -> int:
        """Which judge of off-topic blocks a text in `languages` is for."""
        return 0 if self._known.issuperset(code for code in languages if code != ALWAYS) else 1

    def judged(self, number: int) -> Judge:
        """The judge of that number."""
        return (self._offtopic.full, self._offtopic.bare)[number]

    def least(self, profile: str) -> int:
        """The address of the judges' limits."""
        return self._least[profile]

    def reasons(self, moved: int | None, count: int) -> Iterator[str]:
        """The scorer's reasons in words, from `count` rows of what its columns contributed."""
        rows = (c_float * (self.columns * count)).from_address(moved) if moved and count else ()
        for row in range(count):
            yield told_reason(self._scorer.columns, rows[row * self.columns : (row + 1) * self.columns])

    def _address(self, data: Any) -> int:
        self._held.append(data)
        return ctypes.addressof(data)

    def _array(self, values: NDArray[Any], kind: type[np.generic]) -> int:
        made = np.ascontiguousarray(values, dtype=kind)
        self._held.append(made)
        return int(made.ctypes.data)

    def _forest(self, forest: Forest) -> _Forest:
        return _Forest(
            self._array(forest.feature, np.uint8), self._array(forest.threshold, np.float32),
            self._array(forest.value, np.float32), self._array(forest.left, np.int32),
            self._array(forest.right, np.int32), self._array(forest.root, np.int32),
            len(forest.feature), len(forest.root), forest.depth, None,
        )  # fmt: skip

    def _made(self, made: int | None, free: str) -> int:
        if not made:
            raise MemoryError("no memory for the kernel's trees, or trees that it cannot walk")
        self._held.append(Handle(made, getattr(self._library, free)))
        return made

    def _ready(self, forest: Forest, how: str) -> int:
        made = getattr(self._library, f"nc_{how}_new")(ctypes.byref(self._forest(forest)))
        return self._made(made, f"nc_{how}_free")

    def _scoring(self) -> _Scoring:
        model = self._scorer
        lines = self._forest(model.lines)
        lines.ready = self._ready(model.lines, "trees")
        order = list(CATEGORIES)
        return _Scoring(
            _Scorer(
                self._array(model.leanings.weights, np.int8),
                len(model.leanings.weights).bit_length() - 1,
                model.leanings.scale,
                lines,
            ),
            self._array(model.odds, np.float32),
            self._array(model.probability, np.float32),
            len(model.odds),
            len(model.kind_leanings.weights).bit_length() - 1,
            self._array(model.kind_leanings.weights, np.int8),
            model.kind_leanings.scale,
            self._ready(model.kinds, "kind_trees"),
            self._array(np.array([order.index(name) for name in model.categories]), np.int32),
        )

    def _lexicon(self) -> _OfftopicModel:
        model = self._offtopic
        lexicon = model.lexicon
        return _OfftopicModel(
            self._array(lexicon.rarity, np.uint8), self._array(lexicon.row, np.uint16),
            self._array(lexicon.vectors, np.int8),
            self._array(model.classes.weights, np.int8), self._array(model.whole.weights, np.int8),
            len(lexicon.rarity), len(model.classes.weights), len(model.whole.weights),
            model.classes.scale, model.whole.scale,
        )  # fmt: skip

    def _judge(self, judge: Judge) -> _Judge:
        # the judge of all languages knows every column, in the order in which they are made
        all_ = self._offtopic.full
        return _Judge(
            self._ready(judge.units, "grove"),
            self._ready(judge.blocks, "grove"),
            self._array(_places(judge.unit_columns, all_.unit_columns), np.uint8),
            self._array(_places(judge.block_columns, all_.block_columns), np.uint8),
            len(judge.unit_columns),
            len(judge.block_columns),
        )


def _places(names: Sequence[str], among: Sequence[str]) -> NDArray[Any]:
    return np.array([among.index(name) for name in names])


def _declare(library: ctypes.CDLL) -> None:
    for name in ("nc_trees", "nc_grove", "nc_kind_trees"):
        made, free = getattr(library, f"{name}_new"), getattr(library, f"{name}_free")
        made.argtypes, made.restype = [c_void_p], c_void_p
        free.argtypes, free.restype = [c_void_p], None
    library.nc_scorer_columns.argtypes = [c_void_p]


@cache
def models(library: ctypes.CDLL) -> Models:
    """The shipped models, read when first asked for."""
    return Models(library, shipped_model(), shipped_offtopic_model())
