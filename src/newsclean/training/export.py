"""From LightGBM's trees to the arrays that the runtime reads."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.scoring.forest import Forest

__all__ = ["forest_of"]


def _floor(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Rounded down to 32 bits: a 32-bit number is at most a value if and only if it is at most this."""
    near = values.astype(np.float32)
    return np.where(near > values, np.nextafter(near, np.float32(-np.inf)), near)


def forest_of(trees: Any, groups: int = 1) -> Forest:
    """The trees of a fitted LightGBM booster as a `Forest`; `groups` outcomes take turns."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        at = len(feature)
        feature.append(node.get("split_feature", 0))
        threshold.append(node.get("threshold", 0.0))
        value.append(node.get("leaf_value", node.get("internal_value", 0.0)))
        left.append(at)
        right.append(at)
        if "split_feature" in node:
            left[at] = add(node["left_child"], depth + 1)
            right[at] = add(node["right_child"], depth + 1)
        return at

    roots = [add(tree["tree_structure"], 0) for tree in trees.dump_model()["tree_info"]]
    if max(feature, default=0) > 255 or len(roots) % groups:
        raise ValueError(
            f"expected up to 256 features and trees in groups of {groups}, got {len(roots)} trees"
        )
    return Forest(
        np.array(feature, dtype=np.uint8),
        _floor(np.array(threshold, dtype=np.float64)),
        np.array(left, dtype=np.int32),
        np.array(right, dtype=np.int32),
        np.array(value, dtype=np.float32),
        np.array(roots, dtype=np.int32),
        deepest,
    )
