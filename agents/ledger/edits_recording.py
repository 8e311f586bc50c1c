"""What people say of items, recorded with what finds the items again. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agents.ledger.domain import Link
from agents.ledger.edits import Anchor, Found, Operation, anchored
from agents.ledger.edits_repository import EditRepository, anchor_json
from agents.ledger.repository import LedgerRepository
from agents.ledger.tables import LedgerEdit
from ingestion.errors import NotFoundError
from ingestion.tables import new_id


class EditRecorder(LedgerRepository):
    """The ledger, with what people say of it. The meetings of what is said are held."""

    def judge(self, later: str, earlier: str, holds: bool) -> str:
        """Record that a person says of a link that it holds, or not; returns the id of the later item's meeting.
        Raises NotFoundError."""
        link = self.link(later, earlier)
        if link is None:
            raise _not_linked(later, earlier)
        self.say_of_link(new_id(), Operation.CONFIRM if holds else Operation.REJECT, link)
        meeting_id = self._meeting_of(later)
        self.settle_links(meeting_id)
        return meeting_id

    def take_back(self, later: str, earlier: str) -> list[LedgerEdit]:
        """Strike what people said of a link, which need not be there any more, nor its items; returns that. Raises
        NotFoundError for a link that never was."""
        edits = EditRepository(self.session)
        said = edits.of_link(later, earlier)
        if not said and self.link(later, earlier) is None:
            raise _not_linked(later, earlier)
        standing = [event for event in said if event.undone_at is None]
        edits.undo(standing)
        return standing

    def say(
        self,
        edit_id: str,
        operation: Operation,
        item_id: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> LedgerEdit:
        """Record what a person says of an item. Raises NotFoundError."""
        meeting_id, anchor = self._anchor(item_id)
        event = LedgerEdit(
            edit_id=edit_id,
            meeting_id=meeting_id,
            item_id=item_id,
            anchor=anchor_json(anchor),
            operation=operation.value,
            before=dict(before or {}),
            after=dict(after or {}),
            values=dict(values or {}),
        )
        return EditRepository(self.session).record(event)

    def say_of_lines(self, edit_id: str, meeting_id: str, new: Found, after: Mapping[str, Any]) -> LedgerEdit:
        """Record that lines of a meeting tell of something."""
        event = LedgerEdit(
            edit_id=edit_id,
            meeting_id=meeting_id,
            item_id=new.id,
            anchor=anchor_json(anchored(new.said, self.texts(meeting_id), derived=False)),
            operation=Operation.ADD.value,
            after=dict(after),
        )
        return EditRepository(self.session).record(event)

    def say_of_link(self, edit_id: str, operation: Operation, link: Link) -> LedgerEdit:
        """Record what a person says of a link between two items. Raises NotFoundError."""
        event = self.say(
            edit_id,
            operation,
            link.later,
            values={"type": link.type.value, "confidence": link.confidence, "reason": link.reason},
        )
        event.other_id = link.earlier
        event.other_meeting_id, anchor = self._anchor(link.earlier)
        event.other_anchor = anchor_json(anchor)
        self.session.flush()
        return event

    def _meeting_of(self, item_id: str) -> str:
        """The id of the meeting of an item. Raises NotFoundError."""
        item, _ = self.get(item_id)
        return item.meeting_id

    def _anchor(self, item_id: str) -> tuple[str, Anchor]:
        item, _ = self.get(item_id)
        read = {one.id: one.said for one in self.found(item.meeting_id)}
        said = read.get(item_id, item.said)
        return item.meeting_id, anchored(said, self.texts(item.meeting_id), derived=item_id in read)


def _not_linked(later: str, earlier: str) -> NotFoundError:
    return NotFoundError(f"'{later}' is not linked to '{earlier}'", "`huimai items show ID` lists an item's links")
