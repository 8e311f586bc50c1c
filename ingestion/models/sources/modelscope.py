"""ModelScope.

Protocol: `GET /api/v1/models/<repo>/repo/files?Revision=<revision>&Recursive=true` lists files with size and SHA-256;
`GET /models/<repo>/resolve/<revision>/<path>` is a file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from ingestion.models.card import ModelCard, ModelScopeSource
from ingestion.models.receiving import BytesProgress, SourceError
from ingestion.models.sources.base import Fetched
from ingestion.models.sources.http import RemoteFile, chosen, download_all, get_json, hub_client, remote_files


class ModelScope:
    """A repository on ModelScope."""

    def __init__(self, spec: ModelScopeSource) -> None:
        self._spec = spec
        self._url = spec.url.rstrip("/")

    @property
    def label(self) -> str:
        """Address and repository."""
        return f"ModelScope {self._url}/{self._spec.repo}"

    def fetch(self, card: ModelCard, into: Path, progress: BytesProgress | None) -> Fetched:
        """Download the card's files, or for an unpinned card those that ModelScope lists."""
        revision = quote(self._spec.revision, safe="")
        with hub_client() as client:
            files = remote_files(card)
            if not files:
                query = f"Revision={revision}&Recursive=true"
                listing = get_json(client, f"{self._url}/api/v1/models/{self._spec.repo}/repo/files?{query}")
                files = self._listed(listing)
            base = f"{self._url}/models/{self._spec.repo}/resolve/{revision}"
            return Fetched(download_all(client, base, files, into, progress), self._spec.revision)

    def _listed(self, listing: Any) -> list[RemoteFile]:
        try:
            entries = [entry for entry in listing["Data"]["Files"] if entry["Type"] != "tree"]
            files = [RemoteFile(entry["Path"], int(entry["Size"]), entry.get("Sha256") or None) for entry in entries]
        except (KeyError, TypeError) as error:
            raise SourceError(f"the list of files lacks {error}") from error
        return chosen(files, self._spec.include, self._spec.repo)
