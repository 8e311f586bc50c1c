"""The SQL of edits: what people said of items, and what was found before that. Nothing here commits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, delete, func, or_, select

from agents.ledger.edits import OF_LINKS, Anchor, Edit, Found, Operation
from agents.ledger.rows import draft_json, draft_of
from agents.ledger.tables import LedgerEdit, LedgerFound
from ingestion.errors import NotFoundError
from ingestion.tables import Meeting, now


class EditRepository:
    """Events in their order, and the items that they are laid over."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def found(self, meeting_id: str) -> list[Found] | None:
        """What a meeting was last read as; null when that was before anybody could edit it."""
        row = self.session.get(LedgerFound, meeting_id)
        return [Found(*draft_of(one)) for one in row.items] if row else None

    def keep_found(self, meeting_id: str, found: Iterable[Found]) -> None:
        """Store what a meeting was read as, in place of what was stored of it."""
        self.session.merge(LedgerFound(meeting_id=meeting_id, items=[draft_json(one.said, one.id) for one in found]))
        self.session.flush()

    def record(self, event: LedgerEdit) -> LedgerEdit:
        """Store an event after all that the meeting has. The meeting is held."""
        last = select(func.max(LedgerEdit.number)).where(LedgerEdit.meeting_id == event.meeting_id)
        event.number = (self.session.exec(last).one() or 0) + 1
        self.session.add(event)
        self.session.flush()
        return event

    def standing(self, meeting_id: str) -> list[Edit]:
        """What people said of the items of a meeting, in order, undone events left out. Of a link between two of its
        items there is one edit for each; those that other meetings have with it come last."""
        rows = self._rows(or_(LedgerEdit.meeting_id == meeting_id, LedgerEdit.other_meeting_id == meeting_id))
        rows.sort(key=lambda row: (row.meeting_id != meeting_id, row.number, row.id))
        found: list[Edit] = []
        for row in rows:
            if row.meeting_id == meeting_id:
                found.append(_edit(row, row.item_id, row.anchor))
            if row.other_meeting_id == meeting_id and row.other_id and row.other_anchor:
                found.append(_edit(row, row.other_id, row.other_anchor))
        return found

    def said_of_links(self, meeting_id: str) -> list[LedgerEdit]:
        """The newest standing event of each link from an item of a meeting."""
        rows = self._rows(
            LedgerEdit.meeting_id == meeting_id, col(LedgerEdit.operation).in_([one.value for one in OF_LINKS])
        )
        newest = {(row.item_id, row.other_id): row for row in sorted(rows, key=lambda row: row.number)}
        return list(newest.values())

    def told_statuses(self, meeting_id: str) -> list[LedgerEdit]:
        """The standing events of a meeting that say how a matter stands."""
        return self._rows(LedgerEdit.meeting_id == meeting_id, LedgerEdit.operation == Operation.STATUS.value)

    def of(self, edit_id: str) -> list[LedgerEdit]:
        """The events of one edit. Raises NotFoundError."""
        wanted = select(LedgerEdit).where(LedgerEdit.edit_id == edit_id)
        found = list(self.session.exec(wanted.order_by(col(LedgerEdit.meeting_id), col(LedgerEdit.number))))
        if not found:
            raise NotFoundError(f"there is no edit '{edit_id}'", "`huimai items history ID` lists those of an item")
        return found

    def of_items(self, item_ids: Collection[str]) -> list[LedgerEdit]:
        """Every event of these items, the newest first, undone ones too."""
        some = or_(col(LedgerEdit.item_id).in_(item_ids), col(LedgerEdit.other_id).in_(item_ids))
        return self._newest_first(list(self.session.exec(select(LedgerEdit).where(some))))

    def of_link(self, later: str, earlier: str) -> list[LedgerEdit]:
        """Every event that says something of the link from one item to another, the newest first, undone ones too."""
        return [
            event
            for event in self.of_items([earlier])
            if (event.item_id, event.other_id) == (later, earlier) or event.values.get("id") == later
        ]

    def of_project(self, project_id: str, *, lost: bool) -> list[LedgerEdit]:
        """Every event of a project's meetings, the newest first; with `lost` those that stand and found nothing."""
        wanted = select(LedgerEdit).join(Meeting, col(Meeting.id) == col(LedgerEdit.meeting_id))
        wanted = wanted.where(Meeting.project_id == project_id)
        if lost:
            wanted = wanted.where(col(LedgerEdit.lost).is_(True), col(LedgerEdit.undone_at).is_(None))
        return self._newest_first(list(self.session.exec(wanted)))

    def lost(self, meeting_ids: Collection[str]) -> dict[str, int]:
        """How many standing events of each of the meetings found nothing to be laid over; none is left out."""
        wanted = (
            select(LedgerEdit.meeting_id, func.count())
            .where(
                col(LedgerEdit.meeting_id).in_(meeting_ids),
                col(LedgerEdit.lost).is_(True),
                col(LedgerEdit.undone_at).is_(None),
            )
            .group_by(col(LedgerEdit.meeting_id))
        )
        return dict(self.session.exec(wanted).all())

    def mark_lost(self, meeting_id: str, lost: Collection[str]) -> None:
        """Record which events of a meeting, links apart, found nothing to be laid over."""
        links = [one.value for one in OF_LINKS]
        for row in self._rows(LedgerEdit.meeting_id == meeting_id, col(LedgerEdit.operation).not_in(links)):
            row.lost = row.id in lost
        self.session.flush()

    def undo(self, events: Iterable[LedgerEdit]) -> None:
        """Strike events; the record of them stays."""
        for event in events:
            event.undone_at = now()
        self.session.flush()

    def delete_meeting(self, meeting_id: str) -> None:
        """Remove every event that has words of a meeting, and what was found in it."""
        its = or_(col(LedgerEdit.meeting_id) == meeting_id, col(LedgerEdit.other_meeting_id) == meeting_id)
        self.session.exec(delete(LedgerEdit).where(its))
        self.session.exec(delete(LedgerFound).where(col(LedgerFound.meeting_id) == meeting_id))

    def _rows(self, *where: Any) -> list[LedgerEdit]:
        return list(self.session.exec(select(LedgerEdit).where(col(LedgerEdit.undone_at).is_(None), *where)))

    def _newest_first(self, rows: Sequence[LedgerEdit]) -> list[LedgerEdit]:
        return sorted(rows, key=lambda row: (row.made_at, row.number, row.id), reverse=True)


def anchor_json(anchor: Anchor) -> dict[str, Any]:
    """An anchor as an event keeps it."""
    words = {str(line): text for line, text in anchor.words.items()}
    return {"said": draft_json(anchor.said), "words": words, "derived": anchor.derived}


def anchor_of(document: Mapping[str, Any]) -> Anchor:
    """The anchor of an object that `anchor_json` made."""
    _, said = draft_of(document["said"])
    return Anchor(said, {int(line): text for line, text in document["words"].items()}, document["derived"])


def _edit(row: LedgerEdit, item_id: str, anchor: Mapping[str, Any]) -> Edit:
    return Edit(row.id, Operation(row.operation), item_id, anchor_of(anchor), row.made_at, row.after, row.values)
