"""All SQL over the tables of the ledger. Nothing here commits: the caller's session does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session, and_, col, delete, or_, select, tuple_

from agents.ledger.domain import Item, ItemDraft, ItemKind, Link, stands_on
from agents.ledger.rows import item_of, item_row, link_of, link_row
from agents.ledger.tables import LedgerItem, LedgerLink, Reading
from ingestion.domain import Stage
from ingestion.errors import BadInputError, NotFoundError
from ingestion.tables import CorrectionEvent, Meeting, Utterance, new_id, now

_UPDATE = ItemKind.UPDATE.value


class LedgerRepository:
    """Items, their links, and how far meetings were read."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def items(self, project_id: str) -> list[Item]:
        """The items of a project's meetings, updates included, by day, meeting and line."""
        wanted = (
            select(LedgerItem, col(Meeting.date))
            .join(Meeting, col(Meeting.id) == col(LedgerItem.meeting_id))
            .where(Meeting.project_id == project_id)
        )
        found = [item_of(row, day) for row, day in self.session.exec(wanted)]
        return sorted(found, key=lambda item: (item.day, item.meeting_id, item.said.lines, item.id))

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
        """Store what a meeting says in place of what was stored of it, updates apart; returns whether anything differs.

        An item of the same kind on the same lines, or else on some of them, keeps its id and its links. Raises
        BadInputError, and stores nothing, when one stands on a line that the meeting does not have.
        """
        self._require_lines(meeting_id, drafts)
        rows = self.session.exec(
            select(LedgerItem).where(LedgerItem.meeting_id == meeting_id, LedgerItem.kind != _UPDATE)
        )
        old = {row.id: row for row in rows}
        ids = _kept_ids(list(old.values()), drafts)
        new = [item_row(id or new_id(), meeting_id, draft) for id, draft in zip(ids, drafts, strict=True)]
        gone = set(old) - {row.id for row in new}
        differs = bool(gone) or any(row.id not in old or _values(old[row.id]) != _values(row) for row in new)
        self._delete_items(gone)
        for row in new:
            self.session.merge(row)
        self.session.flush()
        return differs

    def replace_links(self, meeting_id: str, links: Iterable[Link], updates: Sequence[Item]) -> bool:
        """Store what a meeting does to what was there in place of what was stored of that; returns whether anything
        differs. What a person confirmed stays, and what a person rejected stays rejected. Raises as `replace_items`."""
        self._require_lines(meeting_id, [item.said for item in updates])
        found = select(LedgerItem).where(LedgerItem.meeting_id == meeting_id)
        rows = list(self.session.exec(found))
        old_updates = {tuple(row.lines): row.id for row in rows if row.kind == _UPDATE}
        same = {item.id: old_updates.get(item.said.lines, item.id) for item in updates}
        before = self._links_from([row.id for row in rows])
        judged = {(link.later, link.earlier): link for link in before if link.confirmed is not None}
        wanted = {(same.get(one.later, one.later), one.earlier): one for one in links}
        kept = {key: Link(*key, one.type, one.confidence, one.reason) for key, one in wanted.items()} | judged
        stay = {later for later, _ in kept} | set(same.values())
        self._delete_items({id for id in old_updates.values() if id not in stay})
        self._delete_links([row.id for row in rows])
        for item in updates:
            self.session.merge(item_row(same[item.id], meeting_id, item.said))
        self.session.flush()
        self.session.add_all(link_row(one) for one in kept.values())
        self.session.flush()
        return {_key(link) for link in before} != {_key(link) for link in kept.values()}

    def judge(self, later: str, earlier: str, confirmed: bool | None) -> Link:
        """Record what a person says of a link. Raises NotFoundError."""
        row = self.session.get(LedgerLink, (later, earlier))
        if row is None:
            raise NotFoundError(
                f"'{later}' is not linked to '{earlier}'", "`huimai items show ID` lists an item's links"
            )
        row.confirmed = confirmed
        self.session.flush()
        return link_of(row)

    def delete_meeting(self, meeting_id: str) -> None:
        """Remove everything that was read from a meeting. Call it before the meeting is deleted."""
        ids = set(self.session.exec(select(LedgerItem.id).where(LedgerItem.meeting_id == meeting_id)))
        self._delete_items(ids)
        self.session.exec(delete(Reading).where(col(Reading.meeting_id) == meeting_id))
        self.session.flush()

    def want(self, meeting_id: str) -> int:
        """Record that a meeting has to be read again; returns the count that its reading gets."""
        reading = self.session.get(Reading, meeting_id, with_for_update=True)
        if reading is None:
            reading = Reading(meeting_id=meeting_id, wanted=0)
            self.session.add(reading)
        reading.wanted += 1
        reading.error = reading.hint = None
        reading.changed_at = now()
        self.session.flush()
        return reading.wanted

    def reading(self, meeting_id: str) -> Reading | None:
        """How far a meeting was read, null before anybody wanted it."""
        return self.session.get(Reading, meeting_id)

    def readings(self, project_id: str) -> list[tuple[Meeting, Reading | None]]:
        """The ready meetings of a project by day and id, each with how far it was read."""
        wanted = (
            select(Meeting, Reading)
            .join(Reading, col(Reading.meeting_id) == col(Meeting.id), isouter=True)
            .where(Meeting.project_id == project_id, Meeting.stage == Stage.READY)
            .order_by(col(Meeting.date), col(Meeting.id))
        )
        return [(meeting, reading) for meeting, reading in self.session.exec(wanted)]

    def finished(self, meeting_id: str, count: int) -> None:
        """Record that the `count`th reading of a meeting has ended; nothing when the meeting is gone."""
        if reading := self.reading(meeting_id):
            reading.done, reading.error, reading.hint = max(reading.done, count), None, None
            reading.read_at = now()
            self.session.flush()

    def failed(self, meeting_id: str, count: int, error: str, hint: str) -> None:
        """Record why the `count`th reading of a meeting failed; what was read before stays. Nothing when the meeting is
        gone or a newer reading is wanted."""
        reading = self.reading(meeting_id)
        if reading and reading.wanted == count:
            reading.error, reading.hint = error, hint
            self.session.flush()

    def next_after(self, meeting: Meeting) -> list[str]:
        """The id of the first ready meeting of its project after this one; empty when it is the last."""
        later = tuple_(col(Meeting.date), col(Meeting.id)) > (meeting.date, meeting.id)
        wanted = select(Meeting.id).where(Meeting.project_id == meeting.project_id, Meeting.stage == Stage.READY, later)
        return list(self.session.exec(wanted.order_by(col(Meeting.date), col(Meeting.id)).limit(1)))

    def unread(self) -> list[str]:
        """The ready meetings, by day, that nobody wanted read since they were made or corrected last, or whose reading
        has not ended. One whose reading failed is left alone."""
        corrected = select(CorrectionEvent.correction_id).where(
            CorrectionEvent.meeting_id == Meeting.id,
            or_(
                col(CorrectionEvent.made_at) > col(Reading.changed_at),
                col(CorrectionEvent.undone_at) > col(Reading.changed_at),
            ),
        )
        wanted = (
            select(Meeting.id)
            .join(Reading, col(Reading.meeting_id) == col(Meeting.id), isouter=True)
            .where(
                Meeting.stage == Stage.READY,
                or_(
                    col(Reading.meeting_id).is_(None),
                    and_(col(Reading.wanted) > col(Reading.done), col(Reading.error).is_(None)),
                    col(Meeting.finished_at) > col(Reading.changed_at),
                    corrected.exists(),
                ),
            )
        )
        return list(self.session.exec(wanted.order_by(col(Meeting.date), col(Meeting.id))))

    def _require_lines(self, meeting_id: str, drafts: Iterable[ItemDraft]) -> None:
        known = set(self.session.exec(select(Utterance.index).where(Utterance.meeting_id == meeting_id)))
        for draft in drafts:
            if not draft.lines or not known.issuperset(stands_on(draft)):
                raise BadInputError(
                    f"a {draft.kind.value} stands on lines that the meeting '{meeting_id}' does not have",
                    "read the meeting again: `huimai items read`",
                )

    def _links_from(self, ids: Sequence[str]) -> list[Link]:
        rows = self.session.exec(select(LedgerLink).where(col(LedgerLink.later).in_(ids)))
        return [link_of(row) for row in rows]

    def _delete_links(self, later: Sequence[str]) -> None:
        self.session.exec(delete(LedgerLink).where(col(LedgerLink.later).in_(later)))

    def _delete_items(self, ids: Iterable[str]) -> None:
        gone = sorted(ids)
        touching = or_(col(LedgerLink.later).in_(gone), col(LedgerLink.earlier).in_(gone))
        self.session.exec(delete(LedgerLink).where(touching))
        self.session.exec(delete(LedgerItem).where(col(LedgerItem.id).in_(gone)))


def _kept_ids(old: Sequence[LedgerItem], drafts: Sequence[ItemDraft]) -> list[str | None]:
    """For each draft the id of the row that it is a new reading of, null where it is a new item."""
    left = {row.id: row for row in old}
    ids: list[str | None] = [None] * len(drafts)
    for same in (_on_same_lines, _on_shared_lines):
        for at, draft in enumerate(drafts):
            if ids[at] is None:
                ids[at] = next((id for id, row in left.items() if row.kind == draft.kind and same(row, draft)), None)
                left.pop(ids[at] or "", None)
    return ids


def _on_same_lines(row: LedgerItem, draft: ItemDraft) -> bool:
    return tuple(row.lines) == draft.lines


def _on_shared_lines(row: LedgerItem, draft: ItemDraft) -> bool:
    return not set(row.lines).isdisjoint(draft.lines)


def _values(row: LedgerItem) -> dict[str, Any]:
    return row.model_dump(exclude={"confidence"})


def _key(link: Link) -> tuple[str, str, str, bool | None]:
    return link.later, link.earlier, link.type.value, link.confirmed
