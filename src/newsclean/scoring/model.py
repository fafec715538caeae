"""The scorer's weights: arrays in one ``.npz`` file, read without pickle, with a format version."""

from __future__ import annotations

from functools import cache
from os import PathLike
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.errors import ModelFormatError
from newsclean.scoring.forest import Forest
from newsclean.scoring.leaning import Leanings
from newsclean.scoring.storing import forest_arrays, read_arrays, stored_forest, write_arrays

__all__ = ["FORMAT", "Model", "load_model", "shipped_model"]

#: Raised when the arrays or the features change their meaning.
FORMAT = 1
SHIPPED = Path(__file__).parent / "data" / "scorer.npz"
_FORESTS = ("lines", "kinds")


class Model(NamedTuple):
    """All that scoring needs.

    `leanings` lean to junk or article, `kind_leanings` to each of `categories`; `lines` sums to the log odds of
    junk, `kinds` to those of each category. `columns` names the features in the order of the matrix.
    `odds` and `probability` are the knots of the calibration. `facts` holds the thresholds by profile
    and language and where the model came from.
    """

    columns: tuple[str, ...]
    categories: tuple[str, ...]
    leanings: Leanings
    kind_leanings: Leanings
    lines: Forest
    kinds: Forest
    odds: NDArray[np.float32]
    probability: NDArray[np.float32]
    facts: dict[str, Any]

    def save(self, file: str | PathLike[str] | IO[bytes]) -> None:
        """Write the model to an ``.npz`` file."""
        head = {
            "format": FORMAT,
            "columns": self.columns,
            "categories": self.categories,
            "depths": {name: getattr(self, name).depth for name in _FORESTS},
            "scales": [self.leanings.scale, self.kind_leanings.scale],
            "facts": self.facts,
        }
        arrays: dict[str, NDArray[Any]] = {
            "leanings": self.leanings.weights,
            "kind_leanings": self.kind_leanings.weights,
            "odds": self.odds,
            "probability": self.probability,
        }
        for name in _FORESTS:
            arrays |= forest_arrays(name, getattr(self, name))
        write_arrays(file, head, arrays)


def load_model(file: str | PathLike[str]) -> Model:
    """Read a model.

    Raises:
        ModelFormatError: no file, no model, or one of another format version.
    """
    head, arrays = read_arrays(file, FORMAT)
    try:
        forests = {name: stored_forest(arrays, name, head["depths"][name]) for name in _FORESTS}
        return Model(
            tuple(head["columns"]),
            tuple(head["categories"]),
            Leanings(arrays["leanings"], float(head["scales"][0])),
            Leanings(arrays["kind_leanings"], float(head["scales"][1])),
            forests["lines"],
            forests["kinds"],
            arrays["odds"],
            arrays["probability"],
            head["facts"],
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ModelFormatError(f"{file}: expected a whole model, got one without {error}") from error


@cache
def shipped_model() -> Model:
    """The model that comes with the package."""
    return load_model(SHIPPED)
