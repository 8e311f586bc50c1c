"""What a project's dossier tells a model before it reads: the newest of what holds, within a number of words."""

from __future__ import annotations

from collections.abc import Iterable

from agents.ledger.domain import ItemKind
from agents.ledger.matters import Matter, matters
from agents.ledger.service import Ledger
from agents.ledger.threads import OVER
from ingestion.domain import SearchFilter
from ingestion.text.language import words

_KINDS = (ItemKind.DECISION, ItemKind.COMMITMENT, ItemKind.RISK, ItemKind.QUESTION, ItemKind.METRIC)


class ProjectBackground:
    """Background of questions that are asked within one project. Blocking."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def lines(self, where: SearchFilter, budget_words: int) -> list[str]:
        """What holds in the project, a line a matter, the newest first; as of the last day of the filter. Empty when
        the filter does not name one project. Raises NotFoundError."""
        if budget_words <= 0 or len(where.projects) != 1:
            return []
        whole = self._ledger.project(where.projects[0], until=where.until)
        standing = [one for one in matters(whole.threads, whole.held, {}) if one.status not in OVER]
        standing.sort(key=lambda one: one.thread.steps[-1].item.day, reverse=True)
        ordered = (one for kind in _KINDS for one in standing if one.thread.kind is kind)
        return _within(map(_line, ordered), budget_words)


def _line(matter: Matter) -> str:
    thread = matter.thread
    notes = [matter.status.value, *([thread.owner.name] if thread.owner else [])]
    notes += [f"due {thread.due.day}"] if thread.due else []
    return f"{thread.current.day} {thread.kind.value} ({', '.join(notes)}): {matter.shown.said.text}"


def _within(lines: Iterable[str], budget: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        budget -= words(line)
        if budget < 0:
            break
        kept.append(line)
    return kept
