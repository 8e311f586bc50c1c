"""What a user can set about ingestion. Environment: HUIMAI_INGESTION__<NAME>."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, SecretStr, ValidationInfo, field_validator

from ingestion.addresses import ApiKey, plain_address


class IngestionSettings(BaseModel):
    """Ingestion settings."""

    speech_model: str = Field(
        default="whisper-base",
        description="Speech recogniser: its catalogue name, or its name on the speech recognition server. On this "
        "machine, auto is the largest that is here and quick enough, or one of the meeting's language that is no "
        "smaller.",
    )
    speech_base_url: str | None = Field(
        default=None,
        description="Address of a speech recognition server, such as http://127.0.0.1:8004/v1 (vLLM, DashScope, "
        "speaches, ...); unset hears on this machine.",
    )
    speech_protocol: Literal["transcriptions", "dashscope", "dashscope-files", "omni"] = Field(
        default="transcriptions",
        description="What the speech recognition server speaks: transcriptions (OpenAI's, vLLM), dashscope "
        "(qwen3-asr-flash), dashscope-files (qwen3-asr-flash-filetrans) or omni (Qwen3-Omni by chat).",
    )
    speech_api_key: ApiKey | None = Field(
        default=None, description="Key of the speech recognition server, where it needs one."
    )
    speech_remote: bool | None = Field(
        default=None,
        description="The speech recognition server is outside your control, and never hears a private project; unset "
        "means every address except this machine's own is.",
    )
    speech_in_flight: int = Field(
        default=4, ge=1, le=64, description="Stretches of speech sent to the speech recognition server at once."
    )
    speech_timeout_seconds: float = Field(
        default=120.0,
        gt=0,
        description="Longest wait for one answer of the speech recognition server, retries included.",
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
    embedding_model: str = Field(
        default="multilingual-e5-small",
        description="Embedding model: its catalogue name, or its name on the embedding server.",
    )
    embedding_base_url: str | None = Field(
        default=None,
        description="Address of an embedding server, such as http://127.0.0.1:8003/v1 (vLLM, llama.cpp, Ollama, "
        "DashScope, ...); unset embeds on this machine.",
    )
    embedding_api_key: ApiKey | None = Field(
        default=None, description="Key of the embedding server, where it needs one."
    )
    embedding_remote: bool | None = Field(
        default=None,
        description="The embedding server is outside your control, and never sees a private project; unset means every "
        "address except this machine's own is.",
    )
    embedding_dimensions: int | None = Field(
        default=None,
        ge=1,
        le=65_536,
        description="Length of the vectors of the embedding server; unset means as is known of the model. Another one "
        "builds the index anew.",
    )
    embedding_query_prefix: str | None = Field(
        default=None,
        description="What the embedding server is told before a question, such as an instruction; unset means as is "
        "known of the model.",
    )
    embedding_timeout_seconds: float = Field(
        default=60.0, gt=0, description="Longest wait for one answer of the embedding server, retries included."
    )
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

    @field_validator("speech_base_url", "embedding_base_url")
    @classmethod
    def _plain_address(cls, value: str | None, field: ValidationInfo) -> str | None:
        return plain_address(value, (field.field_name or "").replace("base_url", "api_key"))
