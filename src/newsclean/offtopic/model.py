"""What finding intrusions takes: the lexicon, leanings of wordings, trees, limits; one file, read without pickle."""

from __future__ import annotations

from functools import cache
from os import PathLike
from pathlib import Path
from typing import IO, Any, NamedTuple

from numpy.typing import NDArray

from newsclean.errors import ModelFormatError
from newsclean.offtopic.reading import Lexicon
from newsclean.scoring.forest import Forest
from newsclean.scoring.leaning import Leanings
from newsclean.scoring.storing import forest_arrays, read_arrays, stored_forest, write_arrays

__all__ = ["FORMAT", "Judge", "OfftopicModel", "load_offtopic_model", "shipped_offtopic_model"]

#: Raised when the arrays or the signals change their meaning.
FORMAT = 1
SHIPPED = Path(__file__).parent / "data" / "offtopic.npz"
_JUDGES = ("full", "bare")
_FORESTS = ("units", "blocks", "sorts")


class Judge(NamedTuple):
    """Trees with the names of their columns: of units, of blocks (log odds), of the kinds of blocks."""

    unit_columns: tuple[str, ...]
    block_columns: tuple[str, ...]
    units: Forest
    blocks: Forest
    sorts: Forest


class OfftopicModel(NamedTuple):
    """All that finding intrusions needs.

    `classes` lean to being off topic and to each class of wording, `whole` by character runs too. `full` judges
    texts in the languages of ``facts["languages"]``, `bare` all others, by signals that need no language.
    """

    lexicon: Lexicon
    classes: Leanings
    whole: Leanings
    full: Judge
    bare: Judge
    facts: dict[str, Any]

    def save(self, file: str | PathLike[str] | IO[bytes]) -> None:
        """Write the model to an ``.npz`` file."""
        judges: dict[str, Judge] = {name: getattr(self, name) for name in _JUDGES}
        head = {
            "format": FORMAT,
            "facts": self.facts,
            "scales": [self.lexicon.scale, self.classes.scale, self.whole.scale],
            "judges": {
                name: {
                    "unit_columns": judge.unit_columns,
                    "block_columns": judge.block_columns,
                    "depths": {forest: getattr(judge, forest).depth for forest in _FORESTS},
                }
                for name, judge in judges.items()
            },
        }
        arrays: dict[str, NDArray[Any]] = {
            "rarity": self.lexicon.rarity,
            "row": self.lexicon.row,
            "vectors": self.lexicon.vectors,
            "classes": self.classes.weights,
            "whole": self.whole.weights,
        }
        for name, judge in judges.items():
            for forest in _FORESTS:
                arrays |= forest_arrays(f"{name}.{forest}", getattr(judge, forest))
        write_arrays(file, head, arrays)


def load_offtopic_model(file: str | PathLike[str]) -> OfftopicModel:
    """Read a model.

    Raises:
        ModelFormatError: no file, no model, or one of another format version.
    """
    head, arrays = read_arrays(file, FORMAT)
    try:
        judges = []
        for name in _JUDGES:
            entry = head["judges"][name]
            trees = [stored_forest(arrays, f"{name}.{f}", entry["depths"][f]) for f in _FORESTS]
            judges.append(Judge(tuple(entry["unit_columns"]), tuple(entry["block_columns"]), *trees))
        scale, classes, whole = (float(value) for value in head["scales"])
        return OfftopicModel(
            Lexicon(arrays["rarity"], arrays["row"], arrays["vectors"], scale),
            Leanings(arrays["classes"], classes),
            Leanings(arrays["whole"], whole),
            judges[0],
            judges[1],
            head["facts"],
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ModelFormatError(f"{file}: expected a whole model, got one without {error}") from error


@cache
def shipped_offtopic_model() -> OfftopicModel:
    """The model that comes with the package."""
    return load_offtopic_model(SHIPPED)
