"""The channels of the graph. Only `history` outlives a question; the rest is never written to a checkpoint."""

from __future__ import annotations

from typing import Annotated, TypedDict

from langgraph.channels.untracked_value import UntrackedValue

from agents.llm.choice import ChatChoice
from agents.qa.plan import Plan
from agents.qa.scope import MeetingFacts, Scope, Turn
from agents.qa.stream import LiveAnswer
from agents.qa.values import Body, Draft, Found


class QaState(TypedDict):
    """What the nodes read; each writes the channels that are its own."""

    history: list[Turn]
    question: Annotated[str, UntrackedValue]
    scope: Annotated[Scope, UntrackedValue]
    facts: Annotated[MeetingFacts, UntrackedValue]
    plan: Annotated[Plan, UntrackedValue]
    choice: Annotated[ChatChoice, UntrackedValue]
    found: Annotated[Found, UntrackedValue]
    live: Annotated[LiveAnswer, UntrackedValue]
    draft: Annotated[Draft, UntrackedValue]
    body: Annotated[Body, UntrackedValue]
