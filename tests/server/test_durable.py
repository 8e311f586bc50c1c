"""A step of a job that fails: what is tried again, and what is said."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from server.durable import attempt


def sqlite_error(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("it did not work")
    cause.sqlite_errorcode = code
    error = OperationalError("UPDATE", None, cause)
    error.__cause__ = cause
    return error


def failing(times: int, error: Exception) -> Callable[[], str]:
    left = iter(range(times))

    def step() -> str:
        if next(left, None) is not None:
            raise error
        return "done"

    return step


def test_a_step_that_found_the_database_in_use_is_run_again() -> None:
    busy = sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT)
    assert attempt("the reading", "again", failing(3, busy)) == "done"
    failed = attempt("the reading", "`huimai again` tries again", failing(1000, busy))
    assert isinstance(failed, dict)
    assert "the reading stopped" in failed["error"] and "huimai again" in failed["hint"]


def test_a_step_that_fails_otherwise_is_not() -> None:
    for error in (sqlite_error(sqlite3.SQLITE_CORRUPT), RuntimeError("broken")):
        assert isinstance(attempt("the reading", "again", failing(1, error)), dict)
