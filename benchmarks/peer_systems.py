"""What others do with the same meetings: each a class that is built over them and ranks places for a question.

LangChain's classes are used as they are. Peers are asked for more results than their users ask for (5 and 4), because
hit@10 and a budget of 2,000 words need them; `LangChainEnsemble` is also built with its default of 4 from each side.
"""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ingestion.ports import Embedder
from ingestion.text.terms import terms

if TYPE_CHECKING:
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever

DEPTH = 20
"""Results asked for; of about 180 words each they are more than any budget here."""
CHARACTERS, OVERLAP = 1000, 200
"""What LangChain's tutorials cut text into."""


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of a meeting as a peer stores it: its text, and the utterances first..last that it touches.

    An utterance that is cut belongs to both pieces, which favours the peer.
    """

    meeting: str
    project: str
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A meeting's lines that say something, as (index of the utterance, "speaker: words")."""

    id: str
    project: str
    lines: Sequence[tuple[int, str]]


class Peer(Protocol):
    """A way to find."""

    def search(self, question: str, project: str | None) -> list[Place]:
        """At most DEPTH places, best first, of one project or of all."""
        ...


class PlainRecipe:
    """Pieces of a fixed number of characters, all-MiniLM-L6-v2, cosine."""

    def __init__(self, transcripts: Sequence[Transcript], embedder: Embedder) -> None:
        self._embedder = embedder
        self.places = [place for transcript in transcripts for place in character_chunks(transcript)]
        self._projects = np.array([place.project for place in self.places])
        self._vectors = embedder.embed_passages([place.text for place in self.places])

    def search(self, question: str, project: str | None) -> list[Place]:
        scores = self._vectors @ self._embedder.embed_query(question)
        if project is not None:
            scores[self._projects != project] = -np.inf
        best = np.argsort(-scores)[:DEPTH]
        return [self.places[at] for at in best if scores[at] > -np.inf]


class LangChainEnsemble:
    """EnsembleRetriever with its default weights over BM25Retriever and a Qdrant collection with given vectors."""

    def __init__(
        self, places: Sequence[Place], vectors: Sequence[Sequence[float]], embedder: Embedder, each: int = DEPTH
    ) -> None:
        """`vectors` has a unit vector for each place. `each` results are taken from either side."""
        from langchain_qdrant import QdrantVectorStore
        from qdrant_client import QdrantClient, models

        self._places, self._each = places, each
        client = QdrantClient(":memory:")
        size = len(vectors[0])
        client.create_collection("peers", models.VectorParams(size=size, distance=models.Distance.COSINE))
        points = [
            models.PointStruct(id=at, vector=list(vector), payload=_payload(at, place))
            for at, (place, vector) in enumerate(zip(places, vectors, strict=True))
        ]
        client.upload_points("peers", points)
        self._store = QdrantVectorStore(client, "peers", _query_embeddings(embedder), validate_collection_config=False)
        self._retrievers: dict[str | None, BaseRetriever] = {}

    def search(self, question: str, project: str | None) -> list[Place]:
        if project not in self._retrievers:
            self._retrievers[project] = self._ensemble(project)
        return _places(self._places, self._retrievers[project].invoke(question))

    def _ensemble(self, project: str | None) -> BaseRetriever:
        from langchain_classic.retrievers import EnsembleRetriever
        from qdrant_client import models

        options: dict[str, Any] = {"k": self._each}
        if project is not None:
            condition = models.FieldCondition(key="metadata.project", match=models.MatchValue(value=project))
            options["filter"] = models.Filter(must=[condition])
        near = self._store.as_retriever(search_kwargs=options)
        return EnsembleRetriever(retrievers=[_bm25(self._places, project, self._each), near], weights=[0.5, 0.5])


class WordsOnly:
    """Okapi BM25 with the analyser of this product (stems, Chinese words) and nothing else."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._retrievers: dict[str | None, BaseRetriever] = {}

    def search(self, question: str, project: str | None) -> list[Place]:
        if project not in self._retrievers:
            self._retrievers[project] = _bm25(self._places, project, DEPTH, preprocess_func=_terms)
        return _places(self._places, self._retrievers[project].invoke(question))


def character_chunks(transcript: Transcript) -> list[Place]:
    """A transcript cut by LangChain's splitter, each piece mapped back to the utterances that it touches."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    texts = [text for _, text in transcript.lines]
    starts = [0, *accumulate(len(text) + 1 for text in texts)][:-1]
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=OVERLAP, add_start_index=True)
    places: list[Place] = []
    for piece in splitter.create_documents(["\n".join(texts)]):
        start = int(piece.metadata["start_index"])
        ends = start, start + len(piece.page_content) - 1
        first, last = (transcript.lines[bisect_right(starts, at) - 1][0] for at in ends)
        places.append(Place(transcript.id, transcript.project, first, last, piece.page_content))
    return places


def _bm25(places: Sequence[Place], project: str | None, most: int, **options: Any) -> BaseRetriever:
    """LangChain's BM25 over the places of a project, or all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from langchain_community.retrievers import BM25Retriever
    mine = [(at, place) for at, place in enumerate(places) if project in (None, place.project)]
    texts = [place.text for _, place in mine]
    return BM25Retriever.from_texts(texts, metadatas=[_metadata(at, place) for at, place in mine], k=most, **options)


def _terms(text: str) -> list[str]:
    return list(terms(text))


def _metadata(at: int, place: Place) -> dict[str, Any]:
    return {"at": at, "project": place.project}


def _payload(at: int, place: Place) -> dict[str, Any]:
    return {"page_content": place.text, "metadata": _metadata(at, place)}


def _places(places: Sequence[Place], found: Sequence[Document]) -> list[Place]:
    return [places[document.metadata["at"]] for document in found]


def _query_embeddings(embedder: Embedder) -> Any:
    """The embedder as LangChain wants one. Passages are not asked for: their vectors are given."""
    from langchain_core.embeddings import Embeddings

    class _Embeddings(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return embedder.embed_passages(texts).tolist()

        def embed_query(self, text: str) -> list[float]:
            return embedder.embed_query(text).tolist()

    return _Embeddings()
