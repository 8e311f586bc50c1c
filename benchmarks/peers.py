"""This product beside the plain recipe and LangChain's ensemble: same meetings, same questions, same machine.

Prints a Markdown table, or with `--json` one document. A hit is a result whose utterances overlap a gold span; evidence
of a peer is its results in order, as many as fit into the budget. Intervals are bootstrapped over meetings, and those
of a difference over the differences question by question.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.data import data_file
from benchmarks.filling import RecordingStore
from benchmarks.peer_systems import LangChainEnsemble, Peer, Place, PlainRecipe, Transcript, WordsOnly
from ingestion.domain import ChunkPoint
from ingestion.embedding.factory import open_embedder
from ingestion.evaluation.intervals import Grouped, figures
from ingestion.ports import Embedder
from ingestion.repository import TranscriptRepository
from ingestion.text.language import words
from retrieval.domain import Evidence, Line
from retrieval.evaluation.records import Question
from retrieval.evaluation.run import Plan, Scope, evaluate
from retrieval.evaluation.scoring import DEPTH, Scored, score, summary
from retrieval.service import RetrievalService
from server.cli.evaluating import throwaway_services
from server.services import Services

MINI_LM = "all-MiniLM-L6-v2"
OURS = "huimai"
DEFAULT_OF_LANGCHAIN = 4
WORDS = 1000
FIGURES = ("hit@1", "hit@5", "hit@10", "mrr", "hit@1000w", "span_recall@budget")
COSTS = ("words@5", "p50_ms", "p95_ms", "index_s", "chunks")
LABELS = {
    OURS: "Huimai",
    "plain": "1,000 characters, MiniLM",
    "langchain": "LangChain ensemble, as shipped (4 from each side)",
    "langchain_deep": "LangChain ensemble, 20 from each side",
    "bm25": "BM25 alone, Huimai's analyser",
}
NOTE = """\
A result of Huimai is a passage, a chunk or up to three side by side, and so holds more: `words@5` is the mean number of
words in the first five results. Like for like are `hit@1000w` and `span_recall@budget`. The first is a hit among the
first results that together have at most 1,000 words, where of a passage only its `best` chunk is read; the second is
what is packed into 2,000 words for an answer. MiniLM knows English only. LangChain's BM25 cuts text at spaces; its
vectors are Huimai's own in Qdrant in memory, so its `index_s` leaves embedding out, as that of BM25 does."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What this product has stored of the meetings."""

    points: Sequence[ChunkPoint]
    places: Sequence[Place]
    transcripts: Sequence[Transcript]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a system found for each question: the score, and the places, best first.

    `read` are the places again, each cut to what a reader sees first of it.
    """

    scored: Sequence[Scored]
    found: Sequence[Sequence[Place]]
    read: Sequence[Sequence[Place]]

    def values(self, figure: str) -> list[float]:
        """A figure of FIGURES for each question."""
        if figure == "hit@1000w":
            pairs = zip(self.scored, self.read, strict=True)
            return [float(_holds(one.question, within(places, WORDS))) for one, places in pairs]
        if figure == "mrr":
            return [1 / one.rank if one.rank else 0.0 for one in self.scored]
        if figure == "span_recall@budget":
            return [one.span_recall for one in self.scored]
        return [float(one.hit_at(int(figure.removeprefix("hit@")))) for one in self.scored]

    def by_words(self) -> dict[str, Any]:
        """hit@1000w with its interval, and words@5."""
        hits = zip(self.scored, self.values("hit@1000w"), strict=True)
        block = figures({"hit@1000w": [Grouped(one.question.gold[0].meeting, hit) for one, hit in hits]})
        read = sum(words(place.text) for places in self.found for place in places[:5])
        return {**block, "words@5": round(read / len(self.found))}


def main() -> None:
    """Ours first, since it stores what the others are built from."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=Path, help="JSON Lines, may be gzipped")
    parser.add_argument("--queries", type=Path, help="questions with gold spans")
    parser.add_argument("--scope", choices=("all", "project"), default="all")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    arguments = parser.parse_args()
    plan = Plan(
        arguments.meetings or data_file("qmsum_val.meetings.jsonl.gz"),
        arguments.queries or data_file("qmsum_val.queries.jsonl.gz"),
        Scope(arguments.scope),
    )
    with throwaway_services() as services:
        document = compare(plan, services)
    print(json.dumps(document, ensure_ascii=False, indent=1) if arguments.json else markdown(document))


def compare(plan: Plan, services: Services) -> dict[str, Any]:
    """Figures of every system; `huimai_minus` is this product's figure less the peer's."""
    _say(f"{OURS}: indexing and asking")
    embedder = services.embedder
    store = RecordingStore(services.home.folder / "compared", embedder.dimensions, embedder.model_id)
    deps = replace(services.ingestion_deps(), vectors=store)
    retrieval = RetrievalService(services.database, store, embedder, services.settings.retrieval)
    ours, scored = evaluate(plan, deps, retrieval)
    stored = _stored(services, store.points)
    found = [retrieval.search(one.question.text, plan.scope.where(one.question), DEPTH).results for one in scored]
    own = Asked(scored, [[_place(e) for e in of] for of in found], [[_place(_best(e)) for e in of] for of in found])
    systems: dict[str, Any] = {OURS: {**ours, **own.by_words()}}
    for name, build in _peers(stored, embedder, _mini_lm(services)).items():
        _say(f"{name}: indexing and asking")
        systems[name] = _measured(plan, build, own)
    return {"setup": ours["setup"], "systems": systems}


def markdown(document: dict[str, Any]) -> str:
    """Two tables: figures with their intervals, and what this product has more than each peer."""
    systems: dict[str, Any] = document["systems"]
    lines = [_row("", *FIGURES, *COSTS), _row(*["---"] * (1 + len(FIGURES) + len(COSTS)))]
    for name, of in systems.items():
        lines.append(_row(LABELS[name], *(_with_interval(of, figure) for figure in FIGURES), *(of[c] for c in COSTS)))
    lines += ["", _row("Huimai more than", *FIGURES), _row(*["---"] * (1 + len(FIGURES)))]
    for name, of in systems.items():
        if name != OURS:
            lines.append(_row(LABELS[name], *(_with_interval(of["huimai_minus"], figure) for figure in FIGURES)))
    return "\n".join([*lines, "", NOTE])


def _peers(stored: Stored, embedder: Embedder, mini_lm: Embedder) -> dict[str, Callable[[], tuple[Peer, int]]]:
    """By name, what builds the peer and says how many pieces it stores."""

    def plain() -> tuple[Peer, int]:
        peer = PlainRecipe(stored.transcripts, mini_lm)
        return peer, len(peer.places)

    def ensemble(**options: int) -> tuple[Peer, int]:
        vectors = [point.dense for point in stored.points]
        return LangChainEnsemble(stored.places, vectors, embedder, **options), len(stored.places)

    return {
        "plain": plain,
        "langchain": lambda: ensemble(each=DEFAULT_OF_LANGCHAIN),
        "langchain_deep": ensemble,
        "bm25": lambda: (WordsOnly(stored.places), len(stored.places)),
    }


def _measured(plan: Plan, build: Callable[[], tuple[Peer, int]], ours: Asked) -> dict[str, Any]:
    began = time.perf_counter()
    peer, pieces = build()
    questions = [one.question for one in ours.scored]
    for project in {_project(plan, question) for question in questions}:
        peer.search(questions[0].text, project)  # an index of a project is made when it is first asked
    index_s = time.perf_counter() - began
    scored, found = zip(*(_asked(plan, peer, question) for question in questions), strict=True)
    theirs = Asked(scored, found, found)
    less = {
        figure: [
            Grouped(question.gold[0].meeting, own - other)
            for question, own, other in zip(questions, ours.values(figure), theirs.values(figure), strict=True)
        ]
        for figure in FIGURES
    }
    return {**summary(scored, pieces, index_s), **theirs.by_words(), "huimai_minus": figures(less)}


def _asked(plan: Plan, peer: Peer, question: Question) -> tuple[Scored, list[Place]]:
    began = time.perf_counter()
    found = peer.search(question.text, _project(plan, question))
    took_ms = (time.perf_counter() - began) * 1000
    packed = within(found, plan.budget_words)
    results, read = ([_evidence(place) for place in places] for places in (found[:DEPTH], packed))
    return score(question, results, read, {}, took_ms), found


def _place(evidence: Evidence) -> Place:
    return Place(evidence.meeting_id, evidence.project, evidence.first, evidence.last, evidence.text)


def _best(evidence: Evidence) -> Evidence:
    """The chunk for which a passage stands where it does."""
    first, last = evidence.best or (evidence.first, evidence.last)
    return replace(evidence, lines=tuple(line for line in evidence.lines if first <= line.index <= last))


def within(places: Sequence[Place], budget_words: int) -> list[Place]:
    """The first places that together have at most so many words."""
    taken: list[Place] = []
    for place in places:
        budget_words -= words(place.text)
        if budget_words < 0:
            break
        taken.append(place)
    return taken


def _holds(question: Question, places: Sequence[Place]) -> bool:
    return any(question.answered_by(place.meeting, place.first, place.last) for place in places)


def _project(plan: Plan, question: Question) -> str | None:
    return question.project if plan.scope is Scope.PROJECT else None


def _evidence(place: Place) -> Evidence:
    lines = tuple(Line(index, None, None, None, "") for index in (place.first, place.last))
    return Evidence(place.meeting, "", place.project, date.min, lines, 0.0)


def _stored(services: Services, points: Sequence[ChunkPoint]) -> Stored:
    projects = {point.payload.meeting_id: point.payload.project for point in points}
    with services.database.session() as session:
        stored = TranscriptRepository(session)
        texts = {chunk.id: chunk.text for meeting_id in projects for chunk in stored.chunks(meeting_id)}
        transcripts = [
            Transcript(
                meeting_id,
                project,
                [(u.index, f"{u.speaker}: {u.text}") for u in stored.utterances(meeting_id) if u.text],
            )
            for meeting_id, project in projects.items()
        ]
    places = [
        Place(p.payload.meeting_id, p.payload.project, p.payload.first, p.payload.last, texts[p.id]) for p in points
    ]
    return Stored(points, places, transcripts)


def _mini_lm(services: Services) -> Embedder:
    models = services.models
    ingestion = services.settings.ingestion
    return open_embedder(
        lambda: models.path(MINI_LM),
        models.catalogue.get(MINI_LM),
        ingestion.embedding_threads,
        ingestion.embedding_batch,
    )


def _with_interval(of: dict[str, Any], figure: str) -> str:
    low, high = of[f"{figure}_ci"]
    return f"{of[figure]:.3f} [{low:.3f}, {high:.3f}]"


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
