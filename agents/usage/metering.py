"""The accounts of chat models: what the gateway tells of each call goes to the ledger, and budgets stop calls."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from agents.llm.domain import NOTHING, Money, Spent, Tier, Work
from agents.llm.metering import BudgetError, Ended, Outcome, Ruling, Verdict
from agents.llm.pricing import cost
from agents.usage.domain import ModelCallRecord
from agents.usage.months import Month
from agents.usage.recording import UsageRecorder
from agents.usage.wording import budget_said
from ingestion.tables import now

logger = logging.getLogger(__name__)


class UsageMeter:
    """The meter of the gateway. Never blocks: see `UsageRecorder`."""

    def __init__(self, recorder: UsageRecorder) -> None:
        self._recorder = recorder
        self._warned: tuple[Month, set[str | None]] | None = None

    def judge(self, work: Work, tier: Tier) -> Verdict:
        """What the budgets say to the most that the work may cost there."""
        return self._recorder.judge(work.project, most(work, tier))

    def hold(self, work: Work, tier: Tier) -> UsageHold:
        """Keep back the most that the call may cost: its whole prompt unread before, its answer as long as it may be.
        Raises BudgetError when a budget does not let it; that is recorded too."""
        began = now()
        wanted = self._recorder.reserve(work.project, most(work, tier))
        if wanted.token is None:
            code = wanted.verdict.because.code if wanted.verdict.because else ""
            self._recorder.record(replace(_begun(work, tier, began, Outcome.REFUSED, code), cost=NOTHING))
            raise _refusal(tier, wanted.verdict)
        if wanted.verdict.ruling is Ruling.WARN:
            self._warn_once(work.project, wanted.verdict, Month.of(began))
        return UsageHold(self._recorder, wanted.token, began)

    def _warn_once(self, project: str | None, verdict: Verdict, month: Month) -> None:
        if self._warned is None or self._warned[0] != month:
            self._warned = (month, set())
        if verdict.because and project not in self._warned[1]:
            self._warned[1].add(project)
            logger.warning("%s", budget_said(verdict.because, "en"))


class UsageHold:
    """Money kept back for one call."""

    def __init__(self, recorder: UsageRecorder, token: int, began: datetime) -> None:
        self._recorder, self._token, self._began = recorder, token, began

    def settle(self, ended: Ended) -> None:
        """Record the call, and free what was kept back."""
        self._recorder.settle(self._token, recorded(ended, self._began))


def most(work: Work, tier: Tier) -> Money | None:
    """The most that a call may cost; null where its price is not known."""
    return cost(tier.prices, Spent(work.prompt_tokens, work.reply_tokens, thinking=tier.thinking))


def recorded(ended: Ended, began: datetime) -> ModelCallRecord:
    """A call of a chat model as the ledger keeps it. What a call took that ended without a word is told by no server:
    its cost is not known, unless the tier is free."""
    call = replace(
        _begun(ended.work, ended.tier, began, ended.outcome, ended.because),
        cost=NOTHING if _is_free(ended.tier) else ended.cost,
        seconds=ended.seconds,
        first_word_seconds=ended.first_word_seconds,
        fallback_of=ended.instead_of,
    )
    done = ended.completion
    if done is None:
        return call
    return replace(
        call,
        prompt_tokens=done.prompt_tokens,
        cached_tokens=done.cached_tokens,
        completion_tokens=done.completion_tokens,
        reasoning_tokens=done.reasoning_tokens,
    )


def _begun(work: Work, tier: Tier, began: datetime, outcome: Outcome, because: str) -> ModelCallRecord:
    return ModelCallRecord(
        task=work.task.value,
        tier=tier.name,
        model=tier.card.name,
        outcome=outcome,
        at=began,
        project=work.project,
        user=work.user,
        server=tier.server,
        remote=tier.remote,
        because=because,
    )


def _is_free(tier: Tier) -> bool:
    steps = tier.prices.steps if tier.prices else ()
    prices = [price for one in steps for price in (one.input, one.output, one.thinking_output, one.cached_input)]
    return bool(prices) and not any(prices)


def _refusal(tier: Tier, verdict: Verdict) -> BudgetError:
    said = budget_said(verdict.because, "en") if verdict.because else "a budget stops it"
    return BudgetError(
        f"tier {tier.name}: {said}", "`huimai usage` shows what was spent; HUIMAI_AGENTS__BUDGET__MONTH sets the budget"
    )
