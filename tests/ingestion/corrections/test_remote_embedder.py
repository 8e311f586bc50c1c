"""Meetings that an embedding server on another machine would be told of, when ingested and when corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.corrections.service import Corrector
from ingestion.domain import Stage
from ingestion.errors import HuimaiError
from ingestion.outbound import PrivacyError
from ingestion.pipeline import IngestionPipeline
from ingestion.repository import ProjectRepository
from ingestion.settings import IngestionSettings
from tests.doubles import RemoteEmbedder
from tests.ingestion.corrections.conftest import House

LINES = [("Ann", f"This is what was said as number{n} of many words in this long meeting.") for n in range(40)]


def pipeline(house: House, embedder: RemoteEmbedder) -> IngestionPipeline:
    deps = house.pipeline._deps  # pyright: ignore[reportPrivateUsage]
    settings = IngestionSettings(chunk_words=20, embedding_batch=1)
    return IngestionPipeline(replace(deps, embedder=embedder, settings=settings))


def make_private(house: House) -> None:
    with house.database.session() as session:
        ProjectRepository(session).named("Atlas").private = True


def test_a_project_that_is_not_private_is_indexed(house: House) -> None:
    house.read("a", *LINES)
    embedder = RemoteEmbedder()
    pipeline(house, embedder).index("a")
    assert len(embedder.told) >= len(LINES)
    assert len(house.vectors.ids("a")) == len(house.chunks("a"))


def test_nothing_of_a_private_project_is_told(house: House) -> None:
    house.read("a", *LINES)
    make_private(house)
    embedder = RemoteEmbedder()
    with pytest.raises(PrivacyError) as caught:
        pipeline(house, embedder).index("a")
    assert caught.value.hint
    assert embedder.told == []
    assert len(house.said("a")) == len(LINES), "what was said stays"


def test_a_project_that_becomes_private_is_told_no_more(house: House) -> None:
    class Interrupted(RemoteEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            rows = super().embed_passages(texts)
            make_private(house)
            return rows

    house.read("a", *LINES)
    embedder = Interrupted()
    with pytest.raises(PrivacyError):
        pipeline(house, embedder).index("a")
    assert 0 < len(embedder.told) < len(LINES)


def test_a_correction_is_stored_but_not_told(house: House) -> None:
    house.read("a", *LINES)
    embedder = RemoteEmbedder()
    corrector = Corrector(house.database, house.vectors, embedder, IngestionSettings(chunk_words=20))
    corrector.correct_text("a", 3, "Another word.")
    assert any("Another word." in text for text in embedder.told)
    make_private(house)
    embedder.told.clear()
    with pytest.raises(HuimaiError, match="the correction is stored, but search does not know it yet") as caught:
        corrector.correct_text("a", 5, "A secret word.")
    assert caught.value.status == 403
    assert embedder.told == []
    assert house.said("a")[5][1] == "A secret word."
    assert house.meeting("a")[0].stage is Stage.READY
    corrector.close()
