from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.scale import growth, plot

SIZES = (15_000, 50_000, 150_000)


def _rows(power: float) -> list[dict[str, float]]:
    return [{"chunks": size, "p50_ms": size**power / 50, "p95_ms": size**power / 40} for size in SIZES]


@pytest.mark.parametrize("power", [0.5, 1.0, 1.4])
def test_the_growth_exponent_is_the_power_of_the_size(power: float) -> None:
    assert growth(_rows(power), "p95_ms") == pytest.approx(power)


def test_one_size_says_nothing_of_growth() -> None:
    assert growth(_rows(1.0)[:1], "p95_ms") is None


def test_the_plot_is_an_svg_that_runs_and_loads_nothing(tmp_path: Path) -> None:
    target = tmp_path / "plots" / "scale.svg"

    plot(_rows(0.5), target)

    text = target.read_text("utf-8")
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert "<script" not in text
    assert "goal for p95" in text
