"""Reviews and the glossary's changes over HTTP."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from ingestion.domain import Correction, GlossaryEntry, SpokenLine
from ingestion.repository import ProjectRepository
from server.home import Home
from server.settings import Settings
from tests.server.conftest import spoken
from tests.server.test_corrections import API, CorrectingServices

NAMED = Correction("quill gate", "Quillgate", "glossary alias")
DOUBTFUL = (
    spoken(0, "We support iOS 15.", "Mina"),
    spoken(1, "I need iOS 50.", "Jon", 2.0),
    SpokenLine(2, "Move to Quillgate.", "Move to quill gate.", "Mina", 4.0, 6.0, "en", corrections=(NAMED,)),
    spoken(3, "We asked Castovia about it.", "Jon", 6.0),
)


@pytest.fixture
def services(tmp_path: Path) -> CorrectingServices:
    return CorrectingServices(Settings(home=tmp_path / "home"), Home(tmp_path / "home"))


def learn(services: CorrectingServices, *entries: GlossaryEntry) -> None:
    with services.database.session() as session:
        projects = ProjectRepository(session)
        for entry in entries:
            projects.put_term(projects.ensure("Atlas").id, entry)


def test_what_deserves_a_listen_is_listed_and_confirmed(client: httpx.Client, services: CorrectingServices) -> None:
    id = services.add_meeting("Weekly", *DOUBTFUL)
    url = f"{API}/meetings/{id}/review"
    (first, second) = client.get(url).json()
    assert first == {
        "line": 0,
        "start": 0.0,
        "end": 2.0,
        "kind": "number",
        "text": "15",
        "why": "sounds-like",
        "probability": None,
        "other": "50",
    }
    made = client.post(url, json={"lines": [0, 1], "made_by": "Ada"})
    assert made.status_code == 201
    assert [(one["kind"], one["lines"], one["made_by"]) for one in made.json()] == [
        ("right", [0], "Ada"),
        ("right", [1], "Ada"),
    ]
    assert client.get(url).json() == []
    client.delete(f"{API}/corrections/{made.json()[1]['id']}")
    assert client.get(url).json() == [second]


@pytest.mark.parametrize(
    ("body", "status"),
    [({"lines": []}, 422), ({}, 422), ({"lines": [99]}, 404), ({"lines": [-1]}, 404), ({"lines": ["x"]}, 422)],
)
def test_what_cannot_be_confirmed(
    client: httpx.Client, services: CorrectingServices, body: dict[str, object], status: int
) -> None:
    id = services.add_meeting("Weekly", *DOUBTFUL)
    assert client.post(f"{API}/meetings/{id}/review", json=body).status_code == status
    assert client.get(f"{API}/meetings/{id}/corrections").json() == []
    assert client.get(f"{API}/meetings/nothing/review").status_code == 404
    assert client.post(f"{API}/meetings/nothing/review", json={"lines": [0]}).status_code == 404


def test_the_glossarys_changes_are_listed_applied_and_taken_back(
    client: httpx.Client, services: CorrectingServices
) -> None:
    learn(services, GlossaryEntry("Quillgate", ("quill gate",)))
    id = services.add_meeting("Weekly", *DOUBTFUL)
    url = f"{API}/glossary/changes"
    page = client.get(url, params={"project": "Atlas"}).json()
    assert page["next"] is None
    (change,) = page["changes"]
    assert (change["meeting_id"], change["line"], change["state"]) == (id, 2, "made")
    assert (change["before"], change["after"], change["reason"]) == ("quill gate", "Quillgate", "glossary alias")
    assert client.post(url, params={"project": "Atlas"}).json() == {"meetings": []}
    assert services.recorded.calls == []
    learn(services, GlossaryEntry("Kestovia", ("Castovia",)))
    assert [c["state"] for c in client.get(url).json()["changes"]] == ["made", "pending"]
    applied = client.post(url)
    assert (applied.status_code, applied.json()) == (202, {"meetings": [id]})
    assert services.recorded.calls == [("enqueue", id)]
    assert client.get(url, params={"project": "nothing"}).status_code == 404
    assert client.get(url, params={"cursor": "x"}).status_code == 422


def test_a_line_gets_its_own_words_again(client: httpx.Client, services: CorrectingServices) -> None:
    learn(services, GlossaryEntry("Quillgate", ("quill gate",)))
    id = services.add_meeting("Weekly", *DOUBTFUL)
    made = client.post(f"{API}/glossary/keep", json={"meeting_id": id, "line": 2, "made_by": "Ada"})
    assert (made.status_code, made.json()["after"]) == (201, {"text": "Move to quill gate."})
    assert client.post(f"{API}/glossary/keep", json={"meeting_id": id, "line": 0}).status_code == 409
    assert client.post(f"{API}/glossary/keep", json={"meeting_id": id, "line": 9}).status_code == 404


def test_corrections_suggest_terms(client: httpx.Client, services: CorrectingServices) -> None:
    id = services.add_meeting("Weekly", *DOUBTFUL)
    learn(services, GlossaryEntry("Kestovia", ("Custo",), "company"))
    body = {"line": 3, "text": "We asked Kestovia about it."}
    assert client.post(f"{API}/meetings/{id}/corrections", json=body).status_code == 201
    assert client.get(f"{API}/glossary/suggestions", params={"project": "Atlas"}).json() == [
        {
            "canonical": "Kestovia",
            "alias": "Castovia",
            "times": 1,
            "lines": [{"meeting_id": id, "line": 3}],
            "known_aliases": ["Custo"],
            "kind": "company",
        }
    ]
