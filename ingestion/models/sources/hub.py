"""Hugging Face compatible hubs and their mirrors.

Protocol: `GET /api/models/<repo>/revision/<revision>?blobs=true` lists files with size, git blob id and, for large
ones, `lfs.sha256`; `GET /<repo>/resolve/<revision>/<path>` is a file.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ingestion.models.card import HubSource, ModelCard
from ingestion.models.receiving import BytesProgress, SourceError
from ingestion.models.sources.base import Fetched
from ingestion.models.sources.http import RemoteFile, chosen, download_all, get_json, hub_client, remote_files

_DEFAULT_URL = "https://huggingface.co"


class Hub:
    """A repository on a hub. The base address is the card's, else HF_ENDPOINT's, else huggingface.co."""

    def __init__(self, spec: HubSource) -> None:
        self._spec = spec
        self._url = (spec.url or os.environ.get("HF_ENDPOINT") or _DEFAULT_URL).rstrip("/")

    @property
    def label(self) -> str:
        """Address and repository."""
        return f"hub {self._url}/{self._spec.repo}"

    def fetch(self, card: ModelCard, into: Path, progress: BytesProgress | None) -> Fetched:
        """Download the card's files, or for an unpinned card those that the hub lists at one commit."""
        if os.environ.get("HF_HUB_OFFLINE", "0").lower() not in ("", "0", "false"):
            raise SourceError("not asked, because HF_HUB_OFFLINE is set")
        with hub_client() as client:
            files, revision = remote_files(card), self._spec.revision
            if not files:
                listing = get_json(client, f"{self._url}/api/models/{self._spec.repo}/revision/{revision}?blobs=true")
                files, revision = self._listed(listing), str(listing["sha"])
            base = f"{self._url}/{self._spec.repo}/resolve/{quote(revision, safe='')}"
            return Fetched(download_all(client, base, files, into, progress), revision)

    def _listed(self, listing: Any) -> list[RemoteFile]:
        try:
            files = [_remote_file(entry) for entry in listing["siblings"]]
            str(listing["sha"])
        except (KeyError, TypeError) as error:
            raise SourceError(f"the hub's list of files lacks {error}") from error
        return chosen(files, self._spec.include, self._spec.repo)


def _remote_file(entry: Any) -> RemoteFile:
    lfs: dict[str, Any] = entry.get("lfs") or {}
    return RemoteFile(entry["rfilename"], int(entry["size"]), lfs.get("sha256"), entry.get("blobId"))
