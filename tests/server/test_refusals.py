"""What the server says has Chinese, all of it, and the Chinese is found without harm."""

from __future__ import annotations

import re
import tomllib
from string import Formatter

import pytest

from server.refusals import CATALOGUE, LONGEST_TEXT, catalogue, in_chinese
from tests.server.worded import Source

CHINESE = catalogue()
SOURCE = Source()

SAID_BY_COMMANDS = "server.cli"
"""Words its own texts by `say`, in both languages."""

FOR_DEVELOPERS = ("agents.llm.scripted", "server.api_doc")
"""What nobody meets who uses Huimai: a model of tests, and the command that writes the REST documents."""

SAYING = SOURCE.errors() | {"__init__", "_document", "Advice", "Failure", "HTTPException", "ModelStatus", "fail"}
"""What is given texts that leave the server: errors, and what is kept of jobs, models and servers."""

REPLACING = {"agents.qa.verify", "ingestion.speech.servers.factory"}
"""Where such a text is given by `replace`."""

KEPT = {"notes", "problem", "warnings"}
"""What is set to texts that are stored."""

TOO_SHORT = {"{} line {}"}
"""Is in too many other texts to be known by itself."""

OF_OTHERS = tomllib.loads((CATALOGUE / "values.toml").read_text("utf-8"))
"""What libraries say, in their words."""

HAN = "[一-鿿]"


def said() -> dict[str, str]:
    """Each text that may leave the server, and where it stands."""
    return {
        text: f"{module}:{line}"
        for module in SOURCE.modules
        if not module.startswith((SAID_BY_COMMANDS, *FOR_DEVELOPERS))
        for names in [SAYING | {"replace"} if module in REPLACING else SAYING]
        for text, line in (SOURCE.given_to(names, module) | SOURCE.set_to(KEPT, module)).items()
    }


def is_english_prose(text: str) -> bool:
    """Names of files and fields are none, and neither is what only joins other texts."""
    return " " in text.strip(" :;{}") and not re.search(HAN, text)


def slots(chinese: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(chinese) if name is not None}


SAID = said()
KNOWN = {**SAID, **dict.fromkeys(SOURCE.everything(), "")}


def test_what_is_said_has_chinese() -> None:
    assert len(SAID) > 600
    wanted = {text: place for text, place in SAID.items() if is_english_prose(text) and text not in TOO_SHORT}
    assert [f"{place}: {text}" for text, place in wanted.items() if text not in CHINESE] == []


def test_chinese_is_of_what_is_said() -> None:
    places = {text: text.removesuffix(" at {}") for text in CHINESE.keys() - OF_OTHERS.keys()}
    assert [text for text, of_a_server in places.items() if text not in KNOWN and of_a_server not in SAID] == []


def test_a_text_stands_in_one_file() -> None:
    files = [tomllib.loads(path.read_text("utf-8")) for path in CATALOGUE.glob("*.toml")]
    assert sum(map(len, files)) == len(CHINESE)


def test_chinese_takes_slots_that_are_there() -> None:
    taken = {english: slots(chinese) for english, chinese in CHINESE.items() if "{}" in english}
    assert [text for text, numbers in taken.items() if not numbers <= set(map(str, range(text.count("{}"))))] == []


def test_han_and_latin_are_kept_apart() -> None:
    assert [said for said in CHINESE.values() if re.search(rf"{HAN}[A-Za-z0-9`]|[A-Za-z0-9`]{HAN}", said)] == []


def test_commands_stay_as_they_are() -> None:
    commands = [
        (command.partition("{}")[0], chinese)
        for english, chinese in CHINESE.items()
        for command in re.findall(r"`(huimai [^`]*)`", english)
    ]
    assert [command for command, chinese in commands if command not in chinese] == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("the question is empty", "问题是空的"),
        ("there is no project 'Atlas'", "没有名为“Atlas”的项目"),
        # in the order that Chinese needs
        ("the embedded model qwen was still loading after 30 s", "内置模型 qwen 过了 30 秒还在加载"),
        # a text in a text
        (
            "the correction is stored, but search does not know it yet: the search index is closed",
            "修改已保存，但搜索还没有更新：搜索索引已关闭",
        ),
        ("the embedding server at 10.0.0.7:80 cannot be reached", "连不上位于 10.0.0.7:80 的向量服务"),
        # what people have named stays as they have named it
        ("there is no project 'the data home'", "没有名为“the data home”的项目"),
        ("there is no project 'it's {0} and {}'", "没有名为“it's {0} and {}”的项目"),
        # what nobody has worded here
        ("[Errno 5] Input/output error", "[Errno 5] Input/output error"),
        ("weekly.m4a: moov atom not found", "weekly.m4a: moov atom not found"),
        ("", ""),
    ],
)
def test_a_text_is_told_in_chinese(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


@pytest.mark.parametrize(
    "hostile",
    ["{} {0} {x.__class__}", ": " * 1999, "'" * LONGEST_TEXT, "a" * 1_000_000, "\n: ; {}", "there is no project '"],
)
def test_any_text_is_survived(hostile: str) -> None:
    assert in_chinese(hostile) == hostile


def test_a_text_of_slots_alone_is_no_text_of_ours() -> None:
    assert all(text.replace("{}", "").strip() for text in CHINESE)
