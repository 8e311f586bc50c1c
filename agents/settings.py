"""What a user can set about chat models and answers. Environment: HUIMAI_AGENTS__<NAME>."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator

from ingestion.addresses import ApiKey, plain_address


class ServerSettings(BaseModel):
    """A server that serves chat models, by its name in the settings."""

    # a misspelt one would be left out without a word
    model_config = ConfigDict(extra="forbid")

    kind: Literal["vllm", "llama.cpp", "ollama", "sglang", "dashscope", "openai"] = Field(
        default="openai",
        description="What the server is: it decides how thinking is switched and an answer bound to a schema.",
    )
    base_url: str = Field(description="Its address, such as http://127.0.0.1:8001/v1.")
    api_key: ApiKey | None = Field(default=None, description="Its key, where it needs one.")
    remote: bool | None = Field(
        default=None, description="It is outside your control; unset means every address except this machine's own is."
    )
    seller: str | None = Field(
        default=None,
        description="Whose prices of the model cards it takes (`huimai models cards`); unset means free unless remote.",
    )
    extra_body: dict[str, JsonValue] = Field(default_factory=dict, description="Fields added to every request to it.")

    @field_validator("base_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        address = plain_address(value, "api_key")
        if address is None:
            raise ValueError("must not be empty")
        return address


class TierSettings(BaseModel):
    """A tier: a model in its place."""

    # a misspelt one would be left out without a word
    model_config = ConfigDict(extra="forbid")

    model: str = Field(description="Name of a model card (`huimai models cards`), or of an embedded model.")
    server: str | None = Field(default=None, description="Name of one of the servers; unset means the embedded engine.")
    served_as: str | None = Field(default=None, description="What the server calls the model; unset: as the card does.")
    level: Literal["local", "medium", "large"] | None = Field(
        default=None, description="How much it takes on; unset means as its name says, else medium."
    )
    context_tokens: int | None = Field(
        default=None, ge=1024, description="The window that the server was started with; unset means the card's."
    )
    thinking: bool | None = Field(
        default=None, description="Whether it is let think; unset means yes where the model can."
    )
    reads: Literal["windows", "doubts", "nothing"] | None = Field(
        default=None, description="What it reads for the ledger; unset means windows, or nothing if embedded."
    )


class BudgetSettings(BaseModel):
    """What models may cost in a calendar month, UTC: docs/usage.md tells how it is counted."""

    # a misspelt budget would be none
    model_config = ConfigDict(extra="forbid")

    month: Annotated[Decimal, Field(ge=0)] | None = Field(
        default=None,
        description="Most that models may cost in a calendar month (UTC); 0 lets only free ones work, unset means no "
        "budget.",
    )
    currency: str = Field(default="CNY", pattern=r"^[A-Z]{3}$", description="Currency of the budgets, ISO 4217.")
    warn_at: float = Field(default=0.8, gt=0, le=1, description="Share of a budget from which on it is warned.")
    projects: dict[str, Annotated[Decimal, Field(ge=0)]] = Field(
        default_factory=dict[str, Decimal],
        description="Budgets of projects by name, within that of the month, such as [agents.budget.projects].",
    )
    exchange: dict[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], Annotated[Decimal, Field(gt=0)]] = Field(
        default_factory=dict[str, Decimal],
        description="What a unit of another currency is worth in the budgets' one; without it, models with prices in "
        "that currency are stopped.",
    )


class AgentsSettings(BaseModel):
    """Settings of the agents."""

    # a misspelt one would be left out without a word
    model_config = ConfigDict(extra="forbid")

    servers: dict[str, ServerSettings] = Field(
        default_factory=dict[str, ServerSettings],
        description="Chat servers by name, such as [agents.servers.vllm] in `huimai.toml`. docs/models.md shows some.",
    )
    tiers: dict[str, TierSettings] = Field(
        default_factory=dict[str, TierSettings],
        description="Tiers by name, such as [agents.tiers.medium]; they replace the single chat server below.",
    )
    medium_from_minutes: float = Field(
        default=10.0,
        ge=0,
        description="Work on recordings of this length goes to a medium tier, else to a local one.",
    )
    large_from_minutes: float = Field(
        default=60.0, ge=0, description="Work on recordings longer than this goes to a large tier."
    )
    budget: BudgetSettings = Field(default_factory=lambda: BudgetSettings(), description="See budget.")
    redact: Literal["nothing", "identifiers", "names"] = Field(
        default="nothing",
        description="What a chat server outside your control gets placeholders for: telephone, card, id and passport "
        "numbers and mail addresses (identifiers), the names of known people as well (names), or nothing. "
        "docs/privacy.md tells what that does not catch.",
    )
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
    chat_api_key: ApiKey | None = Field(default=None, description="Key of the chat server, where it needs one.")
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
    chat_reads: Literal["windows", "doubts", "nothing"] = Field(
        default="windows",
        description="What the chat server's model reads for the ledger after the rules: every meeting in long windows "
        "(windows), only the few lines that the rules are in doubt about (doubts), or nothing.",
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
    embedded_reads: Literal["windows", "doubts", "nothing"] = Field(
        default="nothing", description="What the embedded model reads for the ledger, as chat_reads."
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
        description="As evidence_words_ranked, for questions about everything that was said of a thing: all of it, its "
        "history, whether it was ever said.",
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
    reading_max_tokens: int = Field(
        default=4096,
        ge=256,
        description="Longest answer of a chat server's model about one window of a meeting, thinking included.",
    )
    answer_max_tokens: int = Field(
        default=1024, ge=16, description="Longest answer of a chat model, thinking included."
    )

    @field_validator("chat_base_url")
    @classmethod
    def _plain_address(cls, value: str | None) -> str | None:
        return plain_address(value, "chat_api_key")
