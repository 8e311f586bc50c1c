"""What people say of items, over HTTP: a real home, real ingests, corrections and readings, doubles of the models."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from agents.ledger.finding import find_drafts
from agents.qa.verify import missing_facts
from server.home import Home
from server.ledger_documents import ItemDocument
from server.settings import Settings
from tests.server.ledger_home import API, FIRST, make_home, until_read, upload
from tests.server.test_ledger import cited, compared, dossier, items, script
from tests.server.test_services import DoubleServices


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data home with the two meetings."""
    folder = tmp_path_factory.mktemp("made")
    make_home(folder)
    return folder


@pytest.fixture
def services(tmp_path: Path, made: Path) -> Iterator[DoubleServices]:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    home = Home(tmp_path)
    home.own()
    yield DoubleServices(Settings(home=tmp_path), home)
    home.disown()


def ok(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()


def both(client: httpx.Client) -> tuple[str, str]:
    """The ids of the two meetings."""
    first, second = sorted(ok(client.get(f"{API}/meetings"))["meetings"], key=lambda meeting: meeting["date"])
    return first["id"], second["id"]


def change(client: httpx.Client, item: str, **fields: Any) -> dict[str, Any]:
    return ok(client.patch(f"{API}/items/{item}", json=fields))


def item(client: httpx.Client, id: str) -> dict[str, Any]:
    return ok(client.get(f"{API}/items/{id}"))


def history(client: httpx.Client, id: str) -> list[dict[str, Any]]:
    return ok(client.get(f"{API}/items/{id}/history"))


def correct(client: httpx.Client, meeting: str, line: int, text: str) -> None:
    """Correct a line, and wait until the meeting was read again."""
    ok(client.post(f"{API}/meetings/{meeting}/corrections", json={"line": line, "text": text}))
    until_read(client)


def reread(client: httpx.Client) -> None:
    client.post(f"{API}/readings", json={"project": "Atlas"})
    until_read(client)


def guide(client: httpx.Client) -> dict[str, Any]:
    """The promise that only the first meeting speaks of."""
    (found,) = items(client, kind="commitment", owner="park")
    return found


def risk(client: httpx.Client) -> dict[str, Any]:
    (found,) = items(client, kind="risk")
    return found


class TestChange:
    def test_fields_are_set_by_hand_and_stay_when_the_meeting_is_read_again(self, client: httpx.Client) -> None:
        first, _ = both(client)
        before = guide(client)
        after = change(client, before["id"], owner="Mina Okafor", due="2026-04-02")
        assert (after["owner"], after["due"]) == ("Mina Okafor", "2026-04-02")
        assert set(after["by_hand"]) == {"owner", "due"} == set(after["history"][0]["by_hand"])
        assert after["evidence"] == before["evidence"]
        assert ItemDocument.model_validate(after).model_dump(mode="json") == after
        until_read(client)
        correct(client, first, 6, "Thanks, all.")
        assert item(client, before["id"]) == after

    def test_a_corrected_line_of_the_item_keeps_what_was_set_and_follows_in_the_rest(
        self, client: httpx.Client
    ) -> None:
        first, _ = both(client)
        id = guide(client)["id"]
        change(client, id, owner="Mina")
        correct(client, first, 5, "I'll publish the new guide by March 25.")
        found = item(client, id)
        assert (found["owner"], found["due"]) == ("Mina", "2026-03-25")
        assert "new guide" in found["text"]
        assert found["history"][0]["evidence"][0]["quote"] == "I'll publish the new guide by March 25."

    def test_the_id_of_a_matter_changes_what_is_told_of_it_now(self, client: httpx.Client) -> None:
        both(client)
        matter = script(client)
        moved = change(client, matter["id"], due="2026-03-20")
        assert (moved["due"], [step["due"] for step in moved["history"]]) == (
            "2026-03-20",
            ["2026-03-06", "2026-03-20"],
        )
        step = change(client, matter["history"][1]["item_id"], due="2026-03-21")
        assert step["due"] == "2026-03-21"

    def test_another_owner_and_day_do_not_make_it_another_matter(self, client: httpx.Client) -> None:
        both(client)
        matter = script(client)
        moved = change(client, matter["id"], owner="Mina Okafor", due="2026-03-20")
        until_read(client)
        reread(client)
        found = item(client, matter["id"])
        assert [step["item_id"] for step in found["history"]] == [step["item_id"] for step in matter["history"]]
        assert (found["owner"], found["due"]) == (moved["owner"], moved["due"]) == ("Mina Okafor", "2026-03-20")

    def test_nobody_known_is_a_value(self, client: httpx.Client) -> None:
        both(client)
        found = change(client, guide(client)["id"], owner=None, due=None)
        assert (found["owner"], found["due"], set(found["by_hand"])) == (None, None, {"owner", "due"})

    def test_a_measure(self, client: httpx.Client) -> None:
        both(client)
        (metric,) = items(client, kind="metric")
        found = change(client, metric["id"], value="1.8", unit="percent")
        assert (found["name"], found["value"], found["unit"]) == ("error rate", "1.8", "percent")
        assert set(found["by_hand"]) == {"value", "unit"}
        (row,) = compared(client)["metrics"]
        assert (row["before"], row["after"]) == ("2.4", "1.8")

    def test_text_and_kind(self, client: httpx.Client) -> None:
        both(client)
        id = risk(client)["id"]
        found = change(client, id, text="Renew the certificate.", kind="commitment", owner="Bo Park")
        assert (found["kind"], found["text"], found["status"]) == ("commitment", "Renew the certificate.", "promised")
        assert found["history"][0]["evidence"][0]["quote"] == FIRST[3][1]
        until_read(client)
        reread(client)
        assert item(client, id)["kind"] == "commitment"

    def test_a_status_holds_from_its_day_on(self, client: httpx.Client) -> None:
        both(client)
        id = guide(client)["id"]
        done = change(client, id, status="done", on="2026-03-08")
        assert (done["status"], set(done["by_hand"])) == ("done", {"status"})
        assert [(s["type"], s["date"]) for s in done["history"]] == [(None, "2026-03-02"), ("fulfils", "2026-03-08")]
        (before,) = items(client, owner="park", kind="commitment", at="2026-03-07")
        assert before["status"] == "promised"
        until_read(client)
        reread(client)
        assert item(client, id)["status"] == "done"
        (edit,) = history(client, id)
        ok(client.delete(f"{API}/edits/{edit['id']}"))
        assert item(client, id)["status"] == "promised"
        assert change(client, risk(client)["id"], status="resolved")["status"] == "resolved"

    def test_it_is_undone_and_the_record_stays(self, client: httpx.Client) -> None:
        both(client)
        before = guide(client)
        change(client, before["id"], owner="Mina")
        change(client, before["id"], due="2026-04-02")
        due, owner = history(client, before["id"])
        assert (owner["before"], owner["after"]) == ({"owner": "Bo Park"}, {"owner": "Mina"})
        (undone,) = ok(client.delete(f"{API}/edits/{owner['id']}"))
        assert undone["undone_at"]
        found = item(client, before["id"])
        assert (found["owner"], found["due"]) == ("Bo Park", "2026-04-02")
        assert client.delete(f"{API}/edits/{owner['id']}").status_code == 409
        ok(client.delete(f"{API}/edits/{due['id']}"))
        assert item(client, before["id"]) == before
        assert len(history(client, before["id"])) == 2


class TestVanished:
    def without_guide(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A reading that misses the promise."""

        def misses(*given: Any, **named: Any) -> list[Any]:
            return [one for one in find_drafts(*given, **named) if 5 not in one.lines]

        monkeypatch.setattr("agents.ledger.reader.find_drafts", misses)

    def test_what_a_person_spoke_of_stays_while_its_lines_say_the_same(
        self, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        both(client)
        edited = change(client, guide(client)["id"], owner="Mina")
        with monkeypatch.context() as patched:
            self.without_guide(patched)
            reread(client)
            assert item(client, edited["id"]) == edited
        reread(client)
        assert item(client, edited["id"]) == edited

    def test_what_is_gone_with_its_line_is_told_and_comes_back_with_it(self, client: httpx.Client) -> None:
        first, _ = both(client)
        edited = change(client, guide(client)["id"], owner="Mina")
        until_read(client)
        correct(client, first, 5, "Hm.")
        assert client.get(f"{API}/items/{edited['id']}").status_code == 404
        (lost,) = ok(client.get(f"{API}/edits", params={"project": "Atlas", "lost": True}))
        assert (lost["item_id"], lost["applied"]) == (edited["id"], False)
        assert history(client, edited["id"]) == [lost]
        correct(client, first, 5, FIRST[5][1])
        assert item(client, edited["id"]) == edited
        assert ok(client.get(f"{API}/edits", params={"project": "Atlas", "lost": True})) == []

    def test_a_judgement_of_a_link_survives_an_item_that_vanished(
        self, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        both(client)
        (link,) = script(client)["links"]
        ok(client.put(f"{API}/links/{link['item_id']}/{link['earlier_id']}", json={"confirmed": False}))
        until_read(client)

        def misses(*given: Any, **named: Any) -> list[Any]:
            return [one for one in find_drafts(*given, **named) if "rollback" not in one.text]

        with monkeypatch.context() as patched:
            patched.setattr("agents.ledger.reader.find_drafts", misses)
            reread(client)
            assert items(client, owner="Ann", kind="commitment") == []
        reread(client)
        parted = items(client, kind="commitment", owner="Ann")
        assert [i["due"] for i in parted] == ["2026-03-06", "2026-03-13"]

    def test_a_meeting_that_moves_to_another_project_takes_its_edits_along(self, client: httpx.Client) -> None:
        first, _ = both(client)
        id = guide(client)["id"]
        change(client, id, owner="Mina")
        until_read(client)
        ok(client.patch(f"{API}/meetings/{first}", json={"project": "Borealis"}))
        until_read(client, "Borealis")
        until_read(client)
        assert item(client, id)["owner"] == "Mina"
        assert [e["item_id"] for e in ok(client.get(f"{API}/edits", params={"project": "Borealis"}))] == [id]
        assert ok(client.get(f"{API}/edits", params={"project": "Atlas"})) == []


class TestAddAndRemove:
    def test_lines_that_a_person_marks(self, client: httpx.Client) -> None:
        first, _ = both(client)
        new = {"meeting_id": first, "kind": "decision", "lines": [6]}
        answer = client.post(f"{API}/items", json=new)
        added = ok(answer)
        assert (answer.status_code, added["text"], set(added["by_hand"])) == (201, "Thanks.", {"lines", "kind"})
        assert added["evidence"][0]["quote"] == "Thanks."
        until_read(client)
        correct(client, first, 3, "There is a risk that the certificate runs out in June.")
        assert item(client, added["id"]) == added
        assert client.post(f"{API}/items", json=new).status_code == 409
        (edit,) = history(client, added["id"])
        ok(client.delete(f"{API}/edits/{edit['id']}"))
        assert client.get(f"{API}/items/{added['id']}").status_code == 404
        assert len(history(client, added["id"])) == 1

    def test_what_is_none_is_never_found_again(self, client: httpx.Client) -> None:
        first, _ = both(client)
        found, matter = risk(client), script(client)
        (removed,) = ok(client.delete(f"{API}/items/{found['id']}"))
        assert (removed["operation"], removed["before"]) == ("remove", {"text": found["text"]})
        assert len(ok(client.delete(f"{API}/items/{matter['id']}"))) == 2
        until_read(client)
        correct(client, first, 6, "Thanks, all.")
        reread(client)
        assert items(client, kind="risk") == items(client, owner="Ann", kind="commitment") == []
        ok(client.delete(f"{API}/edits/{removed['id']}"))
        until_read(client)
        assert risk(client) == found

    def test_nothing_of_a_deleted_meeting_is_left(self, client: httpx.Client, services: DoubleServices) -> None:
        first, second = both(client)
        id = guide(client)["id"]
        change(client, id, owner="Mina")
        ok(client.post(f"{API}/items/{id}/merge", json={"with": script(client)["id"]}))
        until_read(client)
        assert client.delete(f"{API}/meetings/{first}").status_code == 204
        until_read(client)
        with services.database.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT meeting_id FROM ledgeredit").scalars().all()
            found = connection.exec_driver_sql("SELECT meeting_id FROM ledgerfound").scalars().all()
        assert (rows, found) == ([], [second])


class TestMergeAndSplit:
    def test_two_matters_are_one_however_often_they_are_read(self, client: httpx.Client) -> None:
        both(client)
        one, other = guide(client), risk(client)
        merged = ok(client.post(f"{API}/items/{one['id']}/merge", json={"with": other["id"]}))
        assert [step["item_id"] for step in merged["history"]] == [other["id"], one["id"]]
        (link,) = merged["links"]
        assert (link["confirmed"], link["reason"], link["joins"]) == (True, "by_hand", True)
        until_read(client)
        reread(client)
        assert item(client, one["id"]) == merged
        (edit,) = history(client, one["id"])
        ok(client.delete(f"{API}/edits/{edit['id']}"))
        assert (item(client, one["id"]), item(client, other["id"])) == (one, other)

    def test_a_step_that_belongs_elsewhere_looks_for_another_matter(self, client: httpx.Client) -> None:
        both(client)
        matter = script(client)
        step = matter["history"][1]["item_id"]
        alone = ok(client.post(f"{API}/items/{step}/split", json={}))
        assert [s["item_id"] for s in alone["history"]] == [step]
        until_read(client)
        reread(client)
        assert [s["item_id"] for s in item(client, matter["id"])["history"]] == [matter["id"]]

    def test_an_item_becomes_two_on_some_of_its_lines_each(self, client: httpx.Client) -> None:
        first, _ = both(client)
        added = ok(client.post(f"{API}/items", json={"meeting_id": first, "kind": "question", "lines": [4, 6]}))
        until_read(client)
        parts = [{"lines": [4]}, {"lines": [6], "text": "Who is thanked?"}]
        whole = ok(client.post(f"{API}/items/{added['id']}/split", json={"parts": parts}))
        assert whole["text"] == FIRST[4][1]
        questions = {i["text"]: i for i in items(client, kind="question")}
        assert set(questions) == {FIRST[4][1], "Who is thanked?"}
        assert questions["Who is thanked?"]["evidence"][0]["quote"] == "Thanks."
        until_read(client)
        reread(client)
        assert {i["text"]: i for i in items(client, kind="question")} == questions
        split = history(client, added["id"])[0]
        ok(client.delete(f"{API}/edits/{split['id']}"))
        assert [i["text"] for i in items(client, kind="question")] == [f"{FIRST[4][1]} Thanks."]


class TestConcurrent:
    def test_two_who_change_other_fields_at_once_both_count(self, client: httpx.Client) -> None:
        both(client)
        id = guide(client)["id"]
        fields: Sequence[dict[str, Any]] = [
            {"owner": "Mina"},
            {"due": "2026-04-02"},
            {"text": "Publish the guide."},
            {"status": "in_progress"},
        ]
        answers = at_once([lambda given=given: client.patch(f"{API}/items/{id}", json=given) for given in fields])
        assert [answer.status_code for answer in answers] == [200] * 4
        found = item(client, id)
        assert (found["owner"], found["due"], found["text"]) == ("Mina", "2026-04-02", "Publish the guide.")
        assert (found["status"], len(history(client, id))) == ("in_progress", 4)

    def test_of_two_who_saw_the_same_one_is_told_that_it_has_changed(self, client: httpx.Client) -> None:
        both(client)
        id = guide(client)["id"]
        etag = client.get(f"{API}/items/{id}").headers["etag"]
        headers = {"If-Match": etag}
        answers = at_once(
            [
                lambda name=name: client.patch(f"{API}/items/{id}", json={"owner": name}, headers=headers)
                for name in ("Mina", "Jon", "Wu Lei")
            ]
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
        problem = next(answer.json() for answer in answers if answer.status_code == 412)
        assert ("changed meanwhile" in problem["detail"], bool(problem["hint"])) == (True, True)
        (edit,) = history(client, id)
        assert item(client, id)["owner"] == edit["after"]["owner"]

    def test_a_later_step_is_not_split_by_who_saw_its_matter_before_a_change(self, client: httpx.Client) -> None:
        both(client)
        matter = script(client)
        step = matter["history"][1]["item_id"]
        seen = {"If-Match": client.get(f"{API}/items/{matter['id']}").headers["etag"]}
        ok(client.patch(f"{API}/items/{matter['id']}", json={"owner": "Mina"}))
        assert client.post(f"{API}/items/{step}/split", json={}, headers=seen).status_code == 412
        until_read(client)
        now = {"If-Match": client.get(f"{API}/items/{matter['id']}").headers["etag"]}
        ok(client.post(f"{API}/items/{step}/split", json={}, headers=now))


def at_once(calls: Sequence[Any]) -> list[httpx.Response]:
    """The answers to calls that begin together."""
    answers: dict[int, httpx.Response] = {}
    ready = threading.Barrier(len(calls))

    def call(number: int) -> None:
        ready.wait()
        answers[number] = calls[number]()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(calls))]


def test_what_is_not_set_by_hand_stands_in_its_evidence(client: httpx.Client) -> None:
    both(client)
    change(client, guide(client)["id"], owner="Mina", due="2026-04-02")
    change(client, risk(client)["id"], text="About 17 certificates run out.")
    (metric,) = items(client, kind="metric")
    change(client, metric["id"], value="77")
    people = sorted({who for who, _ in FIRST} | {"Mina"})
    for found in items(client):
        stated = " ".join(found[f] for f in ("owner", "due", "value") if found[f] and f not in found["by_hand"])
        assert missing_facts(stated, cited(found["evidence"]), people) == [], found
    claims = [claim for section in dossier(client)["sections"] for claim in section["claims"]]
    assert any("Mina (set by hand)" in claim["text"] for claim in claims)
    assert any("2 Apr 2026 (set by hand)" in claim["text"] for claim in claims)
    assert any("About 17 certificates run out (set by hand)" in claim["text"] for claim in claims)
    for claim in [*claims, *compared(client)["summary"]]:
        assert claim["evidence"], claim
        missing = missing_facts(claim["text"], cited(claim["evidence"]), people)
        assert not missing or "(set by hand)" in claim["text"], claim
    text = client.get(f"{API}/dossiers/Atlas", params={"format": "md"}).text
    assert r"Mina (set by hand)" in text


ERRORS: Sequence[tuple[str, str, Any, int, str]] = [
    ("PATCH", "items/nope", {"owner": "Mina"}, 404, "there is no item 'nope'"),
    ("PATCH", "items/{guide}", {}, 422, "nothing is to be changed"),
    ("PATCH", "items/{guide}", {"owner": " "}, 422, "the owner has no name"),
    ("PATCH", "items/{guide}", {"owner": "x" * 99}, 422, "the owner"),
    ("PATCH", "items/{guide}", {"text": ""}, 422, "a line cannot have 0 characters"),
    ("PATCH", "items/{guide}", {"text": None}, 422, "the text cannot be empty"),
    ("PATCH", "items/{guide}", {"due": "someday"}, 422, "due"),
    ("PATCH", "items/{guide}", {"due": "2026-02-30"}, 422, "due"),
    ("PATCH", "items/{guide}", {"due": "0001-01-01"}, 422, "no day by which"),
    ("PATCH", "items/{guide}", {"value": "3"}, 422, "a commitment has no value"),
    ("PATCH", "items/{guide}", {"kind": "metric"}, 422, "a measure has a name and a value"),
    ("PATCH", "items/{guide}", {"kind": "update"}, 422, "only found by reading"),
    ("PATCH", "items/{guide}", {"kind": "wish"}, 422, "kind"),
    ("PATCH", "items/{guide}", {"status": "answered"}, 422, "nobody can say that a commitment is 'answered'"),
    ("PATCH", "items/{guide}", {"status": "done", "on": "2026-01-01"}, 422, "first spoken of on 2026-03-02"),
    ("PATCH", "items/{guide}", {"status": "done", "on": "2199-01-01"}, 422, "is to come"),
    ("PATCH", "items/{guide}", {"owner": "Mina", "on": "2026-03-03"}, 422, "a day goes with a status"),
    ("PATCH", "items/{metric}", {"value": "NaN"}, 422, "value"),
    ("PATCH", "items/{metric}", {"status": "done"}, 422, "nobody can say that a metric is 'done'"),
    ("POST", "items", {"meeting_id": "nope", "kind": "risk", "lines": [0]}, 404, "nope"),
    ("POST", "items", {"meeting_id": "{first}", "kind": "risk", "lines": [99]}, 404, "has no line 99"),
    ("POST", "items", {"meeting_id": "{first}", "kind": "risk", "lines": [-1]}, 404, "has no line -1"),
    ("POST", "items", {"meeting_id": "{first}", "kind": "risk", "lines": []}, 422, "no line is named"),
    ("POST", "items", {"meeting_id": "{first}", "kind": "metric", "lines": [1]}, 422, "a name and a value"),
    ("POST", "items", {"meeting_id": "{first}", "kind": "risk", "lines": [3]}, 409, "tell of a risk already"),
    ("POST", "items/{guide}/merge", {"with": "{guide}"}, 409, "one matter already"),
    ("POST", "items/{guide}/merge", {"with": "nope"}, 404, "there is no item 'nope'"),
    ("POST", "items/{guide}/merge", {"with": "{other}"}, 422, "of different projects"),
    ("POST", "items/{guide}/split", {}, 422, "it begins its matter"),
    ("POST", "items/{guide}/split", {"parts": [{"lines": [5]}]}, 422, "two parts at least"),
    ("POST", "items/{guide}/split", {"parts": [{"lines": [5]}, {"lines": [6]}]}, 422, "a part stands on 6"),
    ("POST", "items/{guide}/split", {"parts": [{"lines": [5]}, {"lines": [5]}]}, 422, "two parts say the same"),
    (
        "POST",
        "items/{guide}/split",
        {"parts": [{"lines": [5]}, {"lines": [5], "kind": "metric"}]},
        422,
        "a part that is a measure",
    ),
    ("DELETE", "items/nope", None, 404, "there is no item 'nope'"),
    ("GET", "items/nope/history", None, 404, "there is no item 'nope'"),
    ("GET", "edits?project=Nope", None, 404, "Nope"),
    ("DELETE", "edits/nope", None, 404, "there is no edit 'nope'"),
]
"""Requests with the ids of what they name in braces, the status of each, and what is said."""


def test_errors_are_problems(client: httpx.Client) -> None:
    first, _ = both(client)
    upload(client, "2026-03-03", FIRST[:3], project="Borealis")
    until_read(client, "Borealis")
    (metric,) = items(client, kind="metric")
    (other, *_) = ok(client.get(f"{API}/items", params={"project": "Borealis"}))["items"]
    ids = {"first": first, "guide": guide(client)["id"], "metric": metric["id"], "other": other["id"]}
    before = items(client)
    for method, path, body, status, said in ERRORS:
        given = body and {key: ids[v[1:-1]] if str(v).startswith("{") else v for key, v in body.items()}
        answer = client.request(method, f"{API}/{path.format(**ids)}", json=given)
        told = (answer.status_code, answer.headers["content-type"])
        assert told == (status, "application/problem+json"), (path, body, answer.text)
        assert said in answer.json()["detail"], (path, body, answer.text)
        assert answer.json()["hint"], (path, body)
    assert items(client) == before
