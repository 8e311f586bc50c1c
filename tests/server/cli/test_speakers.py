"""`huimai speakers` over the real application."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from ingestion.speakers.bounds import Bounds
from ingestion.voice_repository import VoiceRepository
from server.home import Home
from server.ingests import Ingests
from server.jobs import IngestJobs
from server.settings import Settings
from tests.server.test_speakers import ODD, SpeakingServices


class FollowingIngests(Ingests):
    """Which derive meetings anew at once."""

    def derive_again(self, meeting_ids: Sequence[str]) -> list[str]:
        with self._database.session() as session:
            for id in meeting_ids:
                VoiceRepository(session).keep_labels(id)
        return list(meeting_ids)


class FollowingServices(SpeakingServices):
    """Whose meetings are derived anew at once."""

    def open(self) -> None:
        super().open()
        self.ingests = FollowingIngests(self.database, cast(IngestJobs, self.recorded), self.home.folder)


@pytest.fixture
def meetings(home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The ids of two stored meetings in which the same two people speak."""
    monkeypatch.setattr("server.services.Services", FollowingServices)
    services = FollowingServices(Settings(home=home), Home(home))
    services.open()
    ids = services.add_spoken("First"), services.add_spoken("Second")
    services.close()
    return ids


def names(cli, id: str) -> list[str | None]:
    return [one["name"] for one in cli("speakers", "list", id, "--json").document["speakers"]]


def test_who_is_named_once_is_known_in_the_other_meeting(cli, meetings: tuple[str, str]) -> None:
    first, second = meetings
    result = cli("speakers", "name", first, "1=Ann", "2=Ben", "--consent", "both")
    assert (result.code, result.err.splitlines()[-1]) == (0, "names have changed in 2 meetings")
    listed = cli("speakers", "list", second).out
    assert all(words in listed for words in ("Ann", "Ben", "1:01", "We ship on April seven."))
    assert cli("speakers", "name", second, "2=", "--json").document == {"meetings": [second]}
    assert (names(cli, first), names(cli, second)) == (["Ann", "Ben"], ["Ann", None])


def test_people_are_listed_dropped_and_forgotten(cli, meetings: tuple[str, str]) -> None:
    first, second = meetings
    cli("speakers", "name", first, "1=Ann", "2=Ben", "--consent", "both, on 4 March")
    ann, ben = cli("speakers", "people", "Atlas", "--json").document["people"]
    listed = cli("speakers", "people", "Atlas").out
    assert all(
        words in listed
        for words in (ann["id"], ann["voiceprints"][0]["id"], ann["voiceprints"][0]["date"], "both, on 4 March")
    )
    assert second in cli("speakers", "drop", ann["voiceprints"][0]["id"], "--json").document["meetings"]
    assert cli("speakers", "forget", ben["id"]).code == 0
    assert (names(cli, first), names(cli, second)) == (["Ann", None], [None, None])
    assert "Ann" in cli("speakers", "people", "Atlas").out


def test_who_it_may_be_is_told_with_the_cosine(cli, meetings: tuple[str, str], home: Path) -> None:
    first, second = meetings
    cli("speakers", "name", first, "1=Ann", "--consent", "Ann")
    services = FollowingServices(Settings(home=home), Home(home))
    services.open()
    with services.database.session() as session:
        voice = VoiceRepository(session).voice(second, 1)
        voice.known, voice.cosine = False, 0.514
    services.close()
    assert "perhaps Ann (0.51)" in cli("speakers", "list", second).out


@pytest.mark.parametrize("odd", ODD)
def test_a_name_is_shown_as_it_is(cli, meetings: tuple[str, str], odd: str) -> None:
    assert cli("speakers", "name", meetings[0], f"1={odd}").code == 0
    assert odd in cli("speakers", "list", meetings[0]).out
    assert odd in cli("speakers", "people", "Atlas").out


@pytest.mark.parametrize("given", ["Ann", "=Ann", "one=Ann", "1.5=Ann", ""])
def test_a_name_without_a_number_is_explained(cli, given: str) -> None:
    result = cli("speakers", "name", "m1", given)
    assert result.code == 2
    assert f"'{given}' does not say who a speaker is: 2=Mina does" in result.err


def test_a_speaker_is_named_once(cli) -> None:
    result = cli("speakers", "name", "m1", "1=Ann", "1=Ben")
    assert (result.code, "speaker 1 is named twice" in result.err) == (2, True)


def test_failures_are_one_line_and_a_hint(cli, meetings: tuple[str, str]) -> None:
    result = cli("speakers", "name", meetings[0], "7=Ann")
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines() == [
        f"error: the meeting '{meetings[0]}' has no speaker 7",
        "hint: its speakers are 1 to 2",
    ]
    for arguments in (("list", "x"), ("people", "x"), ("forget", "x"), ("drop", "x"), ("name", "x", "1=Ann")):
        result = cli("speakers", *arguments)
        error, hint = result.err.splitlines()
        assert (result.code, error.startswith("error: "), hint.startswith("hint: ")) == (1, True, True)


def test_speakers_are_told_apart_anew_as_a_job(cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Bounds | None]] = []

    class Told(FollowingServices):
        def tell_speakers(self, meeting_id: str, bounds: Bounds | None) -> list[str]:
            asked.append((meeting_id, bounds))
            self.name_speakers(meeting_id, {1: None}, None)  # as if nobody spoke any more when the first did
            return [meeting_id]

    monkeypatch.setattr("server.services.Services", Told)
    services = Told(Settings(home=home), Home(home))
    services.open()
    id = services.add_spoken("First")
    services.close()
    result = cli("speakers", "tell", id, "--speakers", "2-5")
    assert (result.code, result.err.splitlines()[-1]) == (0, f"the speakers of {id} were told apart anew")
    cli("speakers", "name", id, "1=<b>Ann</b>", "2=Ben")
    assert cli("speakers", "tell", id).err.splitlines()[-1].endswith("when they did: <b>Ann</b>")
    cli("speakers", "name", id, "1=Ann")
    assert cli("speakers", "tell", id, "--json").document == {"meetings": [id], "taken_back": ["Ann"]}
    assert cli("speakers", "tell", id, "--json").document == {"meetings": [id], "taken_back": []}
    assert asked == [(id, Bounds(2, 5)), *[(id, None)] * 3]
    wrong = cli("speakers", "tell", id, "--speakers", "0")
    assert (wrong.code, len(asked)) == (2, 4)


def test_in_chinese(cli, meetings: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    assert "2 场会议的说话人姓名已更新" in cli("speakers", "name", meetings[0], "1=安然", "--consent", "安然").err
    assert "2=姓名" in cli("speakers", "name", meetings[0], "安然").err
    assert "说话人 1 指定了两次" in cli("speakers", "name", meetings[0], "1=安然", "1=本").err
    listed = cli("speakers", "list", meetings[1]).out
    assert all(words in listed for words in ("安然", "说话时长", "原话"))
