"""What went wrong while talking to a chat server, in one line a person can act on and without secrets."""

from __future__ import annotations

import openai

from ingestion.errors import ModelFailedError

_LONGEST_REASON = 160


def explain(error: Exception, *, server: str, model: str, answering: bool, secret: str = "") -> ModelFailedError:
    """The error to show for what the client raised.

    `server` names the server, `answering` says that its answer had begun, `secret` never appears.
    """
    if isinstance(error, openai.APIStatusError):
        return _refusal(error, server, model, secret)
    if isinstance(error, openai.APIConnectionError):
        return cut_short(server) if answering else unreachable(server)
    if isinstance(error, openai.APIError):
        return ModelFailedError(f"{server} gave up inside the answer{_reason(error, secret)}", _LOOK_AT_LOG)
    return garbled(server)


def unreachable(server: str) -> ModelFailedError:
    """No connection came about."""
    return ModelFailedError(
        f"{server} cannot be reached", "Start it, or correct HUIMAI_AGENTS__CHAT_BASE_URL; `huimai doctor` tries it."
    )


def cut_short(server: str) -> ModelFailedError:
    """The stream ended without a finish reason."""
    return ModelFailedError(f"{server} broke off inside the answer", _LOOK_AT_LOG)


def garbled(server: str) -> ModelFailedError:
    """What came is not the protocol."""
    return ModelFailedError(f"{server} sent an answer that is not valid JSON", _LOOK_AT_LOG)


def silent(server: str, seconds: float, waiting_for: str) -> ModelFailedError:
    """A time limit passed. `waiting_for` is what had not come: "the first word", "the next word", "the end"."""
    return ModelFailedError(
        f"{server} did not send {waiting_for} of the answer within {seconds:g} s",
        "Ask again when it is less busy, or raise the chat time limits in the settings.",
    )


_LOOK_AT_LOG = "Ask again; if it happens again, look at the chat server's own log."


def _refusal(error: openai.APIStatusError, server: str, model: str, secret: str) -> ModelFailedError:
    status = error.status_code
    if status in (401, 403):
        return ModelFailedError(
            f"{server} refused the API key ({status})", "Set HUIMAI_AGENTS__CHAT_API_KEY to a key that it accepts."
        )
    if status == 404:
        return ModelFailedError(
            f"{server} has no model '{model}' ({status})",
            "Check HUIMAI_AGENTS__CHAT_MODEL, and that HUIMAI_AGENTS__CHAT_BASE_URL is whole (most end in /v1).",
        )
    if status == 429:
        return ModelFailedError(f"{server} is over its rate limit or quota ({status})", "Wait, then ask again.")
    if status < 500:
        return ModelFailedError(
            f"{server} refused the request ({status}){_reason(error, secret)}",
            "Check the model's context window and JSON schema support in the settings, or ask about less at once.",
        )
    return ModelFailedError(f"{server} failed ({status}){_reason(error, secret)}", _LOOK_AT_LOG)


def _reason(error: openai.APIError, secret: str) -> str:
    body = error.body
    said = body.get("message") if isinstance(body, dict) else None  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(said, str) or not said.strip():
        return ""
    line = " ".join(said.split())
    if secret:
        line = line.replace(secret, "***")
    return f": {line[:_LONGEST_REASON]}"
