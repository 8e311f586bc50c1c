"""`huimai route`, over the real application with doubles of models."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.server.ledger_home import FIRST, transcript
from tests.server.test_services import DoubleServices

SETTINGS = """
[agents.servers.house]
kind = "vllm"
base_url = "http://127.0.0.1:9/v1"

[agents.servers.cloud]
base_url = "https://models.example/v1"
remote = true

[agents.tiers.local]
model = "tiny"
server = "house"
context_tokens = 8192

[agents.tiers.medium]
model = "middle"
server = "house"
context_tokens = 131072

[agents.tiers.large]
model = "huge"
server = "cloud"
context_tokens = 262144
"""


@pytest.fixture(autouse=True)
def doubles(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    home.mkdir()
    (home / "huimai.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setattr("server.services.Services", DoubleServices)
    # DBOS keeps a handler on the stream of the test that first used it
    monkeypatch.setattr(logging.getLogger("dbos"), "handlers", [logging.NullHandler()])


def test_one_line_says_what_would_do_it_and_why(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    result = cli("route", "--minutes", 42)
    assert (result.code, result.out, result.err) == (
        0,
        "medium: 42 minutes of recording (from 10); large is not needed\n",
        "",
    )
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    assert cli("route", "--minutes", 42).out == "medium：录音 42 分钟（10 起）；不需要 large\n"


def test_all_of_it_is_explained(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    out = cli("route", "--minutes", 120, "--private", "--explain").out
    for said in (
        "1. private: nothing of it leaves this machine",
        "120 minutes of recording (more than 60)",
        "looked at: extract · 120 minutes · 49,500 tokens to read, 4,096 to reply · private",
        "free",
        "next in line, 1",
        "not taken: large is remote and must not see what is private",
    ):
        assert said in out
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    chinese = cli("route", "--minutes", 120, "--private", "--explain").out
    for said in ("1. 内容私密", "依据：提取", "免费", "备选 1", "不用：large", "档位", "中型"):
        assert said in chinese


def test_a_price_that_is_not_known_is_said(cli) -> None:
    assert "price not known" in cli("route", "--minutes", 120, "--explain").out


def test_a_meeting_is_looked_at(cli, tmp_path: Path) -> None:
    path = tmp_path / "2026-03-02.json"
    path.write_bytes(transcript(FIRST))
    cli("ingest", str(path), "--project", "Atlas")
    (meeting,) = cli("meetings", "--json").document["meetings"]
    found = cli("route", meeting["id"], "--task", "review", "--json").document
    assert (found["task"], found["looked_at"]["project"]) == ("review", "Atlas")
    assert found["looked_at"]["signals"]["speakers"] == len({who for who, _ in FIRST})
    explained = cli("route", meeting["id"], "--explain").out
    assert "Atlas" in explained
    assert "speakers" in explained


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--minutes", 5, "--tier", "huge"), 1, "there is no tier 'huge'"),
        (("--minutes", 5, "--tier", "large", "--private"), 1, "must not see what is private"),
        ((), 1, "it is not said how much there is to read"),
        (("nope",), 1, "there is no meeting 'nope'"),
        (("--minutes", -1), 2, "--minutes"),
        (("--task", "dance"), 2, "--task"),
    ],
)
def test_what_cannot_be_routed_is_explained_in_a_line(cli, arguments, code: int, said: str) -> None:
    result = cli("route", *arguments)
    assert result.code == code
    assert said in result.err
    assert "Traceback" not in result.err
