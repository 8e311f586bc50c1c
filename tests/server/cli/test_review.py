"""`huimai review` and what `huimai glossary` does to stored lines, over the real application."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.home import Home
from server.settings import Settings
from tests.server.test_corrections import CorrectingServices
from tests.server.test_reviews import DOUBTFUL


@pytest.fixture
def meeting(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("server.services.Services", CorrectingServices)
    services = CorrectingServices(Settings(home=home), Home(home))
    services.open()
    id = services.add_meeting("Weekly", *DOUBTFUL)
    services.close()
    return id


def test_flags_are_listed_and_confirmed(cli, meeting: str) -> None:
    shown = cli("review", meeting)
    assert shown.code == 0
    assert all(words in shown.out for words in ("Weekly", "50", "00:02", "number", "15 is said"))
    assert "huimai review right" in shown.err
    (_, flag) = cli("review", "list", meeting, "--json").document["flags"]
    assert (flag["meeting_id"], flag["line"], flag["other"]) == (meeting, 1, "15")
    assert cli("review", "--project", "Atlas").out == shown.out
    result = cli("review", "right", meeting, 0, 1, "--by", "Ada")
    assert result.code == 0
    assert f"huimai corrections {meeting}" in result.err
    assert "nothing here deserves a listen" in cli("review", meeting).err
    listed = cli("corrections", meeting).out
    assert "right 1 · Ada" in listed
    assert "+ I need iOS 50.; Jon" in listed
    assert cli("review", "right", meeting, 0).code == 1


@pytest.mark.parametrize(
    "arguments", [[], ["list"], ["m1", "--project", "Atlas"], ["right", "m1"], ["right", "m1", "x"]]
)
def test_wrong_usage_of_review(cli, arguments: list[str]) -> None:
    assert cli("review", *arguments).code == 2


def test_what_the_glossary_changes(cli, meeting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("glossary", "add", "Quillgate", "--alias", "quill gate", "--project", "Atlas")
    shown = cli("glossary", "changes", "--project", "Atlas")
    assert all(words in shown.out for words in (meeting, "quill gate", "Quillgate", "made"))
    assert "glossary apply" not in shown.err
    assert "applied in 0 meetings" in cli("glossary", "apply").err
    cli("glossary", "add", "Kestovia", "--alias", "Castovia", "--project", "Atlas")
    assert "huimai glossary apply" in cli("glossary", "changes").err
    document = cli("glossary", "changes", "--json").document
    assert ([c["state"] for c in document["changes"]], document["more"]) == (["made", "pending"], False)
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    assert "待更改" in cli("glossary", "changes").out
    assert "Move to quill gate." in cli("glossary", "keep", meeting, 2).out
    assert cli("glossary", "keep", meeting, 0).code == 1


def test_suggestions_come_with_their_command(cli, meeting: str) -> None:
    assert "nothing here yet" in cli("glossary", "suggestions").err
    cli("glossary", "add", "Kestovia", "--alias", "Custo", "--kind", "company", "--project", "Atlas")
    cli("correct", meeting, "--line", 3, "--text", "We asked Kestovia about it.")
    out = cli("glossary", "suggestions", "--project", "Atlas").out
    assert "huimai glossary add Kestovia --alias Custo --alias Castovia --kind company --project Atlas" in out
    assert f"{meeting}/3" in out
    (one,) = cli("glossary", "suggestions", "--json").document["suggestions"]
    assert one["times"] == 1
