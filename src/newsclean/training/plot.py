"""The reliability plot: of lines scored alike, how many are junk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["plot_reliability"]


def plot_reliability(bins: list[dict[str, Any]], path: Path) -> None:
    """Draw the bins of `newsclean.training.figures.reliability` as a ``.png``."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5.5, 5.5), dpi=110)
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1, linestyle="--", label="calibrated")
    axes.plot(
        [b["score"] for b in bins], [b["junk"] for b in bins], marker="o", color="tab:blue", label="scorer"
    )
    for one in bins:
        axes.annotate(
            f"{one['lines']:,}", (one["score"], one["junk"]), (5, -11), textcoords="offset points", fontsize=8
        )
    axes.set(xlabel="mean score of the lines", ylabel="share of them that is junk", xlim=(0, 1), ylim=(0, 1))
    axes.set_title("Reliability on web sites not trained on (lines per step)", fontsize=10)
    axes.legend(loc="upper left", frameon=False)
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)
