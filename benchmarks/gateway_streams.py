"""Many answers streamed at once by the real server: whole, in order, each to the reader who asked."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.audio import SAMPLES
from benchmarks.gateway_provider import MODEL, letters, provider, reader_words
from benchmarks.measure import PeakMemory, huimai, percentile, serving

WORDS = 100
PAUSE = 0.05
QUESTION = "What is the p95 latency of the gateway now? Say it to reader {}"
_PATIENCE = 900.0
_MARKS = re.compile(r" (?:\[\d+\])+")


@dataclass
class Heard:
    """What one reader heard."""

    words: str = ""
    answer: str = ""
    error: str = ""
    first: float | None = None
    last: float | None = None


async def measure(home: Path, streams: int) -> dict[str, Any]:
    """The streams that were not as they should be, their times, and the server's peak of memory.

    The provider holds every answer back until all have been asked for, so that all are open at once.
    """
    transcript = SAMPLES / "A_zh_payment_gateway" / "2026-03-02.vtt"
    await asyncio.to_thread(huimai, home, "ingest", str(transcript), "--project", "samples")
    with (
        provider(["--words", str(WORDS), "--pause", str(PAUSE), "--together", str(streams)]) as chat,
        serving(home, _settings(chat)) as server,
        PeakMemory(server.pid) as memory,
    ):
        began = time.monotonic()
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=server.url, timeout=_PATIENCE, limits=limits) as client:
            heard = await asyncio.gather(*(_listen(client, letters(number)) for number in range(streams)))
        seconds = time.monotonic() - began
    wrong = [why for number, one in enumerate(heard) if (why := _wrong(one, letters(number)))]
    firsts = [one.first - began for one in heard if one.first is not None]
    lasts = [one.last - one.first for one in heard if one.last is not None and one.first is not None]
    return {
        "streams": streams,
        "words_each": WORDS,
        "wrong": len(wrong),
        "of_these": wrong[:5],
        "seconds": round(seconds, 1),
        "all_streaming_after_s": round(max(firsts, default=0), 1),
        "provider_streams_for_s": WORDS * PAUSE,
        "streamed_for_s_median": round(percentile(lasts, 0.5), 1) if lasts else None,
        "streamed_for_s_max": round(max(lasts, default=0), 1),
        "server_peak_mb": round(memory.peak_bytes / 1e6),
    }


def _settings(chat: str) -> dict[str, str]:
    settings = {
        "CHAT_PROVIDER": "openai",
        "CHAT_BASE_URL": chat,
        "CHAT_MODEL": MODEL,
        "CHAT_READS": "nothing",
        "CHAT_FIRST_TOKEN_SECONDS": str(_PATIENCE),
        "CHAT_TIMEOUT_SECONDS": str(_PATIENCE),
    }
    return {f"HUIMAI_AGENTS__{name}": value for name, value in settings.items()}


async def _listen(client: httpx.AsyncClient, reader: str) -> Heard:
    heard = Heard()
    async for event, document in events(client, QUESTION.format(reader)):
        if event == "token":
            heard.last = time.monotonic()
            heard.first = heard.first or heard.last
            heard.words += document["text"]
        elif event == "done":
            heard.answer = document["answer"]
        elif event == "error":
            heard.error = document["detail"]
    return heard


async def events(
    client: httpx.AsyncClient, question: str, conversation: str | None = None
) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """The events of an answer: names and documents."""
    body = {"question": question, "conversation_id": conversation}
    headers = {"Accept": "text/event-stream"}
    async with client.stream("POST", "/api/v1/ask", json=body, headers=headers) as stream:
        stream.raise_for_status()
        name = ""
        async for line in stream.aiter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                yield name, json.loads(line.removeprefix("data: "))


def _wrong(heard: Heard, reader: str) -> str:
    """What is wrong with what a reader heard, empty for nothing."""
    wanted = "".join(reader_words(reader, WORDS))
    if heard.error:
        return f"{reader}: {heard.error}"
    if _MARKS.sub("", heard.words) != wanted:
        return f"{reader}: streamed {heard.words[:40]!r}... of {len(heard.words)} characters"
    if wanted.strip() not in heard.answer:
        return f"{reader}: answered {heard.answer[:60]!r}"
    return ""
