"""Meetings, projects, terms and jobs over HTTP."""

from __future__ import annotations

import datetime

import httpx
import pytest

from ingestion.domain import Stage
from ingestion.repository import MeetingRepository
from tests.server.conftest import EdgeServices, spoken

API = "/api/v1"


def every_page(client: httpx.Client, **query: str | int) -> list[list[tuple[str, str]]]:
    """Date and id of each meeting of Atlas, page by page."""
    pages: list[list[tuple[str, str]]] = []
    cursor: dict[str, str] = {}
    while True:
        page = client.get(f"{API}/meetings", params={"project": "Atlas", **query, **cursor}).json()
        pages.append([(meeting["date"], meeting["id"]) for meeting in page["meetings"]])
        assert page["total"] == 7
        if page["next"] is None:
            return pages
        cursor = {"cursor": page["next"]}


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_hold_every_meeting_once_by_date_in_either_order(
    client: httpx.Client, services: EdgeServices, size: int
) -> None:
    days = [3, 1, 2, 2, 2, 1, 5]
    ids = [services.add_meeting(f"Weekly {n}", date=datetime.date(2026, 3, day)) for n, day in enumerate(days)]
    services.add_meeting("Elsewhere", project="Other")
    places = sorted((f"2026-03-0{day}", id) for day, id in zip(days, ids, strict=True))
    oldest_first = every_page(client, limit=size)
    newest_first = every_page(client, limit=size, order="newest")
    assert every_page(client, limit=size, order="oldest") == oldest_first
    assert [place for page in oldest_first for place in page] == places
    assert [place for page in newest_first for place in page] == places[::-1]
    assert {len(page) for page in newest_first[:-1]} <= {size}
    assert len(newest_first) == len(oldest_first) == -(-len(days) // size)


def test_there_is_no_other_order(client: httpx.Client) -> None:
    assert client.get(f"{API}/meetings", params={"order": "title"}).status_code == 422


def test_a_page_goes_on_after_its_last_meeting_was_deleted(client: httpx.Client, services: EdgeServices) -> None:
    ids = sorted(services.add_meeting(f"Weekly {n}") for n in range(3))
    first = client.get(f"{API}/meetings", params={"limit": 1}).json()
    with services.database.session() as session:
        meetings = MeetingRepository(session)
        meetings.delete(meetings.get(ids[0]))
    rest = client.get(f"{API}/meetings", params={"cursor": first["next"]}).json()
    assert [meeting["id"] for meeting in rest["meetings"]] == ids[1:]


def test_filters_narrow_the_list(client: httpx.Client, services: EdgeServices) -> None:
    services.add_meeting("Early", spoken(0, "Hello."), date=datetime.date(2026, 1, 1))
    wanted = services.add_meeting("Late", spoken(0, "Hello.", "Jon"), date=datetime.date(2026, 2, 1))
    for query in ({"since": "2026-01-02"}, {"speaker": "Jon"}, {"meeting": wanted}):
        found = client.get(f"{API}/meetings", params=query).json()["meetings"]
        assert [meeting["id"] for meeting in found] == [wanted]


def test_meetings_are_found_by_words_of_their_title_date_and_project(
    client: httpx.Client, services: EdgeServices
) -> None:
    sync = services.add_meeting("Platform sync", date=datetime.date(2026, 3, 2))
    cut = services.add_meeting("100% cut-over", date=datetime.date(2026, 3, 9))
    zh = services.add_meeting("支付_网关周会", project="Other", date=datetime.date(2026, 4, 1))
    expected = {
        "SYNC": [sync],
        "atlas  cut": [cut],
        "2026-03": [sync, cut],
        "网关 other": [zh],
        "0%": [cut],
        "_": [zh],
        "sync cut": [],
        " ": [sync, cut, zh],
    }
    for words, wanted in expected.items():
        page = client.get(f"{API}/meetings", params={"q": words, "limit": 1}).json()
        assert page["total"] == len(wanted), words
        all_of = client.get(f"{API}/meetings", params={"q": words}).json()["meetings"]
        assert [meeting["id"] for meeting in all_of] == wanted, words


def test_an_etag_says_whether_a_meeting_changed(client: httpx.Client, services: EdgeServices) -> None:
    url = f"{API}/meetings/{services.add_meeting('Weekly', stage=Stage.CHUNK)}"
    first = client.get(url)
    assert client.get(url, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    with services.database.session() as session:
        MeetingRepository(session).set_stage(first.json()["id"], Stage.READY)
    again = client.get(url, headers={"If-None-Match": f'W/{first.headers["etag"]}, "other"'})
    assert (again.status_code, again.json()["stage"]) == (200, "ready")


def test_projects_are_made_once(client: httpx.Client) -> None:
    first = client.post(f"{API}/projects", json={"name": "  支付\u0000网关/升级 "})
    second = client.post(f"{API}/projects", json={"name": "支付网关/升级"})
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert [p["name"] for p in client.get(f"{API}/projects").json()] == ["支付网关/升级"]


def test_a_project_is_made_private_and_stays_so_until_somebody_says_otherwise(client: httpx.Client) -> None:
    assert client.post(f"{API}/projects", json={"name": "a/b"}).json()["private"] is False
    assert client.post(f"{API}/projects", json={"name": "a/b", "private": True}).json()["private"] is True
    assert client.post(f"{API}/projects", json={"name": "a/b"}).json()["private"] is True
    assert client.patch(f"{API}/projects/a%2Fb", json={"private": False}).json()["private"] is False
    assert [p["private"] for p in client.get(f"{API}/projects").json()] == [False]
    assert client.patch(f"{API}/projects/other", json={"private": True}).status_code == 404


def test_an_empty_project_is_deleted_and_a_full_one_is_not(client: httpx.Client, services: EdgeServices) -> None:
    client.post(f"{API}/projects", json={"name": "a/b c"})
    services.add_meeting("Weekly")
    assert client.delete(f"{API}/projects/a%2Fb%20c").status_code == 204
    assert client.delete(f"{API}/projects/Atlas").status_code == 409
    assert [(p["name"], p["meetings"]) for p in client.get(f"{API}/projects").json()] == [("Atlas", 1)]


@pytest.mark.parametrize("name", ["", " ", "\u0000", "..", "x" * 201])
def test_a_project_needs_a_name(client: httpx.Client, name: str) -> None:
    assert client.post(f"{API}/projects", json={"name": name}).status_code == 422


def test_terms_are_added_replaced_and_deleted(client: httpx.Client) -> None:
    shared = client.post(f"{API}/glossary", json={"canonical": "SLO"}).json()
    term = {"project": "Atlas", "canonical": "Quillgate", "aliases": ["quill gate", "quill gate", "奎尔门"]}
    made = client.post(f"{API}/glossary", json=term)
    assert made.status_code == 201
    assert made.json()["aliases"] == ["quill gate", "奎尔门"]
    replaced = client.post(f"{API}/glossary", json={**term, "aliases": [], "kind": "product"}).json()
    assert (replaced["id"], replaced["aliases"], replaced["kind"]) == (made.json()["id"], [], "product")
    listed = client.get(f"{API}/glossary", params={"project": "Atlas"}).json()
    assert [(t["canonical"], t["project"]) for t in listed] == [("Quillgate", "Atlas"), ("SLO", None)]
    assert client.delete(f"{API}/glossary/{shared['id']}").status_code == 204
    assert client.get(f"{API}/glossary").json() == []


def test_jobs_show_retry_and_cancel(client: httpx.Client, services: EdgeServices) -> None:
    services.add_meeting("Done")
    failed = services.add_meeting("Broken", stage=Stage.FAILED, error="no sound", hint="record again")
    running = services.add_meeting("Running", stage=Stage.TRANSCRIBE)
    assert len(client.get(f"{API}/jobs").json()) == 3
    assert [job["id"] for job in client.get(f"{API}/jobs", params={"active": True}).json()] == [running]
    job = client.get(f"{API}/jobs/{failed}").json()
    assert (job["kind"], job["stage"], job["error"], job["hint"]) == ("ingest", "failed", "no sound", "record again")
    assert client.post(f"{API}/jobs/{failed}/cancel").status_code == 409
    assert client.post(f"{API}/jobs/{failed}/retry").status_code == 202
    cancelled = client.post(f"{API}/jobs/{running}/cancel").json()
    assert (cancelled["error"], cancelled["cancelled"]) == ("cancelled", True)
    told = client.get(f"{API}/meetings/{running}", headers={"Accept-Language": "zh"}).json()
    assert (told["error"], told["cancelled"]) == ("已取消", True)
    assert services.recorded.calls == [("enqueue", failed), ("cancel", running)]
