"""What a chart is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from agents.exports.wording import WORDS
from agents.qa.language import Language

ROWS = 28
"""Most rows of one drawing, so that it fits on a page."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its title, what its marks mean, and line by line what it shows: its text alternative."""

    title: str
    svg: str
    lines: tuple[str, ...]
    legend: str = ""


def paged(
    rows: Sequence[T],
    draw: Callable[[Sequence[T], str], str],
    tell: Callable[[T], str],
    title: str,
    language: Language,
    legend: str = "",
) -> list[Chart]:
    """As many charts as the rows need, none for no rows. `draw` makes the SVG of some rows under a title."""
    pages = [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]
    found: list[Chart] = []
    for n, page in enumerate(pages, start=1):
        name = WORDS[language]["part"].format(title=title, n=n, of=len(pages)) if len(pages) > 1 else title
        found.append(Chart(name, draw(page, name), tuple(tell(row) for row in page), legend))
    return found
