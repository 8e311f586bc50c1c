from __future__ import annotations

import time
from email.utils import formatdate

import pytest

from ingestion.retry_after import LONGEST, asked_to_wait

AT = 1_795_400_000.0
SERVER = formatdate(AT, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "12"}, 12.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "12"}, 0.25),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "1e300"}, LONGEST),
        ({"retry-after": "inf"}, LONGEST),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": formatdate(AT + 30, usegmt=True), "date": SERVER}, 30.0),
        ({"retry-after": formatdate(AT - 30, usegmt=True), "date": SERVER}, 0.0),
        ({"retry-after": formatdate(AT + 9e6, usegmt=True), "date": SERVER}, LONGEST),
    ],
)
def test_the_wait_that_is_asked_for(headers, seconds):
    assert asked_to_wait(headers) == seconds


@pytest.mark.parametrize("skew", [-7200, 0, 7200])
def test_a_wrong_clock_here_or_there_does_no_harm(monkeypatch, skew):
    monkeypatch.setattr(time, "time", lambda: AT + skew)
    assert asked_to_wait({"retry-after": formatdate(AT + 30, usegmt=True), "date": SERVER}) == 30.0


def test_without_the_servers_time_ours_must_do(monkeypatch):
    monkeypatch.setattr(time, "time", lambda: AT)
    assert asked_to_wait({"retry-after": formatdate(AT + 30, usegmt=True)}) == 30.0
