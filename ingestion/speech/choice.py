"""Which recogniser hears recordings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from ingestion.errors import BadInputError
from ingestion.models.card import ModelCard, ModelTask
from ingestion.models.store import ModelState, ModelStore
from ingestion.settings import IngestionSettings

ENGINE = "faster-whisper"
"""The engine whose recognisers run here."""

AUTO = "auto"
"""As the name of a recogniser: the best of those that are here and quick enough on this machine."""

_QUICK_BYTES = 1_000_000_000
"""A recogniser that takes more memory is slower than talk on a few CPU cores."""

_ANY_LANGUAGE = "*"


class Why(StrEnum):
    """Why a recogniser was chosen."""

    NAMED = "named"
    GPU = "gpu"
    CPU = "cpu"
    LANGUAGE = "language"
    NONE_HERE = "none_here"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Choice:
    """The name of a recogniser, and why it is that one."""

    name: str
    why: Why


def choose_recogniser(settings: IngestionSettings, store: ModelStore, language: str | None = None) -> Choice:
    """The recogniser that the settings mean on this machine, or on their server, for meetings in that language (ISO
    639-1; None for any); nothing is loaded, and nothing downloaded."""
    if settings.speech_base_url:
        return Choice(settings.speech_model, Why.SERVER)
    device = settings.speech_device
    return choose(settings.speech_model, store, lambda: device != "cpu" and _sees_gpu(), language)


def choose(wanted: str, store: ModelStore, has_gpu: Callable[[], bool], language: str | None = None) -> Choice:
    """The recogniser that a name means. For `auto` the largest that is here and knows many languages: on a GPU of
    all, else of those that are quick on a CPU; the catalogue's default when none is here. One that was made for
    `language` alone is taken instead if it is no smaller, and quick enough too."""
    if wanted != AUTO:
        return Choice(wanted, Why.NAMED)
    usable = [card for card in store.catalogue.of(ModelTask.SPEECH) if card.engine == ENGINE]
    known = [card for card in usable if _knows_many(card) or language in card.capabilities.languages]
    here = [card for card in known if store.status(card.name).state is ModelState.PRESENT]
    quick = [card for card in here if card.memory_bytes <= _QUICK_BYTES]
    on_gpu = len(here) > len(quick) and has_gpu()
    fast = here if on_gpu else quick
    general = _largest(filter(_knows_many, fast)) or _largest(filter(_knows_many, here))
    own = _largest(card for card in fast if not _knows_many(card))
    if own is not None and (general is None or own.memory_bytes >= general.memory_bytes):
        return Choice(own.name, Why.LANGUAGE)
    if general is not None:
        return Choice(general.name, Why.GPU if on_gpu else Why.CPU)
    default = next((card for card in usable if card.default), None)
    if default is None:
        raise BadInputError("the catalogue has no speech recogniser", "name one: HUIMAI_INGESTION__SPEECH_MODEL")
    return Choice(default.name, Why.NONE_HERE)


def own_languages(store: ModelStore) -> list[str]:
    """The languages (ISO 639-1) for which the catalogue has a recogniser that knows only a few, in order."""
    cards = [card for card in store.catalogue.of(ModelTask.SPEECH) if card.engine == ENGINE and not _knows_many(card)]
    return sorted({code for card in cards for code in card.capabilities.languages})


def require_recogniser(card: ModelCard) -> None:
    """Raises BadInputError unless the model is a speech recogniser that runs here."""
    if card.task is not ModelTask.SPEECH:
        raise BadInputError(f"{card.name} does not recognise speech", "`huimai models` lists those of the task speech")
    if card.engine != ENGINE:
        raise BadInputError(
            f"{card.name} needs the engine {card.engine}, which is not built in",
            f"use a {ENGINE} one, or a server that has it: HUIMAI_INGESTION__SPEECH_BASE_URL",
        )


def _knows_many(card: ModelCard) -> bool:
    return _ANY_LANGUAGE in card.capabilities.languages


def _largest(cards: Iterable[ModelCard]) -> ModelCard | None:
    return max(cards, key=lambda card: card.memory_bytes, default=None)


def _sees_gpu() -> bool:
    import ctranslate2

    return int(cast(Any, ctranslate2).get_cuda_device_count()) > 0
