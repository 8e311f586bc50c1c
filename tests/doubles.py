"""Small honest stand-ins for the collaborators that need a model."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingestion.domain import Progress, Span, SpokenSegment
from ingestion.outbound import Outbound
from ingestion.speakers.domain import HeardVoice, SpeakerTurn


class HashEmbedder:
    """An Embedder in which texts are near that share words or pairs of Chinese characters.

    Every term adds 1 or -1 to one place of the vector, both chosen by the term's CRC-32.
    """

    def __init__(self, dimensions: int = 384, model_id: str = "hash-embedder") -> None:
        self._dimensions = dimensions
        self._model_id = model_id

    @property
    def model_id(self) -> str:
        return self._model_id

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [self.embed_query(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, self._dimensions), np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self._dimensions, np.float32)
        for term in ["", *_terms(text)]:
            code = zlib.crc32(term.encode())
            vector[code % self._dimensions] += 1 if code & (1 << 31) else -1
        length = np.linalg.norm(vector)
        if not length:
            vector[0] = length = 1
        return vector / np.float32(length)

    def unrelated_below(self, language: str) -> float:
        return -1.0

    def prepare(self) -> None:
        pass

    def unload(self) -> None:
        pass


class RemoteEmbedder(HashEmbedder):
    """A HashEmbedder as if behind a server on another machine. Remembers what it was told."""

    def __init__(self, *, offline: bool = False) -> None:
        super().__init__()
        self.told: list[str] = []
        self._outbound = Outbound(offline)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self._outbound.require("the embedding server", remote=True)
        self.told += texts
        rows = [super(RemoteEmbedder, self).embed_query(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, self.dimensions), np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        self._outbound.require("the embedding server", remote=True)
        self.told.append(text)
        return super().embed_query(text)


def _terms(text: str) -> list[str]:
    """Words, Chinese characters and overlapping pairs of them."""
    terms: list[str] = []
    for run in re.findall(r"[a-z0-9]+|[\u3400-\u9fff]+", text.lower()):
        terms.append(run)
        if not run.isascii():
            terms.extend(run[index : index + 2] for index in range(len(run) - 1))
    return terms


class OverlapReranker:
    """A Reranker that scores a passage by the share of the query's terms that it holds, 0..1."""

    def rerank(self, query: str, passages: Sequence[str]) -> list[float]:
        asked = set(_terms(query))
        return [len(asked.intersection(_terms(passage))) / max(len(asked), 1) for passage in passages]

    def unload(self) -> None:
        pass


class DoubleTranscriber:
    """A Transcriber that hears what `hear` says. `asked` are seconds, language and hotwords of every call that came to
    an end, `unloaded` is how often it was unloaded."""

    def __init__(self, model_id: str) -> None:
        self.model_id = model_id
        self.asked: list[tuple[float, str | None, tuple[str, ...]]] = []
        self.unloaded = 0

    def hear(self, seconds: float, language: str | None) -> list[SpokenSegment]:
        """What is heard in so many seconds of sound."""
        raise NotImplementedError

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> list[SpokenSegment]:
        seconds = round(len(samples) / 16_000, 2)
        heard = self.hear(seconds, language)
        self.asked.append((seconds, language, tuple(hotwords)))
        if progress is not None:
            progress(1.0)
        return heard

    def unload(self) -> None:
        self.unloaded += 1


class ScriptedTranscriber(DoubleTranscriber):
    """Hears the given sentences, five seconds each, in every piece."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("scripted")
        self._sentences = sentences

    def hear(self, seconds: float, language: str | None) -> list[SpokenSegment]:
        return [
            SpokenSegment(index * 5.0, index * 5.0 + 5.0, sentence, language or "zh", 0.9)
            for index, sentence in enumerate(self._sentences)
        ]


class ScriptedDiarizer:
    """A Diarizer that hears these turns of a recording, whatever its sound, in stretches of at most 2.5 seconds.

    The vectors of a speaker lie around a direction of its own, or around the one that `voices` has for it; `noise` is
    how far away from it. `heard` are the pieces that were listened to.
    """

    model_id = "scripted-voices"

    def __init__(
        self, turns: Sequence[SpeakerTurn], voices: Mapping[int, NDArray[np.float64]] | None = None, noise: float = 0.3
    ) -> None:
        self._turns, self._voices, self._noise = turns, voices or {}, noise
        self.heard: list[Span] = []

    def listen(self, samples: NDArray[np.float32], start: float, progress: Progress | None = None) -> list[HeardVoice]:
        piece = Span(start, start + len(samples) / 16_000)
        self.heard.append(piece)
        if progress is not None:
            progress(1.0)
        edges = {piece.start, piece.end, *(edge for turn in self._turns for edge in (turn.start, turn.end))}
        inside = sorted(edge for edge in edges if piece.start <= edge <= piece.end)
        return [voice for one, other in pairwise(inside) for voice in self._stretch(Span(one, other))]

    def unload(self) -> None:
        pass

    def _stretch(self, span: Span) -> list[HeardVoice]:
        middle = (span.start + span.end) / 2
        speakers = {turn.speaker for turn in self._turns if turn.start <= middle < turn.end}
        if len(speakers) != 1:
            return [HeardVoice(span, shared=True)] if speakers else []
        edges = np.linspace(span.start, span.end, int(np.ceil((span.end - span.start) / 2.5)) + 1).tolist()
        return [self._voice(Span(one, other), *speakers) for one, other in pairwise(edges)]

    def _voice(self, span: Span, speaker: int) -> HeardVoice:
        if span.end - span.start < 0.3:
            return HeardVoice(span)
        away = self._noise * direction(1000 + round(span.start * 1000))
        return HeardVoice(span, tuple(unit(self._voices.get(speaker, direction(speaker)) + away).tolist()))


def direction(number: int) -> NDArray[np.float64]:
    """A unit vector of 192 numbers; those of different numbers are nearly at right angles."""
    return unit(np.random.default_rng(number).normal(size=192))


def unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """The vector with length 1."""
    return vector / np.linalg.norm(vector)
