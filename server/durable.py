"""Durable work on DBOS: a workflow of small steps goes on where it was after any crash."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, TypedDict, TypeVar

from dbos import DBOS, Serializer
from sqlalchemy.exc import OperationalError

from ingestion.errors import HuimaiError, StorageFullError
from ingestion.storage import storage_busy, storage_full

logger = logging.getLogger(__name__)

T = TypeVar("T")

_POLL_SECONDS = 0.25
_BUSY_TRIES = 10

# Jobs begun by an older release are finished by a newer one, so the version that DBOS compares never changes.
_APPLICATION_VERSION = "1"
_EXECUTOR = "owner"


class Failure(TypedDict):
    """Why a step failed: the error's message and hint."""

    error: str
    hint: str


class JsonSerializer(Serializer):
    """Workflow arguments and results as JSON, so that nothing in the jobs' database is ever unpickled."""

    def serialize(self, data: Any) -> str:
        """An exception becomes its text: a failed step returns a Failure, so none should get here."""
        return json.dumps(data, ensure_ascii=False, default=str)

    def deserialize(self, serialized_data: str) -> Any:
        """DBOS expects positional arguments as a tuple."""
        value = json.loads(serialized_data)
        if isinstance(value, dict) and set(value) == {"args", "kwargs"}:  # pyright: ignore[reportUnknownArgumentType]
            value["args"] = tuple(value["args"])  # pyright: ignore[reportUnknownArgumentType]
        return value  # pyright: ignore[reportUnknownVariableType]

    def name(self) -> str:
        """The name that DBOS stores beside each value."""
        return "huimai-json"


class JobEngine:
    """DBOS, launched over a database of its own. One per process."""

    def __init__(self, database_url: str) -> None:
        DBOS(
            config={
                "name": "huimai",
                "system_database_url": database_url,
                "executor_id": _EXECUTOR,
                "application_version": _APPLICATION_VERSION,
                "serializer": JsonSerializer(),
                # a traceback of a failed workflow is for developers; users read why it stalled
                "log_level": "ERROR" if logger.isEnabledFor(logging.DEBUG) else "CRITICAL",
                "enable_otlp": False,
                # closing waits for this thread, and no workflow here waits for notifications
                "notification_listener_polling_interval_sec": 0.1,
            }
        )

    def launch(self, queues: Mapping[str, int]) -> None:
        """Begin to work; unfinished jobs go on by themselves. `queues` are their names, with how many jobs of each run
        at once."""
        DBOS.launch()
        for name, workers in queues.items():
            DBOS.register_queue(
                name,
                worker_concurrency=workers,
                polling_interval_sec=_POLL_SECONDS,
                on_conflict="always_update",
            )

    def close(self) -> None:
        """Stop; a step that runs is abandoned and done again at the next launch."""
        DBOS.destroy(destroy_registry=False)


def attempt(work: str, again: str, step: Callable[[], T]) -> T | Failure:
    """Run a step; an error becomes a Failure, because errors are for people and not for the jobs' database. `work` is
    what the job is called, `again` says how it goes on. A step that found the database in use is run again a few times,
    which every step can be."""
    try:
        return _patiently(step)
    except Exception as error:
        return explained(work, again, error)


def _patiently(step: Callable[[], T]) -> T:
    for _ in range(_BUSY_TRIES - 1):
        try:
            return step()
        except OperationalError as error:
            if not storage_busy(error):
                raise
    return step()


def explained(work: str, again: str, error: Exception) -> Failure:
    """What to show of a job that an error ended, and how it goes on, unless what it works on is itself at fault."""
    known = error if isinstance(error, HuimaiError) else storage_full(error)
    if known is None:
        logger.error("%s failed", work, exc_info=error)
        said = f"{type(error).__name__}: {error}".partition("\n")[0]
        return Failure(
            error=f"{work} stopped on an unexpected error: {said}",
            hint=f"{again}; if it stays, report it with the log",
        )
    if isinstance(known, StorageFullError):
        return Failure(error=known.message, hint=f"free some space; then {again}")
    if known.status < 500:
        return Failure(error=known.message, hint=known.hint)
    return Failure(error=known.message, hint=f"{known.hint}; then {again}")
