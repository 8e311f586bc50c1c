"""Names and terms: how they are written, and what recognisers write instead."""

from __future__ import annotations

from fastapi import APIRouter

from ingestion.domain import GlossaryEntry
from ingestion.repository import ProjectRepository
from ingestion.tables import GlossaryTerm
from server.documents import NewTerm, TermDocument
from server.problems import responses
from server.routes.deps import API, Opened, clean_name

router = APIRouter(prefix=f"{API}/glossary", tags=["glossary"])


@router.get("", summary="List the terms", responses=responses(404))
def list_terms(services: Opened, project: str | None = None) -> list[TermDocument]:
    """The shared terms and, for a project, its own."""
    with services.database.session() as session:
        projects = ProjectRepository(session)
        terms = projects.terms(projects.named(project).id if project else None)
        return [_document(term, project) for term in terms]


@router.post("", status_code=201, summary="Add or replace a term")
def put_term(body: NewTerm, services: Opened) -> TermDocument:
    """Meetings that come in later are recognised and corrected with it. Makes the project if it is new."""
    canonical = clean_name(body.canonical, "the term")
    aliases = tuple(dict.fromkeys(clean_name(alias, "the alias") for alias in body.aliases))
    with services.database.session() as session:
        projects = ProjectRepository(session)
        owner = projects.ensure(clean_name(body.project, "the project name")).id if body.project else None
        return _document(projects.put_term(owner, GlossaryEntry(canonical, aliases, body.kind)), body.project)


@router.delete("/{term_id}", status_code=204, summary="Delete a term", responses=responses(404))
def delete_term(term_id: str, services: Opened) -> None:
    """Text that was corrected with the term stays as it is."""
    with services.database.session() as session:
        ProjectRepository(session).delete_term(term_id)


def _document(term: GlossaryTerm, project: str | None) -> TermDocument:
    return TermDocument(
        id=term.id,
        project=project if term.project_id else None,
        canonical=term.canonical,
        aliases=term.aliases,
        kind=term.kind,
    )
