"""A chat server outside the user's control is told placeholders by everything that asks it, and answers come back with
names: real home, jobs and protocol, a server that plays the model."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from agents.settings import AgentsSettings
from server.settings import Settings
from tests.agents.llm.fake_server import FakeChatServer
from tests.agents.llm.fake_server import serving as playing
from tests.e2e.test_nothing_leaves import done, serving
from tests.server.ledger_home import API, FIRST, until, until_read, upload
from tests.server.test_services import DoubleServices

LINES = (*FIRST, ("Bo Park", "Call the vendor at 138 0013 8000, or write to ann.lee@example.com."))
CITING = re.compile(r"^\[(\d+)\] .*rollback script by", re.MULTILINE)


def answering(request: dict[str, Any]) -> str:
    """A model that says whose script it is, and finds nothing for the ledger."""
    prompt = request["messages"][-1]["content"]
    line = CITING.search(prompt)
    person = re.search(r"PERSON_\d+", prompt)
    who = person[0] if person else "nobody"
    claim = {"text": f"{who} writes the rollback script by March 6.", "lines": [int(line[1])] if line else []}
    return json.dumps({"items": [], "claims": [claim], "answer": claim["text"], "abstain": False})


def test_a_server_elsewhere_is_told_no_name_and_no_number(tmp_path: Path) -> None:
    with playing(FakeChatServer()) as fake:
        fake.reply = answering
        agents = AgentsSettings(
            chat_base_url=fake.url, chat_model="fake", chat_remote=True, chat_retries=0, redact="names"
        )
        with serving(Settings(home=tmp_path, agents=agents), DoubleServices) as (client, watch):
            upload(client, "2026-03-02", LINES)
            until_read(client)
            until(lambda: fake.requests)
            read = len(fake.requests)
            question = {"question": "Which script does Ann Lee write, and whom do we call?", "project": "Atlas"}
            answer = done(client.post(f"{API}/ask", json=question))
            assert len(fake.requests) > read
            sent = json.dumps(fake.requests, ensure_ascii=False)
            for name in ("Ann", "Lee", "Bo", "Park", "138 0013 8000", "example.com"):
                assert re.search(rf"\b{name}\b", sent, re.IGNORECASE) is None, name
            assert {"PERSON_1", "PERSON_2", "PHONE_1", "EMAIL_1"} <= set(re.findall(r"[A-Z]+_\d+", sent))
            assert "PERSON_" not in json.dumps(answer)
            assert watch.attempts == []
