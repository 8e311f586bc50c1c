"""Who is to do what: open commitments beside the people who own them now or owned them before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agents.exports import svg
from agents.exports.chart import Chart, paged
from agents.exports.paper import Paper, one_line
from agents.exports.wording import WORDS
from agents.ledger.matters import Matter
from agents.ledger.threads import CHANGES
from agents.ledger.wording import on_day
from agents.qa.language import Language

_WIDTH, _ROW, _TOP, _LEFT = 760, 26, 34, 360
_PEOPLE = 8
"""Most people of one drawing."""
_OWNED, _UNOWNED = "#1f6feb", "#c2410c"


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    owner: str | None
    formerly: tuple[str, ...]
    due: date | None


def matrix(paper: Paper, fonts: str) -> list[Chart]:
    """A column for each person, and one for what nobody owns as far as anybody said."""
    rows = [_row(matter) for matter in paper.open_commitments]
    names: list[str | None] = [*sorted({name for row in rows for name in (row.owner, *row.formerly) if name})]
    names += [None] if any(row.owner is None for row in rows) else []
    people = [names[at : at + _PEOPLE] for at in range(0, len(names), _PEOPLE)]
    words = WORDS[paper.language]
    found: list[Chart] = []
    for some in people:
        first, last = (name or words["nobody"] for name in (some[0], some[-1]))
        title = words["span"].format(title=words["people_chart"], first=first, last=last)
        found += _charts(rows, some, paper.language, fonts, title if len(people) > 1 else words["people_chart"])
    return found


def _charts(
    rows: Sequence[_Row], people: Sequence[str | None], language: Language, fonts: str, title: str
) -> list[Chart]:
    theirs = sorted(
        (row for row in rows if row.owner in people), key=lambda row: (people.index(row.owner), row.due or date.max)
    )

    def draw(page: Sequence[_Row], title: str) -> str:
        return _drawn(page, people, language, fonts, title)

    def tell(row: _Row) -> str:
        return _told(row, language)

    return paged(theirs, draw, tell, title, language, WORDS[language]["legend_people"])


def _row(matter: Matter) -> _Row:
    thread = matter.thread
    now = one_line(thread.owner.name) if thread.owner else None
    promises = [step.item.said for step in thread.steps if step.does is None or step.does in CHANGES]
    names = [one_line(said.owner.name) for said in promises if said.owner]
    formerly = tuple(dict.fromkeys(name for name in names if name != now))
    return _Row(one_line(matter.shown.said.text), now, formerly, thread.due.day if thread.due else None)


def _drawn(rows: Sequence[_Row], people: Sequence[str | None], language: Language, fonts: str, title: str) -> str:
    step = min((_WIDTH - _LEFT) / len(people), 120)
    across = {name: _LEFT + step * (n + 0.5) for n, name in enumerate(people)}
    height = _TOP + _ROW * len(rows) + 6
    shapes = [
        svg.text(x, y, said, svg.QUIET, "middle", ems=step / 12 - 0.3)
        for name, x in across.items()
        for y, said in zip((12, 27), (name or WORDS[language]["nobody"]).split(maxsplit=1), strict=False)
    ]
    for n, row in enumerate(rows):
        y = _TOP + _ROW * n + 13
        shapes.append(svg.line(0, y - 13, _WIDTH, y - 13))
        shapes.append(svg.text(4, y + 4, row.text, ems=28))
        shapes.append(svg.dot(across[row.owner], y, _OWNED if row.owner else _UNOWNED))
        shapes += [svg.dot(across[name], y, _OWNED, hollow=True) for name in row.formerly if name in across]
    return svg.drawing(_WIDTH, height, shapes, fonts, title)


def _told(row: _Row, language: Language) -> str:
    words = WORDS[language]
    said = [words["owned"].format(name=row.owner or words["nobody"], text=row.text)]
    said += [words["formerly"].format(name=name) for name in row.formerly]
    said += [words["due_on"].format(day=on_day(row.due, language))] if row.due else []
    return " · ".join(said)
