"""What a user can set about ingestion. Environment: HUIMAI_INGESTION__<NAME>."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, SecretStr


class IngestionSettings(BaseModel):
    """Ingestion settings."""

    speech_model: str = Field(
        default="whisper-base",
        description="Catalogue name of the speech recogniser; auto is the largest that is here and quick enough, "
        "or one of the meeting's language that is no smaller.",
    )
    second_speech_model: str | None = Field(
        default=None,
        description="Catalogue name of a recogniser that also hears passages of which the first is unsure.",
    )
    speech_threads: int = Field(default=0, ge=0, description="CPU threads for speech recognition; 0 means all cores.")
    speech_device: Literal["auto", "cpu", "cuda"] = Field(
        default="auto", description="Where speech recognition runs; auto picks a GPU when one works."
    )
    speaker_model: str | None = Field(
        default="campplus-zh-en",
        description="Catalogue name of the model that tells speakers apart; empty means nobody is.",
    )
    diarizer: Literal["local", "pyannote"] = Field(
        default="local",
        description="What tells speakers apart: local runs the speaker model, pyannote runs community-1 on PyTorch "
        "(extra `pyannote`; not run live yet, and its thresholds are not measured).",
    )
    pyannote_pipeline: str = Field(
        default="pyannote/speaker-diarization-community-1",
        description="The pipeline of pyannote: its name on the model hub, or a folder that holds it.",
    )
    pyannote_token: SecretStr | None = Field(
        default=None, description="Token for the hub, where the conditions of the pipeline were accepted."
    )
    embedding_model: str = Field(default="multilingual-e5-small", description="Catalogue name of the embedding model.")
    embedding_threads: int = Field(default=0, ge=0, description="CPU threads for embedding; 0 means all cores.")
    embedding_batch: int = Field(default=16, ge=1, description="Texts embedded at once.")
    workers: int = Field(default=1, ge=1, description="Ingests that run at the same time.")
    piece_seconds: float = Field(
        default=300.0, ge=30, le=1800, description="Length of a durable transcription step; cut at silence near it."
    )
    script: Literal["simplified", "traditional", "as-spoken"] = Field(
        default="simplified", description="Chinese script of stored text."
    )
    normalize_numbers: bool = Field(
        default=True, description="Write spoken numbers as digits (百分之九十五 as 95%); the raw text is kept."
    )
    chunk_words: int = Field(default=180, ge=20, description="Target size of a searched chunk, in words.")
    max_upload_bytes: int = Field(default=8 * 1024**3, ge=1, description="Largest recording accepted, in bytes.")
    idle_unload_seconds: float = Field(
        default=600.0, ge=0, description="Models unused this long are unloaded; 0 keeps them."
    )

    @property
    def tells_apart(self) -> bool:
        """Whether the speakers of recordings are told apart."""
        return self.diarizer != "local" or bool(self.speaker_model)
