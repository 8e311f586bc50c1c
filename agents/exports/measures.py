"""Measures over time: a line each, for those of which several values were said."""

from __future__ import annotations

from datetime import date

from agents.exports import svg
from agents.exports.chart import Chart
from agents.exports.paper import Paper, one_line
from agents.exports.wording import WORDS
from agents.ledger.domain import ItemKind, Measure
from agents.ledger.matters import Matter


def measures(paper: Paper, fonts: str) -> list[Chart]:
    """A chart for each measure with values of two days at least."""
    series = [_series(matter) for matter in paper.matters if matter.thread.kind is ItemKind.METRIC]
    return [_chart(values, paper, fonts) for values in series if len({day for day, _ in values}) > 1]


def _series(matter: Matter) -> list[tuple[date, Measure]]:
    return [(step.item.day, step.item.said.measure) for step in matter.thread.steps if step.item.said.measure]


def _chart(values: list[tuple[date, Measure]], paper: Paper, fonts: str) -> Chart:
    newest, words = values[-1][1], WORDS[paper.language]
    form = words["metric_unit_chart"] if newest.unit else words["metric_chart"]
    title = form.format(name=one_line(newest.name), unit=one_line(newest.unit))
    lines = tuple(f"{day.isoformat()}: {one_line(measure.said)}" for day, measure in values)
    return Chart(title, _drawn(values, fonts), lines)


def _drawn(values: list[tuple[date, Measure]], fonts: str) -> str:
    import pygal
    from pygal.style import Style

    style = Style(
        font_family=fonts,
        background="white",
        plot_background="white",
        foreground=svg.QUIET,
        foreground_strong=svg.INK,
        foreground_subtle=svg.GRID,
        colors=("#1f6feb",),
        label_font_size=12,
        value_font_size=12,
        value_colors=(svg.INK,),
    )
    chart = pygal.DateLine(
        style=style,
        js=(),
        no_prefix=True,
        width=760,
        height=220,
        margin_top=24,
        margin_right=80,
        margin_left=40,
        show_legend=False,
        show_y_labels=False,
        show_y_guides=False,
        dots_size=4,
        print_values=True,
        x_value_formatter=date.isoformat,
    )
    chart.x_labels = sorted({day for day, _ in values})
    numbers = [float(measure.value) for _, measure in values]
    room = (max(numbers) - min(numbers)) / 8 or 1
    chart.range = (min(numbers) - room, max(numbers) + room)
    chart.add("", [_point(day, measure) for day, measure in values])
    return svg.still(chart)


def _point(day: date, measure: Measure) -> dict[str, object]:
    """A point that is labelled with the number as it was said."""

    def said(_: object) -> str:
        return one_line(measure.said)

    return {"value": (day, float(measure.value)), "formatter": said}
