"""The run of `huimai eval retrieval`: index meetings in a home of their own, ask every question, score the finds."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from ingestion.domain import Progress, SearchFilter
from ingestion.errors import BadInputError
from ingestion.pipeline import IngestionPipeline
from ingestion.registration import Registrar, Submission
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.search_repository import SearchRepository
from ingestion.steps import IngestionDeps
from retrieval.evaluation.records import Question, read_questions
from retrieval.evaluation.scoring import DEPTH, Scored, score, summary
from retrieval.recipes import recipe_named
from retrieval.service import RetrievalService

Report = Callable[[str, float], None]
"""Called with what is being done and the share of it done, 0..1."""

_FIT = "give the questions that belong to these meetings"


class Scope(StrEnum):
    """What each question is searched in: everything, its project, or the meetings where its answer stands."""

    ALL = "all"
    PROJECT = "project"
    MEETING = "meeting"

    def where(self, question: Question) -> SearchFilter:
        """The filter of a question."""
        if self is Scope.PROJECT:
            return SearchFilter(projects=(question.project,))
        if self is Scope.MEETING:
            return SearchFilter(meeting_ids=tuple(question.utterances))
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
    plan: Plan, deps: IngestionDeps, retrieval: RetrievalService, report: Report = lambda _what, _share: None
) -> tuple[dict[str, Any], list[Scored]]:
    """The document of `huimai eval retrieval`, and every question with its score.

    `deps` and `retrieval` are those of an empty home, which is filled with the meetings. Raises BadInputError when a
    file cannot be read, names no project, or a question asks about lines that are not there; NotFoundError when a
    question is to be searched in a project that is not there.
    """
    if plan.recipe:
        recipe_named(plan.recipe)
    questions, left_out = read_questions(plan.queries)
    began = time.perf_counter()
    meetings = _registered(plan.meetings, deps)
    _check(plan, deps, questions)
    _take_in(meetings, deps, lambda share: report("indexing", share))
    index_s = time.perf_counter() - began
    chunks = _chunks(deps)
    recipe = retrieval.search(questions[0].text, recipe=plan.recipe).recipe  # a model is loaded at its first use
    scored: list[Scored] = []
    for done, question in enumerate(questions, start=1):
        where = plan.scope.where(question)
        found = retrieval.search(question.text, where, limit=DEPTH, recipe=recipe)
        packed = retrieval.pack(question.text, where, plan.budget_words, recipe=recipe)
        scored.append(score(question, found.results, packed, chunks, found.took_ms))
        report("asking", done / len(questions))
    setup = {
        "meetings_file": plan.meetings.name,
        "queries_file": plan.queries.name,
        "scope": plan.scope.value,
        "budget_words": plan.budget_words,
        "recipe": recipe,
        "embedding_model": deps.embedder.model_id,
    }
    counts = {"meetings": len(meetings), "left_out": left_out}
    return {**summary(scored, sum(map(len, chunks.values())), index_s), **counts, "setup": setup}, scored


def _registered(path: Path, deps: IngestionDeps) -> list[str]:
    """The ids of the file's meetings, which are stored but not yet searchable."""
    with path.open("rb") as file:
        received = deps.media.receive(iter(lambda: file.read(1 << 20), b""), path.name, deps.settings.max_upload_bytes)
    registered = Registrar(deps.database, deps.media).register(received, Submission(path.name))
    return [new.meeting_id for new in registered if not new.duplicate]


def _take_in(meetings: Sequence[str], deps: IngestionDeps, progress: Progress) -> None:
    """The steps of an ingest for every meeting."""
    pipeline = IngestionPipeline(deps)
    for done, meeting_id in enumerate(meetings, start=1):
        pipeline.clean(meeting_id)
        pipeline.chunk(meeting_id)
        pipeline.index(meeting_id)
        pipeline.finish(meeting_id)
        progress(done / len(meetings))


def _check(plan: Plan, deps: IngestionDeps, questions: Sequence[Question]) -> None:
    """Whether the meetings have every line and project that the questions name, before hours go into indexing."""
    last: dict[str, int] = {}
    for question in questions:
        for gold in question.gold:
            last[gold.meeting] = max(gold.last, last.get(gold.meeting, 0))
    with deps.database.session() as session:
        meetings, transcripts = MeetingRepository(session), TranscriptRepository(session)
        for meeting_id, index in last.items():
            if meetings.find(meeting_id) is None:
                raise BadInputError(
                    f"{plan.queries.name} asks about the meeting '{meeting_id}', which {plan.meetings.name} "
                    "does not have",
                    _FIT,
                )
            if index >= (lines := len(transcripts.source_lines(meeting_id))):
                raise BadInputError(
                    f"{plan.queries.name} points at utterance {index} of '{meeting_id}', which has {lines} of them, "
                    "counted from 0",
                    _FIT,
                )
        if plan.scope is Scope.PROJECT:
            for project in {question.project for question in questions}:
                ProjectRepository(session).named(project)


def _chunks(deps: IngestionDeps) -> dict[str, list[tuple[int, int]]]:
    by_meeting: dict[str, list[tuple[int, int]]] = defaultdict(list)
    with deps.database.session() as session:
        for chunk in SearchRepository(session).chunk_ranges():
            by_meeting[chunk.meeting_id].append((chunk.first, chunk.last))
    return dict(by_meeting)
