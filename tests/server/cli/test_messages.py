"""Every text is there in both languages, is used, and is written alike."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from ingestion.domain import Stage
from ingestion.models.card import ModelTask
from ingestion.models.store import ModelState
from server.cli import messages
from server.cli.texts.checks import CHECKS
from server.cli.texts.commands import COMMANDS
from server.cli.texts.failures import FAILURES
from server.cli.texts.help import HELP
from server.cli.texts.words import WORDS
from server.documents import JobDocument

MESSAGES = {**COMMANDS, **CHECKS, **FAILURES}
SOURCES = "".join(path.read_text(encoding="utf-8") for path in Path(messages.__file__).parent.glob("*.py"))
CHINESE = [*(chinese for _, chinese in MESSAGES.values()), *HELP.values(), *WORDS.values()]
HAN = "[一-鿿]"


def test_locale_decides_without_huimai_lang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUIMAI_LANG")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert messages.language() == "zh"
    monkeypatch.setenv("LC_ALL", "C")
    assert messages.language() == "en"


def test_a_key_stands_in_one_table() -> None:
    assert len(MESSAGES) == len(COMMANDS) + len(CHECKS) + len(FAILURES)


@pytest.mark.parametrize("key", MESSAGES)
def test_message_takes_the_same_values_in_both_languages(key: str) -> None:
    names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in MESSAGES[key]]
    assert names[0] == names[1]


@pytest.mark.parametrize("key", MESSAGES)
def test_message_is_used(key: str) -> None:
    if key.startswith("without_"):
        assert 'say(f"without_{name}")' in SOURCES
    else:
        assert re.search(rf"""say\([^()]*['"]{key}['"]""", SOURCES)


@pytest.mark.parametrize("text", CHINESE)
def test_han_and_latin_are_kept_apart(text: str) -> None:
    assert not re.search(rf"{HAN}[A-Za-z0-9`]|[A-Za-z0-9`]{HAN}", text)


def test_what_the_api_sends_has_a_word() -> None:
    sent = {*Stage, *ModelTask, *ModelState, *JobDocument.model_fields}
    assert {str(value) for value in sent} <= set(WORDS)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_heading_without_chinese_is_an_error(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIMAI_LANG", lang)
    assert messages.heading("title") == ("标题" if lang == "zh" else "title")
    with pytest.raises(KeyError):
        messages.heading("no such heading")
