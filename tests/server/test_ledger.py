"""The ledger over HTTP: a real home, real ingests and readings, doubles of the models."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from agents.qa.verify import Numbered, missing_facts
from ingestion.errors import ModelMissingError
from retrieval.domain import Evidence, Line
from server.dossier_documents import ClaimTrail, DossierChanges
from server.home import Home
from server.ledger_documents import DossierDocument, ItemDocument
from server.report_documents import ComparisonDocument
from server.settings import Settings
from tests.server.ledger_home import API, FIRST, both, readings, until, until_read, upload
from tests.server.test_services import DoubleServices


@pytest.fixture
def services(tmp_path: Path) -> Iterator[DoubleServices]:
    home = Home(tmp_path)
    home.own()
    yield DoubleServices(Settings(home=tmp_path), home)
    home.disown()


def items(client: httpx.Client, **where: Any) -> list[dict[str, Any]]:
    answer = client.get(f"{API}/items", params={"project": "Atlas", **where})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def compared(client: httpx.Client, **where: Any) -> dict[str, Any]:
    return client.get(f"{API}/reports/compare", params={"project": "Atlas", **where}).json()


def dossier(client: httpx.Client, **where: Any) -> dict[str, Any]:
    return client.get(f"{API}/dossiers/Atlas", params=where).json()


def script(client: httpx.Client) -> dict[str, Any]:
    (found,) = items(client, kind="commitment", owner="Ann")
    return found


def test_items_are_matters_with_history_and_evidence(client: httpx.Client) -> None:
    first, second = both(client)
    found = script(client)
    assert (found["owner"], found["due"], found["status"]) == ("Ann Lee", "2026-03-13", "re-dated")
    assert [(step["meeting_id"], step["type"]) for step in found["history"]] == [(first, None), (second, "re-dates")]
    assert [step["lines"] for step in found["history"]] == [[2], [0, 1]]
    (evidence,) = found["history"][0]["evidence"]
    assert (evidence["quote"], evidence["speaker"], evidence["start"]) == (FIRST[2][1], "Ann Lee", 10.0)
    (link,) = found["links"]
    assert (link["reason"], link["values"], link["joins"]) == ("day", ["2026-03-06", "2026-03-13"], True)
    (metric,) = items(client, kind="metric")
    assert (metric["name"], metric["value"], metric["unit"]) == ("error rate", "1.9", "%")
    later = found["history"][1]["item_id"]
    assert client.get(f"{API}/items/{later}").json() == client.get(f"{API}/items/{found['id']}").json() == found


def test_items_are_chosen_and_paged(client: httpx.Client) -> None:
    first, second = both(client)
    everything = items(client)
    pages, cursor = [], ""
    while cursor is not None:
        params = {"project": "Atlas", "limit": 2, **({"cursor": cursor} if cursor else {})}
        page = client.get(f"{API}/items", params=params).json()
        assert page["coverage"] == {"in_scope": 2, "searched": 2, "read": 2, "failed": []}
        pages.append(page["items"])
        cursor = page["next"]
    assert [len(page) for page in pages[:-1]] == [2] * (len(pages) - 1)
    assert [item for page in pages for item in page] == everything
    assert {i["kind"] for i in items(client, kind=["risk", "metric"])} == {"risk", "metric"}
    assert [i["owner"] for i in items(client, status="promised")] == ["Bo Park"]
    assert [i["owner"] for i in items(client, owner="park")] == ["Bo Park"]
    assert {s["meeting_id"] for i in items(client, meeting=second) for s in i["history"]} == {first, second}
    assert items(client, at="2026-03-01") == []
    assert [i["due"] for i in items(client, owner="Ann", at="2026-03-02")] == ["2026-03-06"]


def test_aims_and_topics_are_listed_when_they_are_asked_for(client: httpx.Client) -> None:
    lines = [("Ann Lee", "The purpose of this meeting is to pick a supplier."), *FIRST]
    id = upload(client, "2026-03-02", lines)
    until_read(client)
    assert {i["kind"] for i in items(client)} <= {"decision", "commitment", "question", "risk", "metric"}
    (aim,) = items(client, kind="aim")
    assert (aim["text"], aim["status"], aim["meeting_id"]) == (lines[0][1], "said", id)
    assert [one["quote"] for one in aim["evidence"]] == [lines[0][1]]
    assert client.get(f"{API}/items/{aim['id']}").json() == aim
    (section,) = (one for one in dossier(client)["sections"] if one["key"] == "purpose")
    assert [claim["text"] for claim in section["claims"]] == [f"2 Mar 2026: {lines[0][1]}"]


def test_a_dossiers_changes_and_claims_are_as_described(client: httpx.Client) -> None:
    both(client)
    changed = client.get(f"{API}/dossier-changes", params={"project": "Atlas", "since": "2026-03-02"})
    assert DossierChanges.model_validate(changed.json()).new
    assert changed.headers["etag"]
    (key,) = (one["after"]["key"] for one in changed.json()["changed"] if one["after"]["key"].startswith("commitment"))
    params = {"project": "Atlas", "key": key}
    assert ClaimTrail.model_validate(client.get(f"{API}/dossier-claims", params=params).json()).items
    told = client.get(f"{API}/dossier-claims", params={**params, "format": "md"})
    assert told.headers["content-type"].startswith("text/markdown")
    assert client.get(f"{API}/dossier-claims", params={**params, "key": "no"}).status_code == 404
    assert client.get(f"{API}/dossier-changes", params={"project": "Atlas", "since": "x"}).status_code == 422


def test_a_version_moves_with_a_correction_and_not_with_another_reading(client: httpx.Client) -> None:
    first, _ = both(client)
    before = dossier(client)["version"]
    client.post(f"{API}/readings", json={"project": "Atlas"})
    until_read(client)
    assert dossier(client)["version"] == before
    correction = {"line": 2, "text": "I'll write the rollback script by March 5."}
    assert client.post(f"{API}/meetings/{first}/corrections", json=correction).status_code == 201
    until(lambda: "March 5" in script(client)["text"])
    until_read(client)
    assert dossier(client)["version"] != before


def test_a_rejected_link_parts_two_matters_at_once_and_for_good(client: httpx.Client) -> None:
    both(client)
    (link,) = script(client)["links"]
    url = f"{API}/links/{link['item_id']}/{link['earlier_id']}"
    before = compared(client)
    assert client.put(url, json={"confirmed": False}).json()["confirmed"] is False
    parted = items(client, kind="commitment", owner="Ann")
    assert [i["due"] for i in parted] == ["2026-03-06", "2026-03-13"]
    assert [(one["confirmed"], one["joins"]) for i in parted for one in i["links"]] == [(False, False)] * 2
    assert len(compared(client)["changed"]) == len(before["changed"]) - 1
    client.post(f"{API}/readings", json={"project": "Atlas"})
    until_read(client)
    assert len(items(client, kind="commitment", owner="Ann")) == 2
    client.put(url, json={"confirmed": None})
    assert script(client)["status"] == "re-dated"


def test_a_rejection_is_taken_back_though_what_was_rejected_is_gone_since(client: httpx.Client) -> None:
    both(client)
    upload(
        client, "2026-03-16", [("Ann Lee", "The rollback script is done."), ("Bo Park", "Lisbon has lovely weather.")]
    )
    until_read(client)
    link = next(one for one in script(client)["links"] if one["type"] == "fulfils")
    url = f"{API}/links/{link['item_id']}/{link['earlier_id']}"
    client.put(url, json={"confirmed": False})
    until_read(client)
    assert script(client)["status"] == "dropped"
    assert client.get(f"{API}/items/{link['item_id']}").status_code == 404
    for _ in range(2):
        taken_back = client.put(url, json={"confirmed": None})
        assert (taken_back.status_code, taken_back.json()["confirmed"]) == (200, None)
    until_read(client)
    assert script(client)["status"] == "done"


def test_a_status_that_a_person_told_is_taken_back_by_its_link(client: httpx.Client) -> None:
    both(client)
    before = script(client)
    told = client.patch(f"{API}/items/{before['id']}", json={"status": "done"}).json()
    link = told["links"][-1]
    assert (told["status"], link["reason"], link["confirmed"]) == ("done", "by_hand", True)
    client.put(f"{API}/links/{link['item_id']}/{link['earlier_id']}", json={"confirmed": None})
    until_read(client)
    assert script(client) == before


def test_a_conflict_is_judged_where_it_is_compared(client: httpx.Client) -> None:
    upload(client, "2026-03-02", FIRST)
    said = "I still say we ship the release on April 17, that is the decision."
    upload(client, "2026-03-09", [("Cy Doe", said), ("Bo Park", "Agreed.")])
    until_read(client)
    (row,) = compared(client)["conflicts"]
    link = row["link"]
    assert (link["type"], link["confirmed"]) == ("conflicts", None)
    url = f"{API}/links/{link['item_id']}/{link['earlier_id']}"
    client.put(url, json={"confirmed": True})
    until_read(client)
    assert compared(client)["conflicts"] == [{**row, "link": {**link, "confirmed": True}}]
    client.put(url, json={"confirmed": False})
    until_read(client)
    assert compared(client)["conflicts"] == []
    client.put(url, json={"confirmed": None})
    until_read(client)
    assert compared(client)["conflicts"] == [row]


def test_a_corrected_line_is_read_again(client: httpx.Client) -> None:
    first, _ = both(client)
    id = script(client)["id"]
    correction = {"line": 2, "text": "I'll write the rollback script by March 5."}
    assert client.post(f"{API}/meetings/{first}/corrections", json=correction).status_code == 201
    until(lambda: "March 5" in script(client)["text"])
    until_read(client)
    found = script(client)
    assert (found["id"], found["history"][0]["due"]) == (id, "2026-03-05")
    assert found["links"][0]["values"] == ["2026-03-05", "2026-03-13"]


def test_what_a_deleted_meeting_said_goes_with_it(client: httpx.Client) -> None:
    first, second = both(client)
    assert client.delete(f"{API}/meetings/{first}").status_code == 204
    until_read(client)
    assert {step["meeting_id"] for item in items(client) for step in item["history"]} == {second}
    text = json.dumps([items(client), dossier(client), readings(client)])
    assert first not in text
    assert "certificate" not in text


def test_readings_say_what_was_read_and_why_not(
    client: httpx.Client, services: DoubleServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = upload(client, "2026-03-02", FIRST)
    (reading,) = until_read(client)
    assert (reading["id"], reading["date"], reading["state"]) == (id, "2026-03-02", "read")
    assert reading["spent"]["lines"] == len(FIRST)

    def broken(*_: object) -> list[str]:
        raise ModelMissingError("the model is not here", "pull it")

    with monkeypatch.context() as patched:
        patched.setattr("agents.ledger.reader.link_meeting", broken)
        assert client.post(f"{API}/readings", json={"meetings": [id]}).json() == {"meetings": [id]}
        (failed,) = until_read(client)
    assert (failed["state"], failed["error"]) == ("failed", "the model is not here")
    assert f"huimai items read {id}" in failed["hint"]
    assert items(client)
    client.post(f"{API}/readings", json={"project": "Atlas"})
    (reading,) = until_read(client)
    assert (reading["state"], reading["error"]) == ("read", None)


def test_readings_are_told_as_they_go_on(client: httpx.Client) -> None:
    both(client)
    headers, params = {"Accept": "text/event-stream"}, {"project": "Atlas"}
    client.post(f"{API}/readings", json=params)
    told = client.get(f"{API}/readings", params=params, headers=headers).text.strip().split("\n\n")
    events = [
        (head.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
        for head, data in map(str.splitlines, told)
    ]
    assert {name for name, _ in events[:-1]} == {"reading"}
    name, last = events[-1]
    assert (name, {one["state"] for one in last["readings"]}) == ("done", {"read"})
    assert last == client.get(f"{API}/readings", params=params).json()
    missing = client.get(f"{API}/readings", params={"project": "Nope"}, headers=headers)
    assert (missing.status_code, missing.json()["detail"]) == (404, "there is no project 'Nope'")


def test_a_comparison_shows_both_sides(client: httpx.Client) -> None:
    both(client)
    found = compared(client)
    assert (found["from"]["first"], found["to"]["last"]) == ("2026-03-02", "2026-03-09")
    (row,) = [row for row in found["changed"] if row["item"]["kind"] == "commitment"]
    assert (row["before"], row["evidence_before"][0]["quote"]) == (FIRST[2][1], FIRST[2][1])
    assert "March 13" in row["evidence_after"][0]["quote"]
    (metric,) = found["metrics"]
    assert (metric["name"], metric["before"], metric["after"]) == ("error rate", "2.4", "1.9")
    periods = dict.fromkeys(("from", "to", "projects"))
    assert compared(client, week="2026-W11") | periods == found | periods
    assert compared(client, **{"from": "2026-03-02", "to": "2026-03-09"}) == found


def test_documents_are_as_described(client: httpx.Client) -> None:
    both(client)
    given = [(DossierDocument, dossier(client)), (ComparisonDocument, compared(client))]
    given += [(ItemDocument, item) for item in items(client)]
    for model, document in given:
        assert json.loads(model.model_validate(document).model_dump_json(by_alias=True)) == document


def test_everything_shown_stands_in_its_evidence(client: httpx.Client) -> None:
    both(client)
    people = sorted({who for who, _ in FIRST})
    comparison = compared(client)
    shown = [*items(client), *(row["item"] for key in ("new", "changed", "carried") for row in comparison[key])]
    assert len(shown) > 6
    for item in shown:
        stated = " ".join(filter(None, [item["owner"], item["due"], item["value"]]))
        assert item["evidence"], item
        assert missing_facts(stated, cited(item["evidence"]), people) == [], item
    claims = [claim for section in dossier(client)["sections"] for claim in section["claims"]]
    for claim in [*claims, *comparison["summary"]]:
        assert claim["evidence"], claim
        assert missing_facts(claim["text"], cited(claim["evidence"]), people) == [], claim
    for metric in comparison["metrics"]:
        assert missing_facts(f"{metric['before']} {metric['after']}", cited(metric["evidence"]), people) == []


def cited(evidence: list[dict[str, Any]]) -> list[Numbered]:
    """Evidence documents as what a claim is checked against."""
    from datetime import date

    return [
        Numbered(
            n,
            Evidence(
                one["meeting_id"],
                one["meeting_title"],
                one["project"],
                date.fromisoformat(one["date"]),
                tuple(Line(i, one["speaker"], None, None, text) for i, text in enumerate(one["quote"].splitlines())),
                0.0,
            ),
        )
        for n, one in enumerate(evidence, start=1)
    ]


@pytest.mark.parametrize("path", ["dossiers/Atlas", "reports/compare?project=Atlas"])
def test_markdown_is_safe_and_says_what_was_read(client: httpx.Client, path: str) -> None:
    both(client)
    answer = client.get(f"{API}/{path}", params={**httpx.URL(path).params, "format": "md"})
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "(2 meetings in scope, 2 searched, 2 read)" in answer.text
    assert "[2026-03-02 00:25 Bo Park] “I'll publish the" in answer.text
    assert r"\<b\>\*draft\*\</b\> \[guide\](http:\//evil.example)" in answer.text
    assert not re.search(r"(?<!\\)(?:[<>]|\]\()|://", answer.text)


def test_etags_spare_what_did_not_change(client: httpx.Client) -> None:
    both(client)
    link = script(client)["links"][0]
    for path in ("items?project=Atlas", f"items/{link['item_id']}", "dossiers/Atlas", "reports/compare?project=Atlas"):
        etag = client.get(f"{API}/{path}").headers["etag"]
        assert client.get(f"{API}/{path}", headers={"If-None-Match": etag}).status_code == 304
    etag = client.get(f"{API}/dossiers/Atlas").headers["etag"]
    client.put(f"{API}/links/{link['item_id']}/{link['earlier_id']}", json={"confirmed": False})
    assert client.get(f"{API}/dossiers/Atlas", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("GET", "items?project=Nope", None, 404, "Nope"),
        ("GET", "items", None, 422, "project"),
        ("GET", "items?project=Atlas&kind=update_", None, 422, "kind"),
        ("GET", "items?project=Atlas&cursor=x", None, 422, "not a cursor"),
        ("GET", "items/nope", None, 404, "there is no item 'nope'"),
        ("PUT", "links/a/b", {"confirmed": True}, 404, "not linked"),
        ("PUT", "links/a/b", {}, 422, "confirmed"),
        ("POST", "readings", {}, 422, "not said what to read"),
        ("POST", "readings", {"project": "Atlas", "meetings": []}, 422, "not said what to read"),
        ("POST", "readings", {"project": "Nope"}, 404, "Nope"),
        ("POST", "readings", {"meetings": ["nope"]}, 404, "nope"),
        ("GET", "readings?project=Nope", None, 404, "Nope"),
        ("GET", "dossiers/Nope", None, 404, "Nope"),
        ("GET", "dossiers/Atlas?at=Monday", None, 422, "at"),
        ("GET", "reports/compare?project=Nope", None, 404, "Nope"),
        ("GET", "reports/compare?project=Atlas", None, 422, "nothing to compare"),
        ("GET", "reports/compare?project=Atlas&week=2026-W60", None, 422, "2026-W60"),
        ("GET", "reports/compare?project=Atlas&from=2026-03-02", None, 422, "only one"),
        ("GET", "reports/compare?project=Atlas&from=2026-03-09&to=2026-03-02", None, 422, "does not end before"),
    ],
)
def test_errors_are_problems(client: httpx.Client, method: str, path: str, body: Any, status: int, said: str) -> None:
    client.post(f"{API}/projects", json={"name": "Atlas"})
    answer = client.request(method, f"{API}/{path}", json=body)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert said in problem["detail"]
    assert problem["hint"]
