"""What a source of models does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingestion.models.card import ModelCard, ModelFile
from ingestion.models.receiving import BytesProgress


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source delivered: the files with the hashes of their bytes, and the revision, if it has one."""

    files: tuple[ModelFile, ...]
    revision: str = ""


class Source(Protocol):
    """Brings a model's files into a folder."""

    @property
    def label(self) -> str:
        """Where this is, for messages and the record of where a model came from."""
        ...

    def fetch(self, card: ModelCard, into: Path, progress: BytesProgress | None) -> Fetched:
        """Bring the card's files into `into`, keeping what an earlier try left there.

        Every hash is of the bytes as they arrived. Raises SourceError when a file cannot be had, WrongHashError when it
        is not what the card names, StorageFullError.
        """
        ...
