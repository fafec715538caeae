"""What finding the article takes: weights of names and words, trees for articles and for all pages; one file."""

from __future__ import annotations

from functools import cache
from os import PathLike
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.errors import ModelFormatError
from newsclean.html.naming import Naming
from newsclean.html.shape import Floats
from newsclean.html.signals import NAMES
from newsclean.scoring.forest import Forest
from newsclean.scoring.storing import forest_arrays, read_arrays, stored_forest, write_arrays

__all__ = ["FORMAT", "PageModel", "load_page_model", "shipped_page_model"]

#: Raised when the arrays or the signals change their meaning.
FORMAT = 1
SHIPPED = Path(__file__).parent / "data" / "pages.npz"
_HEADS = ("article", "general")


class PageModel(NamedTuple):
    """All that finding the article needs.

    `article` are trees fitted on articles alone, `general` on pages of every type; each leaf holds log odds.
    """

    naming: Naming
    article: Forest
    general: Forest
    facts: dict[str, Any]

    def save(self, file: str | PathLike[str] | IO[bytes]) -> None:
        """Write the model to an ``.npz`` file."""
        naming = self.naming
        arrays: dict[str, NDArray[Any]] = {
            "names": _text(naming.names),
            "name_weights": np.array(list(naming.names.values()), dtype=np.float16).reshape(-1, 2),
            "words": _text(naming.words),
            "word_weights": np.array(list(naming.words.values()), dtype=np.float16),
            "types": _text(naming.types),
            "type_weights": naming.type_weights.astype(np.float16),
            "bias": naming.bias,
        }
        for head in _HEADS:
            arrays |= forest_arrays(head, getattr(self, head))
        depths = {head: getattr(self, head).depth for head in _HEADS}
        write_arrays(
            file, {"format": FORMAT, "facts": self.facts, "signals": NAMES, "depths": depths}, arrays
        )


def _text(tokens: Any) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(tokens).encode(), dtype=np.uint8)


def _tokens(array: NDArray[Any]) -> list[str]:
    return array.tobytes().decode().split("\n") if len(array) else []


def load_page_model(file: str | PathLike[str]) -> PageModel:
    """Read a model.

    Raises:
        ModelFormatError: no file, no model, or one of another format version or other signals.
    """
    head, arrays = read_arrays(file, FORMAT)
    if tuple(head.get("signals", ())) != NAMES:
        raise ModelFormatError(
            f"{file}: expected the {len(NAMES)} signals of this newsclean, got others: train it anew"
        )
    try:
        names = zip(_tokens(arrays["names"]), map(tuple, arrays["name_weights"].tolist()), strict=True)
        words = zip(_tokens(arrays["words"]), arrays["word_weights"].tolist(), strict=True)
        types = {token: row for row, token in enumerate(_tokens(arrays["types"]))}
        weights: Floats = arrays["type_weights"].astype(np.float32)
        naming = Naming(dict(names), dict(words), types, weights, arrays["bias"])
        article, general = (stored_forest(arrays, name, head["depths"][name]) for name in _HEADS)
        return PageModel(naming, article, general, head["facts"])
    except (KeyError, TypeError, ValueError, IndexError, UnicodeDecodeError) as error:
        raise ModelFormatError(f"{file}: expected a whole model, got one without {error}") from error


@cache
def shipped_page_model() -> PageModel:
    """The model that comes with the package."""
    return load_page_model(SHIPPED)
