"""Search: ranked evidence for a query."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from ingestion.domain import SearchFilter
from server.answer_documents import SearchBody, SearchDocument
from server.problems import responses
from server.routes.deps import API, Filters, Opened, search_filter
from server.services import Services

router = APIRouter(prefix=f"{API}/search", tags=["search"], responses=responses(422, 503))


@router.get("", summary="Search, by query parameters", response_model=SearchDocument)
def search(
    services: Opened,
    filters: Annotated[Filters, Depends()],
    query: Annotated[str, Query(min_length=1, max_length=2000, examples=["release date"])],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    recipe: Annotated[str | None, Query(description="Name of a search recipe.")] = None,
) -> dict[str, Any]:
    """Verbatim evidence, best first."""
    return _search(services, query, filters.where, limit, recipe)


@router.post("", summary="Search, by a JSON body", response_model=SearchDocument)
def search_by_body(services: Opened, body: SearchBody) -> dict[str, Any]:
    """Verbatim evidence, best first."""
    where = search_filter(body.project, body.meetings, body.speaker, body.since, body.until)
    return _search(services, body.query, where, body.limit, body.recipe)


def _search(services: Services, query: str, where: SearchFilter, limit: int, recipe: str | None) -> dict[str, Any]:
    return services.retrieval.search(query, where, limit=limit, recipe=recipe).to_json()
