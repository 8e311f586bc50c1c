"""Durable jobs: what is being worked on, and how long it will take."""

from __future__ import annotations

from fastapi import APIRouter

from ingestion.domain import Stage
from server.documents import JobDocument, ReindexDocument
from server.problems import responses
from server.routes.deps import API, Opened

router = APIRouter(prefix=API, tags=["jobs"])

ENDED = (Stage.READY, Stage.FAILED)


@router.get("/jobs", summary="List the jobs")
def list_jobs(services: Opened, active: bool = False) -> list[JobDocument]:
    """The ingest of every meeting, oldest first. `active` leaves out those that have ended."""
    jobs = [JobDocument.model_validate(job) for job in services.ingests.all()]
    return [job for job in jobs if not active or job.stage not in ENDED]


@router.get("/jobs/{job_id}", summary="One job", responses=responses(404))
def show_job(job_id: str, services: Opened) -> JobDocument:
    """The job with that id, which is the id of the meeting that it ingests."""
    return JobDocument.model_validate(services.ingests.get(job_id))


@router.post("/jobs/{job_id}/retry", status_code=202, summary="Try a failed job again", responses=responses(404, 409))
def retry_job(job_id: str, services: Opened) -> JobDocument:
    """Goes on where the job failed: what was transcribed stays."""
    return JobDocument.model_validate(services.ingests.retry(job_id))


@router.post("/jobs/{job_id}/cancel", status_code=202, summary="Stop a job", responses=responses(404, 409))
def cancel_job(job_id: str, services: Opened) -> JobDocument:
    """The job stops before its next step."""
    return JobDocument.model_validate(services.ingests.cancel(job_id))


@router.post("/reindex", status_code=202, summary="Rebuild the vectors from the transcripts")
def reindex(services: Opened) -> ReindexDocument:
    """Queues every stored meeting to be cut and embedded anew."""
    return ReindexDocument(meetings=services.reindex())
