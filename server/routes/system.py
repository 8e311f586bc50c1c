"""Models and settings of this server."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter

from ingestion.models.card import ModelCard
from ingestion.models.store import ModelStatus
from server.documents import ModelDocument
from server.problems import responses
from server.routes.deps import API, Opened
from server.settings_doc import masked
from server.settings_in_force import settings_in_force
from server.system_documents import CardDocument, SettingsDocument

router = APIRouter(prefix=API, tags=["system"])


@router.get("/models", summary="The catalogue of models")
def list_models(services: Opened) -> list[ModelDocument]:
    """Every card, and whether its files are here."""
    return [_document(card, services.models.status(card.name)) for card in services.models.catalogue]


@router.get("/models/cards", summary="The cards of chat models")
def list_cards(services: Opened) -> list[CardDocument]:
    """What chat models can do, how much they read and what they cost: what tiers and simulations name."""
    return [CardDocument.model_validate(card, from_attributes=True) for card in services.cards]


@router.post("/models/warm-up", status_code=204, summary="Load what questions need", responses=responses(503))
def warm_up(services: Opened) -> None:
    """For a page that is about to ask: the answer's evidence then comes at once. Unused models are unloaded again."""
    services.warm_up()


@router.get("/settings", summary="The settings in use")
def show_settings(services: Opened) -> SettingsDocument:
    """Every setting by area, and a list that tells of each where its value comes from and what it means; keys and
    passwords are masked."""
    settings = services.settings
    return SettingsDocument.model_validate(
        masked(settings.model_dump(mode="json")) | {"in_force": [asdict(row) for row in settings_in_force(settings)]}
    )


def _document(card: ModelCard, status: ModelStatus) -> ModelDocument:
    return ModelDocument(
        name=card.name,
        task=card.task,
        engine=card.engine,
        description=card.description,
        description_zh=card.description_zh,
        licence=card.licence,
        size=card.size,
        memory_bytes=card.memory_bytes,
        default=card.default,
        state=status.state,
        bytes_on_disk=status.bytes_on_disk,
        source=status.source,
        problem=status.problem,
    )
