"""Questions: an answer with citations, streamed or whole."""

from __future__ import annotations

from contextlib import aclosing
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import JSONResponse

from agents.qa.events import CitationEvent, Done, Event, Status, Thinking, Token
from agents.runner import AskRequest, QaRunner
from server.answer_documents import AnswerDocument, AskBody, answer_document
from server.events import EVENT_STREAM, Tell, event_stream
from server.problems import responses
from server.routes.deps import API, Answering, search_filter

USER_HEADER = (
    "Who asks, percent-encoded UTF-8: gets one share of a busy model, and is whom `GET /usage?by=user` tells of. "
    "Nobody checks it."
)

router = APIRouter(prefix=f"{API}/ask", tags=["ask"])

_EVENTS: dict[type[Event], str] = {
    Status: "status",
    CitationEvent: "citation",
    Thinking: "thinking",
    Token: "token",
    Done: "done",
}
_STREAM_EXAMPLE = (
    'event: status\ndata: {"stage":"scope","text":"choosing the meetings","conversation_id":"c0ffee123456"}\n\n'
    'event: citation\ndata: {"n":1,...}\n\nevent: thinking\ndata: {"text":"They moved "}\n\n'
    'event: token\ndata: {"text":"The release "}\n\nevent: done\ndata: {"answer":"...",...}\n\n'
)


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
    body: AskBody,
    runner: Answering,
    request: Request,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
    huimai_user: Annotated[str, Header(description=USER_HEADER, max_length=300, examples=["mina"])] = "",
) -> Response:
    """The answer document; with `Accept: text/event-stream` the events `status`, `citation`, `thinking`, `token`, then
    `done` with the answer document, or `error` with a problem document. The first is a `status` with the
    `conversation_id`; marks [n] of tokens name citations sent before; thoughts come from models that think, and are not
    kept. Closing the connection cancels the work."""
    question = _ask_request(body, unquote(huimai_user))
    if EVENT_STREAM not in accept:
        return JSONResponse(answer_document(await runner.answer(question)))
    return event_stream(lambda tell: _answer(runner, question, tell), request.url.path)


def _ask_request(body: AskBody, user: str) -> AskRequest:
    return AskRequest(
        question=body.question,
        where=search_filter(body.project, body.meetings, body.speaker, body.since, body.until),
        conversation_id=body.conversation_id,
        tier=body.tier,
        user=user,
    )


async def _answer(runner: QaRunner, question: AskRequest, tell: Tell) -> None:
    async with aclosing(runner.ask(question)) as events:
        async for event in events:
            document = answer_document(event.answer) if isinstance(event, Done) else event.to_json()
            await tell(_EVENTS[type(event)], document)
