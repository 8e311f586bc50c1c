"""The nodes of the qa graph: scope, plan, retrieve, answer, verify, abstain, finish."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from langgraph.runtime import Runtime

from agents.domain import Citation, Usage, Verdict
from agents.llm.choice import ChatChoice
from agents.llm.domain import Task, Work
from agents.llm.metering import BudgetError
from agents.qa.answerable import Missing, find_missing
from agents.qa.answering import (
    GUIDED_TOKENS,
    LEDGER,
    draft_by_code,
    draft_freely,
    draft_guided,
    is_guided,
    repair,
    with_ledger,
)
from agents.qa.asking import Desk, Question, read_question
from agents.qa.bodies import answer_body, plain_body
from agents.qa.events import Status
from agents.qa.plan import Kind, Plan, plan_question
from agents.qa.rank import all_lines, rank_lines, spoken
from agents.qa.scope import Scope, Turn, make_scope, to_follow, widened
from agents.qa.select import pick_lines
from agents.qa.spans import people_in
from agents.qa.state import QaState
from agents.qa.stream import LiveAnswer
from agents.qa.values import Body, Draft, Found, Gathered, QaContext, QaDeps
from agents.qa.verify import verify_claim
from agents.qa.wording import (
    MODEL_FAILED,
    PRIVATE,
    STATUS,
    TURNS_AHEAD,
    UNVERIFIED,
    abstention,
    small_talk,
)
from agents.qa.words import Overlap, content_terms
from agents.routing.tokens import tokens_of_words
from ingestion.errors import ModelFailedError, ModelMissingError
from ingestion.outbound import PrivacyError

MEMORY_TURNS = 12
"""Earlier questions that a conversation remembers."""
NO_ANSWER = (ModelFailedError, ModelMissingError, BudgetError, PrivacyError)
"""How a model ends that gives no answer: then the words themselves are the answer."""
NEAREST = 2
"""Lines shown as nearest when there is no answer."""

QaRuntime = Runtime[QaContext]
Update = dict[str, Any]
"""Channels of `QaState` that a node writes."""


class QaNodes:
    """The nodes with their collaborators."""

    def __init__(self, deps: QaDeps) -> None:
        self._deps = deps

    async def scope(self, state: QaState, runtime: QaRuntime) -> Update:
        """Make the question whole and choose its meetings. Whoever runs the graph has said that this begins."""
        context = runtime.context
        question = state["question"]
        facts = await asyncio.to_thread(self._deps.directory.facts, context.where)
        history = to_follow(state.get("history", []), facts)
        scope = make_scope(question, history, context.where, facts, context.today)
        return {"scope": scope, "facts": facts}

    def plan(self, state: QaState) -> Update:
        """Say what kind of answer is wanted. A follow-up that expects nothing by itself expects what its topic did."""
        scope = state["scope"]
        plan = plan_question(scope.question)
        if scope.standalone != scope.question and not plan.expects and plan.kind is not Kind.SMALL_TALK:
            history = to_follow(state.get("history", []), state["facts"])
            before = plan_question(history[-1]["question"]) if history else plan
            plan = replace(before, language=plan.language)
        return {"plan": plan}

    def _asked(self, state: QaState, today: date) -> Question:
        """What of the question the ledger is asked."""
        scope, history = state["scope"], to_follow(state.get("history", []), state["facts"])
        follows = scope.standalone != scope.question and history
        return read_question(scope, history[-1]["standalone"] if follows else None, state["facts"].days, today)

    async def retrieve(self, state: QaState, runtime: QaRuntime) -> Update:
        """Gather evidence, rank its lines and pick those that answer; the picks are shown at once."""
        plan, asked = state["plan"], self._asked(state, runtime.context.today)
        scope = asked.placed(state["scope"])
        _status(runtime, "retrieve", plan)
        found = await asyncio.to_thread(self._find, scope, plan, asked)
        if not found.ranked and scope.time is not None:
            scope = widened(scope)
            found = await asyncio.to_thread(self._find, scope, plan, asked)
        found = await asyncio.to_thread(self._with_ledger, found, asked, scope, state, runtime.context.today)
        choice = await self._choose(state, runtime)
        if self._decides(choice) and found.ranked:
            found = replace(found, missing=None)
        live = LiveAnswer(runtime.stream_writer)
        if found.missing is None:
            told = found.telling.told if found.telling else ()
            live.show(pick.evidence for pick in found.picks)
            live.show(one for said in told for one in said.evidence)
        return {"found": found, "scope": scope, "choice": choice, "live": live}

    async def answer(self, state: QaState, runtime: QaRuntime) -> Update:
        """Draft claims with the model, or by code when there is none or it fails, with what the ledger says."""
        drafted = await self._drafted(state, runtime)
        found: Found = drafted.get("found", state["found"])
        return {**drafted, "draft": with_ledger(drafted["draft"], found.telling)}

    async def _drafted(self, state: QaState, runtime: QaRuntime) -> Update:
        found, plan, scope = state["found"], state["plan"], state["scope"]
        choice, telling = state["choice"], found.telling
        model = choice.model
        if model is None:
            return {"draft": draft_by_code(found, plan, PRIVATE[plan.language] if choice.withheld else "")}
        if telling and telling.whole and is_guided(model, self._deps.settings):
            return {"draft": draft_by_code(found, plan)}
        _status(runtime, "answer", plan)
        live, settings = state["live"], self._deps.settings
        try:
            if is_guided(model, settings):
                return {"draft": await draft_guided(model, scope, found, plan, settings, live)}
            words = settings.evidence_words_walked if plan.across else settings.evidence_words_server
            read = await asyncio.to_thread(self._gather, scope, words)
            known = await asyncio.to_thread(self._deps.background.lines, scope.where, settings.background_words)
            told = telling.told if telling else ()
            known = [*(said.text for said in told), *known]
            evidence = [*(one for said in told for one in said.evidence), *read.evidence]
            draft = await draft_freely(model, scope, evidence, plan, settings, live, known)
            return {"draft": draft, "found": replace(found, coverage=read.coverage)}
        except NO_ANSWER as error:
            return {"draft": draft_by_code(found, plan, MODEL_FAILED[plan.language].format(why=error.message))}

    def verify(self, state: QaState, runtime: QaRuntime) -> Update:
        """Check every claim against its lines; when none of a model's stands, the words themselves are the answer."""
        draft, found, plan, scope = state["draft"], state["found"], state["plan"], state["scope"]
        _status(runtime, "verify", plan)
        own = [claim for claim in draft.claims if claim.reason != LEDGER]
        told = found.telling is not None and found.telling.whole
        if draft.model is not None and not own and not told:
            return {"found": replace(found, missing=found.missing or Missing.FACT)}
        checked = _checked(draft, scope)
        if checked.repairable and checked.fallen:
            return {"draft": checked}
        if told or any(claim.verdict is not Verdict.REMOVED for claim in checked.claims if claim.reason != LEDGER):
            return {"draft": checked, "found": replace(found, missing=None)}
        drafted = with_ledger(draft_by_code(found, plan, UNVERIFIED[plan.language]), found.telling)
        by_code = _checked(drafted, scope)
        return {"draft": replace(by_code, claims=(*checked.fallen, *by_code.claims), usage=draft.usage)}

    async def repair(self, state: QaState, runtime: QaRuntime) -> Update:
        """Let a strong model say anew what did not stand up to checking, once; without an answer the rest remains."""
        draft, plan, model = state["draft"], state["plan"], state["choice"].model
        if model is None:
            return {"draft": replace(draft, repairable=False)}
        _status(runtime, "answer", plan)
        try:
            return {"draft": await repair(model, state["scope"], draft, plan, self._deps.settings, state["live"])}
        except NO_ANSWER:
            return {"draft": replace(draft, repairable=False)}

    def finish(self, state: QaState) -> Update:
        """Write the answer: claims that stand, the quotes below them, what was read."""
        scope, plan = state["scope"], state["plan"]
        if plan.kind is Kind.SMALL_TALK:
            return _ended(state, plain_body(small_talk(plan.language)))
        draft, found = state["draft"], state["found"]
        return _ended(state, answer_body(draft, found, plan, scope))

    def abstain(self, state: QaState) -> Update:
        """Say that there is no answer and what was searched."""
        found, plan, scope = state["found"], state["plan"], state["scope"]
        missing = found.missing or Missing.NOTHING
        near = [pick.evidence for pick in found.picks] if missing is not Missing.NOTHING else []
        nearest = tuple(Citation(n, evidence) for n, evidence in enumerate(near[:NEAREST], 1))
        draft = state.get("draft")
        telling = found.telling
        text = abstention(missing, state["facts"].days, found.coverage, nearest, plan, content_terms(scope.standalone))
        body = replace(
            plain_body("\n\n".join(filter(None, (text, telling.read if telling else "")))),
            citations=nearest,
            abstained=True,
            coverage=found.coverage,
            model=draft.model if draft else None,
            usage=draft.usage if draft else Usage(),
            notes=(*scope.notes, *(telling.notes if telling else ())),
        )
        return _ended(state, body)

    async def _choose(self, state: QaState, runtime: QaRuntime) -> ChatChoice:
        """The model for this question: what it has to read is known by now."""
        context, plan, facts = runtime.context, state["plan"], state["facts"]
        settings = self._deps.settings
        words = settings.evidence_words_walked if plan.across else settings.evidence_words_embedded
        work = Work(
            task=Task.COMPARE if plan.kind is Kind.COMPARE else Task.ANSWER,
            prompt_tokens=tokens_of_words(words),
            reply_tokens=settings.answer_max_tokens if plan.across else GUIDED_TOKENS,
            private=facts.private,
            project=facts.projects[0] if len(facts.projects) == 1 else None,
            tier=context.tier,
            user=context.user,
            caller=context.caller,
            tell_ahead=lambda ahead: runtime.stream_writer(Status("wait", TURNS_AHEAD[plan.language].format(n=ahead))),
        )
        return await context.chat.choose(work, plan.language)

    def _decides(self, choice: ChatChoice) -> bool:
        """Whether the model itself is trusted to say that there is no answer."""
        model = choice.model
        return model is not None and not is_guided(model, self._deps.settings)

    def _find(self, scope: Scope, plan: Plan, asked: Question) -> Found:
        settings = self._deps.settings
        walks = plan.across or asked.is_put
        words = settings.evidence_words_walked if walks else settings.evidence_words_ranked
        gathered = self._gather(scope, words)
        lines = all_lines(gathered.evidence)
        overlap = Overlap(content_terms(scope.standalone), [spoken(line.line) for line in lines])
        ranked = rank_lines(plan, overlap, lines, people_in(scope.standalone, scope.people))
        picks = pick_lines(ranked, plan)
        missing = find_missing(scope.standalone, plan, overlap, ranked, picks, related=gathered.related)
        return Found(gathered.coverage, ranked, picks, missing)

    def _with_ledger(self, found: Found, asked: Question, scope: Scope, state: QaState, today: date) -> Found:
        """What was found with what the ledger says; where that is the answer, the picks are not."""
        if self._deps.ledger is None:
            return found
        desk = Desk(self._deps.ledger, scope, state["plan"], state["facts"], today, found.ranked, found.missing is None)
        telling = desk.ask(asked)
        if telling is None or not telling.told:
            return replace(found, telling=telling)
        return replace(found, telling=telling, missing=None, picks=() if telling.whole else found.picks)

    def _gather(self, scope: Scope, budget_words: int) -> Gathered:
        return self._deps.evidence.gather(scope.standalone, scope.where, budget_words)


def after_plan(state: QaState) -> Literal["retrieve", "finish"]:
    """Small talk needs no evidence."""
    return "finish" if state["plan"].kind is Kind.SMALL_TALK else "retrieve"


def after_retrieve(state: QaState) -> Literal["answer", "abstain"]:
    """Without lines that may answer, no model is asked."""
    return "answer" if state["found"].missing is None else "abstain"


def after_verify(state: QaState) -> Literal["repair", "finish", "abstain"]:
    """What fell may be said anew, once; a strong model that found no answer is believed."""
    draft = state["draft"]
    if draft.repairable and draft.fallen:
        return "repair"
    return "finish" if state["found"].missing is None else "abstain"


def _checked(draft: Draft, scope: Scope) -> Draft:
    """The draft with its claims verified; those with a reason were judged before."""
    claims = (
        claim if claim.reason else verify_claim(claim, draft.sources, scope.people, scope.standalone)
        for claim in draft.claims
    )
    return replace(draft, claims=tuple(claims))


def _ended(state: QaState, body: Body) -> Update:
    scope = state["scope"]
    turn = Turn(
        question=scope.question,
        standalone=scope.standalone,
        people=list(scope.named),
        private=state["facts"].private,
    )
    return {"body": body, "history": [*state.get("history", []), turn][-MEMORY_TURNS:]}


def _status(runtime: QaRuntime, stage: str, plan: Plan) -> None:
    runtime.stream_writer(Status(stage, STATUS[stage][plan.language]))
