"""Questions and searches over HTTP."""

from __future__ import annotations

import json
from datetime import date

import httpx
import pytest

from agents.repository import ConversationRepository
from ingestion.domain import SearchFilter
from ingestion.errors import ModelFailedError, ModelMissingError
from server import events as sse
from server.answer_documents import AnswerDocument, SearchDocument
from tests.server.conftest import EdgeServices, answer

API = "/api/v1"
STREAM = {"Accept": "text/event-stream"}
FILTERS = {"project": "Atlas", "meetings": ["m1"], "speaker": "Mina", "since": "2026-03-01", "until": "2026-03-31"}
WHERE = SearchFilter(("Atlas",), ("m1",), ("Mina",), date(2026, 3, 1), date(2026, 3, 31))


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n") if not block.startswith(":")]
    assert all(len(block) == 2 for block in blocks)
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_an_answer_comes_as_a_document(client: httpx.Client, services: EdgeServices) -> None:
    body = {"question": "When do we ship?", "conversation_id": "c1", "tier": "large", **FILTERS}
    response = client.post(f"{API}/ask", json=body)
    answer = AnswerDocument.model_validate(response.json())
    assert answer.citations[0].utterances == (2, 2)
    request = services.script.asked[0]
    assert (request.question, request.conversation_id, request.tier) == ("When do we ship?", "c1", "large")
    assert request.where == WHERE


def test_an_answer_comes_as_events_in_order(client: httpx.Client) -> None:
    response = client.post(f"{API}/ask", json={"question": "When?"}, headers=STREAM)
    assert response.headers["content-type"].startswith("text/event-stream")
    received = events(response.text)
    assert [name for name, _ in received] == ["status", "citation", "thinking", "token", "done"]
    assert received[2][1] == {"text": "They said April."}
    assert received[3][1] == {"text": "On April 17\n[1]."}
    AnswerDocument.model_validate(received[4][1])


def test_the_first_event_says_in_which_conversation(client: httpx.Client) -> None:
    (name, document), *_ = events(client.post(f"{API}/ask", json={"question": "When?"}, headers=STREAM).text)
    assert (name, document["conversation_id"]) == ("status", "c1")


def test_a_failure_after_the_first_event_is_an_error_event(client: httpx.Client, services: EdgeServices) -> None:
    services.script.failure = ModelFailedError("the chat server hung", "look at its log")
    received = events(client.post(f"{API}/ask", json={"question": "When?"}, headers=STREAM).text)
    name, document = received[-1]
    assert name == "error"
    assert (document["status"], document["detail"], document["hint"]) == (
        502,
        "the chat server hung",
        "look at its log",
    )


def test_an_unexpected_failure_tells_nothing(client: httpx.Client, services: EdgeServices) -> None:
    services.script.failure = RuntimeError("secret")
    streamed = client.post(f"{API}/ask", json={"question": "When?"}, headers=STREAM)
    whole = client.post(f"{API}/ask", json={"question": "When?"})
    assert events(streamed.text)[-1][1]["status"] == whole.status_code == 500
    assert "secret" not in streamed.text + whole.text


def test_closing_the_connection_cancels_the_work(client: httpx.Client, services: EdgeServices) -> None:
    services.script.hold = True
    with client.stream("POST", f"{API}/ask", json={"question": "When?"}, headers=STREAM) as response:
        assert next(response.iter_lines()) == "event: status"
    assert services.script.cancelled.wait(timeout=30)


def test_a_silence_is_filled_with_comments(
    client: httpx.Client, services: EdgeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "HEARTBEAT_SECONDS", 0.01)
    services.script.hold = True
    with client.stream("POST", f"{API}/ask", json={"question": "When?"}, headers=STREAM) as response:
        assert next(line for line in response.iter_lines() if line.startswith(":")) == ": ping"


@pytest.mark.parametrize("body", [{}, {"question": ""}, {"question": "x" * 4001}, {"question": "x", "since": "soon"}])
def test_a_bad_question_is_refused(client: httpx.Client, body: dict[str, str]) -> None:
    assert client.post(f"{API}/ask", json=body).status_code == 422


def test_models_can_be_loaded_before_the_question(client: httpx.Client, services: EdgeServices) -> None:
    assert client.post("/api/v1/models/warm-up").status_code == 204
    assert len(services.searched.asked) == 1


def test_warming_up_without_a_model_is_said(
    client: httpx.Client, services: EdgeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(*_: object, **__: object) -> None:
        raise ModelMissingError("the model is not here", "pull it")

    monkeypatch.setattr(services.searched, "search", absent)
    response = client.post("/api/v1/models/warm-up")
    assert (response.status_code, response.json()["hint"]) == (503, "pull it")


def test_search_by_body_and_by_query_agree(client: httpx.Client, services: EdgeServices) -> None:
    by_body = client.post(f"{API}/search", json={"query": "ship", "limit": 3, "recipe": "dense", **FILTERS})
    query = {name: value for name, value in FILTERS.items() if name != "meetings"}
    by_query = client.get(
        f"{API}/search", params={"query": "ship", "limit": 3, "recipe": "dense", "meeting": "m1", **query}
    )
    assert services.searched.asked == [("ship", WHERE, 3, "dense")] * 2
    assert by_body.json() == by_query.json()
    found = SearchDocument.model_validate(by_body.json())
    assert found.results[0].text == "Mina: We ship on April 17."


def test_an_answer_kept_before_speakers_were_told_still_reads(client: httpx.Client, services: EdgeServices) -> None:
    kept = answer("When?").to_json()
    assert [citation.pop("speakers") for citation in kept["citations"]] == [["Mina"]]
    with services.database.session() as session:
        conversations = ConversationRepository(session)
        conversations.begin("c1", "When?", {})
        conversations.add_message("c1", "q1", "When?", kept)
    (shown,) = client.get(f"{API}/conversations/c1").json()["messages"]
    assert (shown["citations"][0]["speaker"], shown["citations"][0]["speakers"]) == ("Mina", None)


def test_conversations_are_listed_shown_and_deleted(client: httpx.Client, services: EdgeServices) -> None:
    with services.database.session() as session:
        conversations = ConversationRepository(session)
        for number in range(3):
            conversations.begin(f"c{number}", f"Question {number}?", {"projects": ["Atlas"]})
            conversations.add_message(f"c{number}", f"q{number}", "When?", answer("When?").to_json())
    first = client.get(f"{API}/conversations", params={"limit": 2}).json()
    rest = client.get(f"{API}/conversations", params={"limit": 2, "cursor": first["next"]}).json()
    assert [c["id"] for c in first["conversations"] + rest["conversations"]] == ["c2", "c1", "c0"]
    assert rest["next"] is None
    shown = client.get(f"{API}/conversations/c1").json()
    assert (shown["title"], shown["messages"][0]["answer"]) == ("Question 1?", "On April 17 [1].")
    assert client.get(f"{API}/conversations/none").status_code == 404
    assert client.delete(f"{API}/conversations/c1").status_code == 204
    assert services.script.forgotten == ["c1"]


def test_who_asks_is_passed_on(client: httpx.Client, services: EdgeServices) -> None:
    for header, user in (("mina", "mina"), ("%E6%9D%8E%E9%9B%B7", "李雷")):
        client.post(f"{API}/ask", json={"question": "When do we ship?"}, headers={"Huimai-User": header})
        assert services.script.asked[-1].user == user
    client.post(f"{API}/ask", json={"question": "When do we ship?"})
    assert services.script.asked[-1].user == ""
