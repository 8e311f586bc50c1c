"""Every setting of Huimai, from the environment, `<home>/huimai.toml` and defaults, in that order."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from agents.settings import AgentsSettings
from ingestion.settings import IngestionSettings
from retrieval.settings import RetrievalSettings

SETTINGS_FILE = "huimai.toml"


class Settings(BaseSettings):
    """Settings by area. Environment variables start with HUIMAI_; nested ones use two underscores."""

    model_config = SettingsConfigDict(env_prefix="HUIMAI_", env_nested_delimiter="__", extra="forbid")

    home: Path = Field(default_factory=lambda: default_home(), description="The data home: everything stored is here.")
    models_dir: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path("huimai") / "models",
        description="Where model files are kept, shared by all data homes.",
    )
    host: str = Field(default="127.0.0.1", description="Address that the server binds; only loopback is accepted.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port that the server binds.")
    database_url: str | None = Field(
        default=None, description="SQLAlchemy URL of the database; empty means SQLite in the data home."
    )
    jobs_database_url: str | None = Field(
        default=None, description="URL of the durable jobs' database; empty means SQLite in the data home."
    )
    vector_store: Literal["edge", "qdrant"] = Field(
        default="edge", description="edge keeps vectors in the data home; qdrant uses a Qdrant server."
    )
    qdrant_url: str | None = Field(default=None, description="Address of the Qdrant server.")
    qdrant_api_key: SecretStr | None = Field(default=None, description="Key of the Qdrant server.")
    offline: bool = Field(
        default=False, description="Nothing is sent to another machine: no remote model, no download of models."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="Least severe log level."
    )
    ingestion: IngestionSettings = Field(default_factory=lambda: IngestionSettings(), description="See ingestion.")
    retrieval: RetrievalSettings = Field(default_factory=lambda: RetrievalSettings(), description="See retrieval.")
    agents: AgentsSettings = Field(default_factory=lambda: AgentsSettings(), description="See agents.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The data home's own file comes after the environment."""
        file = TomlConfigSettingsSource(settings_cls, toml_file=default_home() / SETTINGS_FILE)
        return init_settings, env_settings, file


def default_home() -> Path:
    """The data home: HUIMAI_HOME, else `.huimai` in the user's own folder."""
    return Path(os.environ.get("HUIMAI_HOME") or Path.home() / ".huimai").expanduser().absolute()
