"""Dossiers and comparisons as files over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from server.home import Home
from server.settings import Settings
from tests.server.ledger_home import API, both
from tests.server.test_services import DoubleServices

PATHS = ["dossiers/Atlas?", "reports/compare?project=Atlas&"]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[DoubleServices]:
    home = Home(tmp_path)
    home.own()
    yield DoubleServices(Settings(home=tmp_path), home)
    home.disown()


def test_a_page_is_shown_under_its_own_policy_and_links_back(client: httpx.Client) -> None:
    first, _ = both(client)
    for path in PATHS:
        answer = client.get(f"{API}/{path}format=html")
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
        assert "content-disposition" not in answer.headers
        address = str(client.base_url).rstrip("/")
        assert f'href="{address}/#meeting={first}&amp;line=2&amp;t=10.0"' in answer.text
        assert "&lt;b&gt;*draft*&lt;/b&gt;" in answer.text


def test_other_files_are_offered_for_saving(client: httpx.Client) -> None:
    both(client)
    begins = {"docx": b"PK", "pdf": b"%PDF", "ics": b"BEGIN:VCALENDAR"}
    for path in PATHS:
        for format, first in begins.items():
            answer = client.get(f"{API}/{path}format={format}")
            assert answer.content.startswith(first)
            assert answer.headers["content-disposition"] == f"attachment; filename*=utf-8''Atlas.{format}"


def test_links_begin_with_the_address_that_is_asked_for(client: httpx.Client) -> None:
    both(client)
    page = client.get(f"{API}/dossiers/Atlas?format=html&base=https://huimai.example").text
    assert 'href="https://huimai.example/#meeting=' in page
    answer = client.get(f"{API}/dossiers/Atlas?format=html&base=javascript:alert(1)")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
