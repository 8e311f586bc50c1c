"""The charts of a paper.

Each has its text alternative, and a chart of nothing is left out. Nothing is drawn that nobody said: a commitment
without a date has no end, and one without an owner belongs to nobody.
"""

from __future__ import annotations

from agents.exports.chart import Chart
from agents.exports.gantt import gantt
from agents.exports.matrix import matrix
from agents.exports.measures import measures
from agents.exports.paper import Paper
from agents.exports.timeline import timeline


def charts(paper: Paper, fonts: str) -> list[Chart]:
    """The charts that have something to show, in order. `fonts` is a CSS list of families."""
    return [chart for drawn in (timeline, matrix, gantt, measures) for chart in drawn(paper, fonts)]
