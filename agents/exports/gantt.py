"""Commitments as bars from the day they were promised to the day they are due or were done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agents.exports import svg
from agents.exports.chart import Chart, paged
from agents.exports.paper import Paper, one_line
from agents.exports.wording import WORDS
from agents.ledger.matters import Matter
from agents.ledger.threads import CHANGES, CLOSES, Status
from agents.ledger.wording import STATUSES, on_day
from agents.qa.language import Language

_WIDTH, _ROW, _TOP = 760, 26, 30
_LEFT, _RIGHT = 280, 560
"""Between which x the days lie."""
_MOST_TICKS = 3
_OPEN, _DONE, _DROPPED = "#1f6feb", "#15803d", "#c2410c"


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    status: Status
    promised: date
    due: date | None
    was_due: tuple[date, ...]
    done: date | None

    @property
    def days(self) -> list[date]:
        return [day for day in (self.promised, *self.was_due, self.due, self.done) if day]

    @property
    def colour(self) -> str:
        return {Status.DONE: _DONE, Status.DROPPED: _DROPPED}.get(self.status, _OPEN)


def gantt(paper: Paper, fonts: str) -> list[Chart]:
    """What is open first, by the day it is due; a bar ends only at a day that was said."""
    language, words = paper.language, WORDS[paper.language]
    bars = sorted((_bar(one, language) for one in paper.commitments), key=lambda b: (bool(b.done), b.due or date.max))
    days = [day for bar in bars for day in bar.days] + ([paper.as_of] if paper.as_of else [])

    def draw(rows: Sequence[_Bar], title: str) -> str:
        return _Drawing(min(days), max(days), paper.as_of, language).drawn(rows, fonts, title)

    return paged(bars, draw, lambda bar: _told(bar, language), words["gantt_chart"], language, words["legend_gantt"])


def _bar(matter: Matter, language: Language) -> _Bar:
    thread, text = matter.thread, one_line(matter.shown.said.text)
    promises = [step.item.said for step in thread.steps if step.does is None or step.does in CHANGES]
    dues = [said.due.day for said in promises if said.due]
    due = thread.due.day if thread.due else None
    name = WORDS[language]["owned"].format(name=one_line(thread.owner.name), text=text) if thread.owner else text
    done = next((step.item.day for step in thread.steps if step.does in CLOSES), None)
    return _Bar(name, matter.status, thread.steps[0].item.day, due, tuple(d for d in dues if d != due), done)


def _told(bar: _Bar, language: Language) -> str:
    words = WORDS[language]
    said = [words["promised_on"].format(day=on_day(bar.promised, language))]
    said += [words["was_due_on"].format(day=on_day(day, language)) for day in bar.was_due]
    said.append(words["due_on"].format(day=on_day(bar.due, language)) if bar.due else words["undated"])
    said += [words["done_on"].format(day=on_day(bar.done, language))] if bar.done else [STATUSES[bar.status][language]]
    return " · ".join([bar.name, *said])


class _Drawing:
    def __init__(self, first: date, last: date, as_of: date | None, language: Language) -> None:
        self._first, self._days = first, max((last - first).days, 1)
        self._as_of = as_of
        self._language: Language = language

    def drawn(self, rows: Sequence[_Bar], fonts: str, title: str) -> str:
        height = _TOP + _ROW * len(rows) + 8
        shapes = self._axis(height)
        for n, bar in enumerate(rows):
            shapes += self._row(bar, _TOP + _ROW * n + 14)
        return svg.drawing(_WIDTH, height, shapes, fonts, title)

    def _x(self, day: date) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (day - self._first).days / self._days, 1)

    def _axis(self, height: int) -> list[str]:
        count = min(_MOST_TICKS, self._days)
        shapes: list[str] = []
        for n in range(count + 1):
            day = self._first + timedelta(days=round(self._days * n / count))
            shapes.append(svg.line(self._x(day), _TOP - 8, self._x(day), height - 4))
            shapes.append(svg.text(self._x(day), 14, day.isoformat(), svg.QUIET, "middle"))
        if self._as_of:
            shapes.append(
                svg.line(self._x(self._as_of), _TOP - 8, self._x(self._as_of), height - 4, svg.QUIET, 1, "3 3")
            )
        return shapes

    def _row(self, bar: _Bar, y: float) -> list[str]:
        colour, start = bar.colour, self._x(bar.promised)
        end = bar.done or bar.due
        shapes = [svg.text(4, y + 4, bar.name, ems=20)]
        if end:
            shapes.append(svg.line(start, y, self._x(end), y, colour, 6))
        shapes += [svg.line(self._x(day), y - 7, self._x(day), y + 7, colour, 2) for day in bar.was_due]
        shapes.append(svg.dot(start, y, colour))
        shapes += [svg.diamond(self._x(bar.due), y, colour)] if bar.due else []
        shapes += [svg.tick(self._x(bar.done), y, colour)] if bar.done else []
        shapes.append(svg.text(_WIDTH - 4, y + 4, STATUSES[bar.status][self._language], colour, "end", ems=16))
        return shapes
