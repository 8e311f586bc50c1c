"""`huimai serve`: the server, in the foreground."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingestion.errors import ConflictError, HuimaiError
from server.cli.messages import say
from server.cli.options import Json, example

if TYPE_CHECKING:
    from server.home import Home
    from server.settings import Settings

EXAMPLE = example("huimai serve", "huimai serve --port 8001")

_SHUTDOWN_SECONDS = 5


def serve(
    host: Annotated[
        str | None,
        typer.Option(help="Address to bind, 127.0.0.1 unless set; only this machine's own.", show_default=False),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port, 8000 unless set; 0 picks a free one.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Serve the web page and the API, and work on the jobs, until Ctrl-C. Other commands go through it meanwhile."""
    from server.cli.environment import load_settings
    from server.home import Home
    from server.security import check_host

    settings = load_settings()
    address = check_host(host or settings.host)
    home = Home(settings.home)
    home.own()
    try:
        with bind(address, settings.port if port is None else port) as listener:
            _run(settings, home, listener, as_json)
    finally:
        home.disown()


def bind(host: str, port: int) -> socket.socket:
    """A socket that is bound to an address of this machine. Raises ConflictError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small pieces at once only where the protocol is named; else each may wait 40 ms for the one before
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), port))
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise ConflictError(say("port_taken", port=port), say("port_taken_hint", port=port + 1)) from None
        reason = say("not_bound", host=host, port=port, error=error.strerror)
        raise HuimaiError(reason, say("not_bound_hint")) from None
    return listener


def url_of(listener: socket.socket) -> str:
    """Where a bound socket answers."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _run(settings: Settings, home: Home, listener: socket.socket, as_json: bool) -> None:
    import uvicorn

    from server.app import create_app
    from server.services import Services

    failures: list[Exception] = []

    def open_services() -> Services:
        services = Services(settings, home)
        services.open()
        return services

    def ready(services: Services) -> None:
        home.announce(url_of(listener))
        _say_address(url_of(listener), as_json)
        services.prepare()

    def failed(error: Exception) -> None:
        failures.append(error)
        server.should_exit = True

    config = uvicorn.Config(
        create_app(open_services, on_ready=ready, on_failure=failed),
        log_config=None,
        access_log=False,
        ws="none",
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    server = uvicorn.Server(config)
    server.run(sockets=[listener])
    if failures:
        raise failures[0]


def _say_address(url: str, as_json: bool) -> None:
    from server.cli.render import print_json, show

    if as_json:
        document: dict[str, Any] = {"url": url}
        print_json(document)
    else:
        show(say("serving", url=url), "bold green")
