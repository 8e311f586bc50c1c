"""The run of `huimai eval retrieval`: index meetings in a home of their own, ask every question, score the finds."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from ingestion.domain import Progress, SearchFilter
from ingestion.errors import BadInputError
from ingestion.pipeline import IngestionDeps, IngestionPipeline
from ingestion.registration import Registrar, Submission
from ingestion.search_repository import ChunkRange, SearchRepository
from retrieval.evaluation.records import Question, read_questions
from retrieval.evaluation.scoring import Scored, score, summary
from retrieval.service import RetrievalService
from retrieval.settings import RetrievalSettings

DEPTH = 10
"""Results looked at for each question."""

Report = Callable[[str, float], None]
"""Called with what is being done and the share of it done, 0..1."""


class Scope(StrEnum):
    """What each question is searched in: everything, its project, or its meeting."""

    ALL = "all"
    PROJECT = "project"
    MEETING = "meeting"

    def where(self, question: Question) -> SearchFilter:
        """The filter of a question."""
        if self is Scope.PROJECT:
            return SearchFilter(projects=(question.project,))
        if self is Scope.MEETING:
            return SearchFilter(meeting_ids=(question.meeting,))
        return SearchFilter()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is scored: the files, where each question is searched, and the size of the packed evidence in words."""

    meetings: Path
    queries: Path
    scope: Scope = Scope.ALL
    budget_words: int = 2000
    recipe: str | None = None


def evaluate(
    plan: Plan, deps: IngestionDeps, settings: RetrievalSettings, report: Report = lambda _what, _share: None
) -> tuple[dict[str, Any], int]:
    """The document of `huimai eval retrieval`, and how many questions were left out for want of spans.

    `deps` are those of an empty home, which is filled with the meetings. Raises BadInputError when a file cannot be
    read, names no project, or a question asks about a meeting that is not there.
    """
    questions, left_out = read_questions(plan.queries)
    began = time.perf_counter()
    index_meetings(plan.meetings, deps, lambda share: report("indexing", share))
    index_s = time.perf_counter() - began
    chunks = _chunks(deps)
    missing = {q.meeting for q in questions} - chunks.keys()
    if missing:
        raise BadInputError(
            f"{plan.queries.name} asks about the meeting '{min(missing)}', which {plan.meetings.name} does not have",
            "give the questions that belong to these meetings",
        )
    retrieval = RetrievalService(deps.database, deps.vectors, deps.embedder, settings)
    retrieval.search(questions[0].text, recipe=plan.recipe)  # a model is loaded at its first use
    scored: list[Scored] = []
    for done, question in enumerate(questions, start=1):
        scored.append(_ask(plan, retrieval, question, chunks[question.meeting]))
        report("asking", done / len(questions))
    return summary(scored, sum(map(len, chunks.values())), index_s), left_out


def index_meetings(path: Path, deps: IngestionDeps, progress: Progress) -> None:
    """Register a transcript file and take every meeting of it through the steps of an ingest."""
    with path.open("rb") as file:
        received = deps.media.receive(iter(lambda: file.read(1 << 20), b""), path.name, deps.settings.max_upload_bytes)
    registered = Registrar(deps.database, deps.media).register(received, Submission(path.name))
    pipeline = IngestionPipeline(deps)
    for done, meeting in enumerate(registered, start=1):
        pipeline.clean(meeting.meeting_id)
        pipeline.chunk(meeting.meeting_id)
        pipeline.index(meeting.meeting_id)
        pipeline.finish(meeting.meeting_id)
        progress(done / len(registered))


def _ask(plan: Plan, retrieval: RetrievalService, question: Question, chunks: list[ChunkRange]) -> Scored:
    where = plan.scope.where(question)
    found = retrieval.search(question.text, where, limit=DEPTH, recipe=plan.recipe)
    packed = retrieval.pack(question.text, where, plan.budget_words, recipe=plan.recipe)
    return score(question, found.results, packed, [(c.first, c.last) for c in chunks], found.took_ms)


def _chunks(deps: IngestionDeps) -> dict[str, list[ChunkRange]]:
    by_meeting: dict[str, list[ChunkRange]] = defaultdict(list)
    with deps.database.session() as session:
        for chunk in SearchRepository(session).chunk_ranges():
            by_meeting[chunk.meeting_id].append(chunk)
    return dict(by_meeting)
