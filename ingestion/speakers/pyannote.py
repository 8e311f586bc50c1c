"""The Diarizer of pyannote.audio 4 on PyTorch, for machines that reach a model hub or hold its pipeline in a folder."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import redirect_stdout
from itertools import pairwise
from typing import Any

import numpy as np

from ingestion.domain import Progress, Span
from ingestion.errors import MissingExtraError, ModelFailedError, ModelMissingError
from ingestion.media.decode import SAMPLE_RATE
from ingestion.memory import give_back_memory
from ingestion.ports import Samples
from ingestion.speakers.domain import HeardVoice
from ingestion.speakers.scales import PYANNOTE_COMMUNITY

_SHARES = {"segmentation": (0.0, 0.5), "embeddings": (0.5, 1.0)}
"""The steps that take time: from which share of all the work to which."""


class PyannoteDiarizer:
    """Hears voices with pyannote's community-1 pipeline, loaded at the first call; one call runs at a time.

    What it takes for one person within a stretch stays one: all of a person's voices there have the same vector.
    """

    def __init__(self, source: str, token: str | None = None, threads: int = 0) -> None:
        """`source` is a pipeline's name on the hub or a folder; without a token, that of the hub's own login counts.
        `threads` 0 means all cores."""
        self._source, self._token, self._threads = source, token, threads
        self._lock = threading.Lock()
        self._pipeline: Any = None

    @property
    def model_id(self) -> str:
        """Name of the model that makes the voices' vectors; those of different models never mix."""
        return PYANNOTE_COMMUNITY

    def listen(self, samples: Samples, start: float, progress: Progress | None = None) -> list[HeardVoice]:
        """The voices of a stretch that begins `start` seconds into the recording.

        Raises MissingExtraError, ModelMissingError, ModelFailedError.
        """
        if not samples.size:
            return []
        with self._lock:
            pipeline = self._loaded()
            import torch

            sound = {"waveform": torch.from_numpy(np.array(samples)[None]), "sample_rate": SAMPLE_RATE}
            try:
                output = pipeline(sound, hook=_hook(progress))
            except RuntimeError as error:
                raise ModelFailedError(
                    f"pyannote failed: {_first_line(error)}", "try again, or another diarizer"
                ) from error
        return list(_voices(output, start))

    def unload(self) -> None:
        """Free the models' memory; the next call loads them again."""
        with self._lock:
            self._pipeline = None
        give_back_memory()

    def _loaded(self) -> Any:
        if self._pipeline is None:
            # read at import: nothing is told to anybody unless the owner of the machine wants it
            os.environ.setdefault("PYANNOTE_METRICS_ENABLED", "false")
            try:
                import torch

                audio: Any = importlib.import_module("pyannote.audio")
            except ImportError as error:
                raise MissingExtraError("the diarizer pyannote", "pyannote") from error
            if self._threads:
                torch.set_num_threads(self._threads)
            self._pipeline = self._read(audio.Pipeline)
            if torch.cuda.is_available():
                self._pipeline.to(torch.device("cuda"))
        return self._pipeline

    def _read(self, kind: Any) -> Any:
        hint = (
            "accept its conditions on the hub and set HUIMAI_INGESTION__PYANNOTE_TOKEN, or set "
            "HUIMAI_INGESTION__PYANNOTE_PIPELINE to a folder that holds it"
        )
        try:
            with redirect_stdout(sys.stderr):  # it prints advice, where a command prints its answer
                pipeline = kind.from_pretrained(self._source, token=self._token)
        except Exception as error:  # those of the hub's client have nothing in common across its versions
            raise ModelMissingError(f"{self._source} cannot be loaded: {_first_line(error)}", hint) from error
        if pipeline is None:
            raise ModelMissingError(f"{self._source} cannot be loaded: it was not found", hint)
        return pipeline


def _voices(output: Any, start: float) -> Iterator[HeardVoice]:
    """The stretches between all edges of the turns, each with everybody who speaks in it."""
    diarization, embeddings = output.speaker_diarization, output.speaker_embeddings
    rows = [None] * len(diarization.labels()) if embeddings is None else embeddings
    vectors = {label: _unit(row) for label, row in zip(diarization.labels(), rows, strict=True)}
    turns = [(turn.start, turn.end, label) for turn, _, label in diarization.itertracks(yield_label=True)]
    edges = sorted({edge for begin, end, _ in turns for edge in (begin, end)})
    for first, last in pairwise(edges):
        speakers = {label for begin, end, label in turns if begin < last and first < end}
        if speakers:
            span, shared = Span(start + first, start + last), len(speakers) > 1
            yield HeardVoice(span, None if shared else vectors[speakers.pop()], shared)


def _unit(row: Any) -> tuple[float, ...] | None:
    """A unit vector; null for one of zeros, which stands for a person who is never clear."""
    length = 0.0 if row is None else float(np.linalg.norm(row))
    return tuple((np.asarray(row) / length).tolist()) if np.isfinite(length) and length > 0 else None


def _hook(progress: Progress | None) -> Any:
    def report(step: str, _: Any, *, total: int | None = None, completed: int | None = None, **__: Any) -> None:
        if progress is not None and total and completed is not None and step in _SHARES:
            begins, ends = _SHARES[step]
            progress(begins + (ends - begins) * min(1.0, completed / total))

    return report


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
