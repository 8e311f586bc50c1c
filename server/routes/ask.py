"""Questions: an answer with citations, streamed or whole."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from server.answer_documents import AnswerDocument, AskBody
from server.problems import problem, responses
from server.routes.deps import API, Opened, search_filter
from server.services import Services
from server.streams import ProducedResponse, Sink

router = APIRouter(prefix=f"{API}/ask", tags=["ask"])

EVENT_STREAM = "text/event-stream"
HEARTBEAT_SECONDS = 15.0
_STREAM_EXAMPLE = (
    'event: status\ndata: {"step":"retrieve"}\n\nevent: citation\ndata: {"n":1,...}\n\n'
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
    body: AskBody, services: Opened, request: Request, accept: Annotated[str, Header(include_in_schema=False)] = ""
) -> Response:
    """The answer document; with `Accept: text/event-stream` the events `status`, `citation`, `token`, then `done`
    with the answer document, or `error` with a problem document. Closing the connection cancels the work."""
    question = ask_request(body)
    runner = await services.runner()
    if EVENT_STREAM in accept:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return ProducedResponse(
            _events(runner, question, request.url.path),
            media_type=EVENT_STREAM,
            headers=headers,
            heartbeat=(HEARTBEAT_SECONDS, KEEPALIVE_COMMENT),
        )
    return JSONResponse((await runner.answer(question)).to_json())
