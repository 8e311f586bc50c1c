"""What every engine of a local model shares: one model, loaded at the first call, for all threads."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from ingestion.errors import ModelFailedError
from ingestion.memory import give_back_memory

M = TypeVar("M")
T = TypeVar("T")


class LazyModel(ABC, Generic[M]):
    """Holds a model of type M, which is loaded at the first call, once, and shared by threads."""

    def __init__(self, model_folder: Callable[[], Path], task: str, name: str) -> None:
        """`model_folder` is asked at the first load and may raise ModelMissingError. `task` and `name` are for
        messages: "embedding", and the name in the catalogue."""
        self._model_folder = model_folder
        self._task, self._name = task, name
        self._lock = threading.Lock()
        self._model: M | None = None

    def unload(self) -> None:
        """Free the model's memory once no call uses it; the next call loads it again."""
        with self._lock:
            self._model = None
        give_back_memory()

    @abstractmethod
    def _load(self, folder: Path) -> M:
        """The model in that folder. Anything that fails while loading may be raised as it is."""

    def _loaded(self) -> M:
        with self._lock:
            if self._model is None:
                self._model = self._read(self._load)
            return self._model

    def _read(self, part: Callable[[Path], T]) -> T:
        """What `part` reads from the model's folder. Raises ModelMissingError, ModelFailedError."""
        folder = self._model_folder()
        try:
            return part(folder)
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelFailedError(
                f"{self._task} model {self._name} cannot be loaded: {error}",
                f"run `huimai models verify {self._name}`",
            ) from error
