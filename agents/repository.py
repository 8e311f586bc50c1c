"""All SQL over the tables of the agents. Nothing here commits: the caller's session does."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, delete, select

from agents.tables import CitedMeeting, Conversation, Message
from ingestion.errors import NotFoundError
from ingestion.tables import now

TITLE_LENGTH = 80


class ConversationRepository:
    """Conversations and their messages."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def list(self, *, after: str | None = None, limit: int = 50) -> list[Conversation]:
        """Conversations, the latest used first. `after` is the id of the last one seen."""
        query = select(Conversation).order_by(col(Conversation.updated_at).desc(), col(Conversation.id))
        if after is not None:
            last = self.get(after)
            query = query.where(
                (col(Conversation.updated_at) < last.updated_at)
                | ((col(Conversation.updated_at) == last.updated_at) & (col(Conversation.id) > last.id))
            )
        return list(self.session.exec(query.limit(limit)))

    def get(self, conversation_id: str) -> Conversation:
        """Raises NotFoundError."""
        conversation = self.session.get(Conversation, conversation_id)
        if conversation is None:
            raise NotFoundError(
                f"there is no conversation '{conversation_id}'", "leave the conversation out to begin a new one"
            )
        return conversation

    def messages(self, conversation_id: str) -> list[Message]:
        """The messages of a conversation, oldest first. Raises NotFoundError."""
        self.get(conversation_id)
        wanted = select(Message).where(Message.conversation_id == conversation_id)
        return list(self.session.exec(wanted.order_by(col(Message.created_at), col(Message.id))))

    def begin(self, conversation_id: str, question: str, scope: dict[str, Any]) -> Conversation:
        """Store a new conversation, titled by its first question."""
        conversation = Conversation(id=conversation_id, title=question.strip()[:TITLE_LENGTH], scope=scope)
        self.session.add(conversation)
        self.session.flush()
        return conversation

    def add_message(self, conversation_id: str, message_id: str, question: str, answer: dict[str, Any]) -> Message:
        """Store a question with its answer document. Raises NotFoundError."""
        self.get(conversation_id).updated_at = now()
        message = Message(id=message_id, conversation_id=conversation_id, question=question, answer=answer)
        self.session.add(message)
        self.session.flush()
        meetings = {citation["meeting_id"] for citation in answer.get("citations", [])}
        self.session.add_all(CitedMeeting(message_id=message_id, meeting_id=meeting) for meeting in sorted(meetings))
        self.session.flush()
        return message

    def delete(self, conversation_id: str) -> None:
        """Remove a conversation with its messages. Raises NotFoundError."""
        conversation = self.get(conversation_id)
        ids = [message.id for message in self.messages(conversation_id)]
        self._remove_messages(ids)
        self.session.delete(conversation)
        self.session.flush()

    def delete_citing(self, meeting_id: str) -> int:
        """Remove every message that quotes a meeting; returns how many. Call it when the meeting is deleted."""
        cited = select(CitedMeeting.message_id).where(CitedMeeting.meeting_id == meeting_id)
        ids = list(self.session.exec(cited))
        self._remove_messages(ids)
        self.session.flush()
        return len(ids)

    def _remove_messages(self, ids: list[str]) -> None:
        self.session.exec(delete(CitedMeeting).where(col(CitedMeeting.message_id).in_(ids)))
        self.session.exec(delete(Message).where(col(Message.id).in_(ids)))
