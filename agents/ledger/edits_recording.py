"""What people say of items, recorded with what finds the items again. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agents.ledger.domain import Link
from agents.ledger.edits import OF_LINKS, Anchor, Found, Operation, anchored
from agents.ledger.edits_repository import EditRepository, anchor_json
from agents.ledger.repository import LedgerRepository
from agents.ledger.tables import LedgerEdit
from ingestion.errors import NotFoundError
from ingestion.tables import new_id


class EditRecorder(LedgerRepository):
    """The ledger, with what people say of it. The meetings of what is said are held."""

    def judge(self, later: str, earlier: str, confirmed: bool | None) -> Link:
        """Record what a person says of a link. Raises NotFoundError."""
        link = self.link(later, earlier)
        if link is None:
            raise NotFoundError(
                f"'{later}' is not linked to '{earlier}'", "`huimai items show ID` lists an item's links"
            )
        if confirmed is None:
            EditRepository(self.session).undo(
                event
                for event in EditRepository(self.session).of_items([later])
                if (event.item_id, event.other_id, event.undone_at) == (later, earlier, None)
                and Operation(event.operation) in OF_LINKS
            )
        else:
            operation = Operation.CONFIRM if confirmed else Operation.REJECT
            self.say_of_link(new_id(), operation, link)
        self.settle_links(self.meeting_of(later))
        return self.link(later, earlier) or replace(link, confirmed=None)

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

    def meeting_of(self, item_id: str) -> str:
        """The id of the meeting of an item. Raises NotFoundError."""
        item, _ = self.get(item_id)
        return item.meeting_id

    def _anchor(self, item_id: str) -> tuple[str, Anchor]:
        item, _ = self.get(item_id)
        read = {one.id: one.said for one in self.found(item.meeting_id)}
        said = read.get(item_id, item.said)
        return item.meeting_id, anchored(said, self.texts(item.meeting_id), derived=item_id in read)
