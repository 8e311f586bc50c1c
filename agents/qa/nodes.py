"""The nodes of the qa graph: scope, plan, retrieve, answer, verify, abstain, finish."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, Literal

from langgraph.runtime import Runtime

from agents.domain import Citation, Usage, Verdict
from agents.ports import TextSink
from agents.qa.answerable import Missing, find_missing
from agents.qa.answering import VERBATIM, draft_by_code, draft_freely, draft_guided, is_guided, repair
from agents.qa.candidates import as_sources, cite
from agents.qa.events import CitationEvent, Status, Token
from agents.qa.plan import Kind, Plan, plan_question
from agents.qa.rank import all_lines, rank_lines, spoken
from agents.qa.scope import Scope, Turn, make_scope, widened
from agents.qa.select import pick_lines
from agents.qa.spans import people_in
from agents.qa.state import QaState
from agents.qa.stream import SpokenText
from agents.qa.values import Body, Draft, Found, Gathered, QaContext, QaDeps
from agents.qa.verify import verify_claim
from agents.qa.wording import (
    MODEL_FAILED,
    NO_MODEL,
    PRIVATE,
    STATUS,
    UNVERIFIED,
    abstention,
    answer_text,
    coverage_line,
    small_talk,
)
from agents.qa.words import Overlap, content_terms
from ingestion.errors import ModelFailedError, ModelMissingError
from retrieval.domain import Coverage

MEMORY_TURNS = 12
"""Earlier questions that a conversation remembers."""
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
        """Make the question whole and choose its meetings."""
        context = runtime.context
        question = state["question"]
        _status(runtime, "scope", plan_question(question))
        facts = await asyncio.to_thread(self._deps.directory.facts, context.where)
        scope = make_scope(question, state.get("history", []), context.where, facts, context.today)
        return {"scope": scope, "facts": facts}

    def plan(self, state: QaState) -> Update:
        """Say what kind of answer is wanted. A follow-up that expects nothing by itself expects what its topic did."""
        scope = state["scope"]
        plan = plan_question(scope.question)
        if scope.standalone != scope.question and not plan.expects and plan.kind is not Kind.SMALL_TALK:
            history = state.get("history", [])
            before = plan_question(history[-1]["question"]) if history else plan
            plan = replace(before, language=plan.language)
        return {"plan": plan}

    async def retrieve(self, state: QaState, runtime: QaRuntime) -> Update:
        """Gather evidence, rank its lines and pick those that answer; the picks are shown at once."""
        scope, plan = state["scope"], state["plan"]
        _status(runtime, "retrieve", plan)
        found = await asyncio.to_thread(self._find, scope, plan)
        if not found.ranked and scope.time is not None:
            scope = widened(scope)
            found = await asyncio.to_thread(self._find, scope, plan)
        if self._decides(runtime) and found.ranked:
            found = replace(found, missing=None)
        if found.missing is None:
            for source in as_sources(pick.evidence for pick in found.picks):
                runtime.stream_writer(CitationEvent(Citation(source.n, source.evidence)))
        return {"found": found, "scope": scope}

    async def answer(self, state: QaState, runtime: QaRuntime) -> Update:
        """Draft claims with the model, or by code when there is none or it fails."""
        found, plan, scope = state["found"], state["plan"], state["scope"]
        model = runtime.context.choice.model
        if model is None:
            return {"draft": draft_by_code(found, plan)}
        if model.card.remote and state["facts"].private:
            return {"draft": draft_by_code(found, plan, PRIVATE[plan.language])}
        _status(runtime, "answer", plan)
        show = _shown(runtime)
        settings = self._deps.settings
        try:
            if is_guided(model, settings):
                return {"draft": await draft_guided(model, scope, found, plan, settings, show)}
            read = await asyncio.to_thread(self._gather, scope, settings.evidence_words_server)
            known = await asyncio.to_thread(self._deps.background.lines, scope.where, settings.background_words)
            draft = await draft_freely(model, scope, read.evidence, plan, settings, show, known)
            return {"draft": draft, "found": replace(found, coverage=read.coverage)}
        except (ModelFailedError, ModelMissingError) as error:
            return {"draft": draft_by_code(found, plan, MODEL_FAILED[plan.language].format(why=error.message))}

    def verify(self, state: QaState, runtime: QaRuntime) -> Update:
        """Check every claim against its lines; when none of a model's stands, the words themselves are the answer."""
        draft, found, plan, scope = state["draft"], state["found"], state["plan"], state["scope"]
        _status(runtime, "verify", plan)
        if draft.model is not None and not draft.claims:
            return {"found": replace(found, missing=found.missing or Missing.FACT)}
        checked = _checked(draft, scope)
        if checked.repairable and checked.fallen:
            return {"draft": checked}
        if any(claim.verdict is not Verdict.REMOVED for claim in checked.claims):
            return {"draft": checked, "found": replace(found, missing=None)}
        by_code = _checked(draft_by_code(found, plan, UNVERIFIED[plan.language]), scope)
        return {"draft": replace(by_code, claims=(*checked.claims, *by_code.claims), usage=draft.usage)}

    async def repair(self, state: QaState, runtime: QaRuntime) -> Update:
        """Let a strong model say anew what did not stand up to checking, once; without an answer the rest remains."""
        draft, plan, model = state["draft"], state["plan"], runtime.context.choice.model
        if model is None:
            return {"draft": replace(draft, repairable=False)}
        _status(runtime, "answer", plan)
        try:
            return {"draft": await repair(model, state["scope"], draft, plan, self._deps.settings, _shown(runtime))}
        except (ModelFailedError, ModelMissingError):
            return {"draft": replace(draft, repairable=False)}

    def finish(self, state: QaState) -> Update:
        """Write the answer: claims that stand, the quotes below them, what was read."""
        scope, plan = state["scope"], state["plan"]
        if plan.kind is Kind.SMALL_TALK:
            return _ended(state, _plain_body(small_talk(plan.language)))
        draft, found = state["draft"], state["found"]
        return _ended(state, _body(draft, found, plan, scope))

    def abstain(self, state: QaState) -> Update:
        """Say that there is no answer and what was searched."""
        found, plan, scope = state["found"], state["plan"], state["scope"]
        missing = found.missing or Missing.NOTHING
        near = [pick.evidence for pick in found.picks] if missing is not Missing.NOTHING else []
        nearest = tuple(Citation(n, evidence) for n, evidence in enumerate(near[:NEAREST], 1))
        draft = state.get("draft")
        body = replace(
            _plain_body(
                abstention(missing, state["facts"].days, found.coverage, nearest, plan, content_terms(scope.standalone))
            ),
            citations=nearest,
            abstained=True,
            coverage=found.coverage,
            model=draft.model if draft else None,
            usage=draft.usage if draft else Usage(),
            notes=scope.notes,
        )
        return _ended(state, body)

    def _decides(self, runtime: QaRuntime) -> bool:
        """Whether the model itself is trusted to say that there is no answer."""
        model = runtime.context.choice.model
        return model is not None and not is_guided(model, self._deps.settings)

    def _find(self, scope: Scope, plan: Plan) -> Found:
        settings = self._deps.settings
        words = settings.evidence_words_walked if plan.across else settings.evidence_words_ranked
        gathered = self._gather(scope, words)
        lines = all_lines(gathered.evidence)
        overlap = Overlap(content_terms(scope.standalone), [spoken(line.line) for line in lines])
        ranked = rank_lines(plan, overlap, lines, people_in(scope.standalone, scope.people))
        picks = pick_lines(ranked, plan)
        missing = find_missing(scope.standalone, plan, overlap, ranked, picks, related=gathered.related)
        return Found(gathered.coverage, ranked, picks, missing)

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


def _body(draft: Draft, found: Found, plan: Plan, scope: Scope) -> Body:
    claims, citations = cite(draft.claims, draft.sources, [pick.evidence for pick in found.picks])
    heading = NO_MODEL[plan.language] if draft.model is None and not draft.note else ""
    quotes = citations if any(claim.reason == VERBATIM for claim in claims) else []
    stated = [claim for claim in claims if claim.reason != VERBATIM]
    text = answer_text(stated, quotes, plan, heading, content_terms(scope.standalone))
    if found.coverage.in_scope > 1:
        text = f"{text}\n\n{coverage_line(found.coverage, plan.language)}"
    notes = (*scope.notes, draft.note) if draft.note else scope.notes
    return Body(text, tuple(claims), tuple(citations), False, found.coverage, draft.model, draft.usage, notes)


def _plain_body(text: str) -> Body:
    return Body(text, (), (), False, Coverage(0, 0, 0), None, Usage(), ())


def _ended(state: QaState, body: Body) -> Update:
    scope = state["scope"]
    turn = Turn(question=scope.question, standalone=scope.standalone, people=list(scope.named))
    return {"body": body, "history": [*state.get("history", []), turn][-MEMORY_TURNS:]}


def _shown(runtime: QaRuntime) -> TextSink:
    """Sends on the words of a model's answer as they come."""
    words = SpokenText()

    def show(piece: str) -> None:
        if said := words.feed(piece):
            runtime.stream_writer(Token(said))

    return show


def _status(runtime: QaRuntime, stage: str, plan: Plan) -> None:
    runtime.stream_writer(Status(stage, STATUS[stage][plan.language]))
