"""Texts as vectors, for linking."""

from __future__ import annotations

import numpy as np

from agents.link.meaning import EmbedderMeaning
from tests.doubles import HashEmbedder


def test_texts_are_embedded_as_passages() -> None:
    embedder = HashEmbedder()
    vectors = EmbedderMeaning(embedder).vectors(["the budget", "预算"])
    assert np.array_equal(vectors, embedder.embed_passages(["the budget", "预算"]))
    assert EmbedderMeaning(embedder).vectors([]).shape == (0, embedder.dimensions)
