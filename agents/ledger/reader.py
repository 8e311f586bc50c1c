"""Reads meetings into the ledger: what each says, then what that does to what the project's earlier meetings hold."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date

from agents.ledger.domain import MATTERS, Item, ItemDraft
from agents.ledger.finding import find_drafts, inquiries
from agents.ledger.repository import LedgerRepository
from agents.ledger.threads import threads
from agents.link.domain import Linked, Meaning, ReadMeeting, SecondOpinion
from agents.link.linking import link_meeting
from agents.ports import ChatCard, Reads
from agents.reading.domain import Inquiry
from agents.reading.pairing import PairOpinion
from agents.reading.repository import InquiryRepository
from ingestion.database import Database
from ingestion.domain import Stage
from ingestion.private import about_meeting
from ingestion.repository import MeetingRepository, TranscriptRepository
from ingestion.tables import Meeting
from retrieval.domain import Line, lines_of


class LedgerReader:
    """Reads one meeting at a time. Blocking; every step can be run again at any time and replaces what it made.

    Readings of one project must not run at the same time: what one stores is what the next is linked to.
    """

    def __init__(self, database: Database, meaning: Meaning) -> None:
        self._database, self._meaning = database, meaning

    def want(self, meeting_ids: Iterable[str]) -> dict[str, int]:
        """Record that those of the meetings that are ready have to be read; returns the count of each reading."""
        wanted: dict[str, int] = {}
        with self._database.session() as session:
            ledger = LedgerRepository(session)
            for meeting in MeetingRepository(session).hold_all(sorted(set(meeting_ids))).values():
                if meeting.stage is Stage.READY:
                    wanted[meeting.id] = ledger.want(meeting.id)
        return wanted

    def unread(self) -> list[str]:
        """The ready meetings that were not read since they were made or corrected last."""
        with self._database.session() as session:
            return LedgerRepository(session).unread()

    def extract(self, meeting_id: str, count: int) -> list[str]:
        """Find what the meeting says, for its `count`th reading. Returns the meetings to link now, in order: itself
        and, where it says something else than before, the later ones of its project; none when a newer reading is
        wanted or the meeting is not ready. Raises NotFoundError and ModelMissingError."""
        began = time.perf_counter()
        with self._database.session() as session:
            meeting = MeetingRepository(session).get(meeting_id)
            lines = _lines(TranscriptRepository(session), meeting_id)
            replies = InquiryRepository(session).replies(meeting_id)
        heard = meeting.media_sha256 is not None
        with about_meeting(self._database, meeting_id):
            drafts = find_drafts(lines, meeting.date, self._meaning, heard=heard, replies=replies)
        spent = {"lines": len(lines), "seconds": round(time.perf_counter() - began, 2)}
        with self._database.session() as session:
            ledger, held = LedgerRepository(session), MeetingRepository(session).hold(meeting_id)
            reading = ledger.reading(meeting_id)
            if reading is None or reading.wanted != count or held.stage is not Stage.READY or held.date != meeting.date:
                return []
            taken = InquiryRepository(session).spent(meeting_id)
            reading.spent = spent | (asdict(taken) if taken else {})
            before = (reading.project_id, reading.day) if reading.done else None
            reading.project_id, reading.day = held.project_id, held.date
            if not ledger.replace_items(meeting_id, drafts) and before == (held.project_id, held.date):
                return [meeting_id]
            return _depending(ledger, held, before)

    def link(self, meeting_id: str) -> None:
        """Store what the meeting does to what the earlier ones of its project hold; nothing when it is gone. Raises
        ModelMissingError."""
        found = self._linked(meeting_id, self._opinion(meeting_id))
        if found is None:
            return
        linked, meetings = found
        with self._database.session() as session:
            ledger = LedgerRepository(session)
            # one that is about to be deleted has no reading any more
            held = MeetingRepository(session).hold_all(meetings)
            if meeting_id in held and ledger.reading(meeting_id):
                ledger.replace_links(meeting_id, linked.links, linked.updates)

    def to_ask(self, meeting_id: str, card: ChatCard, reply_tokens: int) -> list[Inquiry]:
        """What a model of that card is asked about a meeting that was read, in order, whether it has replied or not; a
        reply about a window has at most so many tokens. Nothing when the meeting is gone. Raises ModelMissingError."""
        with self._database.session() as session:
            meeting = MeetingRepository(session).find(meeting_id)
            lines = _lines(TranscriptRepository(session), meeting_id)
        if meeting is None or card.reads is Reads.NOTHING:
            return []
        heard, opinion = meeting.media_sha256 is not None, self._opinion(meeting_id)
        with about_meeting(self._database, meeting_id):
            asked = inquiries(lines, meeting.date, self._meaning, card, reply_tokens, heard=heard)
        self._linked(meeting_id, opinion)
        return [*asked, *opinion.asked]

    def _opinion(self, meeting_id: str) -> PairOpinion:
        with self._database.session() as session:
            return PairOpinion(InquiryRepository(session).replies(meeting_id))

    def _linked(self, meeting_id: str, second: SecondOpinion) -> tuple[Linked, set[str]] | None:
        """What the meeting does to what earlier ones hold, and the meetings that this is about; null when it is
        gone."""
        with self._database.session() as session:
            meeting, ledger = MeetingRepository(session).find(meeting_id), LedgerRepository(session)
            if meeting is None:
                return None
            items, links = ledger.items(meeting.project_id), ledger.links(meeting.project_id)
            lines = _lines(TranscriptRepository(session), meeting_id)
            rejected, found = ledger.rejected(meeting_id), {one.id: one.said for one in ledger.found(meeting_id)}
        earlier = [item for item in items if (item.day, item.meeting_id) < _place(meeting)]
        own = [
            _as_found(item, found.get(item.id))
            for item in items
            if item.meeting_id == meeting_id and item.kind in MATTERS
        ]
        read = ReadMeeting(meeting_id, meeting.date, lines, tuple(own))
        with about_meeting(self._database, meeting_id):
            linked = link_meeting(threads(earlier, links), read, self._meaning, rejected, second)
        ends = {link.earlier for link in linked.links}
        return linked, {meeting_id, *(item.meeting_id for item in earlier if item.id in ends)}

    def finish(self, meeting_id: str, count: int) -> None:
        """Record that the `count`th reading has ended."""
        with self._database.session() as session:
            LedgerRepository(session).finished(meeting_id, count)

    def fail(self, meeting_id: str, count: int, error: str, hint: str) -> None:
        """Record why the `count`th reading failed; what was read before stays."""
        with self._database.session() as session:
            LedgerRepository(session).failed(meeting_id, count, error, hint)

    def model_failed(self, meeting_id: str, error: str, hint: str) -> None:
        """Record why a chat model has not read a meeting to its end; what was read stays. The next reading forgets
        it."""
        with self._database.session() as session:
            if reading := LedgerRepository(session).reading(meeting_id):
                reading.spent = {**reading.spent, "model_error": error, "model_hint": hint}

    def unasked(self) -> list[str]:
        """The meetings about which a chat model has still to be asked something."""
        with self._database.session() as session:
            return InquiryRepository(session).waiting()


def forget_reading(ledger: LedgerRepository, inquiries: InquiryRepository, meeting: Meeting) -> list[str]:
    """Remove what was read from a meeting that is held and deleted in the same session. Returns the next meeting of its
    project, if there is one: it has to be read again."""
    ledger.delete_meeting(meeting.id)
    inquiries.delete_meeting(meeting.id)
    return ledger.next_after(meeting)


def _depending(ledger: LedgerRepository, meeting: Meeting, before: tuple[str | None, date | None] | None) -> list[str]:
    """The meeting and those whose links may be others now, project by project in order: the later ones, counted from
    the earlier of its days when it was moved from `before`, a project and a day."""
    since = {meeting.project_id: meeting.date}
    if before and before[0] and before[1]:
        since[before[0]] = min(before[1], since.get(before[0], before[1]))
    return [
        one.id
        for project_id, first in since.items()
        for one, reading in ledger.readings(project_id)
        if one.id == meeting.id or (reading and reading.done and one.date >= first)
    ]


def _as_found(item: Item, found: ItemDraft | None) -> Item:
    """The item as it was read, by which it is told what it belongs to: an owner or a day set by hand makes it no other
    matter."""
    if found is None or (found.kind, found.lines) != (item.kind, item.said.lines):
        return item
    return replace(item, said=found)


def _place(meeting: Meeting) -> tuple[date, str]:
    return meeting.date, meeting.id


def _lines(transcripts: TranscriptRepository, meeting_id: str) -> tuple[Line, ...]:
    return lines_of(transcripts.utterances(meeting_id))
