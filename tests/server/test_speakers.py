"""Speakers and people over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingestion.domain import Stage
from ingestion.repository import MeetingRepository, TranscriptRepository
from ingestion.speakers.domain import SpeakerVoice
from ingestion.speakers.memory import VoiceMemory, recognise_in
from ingestion.tables import Media
from ingestion.voice_repository import VoiceRepository
from server.home import Home
from server.settings import Settings
from tests.doubles import direction
from tests.server.conftest import spoken
from tests.server.test_corrections import CorrectingServices, lines

API = "/api/v1"
ODD = ["<b>", "'; drop table person; --", "[bold]x[/bold]", "=cmd()", "高兴"]


class SpeakingServices(CorrectingServices):
    """In whose meetings two people speak, who sound alike in all of them."""

    def add_spoken(
        self,
        title: str,
        project: str = "Atlas",
        said: Sequence[str] = ("Good morning.", "We ship on April seven.", "Fine."),
    ) -> str:
        lines = list(zip((1, 2, 1), said, strict=True))
        id = self.add_meeting(
            title, *(spoken(n, text, None, n * 3.0) for n, (_, text) in enumerate(lines)), project=project
        )
        with self.database.session() as session:
            for utterance, (voice, _) in zip(TranscriptRepository(session).utterances(id), lines, strict=True):
                utterance.voice = voice
                session.add(utterance)
            voices = VoiceRepository(session)
            heard = [SpeakerVoice(number, tuple(direction(number).tolist()), 61.25) for number in (1, 2)]
            voices.replace_voices(id, "campplus", heard)
            session.flush()
            recognise_in(session, id)
            voices.keep_labels(id)
        return id


@pytest.fixture
def services(tmp_path: Path) -> SpeakingServices:
    return SpeakingServices(Settings(home=tmp_path / "home"), Home(tmp_path / "home"))


def speakers(client: httpx.Client, id: str) -> list[dict[str, Any]]:
    return client.get(f"{API}/meetings/{id}/speakers").raise_for_status().json()


def name(client: httpx.Client, id: str, names: dict[str, str | None], consent: str | None = None) -> httpx.Response:
    return client.put(f"{API}/meetings/{id}/speakers", json={"names": names, "consented_by": consent})


def people(client: httpx.Client, project: str = "Atlas") -> list[dict[str, Any]]:
    return client.get(f"{API}/people", params={"project": project}).raise_for_status().json()


def test_the_speakers_of_a_meeting_are_listed_with_a_line_of_theirs(
    client: httpx.Client, services: SpeakingServices
) -> None:
    id = services.add_spoken("Weekly")
    name(client, id, {"2": "Ben"})
    assert speakers(client, id) == [
        {
            "speaker": 1,
            "name": None,
            "proposal": None,
            "heard": [],
            "seconds": 61.2,
            "lines": 2,
            "first_said": "Good morning.",
            "start": 0.0,
        },
        {
            "speaker": 2,
            "name": "Ben",
            "proposal": None,
            "heard": [],
            "seconds": 61.2,
            "lines": 1,
            "first_said": "We ship on April seven.",
            "start": 3.0,
        },
    ]
    assert speakers(client, services.add_meeting("Imported", spoken(0, "Hello."))) == []


def test_what_somebody_is_called_in_the_meeting_is_a_hint_at_who_speaks(
    client: httpx.Client, services: SpeakingServices
) -> None:
    id = services.add_spoken("Weekly", said=("高兴，你来说 the date.", "April seven.", "Thanks, Ann."))
    thanked = {"name": "Ann", "times": 1, "calls": "thanked", "line": 2, "start": 6.0}
    assert [one["heard"] for one in speakers(client, id)] == [[], [thanked]], "高兴 is a word"
    term = {"canonical": "高兴", "kind": "person", "project": "Atlas"}
    client.post(f"{API}/glossary", json=term).raise_for_status()
    addressed = {"name": "高兴", "times": 1, "calls": "addressed", "line": 0, "start": 0.0}
    assert [one["heard"] for one in speakers(client, id)] == [[], [addressed, thanked]]
    assert [one["name"] for one in speakers(client, id)] == [None, None]


def test_what_a_voiceprint_stands_on_are_the_lines_that_are_still_the_speakers(
    client: httpx.Client, services: SpeakingServices
) -> None:
    id = services.add_spoken("Weekly")
    name(client, id, {"1": "Ann"}, "Ann")
    with services.database.session() as session:
        MeetingRepository(session).set_stage(id, Stage.READY)
        for line in TranscriptRepository(session).utterances(id):
            line.end = (line.start or 0.0) + 2.0
            session.add(line)
    (ann,) = people(client)
    address = f"{API}/voiceprints/{ann['voiceprints'][0]['id']}/lines"
    assert client.get(address).json() == [
        {"line": 0, "start": 0.0, "end": 2.0, "text": "Good morning."},
        {"line": 2, "start": 6.0, "end": 8.0, "text": "Fine."},
    ]
    with services.database.session() as session:
        lines = TranscriptRepository(session).utterances(id)
        lines[0].uncorrected = {"speaker": "Ben", "text": lines[0].text, "sure": True}
        lines[2].uncorrected = {"speaker": lines[2].speaker, "text": "Mine.", "sure": True}
        session.add_all(lines)
    assert [one["line"] for one in client.get(address).json()] == [2], "another text is not another speaker"
    assert client.get(f"{API}/voiceprints/none/lines").status_code == 404


def test_who_was_only_recognised_is_unknown_in_another_project(
    client: httpx.Client, services: SpeakingServices
) -> None:
    first, second = services.add_spoken("First"), services.add_spoken("Second")
    name(client, first, {"1": "Ann"}, "Ann")
    name(client, second, {"2": "Ben"})
    with services.database.session() as session:
        for id in (first, second):
            VoiceRepository(session).keep_labels(id)
            MeetingRepository(session).set_stage(id, Stage.READY)
    services.recorded.calls.clear()
    client.patch(f"{API}/meetings/{second}", json={"project": "Zephyr"}).raise_for_status()
    assert [one["name"] for one in speakers(client, second)] == [None, "Ben"]
    assert services.recorded.calls == [("enqueue", second)], "its lines still call somebody Ann"


def test_who_is_named_with_consent_is_known_in_the_next_meeting(
    client: httpx.Client, services: SpeakingServices
) -> None:
    first, second = services.add_spoken("First"), services.add_spoken("Second")
    changed = name(client, first, {"1": " Ann "}, "Ann, 4 March").json()["meetings"]
    assert sorted(changed) == sorted([first, second])
    assert services.recorded.calls == [("enqueue", id) for id in sorted([first, second])]
    assert [one["name"] for one in speakers(client, second)] == ["Ann", None]
    (ann,) = people(client)
    (kept,) = ann["voiceprints"]
    assert ann == {"id": ann["id"], "project": "Atlas", "name": "Ann", "voiceprints": [kept]}
    assert kept == {
        "id": kept["id"],
        "meeting_id": first,
        "title": "First",
        "date": "2026-03-04",
        "speaker": 1,
        "seconds": 61.2,
        "model": "campplus",
        "consented_by": "Ann, 4 March",
        "created_at": kept["created_at"],
    }


def test_who_may_be_somebody_is_proposed_with_the_cosine(client: httpx.Client, services: SpeakingServices) -> None:
    first, second = services.add_spoken("First"), services.add_spoken("Second")
    name(client, first, {"1": "Ann"}, "Ann")
    with services.database.session() as session:
        voice = VoiceRepository(session).voice(second, 1)
        voice.known, voice.cosine = False, 0.51
    one = speakers(client, second)[0]
    assert (one["name"], one["proposal"]["name"], one["proposal"]["cosine"]) == (None, "Ann", 0.51)


def test_a_voiceprint_is_dropped_and_a_person_forgotten(client: httpx.Client, services: SpeakingServices) -> None:
    first, second = services.add_spoken("First"), services.add_spoken("Second")
    name(client, first, {"1": "Ann", "2": "Ben"}, "both")
    ann, ben = people(client)
    assert second in client.delete(f"{API}/voiceprints/{ann['voiceprints'][0]['id']}").json()["meetings"]
    assert [one["name"] for one in speakers(client, second)] == [None, "Ben"]
    client.delete(f"{API}/people/{ben['id']}").raise_for_status()
    assert [one["name"] for one in speakers(client, first)] == ["Ann", None]
    assert [one["name"] for one in people(client)] == ["Ann"]
    for gone in (f"people/{ben['id']}", f"voiceprints/{ann['voiceprints'][0]['id']}"):
        answer = client.delete(f"{API}/{gone}")
        assert (answer.status_code, bool(answer.json()["hint"])) == (404, True)


def test_a_meeting_that_is_deleted_meanwhile_keeps_no_other_from_following(
    client: httpx.Client, services: SpeakingServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = services.add_spoken("First")
    monkeypatch.setattr(VoiceMemory, "name", lambda *_given: ["0-gone", id])
    assert name(client, id, {"1": "Ann"}).status_code == 200
    assert services.recorded.calls == [("enqueue", id)]


@pytest.mark.parametrize("odd", ODD)
def test_a_name_is_data(client: httpx.Client, services: SpeakingServices, odd: str) -> None:
    id = services.add_spoken("First")
    assert name(client, id, {"1": odd}, odd).status_code == 200
    assert speakers(client, id)[0]["name"] == odd
    (person,) = people(client)
    assert (person["name"], person["voiceprints"][0]["consented_by"]) == (odd, odd)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"names": {"3": "Ann"}}, 404),
        ({"names": {}}, 422),
        ({}, 422),
        ({"names": {"0": "Ann"}}, 422),
        ({"names": {"-1": "Ann"}}, 422),
        ({"names": {"9" * 30: "Ann"}}, 422),
        ({"names": {"one": "Ann"}}, 422),
        ({"names": {"1": ""}}, 422),
        ({"names": {"1": " \u202e "}}, 422),
        ({"names": {"1": "x" * 201}}, 422),
        ({"names": {"1": "Ann"}, "consented_by": ""}, 422),
        ({"names": {"1": "Ann"}, "consented_by": "\u0000"}, 422),
    ],
)
def test_what_is_refused_names_nobody(
    client: httpx.Client, services: SpeakingServices, body: dict[str, object], status: int
) -> None:
    id = services.add_spoken("First")
    answer = client.put(f"{API}/meetings/{id}/speakers", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]
    assert answer.json()["hint"]
    assert [one["name"] for one in speakers(client, id)] == [None, None]
    assert people(client) == []


def test_what_does_not_exist_is_not_found(client: httpx.Client, services: SpeakingServices) -> None:
    imported = services.add_meeting("Imported", spoken(0, "Hello."))
    answer = name(client, imported, {"1": "Ann"})
    assert (answer.status_code, answer.json()["hint"]) == (404, "nobody was told apart in it")
    assert client.get(f"{API}/meetings/nothing/speakers").status_code == 404
    assert name(client, "nothing", {"1": "Ann"}).status_code == 404
    assert client.get(f"{API}/people", params={"project": "nothing"}).status_code == 404


def test_the_number_of_speakers_goes_with_the_request(client: httpx.Client, services: SpeakingServices) -> None:
    id = services.add_spoken("First")
    with services.database.session() as session:
        MeetingRepository(session).add_media(
            Media(sha256="a", extension="m4a", size=1, container="m", codec="c", sample_rate=1, channels=1)
        )
        MeetingRepository(session).get(id).media_sha256 = "a"
    answer = client.post(f"{API}/meetings/{id}/speakers/tell", json={"speakers": "2-5"})
    assert (answer.status_code, answer.json()) == (202, {"meetings": [id]})
    assert services.recorded.calls == [("enqueue", id)]
    with services.database.session() as session:
        meeting = MeetingRepository(session).get(id)
        assert (meeting.speakers_least, meeting.speakers_most, meeting.tell_anew) == (2, 5, True)
        assert (meeting.stage, meeting.attempt) == (Stage.QUEUED, 1)


@pytest.mark.parametrize("given", ["0", "30", "5-2", "x", "", "9" * 30])
def test_what_is_no_number_of_speakers_queues_nothing(
    client: httpx.Client, services: SpeakingServices, given: str
) -> None:
    id = services.add_spoken("First")
    answer = client.post(f"{API}/meetings/{id}/speakers/tell", json={"speakers": given})
    assert (answer.status_code, bool(answer.json()["hint"])) == (422, True)
    assert services.recorded.calls == []


def test_a_person_is_renamed_in_every_meeting(client: httpx.Client, services: SpeakingServices) -> None:
    first, second = services.add_spoken("First"), services.add_spoken("Second")
    name(client, first, {"1": "Minna"}, "Minna")
    (minna,) = people(client)
    address = f"{API}/people/{minna['id']}"
    changed = client.patch(address, json={"name": " Mina "}).raise_for_status().json()["meetings"]
    assert set(changed) == {first, second}
    assert [one["name"] for one in speakers(client, second)] == ["Mina", None]
    assert client.patch(address, json={"name": "a\u202eb"}).status_code == 422
    assert client.patch(f"{API}/people/nobody", json={"name": "Mina"}).status_code == 404


def sides(client: httpx.Client) -> dict[str, str | None]:
    found = client.get(f"{API}/speaker-sides", params={"project": "Atlas"}).json()
    return {one["name"]: one["side"] for one in found}


def rename(client: httpx.Client, old: str, new: str) -> httpx.Response:
    return client.put(f"{API}/speaker-names", json={"project": "Atlas", "name": old, "new_name": new})


def test_who_is_known_from_transcripts_alone_is_renamed_in_all_of_them(
    client: httpx.Client, services: SpeakingServices
) -> None:
    first, second = services.add_weekly("First"), services.add_weekly("Second")
    services.add_weekly("Elsewhere", project="Zephyr")
    client.put(f"{API}/speaker-sides", json={"project": "Atlas", "name": "Jon", "side": "customer"})
    changed = rename(client, "Jon", " Jon Abara ").raise_for_status().json()["meetings"]
    assert set(changed) == {first, second}
    assert [speaker for speaker, _ in lines(client, second)] == ["Mina", "Jon Abara", "Mina"]
    assert sides(client) == {"Jon Abara": "customer", "Mina": None}


def test_a_name_of_a_voice_and_of_transcripts_is_changed_in_both(
    client: httpx.Client, services: SpeakingServices
) -> None:
    told, read = services.add_spoken("Told"), services.add_weekly("Read")
    name(client, told, {"1": "Mina"}, "Mina")
    assert set(rename(client, "Mina", "Mina Okafor").json()["meetings"]) == {told, read}
    assert [one["name"] for one in people(client)] == ["Mina Okafor"]
    assert [speaker for speaker, _ in lines(client, read)] == ["Mina Okafor", "Jon", "Mina Okafor"]


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("Nobody", "Mina", 404),
        ("Jon", "Jon", 409),
        ("Jon", " ", 422),
        ("Jon", "a\u202eb", 422),
        ("Speaker 1", "Jon", 422),
    ],
)
def test_a_rename_that_is_refused_changes_nothing(
    client: httpx.Client, services: SpeakingServices, old: str, new: str, status: int
) -> None:
    id = services.add_meeting("Weekly", spoken(0, "Hello.", "Speaker 1"), spoken(1, "Hi.", "Jon"))
    assert rename(client, old, new).status_code == status
    assert [speaker for speaker, _ in lines(client, id)] == ["Speaker 1", "Jon"]
