"""The command line in Chinese: help, wrong usage, doctor, tables and stages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Annotated, Literal

import pytest
import typer
from rich.text import Text
from typer import rich_utils
from typer.exceptions import TyperException
from typer.main import get_command

from server.cli.following import _state
from server.cli.main import app
from server.cli.texts.help import HELP
from server.cli.texts.words import WORDS
from server.cli.translation import LABELS, contexts, texts_of
from server.cli.usage import in_chinese

EXAMPLE = re.compile(r"huimai\b(?! 会脉)")
ENGLISH = re.compile(r"Usage:|Options|Arguments|Commands|Example|default|required|Show this", re.IGNORECASE)
HAN = re.compile("[一-鿿]")


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chinese for one test: what it does to typer's labels ends with it."""
    monkeypatch.setenv("HUIMAI_LANG", "zh_CN.UTF-8")
    for name in LABELS:
        monkeypatch.setattr(rich_utils, name, getattr(rich_utils, name))


def paragraphs() -> Iterator[str]:
    for context in contexts(get_command(app)):
        for holder in (context.command, *context.command.get_params(context)):
            for _, text in texts_of(holder):
                yield from (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


TEXTS = {text for text in paragraphs() if not EXAMPLE.match(text)}


def test_every_text_of_the_help_has_chinese() -> None:
    assert TEXTS - set(HELP) == set()


def test_no_chinese_is_left_of_texts_that_are_gone() -> None:
    assert set(HELP) - TEXTS == set()


def test_no_text_is_taken_for_markup() -> None:
    for text in {text for pair in HELP.items() for text in pair}:
        assert Text.from_markup(text).plain == text


def test_labels_of_typer_are_still_called_so() -> None:
    assert all(isinstance(getattr(rich_utils, name), str) for name in LABELS)


def test_help_in_chinese_as_a_user_sees_it() -> None:
    command = [sys.executable, "-m", "server.cli.main", "ask", "--help"]
    environment = {**os.environ, "HUIMAI_LANG": "zh", "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=True)
    assert "用法：huimai ask [选项] {question}" in ran.stdout
    assert all(words in ran.stdout for words in ("跨会议提问", "参数", "选项", "[必填]", "示例：", "显示此帮助并退出"))
    assert not ENGLISH.search(ran.stdout)


@pytest.mark.parametrize("name", ["", "meetings", "eval retrieval", "models pull"])
def test_help_says_nothing_in_english(cli, chinese: None, name: str) -> None:
    result = cli(*name.split(), "--help")
    assert result.code == 0
    assert "用法：" in result.out
    assert not ENGLISH.search(result.out)


def test_help_is_english_again_where_nobody_asked_for_chinese(cli) -> None:
    assert not HAN.search(cli("ask", "--help").out.partition("Example:")[0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("ask", "缺少参数 'question'"),
        ("eval retrieval", "缺少选项 '--meetings'"),
        ("--debug", "缺少命令"),
        ("nope", "没有命令 'nope'"),
        ("meetings shwo", "没有命令 'shwo'，是否要输入 'show'？"),
        ("search x --zzz", "没有选项 --zzz"),
        ("search x --limti 3", "没有选项 --limti，是否要输入 --limit, --meeting？"),
        ("ask a b", "多余的参数：b"),
        ("search x --limit", "选项 '--limit' 需要一个值"),
        ("doctor --json=3", "选项 '--json' 不接受值"),
        ("search x --limit 0", "'--limit' 的值无效：不能小于 1"),
        ("search x --limit 101", "'--limit' 的值无效：不能大于 100"),
        ("search x --limit z", "'--limit' 的值无效：应为整数"),
        ("search x --since Monday", "'--since' 的值无效：'Monday' 不是日期；"),
        ("export --format q", "'--format' 的值无效：'q' 不是可选值，可选值：'zip', 'jsonl'"),
        ("eval answers --series /nope", "'--series' 的值无效：文件夹 '/nope' 不存在"),
        ("glossary import /", "'file' 的值无效：'/' 是文件夹，应为文件"),
    ],
)
def test_wrong_usage_is_told_in_chinese(cli, chinese: None, arguments: str, said: str) -> None:
    result = cli(*arguments.split())
    assert result.code == 2
    assert f"错误：{said}" in result.err
    assert re.search(r"^提示：运行 `huimai.* --help` 查看用法$", result.err, re.MULTILINE)
    assert not ENGLISH.search(result.err.replace("--help", ""))


def test_title_for_several_meetings_is_told_in_chinese(cli, chinese: None, tmp_path: Path) -> None:
    for name in ("a.m4a", "b.m4a"):
        (tmp_path / name).write_bytes(b"fine")
    result = cli("ingest", tmp_path, "--title", "Weekly")
    assert result.code == 2
    assert "错误：'--title' 的值无效：一个标题不能用于多场会议" in result.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--share x --into /", "'--share' 的值无效：应为数字"),
        ("--share 1 --into {file}", "'--into' 的值无效：'{file}' 是文件，应为文件夹"),
        ("--share 1 --into {locked}", "'--into' 的值无效：文件夹 '{locked}' 无法写入"),
        ("--share 1 --into /", "缺少选项 '--form'，可选值：zip, tar"),
    ],
)
def test_other_kinds_of_wrong_usage_have_chinese(
    arguments: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kinds of options that no command has today, but the next may."""
    file, locked = tmp_path / "file", tmp_path / "locked"
    file.touch()
    locked.mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != locked or mode != os.W_OK)
    probe = typer.Typer()

    @probe.command()
    def pack(
        share: Annotated[float, typer.Option()],
        into: Annotated[Path, typer.Option(file_okay=False, writable=True, exists=True)],
        form: Annotated[Literal["zip", "tar"], typer.Option()],
    ) -> None: ...

    given = arguments.format(file=file, locked=locked).split()
    with pytest.raises(TyperException) as wrong:
        get_command(probe).main(args=given, standalone_mode=False)
    message = " ".join(in_chinese(wrong.value.format_message()).split())
    assert message == said.format(file=file, locked=locked)


def test_wrong_usage_in_english_looks_like_every_other_error(cli) -> None:
    assert cli("ask").err.splitlines() == [
        "Usage: huimai ask [OPTIONS] {question}",
        "error: Missing argument 'question'.",
        "hint: `huimai ask --help` explains it",
    ]


def test_doctor_reports_in_chinese(cli, chinese: None, home: Path) -> None:
    home.mkdir()
    result = cli("doctor", "--json")
    checks = result.document["checks"]
    assert {check["name"] for check in checks} <= set(WORDS)
    assert all(HAN.search(check["text"]) for check in checks if check["name"] != "python")
    told = cli("doctor").out
    assert "✓ 音视频     PyAV" in told
    assert "尚未下载" in told
    assert "提示：huimai models pull" in told


def test_ingest_reports_in_chinese(cli, chinese: None, fake: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "2026-03-04.m4a").write_bytes(b"fine")
    result = cli("ingest", tmp_path / "2026-03-04.m4a", "--project", "Atlas")
    assert all(words in result.out for words in ("标题", "日期来源", "文件名", "已完成"))
    assert "排队中" in result.err


def test_bar_names_the_stage_and_the_time_left_in_chinese(chinese: None) -> None:
    assert _state({"stage": "transcribe", "progress": 0.5, "eta_seconds": 61.0}) == "转写 · 50% · 约剩 01:01"


def test_failure_is_told_in_chinese(cli, chinese: None, fake: ModuleType) -> None:
    assert cli("meetings", "delete", "nope", "--yes").err.startswith("错误：")
