"""The JSON documents of routes: which model would do a piece of work, why, and what it would take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from agents.llm.domain import Because, Estimate, Level, Money, Route, Shape, Task, Tier, Work
from agents.qa.language import Language
from agents.routing.wording import reason, told
from server.documents import MoneyDocument, example

_MOST_MINUTES = 1_000_000
_MOST_TOKENS = 1_000_000_000
_SIGNALS = {"speakers": 4, "disputes": 1, "agenda": True, "shape": "meeting"}
_TIER: dict[str, Any] = {
    "tier": "medium",
    "level": "medium",
    "model": "Qwen/Qwen3-30B-A3B",
    "server": "vllm",
    "remote": False,
    "thinking": True,
    "context_tokens": 131072,
    "state": "taken",
    "reason": None,
}
ROUTE: dict[str, Any] = {
    "task": "extract",
    "tier": "medium",
    "model": "Qwen/Qwen3-30B-A3B",
    "server": "vllm",
    "reason": "medium: 42 minutes of recording (from 10), thinking; large is not needed",
    "reasons": [
        {"code": "minutes_medium", "values": {"minutes": 42, "limit": 10}, "text": "42 minutes of recording (from 10)"}
    ],
    "windowed": False,
    "passes": 1,
    "estimate": {
        "prompt_tokens": 18300,
        "completion_tokens": 4096,
        "cost": {"amount": 0.0, "currency": "USD"},
    },
    "others": ["large"],
    "refused": [{"tier": "local", "code": "reads_nothing", "reason": "local is not set to read meetings"}],
    "looked_at": {
        "seconds": 2520.0,
        "prompt_tokens": 18300,
        "reply_tokens": 4096,
        "project": "Atlas",
        "private": False,
        "signals": _SIGNALS,
    },
    "tiers": [_TIER],
}


class NewRoute(BaseModel):
    """The work to find the route of. `meeting` gives its length, words, speakers and project; what is given beside it
    rules. A private project stays private whatever `private` says."""

    model_config = example({"task": "extract", "meeting": "3f9c1a2b7d40"})

    task: Task
    meeting: Annotated[str, Field(max_length=64)] | None = None
    minutes: Annotated[float, Field(ge=0, le=_MOST_MINUTES, allow_inf_nan=False)] | None = None
    prompt_tokens: Annotated[int, Field(ge=0, le=_MOST_TOKENS)] | None = None
    project: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    tier: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    private: bool | None = None
    language: Language = Field("en", description="Of the reasons.")


class EstimateDocument(BaseModel):
    """What the work takes at most, all calls together. `cost` is null where the model's price is not known."""

    prompt_tokens: int
    completion_tokens: int
    cost: MoneyDocument | None


class ReasonDocument(BaseModel):
    """One decision: its code, what it speaks of, and the sentence."""

    code: str
    values: dict[str, str | int | float]
    text: str


class RefusedDocument(BaseModel):
    """A tier that may not do it, and why."""

    tier: str
    code: str
    reason: str


class SignalsDocument(BaseModel):
    """What the content shows; `speakers` 0 means that nobody is told apart, `disputes` are lines that contradict."""

    speakers: int
    disputes: int
    agenda: bool
    shape: Shape


class LookedAtDocument(BaseModel):
    """What the decision was made from. `seconds` is null where the length is not known."""

    seconds: float | None
    prompt_tokens: int
    reply_tokens: int
    project: str | None
    private: bool
    signals: SignalsDocument


class TierDocument(BaseModel):
    """A tier, whether it is taken, next or refused, and why it is refused. `server` is null for the embedded model."""

    model_config = example(_TIER)

    tier: str
    level: Level
    model: str
    server: str | None
    remote: bool
    thinking: bool
    context_tokens: int
    state: Literal["taken", "next", "refused"]
    reason: str | None


class RouteDocument(BaseModel):
    """The way chosen. `tier`, `model` and `estimate` are null when no model may do it; `server` also for the embedded
    model. `passes` counts the calls, `others` are the tiers that follow when it fails, the next one first."""

    model_config = example(ROUTE)

    task: Task
    tier: str | None
    model: str | None
    server: str | None
    reason: str
    reasons: list[ReasonDocument]
    windowed: bool
    passes: int
    estimate: EstimateDocument | None
    others: list[str]
    refused: list[RefusedDocument]
    looked_at: LookedAtDocument
    tiers: list[TierDocument]


def route_document(work: Work, found: Route, tiers: Sequence[Tier], language: Language) -> RouteDocument:
    """The document of a route among `tiers`."""
    tier = found.tier
    return RouteDocument(
        task=work.task,
        tier=tier.name if tier else None,
        model=tier.model if tier else None,
        server=tier.server if tier else None,
        reason=reason(found, language),
        reasons=[_reason(one, language) for one in found.because],
        windowed=found.windowed,
        passes=found.estimate.passes if found.estimate else 0,
        estimate=_estimate(found.estimate) if found.estimate else None,
        others=[one.name for one in found.others],
        refused=[
            RefusedDocument(tier=one.tier, code=one.because.code, reason=told(one.because, language))
            for one in found.refused
        ],
        looked_at=_looked_at(work),
        tiers=_tiers(found, tiers, language),
    )


def _reason(because: Because, language: Language) -> ReasonDocument:
    return ReasonDocument(code=because.code, values=dict(because.values), text=told(because, language))


def _estimate(estimate: Estimate) -> EstimateDocument:
    return EstimateDocument(
        prompt_tokens=estimate.prompt_tokens,
        completion_tokens=estimate.completion_tokens,
        cost=_money(estimate.cost) if estimate.cost else None,
    )


def _money(money: Money) -> MoneyDocument:
    return MoneyDocument(amount=float(money.amount), currency=money.currency)


def _looked_at(work: Work) -> LookedAtDocument:
    signals = work.signals
    return LookedAtDocument(
        seconds=work.seconds,
        prompt_tokens=work.prompt_tokens,
        reply_tokens=work.reply_tokens,
        project=work.project,
        private=work.private,
        signals=SignalsDocument(
            speakers=signals.speakers, disputes=signals.disputes, agenda=signals.agenda, shape=signals.shape
        ),
    )


def _tiers(found: Route, tiers: Sequence[Tier], language: Language) -> list[TierDocument]:
    """Every tier once: the one taken, those that follow in their order, those refused."""
    refused = {one.tier: told(one.because, language) for one in found.refused}
    going = [*([found.tier] if found.tier else []), *found.others]
    going += [tier for tier in tiers if tier.name in refused]
    return [
        TierDocument(
            tier=tier.name,
            level=tier.level,
            model=tier.model,
            server=tier.server,
            remote=tier.remote,
            thinking=tier.thinking,
            context_tokens=tier.context_tokens,
            state="refused" if tier.name in refused else "taken" if tier is found.tier else "next",
            reason=refused.get(tier.name),
        )
        for tier in going
    ]
