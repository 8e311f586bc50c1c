"""Homes that an evaluation throws away, with a hashing embedder, no chat model and nobody who tells voices apart."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from agents.settings import AgentsSettings
from server.home import Home
from server.services import Services
from server.settings import Settings
from tests.doubles import HashEmbedder


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    homes: list[Path] = []
    monkeypatch.setattr(Services, "new_embedder", lambda _self: HashEmbedder())
    monkeypatch.setattr(Services, "new_diarizer", lambda _self: None)

    @contextmanager
    def open_services() -> Generator[Services]:
        home = tmp_path / f"home{len(homes)}"
        homes.append(home)
        settings = Settings(home=home, agents=AgentsSettings(chat_provider="none"))
        services = Services(settings, Home(home))
        services.open()
        try:
            yield services
        finally:
            services.close()

    open_services.homes = homes
    return open_services
