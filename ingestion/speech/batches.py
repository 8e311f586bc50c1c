"""Windows decoded together: a recogniser computes with all weights for each token, which it then does once for many."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

BATCH_WINDOWS = {"cpu": 4, "cuda": 8}
"""Windows decoded at once, by device. Each takes memory: about 40 MB with whisper-base, more with larger models."""


def decoding_together(model: WhisperModel, alike: Iterable[Sequence[Any]]) -> WhisperModel:
    """The model, which decodes a window together with those that follow it, as many as its device does at once.

    `alike` are lists of what `model.encode` returned for windows that will be decoded with the same prompt, in order.
    Everything after the first decoding of a window, such as another try at a higher temperature, is done for it alone.
    """
    together, whisper = copy.copy(model), cast(Any, model).model
    at_once = BATCH_WINDOWS[whisper.device]
    batches = [encoded[first : first + at_once] for encoded in alike for first in range(0, len(encoded), at_once)]
    cast(Any, together).model = _Together(whisper, batches)
    return together


class _Together:
    """Stands in for the `ctranslate2.models.Whisper` of a WhisperModel."""

    def __init__(self, model: Any, batches: Sequence[Sequence[Any]]) -> None:
        self._model = model
        # only one that waits is looked up, and its batch keeps it alive, so that no other has its id
        self._waiting = {id(one): batch for batch in batches for one in batch}
        self._decoded: dict[int, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def generate(self, encoded: Any, prompts: list[list[int]], **options: Any) -> list[Any]:
        """See ctranslate2. A window is asked for first at the temperature that decodes it with its batch."""
        batch = self._waiting.pop(id(encoded), None)
        if batch is None:
            return self._model.generate(encoded, prompts, **options)
        if id(encoded) not in self._decoded:
            try:
                found = self._model.generate(_stacked(batch), prompts * len(batch), **options)
            except RuntimeError:
                # what the device has no memory for at once fits one by one
                self._waiting.clear()
                return self._model.generate(encoded, prompts, **options)
            self._decoded.update(zip((id(one) for one in batch), found, strict=True))
        return [self._decoded.pop(id(encoded))]


def _stacked(batch: Sequence[Any]) -> Any:
    """One encoder output of all windows, each [1, frames, states]; on the CPU, from where ctranslate2 takes it."""
    import ctranslate2

    library = cast(Any, ctranslate2)
    here = [np.array(one.to_device(library.Device.cpu)) for one in batch]
    return library.StorageView.from_array(np.concatenate(here))
