"""Meetings in a home that is thrown away: a glossary, as a team has one, and ingests that are waited for."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from agents.ledger.service import ReadState
from ingestion.domain import GlossaryEntry, Stage
from ingestion.errors import BadInputError
from ingestion.registration import Submission
from ingestion.repository import ProjectRepository
from ingestion.text.glossary_file import read_glossary
from server.job_views import JobView
from server.services import Services

Report = Callable[[str, float], None]
"""Called with what is being done and the share of it done, 0..1."""

OpenServices = Callable[[], AbstractContextManager[Services]]
"""Opens the services of an empty home, which is gone afterwards."""

_POLL_SECONDS = 0.2
_RETRY = re.compile("(?:; then )?`huimai jobs retry .*")


def distinct_names(folders: Sequence[Path]) -> list[str]:
    """The folders' names. Raises BadInputError when two are called the same."""
    names = [folder.name for folder in folders]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise BadInputError(f"two series are called '{twice}'", "name every series once, by folders of different names")
    return names


def glossary_of(folder: Path) -> list[GlossaryEntry]:
    """The terms of a series' `glossary.toml`, none when there is no such file. Raises BadInputError."""
    file = folder / "glossary.toml"
    return read_glossary(file) if file.is_file() else []


def add_terms(services: Services, project: str, terms: Sequence[GlossaryEntry]) -> None:
    """Give a project these terms; the project is made if it is new."""
    with services.database.session() as session:
        projects = ProjectRepository(session)
        owner = projects.ensure(project)
        for term in terms:
            projects.put_term(owner.id, term)


def ingest(
    services: Services, files: Sequence[tuple[Path, str]], project: str, progress: Callable[[float], None]
) -> list[JobView]:
    """Ingest files, each given with its language, and wait. Returns for each file its job, ended well or not.

    Raises BadInputError for a file that is neither a recording nor a transcript.
    """
    ids: list[str] = []
    for file, language in files:
        received = services.media.receive([file.read_bytes()], file.name, services.settings.ingestion.max_upload_bytes)
        registered = services.register(received, Submission(file.name, project=project, language=language))
        ids += [one.meeting_id for one in registered]
    return wait(services, ids, progress)


def wait(
    services: Services, ids: Sequence[str], progress: Callable[[float], None] = lambda _share: None
) -> list[JobView]:
    """Wait until the ingests of these meetings have ended, at least one; returns their jobs, ended well or not."""
    while True:
        jobs = [services.ingests.get(meeting_id) for meeting_id in ids]
        progress(sum(map(_done, jobs)) / len(jobs))
        if all(job.stage in (Stage.READY, Stage.FAILED) for job in jobs):
            return jobs
        time.sleep(_POLL_SECONDS)


def wait_read(services: Services, project: str) -> None:
    """Wait until the meetings of a project are read into the ledger, or could not be."""
    while any(one.state is ReadState.READING for one in services.ledger.readings(project)):
        time.sleep(_POLL_SECONDS)


def failure(job: JobView) -> BadInputError:
    """The error to raise for an ingest that failed. The job is gone with its home, so nothing is said of retrying."""
    return BadInputError(f"{job.title}: {job.error}", _RETRY.sub("", job.hint or ""))


def _done(job: JobView) -> float:
    """The share of a job that is done; nearly all of its time is spent on transcription."""
    if job.stage in (Stage.READY, Stage.FAILED):
        return 1.0
    return job.progress if job.stage == Stage.TRANSCRIBE else 0.0
