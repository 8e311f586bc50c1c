"""What a user can set about chat models and answers. Environment: HUIMAI_AGENTS__<NAME>."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, JsonValue, SecretStr, field_validator

from ingestion.addresses import plain_address


class AgentsSettings(BaseModel):
    """Settings of the agents."""

    chat_provider: Literal["auto", "none", "embedded", "openai"] = Field(
        default="auto",
        description="Where chat runs: a server that speaks the OpenAI protocol (openai), the embedded model "
        "(embedded), or nowhere (none). auto takes the server when its address is set, else the embedded model when it "
        "has been pulled.",
    )
    chat_base_url: str | None = Field(
        default=None,
        description="Address of the chat server, such as http://127.0.0.1:8001/v1 (vLLM, llama.cpp, Ollama, ...).",
    )
    chat_model: str | None = Field(default=None, description="Name of the model on the chat server.")
    chat_api_key: SecretStr | None = Field(default=None, description="Key of the chat server, where it needs one.")
    chat_context_tokens: int = Field(
        default=32_768, ge=1024, description="Context window of the chat server's model, in tokens."
    )
    chat_json_schema: bool = Field(
        default=True,
        description="The chat server binds answers to a JSON schema; false asks for a JSON object instead.",
    )
    chat_thinking: bool = Field(default=False, description="The chat server's model reasons before it answers.")
    chat_remote: bool | None = Field(
        default=None,
        description="The chat server is outside your control; unset means every address except this machine's own is.",
    )
    chat_extra_body: dict[str, JsonValue] = Field(
        default_factory=dict,
        description='Fields added to every request to the chat server, such as {"enable_thinking": false}.',
    )
    chat_connect_seconds: float = Field(
        default=10.0, gt=0, description="Longest wait for a connection to the chat server."
    )
    chat_first_token_seconds: float = Field(
        default=120.0, gt=0, description="Longest wait for the first word of an answer, retries included."
    )
    chat_between_tokens_seconds: float = Field(
        default=60.0, gt=0, description="Longest silence inside an answer before it is given up."
    )
    chat_timeout_seconds: float = Field(default=600.0, gt=0, description="Longest time for one whole answer.")
    chat_retries: int = Field(
        default=2, ge=0, le=5, description="New attempts after a refused connection or a status 429 or 5xx."
    )
    embedded_model: str = Field(
        default="qwen2.5-coder-1.5b-instruct", description="Catalogue name of the embedded chat model."
    )
    embedded_context: int = Field(default=4096, ge=1024, description="Context window of the embedded model, in tokens.")
    embedded_answer_seconds: float = Field(
        default=13.0,
        gt=0,
        description="Longest time for the embedded model's part of an answer, its loading included; then the words "
        "said answer alone.",
    )
    embedded_threads: int = Field(default=0, ge=0, description="CPU threads of the embedded model; 0 means all cores.")
    idle_unload_seconds: float = Field(
        default=600.0, ge=0, description="The embedded model is unloaded when unused this long; 0 keeps it."
    )
    evidence_words_ranked: int = Field(
        default=2000, ge=100, description="Words of evidence whose lines are ranked one by one for an answer."
    )
    evidence_words_walked: int = Field(
        default=20_000,
        ge=100,
        description="The same for questions about everything that was said of a thing: all of it, its history, whether "
        "it was ever said.",
    )
    evidence_words_embedded: int = Field(
        default=450, ge=50, description="Words of evidence given to the embedded model; more is slower and read worse."
    )
    evidence_words_server: int = Field(
        default=6000, ge=50, description="Words of evidence given to a chat server's model."
    )
    background_words: int = Field(
        default=300,
        ge=0,
        description="Words of a project's dossier that a chat server's model is told before it reads the evidence of a "
        "question within that project; 0 tells it nothing.",
    )
    answer_max_tokens: int = Field(
        default=1024, ge=16, description="Longest answer of a chat model, thinking included."
    )

    @field_validator("chat_base_url")
    @classmethod
    def _plain_address(cls, value: str | None) -> str | None:
        return plain_address(value, "chat_api_key")
