"""`huimai models cards`."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_a_row_for_each_seller_with_its_currency_and_day(cli) -> None:
    lines = [line for line in cli("models", "cards").out.splitlines() if line.startswith("qwen3-max ")]
    assert len(lines) == 2
    assert "2.5 / 10 CNY, >32000: 4 / 16" in lines[0]
    assert "2026-05-01" in lines[0]
    assert "dashscope-intl" in lines[1]
    assert "qwen4-max" in lines[1]


def test_windows_and_what_is_not_known_are_said(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    line = next(line for line in cli("models", "cards").out.splitlines() if line.startswith("qwen3-14b "))
    assert "32768 / 131072" in line
    assert "可开关" in line
    assert "未知" in line


def test_json_has_numbers_and_the_command_that_serves(cli) -> None:
    cards = {card["name"]: card for card in cli("models", "cards", "--json").document["cards"]}
    step = cards["qwen-plus"]["prices"][0]["steps"][0]
    assert step == {"up_to_tokens": 256_000, "input": 0.4, "output": 1.2, "thinking_output": 4.0, "cached_input": 0.08}
    command = cards["qwen3-14b"]["weights"][0]["command"]
    assert command.startswith("vllm serve Qwen/Qwen3-14B-AWQ --served-model-name qwen3-14b ")
    assert "--host 127.0.0.1" in command


def test_the_user_s_own_card_is_among_them(cli, home: Path) -> None:
    home.mkdir()
    own = "[[card]]\nname = 'mine'\nfamily = 'f'\ndescription = 'd'\ncontext_tokens = 9000\neven_tokens = 3000\n"
    (home / "models.toml").write_text(own)
    assert any(line.startswith("mine ") for line in cli("models", "cards").out.splitlines())
    (home / "models.toml").write_text(own.replace("3000", "'x'"))
    result = cli("models", "cards")
    assert result.code == 1
    assert "card.0.even_tokens (mine)" in result.err
