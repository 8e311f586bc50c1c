"""Drafts of an answer: by a model that chooses among numbered lines, and by code alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agents.domain import Claim, Usage, Verdict
from agents.llm.structured import complete_as
from agents.ports import ChatModel, Completion
from agents.qa.candidates import as_sources, every_line, is_inside, picked_lines
from agents.qa.lead import ever_claim, lead_claim
from agents.qa.ledger import Telling
from agents.qa.narrowing import narrow_down, read_at_once
from agents.qa.plan import Expect, Kind, Plan
from agents.qa.prompts import (
    FreeAnswer,
    GuidedAnswer,
    free_messages,
    guided_form,
    guided_messages,
    repair_messages,
)
from agents.qa.scope import Scope
from agents.qa.select import SURE, Pick
from agents.qa.spans import facts_of
from agents.qa.stream import LiveAnswer
from agents.qa.values import Draft, Found
from agents.qa.verify import Numbered, missing_facts, verify_claim
from agents.settings import AgentsSettings
from retrieval.domain import Evidence, Line

VERBATIM = "verbatim"
"""Reason of a claim that is the words themselves."""
READ_OFF = "read off the lines"
"""Reason of a claim whose facts code has copied from its lines."""
LEDGER = "from the ledger"
"""Reason of a claim that the ledger makes; it was checked there."""
SPOKEN_OF = 0.5
"""Share of the question's words from which on a line is taken to speak of the thing."""
GUIDED_TOKENS = 200
"""Longest answer of a small model: three line numbers and a sentence."""


def is_guided(model: ChatModel, settings: AgentsSettings) -> bool:
    """Whether a model is led by code: its window is too small to be handed all the evidence."""
    return model.card.context_tokens < 2 * settings.evidence_words_server


def draft_by_code(found: Found, plan: Plan, note: str = "") -> Draft:
    """The value that code reads off the newest lines, if it reads one, and the picks themselves as verbatim claims."""
    sources = as_sources(pick.evidence for pick in found.picks)
    lead = lead_from(found.picks, sources, plan) if found.picks else None
    claims = [*([lead] if lead else []), *_verbatim(found.picks, sources)]
    return Draft(tuple(claims), tuple(sources), None, note=note)


def with_ledger(draft: Draft, telling: Telling | None) -> Draft:
    """The draft with what the ledger says, before the words themselves. Words that it stands on are not said twice, nor
    is what a model has said with the same evidence."""
    if telling is None or not telling.told:
        return draft
    sources = list(draft.sources)
    stated = {n for claim in draft.claims if claim.reason != VERBATIM for n in claim.citations}
    told: list[Claim] = []
    for sentence in telling.told:
        numbers = tuple(_number(evidence, sources) for evidence in sentence.evidence)
        if draft.model is None or not stated.intersection(numbers):
            told.append(Claim(sentence.text, tuple(dict.fromkeys(numbers)), sentence.verdict, LEDGER))
    runs = [evidence for sentence in telling.told for evidence in sentence.evidence]
    verbatim = [
        claim
        for claim in draft.claims
        if claim.reason == VERBATIM and not all(_is_told(n, sources, runs) for n in claim.citations)
    ]
    before = [claim for claim in draft.claims if claim.reason != VERBATIM]
    return replace(draft, claims=(*before, *told, *verbatim), sources=tuple(sources))


def _number(evidence: Evidence, sources: list[Numbered]) -> int:
    """The number of a source of the same lines, which is added where there is none."""
    for source in sources:
        if is_inside(evidence, source.evidence) and is_inside(source.evidence, evidence):
            return source.n
    sources.append(Numbered(max((source.n for source in sources), default=0) + 1, evidence))
    return sources[-1].n


def _is_told(n: int, sources: Sequence[Numbered], runs: Sequence[Evidence]) -> bool:
    """Whether every line of a source stands in some of the runs."""
    said = next(source.evidence for source in sources if source.n == n)
    told = {(run.meeting_id, line.index) for run in runs for line in run.lines}
    return all((said.meeting_id, line.index) in told for line in said.lines)


async def draft_guided(
    model: ChatModel, scope: Scope, found: Found, plan: Plan, settings: AgentsSettings, live: LiveAnswer
) -> Draft:
    """A small model names some of the picked lines and words one sentence; the value that code reads comes first.

    What is not wholly supported is removed: such a model takes old values for current ones and answers near misses.
    """
    sources = picked_lines(found.picks, settings.evidence_words_embedded)
    messages = guided_messages(scope.standalone, plan.language, sources)
    answer, completion = await complete_as(
        model,
        messages,
        guided_form(len(sources)),
        max_tokens=GUIDED_TOKENS,
        on_text=live.words(sources),
        on_reasoning=live.think,
    )
    lead = lead_from(found.picks, sources, plan)
    said = _said(answer)
    current = [_current(claim, lead, sources, scope, found, plan) for claim in said]
    claims = [*([lead] if lead else []), *current, *_verbatim(found.picks, sources)]
    return Draft(tuple(claims), tuple(sources), completion.model, _usage(completion))


async def draft_freely(
    model: ChatModel,
    scope: Scope,
    evidence: Sequence[Evidence],
    plan: Plan,
    settings: AgentsSettings,
    live: LiveAnswer,
    background: Sequence[str] = (),
) -> Draft:
    """A strong model reads all the evidence and states what it finds; no claims mean that it found no answer. More
    than it reads evenly in one pass is narrowed down before. `background` is what it is told of the project."""

    async def ask(lines: Sequence[Numbered], live: LiveAnswer | None = None) -> tuple[FreeAnswer, Completion]:
        return await complete_as(
            model,
            free_messages(scope.standalone, plan.language, lines, background),
            FreeAnswer,
            max_tokens=settings.answer_max_tokens,
            on_text=live.words(lines) if live else None,
            on_reasoning=live.think if live else None,
        )

    async def ask_window(lines: Sequence[Numbered]) -> tuple[set[int], Usage]:
        answer, completion = await ask(lines)
        return {n for claim in answer.claims for n in claim.lines}, _usage(completion)

    room = read_at_once(model.card, settings.answer_max_tokens)
    narrowed = await narrow_down(every_line(evidence), room, ask_window)
    sources = narrowed.sources
    if not sources:
        return Draft((), (), model.card.name, narrowed.usage, repairable=True)
    answer, completion = await ask(sources, live)
    usage = narrowed.usage.plus(_usage(completion))
    return Draft(_free_claims(answer, sources), tuple(sources), completion.model, usage, repairable=True)


async def repair(
    model: ChatModel, scope: Scope, draft: Draft, plan: Plan, settings: AgentsSettings, live: LiveAnswer
) -> Draft:
    """A draft of `draft_freely` with what a strong model says instead of the claims that fell, asked for once."""
    fallen = [(claim.text, claim.reason) for claim in draft.fallen]
    messages = repair_messages(scope.standalone, plan.language, draft.sources, fallen)
    answer, completion = await complete_as(
        model,
        messages,
        FreeAnswer,
        max_tokens=settings.answer_max_tokens,
        on_text=live.words(draft.sources),
        on_reasoning=live.think,
    )
    said = {claim.text for claim in draft.claims}
    anew = [claim for claim in _free_claims(answer, draft.sources) if claim.text not in said]
    spent = draft.usage.plus(_usage(completion))
    return replace(draft, claims=(*draft.claims, *anew), usage=spent, repairable=False)


def _free_claims(answer: FreeAnswer, sources: Sequence[Numbered]) -> tuple[Claim, ...]:
    known = {source.n for source in sources}
    return tuple(
        Claim(claim.text.strip(), tuple(n for n in dict.fromkeys(claim.lines) if n in known), Verdict.WEAK)
        for claim in answer.claims
    )


def lead_from(picks: Sequence[Pick], sources: Sequence[Numbered], plan: Plan) -> Claim | None:
    """The claim that code reads off the newest pick, on the sources that hold its lines. Whether something was ever
    said is read off every pick that speaks of most of it."""
    if plan.kind is Kind.EVER:
        chosen = [pick for pick in picks if pick.coverage >= SPOKEN_OF]
        text = ever_claim(chosen, plan) if chosen else None
    else:
        chosen = picks[:1]
        sure = picks[0].score >= max(pick.score for pick in picks) - SURE
        text = lead_claim(picks[0], plan) if sure else None
    numbers = tuple(source.n for source in sources if any(is_inside(source.evidence, pick.evidence) for pick in chosen))
    return Claim(text, numbers, Verdict.SUPPORTED, READ_OFF) if text and numbers else None


def _said(answer: GuidedAnswer) -> list[Claim]:
    text = answer.answer.strip()
    return [Claim(text, tuple(dict.fromkeys(answer.lines)), Verdict.WEAK)] if text else []


def _current(
    claim: Claim, lead: Claim | None, sources: Sequence[Numbered], scope: Scope, found: Found, plan: Plan
) -> Claim:
    """The claim with its verdict; removed unless it is supported and tells what holds now.

    Where code has read the newest value the model may only word it.
    """
    if lead:
        newest = [source for source in sources if source.n in lead.citations]
        if other := missing_facts(claim.text, newest, scope.people):
            return _removed(claim, f"not in the newest lines: {', '.join(other)}")
        if missing_facts(lead.text, [_as_said(claim.text, newest[-1])], scope.people):
            return _removed(claim, "does not say the newest value")
        return replace(claim, citations=lead.citations)
    if plan.kind is Kind.LATEST and claim.citations:
        held = max(pick.evidence.date for pick in found.picks)
        newest = [source for source in sources if source.n in claim.citations and source.evidence.date == held]
        if not newest:
            return _removed(claim, "stands only on older lines")
        if other := missing_facts(claim.text, newest, scope.people):
            return _removed(claim, f"only older lines say {', '.join(other)}")
    if Expect.YES_NO in plan.expects and not _states_value(claim.text, found):
        return _removed(claim, "a bare yes or no cannot be checked against the lines")
    checked = verify_claim(claim, sources, scope.people, scope.standalone)
    return _removed(claim, checked.reason) if checked.verdict is Verdict.WEAK else checked


def _states_value(text: str, found: Found) -> bool:
    facts = facts_of(text, found.picks[0].evidence.date)
    return bool(facts.numbers or facts.days)


def _as_said(text: str, source: Numbered) -> Numbered:
    """A text as if it stood in the source's meeting, to check another against it."""
    line = Line(source.evidence.first, None, None, None, text)
    return Numbered(source.n, replace(source.evidence, lines=(line,)))


def _removed(claim: Claim, reason: str) -> Claim:
    return replace(claim, citations=(), verdict=Verdict.REMOVED, reason=reason)


def _verbatim(picks: Sequence[Pick], sources: Sequence[Numbered]) -> list[Claim]:
    """The picks as claims that are their own evidence."""
    quotes: list[Claim] = []
    for pick in picks:
        numbers = tuple(source.n for source in sources if is_inside(source.evidence, pick.evidence))
        quotes.append(Claim(pick.evidence.quote, numbers, Verdict.SUPPORTED, VERBATIM))
    return quotes


def _usage(completion: Completion) -> Usage:
    return Usage(completion.prompt_tokens, completion.completion_tokens)
