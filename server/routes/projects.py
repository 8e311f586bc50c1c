"""Projects."""

from __future__ import annotations

from fastapi import APIRouter, Response

from ingestion.repository import ProjectRepository
from ingestion.tables import Project
from server.documents import NewProject, ProjectDocument
from server.problems import responses
from server.routes.deps import API, Opened, clean_name

router = APIRouter(prefix=f"{API}/projects", tags=["projects"])


@router.get("", summary="List the projects")
def list_projects(services: Opened) -> list[ProjectDocument]:
    """Every project by name, with its number of meetings."""
    with services.database.session() as session:
        return [_document(project, count) for project, count in ProjectRepository(session).all()]


@router.post("", status_code=201, summary="Make a project", responses={200: {"model": ProjectDocument}})
def make_project(body: NewProject, services: Opened, response: Response) -> ProjectDocument:
    """201 with the new project; 200 with the one of that name, if there is one already."""
    name = clean_name(body.name, "the project name")
    with services.database.session() as session:
        repository = ProjectRepository(session)
        if repository.find(name):
            response.status_code = 200
        repository.ensure(name)
        return next(_document(project, count) for project, count in repository.all() if project.name == name)


@router.delete("/{name:path}", status_code=204, summary="Delete a project", responses=responses(404, 409))
def delete_project(name: str, services: Opened) -> None:
    """Removes the project, its meetings and everything derived from them."""
    services.delete_project(name)


def _document(project: Project, meetings: int) -> ProjectDocument:
    return ProjectDocument(name=project.name, private=project.private, meetings=meetings, created_at=project.created_at)
