"""Reviews over HTTP: real stores and jobs, doubles of the models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.home import Home
from server.settings import Settings
from server.template_documents import ReviewReportDocument
from tests.server.ledger_home import API, FIRST, both
from tests.server.test_services import DoubleServices

OWN = 'title = { en = "Mine" }\n[[sections]]\nkey = "a"\ntitle = { en = "A" }\nabout = ["certificate"]\n'


@pytest.fixture
def services(tmp_path: Path) -> Iterator[DoubleServices]:
    home = Home(tmp_path)
    home.own()
    yield DoubleServices(Settings(home=tmp_path), home)
    home.disown()


def reported(client: httpx.Client, id: str, **given: Any) -> dict[str, Any]:
    answer = client.get(f"{API}/meetings/{id}/review-report", params={"template": "weekly_sync", **given})
    assert answer.status_code == 200, answer.text
    return answer.json()


def section(document: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return next(one["claims"] for one in document["sections"] if one["key"] == key)


def test_a_meeting_is_reviewed_as_its_matters_stand_now(client: httpx.Client) -> None:
    first, second = both(client)
    document = reported(client, first)
    assert document["meeting"]["id"] == first
    assert document["coverage"] == {"in_scope": 1, "searched": 1, "read": 1, "failed": []}
    (script, _) = section(document, "commitments")
    assert script["text"] == f"{FIRST[2][1]} (Ann Lee, due 13 Mar 2026, re-dated)"
    assert {one["meeting_id"] for one in script["evidence"]} == {first, second}
    assert json.loads(ReviewReportDocument.model_validate(document).model_dump_json(by_alias=True)) == document


def test_a_focus_shows_only_what_is_said_in_it(client: httpx.Client) -> None:
    first, _ = both(client)
    document = reported(client, first, **{"from": 10, "to": 14})
    claims = [claim for one in document["sections"] for claim in one["claims"]]
    assert [claim["text"] for claim in claims] == [FIRST[2][1]]
    assert {(one["meeting_id"], *one["utterances"]) for one in claims[0]["evidence"]} == {(first, 2, 2)}


def test_formats(client: httpx.Client) -> None:
    first, _ = both(client)
    url = f"{API}/meetings/{first}/review-report?template=weekly_sync&format="
    markdown = client.get(f"{url}md")
    assert "## Decisions" in markdown.text
    assert client.get(f"{url}md", headers={"If-None-Match": markdown.headers["etag"]}).status_code == 304
    page = client.get(f"{url}html")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert f"/#meeting={first}" in page.text
    document = client.get(f"{url}docx")
    assert document.content.startswith(b"PK")
    assert document.headers["content-disposition"].endswith(".docx")


def test_templates_of_the_data_home_count(client: httpx.Client, services: DoubleServices) -> None:
    first, _ = both(client)
    services.home.templates.mkdir()
    (services.home.templates / "weekly_sync.toml").write_text(OWN, encoding="utf-8")
    listed = {one["name"]: one for one in client.get(f"{API}/templates").json()["templates"]}
    assert (listed["weekly_sync"]["own"], listed["interview"]["own"]) == (True, False)
    assert [claim["text"] for claim in section(reported(client, first), "a")] == [FIRST[3][1]]


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({}, 422, "template"),
        ({"template": "../../huimai"}, 422, "is no name of a template"),
        ({"template": "nope"}, 404, "there is no template 'nope'"),
        ({"template": "interview", "from": "nan"}, 422, "from"),
        ({"template": "interview", "from": -1}, 422, "from"),
        ({"template": "interview", "from": 20, "to": 10}, 422, "no span begins at 20 s"),
        ({"template": "interview", "format": "ics"}, 422, "format"),
        ({"template": "interview", "format": "html", "base": "ftp://x"}, 422, "no address"),
    ],
)
def test_errors_are_problems(client: httpx.Client, given: dict[str, Any], status: int, said: str) -> None:
    first, _ = both(client)
    answer = client.get(f"{API}/meetings/{first}/review-report", params=given)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert said in problem["detail"]
    assert problem["hint"]
    assert client.get(f"{API}/meetings/nope/review-report", params={"template": "interview"}).status_code == 404
