"""What was decided and changed on each day, drawn along a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agents.exports import svg
from agents.exports.chart import Chart, paged
from agents.exports.paper import Paper, one_line
from agents.exports.wording import WORDS
from agents.ledger.domain import ItemKind, LinkType
from agents.ledger.threads import CHANGES
from agents.ledger.wording import LINKS, on_day
from agents.qa.language import Language

_WIDTH, _ROW, _LINE_X = 760, 26, 110
_NEW, _CHANGED = "#1f6feb", "#c2410c"


@dataclass(frozen=True, slots=True)
class _Step:
    day: date
    lines: tuple[int, ...]
    text: str
    does: LinkType | None


def timeline(paper: Paper, fonts: str) -> list[Chart]:
    """The decisions in the order of their days, those that change an earlier one marked."""
    language = paper.language
    steps = sorted(
        (
            _Step(step.item.day, step.item.said.lines, one_line(step.item.said.text), step.does)
            for matter in paper.matters
            if matter.thread.kind is ItemKind.DECISION
            for step in matter.thread.steps
            if step.does is None or step.does in CHANGES
        ),
        key=lambda step: (step.day, step.lines),
    )

    def draw(rows: Sequence[_Step], title: str) -> str:
        return _drawn(rows, language, fonts, title)

    return paged(steps, draw, lambda step: _told(step, language), WORDS[language]["decisions_chart"], language)


def _drawn(rows: Sequence[_Step], language: Language, fonts: str, title: str) -> str:
    height = _ROW * len(rows) + 12
    shapes = [svg.line(_LINE_X, 6, _LINE_X, height - 6, width=2)]
    shown: date | None = None
    for n, step in enumerate(rows):
        y = _ROW * n + 19
        if step.day != shown:
            shapes.append(svg.text(_LINE_X - 14, y + 4, on_day(step.day, language), svg.QUIET, "end"))
        shown = step.day
        shapes.append(svg.dot(_LINE_X, y, _CHANGED if step.does else _NEW))
        shapes.append(svg.text(_LINE_X + 16, y + 4, step.text, ems=38 if step.does else 51))
        if step.does:
            shapes.append(svg.text(_WIDTH - 4, y + 4, LINKS[step.does][language], _CHANGED, "end"))
    return svg.drawing(_WIDTH, height, shapes, fonts, title)


def _told(step: _Step, language: Language) -> str:
    does = [LINKS[step.does][language]] if step.does else []
    return " · ".join([on_day(step.day, language), *does, step.text])
