"""Models and settings of this server."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from ingestion.models.card import ModelCard
from ingestion.models.store import ModelStatus
from server.documents import ModelDocument
from server.problems import responses
from server.routes.deps import API, Opened
from server.settings_doc import masked

router = APIRouter(prefix=API, tags=["system"])


@router.get("/models", summary="The catalogue of models")
def list_models(services: Opened) -> list[ModelDocument]:
    """Every card, and whether its files are here."""
    return [_document(card, services.models.status(card.name)) for card in services.models.catalogue]


@router.post("/models/warm-up", status_code=204, summary="Load what questions need", responses=responses(503))
def warm_up(services: Opened) -> None:
    """For a page that is about to ask: the answer's evidence then comes at once. Unused models are unloaded again."""
    services.warm_up()


@router.get(
    "/settings",
    summary="The settings in use",
    responses={200: {"content": {"application/json": {"example": {"host": "127.0.0.1", "port": 8000}}}}},
)
def show_settings(services: Opened) -> dict[str, Any]:
    """Every setting by area; keys and passwords are masked."""
    return masked(services.settings.model_dump(mode="json"))


def _document(card: ModelCard, status: ModelStatus) -> ModelDocument:
    return ModelDocument(
        name=card.name,
        task=card.task,
        engine=card.engine,
        description=card.description,
        licence=card.licence,
        size=card.size,
        memory_bytes=card.memory_bytes,
        default=card.default,
        state=status.state,
        bytes_on_disk=status.bytes_on_disk,
        source=status.source,
        problem=status.problem,
    )
