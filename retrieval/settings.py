"""What a user can set about retrieval. Environment: HUIMAI_RETRIEVAL__<NAME>."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, Field, field_validator

from ingestion.addresses import ApiKey, plain_address
from retrieval.recipes import HYBRID, RECIPES, RERANKED

RerankerKind = Literal["cohere", "vllm", "llama.cpp", "sglang", "dashscope"]
"""A kind of reranking server."""


def _usual_recipe(settings: Mapping[str, Any]) -> str:
    return RERANKED.name if settings.get("reranker") else HYBRID.name


class RetrievalSettings(BaseModel):
    """Retrieval settings."""

    reranker: str | None = Field(
        default=None,
        description="Reranker that puts the best finds in order: its catalogue name, or its name on the reranking "
        "server. Unset means none.",
    )
    reranker_base_url: str | None = Field(
        default=None,
        description="Address of a reranking server, such as http://127.0.0.1:8002/v1 (vLLM, llama.cpp, DashScope, "
        "Jina, Cohere, ...); unset runs the reranker on this machine, which needs the extra torch.",
    )
    reranker_kind: RerankerKind = Field(
        default="cohere",
        description="What the reranking server is: it decides the route and whether an instruction can be given; "
        "cohere is the protocol of Cohere and Jina, which most others speak too.",
    )
    reranker_instruction: str = Field(
        default="Given a question, retrieve meeting passages that answer it",
        description="What a reranking server of kind vllm, sglang or dashscope is told to look for; empty leaves it to "
        "the server.",
    )
    reranker_api_key: ApiKey | None = Field(
        default=None, description="Key of the reranking server, where it needs one."
    )
    reranker_remote: bool | None = Field(
        default=None,
        description="The reranking server is outside your control, and never sees a private project; unset means every "
        "address except this machine's own is.",
    )
    reranker_timeout_seconds: float = Field(
        default=10.0, gt=0, description="Longest wait for the reranking server in one search, retries included."
    )
    rerank_candidates: int = Field(
        default=40,
        ge=1,
        le=1000,
        description="Best finds that a reranker reads for a question, at "
        "least three for each search result asked for; more is slower.",
    )
    rerank_tokens: int = Field(
        default=1024, ge=64, description="Tokens of a question and a find that a reranker reads; the rest is cut."
    )
    default_recipe: str = Field(
        default_factory=_usual_recipe,
        description=f"Search recipe used unless one is named: {', '.join(RECIPES)}. With a reranker, {RERANKED.name} "
        "unless set.",
    )

    @field_validator("default_recipe")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in RECIPES:
            raise ValueError(f"unknown recipe '{name}'; recipes: {', '.join(RECIPES)}")
        return name

    @field_validator("reranker")
    @classmethod
    def _named(cls, name: str | None) -> str | None:
        return name or None

    @field_validator("reranker_base_url")
    @classmethod
    def _plain_address(cls, value: str | None) -> str | None:
        return plain_address(value, "reranker_api_key")
