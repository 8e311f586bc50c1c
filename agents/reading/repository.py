"""All SQL over what models were asked. Nothing here commits: the caller's session does."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, delete, func, or_, select

from agents.ledger.domain import ItemKind
from agents.reading.domain import Answered, Form, Inquiry, Reply, Spent
from agents.reading.tables import ModelInquiry


class InquiryRepository:
    """What a model is to be asked about meetings, and what it replied."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def plan(self, meeting_id: str, model: str, inquiries: Sequence[Inquiry]) -> int:
        """Let these be what the model is asked about a meeting: what it has replied to them stays, all else goes.
        Returns how many it has still to be asked."""
        held = {row.key: row for row in self._rows(meeting_id) if row.model == model}
        wanted = {one.key: one for one in inquiries}
        of_meeting = col(ModelInquiry.meeting_id) == meeting_id
        gone = or_(col(ModelInquiry.key).not_in(wanted), col(ModelInquiry.model) != model)
        self.session.exec(delete(ModelInquiry).where(of_meeting, gone))
        for number, (key, one) in enumerate(wanted.items()):
            if key not in held:
                self.session.add(_row(meeting_id, model, number, one))
            elif held[key].text is not None:
                held[key].number = number
        self.session.flush()
        return self.left(meeting_id)

    def next(self, meeting_id: str) -> Inquiry | None:
        """What the model is to be asked next about a meeting; null when it has replied to all."""
        waiting = col(ModelInquiry.meeting_id) == meeting_id, col(ModelInquiry.text).is_not(None)
        row = self.session.exec(
            select(ModelInquiry).where(*waiting).order_by(col(ModelInquiry.number)).limit(1)
        ).first()
        return _inquiry(row) if row else None

    def waiting(self) -> list[str]:
        """The meetings about which the model has not replied to everything."""
        found = select(ModelInquiry.meeting_id).where(col(ModelInquiry.text).is_not(None)).distinct()
        return sorted(self.session.exec(found))

    def keep(self, meeting_id: str, key: str, answered: Answered) -> None:
        """Record what the model replied; nothing when it is not to be asked that any more."""
        row = self.session.get(ModelInquiry, (meeting_id, key))
        if row is None:
            return
        row.text, row.reply, row.fault = None, answered.text, answered.fault
        row.prompt_tokens, row.completion_tokens = answered.prompt_tokens, answered.completion_tokens
        row.seconds = answered.seconds
        self.session.flush()

    def replies(self, meeting_id: str) -> list[Reply]:
        """What the model replied about a meeting, in the order in which it was asked."""
        return [_reply(row) for row in self._rows(meeting_id) if row.text is None]

    def left(self, meeting_id: str) -> int:
        """How many inquiries about a meeting the model has not replied to."""
        waiting = col(ModelInquiry.meeting_id) == meeting_id, col(ModelInquiry.text).is_not(None)
        return self.session.exec(select(func.count()).select_from(ModelInquiry).where(*waiting)).one()

    def spent(self, meeting_id: str) -> Spent | None:
        """What the replies about a meeting took, null where there are none."""
        rows = [row for row in self._rows(meeting_id) if row.text is None]
        if not rows:
            return None
        return Spent(
            rows[0].model,
            len(rows),
            sum(row.prompt_tokens for row in rows),
            sum(row.completion_tokens for row in rows),
            round(sum(row.seconds for row in rows), 2),
            sum(row.fault is not None for row in rows),
        )

    def drop_waiting(self, meeting_id: str) -> None:
        """Remove what the model has not replied to."""
        waiting = col(ModelInquiry.meeting_id) == meeting_id, col(ModelInquiry.text).is_not(None)
        self.session.exec(delete(ModelInquiry).where(*waiting))
        self.session.flush()

    def delete_meeting(self, meeting_id: str) -> None:
        """Remove everything that was asked about a meeting."""
        self.session.exec(delete(ModelInquiry).where(col(ModelInquiry.meeting_id) == meeting_id))
        self.session.flush()

    def _rows(self, meeting_id: str) -> list[ModelInquiry]:
        found = select(ModelInquiry).where(ModelInquiry.meeting_id == meeting_id)
        return list(self.session.exec(found.order_by(col(ModelInquiry.number), col(ModelInquiry.key))))


def _row(meeting_id: str, model: str, number: int, one: Inquiry) -> ModelInquiry:
    return ModelInquiry(
        meeting_id=meeting_id,
        key=one.key,
        number=number,
        form=one.form.value,
        lines=list(one.lines),
        about=list(one.about),
        kind=one.kind.value if one.kind else None,
        text=one.text,
        model=model,
    )


def _inquiry(row: ModelInquiry) -> Inquiry:
    kind = ItemKind(row.kind) if row.kind else None
    return Inquiry(Form(row.form), row.text or "", tuple(row.lines), tuple(row.about), kind)


def _reply(row: ModelInquiry) -> Reply:
    kind = ItemKind(row.kind) if row.kind else None
    return Reply(row.key, Form(row.form), tuple(row.lines), tuple(row.about), kind, row.reply)
