"""What doctor says of the servers of chat models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.cli.fake_vllm import FakeVllm, serving


@pytest.fixture
def vllm() -> Iterator[FakeVllm]:
    with serving(FakeVllm()) as fake:
        yield fake


def settings(home: Path, url: str, server: str = "", tier: str = "", kind: str = "vllm") -> None:
    home.mkdir(exist_ok=True)
    (home / "huimai.toml").write_text(
        f"[agents.servers.gpu]\nkind = '{kind}'\nbase_url = '{url}'\n{server}\n"
        f"[agents.tiers.medium]\nmodel = 'qwen3-14b'\nserver = 'gpu'\n{tier}\n"
    )


def medium(cli: Any, *options: str) -> tuple[str, str, str]:
    checks = {
        c["name"]: (c["status"], c["text"], c["hint"]) for c in cli("doctor", "--json", *options).document["checks"]
    }
    return checks["tier medium"]


def test_all_is_well(cli, home: Path, vllm: FakeVllm) -> None:
    settings(home, vllm.url)
    status, text, hint = medium(cli)
    assert (status, hint) == ("ok", "")
    assert f"{vllm.url} answers; qwen3-14b is there with a window of 32768 tokens" in text
    assert "thoughts come apart" in text
    assert "a schema binds" in text
    assert all(body["max_tokens"] <= 64 for body in vllm.asked)


def test_it_says_so_in_chinese_and_names_the_tier(
    cli, home: Path, vllm: FakeVllm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    settings(home, vllm.url)
    out = cli("doctor").out
    assert "✓ 档位 medium" in out
    assert "思考与回答分开返回" in out


def test_without_a_reasoning_parser_it_names_the_option(cli, home: Path, vllm: FakeVllm) -> None:
    vllm.parser = False
    settings(home, vllm.url)
    status, text, hint = medium(cli)
    assert status == "warn"
    assert "thoughts come inside answers" in text
    assert "--reasoning-parser qwen3" in hint


def test_thoughts_are_not_looked_for_where_the_tier_lets_none(cli, home: Path, vllm: FakeVllm) -> None:
    vllm.parser = False
    settings(home, vllm.url, tier="thinking = false")
    assert medium(cli)[0] == "ok"
    assert [body["chat_template_kwargs"]["enable_thinking"] for body in vllm.asked] == [False]


@pytest.mark.parametrize("fault", ["binds", "refuses"])
def test_a_schema_that_does_not_bind_is_told(cli, home: Path, vllm: FakeVllm, fault: str) -> None:
    vllm.binds, vllm.refuses = fault != "binds", fault == "refuses"
    settings(home, vllm.url, tier="thinking = false")
    status, text, hint = medium(cli)
    assert status == "warn"
    assert "a schema does not bind answers" in text
    assert "--structured-outputs-config" in hint


def test_a_narrower_window_than_the_tier_s_is_told(cli, home: Path, vllm: FakeVllm) -> None:
    vllm.models = {"qwen3-14b": 8192}
    settings(home, vllm.url)
    status, text, hint = medium(cli)
    assert status == "warn"
    assert "8192 tokens, 32768 are counted on" in text
    assert "--max-model-len 32768" in hint
    assert "agents.tiers.medium.context_tokens to 8192" in hint
    assert vllm.asked == []


def test_another_model_than_the_tier_s_is_told(cli, home: Path, vllm: FakeVllm) -> None:
    vllm.models = {"Qwen/Qwen3-14B-AWQ": 32_768}
    settings(home, vllm.url)
    status, text, hint = medium(cli)
    assert status == "warn"
    assert "it serves Qwen/Qwen3-14B-AWQ, not qwen3-14b" in text
    assert "--served-model-name qwen3-14b" in hint
    settings(home, vllm.url, tier="served_as = 'Qwen/Qwen3-14B-AWQ'")
    assert medium(cli)[0] == "ok"


def test_keys_are_told_of(cli, home: Path, vllm: FakeVllm) -> None:
    vllm.key = "sk-1"
    settings(home, vllm.url)
    status, text, hint = medium(cli)
    assert (status, "refuses the key" in text, hint) == ("warn", True, "correct agents.servers.gpu.api_key")
    settings(home, vllm.url, server="api_key = 'sk 1'")
    assert "was not sent" in medium(cli)[1]
    settings(home, vllm.url, server='api_key = " sk-1\\n"')
    assert medium(cli)[0] == "ok"


def test_a_page_instead_of_a_list_is_told(cli, home: Path, vllm: FakeVllm) -> None:
    vllm.page = "<html>Welcome</html>"
    settings(home, vllm.url)
    status, text, _ = medium(cli)
    assert status == "warn"
    assert "it does not list its models" in text
    assert "did not answer a tiny question" in text


def test_a_server_that_is_not_there_is_told(cli, home: Path) -> None:
    settings(home, "http://127.0.0.1:9/v1")
    status, text, hint = medium(cli)
    assert (status, "does not answer" in text) == ("warn", True)
    assert "agents.servers.gpu.base_url" in hint


def test_a_server_outside_is_asked_for_answers_only_if_wanted(cli, home: Path, vllm: FakeVllm) -> None:
    settings(home, vllm.url, server="remote = true")
    assert medium(cli)[0] == "ok"
    assert vllm.asked == []
    assert "a schema binds" in medium(cli, "--deep")[1]
    assert len(vllm.asked) == 2


def test_offline_nothing_outside_is_asked(cli, home: Path, vllm: FakeVllm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMAI_OFFLINE", "true")
    settings(home, vllm.url, server="remote = true")
    status, text, hint = medium(cli, "--deep")
    assert (status, "HUIMAI_OFFLINE" in text + hint) == ("warn", True)
    assert vllm.asked == []


def test_the_single_chat_server_is_looked_at_likewise(
    cli, home: Path, vllm: FakeVllm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIMAI_AGENTS__CHAT_BASE_URL", vllm.url)
    monkeypatch.setenv("HUIMAI_AGENTS__CHAT_MODEL", "qwen3-14b")
    checks = {c["name"]: (c["status"], c["text"]) for c in cli("doctor", "--json").document["checks"]}
    assert checks["chat"][0] == "ok"
    assert "32768" in checks["chat"][1]


def test_a_tier_that_cannot_be_is_a_failure(cli, home: Path, vllm: FakeVllm) -> None:
    settings(home, vllm.url, tier="level = 'large'")
    text = (home / "huimai.toml").read_text()
    (home / "huimai.toml").write_text(text.replace("server = 'gpu'", "server = 'gqu'"))
    result = cli("doctor", "--json")
    check = next(c for c in result.document["checks"] if c["name"] == "chat")
    assert (result.code, check["status"], check["hint"]) == (1, "fail", "did you mean gpu?")


@pytest.mark.parametrize("models", [{"qwen3-14b": "32768"}, {"qwen3-14b": [1]}, {"qwen3-14b": True}])
def test_a_window_that_is_no_number_is_not_told(cli, home: Path, vllm: FakeVllm, models: dict[str, Any]) -> None:
    vllm.models = models
    settings(home, vllm.url)
    status, text, _ = medium(cli)
    assert status == "ok"
    assert "qwen3-14b is there" in text
    assert "window" not in text


def test_names_that_are_no_text_are_shown_as_they_are(cli, home: Path, vllm: FakeVllm) -> None:
    vllm.models = {7: 1}  # pyright: ignore[reportAttributeAccessIssue]
    settings(home, vllm.url)
    assert "it serves 7" in medium(cli)[1]
