"""`huimai rehear` and `huimai rehearings` over the real application and its jobs; only the models are doubles."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.errors import BadInputError
from tests.server.cli.conftest import PreparedHome
from tests.server.test_rehearings import NamingTranscriber, RehearingServices
from tests.server.test_services import SERIES


@pytest.fixture
def meeting(cli, monkeypatch: pytest.MonkeyPatch, home: Path, prepared: PreparedHome) -> str:
    """The id of an ingested recording."""
    monkeypatch.setattr("server.services.Services", RehearingServices)

    def ingest() -> str:
        result = cli("ingest", SERIES / "2026-03-02.m4a", "--project", "Atlas", "--json")
        return result.document["meetings"][0]["id"]

    return prepared.at(home, ingest)


def test_a_span_is_heard_again_listed_and_undone(cli, meeting: str) -> None:
    before = cli("meetings", "show", meeting).out
    result = cli("rehear", meeting, "--from", "0:05", "--to", "9", "--language", "zh", "--by", "Ada")
    assert result.code == 0
    assert all(words in result.out for words in ("usual-None-", "usual-zh-", "Ada"))
    (heard,) = cli("rehearings", meeting, "--json").document["rehearings"]
    assert f"huimai rehearings undo {heard['id']}" in result.err
    assert heard["start"] <= 5 < 9 <= heard["end"]
    assert "usual-zh-" in cli("meetings", "show", meeting).out
    assert heard["id"] in cli("rehearings", meeting).out
    assert cli("rehearings", "undo", heard["id"]).code == 0
    assert cli("meetings", "show", meeting).out == before
    assert "undone" in cli("rehearings", meeting).out


def test_why_nothing_was_heard_is_told(cli, meeting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise BadInputError("the speech model does not know the language 'xx'")

    monkeypatch.setattr(NamingTranscriber, "transcribe", fail)
    result = cli("rehear", meeting, "--from", "5", "--to", "9", "--language", "xx")
    assert result.code == 1
    assert "error: the speech model does not know the language 'xx'" in result.err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ("--from 9 --to 5", 1, "the span ends before it begins"),
        ("--from 99:00 --to 99:10", 1, "outside the recording"),
        ("--from soon --to 5", 2, "'soon' is not a time"),
        ("--from 5", 2, "--to"),
        ("--from 5 --to nan", 1, ""),
        ("--from 5 --to 9 --model multilingual-e5-small", 1, "does not recognise speech"),
    ],
)
def test_what_makes_no_sense_is_refused(cli, meeting: str, arguments: str, code: int, says: str) -> None:
    result = cli("rehear", meeting, *arguments.split())
    assert (result.code, says in result.err) == (code, True), result.err
    assert "Traceback" not in result.err


def test_an_empty_list_is_told(cli, meeting: str, home: Path) -> None:
    assert "nothing here yet" in cli("rehearings", meeting).err
