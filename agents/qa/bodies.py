"""The finished text of an answer with its claims and citations."""

from __future__ import annotations

from agents.domain import Usage
from agents.qa.answering import LEDGER, VERBATIM
from agents.qa.candidates import cite
from agents.qa.plan import Plan
from agents.qa.scope import Scope
from agents.qa.values import Body, Draft, Found
from agents.qa.wording import NO_MODEL, answer_text, told_text
from agents.qa.words import content_terms
from retrieval.domain import Coverage


def answer_body(draft: Draft, found: Found, plan: Plan, scope: Scope) -> Body:
    """The answer: claims that stand, what the ledger says, the quotes below them, how much of the ledger was read."""
    telling = found.telling
    runs = [evidence for sentence in telling.told for evidence in sentence.evidence] if telling else []
    runs += [pick.evidence for pick in found.picks]
    claims, citations = cite(draft.claims, draft.sources, runs)
    told = [claim for claim in claims if claim.reason == LEDGER]
    heading = NO_MODEL[plan.language] if draft.model is None and not draft.note and not told else ""
    quoted = {n for claim in claims if claim.reason == VERBATIM for n in claim.citations}
    quotes = [one for one in citations if one.n in quoted] if told else citations if quoted else []
    stated = [claim for claim in claims if claim.reason not in (VERBATIM, LEDGER)]
    parts = [
        answer_text(
            stated,
            quotes,
            plan,
            heading,
            content_terms(scope.standalone),
            told_text(told, telling.heading if telling else ""),
        ),
        telling.read if telling else "",
    ]
    text = "\n\n".join(filter(None, parts))
    notes = (*scope.notes, *(telling.notes if telling else ()), *([draft.note] if draft.note else []))
    return Body(text, tuple(claims), tuple(citations), False, found.coverage, draft.model, draft.usage, notes)


def plain_body(text: str) -> Body:
    """A text that stands on nothing."""
    return Body(text, (), (), False, Coverage(0, 0, 0), None, Usage(), ())
