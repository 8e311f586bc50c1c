"""The run of `huimai eval answers`: series are ingested, their truth questions are asked, the answers are scored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from agents.evaluation.records import Series, TruthQuestion, read_series
from agents.evaluation.scoring import ScoredAnswer, score_answer, summary
from agents.runner import AskRequest
from ingestion.domain import SearchFilter, Stage
from ingestion.errors import BadInputError
from ingestion.repository import TranscriptRepository
from server.evaluation.meetings import (
    OpenServices,
    Report,
    add_terms,
    distinct_names,
    failure,
    glossary_of,
    ingest,
    wait_read,
)
from server.services import Services

Source = Literal["transcript", "audio"]

_SUFFIXES = {"transcript": ".vtt", "audio": ".m4a"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A truth question with the answer document that it got, and its score."""

    question: TruthQuestion
    answer: dict[str, Any]
    scored: ScoredAnswer

    def to_json(self) -> dict[str, Any]:
        """The question's line of the details."""
        return {
            "series": self.question.series,
            "id": self.question.id,
            "kind": self.question.kind,
            "contains": self.scored.contains,
            "breaks": self.scored.breaks,
            "superseded_as_current": self.scored.stale,
            "overlaps": self.scored.overlaps,
            **self.answer,
        }


def evaluate_answers(
    folders: Sequence[Path], source: Source, open_services: OpenServices, report: Report = lambda _what, _share: None
) -> tuple[dict[str, Any], list[Asked]]:
    """The document of `huimai eval answers`, and every question with its answer; each series has a home of its own.

    A `glossary.toml` in a folder is used, as its team would. Raises BadInputError, before anything is asked, when a
    folder is not a series or lacks a meeting, and when a meeting cannot be ingested.
    """
    names = distinct_names(folders)
    found = [(read_series(folder), _meetings(folder, source), glossary_of(folder)) for folder in folders]
    asked: list[Asked] = []
    setup: dict[str, Any] = {}
    for number, (series, files, terms) in enumerate(found):
        with open_services() as services:
            run = _Run(services, series, lambda what, share, n=number: report(what, (n + share) / len(folders)))
            add_terms(services, series.project, terms)
            transcripts = run.ingested(files)
            asked += asyncio.run(run.asked(transcripts))
            setup = _setup(services, source)
    models = sorted({one.answer["model"] or "none" for one in asked})
    document = {
        **summary([one.scored for one in asked]),
        "meetings": sum(len(files) for _, files, _ in found),
        "setup": {"series": names, **setup, "chat_models": models},
    }
    return document, asked


def _meetings(folder: Path, source: Source) -> list[Path]:
    """The files of a series' meetings."""
    suffix = _SUFFIXES[source]
    files = sorted(folder.glob(f"????-??-??{suffix}"))
    dated = {path.name[:10] for path in folder.glob("????-??-??.truth.json")}
    if missing := sorted(dated - {file.stem for file in files}) or ([] if files else ["<date>"]):
        raise BadInputError(f"{folder.name} has no {missing[0]}{suffix}", "name the folder of a whole series")
    return files


def _setup(services: Services, source: Source) -> dict[str, Any]:
    settings = services.settings
    return {
        "source": source,
        "recipe": settings.retrieval.default_recipe,
        "embedding_model": services.embedder.model_id,
        **({"speech_model": settings.ingestion.speech_model} if source == "audio" else {}),
    }


class _Run:
    """One series in the services of an empty home."""

    def __init__(self, services: Services, series: Series, report: Report) -> None:
        self._services, self._series, self._report = services, series, report

    def ingested(self, files: Sequence[Path]) -> dict[str, str]:
        """The stored lines of each meeting by id, joined by line ends."""
        services, series = self._services, self._series
        pairs = [(file, series.language) for file in files]
        jobs = ingest(services, pairs, series.project, lambda share: self._report("ingesting", share / 2))
        for job in jobs:
            if job.stage == Stage.FAILED:
                raise failure(job)
        wait_read(services, series.project)
        with services.database.session() as session:
            stored = TranscriptRepository(session)
            return {job.id: "\n".join(line.text for line in stored.utterances(job.id)) for job in jobs}

    async def asked(self, transcripts: dict[str, str]) -> list[Asked]:
        """Every question of the series with its answer."""
        where, questions = SearchFilter(projects=(self._series.project,)), self._series.questions
        runner = self._services.runner
        asked: list[Asked] = []
        try:
            for done, question in enumerate(questions, start=1):
                document = (await runner.answer(AskRequest(question.question, where))).to_json()
                scored = score_answer(question, document, transcripts)
                asked.append(Asked(question, document, scored))
                self._report("asking", 0.5 + done / len(questions) / 2)
        finally:
            await runner.close()
        return asked
