"""Answers of servers as values."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ingestion.http_calls import ModelServer

M = TypeVar("M", bound=BaseModel)


def parsed(server: ModelServer, answer: bytes, shape: type[M]) -> M:
    """The answer in that shape. Raises ModelFailedError for one of another."""
    try:
        return shape.model_validate_json(answer)
    except ValidationError as error:
        raise server.failed("sent an answer that is not of its protocol") from error
