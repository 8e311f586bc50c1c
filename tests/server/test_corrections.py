"""Corrections over HTTP, and how they end after a crash."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from ingestion.chunking import chunk, chunk_id
from ingestion.corrections.service import Corrector
from ingestion.domain import SearchFilter, Stage
from ingestion.repository import TranscriptRepository
from ingestion.settings import IngestionSettings
from ingestion.vectors.edge import EdgeVectorStore
from server.home import Home
from server.settings import Settings
from tests.doubles import HashEmbedder
from tests.server.conftest import EdgeServices, spoken
from tests.server.test_services import SERIES, add, closed, ended, opened

API = "/api/v1"
LINES = (spoken(0, "Good morning.", "Mina"), spoken(1, "We ship on April seven.", "Jon"), spoken(2, "Fine.", "Mina"))


class CorrectingServices(EdgeServices):
    """With a search index, and a corrector over it."""

    def open(self) -> None:
        self.embedder = HashEmbedder()
        self.vectors = EdgeVectorStore(self.home.vectors, self.embedder.dimensions, self.embedder.model_id)
        super().open()

    @cached_property
    def corrector(self) -> Corrector:
        return Corrector(self.database, self.vectors, self.embedder, IngestionSettings())

    def close(self) -> None:
        self.vectors.close()
        super().close()

    def add_weekly(self, title: str = "Weekly", **fields: object) -> str:
        id = self.add_meeting(title, *LINES, **fields)
        with self.database.session() as session:
            drafts = [(chunk_id(id, draft.first, draft.last), draft) for draft in chunk(LINES, 50)]
            TranscriptRepository(session).replace_chunks(id, drafts)
        return id


@pytest.fixture
def services(tmp_path: Path) -> CorrectingServices:
    return CorrectingServices(Settings(home=tmp_path / "home"), Home(tmp_path / "home"))


def lines(client: httpx.Client, id: str) -> list[tuple[str | None, str]]:
    document = client.get(f"{API}/meetings/{id}/transcript").json()
    return [(u["speaker"], u["text"]) for u in document["utterances"]]


def test_a_line_is_corrected_listed_and_undone(client: httpx.Client, services: CorrectingServices) -> None:
    id = services.add_weekly()
    url = f"{API}/meetings/{id}/corrections"
    made = client.post(url, json={"line": 1, "text": "We ship on April 17.", "made_by": "Ada"})
    assert made.status_code == 201
    (correction,) = made.json()
    assert correction == {
        "id": correction["id"],
        "meeting_id": id,
        "kind": "text",
        "reach": None,
        "lines": [1],
        "before": {"text": "We ship on April seven."},
        "after": {"text": "We ship on April 17."},
        "made_by": "Ada",
        "made_at": correction["made_at"],
        "undone_at": None,
    }
    client.post(url, json={"line": 0, "speaker": "Ada", "reach": "meeting"})
    assert lines(client, id) == [("Ada", "Good morning."), ("Jon", "We ship on April 17."), ("Ada", "Fine.")]
    assert [one["kind"] for one in client.get(url).json()] == ["speaker", "text"]
    (undone,) = client.delete(f"{API}/corrections/{correction['id']}").json()
    assert undone["undone_at"] is not None
    assert lines(client, id)[1] == ("Jon", "We ship on April seven.")
    assert client.delete(f"{API}/corrections/{correction['id']}").status_code == 409


def test_a_speaker_may_become_unknown(client: httpx.Client, services: CorrectingServices) -> None:
    id = services.add_weekly()
    (made,) = client.post(f"{API}/meetings/{id}/corrections", json={"line": 0, "speaker": None}).json()
    assert (made["after"], lines(client, id)[0]) == ({"speaker": None}, (None, "Good morning."))


def test_everywhere_answers_for_each_meeting(client: httpx.Client, services: CorrectingServices) -> None:
    ids = {services.add_weekly(f"Weekly {n}") for n in range(2)}
    body = {"line": 0, "speaker": "Ada", "reach": "everywhere"}
    made = client.post(f"{API}/meetings/{min(ids)}/corrections", json=body).json()
    assert {one["meeting_id"] for one in made} == ids
    assert len(client.delete(f"{API}/corrections/{made[0]['id']}").json()) == 2


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ({"line": 1}, 422, "either a text or a speaker"),
        ({"line": 1, "text": "x", "speaker": "Ada"}, 422, "either a text or a speaker"),
        ({"line": 1, "text": "x", "reach": "meeting"}, 422, "beyond its line"),
        ({"text": "x"}, 422, "line"),
        ({"line": -1, "text": "x"}, 422, "line"),
        ({"line": 9, "text": "x"}, 404, "has no line 9"),
        ({"line": 10**30, "text": "x"}, 404, "has no line"),
        ({"line": 1, "text": ""}, 422, "0 characters"),
        ({"line": 1, "text": "a\nb"}, 422, "one line|control"),
        ({"line": 1, "text": "x" * 10_001}, 422, "10001 characters"),
        ({"line": 1, "speaker": "  "}, 422, "the name"),
        ({"line": 1, "speaker": "a\u202eb"}, 422, "the name"),
        ({"line": 1, "speaker": "Ada", "reach": "all"}, 422, "reach"),
        ({"line": 1, "text": "We ship on April seven."}, 409, "already"),
        ({"line": 1, "text": "x", "expected": "We ship."}, 409, r"now reads: We ship on April seven\."),
        ({"line": 1, "speaker": "Ada", "expected": "Mina"}, 409, "is spoken by Jon"),
        ({"line": 1, "text": "x", "made_by": "a\u0000b"}, 422, "who corrects"),
    ],
)
def test_what_is_refused_changes_nothing(
    client: httpx.Client, services: CorrectingServices, body: dict[str, object], status: int, detail: str
) -> None:
    id = services.add_weekly()
    answer = client.post(f"{API}/meetings/{id}/corrections", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]
    assert re.search(detail, answer.json()["detail"])
    assert answer.json()["hint"]
    assert lines(client, id) == [(line.speaker, line.text) for line in LINES]
    assert client.get(f"{API}/meetings/{id}/corrections").json() == []


def test_a_meeting_that_is_gone_or_ingested_is_not_corrected(
    client: httpx.Client, services: CorrectingServices
) -> None:
    busy = services.add_weekly(stage=Stage.CLEAN)
    for id, status in (("nothing", 404), (busy, 409)):
        assert client.post(f"{API}/meetings/{id}/corrections", json={"line": 0, "text": "x"}).status_code == status
        assert client.patch(f"{API}/meetings/{id}", json={"title": "x"}).status_code == status
    assert client.get(f"{API}/meetings/nothing/corrections").status_code == 404
    assert client.delete(f"{API}/corrections/nothing").status_code == 404


def test_a_meeting_is_filed_elsewhere(client: httpx.Client, services: CorrectingServices) -> None:
    id = services.add_weekly()
    client.post(f"{API}/meetings/{id}/corrections", json={"line": 0, "text": "Hello."})
    body = {"title": " Release\u0000 ", "date": "2026-03-05", "project": "支付网关", "made_by": "Ada"}
    changed = client.patch(f"{API}/meetings/{id}", json=body)
    assert changed.status_code == 200
    shown = client.get(f"{API}/meetings/{id}")
    assert (changed.json(), changed.headers["etag"]) == (shown.json(), shown.headers["etag"])
    assert [shown.json()[f] for f in ("title", "date", "date_source", "project")] == [
        "Release",
        "2026-03-05",
        "correction",
        "支付网关",
    ]
    assert services.vectors.count(SearchFilter(projects=("支付网关",))) == 1


def test_if_match_keeps_what_somebody_else_changed(client: httpx.Client, services: CorrectingServices) -> None:
    url = f"{API}/meetings/{services.add_weekly()}"
    seen = client.get(url).headers["etag"]
    assert client.patch(url, json={"title": "Mine"}, headers={"If-Match": seen}).status_code == 200
    late = client.patch(url, json={"title": "Theirs"}, headers={"If-Match": seen})
    assert (late.status_code, late.json()["detail"]) == (412, "the meeting was changed meanwhile")
    assert client.get(url).json()["title"] == "Mine"
    assert client.patch(url, json={"title": "Theirs"}, headers={"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize("body", [{}, {"title": None}, {"title": " "}, {"date": "Monday"}, {"project": ".."}])
def test_filing_that_is_refused(client: httpx.Client, services: CorrectingServices, body: dict[str, object]) -> None:
    id = services.add_weekly()
    assert client.patch(f"{API}/meetings/{id}", json=body).status_code == 422
    assert client.get(f"{API}/meetings/{id}/corrections").json() == []


def test_what_a_crash_kept_from_search_is_embedded_when_the_home_is_opened(tmp_path: Path) -> None:
    services = opened(tmp_path)
    (id,) = add(services, "a.vtt", (SERIES / "2026-03-02.vtt").read_bytes())
    ended(services, id)
    event = services.corrector.correct_text(id, 0, "量子计算机到货了。")
    with services.database.engine.begin() as connection:
        connection.execute(text("UPDATE chunk SET behind = 1"))
    services.vectors.clear()
    closed(services)
    services = opened(tmp_path)
    assert ended(services, id).stage == Stage.READY
    assert services.retrieval.search("量子计算机", SearchFilter(projects=("P",))).results[0].lines[0].text == (
        "量子计算机到货了。"
    )
    services.corrector.undo(event.correction_id)
    services.delete_meeting(id)
    closed(services)
