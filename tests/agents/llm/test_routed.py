"""A way of tiers: who answers, who takes over, what is told and recorded; the models are scripted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from agents.llm.domain import Because, Tier, Work
from agents.llm.metering import ALLOWED, BudgetError, Ended, Outcome, Ruling, Verdict
from agents.llm.routed import RoutedModel
from agents.llm.scripted import SCRIPTED_CARD, Play, ScriptedChatModel
from agents.ports import ChatModel, Completion, Message
from ingestion.errors import HuimaiError, ModelFailedError, ModelMissingError
from ingestion.outbound import Outbound, PrivacyError
from tests.agents.routing.tiers import LARGE, LOCAL, MEDIUM, SMALL, work

pytestmark = pytest.mark.anyio

ASK = [Message("user", "When do we ship?")]
BROKEN = ModelFailedError("the chat server at b broke off inside the answer", "Ask again.")


@dataclass
class Accounts:
    """Keeps what is settled; stops the tiers that are named."""

    broke: Sequence[str] = ()
    ended: list[Ended] = field(default_factory=list)
    held: int = 0

    def judge(self, work: Work, tier: Tier) -> Verdict:
        return Verdict(Ruling.STOPPED, Because("budget_stopped")) if tier.name in self.broke else ALLOWED

    def hold(self, work: Work, tier: Tier) -> Accounts:
        if tier.name in self.broke:
            raise BudgetError(f"tier {tier.name}: the budget is spent", "wait for the next month")
        self.held += 1
        return self

    def settle(self, ended: Ended) -> None:
        self.held -= 1
        self.ended.append(ended)


class Way:
    """A routed model over scripted ones, by the names of their tiers."""

    def __init__(self, tiers: Sequence[Tier], accounts: Accounts | None = None, private: bool = False, **scripts):
        self.models = {name: ScriptedChatModel(replies) for name, replies in scripts.items()}
        self.accounts = accounts or Accounts()
        doing = replace(work(5), private=private)
        self.routed = RoutedModel(doing, tiers, SCRIPTED_CARD, self.open, self.accounts, "minutes_local")

    async def open(self, tier: Tier, work: Work) -> ChatModel:
        if tier.name not in self.models:
            raise ModelMissingError(f"model {tier.model} is not on this machine", "huimai models pull")
        return self.models[tier.name]

    async def ask(self, **given) -> Completion:
        return await self.routed.complete(ASK, max_tokens=50, **given)

    def outcomes(self) -> list[tuple[str, Outcome, str | None]]:
        return [(one.tier.name, one.outcome, one.instead_of) for one in self.accounts.ended]


async def test_the_chosen_tier_answers():
    way = Way([LOCAL, MEDIUM], local=["On Friday."], medium=[])
    assert (await way.ask()).text == "On Friday."
    assert (way.routed.taken.tier, way.routed.taken.falls) == ("local", [])
    assert way.outcomes() == [("local", Outcome.DONE, None)]
    assert way.accounts.held == 0


@pytest.mark.parametrize("error", [BROKEN, ModelMissingError("gone", ""), PrivacyError("private", "")])
async def test_the_next_tier_takes_over_and_it_is_said_why(error: HuimaiError):
    way = Way([LOCAL, MEDIUM], local=[error], medium=["On Friday."])
    assert (await way.ask()).text == "On Friday."
    assert way.routed.taken.tier == "medium"
    assert way.routed.taken.falls == [f"local failed: {error.message}"]
    assert way.outcomes() == [("local", Outcome.FAILED, None), ("medium", Outcome.DONE, "local")]


async def test_a_tier_that_failed_is_the_last_to_be_asked_for_the_rest_of_the_work():
    way = Way([LOCAL, MEDIUM], local=[BROKEN, "never asked"], medium=["On Friday.", "At noon."])
    await way.ask()
    assert (await way.ask()).text == "At noon."
    assert len(way.models["local"].calls) == 1


async def test_the_chosen_tier_is_asked_again_where_the_call_fits_in_no_other():
    way = Way([MEDIUM, SMALL], medium=[BROKEN, "On Friday."], small=["soon"])
    await way.ask()
    long = [Message("user", "word " * 5000)]
    assert (await way.routed.complete(long, max_tokens=50)).text == "On Friday."


async def test_what_was_begun_before_somebodys_eyes_is_not_said_again_by_another():
    class Breaks(ScriptedChatModel):
        async def complete(self, messages, *, on_text=None, **given):
            on_text("On Fri")
            raise BROKEN

    way = Way([LOCAL, MEDIUM], medium=["On Friday."])
    way.models["local"] = Breaks([])
    with pytest.raises(ModelFailedError, match="broke off"):
        await way.ask(on_text=lambda _: None)
    assert (await way.ask()).text == "On Friday."


async def test_when_all_fail_the_last_error_is_raised():
    last = ModelFailedError("the chat server at c is over its rate limit", "Wait.")
    way = Way([LOCAL, MEDIUM], local=[BROKEN], medium=[last])
    with pytest.raises(ModelFailedError, match="rate limit"):
        await way.ask()
    assert [outcome for _, outcome, _ in way.outcomes()] == [Outcome.FAILED, Outcome.FAILED]
    assert way.accounts.held == 0


async def test_a_tier_in_which_the_call_does_not_fit_is_no_help():
    long = [Message("user", "word " * 5000)]
    way = Way([MEDIUM, SMALL], medium=[BROKEN], small=["never asked"])
    with pytest.raises(ModelFailedError, match="broke off"):
        await way.routed.complete(long, max_tokens=50)
    assert not way.models["small"].calls


async def test_a_spent_budget_makes_room_for_the_next_tier():
    way = Way([LARGE, LOCAL], Accounts(broke=["large"]), large=["dear"], local=["On Friday."])
    assert (await way.ask()).text == "On Friday."
    assert not way.models["large"].calls
    assert "budget is spent" in way.routed.taken.falls[0]


async def test_a_cancelled_call_is_recorded_and_its_money_is_free_again():
    way = Way([LARGE, LOCAL], large=[Play.HANG], local=["never asked"])
    asking = asyncio.create_task(way.ask())
    await asyncio.sleep(0.01)
    assert way.accounts.held == 1
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert way.outcomes() == [("large", Outcome.CANCELLED, None)]
    assert way.accounts.held == 0


async def test_an_answer_cut_at_its_longest_is_told_apart():
    cut = Completion("On Fri", "", 10, 50, "m", "length")
    way = Way([LOCAL], local=[cut])
    await way.ask()
    assert way.outcomes() == [("local", Outcome.CUT, None)]


async def test_what_a_call_costs_is_known_at_once():
    bill = Completion("On Friday.", "thought", 1_000_000, 500_000, "m", "stop", cached_tokens=400_000)
    way = Way([LARGE], large=[bill, bill])
    await way.ask()
    ended = way.accounts.ended[0]
    assert ended.cost is not None
    assert (ended.cost.amount, ended.cost.currency) == (Decimal(4) + Decimal(8), "CNY")
    await way.ask()
    total = way.routed.taken.cost()
    assert total is not None
    assert total.amount == 24


async def test_an_unknown_price_stays_unknown():
    way = Way([replace(LARGE, prices=None)], large=["On Friday."])
    await way.ask()
    assert way.routed.taken.cost() is None


async def test_what_is_private_is_private_at_the_door_whatever_the_way_says():
    class Asks(ScriptedChatModel):
        async def complete(self, messages, **given):
            Outbound().require("the server at models.example.com", remote=True)
            return await super().complete(messages, **given)

    for private in (True, False):
        way = Way([LARGE], private=private)
        way.models["large"] = Asks(["On Friday."])
        if private:
            with pytest.raises(PrivacyError):
                await way.ask()
        else:
            assert (await way.ask()).text == "On Friday."


async def test_streams_pass_through_whole():
    pieces: list[str] = []
    thoughts: list[str] = []
    way = Way([LOCAL], local=[Completion("On Friday, as agreed.", "hm", 1, 1, "m", "stop")])
    done = await way.ask(on_text=pieces.append, on_reasoning=thoughts.append)
    assert "".join(pieces) == done.text
    assert thoughts == ["hm"]
    assert way.accounts.ended[0].first_word_seconds is not None


async def test_what_was_broken_off_is_paid_as_far_as_it_came():
    class Begins(ScriptedChatModel):
        async def complete(self, messages, *, on_text=None, **given):
            on_text("On Friday, as it was agreed")
            await asyncio.Event().wait()

    way = Way([LARGE])
    way.models["large"] = Begins([])
    asking = asyncio.create_task(way.ask())
    await asyncio.sleep(0.01)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    (ended,) = way.accounts.ended
    assert ended.completion is not None
    assert 0 < ended.completion.prompt_tokens < 20
    assert 5 <= ended.completion.completion_tokens <= 15
    assert ended.cost is not None
    assert ended.cost.amount > 0


async def test_a_call_without_a_word_has_no_count():
    way = Way([LARGE], large=[BROKEN])
    with pytest.raises(ModelFailedError):
        await way.ask()
    (ended,) = way.accounts.ended
    assert (ended.completion, ended.cost) == (None, None)
