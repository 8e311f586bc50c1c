"""Two short meetings of a project, read into the ledger by the real jobs over doubles of the models."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from agents.ledger.service import ReadState
from tests.server.test_services import add, closed, ended, opened

API = "/api/v1"
Lines = Sequence[tuple[str, str]]

FIRST: Lines = (
    ("Ann Lee", "Let's decide the release: we ship on April 17."),
    ("Bo Park", "Agreed, April 17 it is."),
    ("Ann Lee", "I'll write the rollback script by March 6."),
    ("Bo Park", "There is a risk that the certificate runs out in May."),
    ("Ann Lee", "The error rate is 2.4% right now."),
    ("Bo Park", "I'll publish the <b>*draft*</b> [guide](http://evil.example) by March 20."),
    ("Ann Lee", "Thanks."),
)
SECOND: Lines = (
    ("Ann Lee", "The rollback script is late, can I move it to March 13?"),
    ("Bo Park", "Okay, fine."),
    ("Bo Park", "We decided to ship on April 24 instead of April 17."),
    ("Ann Lee", "Agreed."),
    ("Ann Lee", "The error rate is 1.9% right now."),
)


def transcript(lines: Lines) -> bytes:
    """The lines as a transcript that can be ingested, five seconds each."""
    said = [
        {"speaker": who, "text": text, "start": i * 5.0, "end": i * 5.0 + 4.0} for i, (who, text) in enumerate(lines)
    ]
    return json.dumps({"utterances": said}).encode()


def upload(client: httpx.Client, day: str, lines: Lines, project: str = "Atlas") -> str:
    """Ingest a meeting; returns its id once it is ready."""
    params = {"name": f"{day}.json", "project": project}
    answer = client.post(f"{API}/uploads", params=params, content=transcript(lines))
    assert answer.is_success, answer.text
    (meeting,) = answer.json()["meetings"]
    until(lambda: client.get(f"{API}/meetings/{meeting['id']}").json()["stage"] == "ready")
    return meeting["id"]


def both(client: httpx.Client) -> tuple[str, str]:
    """The two meetings, ingested and read."""
    ids = upload(client, "2026-03-02", FIRST), upload(client, "2026-03-09", SECOND)
    until_read(client)
    return ids


def make_home(folder: Path) -> None:
    """Make a data home with the two meetings, ingested and read."""
    services = opened(folder)
    for day, lines in (("2026-03-02", FIRST), ("2026-03-09", SECOND)):
        (meeting_id,) = add(services, f"{day}.json", transcript(lines), "Atlas")
        ended(services, meeting_id)
    until(lambda: all(one.state is not ReadState.READING for one in services.ledger.readings("Atlas")))
    closed(services)


def until_read(client: httpx.Client, project: str = "Atlas") -> list[dict[str, Any]]:
    """The readings of a project, once none is under way."""
    until(lambda: all(one["state"] != "reading" for one in readings(client, project)))
    return readings(client, project)


def readings(client: httpx.Client, project: str = "Atlas") -> list[dict[str, Any]]:
    return client.get(f"{API}/readings", params={"project": project}).json()["readings"]


def until(true: Any) -> None:
    """Wait until it is true."""
    deadline = time.monotonic() + 60
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.05)
