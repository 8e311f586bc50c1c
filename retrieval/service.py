"""The front door of retrieval: a question and filters to ranked, packed evidence. Blocking: call it from a thread."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingestion.database import Database
from ingestion.domain import ChunkPayload, SearchFilter, Stage
from ingestion.errors import BadInputError
from ingestion.ports import Embedder, VectorStore
from ingestion.search_repository import SearchRepository, UtteranceLine
from ingestion.text.sparse import query_vector
from retrieval.domain import Coverage, Evidence, Line, SearchResult
from retrieval.fusion import fuse
from retrieval.pack import grow, runs, said, take_lines, take_whole
from retrieval.query import focus
from retrieval.recipes import Recipe, recipe_named
from retrieval.settings import RetrievalSettings

EVERYTHING = SearchFilter()


@dataclass(frozen=True, slots=True)
class Gathered:
    """Packed evidence in the order of time, and what was searched and read to get it."""

    evidence: tuple[Evidence, ...]
    coverage: Coverage


class RetrievalService:
    """Finds and packs evidence. Safe to call from several threads."""

    def __init__(self, database: Database, store: VectorStore, embedder: Embedder, settings: RetrievalSettings) -> None:
        self._database = database
        self._store = store
        self._embedder = embedder
        self._settings = settings

    def search(
        self, query: str, where: SearchFilter = EVERYTHING, limit: int = 10, recipe: str | None = None
    ) -> SearchResult:
        """The best chunks, best first, each as one piece of evidence.

        `recipe` is a name of `recipes.RECIPES`, null for the default. Raises BadInputError for an unknown recipe or an
        empty query, NotFoundError for an unknown project or meeting, ModelMissingError without the embedding model.
        """
        began = time.perf_counter()
        chosen = self._recipe(recipe)
        with self._database.session() as session:
            repository = SearchRepository(session)
            repository.require(where)
            ranked = self._rank(chosen, query, where, max(limit, chosen.candidates))[:limit]
            found = [(hit.meeting_id, hit.first, hit.last, score) for hit, score in ranked]
            evidence = _evidence(repository, found)
        took_ms = (time.perf_counter() - began) * 1000
        return SearchResult(query=query, results=tuple(evidence), took_ms=took_ms, recipe=chosen.name)

    def pack(
        self, query: str, where: SearchFilter = EVERYTHING, budget_words: int = 2000, recipe: str | None = None
    ) -> tuple[Evidence, ...]:
        """Evidence of at most `budget_words` words grown around the best finds, by date, meeting and place in it.

        Each piece is a run of consecutive utterances; no utterance stands in two. Raises as `search` does.
        """
        chosen = self._recipe(recipe)
        with self._database.session() as session:
            repository = SearchRepository(session)
            repository.require(where)
            ranked = self._rank(chosen, query, where, chosen.candidates)[: self._settings.pack_candidates]
            evidence = _evidence(repository, _packed(repository, query, ranked, budget_words))
        return tuple(sorted(evidence, key=lambda e: (e.date, e.meeting_id, e.first)))

    def gather(
        self, query: str, where: SearchFilter = EVERYTHING, budget_words: int = 2000, recipe: str | None = None
    ) -> Gathered:
        """`pack`, with what it stands on. A meeting is read when a line of it is in the evidence."""
        evidence = self.pack(query, where, budget_words, recipe)
        return Gathered(evidence, self.coverage(where, read=len({e.meeting_id for e in evidence})))

    def coverage(self, where: SearchFilter = EVERYTHING, read: int = 0) -> Coverage:
        """How many meetings match and were searched, and which of them failed. Raises NotFoundError as `search`."""
        with self._database.session() as session:
            repository = SearchRepository(session)
            repository.require(where)
            stages = repository.stages(where)
        return Coverage(
            in_scope=len(stages),
            searched=sum(stage is Stage.READY for _, stage in stages),
            read=read,
            failed=tuple(id for id, stage in stages if stage is Stage.FAILED),
        )

    def _recipe(self, name: str | None) -> Recipe:
        return recipe_named(name or self._settings.default_recipe)

    def _rank(
        self, recipe: Recipe, query: str, where: SearchFilter, candidates: int
    ) -> list[tuple[ChunkPayload, float]]:
        if not query.strip():
            raise BadInputError("the query is empty", "say what to look for")
        sparse = query_vector(focus(query))
        if not recipe.dense:
            return fuse(recipe, [], self._store.search_sparse(sparse, where, candidates), query)
        dense = self._embedder.embed_query(query).tolist()
        if not recipe.sparse:
            return fuse(recipe, self._store.search_dense(dense, where, candidates), [], query)
        return fuse(recipe, *self._store.search_hybrid(dense, sparse, where, candidates), query)


def _packed(
    repository: SearchRepository, query: str, ranked: Sequence[tuple[ChunkPayload, float]], budget: int
) -> list[tuple[str, int, int, float]]:
    """Runs of utterances that fill the budget: (meeting, first, last, score)."""
    places = repository.chunk_ranges({hit.meeting_id for hit, _ in ranked})
    grown = grow(places, {(hit.meeting_id, hit.first): score for hit, score in ranked})
    taken, next_one = take_whole(grown, budget)
    chosen = {
        (place.meeting_id, index): score for place, score in taken for index in range(place.first, place.last + 1)
    }
    if next_one is not None:
        place, score = next_one
        lines = repository.lines([(place.meeting_id, place.first, place.last)])
        left = budget - sum(place.words for place, _ in taken)
        for index in take_lines([said(line.index, line.speaker, line.text) for line in lines], focus(query), left):
            chosen[place.meeting_id, index] = score
    return runs(chosen)


def _evidence(repository: SearchRepository, found: Sequence[tuple[str, int, int, float]]) -> list[Evidence]:
    """Each range as evidence, in the order given; what was deleted since it was indexed is left out."""
    heads = repository.heads(meeting_id for meeting_id, *_ in found)
    by_meeting = _by_meeting(repository.lines((meeting_id, first, last) for meeting_id, first, last, _ in found))
    evidence: list[Evidence] = []
    for meeting_id, first, last, score in found:
        head = heads.get(meeting_id)
        lines = tuple(line for line in by_meeting.get(meeting_id, ()) if first <= line.index <= last)
        if head and lines:
            evidence.append(Evidence(meeting_id, head.title, head.project, head.date, lines, score))
    return evidence


def _by_meeting(lines: Iterable[UtteranceLine]) -> dict[str, list[Line]]:
    """Lines that say something, by meeting."""
    return {
        meeting_id: [Line(u.index, u.speaker, u.start, u.end, u.text) for u in group if u.text]
        for meeting_id, group in groupby(lines, key=lambda line: line.meeting_id)
    }
