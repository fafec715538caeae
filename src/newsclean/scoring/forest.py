"""Boosted trees as arrays: scores of all lines at once, and what in a line made its score."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Forest"]

Floats = NDArray[np.float32]
_BLOCK = 4096  # lines scored at a time: bounds the memory that trees times lines take


class Forest(NamedTuple):
    """Trees, one behind the other.

    Node n asks whether column ``feature[n]`` is at most ``threshold[n]`` and goes to ``left[n]`` or
    ``right[n]``; a leaf leads to itself. `value` is the mean outcome below a node (log odds
    of all trees add up), `root` the first node of each tree, `depth` the longest way down.
    """

    feature: NDArray[np.uint8]
    threshold: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    root: NDArray[np.int32]
    depth: int

    def leaves(self, matrix: Floats) -> NDArray[np.intp]:
        """The leaf of each row in each tree: (rows, trees)."""
        # flat arrays and `take`: less than half the time of indexing in two dimensions
        values = np.ascontiguousarray(matrix).ravel()
        row = (np.arange(len(matrix)) * matrix.shape[1])[:, None]
        feature = self.feature.astype(np.intp)
        below = np.stack((self.left, self.right), axis=1).ravel().astype(np.intp)
        at = np.broadcast_to(self.root.astype(np.intp), (len(matrix), len(self.root)))
        for _ in range(self.depth):
            over = ~(values.take(row + feature.take(at)) <= self.threshold.take(at))  # as NaN goes
            at = below.take(2 * at + over)
        return at

    def sums(self, matrix: Floats, groups: int = 1) -> Floats:
        """Sums over the trees for each row: (rows, groups); trees of `groups` outcomes take turns."""
        made = np.zeros((len(matrix), groups), dtype=np.float32)
        for start in range(0, len(matrix), _BLOCK):
            values = self.value[self.leaves(matrix[start : start + _BLOCK])]
            made[start : start + _BLOCK] = values.reshape(len(values), -1, groups).sum(1)
        return made

    def contributions(self, matrix: Floats) -> Floats:
        """How much each column moved the sum of each row: the changes of the mean along the way down each tree.

        The method of Ando Saabas ("Interpreting random forests", 2014). One row alone gives its columns alone.
        """
        rows = np.atleast_2d(matrix)
        width = rows.shape[1]
        row = np.arange(len(rows))[:, None]
        moved = np.zeros(rows.size, dtype=np.float64)
        at = np.broadcast_to(self.root, (len(rows), len(self.root)))
        for _ in range(self.depth):
            feature = self.feature[at].astype(np.intp)
            below = np.where(rows[row, feature] <= self.threshold[at], self.left[at], self.right[at])
            change = self.value[below] - self.value[at]
            moved += np.bincount((row * width + feature).ravel(), change.ravel(), minlength=rows.size)
            at = below
        made: Floats = moved.reshape(rows.shape).astype(np.float32)
        return made if matrix.ndim == 2 else made[0]
