from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import sqlite3
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ingestion.errors import ConflictError
from server.cli.serve import bind, url_of
from server.home import Home


def checks(document: Any) -> dict[str, tuple[str, str, str]]:
    return {c["name"]: (c["status"], c["text"], c["hint"]) for c in document["checks"]}


@pytest.fixture
def cards(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two models of the user's own that come from a folder, one of them broken there."""
    source = tmp_path / "usb"
    text = ""
    for name in ("small-ears", "small-map"):
        (source / name).mkdir(parents=True)
        (source / name / "model.bin").write_bytes(content := name.encode() * 100)
        text += f"""
[[model]]
name = "{name}"
task = "speech"
engine = "x"
description = "x"
licence = "MIT"
size = {len(content)}
memory_bytes = 1
files = [{{ path = "model.bin", size = {len(content)}, sha256 = "{hashlib.sha256(content).hexdigest()}" }}]
sources = [{{ kind = "folder", path = "{source}" }}]
"""
    (source / "small-map" / "model.bin").write_bytes(b"other bytes")
    home.mkdir()
    (home / "models.toml").write_text(text)
    monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_MODEL", "small-ears")
    monkeypatch.setenv("HUIMAI_INGESTION__EMBEDDING_MODEL", "small-map")
    return source


def test_doctor_says_what_is_missing_and_how_to_get_it(cli, cards: Path) -> None:
    result = cli("doctor", "--json")
    found = checks(result.document)
    assert result.code == 0
    assert found["speech"][0] == "warn"
    assert found["speech"][2] == "huimai models pull small-ears"
    assert cli("models", "pull", "small-ears").code == 0
    assert checks(cli("doctor", "--json").document)["speech"][0] == "ok"
    human = cli("doctor")
    assert "hint: huimai models pull small-map" in human.out


def test_doctor_says_which_recogniser_was_chosen_and_why(cli, cards: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_MODEL", "auto")
    monkeypatch.setenv("HUIMAI_INGESTION__SECOND_SPEECH_MODEL", "no-such-model")
    monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_DEVICE", "cpu")
    found = checks(cli("doctor", "--json").document)
    assert "auto" in found["speech"][1]
    assert found["second"][0] == "fail"


def test_doctor_names_the_recogniser_of_one_language(
    cli, cards: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = home / "models.toml"
    text = own.read_text().replace('engine = "x"', 'engine = "faster-whisper"\ncapabilities = { languages = ["en"] }')
    own.write_text(text)
    monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_MODEL", "auto")
    monkeypatch.setenv("HUIMAI_INGESTION__SPEECH_DEVICE", "cpu")
    assert "small-ears" not in checks(cli("doctor", "--json").document)["speech"][1]
    cli("models", "pull", "small-ears")
    assert (
        "small-ears for meetings ingested with --language en" in checks(cli("doctor", "--json").document)["speech"][1]
    )
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    assert "专为该语言而做的 small-ears" in checks(cli("doctor", "--json").document)["speech"][1]


def test_doctor_fails_on_a_damaged_model(cli, cards: Path, tmp_path: Path) -> None:
    cli("models", "pull", "small-ears")
    (tmp_path / "models" / "small-ears" / "model.bin").write_bytes(b"x")
    result = cli("doctor", "--json")
    assert result.code == 1
    assert checks(result.document)["speech"][0] == "fail"


def test_doctor_sees_owner_database_and_chat_server(cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMAI_AGENTS__CHAT_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("HUIMAI_AGENTS__CHAT_MODEL", "any")
    home.mkdir()
    connection = sqlite3.connect(home / "huimai.db")
    connection.execute("CREATE TABLE alembic_version (version_num)")
    connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.commit()
    connection.close()
    result = cli("doctor", "--json")
    found = checks(result.document)
    assert found["database"][0] == "fail"
    assert found["chat"][0] == "warn"
    assert found["owner"][0] == "ok"
    other = Home(home)
    other.own()
    other.announce("http://127.0.0.1:8000")
    assert "http://127.0.0.1:8000" in checks(cli("doctor", "--json").document)["owner"][1]
    other.disown()


def test_doctor_looks_at_the_reranker_that_is_set(cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def seen() -> tuple[str, str, str]:
        return checks(cli("doctor", "--json").document)["reranker"]

    assert seen()[0] == "ok"
    monkeypatch.setenv("HUIMAI_RETRIEVAL__RERANKER", "bge-reranker-v2-m3")
    assert (seen()[0], seen()[2]) == ("warn", "huimai models pull bge-reranker-v2-m3")
    monkeypatch.setattr("server.cli.checks.find_spec", lambda _name: None)
    assert (seen()[0], seen()[2]) == ("warn", 'pip install "huimai[torch]"')
    monkeypatch.setenv("HUIMAI_RETRIEVAL__RERANKER_BASE_URL", "http://127.0.0.1:9/v1")
    assert seen()[0] == "warn"
    assert "HUIMAI_RETRIEVAL__RERANKER_BASE_URL" in seen()[2]


def test_doctor_says_what_may_leave_the_machine(cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def seen(name: str = "privacy") -> tuple[str, str, str]:
        return checks(cli("doctor", "--json").document)[name]

    assert seen()[:2] == ("ok", "no server outside your control is set: nothing is sent to any")
    monkeypatch.setenv("HUIMAI_OFFLINE", "1")
    monkeypatch.setenv("HUIMAI_RETRIEVAL__RERANKER", "far-reranker")
    monkeypatch.setenv("HUIMAI_RETRIEVAL__RERANKER_BASE_URL", "http://192.0.2.1:9/v1")
    assert "HUIMAI_OFFLINE is set" in seen()[1]
    assert seen()[1].endswith("not used: 192.0.2.1:9")
    assert seen("reranker")[:2] == (
        "warn",
        "the server at 192.0.2.1:9 is on another machine, and HUIMAI_OFFLINE is set",
    )
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    assert "停用：192.0.2.1:9" in seen()[1]
    monkeypatch.setenv("HUIMAI_LANG", "en")
    monkeypatch.setenv("HUIMAI_RETRIEVAL__RERANKER_REMOTE", "false")
    assert "not used" not in seen()[1]
    monkeypatch.setenv("HUIMAI_JOBS_DATABASE_URL", "postgresql://db.example.com/huimai")
    assert seen()[0] == "warn"
    assert "db.example.com" in seen()[1]
    monkeypatch.delenv("HUIMAI_OFFLINE")
    monkeypatch.setenv("HUIMAI_RETRIEVAL__RERANKER_REMOTE", "true")
    monkeypatch.setenv("HUIMAI_RETRIEVAL__RERANKER_BASE_URL", "http://127.0.0.1:9/v1")
    assert seen()[1].startswith("what is not private may be sent to 127.0.0.1:9;")


def test_doctor_stops_at_a_bad_setting(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMAI_PORT", "0")
    result = cli("doctor", "--json")
    assert result.code == 1
    assert "HUIMAI_PORT" in checks(result.document)["settings"][2]


def test_models_pull_list_verify(cli, cards: Path, tmp_path: Path) -> None:
    pulled = cli("models", "pull", "small-ears", "small-map", "--json")
    assert pulled.code == 1
    assert pulled.document["models"][0]["state"] == "present"
    assert [f["name"] for f in pulled.document["failed"]] == ["small-map"]
    listed = {m["name"]: m["state"] for m in cli("models", "--json").document["models"]}
    assert listed["small-ears"] == "present"
    assert listed["small-map"] != "present"
    assert cli("models", "verify", "small-ears").code == 0
    (tmp_path / "models" / "small-ears" / "model.bin").write_bytes(b"x")
    verified = cli("models", "verify", "--json")
    assert verified.code == 1
    assert verified.document["models"][0]["state"] == "damaged"


def test_unknown_model_is_told_before_anything_is_pulled(cli, cards: Path, tmp_path: Path) -> None:
    result = cli("models", "pull", "small-ears", "small-eras")
    assert result.code == 1
    assert "did you mean" in result.err
    assert not (tmp_path / "models" / "small-ears").exists()


def test_settings_show_value_source_and_no_secret(cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    (home / "huimai.toml").write_text("port = 8123\n[ingestion]\npiece_seconds = 120\n")
    monkeypatch.setenv("HUIMAI_QDRANT_API_KEY", "s3cret")
    monkeypatch.setenv("HUIMAI_DATABASE_URL", "postgresql://me:s3cret@db/huimai")
    result = cli("settings", "--json")
    rows = {row["name"]: (row["value"], row["source"]) for row in result.document["settings"]}
    assert rows["port"] == (8123, "huimai.toml")
    assert rows["ingestion.piece_seconds"] == (120.0, "huimai.toml")
    assert rows["home"] == (str(home), "environment")
    assert rows["host"] == ("127.0.0.1", "default")
    assert "s3cret" not in result.out
    assert "s3cret" not in cli("settings").out


def test_port_in_use_is_one_clear_line(cli, fake: ModuleType, home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConflictError, match="in use"):
            bind("127.0.0.1", port)
        result = cli("serve", "--port", port)
    assert result.code == 1
    assert result.err.splitlines()[0] == f"error: port {port} is in use by another program"
    Home(home).own()


def test_small_pieces_of_a_stream_are_sent_at_once() -> None:
    async def is_undelayed() -> bool:
        opened: asyncio.Future[asyncio.StreamWriter] = asyncio.get_running_loop().create_future()
        with bind("127.0.0.1", 0) as listener:
            server = await asyncio.start_server(lambda _, writer: opened.set_result(writer), sock=listener)
            _, client = await asyncio.open_connection(*listener.getsockname())
            writer = await opened
            undelayed = writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            client.close()
            writer.close()
            server.close()
            return bool(undelayed)

    assert asyncio.run(is_undelayed())


def test_address_of_ipv6() -> None:
    try:
        listener = bind("::1", 0)
    except Exception:
        pytest.skip("this machine has no IPv6")
    with listener:
        assert url_of(listener).startswith("http://[::1]:")


def test_other_machines_are_refused(cli, fake: ModuleType) -> None:
    result = cli("serve", "--host", "0.0.0.0")
    assert result.code == 1
    assert len(result.err.splitlines()) == 2


def test_failed_start_is_told(cli, fake: ModuleType) -> None:
    fake.FakeServices.opening_error = ConflictError("used by a newer release", "install it again")
    result = cli("serve", "--port", "0")
    assert result.code == 1
    assert result.err.splitlines() == ["error: used by a newer release", "hint: install it again"]


def test_meetings_are_listed_page_by_page(cli, fake: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(self: Any) -> None:
        self.meetings = {i: {**MEETING, "id": i} for i in ("m1", "m2", "m3")}

    monkeypatch.setattr(fake.FakeServices, "open", opened)
    assert [m["id"] for m in cli("meetings", "--json").document["meetings"]] == ["m1", "m2", "m3"]
    assert "[red]Weekly" in cli("meetings").out


MEETING = {
    "date": "2026-03-04",
    "project": "Atlas",
    "title": "[red]Weekly\x1b[31m",
    "duration": 61.0,
    "stage": "ready",
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.toml", '[[term]]\ncanonical = "Quillgate"\naliases = ["quill gate"]\nkind = "product"\n'),
        ("t.json", '{"glossary": [{"canonical": "Quillgate", "aliases": ["quill gate"], "kind": "product"}]}'),
        ("l.json", '\ufeff[{"canonical": "Quillgate", "aliases": ["quill gate"], "kind": "product"}]'),
    ],
)
def test_glossary_import(cli, fake: ModuleType, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    result = cli("glossary", "import", tmp_path / name, "--project", "Atlas", "--json")
    assert result.document["terms"] == [
        {"id": "t0", "project": "Atlas", "canonical": "Quillgate", "aliases": ["quill gate"], "kind": "product"}
    ]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{", "缺少双引号中的名称（第 1 行第 2 列）", "UTF-8 编码"),
        ("{}", "没有术语列表", "请写成 [[term]]"),
        ('[{"canonical": "x"}, {}]', "第 2 个术语有误", "每个术语须有"),
    ],
)
def test_a_bad_glossary_file_is_told_of_in_chinese(
    cli, fake: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str, hint: str
) -> None:
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    (tmp_path / "bad.json").write_text(text)
    result = cli("glossary", "import", tmp_path / "bad.json")
    assert result.code != 0
    assert "bad.json：" in result.err
    assert message in result.err
    assert hint in result.err


def test_a_project_is_made_private_and_not(cli, fake: ModuleType) -> None:
    assert "is private" in cli("projects", "edit", "Atlas", "--private").err
    assert json.loads(cli("projects", "edit", "Atlas", "--not-private", "--json").out)["private"] is False
    assert cli("projects", "edit", "Atlas").code == 2


def test_json_of_a_group_without_command(cli, fake: ModuleType) -> None:
    assert json.loads(cli("projects", "--json").out)["projects"][0]["name"] == "Atlas"
