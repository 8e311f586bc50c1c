"""What went wrong while talking to a chat server, in one line a person can act on and without secrets."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import httpx
import openai

from agents.llm.servers.refusals import Said, by_words, said_in
from ingestion.errors import ModelFailedError
from ingestion.retry_after import asked_to_wait

_PASSING = frozenset({408, 409, 429})
_LOOK_AT_LOG = "Ask again; if it happens again, look at the chat server's own log."


@dataclass(frozen=True, slots=True)
class SettingNames:
    """Where the settings of a server stand, for hints."""

    address: str = "HUIMAI_AGENTS__CHAT_BASE_URL"
    key: str = "HUIMAI_AGENTS__CHAT_API_KEY"
    model: str = "HUIMAI_AGENTS__CHAT_MODEL"
    context: str = "HUIMAI_AGENTS__CHAT_CONTEXT_TOKENS"

    @classmethod
    def of(cls, server: str, tier: str) -> SettingNames:
        """For a server and a tier of the settings, by their names."""
        return cls(
            address=f"base_url in [agents.servers.{server}]",
            key=f"api_key in [agents.servers.{server}]",
            model=f"served_as in [agents.tiers.{tier}]",
            context=f"context_tokens in [agents.tiers.{tier}]",
        )


@dataclass(frozen=True, slots=True)
class Server:
    """A model on a server, as messages name it. `secret` never appears in them."""

    label: str
    model: str
    names: SettingNames
    secret: str = field(default="", repr=False)


class AttemptError(Exception):
    """One attempt failed, with `error` to show. `passing` says that another attempt may work, `fault` that the server
    is to blame, `answered` that it spoke at all, `no_model` that it does not know the model. `headers` are its own."""

    def __init__(
        self,
        error: ModelFailedError,
        *,
        passing: bool = False,
        fault: bool = False,
        answered: bool = True,
        no_model: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(error.message)
        self.error = error
        self.passing = passing
        self.fault = fault
        self.answered = answered
        self.no_model = no_model
        self.headers = headers or {}


class NotAStreamError(Exception):
    """The server answered with something else than events."""

    def __init__(self, content_type: str, body: str) -> None:
        super().__init__(content_type)
        self.content_type = content_type
        self.body = body


class GarbledError(Exception):
    """An event is not one of the protocol."""


def explain(error: Exception, server: Server, *, answering: bool, heard: bool) -> AttemptError:
    """The failure that an exception means. `answering` says that the answer had begun, `heard` that a word had come."""
    if isinstance(error, openai.APIStatusError):
        return _refusal(error, server)
    if isinstance(error, openai.APIConnectionError):
        if answering:
            return AttemptError(cut_short(server), passing=not heard, fault=True)
        return AttemptError(_unreachable(error, server), passing=True, fault=True, answered=False)
    if isinstance(error, openai.APIError):
        return _inside(said_in(error.body, server.secret), server, heard)
    if isinstance(error, NotAStreamError):
        return _no_stream(error, server)
    return AttemptError(garbled(server), passing=not heard, fault=True)


def cut_short(server: Server) -> ModelFailedError:
    """The stream ended without a finish reason."""
    return ModelFailedError(f"{server.label} broke off inside the answer", _LOOK_AT_LOG)


def garbled(server: Server) -> ModelFailedError:
    """What came is not the protocol."""
    return ModelFailedError(f"{server.label} sent an answer that is not valid JSON", _LOOK_AT_LOG)


def withheld(server: Server) -> ModelFailedError:
    """The server's filter stopped the answer."""
    return by_words(Said("content_filter"), server.label, server.model, server.names.context) or garbled(server)


def silent(server: Server, seconds: float, waiting_for: str) -> ModelFailedError:
    """A time limit passed. `waiting_for` is what had not come: "the first word", "the next word", "the end"."""
    return ModelFailedError(
        f"{server.label} did not send {waiting_for} of the answer within {seconds:g} s",
        "Ask again when it is less busy, or raise the chat time limits in the settings.",
    )


def unusable_key(server: Server) -> ModelFailedError | None:
    """The error for a key that cannot be sent, as one with a line break at its end."""
    fault = next((what for what, pattern in _KEY_FAULTS if pattern.search(server.secret)), None)
    if fault is None:
        return None
    return ModelFailedError(
        f"the API key for {server.label} has {fault} in it, and was not sent", f"Correct {server.names.key}."
    )


_KEY_FAULTS = (
    ("a line break", re.compile(r"[\r\n]")),
    ("a space", re.compile(r"\s")),
    ("a character that is not ASCII", re.compile(r"[^\x00-\x7f]")),
    ("a control character", re.compile(r"[\x00-\x1f\x7f]")),
)


def _unreachable(error: openai.APIConnectionError, server: Server) -> ModelFailedError:
    causes = list(_causes(error))
    hint = f"Start it, or correct {server.names.address}; `huimai doctor` tries it."
    said = "cannot be reached"
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        said = "cannot be reached: its name leads nowhere"
        hint = f"Check the network, and the spelling of {server.names.address}."
    elif any(isinstance(cause, ssl.SSLError) for cause in causes):
        said = "cannot be reached: no secure connection came about"
        hint = f"Check http or https in {server.names.address}, and this machine's certificates and clock."
    elif any(isinstance(cause, httpx.ConnectTimeout) for cause in causes):
        said = "cannot be reached: it did not take the connection in time"
    elif any(isinstance(cause, (httpx.ReadError, httpx.RemoteProtocolError)) for cause in causes):
        said, hint = "hung up before it answered", _LOOK_AT_LOG
    return ModelFailedError(f"{server.label} {said}", hint)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _refusal(error: openai.APIStatusError, server: Server) -> AttemptError:
    status = error.status_code
    headers = error.response.headers
    said = said_in(error.body, server.secret)
    failed = by_words(said, server.label, server.model, server.names.context)
    if failed is None:
        failed = _by_status(status, said, headers, server)
    passing = (status in _PASSING or status >= 500) and headers.get("x-should-retry") != "false"
    return AttemptError(
        failed,
        passing=passing,
        fault=status == 408 or status >= 500,
        no_model=said.no_model,
        headers=headers,
    )


def _by_status(status: int, said: Said, headers: Mapping[str, str], server: Server) -> ModelFailedError:
    label, names = server.label, server.names
    if status in (401, 403):
        reason = said.reason if status == 403 else ""
        return ModelFailedError(
            f"{label} refused the API key ({status}){reason}", f"Set {names.key} to a key that it accepts."
        )
    if said.no_model:
        return ModelFailedError(f"{label} has no model '{server.model}' ({status})", f"Correct {names.model}.")
    if status in (404, 405):
        return ModelFailedError(
            f"{label} has no chat at this address ({status})", f"Check that {names.address} is whole (most end in /v1)."
        )
    if 300 <= status < 400:
        return ModelFailedError(
            f"{label} sends callers on to another address ({status})", f"Set {names.address} to where it listens."
        )
    if status == 429:
        wish = asked_to_wait(headers)
        hint = "Wait, then ask again." if wish is None else f"Wait {wish:.0f} s, then ask again."
        return ModelFailedError(f"{label} is over its rate limit or quota (429){said.reason}", hint)
    if status < 500:
        return ModelFailedError(
            f"{label} refused the request ({status}){said.reason}",
            "Check the model's context window and JSON schema support in the settings, or ask about less at once.",
        )
    page = " with a web page" if "text/html" in headers.get("content-type", "") else ""
    return ModelFailedError(f"{label} failed ({status}){page}{said.reason}", _LOOK_AT_LOG)


def _inside(said: Said, server: Server, heard: bool) -> AttemptError:
    failed = by_words(said, server.label, server.model, server.names.context)
    if failed is not None:
        return AttemptError(failed, no_model=said.no_model)
    error = ModelFailedError(f"{server.label} gave up inside the answer{said.reason}", _LOOK_AT_LOG)
    return AttemptError(error, passing=not heard, fault=True)


def _no_stream(error: NotAStreamError, server: Server) -> AttemptError:
    if "text/html" in error.content_type:
        failed = ModelFailedError(
            f"{server.label} answered with a web page instead of a chat",
            f"Check that {server.names.address} is that of the API (most end in /v1), and no login page is in between.",
        )
        return AttemptError(failed, fault=True)
    said = said_in(error.body, server.secret)
    if said.reason:
        return _inside(said, server, heard=False)
    failed = ModelFailedError(
        f"{server.label} answered with {error.content_type or 'something'} instead of a stream of words",
        f"Check that {server.names.address} leads to a server of the OpenAI protocol that can stream.",
    )
    return AttemptError(failed, fault=True)
