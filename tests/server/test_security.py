"""Other sites and other machines get nothing."""

from __future__ import annotations

import httpx
import pytest

from ingestion.errors import BadInputError
from server.security import check_host, refuse

API = "/api/v1"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8"])
def test_loopback_addresses_are_bound(host: str) -> None:
    assert check_host(host) == host


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "10.0.0.1", "example.org", ""])
def test_other_addresses_are_refused(host: str) -> None:
    with pytest.raises(BadInputError, match="does not bind") as caught:
        check_host(host)
    assert "sign-in" in caught.value.hint


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "192.168.1.20", "", "["]
)
def test_foreign_hosts_are_refused(client: httpx.Client, host: str) -> None:
    response = client.get("/healthz", headers={"Host": host})
    assert response.status_code in (400, 403)
    assert "ok" not in response.text


@pytest.mark.parametrize("host", ["localhost", "localhost:9000", "127.0.0.1:1", "[::1]:8000", "LOCALHOST"])
def test_own_hosts_are_served(host: str) -> None:
    assert refuse("GET", "/", {"host": host}) is None


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:3000", "http://127.0.0.1"])
@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
def test_another_origin_changes_nothing(method: str, origin: str) -> None:
    headers = {"host": "127.0.0.1:8000", "origin": origin}
    refusal = refuse(method, f"{API}/projects", headers)
    assert refusal is not None
    assert refusal.status == 403


def test_the_own_origin_may_change_things() -> None:
    headers = {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    assert refuse("POST", f"{API}/projects", headers) is None


def test_another_site_cannot_embed_a_recording() -> None:
    headers = {"host": "127.0.0.1:8000", "sec-fetch-site": "cross-site"}
    assert refuse("GET", f"{API}/meetings/m/media", headers) is not None
    assert refuse("GET", "/", headers) is None


def test_a_foreign_origin_is_refused_by_the_running_server(client: httpx.Client) -> None:
    response = client.post(f"{API}/projects", json={"name": "Stolen"}, headers={"Origin": "http://evil.example"})
    assert response.status_code == 403
    assert response.json()["type"] == "about:blank#forbidden"
    assert client.get(f"{API}/projects").json() == []


@pytest.mark.parametrize("path", ["/", "/docs", "/static/docs.js", "/healthz", f"{API}/nothing"])
def test_every_response_carries_the_security_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_large_body_is_refused(client: httpx.Client) -> None:
    response = client.post(f"{API}/search", content=b'{"query": "' + b"x" * 2_000_000 + b'"}')
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


def test_a_large_body_without_a_length_is_refused(client: httpx.Client) -> None:
    response = client.post(f"{API}/search", content=(b"x" * 100_000 for _ in range(20)))
    assert response.status_code == 413


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"]
)
def test_static_files_stay_in_their_folder(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404
