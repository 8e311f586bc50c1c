"""One path through the house: a command speaks the REST API, to a running server or to one of its own.

When this process can own the data home it serves the app itself, on a socket in a private folder, for as long as the
command takes. When `huimai serve` owns the home, the command goes through it.
"""

from __future__ import annotations

import getpass
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx

from ingestion.errors import ConflictError, HuimaiError
from server.cli.environment import load_settings
from server.cli.messages import language, say
from server.home import Home

if TYPE_CHECKING:
    from server.services import Services
    from server.settings import Settings

API = "/api/v1"

_CONNECT_SECONDS = 5.0
_STARTING_SECONDS = 10.0
"""How long to wait for a server that owns the home but does not answer yet."""
_POLL_SECONDS = 0.05


@contextmanager
def connect() -> Generator[httpx.Client]:
    """A client of the API; its requests raise the HuimaiError that the server answers with.

    Raises ConflictError when another short command owns the data home. On Ctrl-C nothing is waited for: jobs are
    durable, and the process is about to end.
    """
    settings = load_settings()
    home = Home(settings.home)
    url = owner_url(home)
    if url is not None:
        with client_for(httpx.HTTPTransport(), url) as client:
            yield client
        return
    home.announce(None)
    with _unless_interrupted(home.disown), _served(settings, home) as client:
        yield client


def owner_url(home: Home) -> str | None:
    """Where the owner of the home answers; None when this process has become the owner. Raises ConflictError."""
    deadline = time.monotonic() + _STARTING_SECONDS
    while True:
        try:
            home.own()
        except ConflictError:
            owner = home.owner()
            if owner is not None and owner.url is not None and _answers(owner.url):
                return owner.url
            passing = owner is not None and owner.url is None
            if passing or time.monotonic() > deadline:
                raise
            time.sleep(_POLL_SECONDS)
        else:
            return None


def client_for(transport: httpx.BaseTransport, base_url: str) -> httpx.Client:
    """A client without time limit: an answer takes as long as the model needs."""
    return httpx.Client(
        transport=transport,
        base_url=base_url,
        headers={"Accept-Language": language(), "Huimai-User": quote(_user())},
        timeout=httpx.Timeout(None, connect=_CONNECT_SECONDS),
        event_hooks={"response": [_raise_problem]},
        trust_env=False,
    )


def _user() -> str:
    """The name under which the user works on this machine; empty for one without a name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=_CONNECT_SECONDS, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def _raise_problem(response: httpx.Response) -> None:
    if not response.is_error:
        return
    response.read()
    try:
        document = response.json()
        detail, hint = str(document["detail"]), str(document.get("hint", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        detail = say("server_answered", status=response.status_code, reason=response.reason_phrase)
        hint = ""
    raise HuimaiError(detail, hint, status=response.status_code)


@contextmanager
def _served(settings: Settings, home: Home) -> Generator[httpx.Client]:
    """Serve the app from a thread of this process, for its own use."""
    folder = Path(tempfile.mkdtemp(prefix="huimai-"))
    try:
        server = _InnerServer(settings, home, folder / "api.sock")
        transport = httpx.HTTPTransport(uds=str(server.socket))
        with _unless_interrupted(server.stop), client_for(transport, "http://localhost") as client:
            server.start()
            yield client
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _unless_interrupted(at_end: Callable[[], None]) -> Generator[None]:
    """Do something at the end, but not after Ctrl-C: the process ends at once and takes its threads and locks along."""
    try:
        yield
    except KeyboardInterrupt:
        raise
    except BaseException:
        at_end()
        raise
    at_end()


class _InnerServer:
    """uvicorn in a thread, on a Unix domain socket."""

    def __init__(self, settings: Settings, home: Home, socket: Path) -> None:
        import uvicorn

        from server.app import create_app

        if not logging.root.isEnabledFor(logging.DEBUG):
            # the command itself tells what its own server answers
            logging.getLogger("server.problems").setLevel(logging.ERROR)
        self.socket = socket
        self._settings, self._home = settings, home
        self._opened = threading.Event()
        self._failure: Exception | None = None
        app = create_app(self._open, on_ready=lambda _: self._opened.set(), on_failure=self._remember)
        self._server = uvicorn.Server(uvicorn.Config(app, uds=str(socket), log_config=None, access_log=False))
        self._thread = threading.Thread(target=self._server.run, name="api", daemon=True)

    def start(self) -> None:
        """Return once the data home is open. Raises what its opening raised."""
        self._thread.start()
        while not (self._server.started and self._opened.wait(_POLL_SECONDS)):
            if self._failure is not None:
                raise self._failure
            if not self._thread.is_alive():
                raise HuimaiError(say("opening_failed"), say("unexpected_hint"))
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """Close the data home and end the thread."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join()

    def _open(self) -> Services:
        from server.services import Services

        services = Services(self._settings, self._home)
        services.open()
        return services

    def _remember(self, failure: Exception) -> None:
        self._failure = failure
