"""The run of `huimai eval answers`: a series is ingested, its truth questions are asked, the answers are scored."""

from __future__ import annotations

import asyncio
import json
import time
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from agents.evaluation import ScoredAnswer, TruthQuestion, read_series, score_answer, summary
from agents.runner import AskRequest
from ingestion.domain import GlossaryEntry, SearchFilter, Stage
from ingestion.errors import BadInputError
from ingestion.registration import Submission
from ingestion.repository import ProjectRepository, TranscriptRepository
from server.services import Services

Source = Literal["transcript", "audio"]
Report = Callable[[str, float], None]

_SUFFIXES = {"transcript": ".vtt", "audio": ".m4a"}
_POLL_SECONDS = 0.2


def evaluate_answers(
    series: Path, source: Source, services: Services, report: Report = lambda _what, _share: None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The document of `huimai eval answers` for one series, and every question with its answer.

    `services` are those of an empty home. A `glossary.toml` in the folder is used, as its team would. Raises
    BadInputError when the folder is not a series or one of its meetings cannot be ingested.
    """
    questions = read_series(series)
    truth = json.loads((series / "truth.json").read_text("utf-8"))
    project, language = str(truth["project"]), str(truth["language"])
    _add_glossary(services, series / "glossary.toml", project)
    transcripts = _ingested(services, series, source, project, language, report)
    return asyncio.run(_asked(services, questions, project, transcripts, report))


def _add_glossary(services: Services, file: Path, project: str) -> None:
    with services.database.session() as session:
        projects = ProjectRepository(session)
        owner = projects.ensure(project)
        with suppress(FileNotFoundError):
            for term in tomllib.loads(file.read_text("utf-8"))["term"]:
                entry = GlossaryEntry(term["canonical"], tuple(term.get("aliases", ())), term.get("kind", "term"))
                projects.put_term(owner.id, entry)


def _ingested(
    services: Services, series: Path, source: Source, project: str, language: str, report: Report
) -> dict[str, str]:
    """The stored lines of each meeting by id, joined by line ends."""
    files = sorted(series.glob(f"????-??-??{_SUFFIXES[source]}"))
    if not files:
        raise BadInputError(f"{series} holds no <date>{_SUFFIXES[source]}", "name the folder of a series")
    for file in files:
        received = services.media.receive([file.read_bytes()], file.name, services.settings.ingestion.max_upload_bytes)
        services.register(received, Submission(file.name, project=project, language=language))
    while (ended := sum(job.stage in (Stage.READY, Stage.FAILED) for job in services.jobs())) < len(files):
        report("ingesting", ended / len(files))
        time.sleep(_POLL_SECONDS)
    failed = next((job for job in services.jobs() if job.stage == Stage.FAILED), None)
    if failed:
        raise BadInputError(f"{failed.title}: {failed.error}", failed.hint or "")
    with services.database.session() as session:
        stored = TranscriptRepository(session)
        return {job.id: "\n".join(line.text for line in stored.utterances(job.id)) for job in services.jobs()}


async def _asked(
    services: Services, questions: list[TruthQuestion], project: str, transcripts: dict[str, str], report: Report
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    scored: list[ScoredAnswer] = []
    asked: list[dict[str, Any]] = []
    runner = services.runner
    try:
        for done, question in enumerate(questions, start=1):
            request = AskRequest(question.question, SearchFilter(projects=(project,)))
            document = (await runner.answer(request)).to_json()
            scored.append(score_answer(question, document, transcripts))
            asked.append({"id": question.id, "kind": question.kind, "overlaps": scored[-1].overlaps, **document})
            report("asking", done / len(questions))
    finally:
        await runner.close()
    return summary(scored), asked
