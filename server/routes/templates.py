"""Review templates, and the review of a meeting by one."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from agents.exports.export import ExportFormat, export
from agents.exports.paper import PAGE_POLICY
from agents.templates.catalogue import Templates
from agents.templates.markdown import review_markdown
from agents.templates.review import Focus, Review, review, reviewed
from server.problems import responses
from server.routes.deps import API, Opened, attachment, tagged
from server.template_documents import ReviewReportDocument, TemplateList, template_document
from server.transcripts import TranscriptFormat

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
    base: Annotated[
        str | None,
        Query(description="The address with which the links of a file begin; that of this server unless given."),
    ] = None,
) -> Response:
    """Sections of claims with their evidence; one that has none found nothing. With `from` or `to`, only what is said
    in that span. With an ETag, files left out."""
    wanted = Templates(services.home.templates).get(template)
    meeting = reviewed(services.database, services.ledger, services.retrieval, meeting_id)
    focus = Focus(start, end) if start is not None or end is not None else None
    found = review(meeting, template, wanted, focus)
    if format == "json":
        return tagged(request, json.dumps(found.to_json(), ensure_ascii=False), "application/json")
    if format == "md":
        return tagged(request, review_markdown(found), TranscriptFormat.MD.media_type)
    return _file(found, ExportFormat(format), base or str(request.base_url))


def _file(found: Review, format: ExportFormat, base: str) -> Response:
    """A page is shown, under its own policy; other files are offered for saving."""
    name = f"{found.meeting.day} {found.meeting.title}.{format.value}"
    headers = {"Content-Security-Policy": PAGE_POLICY} if format is ExportFormat.HTML else attachment(name)
    return Response(export(found, format, base), headers=headers, media_type=format.media_type)
