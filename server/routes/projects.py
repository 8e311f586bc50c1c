"""Projects."""

from __future__ import annotations

from fastapi import APIRouter, Response

from ingestion.repository import ProjectRepository
from ingestion.tables import Project
from server.documents import NewProject, ProjectChange, ProjectDocument
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
    """201 with the new project; 200 with the one of that name, if there is one already. `private` makes that private,
    too; to let it be so no longer takes a PATCH."""
    name = clean_name(body.name, "the project name")
    with services.database.session() as session:
        repository = ProjectRepository(session)
        if repository.find(name):
            response.status_code = 200
        project = repository.ensure(name)
        project.private = project.private or body.private
        return _counted(repository, name)


@router.patch("/{name:path}", summary="Make a project private, or no longer so", responses=responses(404))
def change_project(name: str, body: ProjectChange, services: Opened) -> ProjectDocument:
    """Holds for everything that begins after it: a request that has gone out is not called back."""
    with services.database.session() as session:
        repository = ProjectRepository(session)
        repository.named(name).private = body.private
        return _counted(repository, name)


@router.delete("/{name:path}", status_code=204, summary="Delete a project", responses=responses(404, 409))
def delete_project(name: str, services: Opened) -> None:
    """Removes the project, its meetings and everything derived from them."""
    services.delete_project(name)


def _counted(repository: ProjectRepository, name: str) -> ProjectDocument:
    return next(_document(project, count) for project, count in repository.all() if project.name == name)


def _document(project: Project, meetings: int) -> ProjectDocument:
    return ProjectDocument(name=project.name, private=project.private, meetings=meetings, created_at=project.created_at)
