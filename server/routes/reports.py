"""Reports: two periods compared, what is kept as it was built, and what is made every week."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from agents.comparison.markdown import comparison_markdown
from agents.comparison.periods import When
from agents.comparison.report import compare
from agents.comparison.who import Listener, Who
from agents.exports.export import export, file_of
from agents.exports.paper import checked_base
from agents.reports.building import stored_paper
from agents.reports.domain import Built, Told
from agents.reports.schedules import Scheduled
from agents.reports.weekly import DAYS, parse_weekly
from ingestion.domain import Side
from ingestion.tables import now
from server.problems import responses
from server.report_documents import (
    ComparisonDocument,
    NewReport,
    NewSchedule,
    ReportDocument,
    ReportPage,
    ReportSummary,
    ScheduleDocument,
)
from server.routes.deps import API, Opened, clean_name
from server.routes.written import CONTENT, Base, Format, tagged_json, written

router = APIRouter(prefix=f"{API}/reports", tags=["reports"])


@router.get(
    "/compare",
    summary="Compare two periods",
    response_model=ComparisonDocument,
    responses={200: CONTENT, 304: {}, **responses(404, 422, 501)},
)
def show_comparison(
    services: Opened,
    request: Request,
    project: Annotated[list[str], Query(description="Name of a project; may be repeated.")],
    earlier: Annotated[
        str | None, Query(alias="from", description="A meeting's id, a day, week, month, or A..B.")
    ] = None,
    later: Annotated[str | None, Query(alias="to", description="As `from`.")] = None,
    week: Annotated[
        str | None, Query(description="A week, compared with the one before.", examples=["2026-W11"])
    ] = None,
    month: Annotated[
        str | None, Query(description="A month, compared with the one before.", examples=["2026-03"])
    ] = None,
    speaker: Annotated[list[str] | None, Query(description="Only what this person speaks of; may be repeated.")] = None,
    side: Annotated[Side | None, Query(description="Only what people of this side speak of.")] = None,
    format: Format = "json",
    base: Base = None,
) -> Response:
    """What is new, changed, closed, carried on, dropped and in conflict, with both sides; the last two days of meetings
    of each project unless others are named. With an ETag, files left out."""
    who = Who(tuple(speaker or ()), side)
    found = compare(services.ledger, project, When(earlier, later, week, month), who, Listener(services.database))
    return written(
        request,
        format,
        found.project,
        document=found.to_json,
        text=lambda: comparison_markdown(found),
        file=lambda wanted: export(found, wanted, base or str(request.base_url)),
    )


@router.post("/schedules", status_code=201, summary="Have a report made every week", responses=responses(404, 422))
def add_schedule(body: NewSchedule, services: Opened) -> ScheduleDocument:
    """From the next time that weekday and time come; one that was missed is made when the server runs again."""
    return _schedule(services.schedules.add(body.projects, parse_weekly(body.weekday, body.time, body.timezone)))


@router.get("/schedules", summary="List what is made every week")
def list_schedules(services: Opened) -> list[ScheduleDocument]:
    """Every weekly report, the oldest first, with when it is due next."""
    return [_schedule(one) for one in services.schedules.all()]


@router.delete("/schedules/{schedule_id}", status_code=204, summary="End a weekly report", responses=responses(404))
def remove_schedule(schedule_id: str, services: Opened) -> None:
    """The reports that were made stay."""
    services.schedules.remove(schedule_id)


@router.post("", status_code=201, summary="Build a report and keep it", responses=responses(404, 409, 422))
def save_report(body: NewReport, services: Opened, response: Response) -> ReportDocument:
    """A comparison, a dossier or a review as it is now. It stays as it is until somebody builds it anew."""
    name = clean_name(body.name, "the report's name") if body.name is not None else None
    report_id = services.reports.save(body.projects, body.asked(), name)
    response.headers["Location"] = f"{API}/reports/{report_id}"
    told = services.reports.show(report_id)
    return _document(told, told.built)


@router.get("", summary="List the reports", responses=responses(404))
def list_reports(
    services: Opened,
    project: Annotated[str | None, Query(description="Name of a project.")] = None,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> ReportPage:
    """A page of the reports that are kept, the newest first. Each is built anew to say whether it still holds."""
    page, following = services.reports.list(project, after=cursor, limit=limit)
    return ReportPage(reports=[ReportSummary.model_validate(one.to_json()) for one in page], next=following)


@router.get(
    "/{report_id}",
    summary="One report",
    response_model=ReportDocument,
    responses={200: CONTENT, 304: {}, **responses(404, 409, 422, 501)},
)
def show_report(
    report_id: str,
    services: Opened,
    request: Request,
    version: Annotated[int | None, Query(ge=1, description="The newest unless given.")] = None,
    format: Format = "json",
    base: Base = None,
) -> Response:
    """A report as it was built, in any format. JSON also says whether the newest version still holds. With an ETag."""
    if format == "json":
        told = services.reports.show(report_id)
        asked_for = services.reports.built(report_id, version) if version is not None else told.built
        return tagged_json(request, _document(told, asked_for).model_dump(mode="json"))
    built = services.reports.built(report_id, version)
    return written(
        request,
        format,
        built.title,
        document=lambda: built.document,
        text=lambda: built.text,
        file=lambda wanted: file_of(stored_paper(built, checked_base(base or str(request.base_url))), wanted),
    )


@router.post("/{report_id}/rebuild", summary="Build a report anew", responses=responses(404, 409, 422))
def rebuild_report(report_id: str, services: Opened) -> ReportDocument:
    """What differs from the newest version becomes a new one; the old ones stay."""
    told = services.reports.rebuild(report_id)
    return _document(told, told.built)


@router.delete("/{report_id}", status_code=204, summary="Delete a report", responses=responses(404))
def delete_report(report_id: str, services: Opened) -> None:
    """Removes it with all its versions."""
    services.reports.delete(report_id)


def _document(told: Told, built: Built | None) -> ReportDocument:
    return ReportDocument.model_validate({**told.to_json(), "document": built.document if built else None})


def _schedule(one: Scheduled) -> ScheduleDocument:
    return ScheduleDocument(
        id=one.id,
        projects=list(one.projects),
        weekday=DAYS[one.weekly.weekday],
        time=one.weekly.at.isoformat("minutes"),
        timezone=one.weekly.zone,
        next=one.weekly.next(now()),
        done=one.done,
        error=one.error,
        hint=one.hint,
    )
