"""The web app as the server gives it: fresh nonces, addresses of screens, files that stay in their folder."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from server.routes import pages

PAGE = '<html><meta property="csp-nonce" nonce="huimai-nonce"><script src="/assets/a-1.js" nonce="huimai-nonce">'


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "assets" / "a-1.js").write_text("1;")
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.setattr(pages, "BUILT", tmp_path)
    return tmp_path


def test_each_page_has_a_nonce_of_its_own(client: httpx.Client, built: Path) -> None:
    nonces: list[str] = []
    for _ in range(2):
        response = client.get("/")
        found = set(re.findall(r'nonce="([^"]+)"', response.text))
        assert len(found) == 1
        nonces += found
        assert f"style-src 'self' 'nonce-{nonces[-1]}'" in response.headers["content-security-policy"]
        assert response.headers["cache-control"] == "no-store"
    assert len(set(nonces)) == 2
    assert "huimai-nonce" not in nonces


@pytest.mark.parametrize(
    "path", ["/meetings", "/meetings/3f9c1a2b7d40?line=3", "/projects/支付网关升级", "/projects/a%2Fb"]
)
def test_every_screen_has_an_address(client: httpx.Client, built: Path, path: str) -> None:
    assert "/assets/a-1.js" in client.get(path).text


def test_every_way_of_the_app_is_served(client: httpx.Client) -> None:
    router = Path(__file__).parents[2] / "web/src/app/router.tsx"
    ways = set(re.findall(r'path: "/([a-z]*)', router.read_text("utf-8")))
    assert ways - {""} == set(pages.SCREENS)


BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_an_address_of_no_screen_opens_the_app_in_a_browser(client: httpx.Client, built: Path) -> None:
    found = client.get("/nothing/here", headers=BROWSER)
    assert (found.status_code, "/assets/a-1.js" in found.text) == (404, True)
    assert "nonce" in found.headers["content-security-policy"]


@pytest.mark.parametrize(("path", "headers"), [("/nothing", {}), ("/api/v1/nothing", BROWSER)])
def test_programs_are_told_that_nothing_answers(client: httpx.Client, path: str, headers: dict[str, str]) -> None:
    found = client.get(path, headers=headers)
    assert (found.status_code, found.json()["detail"]) == (404, f"nothing answers at {path}")


def test_files_of_the_app_are_kept_by_browsers(client: httpx.Client, built: Path) -> None:
    found = client.get("/assets/a-1.js")
    assert (found.status_code, found.text) == (200, "1;")
    assert "immutable" in found.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["/assets/none.js", "/assets/..%2Fsecret.txt", "/assets/%2e%2e/secret.txt", "/assets/"]
)
def test_nothing_else_is_given_out(client: httpx.Client, built: Path, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_address_of_no_screen_is_a_problem(client: httpx.Client, built: Path) -> None:
    assert client.get("/nothing").headers["content-type"] == "application/problem+json"


def test_an_app_that_is_not_built_says_so(
    client: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "BUILT", tmp_path / "none")
    assert "make web" in client.get("/").text
