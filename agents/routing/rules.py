"""Which tier does a piece of work: decision after decision, each with its reason. Nothing here is asked or opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agents.llm.domain import Because, Level, Refused, Route, Tier, Work
from agents.llm.metering import ALLOWED, BudgetError, Verdict
from agents.routing.levels import Rules, rank, wanted_level
from agents.routing.passes import How, because_of, estimated, how_read
from agents.routing.wording import Why, told
from agents.usage.wording import BUDGETS
from ingestion.errors import BadInputError, HuimaiError
from ingestion.outbound import Outbound, PrivacyError

__all__ = ["Rules", "Standing", "route"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the tiers stand now, by their names: what problem those have that do not work, and what budgets
    say to each. `offline` keeps everything on this machine."""

    unhealthy: Mapping[str, str] = field(default_factory=dict[str, str])
    verdicts: Mapping[str, Verdict] = field(default_factory=dict[str, Verdict])
    offline: bool = False

    def verdict(self, tier: Tier) -> Verdict:
        """What budgets say to the tier."""
        return self.verdicts.get(tier.name, ALLOWED)


@dataclass(frozen=True, slots=True)
class _Allowed:
    """A tier that may do the work, and how it would read the input."""

    tier: Tier
    how: How


def route(work: Work, tiers: Sequence[Tier], rules: Rules, standing: Standing) -> Route:
    """The tier that does the work, those that follow when it fails, and those that may not, each with its reason.

    What is asked for by name is taken or refused, never replaced. Raises BadInputError for a name that no tier has, or
    a tier that cannot do the work, PrivacyError for one that may not see it, BudgetError for one too dear.
    """
    if work.tier is not None:
        return _named(work, tiers, standing)
    allowed, refused = _sorted_out(work, tiers, standing)
    kept = _kept_here(work, refused)
    if not allowed:
        return Route(None, (*kept, Because(Why.NONE_LEFT if tiers else Why.NO_TIERS)), None, refused=refused)
    wanted, length = wanted_level(work, rules)
    if len(tiers) == 1:
        wanted, length = tiers[0].level, [Because(Why.ONLY)]
    order = _by_nearness(allowed, wanted, standing)
    taken = order[0]
    health = _health(taken.tier, allowed, wanted, standing)
    because = (*length, *health, *_instead(taken.tier, wanted), *_warned(taken.tier, standing))
    return _route(work, taken, kept, because, order[1:], refused)


def _named(work: Work, tiers: Sequence[Tier], standing: Standing) -> Route:
    """The tier that was asked for, with none to follow it."""
    tier = next((tier for tier in tiers if tier.name == work.tier), None)
    if tier is None:
        names = ", ".join(tier.name for tier in tiers) or "none is set up"
        raise BadInputError(f"there is no tier '{work.tier}'", f"tiers: {names}")
    how = _judged(work, tier, standing)
    if isinstance(how, Because):
        raise _unavailable(how)(
            f"the tier '{tier.name}' was asked for and cannot be had: {told(how, 'en')}",
            "name another tier, or leave it out: one that may do it is chosen then (`huimai route --explain`)",
        )
    problem = standing.unhealthy.get(tier.name)
    health = [Because(Why.UNHEALTHY, {"tier": tier.name, "problem": problem})] if problem is not None else []
    others = tuple(Refused(one.name, Because(Why.NOT_NAMED)) for one in tiers if one is not tier)
    because = (*health, *_warned(tier, standing))
    return _route(work, _Allowed(tier, how), (Because(Why.NAMED),), because, (), others)


def _unavailable(because: Because) -> type[HuimaiError]:
    """The error that says why a tier cannot be had."""
    if because.code in (Why.PRIVATE, Why.OFFLINE):
        return PrivacyError
    return BudgetError if because.code in BUDGETS else BadInputError


def _route(
    work: Work,
    taken: _Allowed,
    first: Sequence[Because],
    then: Sequence[Because],
    others: Sequence[_Allowed],
    refused: tuple[Refused, ...],
) -> Route:
    estimate = estimated(taken.how, work, taken.tier)
    thinking = (Because(Why.THINKING),) if taken.tier.thinking else ()
    return Route(
        taken.tier,
        (*first, because_of(taken.how, work, taken.tier, estimate), *then, *thinking),
        estimate,
        windowed=taken.how is How.WINDOWS,
        others=tuple(one.tier for one in others),
        refused=refused,
    )


def _sorted_out(work: Work, tiers: Sequence[Tier], standing: Standing) -> tuple[list[_Allowed], tuple[Refused, ...]]:
    allowed: list[_Allowed] = []
    refused: list[Refused] = []
    for tier in tiers:
        how = _judged(work, tier, standing)
        if isinstance(how, Because):
            refused.append(Refused(tier.name, how))
        else:
            allowed.append(_Allowed(tier, how))
    return allowed, tuple(refused)


def _judged(work: Work, tier: Tier, standing: Standing) -> How | Because:
    """How the tier would do the work, or why it may not: privacy first, then what it can, then what it costs."""
    door = Outbound(standing.offline)
    if not door.may_reach(remote=tier.remote, private=work.private):
        return Because(Why.OFFLINE if standing.offline else Why.PRIVATE, {"tier": tier.name})
    how = how_read(work, tier)
    if isinstance(how, Because):
        return how
    verdict = standing.verdict(tier)
    return verdict.because if verdict.stopped and verdict.because else how


def _kept_here(work: Work, refused: Sequence[Refused]) -> list[Because]:
    codes = {one.because.code for one in refused}
    pairs = ((Why.PRIVATE, Why.KEPT_PRIVATE), (Why.OFFLINE, Why.KEPT_OFFLINE))
    return [Because(kept) for code, kept in pairs if code in codes]


def _by_nearness(allowed: Sequence[_Allowed], wanted: Level, standing: Standing) -> list[_Allowed]:
    """Those that work first, then those that see all of the input; then the level wanted, the next larger ones, the
    next smaller ones. On one level at once before in windows, thinking before not, else as they are set."""

    def key(one: _Allowed) -> tuple[bool, bool, bool, int, bool, bool]:
        beyond = rank(one.tier.level) - rank(wanted)
        unthinking = wanted is not Level.LOCAL and not one.tier.thinking
        shortened = one.how is How.SHORTENED
        return (
            one.tier.name in standing.unhealthy,
            shortened,
            beyond < 0,
            abs(beyond),
            one.how is How.WINDOWS,
            unthinking,
        )

    return sorted(allowed, key=key)


def _health(taken: Tier, allowed: Sequence[_Allowed], wanted: Level, standing: Standing) -> list[Because]:
    """What is said of tiers that do not work: of those that would have come first, and when none is left that does."""
    would = _by_nearness(allowed, wanted, Standing())
    before = [one.tier.name for one in would[: [one.tier for one in would].index(taken)]]
    if taken.name in standing.unhealthy:
        before = [taken.name]
    found = [
        Because(Why.UNHEALTHY, {"tier": name, "problem": standing.unhealthy[name]})
        for name in before
        if name in standing.unhealthy
    ]
    return [*found, Because(Why.NONE_HEALTHY, {"tier": taken.name})] if taken.name in standing.unhealthy else found


def _warned(taken: Tier, standing: Standing) -> tuple[Because, ...]:
    """That a budget is nearly used up, where the tier's work counts against it."""
    because = standing.verdict(taken).because
    return () if because is None else (because,)


def _instead(taken: Tier, wanted: Level) -> list[Because]:
    if taken.level is wanted:
        return []
    return [Because(Why.INSTEAD, {"wanted": wanted.value, "level": taken.level.value})]
