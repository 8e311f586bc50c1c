"""Calls to a server that runs models: one request, answered in time or failed with one line that helps.

What is shared by all who ask such a server and want the whole answer: embeddings, reranking and speech recognition. The
client is made at the one door (`ingestion.outbound`), so PrivacyError is raised for what must not leave this machine.
"""

from __future__ import annotations

import json
import random
import re
import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from ingestion.errors import ModelFailedError
from ingestion.outbound import Outbound
from ingestion.retry_after import asked_to_wait

OnAnswered = Callable[[str, int | None, float], None]
"""Called with the model, the tokens that the server counted, null where it told none, and seconds taken, once for each
request that a server answered. It runs in the thread that made the request."""

_CONNECT_SECONDS = 2.0
_LARGEST_ANSWER = 64 * 1024**2
"""Bytes; servers may repeat what they were asked."""
_LONGEST_REASON = 200
"""Characters of a server's own words that are shown."""
_TOO_LONG = re.compile(
    r"too (large|long)|context (length|size|window)|(larger|longer) than (the )?max|input length|less than \d+ token",
    re.IGNORECASE,
)
"""How servers say that a text is longer than the model reads: llama.cpp ("input is too large to process", with status
500, and "exceeds the available context size"), vLLM and OpenAI ("maximum context length"), Ollama ("exceeds the context
length"), DashScope ("Range of input length should be [1, 8192]"), TEI ("must have less than 512 tokens")."""


class TooLongError(ModelFailedError):
    """The server says that a text is longer than its model reads."""


class RefusedError(ModelFailedError):
    """The server says no to a request as it is. `answered` is its HTTP status."""

    def __init__(self, message: str, hint: str, answered: int) -> None:
        super().__init__(message, hint)
        self.answered = answered


class _PassingError(ModelFailedError):
    """A failure after which a new attempt may help, not before `wait` seconds. `untouched`: the server surely did none
    of the work."""

    wait = 0.0
    untouched = False


@dataclass(frozen=True, slots=True)
class Advice:
    """How messages call the server, and the hint for each way in which it fails."""

    server: str
    address: str
    key: str
    slow: str
    long: str
    log: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait: `seconds` for one call, new attempts included, and `pauses`, in seconds, before each new
    attempt after a refused connection, too many requests (429) or a failure of the server (5xx). A pause is stretched
    or shrunk by up to a quarter, so that clients that failed together do not come back together."""

    seconds: float
    pauses: tuple[float, ...] = (0.2, 0.4)


class ModelServer:
    """A server that is asked for whole answers. Safe to call from several threads."""

    def __init__(
        self,
        outbound: Outbound,
        base_url: str,
        model: str,
        *,
        remote: bool,
        api_key: SecretStr | None,
        patience: Patience,
        advice: Advice,
    ) -> None:
        """`base_url` is that which the routes follow, `model` the name by which the server knows the model."""
        self._base_url, self._model = base_url, model
        self._patience, self._advice = patience, advice
        self._label = f"{advice.server} at {urlsplit(base_url).netloc}"
        self._key = api_key.get_secret_value() if api_key else ""
        self._key_is_sound = is_sendable(self._key)
        headers = {"Authorization": f"Bearer {self._key}"} if self._key and self._key_is_sound else {}
        self._client = outbound.client(base_url, remote=remote, headers=headers)

    def post(self, route: str, body: Mapping[str, object]) -> bytes:
        """The answer to a POST of `body` as JSON. Raises as `send`."""
        return self.send("POST", route, json=body)

    def send(
        self, method: str, route: str, *, stop: threading.Event | None = None, twice: bool = True, **content: Any
    ) -> bytes:
        """The answer to a request, after new attempts where they may help. `content` is what `httpx.Client.request`
        takes: json, data, files, params, headers.

        Without `twice`, a request that the server may have worked on already is not sent again. A set `stop` ends the
        waiting. Raises PrivacyError, TooLongError, RefusedError, and ModelFailedError for all else that is no answer.
        """
        if not self._key_is_sound:
            raise self.failed("cannot be given the API key: it holds spaces or characters no key has", self._advice.key)
        deadline = time.monotonic() + self._patience.seconds
        stopped = stop or threading.Event()
        for pause in self._patience.pauses:
            try:
                return self._answer(method, route, content, deadline)
            except _PassingError as error:
                wait = max(pause * random.uniform(0.75, 1.25), error.wait)
                again = (twice or error.untouched) and time.monotonic() + wait < deadline
                if not again or stopped.wait(wait):
                    raise
        return self._answer(method, route, content, deadline)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def failed(self, why: str, hint: str = "") -> ModelFailedError:
        """An error that names the server; without a hint, to look at its log."""
        return ModelFailedError(f"{self._label} {why}", hint or self._advice.log)

    def _answer(self, method: str, route: str, content: Mapping[str, Any], deadline: float) -> bytes:
        with self._explained():
            response, answer = self._sent(method, route, content, deadline)
        if response.status_code != 200:
            raise self._refused(response, answer)
        if answer.lstrip()[:1] == b"<":
            raise self.failed("sent a web page instead of an answer", self._advice.address)
        return answer

    @contextmanager
    def _explained(self) -> Generator[None]:
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL) as error:
            passing = _PassingError(f"{self._label} cannot be reached", self._advice.address)
            passing.untouched = True
            raise passing from error
        except httpx.TimeoutException as error:
            raise self.failed(f"did not answer within {self._patience.seconds:g} s", self._advice.slow) from error
        except httpx.RemoteProtocolError as error:
            # so ends a connection that was kept open while the server was started anew
            raise _PassingError(f"{self._label} broke off inside the answer", self._advice.log) from error
        except httpx.HTTPError as error:
            raise self.failed("broke off inside the answer") from error

    def _sent(
        self, method: str, route: str, content: Mapping[str, Any], deadline: float
    ) -> tuple[httpx.Response, bytes]:
        left = max(deadline - time.monotonic(), 0.001)
        timeout = httpx.Timeout(left, connect=min(left, _CONNECT_SECONDS))
        answer = bytearray()
        with self._client.stream(method, self._base_url + route, timeout=timeout, **content) as response:
            for piece in response.iter_bytes():
                answer += piece
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the answer trickles")
                if len(answer) > _LARGEST_ANSWER:
                    raise httpx.ReadError("the answer does not end")
        return response, bytes(answer)

    def _refused(self, response: httpx.Response, answer: bytes) -> ModelFailedError:
        status, reason = response.status_code, self._reason(answer)
        if status in (401, 403):
            return self.failed(f"refused the API key ({status})", self._advice.key)
        if status == 413 or (status != 429 and _TOO_LONG.search(reason)):
            return TooLongError(f"{self._label} does not read so long a text ({status})", self._advice.long)
        if status == 404:
            return RefusedError(f"{self._label} has no model '{self._model}' ({status})", self._advice.address, status)
        if status == 429 or status >= 500:
            passing = _PassingError(f"{self._label} failed ({status})", self._advice.log)
            passing.wait, passing.untouched = asked_to_wait(response.headers) or 0.0, status == 429
            return passing
        why = f"{self._label} refused the request ({status}){': ' if reason else ''}{reason}"
        return RefusedError(why, self._advice.log, status)

    def _reason(self, answer: bytes) -> str:
        """What the server says of a failure, in one line; empty when it says nothing that can be understood."""
        said = " ".join(_message(answer).split())
        if self._key:
            said = said.replace(self._key, "***")
        return said[:_LONGEST_REASON]


def told_tokens(usage: object) -> int | None:
    """The tokens of a `usage` document, `{"total_tokens"}` as OpenAI has it; null where it does not tell them."""
    told = cast("dict[str, object]", usage).get("total_tokens") if isinstance(usage, dict) else None
    return told if isinstance(told, int) and not isinstance(told, bool) and told >= 0 else None


def is_sendable(key: str) -> bool:
    """Whether a header can carry an API key, which is visible ASCII; an empty one is not sent."""
    return all("!" <= letter <= "~" for letter in key)


def _message(answer: bytes) -> str:
    """The message of an error document: `{"error": {"message"}}` as OpenAI has it, `{"error"}`, `{"message"}` or
    `{"detail"}`."""
    try:
        found: Any = json.loads(answer)
    except ValueError:
        return ""
    for key in ("error", "message", "detail"):
        if isinstance(found, dict):
            document = cast("dict[str, Any]", found)
            found = document.get(key, document)
    return found if isinstance(found, str) else ""
