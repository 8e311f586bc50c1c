"""Alive, ready, measured."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from server.documents import Health
from server.metrics import Metrics
from server.problems import responses
from server.routes.deps import Opened

router = APIRouter(tags=["health"])


def metrics_of(request: Request) -> Metrics:
    """Dependency: the metrics of this application."""
    return request.app.state.metrics


@router.get("/healthz", summary="Is the process alive?")
async def healthz() -> Health:
    """Answers as long as the process does."""
    return Health(status="ok")


@router.get("/readyz", summary="Is the data home open?", responses=responses(503))
async def readyz(services: Opened) -> Health:
    """503 while the data home is being opened or when that failed; the problem says why."""
    return Health(status="ready")


@router.get(
    "/metrics",
    summary="Prometheus metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"example": 'huimai_meetings{stage="ready"} 12.0\n'}}}},
)
def metrics(metrics: Annotated[Metrics, Depends(metrics_of)]) -> Response:
    """Requests, latency, meetings and jobs by stage, process memory."""
    return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)
