from __future__ import annotations

from types import ModuleType

import pytest

from server.cli.sse import read_events


def test_answer_with_numbered_quotes(cli, fake: ModuleType) -> None:
    result = cli("ask", "When do we ship?", "--project", "Atlas", "--meeting", "m1", "--since", "2026-03-01")
    assert result.code == 0
    assert result.out.splitlines() == [
        "On April 17 [1].",
        "",
        "Evidence",
        "[1] Release weekly · 2026-03-04 · 05:12 · Mina",
        "    We ship on [bold]April 17[/bold].[2J",
    ]
    assert "searched 3, read 1, failed 1" in result.err
    assert "'last week' is 2026-03-02" in result.err
    assert fake.LAST[-1].questions == [
        {"question": "When do we ship?", "project": "Atlas", "meetings": ["m1"], "since": "2026-03-01"}
    ]


def test_terminal_shows_evidence_and_draft_as_they_come(cli, fake: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    result = cli("ask", "When do we ship?")
    assert result.code == 0
    assert all(text in result.err for text in ("searching", "[1] Release weekly · 2026-03-04", "On April"))
    assert "[2J" in result.err
    assert "\x1b[2J" not in result.err + result.out


def test_json_is_the_answer_document(cli, fake: ModuleType) -> None:
    result = cli("ask", "When do we ship?", "--conversation", "c1", "--json")
    assert result.document == fake.ANSWER
    assert fake.LAST[-1].questions[0]["conversation_id"] == "c1"


def test_error_event_is_a_failure(cli, fake: ModuleType) -> None:
    result = cli("ask", "fail")
    assert result.code == 1
    assert result.err.splitlines() == ["error: the chat server answered 500", "hint: see its log"]


def test_stream_that_breaks_off_is_a_failure(cli, fake: ModuleType) -> None:
    assert cli("ask", "break off").code == 1


def test_search(cli, fake: ModuleType) -> None:
    result = cli("search", "release", "--speaker", "Mina", "--limit", "3")
    assert result.out.startswith("1. Release weekly · 2026-03-04 · 05:12 · Mina  [m1]")
    assert fake.LAST[-1].questions == [{"query": "release", "limit": 3, "speaker": "Mina"}]
    assert cli("search", "release", "--json").document["recipe"] == "hybrid"


def test_events_follow_the_standard() -> None:
    lines = [
        ": comment",
        "event: token",
        "data: a",
        "data:b",
        "id: 7",
        "",
        "data:  c",
        "",
        "event: lost",
        "",
        "data: d",
    ]
    assert list(read_events(lines)) == [("token", "a\nb"), ("message", " c")]
