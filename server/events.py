"""Server-sent events: how a route tells of something that goes on."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from ingestion.errors import HuimaiError
from ingestion.storage import storage_full
from server.problems import problem
from server.streams import ProducedResponse, Sink

EVENT_STREAM = "text/event-stream"
HEARTBEAT_SECONDS = 15.0

Tell = Callable[[str, Any], Awaitable[None]]
"""Sends an event: its name and its document."""

logger = logging.getLogger(__name__)


def event_stream(tell: Callable[[Tell], Awaitable[None]], instance: str) -> ProducedResponse:
    """What `tell` tells, as it comes. An error ends it with an `error` event, whose document is that of the request
    `instance`; a client that goes away cancels it."""

    async def produce(sink: Sink) -> None:
        async def send(event: str, document: Any) -> None:
            await sink(_encoded(event, document))

        try:
            await tell(send)
        except Exception as error:
            if not isinstance(error, HuimaiError) and storage_full(error) is None:
                logger.exception("a stream of events failed")
            await sink(_encoded("error", problem(error, instance).model_dump()))

    return ProducedResponse(
        produce,
        media_type=EVENT_STREAM,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        heartbeat=(HEARTBEAT_SECONDS, KEEPALIVE_COMMENT),
    )


def _encoded(event: str, document: Any) -> bytes:
    return format_sse_event(event=event, data_str=json.dumps(document, ensure_ascii=False))
