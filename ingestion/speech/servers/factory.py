"""The recogniser behind the server that the settings name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from ingestion.addresses import is_outside, is_remote
from ingestion.errors import BadInputError
from ingestion.http_calls import Advice, ModelServer, Patience
from ingestion.outbound import Outbound, PrivacyError
from ingestion.ports import Transcriber
from ingestion.settings import IngestionSettings
from ingestion.speech.choice import AUTO
from ingestion.speech.servers.dashscope_asr import DashScopeEar
from ingestion.speech.servers.dashscope_files import FileTranscriber
from ingestion.speech.servers.heard import Ear, OnHeard
from ingestion.speech.servers.omni import OmniEar
from ingestion.speech.servers.tasks import Tasks
from ingestion.speech.servers.transcriber import ServerTranscriber
from ingestion.speech.servers.transcriptions import TranscriptionsEar

_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds; an ingest can wait for a server that is started anew or refuses the many for a while."""

_COMPATIBLE, _NATIVE = "/compatible-mode/v1", "/api/v1"

_ADVICE = Advice(
    server="the speech recognition server",
    address="start it, or correct HUIMAI_INGESTION__SPEECH_BASE_URL, HUIMAI_INGESTION__SPEECH_PROTOCOL and "
    "HUIMAI_INGESTION__SPEECH_MODEL (most addresses end in /v1); `huimai doctor` tries it",
    key="set HUIMAI_INGESTION__SPEECH_API_KEY",
    slow="raise HUIMAI_INGESTION__SPEECH_TIMEOUT_SECONDS, or lower HUIMAI_INGESTION__SPEECH_IN_FLIGHT",
    long="let it take larger requests (nginx: client_max_body_size, vLLM: VLLM_MAX_AUDIO_CLIP_FILESIZE_MB)",
    log="look at the speech recognition server's own log, or hear on this machine: unset "
    "HUIMAI_INGESTION__SPEECH_BASE_URL and HUIMAI_INGESTION__SPEECH_MODEL",
)
_HEAR_HERE = "hear it on this machine: unset HUIMAI_INGESTION__SPEECH_BASE_URL and HUIMAI_INGESTION__SPEECH_MODEL"


def is_remote_server(settings: IngestionSettings) -> bool:
    """Whether the speech recognition server is outside the user's control."""
    return is_outside(settings.speech_base_url, settings.speech_remote)


def open_served_transcriber(
    settings: IngestionSettings, outbound: Outbound, tasks: Path, on_heard: OnHeard | None = None
) -> Transcriber:
    """The recogniser behind `speech_base_url`, which is not asked yet. `tasks` is the folder in which tasks of the
    protocol dashscope-files are kept. Raises BadInputError when the settings name no model of the server."""
    model = settings.speech_model
    if model == AUTO:
        raise BadInputError(
            "no speech recogniser is named on the server",
            "set HUIMAI_INGESTION__SPEECH_MODEL to the name under which the server has its model",
        )
    base_url, require = settings.speech_base_url or "", _door(settings, outbound)
    if settings.speech_protocol == "dashscope-files":
        base_url = base_url.removesuffix(_COMPATIBLE) + _NATIVE if base_url.endswith(_COMPATIBLE) else base_url
        server, elsewhere = _server(settings, outbound, base_url), _elsewhere(settings, outbound, base_url)
        return FileTranscriber(server, elsewhere, model, require, Tasks(tasks), account=base_url, on_heard=on_heard)
    ear = _ear(settings, _server(settings, outbound, base_url))
    return ServerTranscriber(ear, model, require, in_flight=settings.speech_in_flight, on_heard=on_heard)


def _ear(settings: IngestionSettings, server: ModelServer) -> Ear:
    match settings.speech_protocol:
        case "dashscope":
            return DashScopeEar(server, settings.speech_model)
        case "omni":
            host = urlsplit(settings.speech_base_url or "").hostname or ""
            return OmniEar(server, settings.speech_model, dashscope=host.endswith(".aliyuncs.com"))
        case _:
            return TranscriptionsEar(server, settings.speech_model)


def _server(settings: IngestionSettings, outbound: Outbound, base_url: str, *, storage: bool = False) -> ModelServer:
    """The server at an address; as `storage` of the service it is told no key."""
    return ModelServer(
        outbound,
        base_url,
        settings.speech_model,
        # a server of the house may name a storage anywhere
        remote=is_remote_server(settings) or (storage and is_remote(base_url)),
        api_key=None if storage else settings.speech_api_key,
        patience=Patience(settings.speech_timeout_seconds, _PAUSES),
        advice=replace(_ADVICE, server="the storage of the speech recognition server") if storage else _ADVICE,
    )


def _elsewhere(settings: IngestionSettings, outbound: Outbound, base_url: str) -> Callable[[str], ModelServer]:
    """Makes the servers to which the service sends its clients. They are as safe from listeners as the service is: its
    addresses of results may be plain http."""
    secure = base_url.startswith("https:")

    def at(url: str) -> ModelServer:
        address = f"https:{url.removeprefix('http:')}" if secure and url.startswith("http:") else url
        try:
            return _server(settings, outbound, address, storage=True)
        except httpx.InvalidURL as error:
            raise _server(settings, outbound, base_url).failed("names an address that cannot be used") from error

    return at


def _door(settings: IngestionSettings, outbound: Outbound) -> Callable[[], None]:
    """Asks whether the server may be told of what is worked on, before any work is done for it."""
    host = urlsplit(settings.speech_base_url or "").netloc

    def require() -> None:
        try:
            outbound.require(f"{_ADVICE.server} at {host}", remote=is_remote_server(settings))
        except PrivacyError as error:
            other = "unset HUIMAI_OFFLINE" if outbound.offline else "`huimai projects edit NAME --not-private`"
            raise PrivacyError(error.message, f"{_HEAR_HERE}; or {other}") from error

    return require
