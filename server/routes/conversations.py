"""Conversations: what was asked, and the answers that were given."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from agents.repository import ConversationRepository
from server.answer_documents import ConversationDocument, ConversationPage, ConversationSummary
from server.problems import responses
from server.routes.deps import API, Answering, Opened

router = APIRouter(prefix=f"{API}/conversations", tags=["ask"])


@router.get("", summary="List the conversations", responses=responses(404))
def list_conversations(
    services: Opened,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ConversationPage:
    """A page of conversations, the latest used first."""
    with services.database.session() as session:
        found = ConversationRepository(session).list(after=cursor, limit=limit + 1)
        page = [ConversationSummary.model_validate(conversation) for conversation in found[:limit]]
    return ConversationPage(conversations=page, next=page[-1].id if len(found) > limit else None)


@router.get("/{conversation_id}", summary="One conversation", responses=responses(404))
def show_conversation(conversation_id: str, services: Opened) -> ConversationDocument:
    """The conversation with its questions and answer documents, oldest first."""
    with services.database.session() as session:
        conversations = ConversationRepository(session)
        conversation = ConversationSummary.model_validate(conversations.get(conversation_id))
        answers = [message.answer for message in conversations.messages(conversation_id)]
    return ConversationDocument.model_validate({**conversation.model_dump(), "messages": answers})


@router.delete("/{conversation_id}", status_code=204, summary="Delete a conversation", responses=responses(404))
async def delete_conversation(conversation_id: str, runner: Answering) -> None:
    """Removes its questions, its answers and what the answerer remembers of it."""
    await runner.forget(conversation_id)
