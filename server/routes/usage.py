"""What models took and cost, and would have cost on other tiers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from agents.usage.domain import By
from server.problems import responses
from server.routes.deps import API, Opened
from server.usage_documents import MonthDocument, NewSimulation, SimulationDocument

router = APIRouter(prefix=f"{API}/usage", tags=["usage"])


@router.get("", summary="What models took in a month", responses=responses(422))
def show_usage(
    services: Opened,
    month: Annotated[
        str | None, Query(description="A calendar month (UTC), the running one unless given.", examples=["2026-11"])
    ] = None,
    by: Annotated[By, Query(description="What there is a row for each of.")] = By.PROJECT,
) -> MonthDocument:
    """Calls, tokens, seconds, money, failures, and how the budgets stand. No word of what was asked or answered is
    kept."""
    return MonthDocument.model_validate(services.usage.month(month, by).to_json())


@router.post("/simulate", summary="Past calls on another tier table", responses=responses(422))
def simulate_usage(body: NewSimulation, services: Opened) -> SimulationDocument:
    """What the calls would have cost with other models' prices, or on hardware of your own. Changes nothing."""
    found = services.usage.simulate(body, body.month, body.since, body.until)
    return SimulationDocument.model_validate(found.to_json())
