"""Building a report: what was asked for becomes a document. Blocking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from agents.comparison.markdown import comparison_markdown
from agents.comparison.periods import When
from agents.comparison.report import Comparison, compare
from agents.comparison.who import Listener, Who
from agents.dossier.dossier import Dossier, dossier
from agents.dossier.markdown import dossier_markdown
from agents.exports.paper import BASE, Entry, Paper
from agents.exports.papers import paper
from agents.ledger.service import Ledger, Quotes
from agents.reports.domain import Asked, Built, ReportKind
from agents.templates.catalogue import Templates
from agents.templates.markdown import review_markdown
from agents.templates.review import Focus, Review, review, reviewed
from ingestion.database import Database
from ingestion.errors import ConflictError

_PAPER = TypeAdapter(Paper)


class Builder:
    """Builds reports from the ledger as it is now."""

    def __init__(self, database: Database, ledger: Ledger, quotes: Quotes, templates: Templates) -> None:
        self._database, self._ledger, self._quotes, self._templates = database, ledger, quotes, templates

    def build(self, asked: Asked, projects: Sequence[str]) -> Built:
        """What was asked for, of the projects of these names. Raises NotFoundError, BadInputError, and ConflictError
        while a meeting to review is not ready."""
        if asked.kind is ReportKind.COMPARISON:
            compared = self._compared(asked, projects)
            return _built(compared, compared.to_json(), comparison_markdown(compared))
        if asked.kind is ReportKind.DOSSIER:
            known = dossier(self._ledger, projects[0], asked.at)
            return _built(known, known.to_json(), dossier_markdown(known))
        looked_at = self._reviewed(asked)
        return _built(looked_at, looked_at.to_json(), review_markdown(looked_at))

    def _compared(self, asked: Asked, projects: Sequence[str]) -> Comparison:
        when = When(asked.earlier, asked.later, asked.week, asked.month)
        who = Who(asked.speakers, asked.side)
        return compare(self._ledger, projects, when, who, Listener(self._database))

    def _reviewed(self, asked: Asked) -> Review:
        template = self._templates.get(asked.template or "")
        meeting = reviewed(self._database, self._ledger, self._quotes, asked.meeting or "")
        focus = Focus(asked.start, asked.end) if asked.start is not None or asked.end is not None else None
        return review(meeting, asked.template or "", template, focus)


def stored_paper(built: Built, base: str) -> Paper:
    """The paper of a report as it was built, with links that begin with `base`. Raises ConflictError for one that
    another release has stored in another form."""
    try:
        found = _PAPER.validate_json(built.paper)
    except ValidationError:
        raise ConflictError(
            "this version was built by another release, which wrote files otherwise",
            "`huimai report rebuild ID` builds it anew; --format md and json still show it",
        ) from None
    return replace(
        found,
        base=base,
        parts=tuple(replace(part, entries=_rebased(part.entries, base)) for part in found.parts),
    )


def _rebased(entries: Sequence[Entry], base: str) -> tuple[Entry, ...]:
    return tuple(
        replace(
            entry,
            cites=tuple(replace(one, url=base + one.url.removeprefix(BASE)) for one in entry.cites),
            sides=_rebased(entry.sides, base),
        )
        for entry in entries
    )


def _built(found: Comparison | Dossier | Review, document: dict[str, Any], text: str) -> Built:
    written = paper(found, BASE)
    return Built(written.title, document, text, _PAPER.dump_json(written).decode(), frozenset(_meetings(document)))


def _meetings(document: Any) -> Iterator[str]:
    """The ids of the meetings of which a document quotes or names something."""
    if isinstance(document, list):
        for one in cast(list[Any], document):
            yield from _meetings(one)
    elif isinstance(document, dict):
        known = cast(dict[str, Any], document)
        if isinstance(named := known.get("meeting_id"), str):
            yield named
        if "date" in known and isinstance(itself := known.get("id"), str) and "title" in known:
            yield itself
        for value in known.values():
            yield from _meetings(value)
