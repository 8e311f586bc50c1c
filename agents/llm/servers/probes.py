"""Tiny answers that show what a chat server does: whether thoughts come apart, whether a schema binds.

What is looked for stands in https://docs.vllm.ai/en/stable/features/reasoning_outputs/ and .../structured_outputs/.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import httpx

from agents.llm.domain import Tier
from agents.llm.servers.dialects import DIALECTS, merged
from agents.settings import ServerSettings

_THOUGHTS = ("reasoning", "reasoning_content")
_TOKENS = 32
_CODE = "7f3a"
_SCHEMA: Mapping[str, Any] = {
    "title": "code",
    "type": "object",
    "properties": {"code": {"type": "string", "enum": [_CODE]}},
    "required": ["code"],
    "additionalProperties": False,
}


class Seen(StrEnum):
    """What an answer showed."""

    YES = "yes"
    NO = "no"
    SILENT = "silent"
    """There was no answer, or none that says."""


def probe_thinking(client: httpx.Client, server: ServerSettings, model: str, *, seconds: float) -> Seen:
    """Whether the first words of somebody who is let think come as thoughts, not as the answer. Raises PrivacyError."""
    on = DIALECTS[server.kind].switched(_may_switch(server) or None, _TOKENS)
    message = _ask(client, server, model, "Which is greater, 9.11 or 9.8?", on, seconds)
    if message is None:
        return Seen.SILENT
    if any(message.get(field) for field in _THOUGHTS):
        return Seen.YES
    return Seen.NO if message.get("content") else Seen.SILENT


def probe_schema(client: httpx.Client, server: ServerSettings, tier: Tier, *, seconds: float) -> Seen:
    """Whether an answer keeps to a schema that the question does not ask for. Raises PrivacyError."""
    dialect = DIALECTS[server.kind]
    switches = tier.card.thinking == "switch" and _may_switch(server)
    off = dialect.switched(False if switches else None, _TOKENS)
    fields = merged(off, dialect.bound(_SCHEMA, by_schema=True, thinks=False))
    message = _ask(client, server, tier.model, "Say hello.", fields, seconds)
    if message is None:
        return Seen.SILENT
    try:
        return Seen.YES if json.loads(message.get("content") or "") == {"code": _CODE} else Seen.NO
    except ValueError:
        return Seen.NO


def _may_switch(server: ServerSettings) -> bool:
    """Whether it is known how the server is told to let a model think. Of kind openai may be any."""
    return server.kind != "openai"


def _ask(
    client: httpx.Client, server: ServerSettings, model: str, question: str, fields: Mapping[str, Any], seconds: float
) -> dict[str, Any] | None:
    """The message that comes back, empty where the server refuses such a request; None where nothing comes."""
    body = {
        "model": model,
        "messages": [{"role": "user", "content": question}],
        "max_tokens": _TOKENS,
        "temperature": 0,
        "stream": False,
    }
    try:
        answer = client.post(
            f"{server.base_url}/chat/completions",
            json=merged(merged(body, fields), server.extra_body),
            timeout=httpx.Timeout(seconds),
        )
        if answer.is_client_error:
            return {}
        return dict(answer.json()["choices"][0]["message"]) if answer.is_success else None
    except (httpx.HTTPError, ValueError, KeyError, IndexError, TypeError):
        return None
