"""Wrong usage: typer's words for it in the user's language, shown like every other error."""

from __future__ import annotations

import re
from typing import Any

from typer.exceptions import TyperException

from ingestion.errors import HuimaiError
from server.cli.messages import language, say
from server.cli.render import problem, tell

# A group is translated in its turn: it may hold the reason, or a word such as `file`.
_CHINESE = (
    (r"Missing command\.", "缺少命令"),
    (r"Missing (argument|option) ('[^']+')\.", "缺少{} {}"),
    (r"Missing (argument|option) ('[^']+')\. Choose from:\s+(.+)", "缺少{} {}，可选值：{}"),
    (r"No such command ('.+')\.", "没有命令 {}"),
    (r"No such command ('.+')\. Did you mean (.+)\?", "没有命令 {}，是否要输入 {}？"),
    (r"No such option: (\S+)", "没有选项 {}"),
    (r"No such option: (\S+) \(Possible options: (.+)\)", "没有选项 {}，是否要输入 {}？"),
    (r"Got unexpected extra argument\(s\) \((.+)\)", "多余的参数：{}"),
    (r"Option ('.+') requires an argument\.", "选项 {} 需要一个值"),
    (r"Option ('.+') does not take a value\.", "选项 {} 不接受值"),
    (r"Invalid value for (.+?): (.+)", "{} 的值无效：{}"),
    (r"Value error, (.+)", "{}"),
    (r"('.*') is not one of (.+)\.", "{} 不是可选值，可选值：{}"),
    (r"Input should be greater than or equal to (\S+)", "不能小于 {}"),
    (r"Input should be less than or equal to (\S+)", "不能大于 {}"),
    (r"Input should be a valid integer, .+", "应为整数"),
    (r"Input should be a valid number, .+", "应为数字"),
    (r"(file|dir|path) ('.+') does not exist\.", "{} {} 不存在"),
    (r"(?:file|path) ('.+') is a directory\.", "{} 是文件夹，应为文件"),
    (r"(?:dir|path) ('.+') is a file\.", "{} 是文件，应为文件夹"),
    (r"(file|dir|path) ('.+') is not readable\.", "{} {} 无法读取"),
    (r"(file|dir|path) ('.+') is not writable\.", "{} {} 无法写入"),
    (r"argument", "参数"),
    (r"option", "选项"),
    (r"file", "文件"),
    (r"dir", "文件夹"),
    (r"path", "路径"),
)


def report_wrong_usage(error: TyperException) -> int:
    """Say what is wrong and where the help is; returns the exit code."""
    message = error.format_message()
    context: Any = getattr(error, "ctx", None)
    # a group without a command has shown its help instead of a message
    if message:
        if context is not None:
            tell(context.get_usage())
        command = context.command_path if context is not None else "huimai"
        said = in_chinese(message) if language() == "zh" else message.replace("Value error, ", "")
        problem(HuimaiError(said, say("usage_hint", command=command)))
    return error.exit_code


def in_chinese(message: str) -> str:
    """Typer's message in Chinese; one that is not known stays as it is."""
    for pattern, chinese in _CHINESE:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return chinese.format(*map(in_chinese, found.groups()))
    return message
