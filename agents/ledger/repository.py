"""All SQL over the tables of the ledger. Nothing here commits: the caller's session does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import col, delete, or_, select

from agents.ledger.domain import Item, ItemDraft, ItemKind, Link, LinkType, in_order, stands_on
from agents.ledger.edits import Edit, Found, Operation
from agents.ledger.edits_applying import Transcript, applied, said_now
from agents.ledger.edits_identity import identified
from agents.ledger.edits_repository import EditRepository
from agents.ledger.reading_repository import ReadingRepository
from agents.ledger.rows import item_of, item_row, link_of, link_row, said_in
from agents.ledger.tables import LedgerEdit, LedgerItem, LedgerLink, Reading
from agents.link.reasons import Why, reason
from ingestion.errors import BadInputError, NotFoundError
from ingestion.tables import Meeting, Utterance, new_id


class LedgerRepository(ReadingRepository):
    """Items, their links, what people said of both, and how far meetings were read."""

    def items(self, project_id: str) -> list[Item]:
        """The items of a project's meetings, updates included, by day, meeting and line."""
        wanted = (
            select(LedgerItem, col(Meeting.date))
            .join(Meeting, col(Meeting.id) == col(LedgerItem.meeting_id))
            .where(Meeting.project_id == project_id)
        )
        found = [item_of(row, day) for row, day in self.session.exec(wanted)]
        return sorted(found, key=in_order)

    def links(self, project_id: str) -> list[Link]:
        """The links from items of a project's meetings."""
        wanted = (
            select(LedgerLink)
            .join(LedgerItem, col(LedgerItem.id) == col(LedgerLink.later))
            .join(Meeting, col(Meeting.id) == col(LedgerItem.meeting_id))
            .where(Meeting.project_id == project_id)
            .order_by(col(LedgerLink.later), col(LedgerLink.earlier))
        )
        return [link_of(row) for row in self.session.exec(wanted)]

    def link(self, later: str, earlier: str) -> Link | None:
        """The link between two items; null where there is none."""
        row = self.session.get(LedgerLink, (later, earlier), populate_existing=True)
        return link_of(row) if row else None

    def get(self, item_id: str) -> tuple[Item, str]:
        """An item, and the id of its project. Raises NotFoundError."""
        wanted = (
            select(LedgerItem, col(Meeting.date), col(Meeting.project_id))
            .join(Meeting, col(Meeting.id) == col(LedgerItem.meeting_id))
            .where(LedgerItem.id == item_id)
        )
        found = self.session.exec(wanted).first()
        if found is None:
            raise NotFoundError(f"there is no item '{item_id}'", "`huimai items --project NAME` lists them")
        row, day, project_id = found
        return item_of(row, day), project_id

    def replace_items(self, meeting_id: str, drafts: Sequence[ItemDraft]) -> bool:
        """Store what a meeting says in place of what was stored of it, updates apart, with what people said of it laid
        over; returns whether anything differs.

        An item of the same kind on the same lines, or else on some of them, keeps its id and its links. Raises
        BadInputError, and stores nothing, when one stands on a line that the meeting does not have.
        """
        self._require_lines(meeting_id, drafts)
        before = self.found(meeting_id)
        updates = [one for one in before if one.said.kind is ItemKind.UPDATE]
        old = [one for one in before if one.said.kind is not ItemKind.UPDATE]
        new = [Found(new_id(), draft) for draft in drafts]
        self._keep(meeting_id, [*identified(old, new, *self._laid_over(meeting_id)), *updates])
        return self.settle(meeting_id)

    def replace_links(self, meeting_id: str, links: Iterable[Link], updates: Sequence[Item]) -> bool:
        """Store what a meeting does to what was there in place of what was stored of that; returns whether anything
        differs. What a person confirmed stays, and what a person rejected stays rejected; a link to what is not there
        any more is left out. Raises as `replace_items`."""
        self._require_lines(meeting_id, [item.said for item in updates])
        before = self._links_from(self._ids(meeting_id))
        found = self.found(meeting_id)
        stated = [one for one in found if one.said.kind is not ItemKind.UPDATE]
        old = [one for one in found if one.said.kind is ItemKind.UPDATE]
        new = [Found(item.id, item.said) for item in updates]
        told = identified(old, new, *self._laid_over(meeting_id))
        same = {item.id: one.id for item, one in zip(updates, told, strict=True)}
        self._keep(meeting_id, [*stated, *told])
        self._delete_links(self._ids(meeting_id))
        self.settle(meeting_id)
        wanted = [replace(one, later=same.get(one.later, one.later), confirmed=None) for one in links]
        there = self._existing({id for link in wanted for id in (link.later, link.earlier)})
        for link in wanted:
            if {link.later, link.earlier} <= there:
                self.session.merge(link_row(link))
        self.session.flush()
        self.settle_links(meeting_id)
        return {_key(link) for link in before} != {_key(link) for link in self._links_from(self._ids(meeting_id))}

    def found(self, meeting_id: str) -> list[Found]:
        """What a meeting was last read as, before what people said of it."""
        kept = EditRepository(self.session).found(meeting_id)
        return self.shown(meeting_id) if kept is None else kept

    def shown(self, meeting_id: str) -> list[Found]:
        """The items of a meeting as they stand."""
        return [Found(row.id, said_in(row)) for row in self._rows(meeting_id)]

    def settle(self, meeting_id: str) -> bool:
        """Make the items of a meeting those that were found with what people said laid over; returns whether any
        differs. Items that are no more take their links with them."""
        edits, transcript = self._laid_over(meeting_id)
        found = self.found(meeting_id)
        if EditRepository(self.session).found(meeting_id) is None:
            self._keep(meeting_id, found)
        result = applied(found, edits, transcript)
        EditRepository(self.session).mark_lost(meeting_id, result.lost)
        old = {row.id: row for row in self._rows(meeting_id)}
        new = [item_row(one.id, meeting_id, one.said) for one in result.items]
        gone = set(old) - {row.id for row in new}
        differs = bool(gone) or any(row.id not in old or _values(old[row.id]) != _values(row) for row in new)
        self._delete_items(gone)
        for row in new:
            self.session.merge(row)
        self.session.flush()
        return differs

    def settle_links(self, meeting_id: str) -> None:
        """Lay over the links from the items of a meeting what people said of them; an event one of whose items is not
        there, or is in another project, is lost until it is back."""
        edits = EditRepository(self.session)
        for row in self._link_rows(self._ids(meeting_id)):
            if _by_hand(row):
                self.session.delete(row)
            else:
                row.confirmed = None
        self.session.flush()
        for event in edits.said_of_links(meeting_id):
            event.lost = not self._lay(event)
        for event in edits.told_statuses(meeting_id):
            does = LinkType(event.values["type"])
            told = Link(event.values["id"], event.item_id, does, 1.0, reason(Why.BY_HAND), True)
            if {told.later, told.earlier} <= self._existing({told.later, told.earlier}):
                self.session.merge(link_row(told))
        self.session.flush()

    def rejected(self, meeting_id: str) -> list[tuple[Item, str]]:
        """The items of a meeting, whether they are found now or not, with the earlier item that they do not belong to,
        as people said."""
        edits, transcript = self._laid_over(meeting_id)
        newest = {event.id: event for event in EditRepository(self.session).said_of_links(meeting_id)}
        day = self.session.exec(select(Meeting).where(Meeting.id == meeting_id)).one().date
        return [
            (Item(event.item_id, meeting_id, day, said_now(edit.anchor, transcript)), event.other_id)
            for edit in edits
            if edit.operation is Operation.REJECT and (event := newest.get(edit.id))
            if edit.item_id == event.item_id and event.other_id
        ]

    def meetings_of(self, item_ids: Iterable[str]) -> set[str]:
        """The ids of the meetings of those of the items that exist."""
        some = col(LedgerItem.id).in_(list(item_ids))
        return set(self.session.exec(select(LedgerItem.meeting_id).where(some)))

    def texts(self, meeting_id: str) -> list[str]:
        """What the lines of a meeting say, in order."""
        wanted = select(Utterance.text).where(Utterance.meeting_id == meeting_id).order_by(col(Utterance.index))
        return list(self.session.exec(wanted))

    def delete_meeting(self, meeting_id: str) -> None:
        """Remove everything that was read from a meeting. Call it before the meeting is deleted."""
        self._delete_items(self._ids(meeting_id))
        EditRepository(self.session).delete_meeting(meeting_id)
        self.session.exec(delete(Reading).where(col(Reading.meeting_id) == meeting_id))
        self.session.flush()

    def _require_lines(self, meeting_id: str, drafts: Iterable[ItemDraft]) -> None:
        known = set(self.session.exec(select(Utterance.index).where(Utterance.meeting_id == meeting_id)))
        for draft in drafts:
            if not draft.lines or not known.issuperset(stands_on(draft)):
                raise BadInputError(
                    f"a {draft.kind.value} stands on lines that the meeting '{meeting_id}' does not have",
                    "read the meeting again: `huimai items read`",
                )

    def _lay(self, event: LedgerEdit) -> bool:
        """Make a link what a person said of it; false when it cannot be, since an end of it is gone."""
        ends = {event.item_id, event.other_id or ""}
        if len(self._projects(ends)) != 1 or self._existing(ends) != ends:
            return event.operation == Operation.REJECT
        does, confidence, why = (event.values[name] for name in ("type", "confidence", "reason"))
        confirmed = event.operation != Operation.REJECT
        link = Link(event.item_id, event.other_id or "", LinkType(does), confidence, why, confirmed)
        self.session.merge(link_row(link))
        return True

    def _laid_over(self, meeting_id: str) -> tuple[list[Edit], Transcript]:
        heard = select(Meeting.media_sha256).where(Meeting.id == meeting_id)
        recut = self.session.exec(heard).one() is not None
        return EditRepository(self.session).standing(meeting_id), Transcript(self.texts(meeting_id), recut)

    def _keep(self, meeting_id: str, found: Iterable[Found]) -> None:
        EditRepository(self.session).keep_found(meeting_id, found)

    def _rows(self, meeting_id: str) -> list[LedgerItem]:
        return list(self.session.exec(select(LedgerItem).where(LedgerItem.meeting_id == meeting_id)))

    def _ids(self, meeting_id: str) -> set[str]:
        return set(self.session.exec(select(LedgerItem.id).where(LedgerItem.meeting_id == meeting_id)))

    def _existing(self, ids: Iterable[str]) -> set[str]:
        return set(self.session.exec(select(LedgerItem.id).where(col(LedgerItem.id).in_(list(ids)))))

    def _projects(self, ids: Iterable[str]) -> set[str]:
        wanted = select(Meeting.project_id).join(LedgerItem, col(LedgerItem.meeting_id) == col(Meeting.id))
        return set(self.session.exec(wanted.where(col(LedgerItem.id).in_(list(ids)))))

    def _link_rows(self, later: Iterable[str]) -> list[LedgerLink]:
        return list(self.session.exec(select(LedgerLink).where(col(LedgerLink.later).in_(list(later)))))

    def _links_from(self, ids: Iterable[str]) -> list[Link]:
        return [link_of(row) for row in self._link_rows(ids)]

    def _delete_links(self, later: Iterable[str]) -> None:
        self.session.exec(delete(LedgerLink).where(col(LedgerLink.later).in_(list(later))))

    def _delete_items(self, ids: Iterable[str]) -> None:
        gone = sorted(ids)
        touching = or_(col(LedgerLink.later).in_(gone), col(LedgerLink.earlier).in_(gone))
        self.session.exec(delete(LedgerLink).where(touching))
        self.session.exec(delete(LedgerItem).where(col(LedgerItem.id).in_(gone)))


def _values(row: LedgerItem) -> dict[str, Any]:
    return row.model_dump(exclude={"confidence"})


def _key(link: Link) -> tuple[str, str, str, bool | None]:
    return link.later, link.earlier, link.type.value, link.confirmed


def _by_hand(row: LedgerLink) -> bool:
    return row.reason.startswith(Why.BY_HAND)
