"""The one door to servers: every client of a model server is made here, and nothing private leaves by it.

A request to a server outside the user's control goes out only while the code that makes it has said, with `about`,
that what it works on is not private, and never while `offline` is set. Whatever a router or a setting thinks, the door
decides for each request, redirects included.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import httpx

from ingestion.addresses import is_remote_host
from ingestion.errors import HuimaiError


@dataclass(slots=True)
class _Said:
    """What was said of some work. `over` is set when that work has ended."""

    private: bool
    project: str | None = None
    over: bool = False


_UNSAID = _Said(private=True)
"""What holds of everything of which nobody has said that it is not private."""
_said: ContextVar[_Said] = ContextVar("said", default=_UNSAID)


class PrivacyError(HuimaiError):
    """A request would have carried to another machine what must not leave this one."""

    status = 403
    code = "private"


@contextmanager
def about(*, private: bool, project: str | None = None) -> Generator[None]:
    """Say whether what is worked on inside belongs to a private project, and the name of the project where it is one.

    Holds for this task or thread, and for what is begun from it by `asyncio.create_task` and `asyncio.to_thread`, until
    the block ends: a task that goes on after it is taken to work on something private. What is said to be private stays
    so within; the project is that of the innermost block. Never put a `yield` inside: a generator's caller would run
    with what is said here.
    """
    around = _said.get()
    strict = around is not _UNSAID and around.private and not around.over
    said = _Said(private or strict, project)
    token = _said.set(said)
    try:
        yield
    finally:
        said.over = True
        _said.reset(token)


def project_at_work() -> str | None:
    """The project of which `about` was said here, for accounts; null for several or none, and once that work is over.
    Whether something may leave this machine never depends on it."""
    said = _said.get()
    return None if said.over else said.project


@dataclass(frozen=True, slots=True)
class Outbound:
    """What may leave this machine. `offline` keeps everything here.

    `remote` says of a server whether it is outside the user's control: that of a container, or of another machine in
    the house, is not where the user says so.
    """

    offline: bool = False

    def may_reach(self, *, remote: bool, private: bool) -> bool:
        """Whether a server may be given what belongs to such a project."""
        return not (remote and (private or self.offline))

    def require(self, server: str, *, remote: bool) -> None:
        """Raises PrivacyError unless the server may be given what is worked on now. `server` names it in messages."""
        said = _said.get()
        if self.may_reach(remote=remote, private=said.private or said.over):
            return
        if self.offline:
            raise PrivacyError(
                f"{server} is on another machine, and HUIMAI_OFFLINE is set",
                "use a model on this machine, or unset HUIMAI_OFFLINE",
            )
        raise PrivacyError(
            f"{server} is on another machine, and what it would be told is private",
            "use a model on this machine, or let the project be not private: `huimai projects edit NAME --not-private`",
        )

    def client(
        self,
        base_url: str,
        *,
        remote: bool,
        headers: Mapping[str, str] | None = None,
        timeout: httpx.Timeout | None = None,
    ) -> httpx.Client:
        """A client for one server. Raises PrivacyError at each request that may not go out."""
        check = self._check(base_url, remote=remote)
        return httpx.Client(
            headers=dict(headers or {}),
            timeout=timeout,
            # proxies of the environment lead out of the machine
            trust_env=remote,
            event_hooks={"request": [check]},
        )

    def async_client(
        self,
        base_url: str,
        *,
        remote: bool,
        headers: Mapping[str, str] | None = None,
        timeout: httpx.Timeout | None = None,
        limits: httpx.Limits | None = None,
    ) -> httpx.AsyncClient:
        """The same for an event loop."""
        check = self._check(base_url, remote=remote)

        async def check_in_loop(request: httpx.Request) -> None:
            check(request)

        return httpx.AsyncClient(
            headers=dict(headers or {}),
            timeout=timeout,
            limits=limits or httpx.Limits(max_connections=1000, max_keepalive_connections=100),
            trust_env=remote,
            event_hooks={"request": [check_in_loop]},
        )

    def _check(self, base_url: str, *, remote: bool) -> _Check:
        return _Check(self, httpx.URL(base_url).raw_host.decode(), remote)


@dataclass(frozen=True, slots=True)
class _Check:
    """Asked about each request of a client before it goes out, those that follow a redirect among them."""

    outbound: Outbound
    host: str
    remote: bool

    def __call__(self, request: httpx.Request) -> None:
        # the host as the client will connect to it: two readings of one address must not differ
        host = request.url.raw_host.decode()
        # a server of the house may send its clients anywhere
        remote = self.remote or (host != self.host and is_remote_host(host))
        self.outbound.require(f"the server at {request.url.netloc.decode()}", remote=remote)


def quieten_libraries(outbound: Outbound) -> None:
    """Keep libraries from telling others of their own accord what goes on here. To be called before they are imported.

    LangGraph sends every step with all that it read to a tracing service where the environment names one, the client
    of model hubs says what is run, and asks the hub for models unless it is told not to.
    """
    os.environ.update({"LANGSMITH_TRACING_V2": "false", "HF_HUB_DISABLE_TELEMETRY": "1"})
    if outbound.offline:
        os.environ.update({"HF_HUB_OFFLINE": "1"})
