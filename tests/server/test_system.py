import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from server.catalogue import open_cards, open_models
from server.settings import Settings
from server.settings_doc import setting_rows
from server.settings_in_force import MEANINGS, settings_in_force


def leaves(table: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from leaves(cast("dict[str, Any]", value), f"{before}{name}.")
        else:
            yield before + name


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HUIMAI_HOME", str(tmp_path))
    return tmp_path


def test_every_setting_has_a_meaning_in_chinese() -> None:
    written = leaves(tomllib.loads(MEANINGS.read_text("utf-8")))
    assert sorted(written) == sorted(row.path for row in setting_rows())


def test_the_source_of_a_setting_is_what_said_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "huimai.toml").write_text("port = 8001\n[agents.budget]\nmonth = 20\n[agents]\nchat_retries = 1\n")
    monkeypatch.setenv("HUIMAI_PORT", "8002")
    monkeypatch.setenv("HUIMAI_INGESTION", '{"workers": 3}')
    monkeypatch.setenv("HUIMAI_AGENTS__TIERS__SMALL__MODEL", "qwen3-8b")
    settings = Settings()
    (home / "huimai.toml").write_text("host = '127.0.0.2'\n")
    said = {row.name: row.source for row in settings_in_force(settings) if row.source != "default"}
    assert said == {
        "home": "environment",
        "port": "environment",
        "ingestion.workers": "environment",
        "agents.tiers": "environment",
        "agents.budget.month": "huimai.toml",
        "agents.chat_retries": "huimai.toml",
    }


def test_settings_stand_by_area_and_in_a_list_that_tells_more(client: httpx.Client) -> None:
    document = client.get("/api/v1/settings").json()
    assert document["ingestion"]["workers"] == 1
    assert [row["name"] for row in document["in_force"]] == [row.path for row in setting_rows()]
    workers = next(row for row in document["in_force"] if row["name"] == "ingestion.workers")
    assert workers == {
        "name": "ingestion.workers",
        "value": 1,
        "source": "default",
        "variable": "HUIMAI_INGESTION__WORKERS",
        "description": "Ingests that run at the same time.",
        "description_zh": "同时处理的会议数。",
    }


def test_no_secret_is_in_what_the_settings_tell(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMAI_QDRANT_API_KEY", "s3cret")
    monkeypatch.setenv("HUIMAI_DATABASE_URL", "postgresql://me:s3cret@db/huimai")
    monkeypatch.setenv("HUIMAI_AGENTS__SERVERS__OWN", '{"base_url": "http://127.0.0.1:8001/v1", "api_key": "s3cret"}')
    rows = {row.name: row for row in settings_in_force(Settings())}
    assert rows["qdrant_api_key"].value == "**********"
    assert rows["agents.servers"].source == "environment"
    assert "s3cret" not in str(rows)


def test_cards_tell_what_a_person_chooses_by(client: httpx.Client) -> None:
    cards = {card["name"]: card for card in client.get("/api/v1/models/cards").json()}
    assert cards["qwen3-14b"]["prices"] == []
    assert [weights["gpu_gib"] for weights in cards["qwen3-14b"]["weights"]] == [24, 24, 32]
    dear = cards["qwen3.8-max"]
    assert dear["description_zh"] == "Qwen3.8-Max，托管"
    assert [(prices["seller"], prices["currency"]) for prices in dear["prices"]] == [
        ("dashscope", "CNY"),
        ("dashscope-intl", "USD"),
    ]
    assert dear["prices"][0]["steps"] == [
        {"up_to_tokens": None, "input": 12.0, "output": 36.0, "thinking_output": None, "cached_input": 1.5}
    ]


def test_every_model_that_comes_along_is_described_in_both_languages(home: Path) -> None:
    settings = Settings()
    cards = [*open_models(settings).catalogue, *open_cards(settings)]
    assert [card.name for card in cards if not card.description_zh] == []
