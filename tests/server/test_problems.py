"""Errors come out as problem documents, and tell nothing of the inside."""

from __future__ import annotations

import httpx
import pytest

from ingestion.errors import BadInputError, ModelFailedError
from server.problems import PROBLEM_JSON, problem

API = "/api/v1"
FIELDS = {"type", "title", "status", "detail", "hint", "instance"}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", f"{API}/meetings/nobody", 404, "not-found"),
        ("GET", f"{API}/nothing", 404, "not-found"),
        ("PUT", f"{API}/projects", 405, "method-not-allowed"),
        ("GET", f"{API}/search", 422, "validation"),
        ("GET", f"{API}/meetings?cursor=yesterday", 422, "bad-input"),
        ("GET", f"{API}/meetings?project=none", 404, "not-found"),
        ("POST", f"{API}/ask", 422, "validation"),
        ("DELETE", f"{API}/projects/none", 404, "not-found"),
        ("DELETE", f"{API}/glossary/none", 404, "not-found"),
        ("GET", f"{API}/jobs/none", 404, "not-found"),
        ("GET", f"{API}/export?project=none", 404, "not-found"),
        ("GET", "/static/none.js", 404, "not-found"),
    ],
)
def test_every_error_is_a_problem_document(
    client: httpx.Client, method: str, path: str, status: int, code: str
) -> None:
    response = client.request(method, path)
    document = response.json()
    assert response.headers["content-type"] == PROBLEM_JSON
    assert (response.status_code, document["status"]) == (status, status)
    assert document["type"] == f"about:blank#{code}"
    assert set(document) == FIELDS
    assert document["detail"]
    assert document["instance"] == path.partition("?")[0]


def test_a_validation_error_names_the_field(client: httpx.Client) -> None:
    response = client.post(f"{API}/search", json={"query": "ship", "limit": 1000})
    assert "limit: input should be less than or equal to 100" in response.json()["detail"]


def test_a_malformed_body_is_a_validation_error(client: httpx.Client) -> None:
    response = client.post(f"{API}/search", content=b'{"query": ', headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.json()["type"] == "about:blank#validation"
    assert response.json()["detail"].startswith("the body is not JSON: ")
    assert response.json()["detail"].endswith(", at character 10")


def test_an_unexpected_error_tells_nothing() -> None:
    document = problem(RuntimeError("password=hunter2 in /home/someone"), "/x")
    assert document.status == 500
    assert "hunter2" not in document.model_dump_json()


def test_a_status_given_to_an_error_wins() -> None:
    assert problem(BadInputError("no", status=409), "/x").status == 409
    assert problem(ModelFailedError("down", "start it"), "/x").hint == "start it"
