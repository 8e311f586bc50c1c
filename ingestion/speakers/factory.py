"""Picks the diarizer that the settings name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingestion.ports import Diarizer
from ingestion.settings import IngestionSettings

ModelFolder = Callable[[str], Path]


def open_diarizer(settings: IngestionSettings, model_folder: ModelFolder) -> Diarizer | None:
    """What tells speakers apart; null where nobody is. No model is loaded before the first call. `model_folder` is
    where a model of the catalogue is, and may raise ModelMissingError."""
    return _DIARIZERS[settings.diarizer](settings, model_folder) if settings.tells_apart else None


def _local(settings: IngestionSettings, model_folder: ModelFolder) -> Diarizer:
    from ingestion.speakers.diarizer import LocalDiarizer

    name = settings.speaker_model or ""
    return LocalDiarizer(lambda: model_folder(name), name, settings.speech_threads)


def _pyannote(settings: IngestionSettings, model_folder: ModelFolder) -> Diarizer:
    from ingestion.speakers.pyannote import PyannoteDiarizer

    token = settings.pyannote_token.get_secret_value() if settings.pyannote_token else None
    return PyannoteDiarizer(settings.pyannote_pipeline, token, settings.speech_threads)


_DIARIZERS: dict[str, Callable[[IngestionSettings, ModelFolder], Diarizer]] = {"local": _local, "pyannote": _pyannote}
