"""`huimai templates`: no server is needed for it."""

from __future__ import annotations

from pathlib import Path

OWN = 'title = { en = "Mine" }\n[[sections]]\nkey = "a"\ntitle = { en = "A" }\nabout = ["late"]\n'


def test_templates_are_listed_with_ones_own(cli, home: Path, monkeypatch) -> None:
    (home / "templates").mkdir(parents=True)
    (home / "templates" / "weekly_sync.toml").write_text(OWN, encoding="utf-8")
    (home / "templates" / "broken.toml").write_text("x", encoding="utf-8")
    result = cli("templates")
    assert result.code == 0
    assert "Sales call" in result.out
    (line,) = [line for line in result.out.splitlines() if line.startswith("weekly_sync")]
    assert "Mine" in line
    assert "your own" in line
    assert "is not TOML" in result.out
    document = {one["name"]: one for one in cli("templates", "list", "--json").document["templates"]}
    assert (document["weekly_sync"]["own"], document["broken"]["sections"]) == (True, [])
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    assert "销售通话" in cli("templates").out


def test_what_is_shown_can_be_checked(cli, tmp_path: Path) -> None:
    file = tmp_path / "standup.toml"
    file.write_text(cli("templates", "show", "sales_call").out, encoding="utf-8")
    result = cli("templates", "check", file)
    assert (result.code, result.out) == (0, "")
    assert "8 sections" in result.err
    assert cli("templates", "show", "sales_call", "--json").document["title"]["zh"] == "销售通话"


def test_what_is_wrong_is_told_and_ends_with_1(cli, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(OWN + "limt = 3\n", encoding="utf-8")
    result = cli("templates", "check", file)
    assert result.code == 1
    assert "mine.toml: `limt` is no field of sections[1]; allowed:" in result.err
    assert cli("templates", "show", "../settings").err.startswith("error: '../settings' is no name of a template")
    assert cli("templates", "show", "nope").err.startswith("error: there is no template 'nope'")
