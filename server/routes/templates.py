"""Review templates, and the review of a meeting by one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from agents.exports.export import ExportFormat, export
from agents.templates.catalogue import Templates
from agents.templates.markdown import review_markdown
from agents.templates.review import Focus, review, reviewed
from server.problems import responses
from server.routes.deps import API, Opened
from server.routes.written import Base, written
from server.template_documents import ReviewReportDocument, TemplateList, template_document

router = APIRouter(prefix=API, tags=["reports"])

_FILES = (ExportFormat.HTML, ExportFormat.DOCX, ExportFormat.PDF)
_CONTENT: dict[str, Any] = {
    "content": {"text/markdown": {}, **{one.media_type.split(";")[0]: {} for one in _FILES}},
}


@router.get("/templates", summary="List the review templates")
def list_templates(services: Opened) -> TemplateList:
    """Those that come with Huimai and those in `templates/` of the data home, by name. One of the data home replaces
    the other of its name."""
    return TemplateList(templates=[template_document(one) for one in Templates(services.home.templates).all()])


@router.get(
    "/meetings/{meeting_id}/review-report",
    summary="Review a meeting by a template",
    response_model=ReviewReportDocument,
    responses={200: _CONTENT, 304: {}, **responses(404, 409, 422, 501)},
)
def show_review(
    meeting_id: str,
    services: Opened,
    request: Request,
    template: Annotated[str, Query(description="Name of a template.", examples=["weekly_sync"])],
    start: Annotated[float | None, Query(alias="from", ge=0, allow_inf_nan=False, description="In seconds.")] = None,
    end: Annotated[float | None, Query(alias="to", ge=0, allow_inf_nan=False, description="In seconds.")] = None,
    format: Literal["json", "md", "html", "docx", "pdf"] = "json",
    base: Base = None,
) -> Response:
    """Sections of claims with their evidence; one that has none found nothing. With `from` or `to`, only what is said
    in that span. With an ETag, files left out."""
    wanted = Templates(services.home.templates).get(template)
    meeting = reviewed(services.database, services.ledger, services.retrieval, meeting_id)
    focus = Focus(start, end) if start is not None or end is not None else None
    found = review(meeting, template, wanted, focus)
    return written(
        request,
        format,
        f"{found.meeting.day} {found.meeting.title}",
        document=found.to_json,
        text=lambda: review_markdown(found),
        file=lambda file: export(found, file, base or str(request.base_url)),
    )
