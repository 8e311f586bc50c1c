"""`huimai usage` over the real application with doubles of models."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agents.llm.metering import Outcome
from agents.usage.domain import By
from ingestion.tables import now
from tests.agents.usage.conftest import call, yuan
from tests.server.test_services import DoubleServices

TIERS = """
[tiers.medium]
hardware = "box"
[hardware.box]
price = 36525
years = 10
watts = 400
price_per_kwh = 0.6
prompt_tokens_per_second = 1000
tokens_per_second = 50
"""


class Used(DoubleServices):
    """A home in which models were used already."""

    def open(self) -> None:
        super().open()
        if self.usage.month("2026-10", By.PROJECT).rows:
            return
        self.recorder.record(call(at=now(), cost=yuan("9.5"), project="Atlas"))
        self.recorder.record(call(at=now(), cost=None, project=None, outcome=Outcome.FAILED, audio_seconds=90.0))
        self.recorder.record(call(at=datetime(2026, 10, 3, tzinfo=UTC), cost=yuan(5)))


@pytest.fixture(autouse=True)
def used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.services.Services", Used)
    monkeypatch.setenv("HUIMAI_AGENTS__BUDGET__MONTH", "10")
    monkeypatch.setenv("HUIMAI_AGENTS__BUDGET__PROJECTS", '{"Atlas": 2}')
    # DBOS keeps a handler on the stream of the test that first used it
    monkeypatch.setattr(logging.getLogger("dbos"), "handlers", [logging.NullHandler()])


def test_a_month_and_its_budgets_are_shown(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = cli("usage").out
    assert all(words in shown for words in ("Atlas", "9.50 CNY", "total", "tokens in", "calendar month, UTC"))
    assert "budget: 10.00 CNY; spent 9.50, under way 0.00, left 0.50" in shown
    assert "budget of Atlas: 2.00 CNY; spent 9.50, under way 0.00, left -7.50" in shown
    assert "calls of unknown cost: 1 (50.0%)" in shown
    assert "a straight line" in shown
    assert "speech heard: 1.5 minutes" in shown
    found = cli("usage", "--month", "2026-10", "--by", "tier", "--json").document
    assert [(row["key"], row["calls"]) for row in found["rows"]] == [("medium", 1)]
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    chinese = cli("usage", "--month", "2026-10").out
    assert "回答" in cli("usage", "--by", "task").out
    assert all(words in chinese for words in ("自然月", "合计", "输入词元", "本月预算：10.00 CNY", "费用"))


def test_past_calls_are_replayed(cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "local.toml"
    file.write_text(TIERS, encoding="utf-8")
    result = cli("usage", "simulate", "--tiers", file, "--month", "2026-10")
    assert "calls from 2026-10-01 to 2026-10-31, replayed" in result.out
    assert "5.00 CNY  310.00 CNY" in result.out
    assert "box is cheaper from 61 calls a month on; calls a month now: 1" in result.out
    assert "note: another model cuts the same text into other tokens" in result.err
    days = ("--since", "2026-10-01", "--until", "2026-10-02")
    assert cli("usage", "simulate", "--tiers", file, *days, "--json").document["rows"] == []
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    chinese = cli("usage", "simulate", "--tiers", file, "--month", "2026-10")
    assert "box 每月 61 次调用起更省钱" in chinese.out
    assert "注意：不同模型的分词" in chinese.err


def test_what_cannot_be_shown_is_told(cli: Any, tmp_path: Path) -> None:
    wrong = cli("usage", "--month", "November")
    assert (wrong.code, "'November' is not a month" in wrong.err) == (2, True)
    assert cli("usage", "--by", "colour").code == 2
    file = tmp_path / "tiers.toml"
    assert cli("usage", "simulate", "--tiers", file).code == 2
    file.write_text("[tiers", encoding="utf-8")
    broken = cli("usage", "simulate", "--tiers", file)
    assert (broken.code, broken.err.startswith("error: it is no TOML")) == (1, True)
    file.write_bytes(b"\xff\xfe")
    assert cli("usage", "simulate", "--tiers", file).code == 1
    file.write_text(TIERS, encoding="utf-8")
    both = cli("usage", "simulate", "--tiers", file, "--month", "2026-10", "--since", "2026-10-01")
    assert (both.code, "name a month or days" in both.err) == (2, True)
    file.write_text('[tiers.medium]\ncard = "no-such-model"', encoding="utf-8")
    assert "no model card is called" in cli("usage", "simulate", "--tiers", file).err


def test_usage_outlives_its_project_and_is_in_backups_until_it_is_wiped(
    cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def calls() -> list[tuple[str | None, int]]:
        return [(row["key"], row["calls"]) for row in cli("usage", "--json").document["rows"]]

    cli("projects", "create", "Atlas")
    cli("projects", "delete", "Atlas", "--yes")
    monkeypatch.setattr("server.services.Services", DoubleServices)
    used = [("Atlas", 1), (None, 1)]
    assert calls() == used
    backup = tmp_path / "backup.tar.gz"
    assert cli("backup", backup).code == 0
    assert cli("wipe", "--yes").code == 0
    assert calls() == []
    assert cli("restore", backup, "--force").code == 0
    assert calls() == used
