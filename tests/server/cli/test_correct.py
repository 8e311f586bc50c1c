"""`huimai correct` and `huimai corrections` over the real application."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.home import Home
from server.settings import Settings
from tests.server.test_corrections import CorrectingServices


@pytest.fixture
def meeting(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a stored meeting with three lines: Mina, Jon, Mina."""
    monkeypatch.setattr("server.services.Services", CorrectingServices)
    services = CorrectingServices(Settings(home=home), Home(home))
    services.open()
    id = services.add_weekly()
    services.close()
    return id


def said(cli, id: str) -> list[tuple[str | None, str]]:
    document = cli("meetings", "show", id, "--format", "json").document
    return [(line["speaker"], line["text"]) for line in document["utterances"]]


def test_a_line_is_corrected_and_told(cli, meeting: str) -> None:
    result = cli("correct", meeting, "--line", 1, "--text", "We ship on April 17.", "--by", "Ada")
    assert result.code == 0
    assert all(words in result.out for words in ("April seven", "April 17", "Ada"))
    (correction,) = cli("corrections", meeting, "--json").document["corrections"]
    assert f"huimai corrections undo {correction['id']}" in result.err
    assert said(cli, meeting)[1] == ("Jon", "We ship on April 17.")
    assert cli("corrections", "undo", correction["id"]).code == 0
    assert said(cli, meeting)[1] == ("Jon", "We ship on April seven.")
    again = cli("corrections", "undo", correction["id"])
    assert (again.code, again.err.splitlines()[0]) == (1, "error: this correction was undone already")


def test_a_speaker_is_corrected_as_far_as_is_said(cli, meeting: str) -> None:
    assert cli("correct", meeting, "--line", 0, "--speaker", "Ada").code == 0
    assert [speaker for speaker, _ in said(cli, meeting)] == ["Ada", "Jon", "Mina"]
    result = cli("correct", meeting, "--line", 2, "--speaker", "Ada", "--reach", "everywhere", "--json")
    assert result.document["corrections"][0]["reach"] == "everywhere"
    assert cli("correct", meeting, "--line", 0, "--speaker", "", "--reach", "meeting").code == 0
    assert [speaker for speaker, _ in said(cli, meeting)] == [None, "Jon", None]
    assert "(nobody known)" in cli("corrections", meeting).out


def test_a_meeting_is_filed_elsewhere(cli, meeting: str) -> None:
    result = cli("correct", meeting, "--title", "Release", "--date", "2026-03-05T10:00+08:00", "--project", "Zephyr")
    assert (result.code, all(words in result.out for words in ("Release", "2026-03-05", "Zephyr"))) == (0, True)
    document = cli("correct", meeting, "--title", "Again", "--json").document
    assert (document["title"], document["project"]) == ("Again", "Zephyr")
    listed = cli("corrections", "list", meeting).out
    assert "date: 2026-03-05; project: Zephyr" in listed
    assert "date_source" not in listed


def test_corrections_are_listed_in_chinese(cli, meeting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("correct", meeting, "--title", "例会")
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    out = cli("corrections", meeting).out
    assert all(words in out for words in ("会议", "- 标题: Weekly", "+ 标题: 例会"))


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "--line 1",
        "--text x",
        "--line 1 --text x --speaker Ada",
        "--line 1 --text x --title y",
        "--title y --speaker Ada",
        "--line 1 --text x --reach meeting",
        "--line -1 --text x",
        "--line 1 --speaker Ada --reach all",
        "--date Monday",
    ],
)
def test_wrong_usage_is_explained(cli, arguments: str) -> None:
    result = cli("correct", "m1", *arguments.split())
    assert result.code == 2
    assert "hint: `huimai correct --help` explains it" in result.err


def test_failures_are_one_line_and_a_hint(cli, meeting: str) -> None:
    result = cli("correct", meeting, "--line", 9, "--text", "x")
    assert result.code == 1
    assert result.err.splitlines() == [
        "error: 'Weekly' has no line 9",
        f"hint: its lines are 0 to 2; `huimai meetings show {meeting} --json` numbers them",
    ]
    assert cli("corrections", "nothing").err.startswith("error: there is no meeting 'nothing'")
    assert cli("corrections").code == 2
