"""Plots of an evaluation as SVG files that load nothing from elsewhere and run nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from agents.exports.svg import still

Share = tuple[float, float, float]
"""A figure with the limits of its interval: value, low, high."""


def write_bars(path: Path, title: str, names: Sequence[str], series: Mapping[str, Sequence[Share | None]]) -> None:
    """Bars with their intervals: for each of `names` a group, in it a bar of each series; None leaves a gap."""
    import pygal

    chart = pygal.Bar(**_look(title), range=(0, 1), legend_at_bottom=True, x_label_rotation=20 if len(names) > 6 else 0)
    chart.x_labels = list(names)
    for name, shares in series.items():
        chart.add(name, [share and {"value": share[0], "ci": {"low": share[1], "high": share[2]}} for share in shares])
    path.write_text(still(chart), encoding="utf-8")


def write_curve(path: Path, title: str, shares: Sequence[float]) -> None:
    """A line over k = 1, 2, ..."""
    import pygal

    chart = pygal.Line(**_look(title), range=(0, 1), show_legend=False, x_title="k")
    chart.x_labels = [str(k) for k in range(1, len(shares) + 1)]
    chart.add("", list(shares))
    path.write_text(still(chart), encoding="utf-8")


def _look(title: str) -> dict[str, Any]:
    from pygal.style import Style

    style = Style(font_family="sans-serif", background="white", plot_background="white", opacity=".75")
    return {"title": title, "style": style, "js": (), "no_prefix": True, "width": 900, "height": 420}
