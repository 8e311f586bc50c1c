"""What is known of a served embedding model by its name, and what the settings make of it."""

from __future__ import annotations

from typing import Any

import pytest

from ingestion.embedding.factory import open_served_embedder
from ingestion.embedding.served import Served, served_model
from ingestion.errors import BadInputError, ModelFailedError
from ingestion.models.catalogue import Catalogue
from ingestion.outbound import Outbound, PrivacyError
from ingestion.settings import IngestionSettings
from tests.conftest import SHIPPED_CATALOGUES

CATALOGUE = Catalogue.load(SHIPPED_CATALOGUES)
INSTRUCTION = "Instruct: Given a question, retrieve meeting passages that answer it\nQuery:"


def known(name: str, **settings: Any) -> Served:
    return served_model(IngestionSettings(embedding_model=name, **settings), CATALOGUE)


@pytest.mark.parametrize(
    ("name", "dimensions", "prefix"),
    [
        ("Qwen/Qwen3-Embedding-0.6B", 1024, INSTRUCTION),
        ("Qwen/Qwen3-Embedding-4B", 2560, INSTRUCTION),
        ("qwen3-embedding:8b", 4096, INSTRUCTION),
        ("qwen3-embedding:0.6b-q8_0", 1024, INSTRUCTION),
        ("intfloat/multilingual-e5-small", 384, "query: "),
        ("bge-m3:latest", 1024, ""),
        ("text-embedding-v4", 1024, ""),
    ],
)
def test_served_names_are_known_by_what_they_name(name: str, dimensions: int, prefix: str) -> None:
    model = known(name)
    assert (model.name, model.dimensions, model.query_prefix) == (name, dimensions, prefix)
    assert not model.asks_dimensions


def test_dashscope_takes_ten_texts_at_once() -> None:
    assert known("text-embedding-v4", embedding_batch=64).most_texts == 10
    assert known("text-embedding-v4", embedding_batch=4).most_texts == 4
    assert known("Qwen/Qwen3-Embedding-4B", embedding_batch=64).most_texts == 64


def test_other_dimensions_are_asked_for_of_a_known_model_alone() -> None:
    assert known("text-embedding-v4", embedding_dimensions=512).asks_dimensions
    assert not known("text-embedding-v4", embedding_dimensions=1024).asks_dimensions
    own = known("my-model", embedding_dimensions=768)
    assert own.dimensions == 768
    assert not own.asks_dimensions, "what an unknown model gives is only stated"


def test_an_unknown_model_wants_its_dimensions_said() -> None:
    for name in ("my-model", "qwen3-embedding:latest", "text-embedding-v40"):
        with pytest.raises(BadInputError, match=name) as caught:
            known(name)
        assert "HUIMAI_INGESTION__EMBEDDING_DIMENSIONS" in caught.value.hint


def test_another_instruction_replaces_the_known_one() -> None:
    assert known("Qwen/Qwen3-Embedding-4B", embedding_query_prefix="Q: ").query_prefix == "Q: "
    assert known("Qwen/Qwen3-Embedding-4B", embedding_query_prefix="").query_prefix == ""


@pytest.mark.parametrize(
    ("url", "said", "remote"),
    [
        ("http://127.0.0.1:1/v1", None, False),
        ("http://embedder.invalid/v1", None, True),
        ("http://embedder.invalid/v1", False, False),
        ("http://127.0.0.1:1/v1", True, True),
    ],
)
def test_a_server_is_remote_unless_it_is_this_machine_or_the_user_says_so(
    url: str, said: bool | None, remote: bool
) -> None:
    settings = IngestionSettings(
        embedding_model="text-embedding-v4",
        embedding_base_url=url,
        embedding_remote=said,
        embedding_timeout_seconds=0.2,
    )
    embedder = open_served_embedder(settings, CATALOGUE, Outbound())
    assert (embedder.model_id, embedder.dimensions) == ("text-embedding-v4", 1024)
    with pytest.raises(PrivacyError if remote else ModelFailedError):
        embedder.embed_query("now")


@pytest.mark.parametrize("url", ["ftp://host/v1", "http://name:word@host/v1", "http://host/v1?key=1", "host:8000"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="embedding_base_url"):
        IngestionSettings(embedding_base_url=url)
