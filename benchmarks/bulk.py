"""Bulk import of transcripts against the bare embedder over the same chunks, with the same batch and threads."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from benchmarks.measure import huimai, report, throwaway_home
from ingestion.database import Database
from ingestion.repository import MeetingRepository, TranscriptRepository
from server.catalogue import open_models
from server.services import open_configured_embedder
from server.settings import Settings


def main() -> None:
    """Import a collection, then embed its chunks once more and nothing else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("meetings", type=Path, help="a meetings.jsonl or .jsonl.gz")
    arguments = parser.parse_args()
    with throwaway_home() as home:
        began = time.monotonic()
        huimai(home, "ingest", str(arguments.meetings), "--project", "bulk")
        ours = time.monotonic() - began
        texts = _chunk_texts(home)
        os.environ["HUIMAI_HOME"] = str(home)
        settings = Settings()
        embedder = open_configured_embedder(settings, open_models(settings))
        began = time.monotonic()
        batch = settings.ingestion.embedding_batch * 4
        for start in range(0, len(texts), batch):
            embedder.embed_passages(texts[start : start + batch])
        bare = time.monotonic() - began
    report(
        "bulk",
        chunks=len(texts),
        ours_s=round(ours, 1),
        bare_s=round(bare, 1),
        ours_chunks_per_s=round(len(texts) / ours, 2),
        rate_of_bare=round(bare / ours, 3),
    )


def _chunk_texts(home: Path) -> list[str]:
    database = Database(f"sqlite:///{home / 'huimai.db'}")
    with database.session() as session:
        transcripts = TranscriptRepository(session)
        return [c.text for m, _ in MeetingRepository(session).list() for c in transcripts.chunks(m.id)]


if __name__ == "__main__":
    main()
