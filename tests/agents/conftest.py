"""A provider of chat models for the session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agents.llm.fake_providers import FakeProvider
from tests.agents.llm.fake_server import serving


@pytest.fixture(scope="session")
def _provided() -> Iterator[FakeProvider]:
    with serving(FakeProvider()) as fake:
        yield fake


@pytest.fixture
def provider(_provided: FakeProvider) -> FakeProvider:
    """A server that speaks as the provider whose `shape` it is given."""
    _provided.reset()
    return _provided
