"""A recognition server and the recognisers that ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.outbound import Outbound
from ingestion.ports import Transcriber
from ingestion.settings import IngestionSettings
from ingestion.speech.servers import dashscope_files, factory
from ingestion.speech.servers.factory import open_served_transcriber
from tests.ingestion.speech.servers.speech_server import KEY, FakeSpeechServer, serving

Open = Callable[..., Transcriber]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSpeechServer]:
    monkeypatch.setattr(factory, "_PAUSES", (0.01, 0.02))
    monkeypatch.setattr(dashscope_files, "_POLL_PAUSES", (0.01,))
    with serving(FakeSpeechServer()) as fake:
        yield fake


@pytest.fixture
def open_recogniser(server: FakeSpeechServer, tmp_path: Path) -> Open:
    """Makes a recogniser of the server by the protocol, with other settings and `on_heard` as they are given."""

    def make(
        protocol: str = "transcriptions", on_heard: Any = None, offline: bool = False, **given: Any
    ) -> Transcriber:
        values = {"speech_base_url": server.url, "speech_model": "ears", "speech_api_key": KEY, **given}
        settings = IngestionSettings(speech_protocol=protocol, **values)
        return open_served_transcriber(settings, Outbound(offline), tmp_path / "tasks", on_heard)

    return make


@pytest.fixture
def minute(talk: NDArray[np.int16]) -> NDArray[np.float32]:
    """The first minute of a Chinese meeting: two or three stretches."""
    return talk[: 60 * 16_000].astype(np.float32) / 32768
