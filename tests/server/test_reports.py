"""Reports that are kept and made every week, over HTTP: a real home, real ingests, readings and jobs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from agents.reports.repository import ReportRepository
from server.home import Home
from server.report_documents import ComparisonDocument, ReportDocument, ReportPage, ScheduleDocument
from server.settings import Settings
from server.weekly_reports import ReportClock, report_jobs
from tests.server.ledger_home import API, FIRST, SECOND, both, until, until_read, upload
from tests.server.test_services import DoubleServices

REPORTS = f"{API}/reports"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[DoubleServices]:
    home = Home(tmp_path)
    home.own()
    yield DoubleServices(Settings(home=tmp_path), home)
    home.disown()


def saved(client: httpx.Client, **asked: Any) -> dict[str, Any]:
    answer = client.post(REPORTS, json={"kind": "comparison", "projects": ["Atlas"], **asked})
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{REPORTS}/{answer.json()['id']}"
    return answer.json()


def shown(client: httpx.Client, report: dict[str, Any], **params: Any) -> httpx.Response:
    return client.get(f"{REPORTS}/{report['id']}", params=params)


def test_a_report_is_kept_goes_stale_and_is_rebuilt(client: httpx.Client) -> None:
    _, second = both(client)
    report = saved(client)
    assert (report["state"], report["document"]) == (
        "current",
        client.get(f"{REPORTS}/compare", params={"project": "Atlas"}).json(),
    )
    assert shown(client, report).json() == report
    etag = shown(client, report).headers["etag"]
    assert client.get(f"{REPORTS}/{report['id']}", headers={"If-None-Match": etag}).status_code == 304
    correction = {"line": 0, "text": "The rollback script is late, can I move it to March 15?"}
    assert client.post(f"{API}/meetings/{second}/corrections", json=correction).status_code == 201
    until(lambda: shown(client, report).json()["state"] == "stale")
    until_read(client)
    stale = shown(client, report).json()
    assert "corrected" in stale["why"]
    assert stale["document"] == report["document"]
    rebuilt = client.post(f"{REPORTS}/{report['id']}/rebuild").json()
    assert (rebuilt["version"], rebuilt["state"]) == (2, "current")
    assert "March 15" in json.dumps(rebuilt["document"])
    old = shown(client, report, version=1)
    assert old.json()["document"] == report["document"]
    assert "March 13" in shown(client, report, version=1, format="md").text
    (listed,) = client.get(REPORTS, params={"project": "Atlas"}).json()["reports"]
    assert listed == {name: value for name, value in rebuilt.items() if name != "document"}
    assert client.delete(f"{REPORTS}/{report['id']}").status_code == 204
    assert shown(client, report).status_code == 404


def test_every_format_shows_what_was_built(client: httpx.Client) -> None:
    first, _ = both(client)
    reports = [
        saved(client, week="2026-W11"),
        saved(client, kind="dossier"),
        saved(client, kind="review", projects=[], meeting=first, template="weekly_sync", name="Kick-off"),
    ]
    for report in reports:
        assert shown(client, report, format="md").text.startswith("# ")
        page = shown(client, report, format="html", base="https://huimai.example").text
        assert 'href="https://huimai.example/#meeting=' in page
        assert "http://127.0.0.1" not in page
        assert shown(client, report, format="docx").content.startswith(b"PK")
        assert shown(client, report, format="ics").text.startswith("BEGIN:VCALENDAR")
        assert shown(client, report, format="html", base="javascript:x").status_code == 422
    assert reports[2]["title"] == "Kick-off"
    assert reports[0]["asked"] == {"kind": "comparison", "week": "2026-W11"}
    live = client.get(f"{API}/dossiers/Atlas", params={"format": "html", "base": "https://huimai.example"}).text
    assert shown(client, reports[1], format="html", base="https://huimai.example").text == live


def test_the_words_of_a_deleted_meeting_are_in_no_report(client: httpx.Client, services: DoubleServices) -> None:
    first, _ = both(client)
    report = saved(client, kind="dossier")
    assert "certificate" in json.dumps(report)
    assert client.delete(f"{API}/meetings/{first}").status_code == 204
    until_read(client)
    found = shown(client, report)
    assert (found.json()["state"], found.json()["document"], found.json()["meetings"]) == ("rebuild", None, [])
    assert "certificate" not in found.text
    gone = shown(client, report, format="md")
    assert (gone.status_code, gone.json()["hint"].split()[:3]) == (409, ["`huimai", "report", "rebuild"])
    with services.database.engine.connect() as connection:
        assert "certificate" not in str(connection.exec_driver_sql("SELECT * FROM reportversion").all())
    assert client.post(f"{REPORTS}/{report['id']}/rebuild").json()["state"] == "current"


def test_documents_are_as_described(client: httpx.Client) -> None:
    both(client)
    upload(client, "2026-03-09", FIRST, "Borealis")
    until_read(client, "Borealis")
    body = {"projects": ["Atlas"], "weekday": "Monday", "time": "9:00", "timezone": "Asia/Shanghai"}
    schedule = client.post(f"{REPORTS}/schedules", json=body).json()
    several = {"project": ["Atlas", "Borealis"], "month": "2026-03"}
    given = [
        (ReportDocument, saved(client)),
        (ReportPage, client.get(REPORTS).json()),
        (ScheduleDocument, schedule),
        (ComparisonDocument, client.get(f"{REPORTS}/compare", params=several).json()),
    ]
    for model, document in given:
        again = json.loads(model.model_validate(document).model_dump_json(by_alias=True))
        assert again == json.loads(json.dumps(document).replace("+00:00", "Z"))
    assert client.get(f"{REPORTS}/schedules").json() == [schedule]
    assert (schedule["weekday"], schedule["time"]) == ("mon", "09:00")
    assert client.delete(f"{REPORTS}/schedules/{schedule['id']}").status_code == 204
    assert client.get(f"{REPORTS}/schedules").json() == []


def test_sides_choose_whose_words_count(client: httpx.Client) -> None:
    both(client)
    url = f"{API}/speaker-sides"
    body = {"project": "Atlas", "name": "Bo Park", "side": "customer"}
    assert client.put(url, json=body).json() == {"name": "Bo Park", "side": "customer"}
    assert client.get(url, params={"project": "Atlas"}).json() == [
        {"name": "Ann Lee", "side": None},
        {"name": "Bo Park", "side": "customer"},
    ]
    found = client.get(f"{REPORTS}/compare", params={"project": "Atlas", "side": "customer"}).json()
    assert found["heard"]["people"] == ["Bo Park"]
    assert "certificate" in json.dumps(found["carried"])
    assert "rate" not in json.dumps(found["metrics"])
    report = saved(client, side="customer")
    assert client.put(url, json={**body, "side": None}).status_code == 200
    told = shown(client, report).json()
    assert (told["state"], told["why"]) == ("stale", ["not_built"])
    assert "of nobody who speaks" in told["problem"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("POST", "reports", {"kind": "comparison", "projects": ["Nope"]}, 404, "Nope"),
        ("POST", "reports", {"kind": "comparison", "projects": ["Atlas"]}, 422, "nothing to compare"),
        ("POST", "reports", {"kind": "poem"}, 422, "kind"),
        ("POST", "reports", {"kind": "dossier", "projects": ["Atlas"], "colour": "red"}, 422, "colour"),
        ("POST", "reports", {"kind": "dossier", "projects": ["Atlas"], "week": "2026-W11"}, 422, "no 'week'"),
        ("POST", "reports", {"kind": "dossier", "projects": ["Atlas"], "name": " "}, 422, "name"),
        ("POST", "reports", {"kind": "review", "meeting": "nope", "template": "weekly_sync"}, 404, "nope"),
        ("GET", "reports?project=Nope", None, 404, "Nope"),
        ("GET", "reports?cursor=nope", None, 404, "nope"),
        ("GET", "reports/nope", None, 404, "no report 'nope'"),
        ("GET", "reports/nope?format=md", None, 404, "no report 'nope'"),
        ("POST", "reports/nope/rebuild", None, 404, "nope"),
        ("DELETE", "reports/nope", None, 404, "nope"),
        ("GET", "reports/compare?project=Atlas&month=2026-14", None, 422, "2026-14"),
        ("GET", "reports/compare?project=Atlas&month=2026-03&side=customer", None, 422, "on the side 'customer'"),
        ("GET", "reports/compare?project=Atlas&side=cat", None, 422, "side"),
        ("POST", "reports/schedules", {"projects": ["Nope"], "weekday": "mon", "time": "09:00"}, 404, "Nope"),
        ("POST", "reports/schedules", {"projects": [], "weekday": "mon", "time": "09:00"}, 422, "of a project"),
        ("POST", "reports/schedules", {"projects": ["Atlas"], "weekday": "x", "time": "09:00"}, 422, "'x'"),
        ("POST", "reports/schedules", {"projects": ["Atlas"], "weekday": "mon", "time": "24:00"}, 422, "24:00"),
        (
            "POST",
            "reports/schedules",
            {"projects": ["Atlas"], "weekday": "mon", "time": "09:00", "timezone": "Mars/Olympus"},
            422,
            "Mars/Olympus",
        ),
        ("DELETE", "reports/schedules/nope", None, 404, "nope"),
        ("PUT", "speaker-sides", {"project": "Atlas", "name": "Zoe", "side": "team"}, 404, "Zoe"),
        ("PUT", "speaker-sides", {"project": "Atlas", "name": "Zoe", "side": "dark"}, 422, "side"),
    ],
)
def test_errors_are_problems(client: httpx.Client, method: str, path: str, body: Any, status: int, said: str) -> None:
    client.post(f"{API}/projects", json={"name": "Atlas"})
    answer = client.request(method, f"{API}/{path}", json=body)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert said in problem["detail"]
    assert problem["hint"]


class Clock:
    """A clock that is set."""

    now = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def weekly(client: httpx.Client, services: DoubleServices) -> str:
    """A report every Monday at nine in UTC, since March 14."""
    body = {"projects": ["Atlas"], "weekday": "mon", "time": "09:00", "timezone": "UTC"}
    id: str = client.post(f"{REPORTS}/schedules", json=body).json()["id"]
    with services.database.session() as session:
        schedule = ReportRepository(session).schedule(id)
        schedule.created_at = datetime(2026, 3, 14, tzinfo=UTC)
        session.add(schedule)
    return id


def test_a_weekly_report_is_made_once_however_often_the_clock_is_looked_at(
    client: httpx.Client, services: DoubleServices
) -> None:
    both(client)
    services._report_clock.stop()
    id, now = weekly(client, services), Clock()
    clock = ReportClock(services.schedules, report_jobs(), now)
    now.now -= timedelta(seconds=1)
    clock.look()
    assert client.get(REPORTS).json()["reports"] == []
    now.now += timedelta(seconds=1)
    for _ in range(3):
        clock.look()
    until(lambda: client.get(f"{REPORTS}/schedules").json()[0]["done"] == "2026-03-16")
    for _ in range(3):
        report_jobs().enqueue(id, date(2026, 3, 16))
        clock.look()
    (report,) = client.get(REPORTS).json()["reports"]
    assert (report["schedule_id"], report["asked"]["to"]) == (id, "2026-03-09..2026-03-15")
    # the machine is off for a month: only the newest is made up for
    now.now += timedelta(days=30)
    clock.look()
    until(lambda: client.get(f"{REPORTS}/schedules").json()[0]["done"] == "2026-04-13")
    assert len(client.get(REPORTS).json()["reports"]) == 2


def test_why_a_weekly_report_was_not_made_is_shown(
    client: httpx.Client, services: DoubleServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(client, "2026-03-02", SECOND)
    services._report_clock.stop()
    weekly(client, services)

    def broken(*_: object) -> str:
        raise OSError("the disk is gone")

    monkeypatch.setattr(services.reports, "save_scheduled", broken)
    ReportClock(services.schedules, report_jobs(), Clock()).look()
    until(lambda: client.get(f"{REPORTS}/schedules").json()[0]["error"])
    (schedule,) = client.get(f"{REPORTS}/schedules").json()
    assert "the disk is gone" in schedule["error"]
    assert "huimai report save" in schedule["hint"]


def test_the_thread_looks_by_itself(client: httpx.Client, services: DoubleServices) -> None:
    both(client)
    services._report_clock.stop()
    weekly(client, services)
    clock = ReportClock(services.schedules, report_jobs(), Clock())
    clock.start()
    until(lambda: client.get(REPORTS).json()["reports"])
    clock.stop()
