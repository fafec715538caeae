"""The features of all lines of many documents at once; training and the scorer use the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from newsclean.scoring.places import document_columns, neighbour_columns, place_columns, sign_columns
from newsclean.scoring.shapes import shape_columns
from newsclean.scoring.sharing import sharing_columns
from newsclean.scoring.table import LineTable, Signs
from newsclean.scoring.words import Words

__all__ = ["feature_columns"]

Floats = NDArray[np.float32]


def feature_columns(
    table: LineTable, signs: Signs, words: Words, lean: dict[str, Floats]
) -> dict[str, Floats]:
    """All features by name, one value a line; always the same names in the same order.

    `lean` are the columns of `newsclean.scoring.leaning.lean_columns` (training makes them from weights that
    have not seen the line's web site).
    """
    columns = shape_columns(table, words)
    columns |= sign_columns(table, signs)
    columns |= lean
    staying = (columns["prose"] > 0) & (signs.surety == 0)
    columns |= place_columns(table, staying)
    columns |= sharing_columns(table, words, staying)
    columns |= neighbour_columns(table, columns)
    columns |= document_columns(table, columns)
    return columns
