"""The front door of retrieval: a question and filters to ranked, packed evidence. Blocking: call it from a thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingestion.database import Database
from ingestion.domain import SearchFilter, Stage
from ingestion.errors import BadInputError
from ingestion.outbound import PrivacyError
from ingestion.ports import Embedder, VectorStore
from ingestion.private import about_scope
from ingestion.search_repository import MeetingHead, SearchRepository, UtteranceLine
from ingestion.text.fillers import carrying
from ingestion.text.language import detect_language
from ingestion.text.sparse import query_vector
from retrieval.domain import Coverage, Evidence, Line, SearchResult
from retrieval.fusion import by_meaning, by_words, fuse
from retrieval.nearness import with_cosines
from retrieval.pack import grow, runs, said, take_lines, take_whole
from retrieval.passages import MOST_CHUNKS, Find, best_in, passages, raised
from retrieval.ports import Reranker
from retrieval.query import focus
from retrieval.recipes import SPARSE, Recipe, recipe_named
from retrieval.rerank.order import Reordering
from retrieval.settings import RetrievalSettings

logger = logging.getLogger(__name__)

EVERYTHING = SearchFilter()


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked, the recipe that is followed, and the vector of it where that searches by meaning."""

    text: str
    recipe: Recipe
    vector: list[float]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Packed evidence in the order of time, and what was searched and read to get it.

    `related` is false when no line is near enough in meaning to have to do with the question.
    """

    evidence: tuple[Evidence, ...]
    coverage: Coverage
    related: bool = True


class RetrievalService:
    """Finds and packs evidence. Safe to call from several threads."""

    def __init__(
        self,
        database: Database,
        store: VectorStore,
        embedder: Embedder,
        settings: RetrievalSettings,
        reranker: Reranker | None = None,
    ) -> None:
        self._database = database
        self._store = store
        self._embedder = embedder
        self._settings = settings
        self._asked: tuple[str, list[float]] = ("", [])
        self._reordering = Reordering(reranker)

    def search(
        self, query: str, where: SearchFilter = EVERYTHING, limit: int = 10, recipe: str | None = None
    ) -> SearchResult:
        """The best passages, best first, each as one piece of evidence: a chunk, or some that were found side by side.

        `recipe` is a name of `recipes.RECIPES`, null for the default; the result names the one that was followed, which
        is the plain one of a reranking recipe where a remote reranker may not read a private project in scope, and the
        one by words alone where a remote embedding server may not be told the question for the same reason. Raises
        BadInputError for an unknown recipe or an empty query, NotFoundError for an unknown project or meeting,
        ModelMissingError without the embedding model. What `Reranker.rerank` raises is raised for a `recipe` that was
        given, and logged for the default, which then is the plain one.
        """
        began = time.perf_counter()
        with self._database.session() as session:
            repository = SearchRepository(session)
            repository.require(where)
            question = self._question(repository, recipe, query, where)
            chosen = question.recipe
            ranked = self._rank(question, where, max(limit, chosen.candidates))
            finds = raised(_located(repository, ranked))
            read = finds[: max(MOST_CHUNKS * limit, self._settings.rerank_candidates)]
            ordered = self._reordering.order(repository, chosen, query, where, read, must=recipe is not None)
            # the worse half was found for want of better: it says nothing of what it lies beside
            found = _evidence(repository, passages(ordered or finds, limit, joining=len(finds) // 2))
            evidence = [replace(one, best=best_in(one, ordered or finds)) for one in found]
        followed = chosen.plain or chosen.name if ordered is None else chosen.name
        took_ms = (time.perf_counter() - began) * 1000
        return SearchResult(query=query, results=tuple(evidence), took_ms=took_ms, recipe=followed)

    def pack(
        self, query: str, where: SearchFilter = EVERYTHING, budget_words: int = 2000, recipe: str | None = None
    ) -> tuple[Evidence, ...]:
        """Evidence of at most `budget_words` words grown around the best finds, by date, meeting and place in it.

        Each piece is a run of consecutive utterances without the fillers among them; no utterance stands in two. When
        no line fits, the first of the best chunk is the evidence. Raises as `search` does.
        """
        with self._database.session() as session:
            repository = SearchRepository(session)
            repository.require(where)
            question = self._question(repository, recipe, query, where)
            chosen = question.recipe
            finds = _located(repository, self._rank(question, where, chosen.candidates))
            best = finds[: self._settings.rerank_candidates]
            ordered = self._reordering.order(repository, chosen, query, where, best, must=recipe is not None)
            evidence = _evidence(repository, _packed(repository, query, ordered or finds, budget_words))
        told = (replace(one, lines=tuple(carrying(one.lines))) for one in evidence)
        return tuple(sorted(told, key=lambda e: (e.date, e.meeting_id, e.first)))

    def gather(
        self, query: str, where: SearchFilter = EVERYTHING, budget_words: int = 2000, recipe: str | None = None
    ) -> Gathered:
        """`pack`, its lines compared with the question, and what it stands on. A meeting is read when a line of it is
        in the evidence."""
        evidence = self.pack(query, where, budget_words, recipe)
        meetings = {e.meeting_id for e in evidence}
        coverage = self.coverage(where, read=len(meetings))
        with self._database.session() as session:
            repository = SearchRepository(session)
            question = self._question(repository, recipe, query, where)
            if not question.recipe.dense:
                return Gathered(evidence, coverage)
            places = repository.chunk_ranges(meetings)
        evidence = with_cosines(evidence, places, self._store, question.vector)
        least = self._embedder.unrelated_below(detect_language(query))
        nearest = max((line.cosine for e in evidence for line in e.lines if line.cosine is not None), default=1.0)
        return Gathered(evidence, coverage, nearest >= least)

    def quote(self, places: Iterable[tuple[str, int, int]]) -> dict[tuple[str, int, int], Evidence]:
        """What was said at each place, a meeting with its first and last line; a place of which nothing is left is
        missing."""
        wanted = list(dict.fromkeys(places))
        with self._database.session() as session:
            repository = SearchRepository(session)
            heads = repository.heads(meeting_id for meeting_id, _, _ in wanted)
            by_meeting = _by_meeting(repository.lines(wanted))
        found = {place: _said_at(place, heads, by_meeting) for place in wanted}
        return {place: evidence for place, evidence in found.items() if evidence}

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

    def _question(self, repository: SearchRepository, recipe: str | None, query: str, where: SearchFilter) -> _Question:
        """The question with the recipe that is named or the default, or with that by words alone where it may not be
        told to the embedding server (see `ingestion.outbound`)."""
        chosen = recipe_named(recipe or self._settings.default_recipe)
        if not query.strip():
            raise BadInputError("the query is empty", "say what to look for")
        if not chosen.dense:
            return _Question(query, chosen, [])
        try:
            with about_scope(repository, where):
                return _Question(query, chosen, self._vector(query))
        except PrivacyError as error:
            logger.info("searched by words alone: %s", error.message)
            return _Question(query, SPARSE, [])

    def _rank(self, question: _Question, where: SearchFilter, limit: int) -> list[tuple[str, float]]:
        """Chunk ids with their scores, best first, `limit` from each search."""
        recipe, dense = question.recipe, question.vector
        sparse = query_vector(focus(question.text))
        if not recipe.dense:
            searches = [by_words(recipe.sparse, self._store.search_sparse(sparse, where, limit), limit)]
            return fuse(recipe.fusion, searches)
        if not recipe.sparse:
            return fuse(recipe.fusion, [by_meaning(recipe.dense, self._store.search_dense(dense, where, limit))])
        near, worded = self._store.search_hybrid(dense, sparse, where, limit)
        return fuse(recipe.fusion, [by_meaning(recipe.dense, near), by_words(recipe.sparse, worded, limit)])

    def _vector(self, query: str) -> list[float]:
        """The query's vector. The last one is kept: a question is first searched for, then compared with lines."""
        asked, vector = self._asked
        if asked != query:
            vector = self._embedder.embed_query(query).tolist()
            self._asked = query, vector
        return vector


def _located(repository: SearchRepository, ranked: Sequence[tuple[str, float]]) -> list[Find]:
    """Where ranked chunks lie; what was deleted since it was indexed is left out."""
    places = repository.places(id for id, _ in ranked)
    return [(places[id].meeting_id, places[id].first, places[id].last, score) for id, score in ranked if id in places]


def _packed(repository: SearchRepository, query: str, finds: Sequence[Find], budget: int) -> list[Find]:
    """Runs of utterances that fill the budget."""
    places = repository.chunk_ranges({meeting_id for meeting_id, *_ in finds})
    grown = grow(places, {(meeting_id, first): score for meeting_id, first, _, score in finds})
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
        if not chosen:
            # a line is never split: one that is longer than the budget is better than nothing
            chosen[place.meeting_id, place.first] = score
    return runs(chosen)


def _evidence(repository: SearchRepository, found: Sequence[Find]) -> list[Evidence]:
    """Each range as evidence, in the order given."""
    heads = repository.heads(meeting_id for meeting_id, *_ in found)
    by_meeting = _by_meeting(repository.lines((meeting_id, first, last) for meeting_id, first, last, _ in found))
    said = ((_said_at((meeting_id, first, last), heads, by_meeting), score) for meeting_id, first, last, score in found)
    return [replace(evidence, score=score) for evidence, score in said if evidence]


def _said_at(
    place: tuple[str, int, int], heads: Mapping[str, MeetingHead], by_meeting: Mapping[str, Sequence[Line]]
) -> Evidence | None:
    meeting_id, first, last = place
    head = heads.get(meeting_id)
    lines = tuple(line for line in by_meeting.get(meeting_id, ()) if first <= line.index <= last)
    return Evidence(meeting_id, head.title, head.project, head.date, lines, 0.0) if head and lines else None


def _by_meeting(lines: Iterable[UtteranceLine]) -> dict[str, list[Line]]:
    """Lines that say something, by meeting."""
    return {
        meeting_id: [Line(u.index, u.speaker, u.start, u.end, u.text) for u in group if u.text]
        for meeting_id, group in groupby(lines, key=lambda line: line.meeting_id)
    }
