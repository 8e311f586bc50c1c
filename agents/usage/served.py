"""Calls of servers that embed, rerank and hear, as the ledger keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from agents.llm.domain import NOTHING, Money
from agents.llm.metering import Outcome
from agents.usage.domain import ModelCallRecord
from agents.usage.prices import price_at
from ingestion.outbound import project_at_work
from ingestion.tables import now

EMBED = "embed"
RERANK = "rerank"
TRANSCRIBE = "transcribe"


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model behind a server that is no chat server. `task`, one of those above, is also its tier; `remote` says
    whether the server is outside the user's control."""

    task: str
    base_url: str
    remote: bool

    def call(
        self, model: str, seconds: float, *, tokens: int | None = None, audio_seconds: float | None = None
    ) -> ModelCallRecord:
        """One call that was answered just now, for the project at work here. `tokens` are those that the server
        counted, null where it told none; `audio_seconds` is the sound that it heard."""
        return ModelCallRecord(
            task=self.task,
            tier=self.task,
            model=model,
            outcome=Outcome.DONE,
            at=now() - timedelta(seconds=seconds),
            project=project_at_work(),
            server=urlsplit(self.base_url).netloc,
            remote=self.remote,
            prompt_tokens=tokens or 0,
            audio_seconds=audio_seconds or 0.0,
            seconds=seconds,
            cost=self._cost(model, tokens, audio_seconds),
        )

    def _cost(self, model: str, tokens: int | None, audio_seconds: float | None) -> Money | None:
        if not self.remote:
            return NOTHING
        price = price_at(self.base_url, model)
        return price.of(tokens, audio_seconds) if price else None
