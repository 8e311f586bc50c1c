"""Questions: an answer with citations, streamed or whole."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from agents.qa.events import CitationEvent, Done, Event, Status, Token
from agents.runner import AskRequest, QaRunner
from ingestion.errors import HuimaiError
from ingestion.storage import storage_full
from server.answer_documents import AnswerDocument, AskBody
from server.problems import problem, responses
from server.routes.deps import API, Answering, search_filter
from server.streams import ProducedResponse, Sink

router = APIRouter(prefix=f"{API}/ask", tags=["ask"])

EVENT_STREAM = "text/event-stream"
HEARTBEAT_SECONDS = 15.0
_EVENTS: dict[type[Event], str] = {Status: "status", CitationEvent: "citation", Token: "token", Done: "done"}
_STREAM_EXAMPLE = (
    'event: status\ndata: {"stage":"search","text":"Searching"}\n\nevent: citation\ndata: {"n":1,...}\n\n'
    'event: token\ndata: {"text":"The release "}\n\nevent: done\ndata: {"answer":"...",...}\n\n'
)

logger = logging.getLogger(__name__)


@router.post(
    "",
    summary="Ask a question",
    response_model=AnswerDocument,
    responses={
        200: {"content": {EVENT_STREAM: {"example": _STREAM_EXAMPLE}}},
        **responses(404, 422, 502, 503),
    },
)
async def ask(
    body: AskBody, runner: Answering, request: Request, accept: Annotated[str, Header(include_in_schema=False)] = ""
) -> Response:
    """The answer document; with `Accept: text/event-stream` the events `status`, `citation`, `token`, then `done`
    with the answer document, or `error` with a problem document. Closing the connection cancels the work."""
    question = _ask_request(body)
    if EVENT_STREAM not in accept:
        return JSONResponse((await runner.answer(question)).to_json())
    return ProducedResponse(
        _events(runner, question, request.url.path),
        media_type=EVENT_STREAM,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        heartbeat=(HEARTBEAT_SECONDS, KEEPALIVE_COMMENT),
    )


def _ask_request(body: AskBody) -> AskRequest:
    return AskRequest(
        question=body.question,
        where=search_filter(body.project, body.meetings, body.speaker, body.since, body.until),
        conversation_id=body.conversation_id,
        tier=body.tier,
    )


def _events(runner: QaRunner, question: AskRequest, instance: str) -> Callable[[Sink], Awaitable[None]]:
    async def produce(sink: Sink) -> None:
        try:
            async with aclosing(runner.ask(question)) as events:
                async for event in events:
                    await sink(_encoded(_EVENTS[type(event)], event.to_json()))
        except Exception as error:
            if not isinstance(error, HuimaiError) and storage_full(error) is None:
                logger.exception("an answer failed")
            await sink(_encoded("error", problem(error, instance).model_dump()))

    return produce


def _encoded(event: str, document: object) -> bytes:
    return format_sse_event(event=event, data_str=json.dumps(document, ensure_ascii=False))
