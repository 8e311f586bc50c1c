"""Eight users of the embedded model at once: does each get a fair share, and does the server stay responsive?"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from agents.llm.embedded import EmbeddedChatModel
from agents.settings import AgentsSettings
from benchmarks.ask import QUESTIONS
from benchmarks.audio import SAMPLES
from benchmarks.fair_shares import Asked, first_come, services, shared
from benchmarks.gateway_questions import ANSWER_TOKENS, Question, questions
from benchmarks.gateway_streams import events
from benchmarks.measure import huimai, percentile, serving
from server.catalogue import open_models
from server.settings import Settings

USERS = 8
GREEDY = 5
_PATIENCE = 1800.0
_BETWEEN_LOOKS = 0.1


async def measure_shares() -> dict[str, Any]:
    """Each call's wait over that of an equal share at every moment, with users alike and with one who asks five
    things at once before the others come. Without turns it would be that of `first_come`."""
    settings = AgentsSettings()
    path = next(open_models(Settings()).path(settings.embedded_model).glob("*.gguf"))
    model = EmbeddedChatModel(settings.embedded_model, path)
    asked = iter(questions(4 * USERS))
    try:
        await _ask(model, "nobody", next(asked))
        alike = await asyncio.gather(*(_ask(model, f"user {n}", next(asked)) for n in range(USERS)))
        greedy = [_ask(model, "greedy", next(asked)) for _ in range(GREEDY)]
        others = [_ask(model, f"user {n}", next(asked)) for n in range(USERS - 1)]
        uneven = await asyncio.gather(*greedy, *others)
    finally:
        await model.close()
    return {
        "alike": _ratios(alike, {call.user for call in alike}),
        "modest_beside_a_greedy_one": _ratios(uneven, {call.user for call in uneven} - {"greedy"}),
        "the_greedy_one": _ratios(uneven, {"greedy"}),
    }


async def measure_server(home: Path) -> dict[str, Any]:
    """Eight users ask the real server, which answers with the embedded model; how soon it says meanwhile that it is
    well, in milliseconds."""
    files = sorted((SAMPLES / "A_zh_payment_gateway").glob("*.vtt"))
    await asyncio.to_thread(huimai, home, "ingest", *map(str, files), "--project", "samples")
    settings = {
        "HUIMAI_AGENTS__CHAT_PROVIDER": "embedded",
        # so that slow answers are waited for, not left out
        "HUIMAI_AGENTS__EMBEDDED_ANSWER_SECONDS": str(_PATIENCE),
    }
    with serving(home, settings) as server:
        async with httpx.AsyncClient(base_url=server.url, timeout=_PATIENCE) as client:
            quiet = await _health(client, asyncio.create_task(asyncio.sleep(3)))
            began = time.monotonic()
            asking = asyncio.gather(*(_ended(client, QUESTIONS[n % len(QUESTIONS)]) for n in range(USERS)))
            busy = await _health(client, asking)
            seconds = time.monotonic() - began
    return {"seconds": round(seconds, 1), "by_the_model": sum(asking.result()), "quiet_ms": quiet, "busy_ms": busy}


async def _ask(model: EmbeddedChatModel, user: str, question: Question) -> Asked:
    came = time.monotonic()
    chat = model.for_caller(user, waiting=True)
    await chat.complete(question.messages, max_tokens=ANSWER_TOKENS, schema=question.schema)
    return Asked(user, came, time.monotonic())


async def _ended(client: httpx.AsyncClient, question: str) -> bool:
    """Whether a model had its part in the answer."""
    async for event, document in events(client, question):
        if event == "done":
            return document["model"] is not None
        if event == "error":
            raise RuntimeError(document["detail"])
    return False


async def _health(client: httpx.AsyncClient, until: asyncio.Future[Any]) -> dict[str, float]:
    taken: list[float] = []
    while not until.done():
        began = time.perf_counter()
        (await client.get("/healthz")).raise_for_status()
        taken.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(_BETWEEN_LOOKS)
    return {
        "looks": len(taken),
        **{name: round(percentile(taken, at), 1) for name, at in (("median", 0.5), ("p95", 0.95), ("max", 1.0))},
    }


def _ratios(calls: Sequence[Asked], users: set[str]) -> dict[str, float]:
    """The waits of these users' calls among all, over their fair ones."""
    work = services(calls)
    fair, in_order = shared(calls, work), first_come(calls, work)
    theirs = [number for number, call in enumerate(calls) if call.user in users]
    return {
        "calls": len(theirs),
        "service_s_median": round(percentile([work[number] for number in theirs], 0.5), 1),
        "wait_over_fair_max": round(max(calls[number].waited / fair[number] for number in theirs), 2),
        "first_come_over_fair_max": round(max(in_order[number] / fair[number] for number in theirs), 2),
    }
