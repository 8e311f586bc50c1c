"""Help in Chinese: the texts of the command tree, replaced once by what the table holds for them.

The code names every text in English; `texts/help.py` is the only place of its Chinese.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

_ATTRIBUTES = ("help", "short_help", "epilog", "rich_help_panel", "options_metavar", "subcommand_metavar")

# what typer writes around the texts; names of its module `rich_utils`
LABELS = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "DEFAULT_STRING": "[默认：{}]",
    "REQUIRED_LONG_STRING": "[必填]",
}


def translate(command: Any) -> None:
    """Turn the help of a command and of all below it into Chinese."""
    from server.cli.texts.help import HELP

    for context in contexts(command):
        context.command.format_usage = partial(_write_usage, context.command)
        context.command.format_help = partial(_write_help, context.command)
        for holder in (context.command, *context.command.get_params(context)):
            for attribute, text in texts_of(holder):
                translated = [HELP.get(" ".join(p.split()), p) for p in text.split("\n\n")]
                setattr(holder, attribute, "\n\n".join(translated))


def contexts(command: Any, name: str = "huimai", parent: Any = None) -> Iterator[Any]:
    """A context for the command and for each below it; what inherits settings, such as `-h`, inherits them."""
    context = command.context_class(command, info_name=name, parent=parent, **command.context_settings)
    yield context
    for inner_name, inner in getattr(command, "commands", {}).items():
        yield from contexts(inner, inner_name, context)


def texts_of(holder: Any) -> Iterator[tuple[str, str]]:
    """(attribute, text) of what a command or parameter says in its help; metavars of parameters are symbols."""
    for attribute in _ATTRIBUTES:
        text = getattr(holder, attribute, None)
        if isinstance(text, str) and text:
            yield attribute, text


def _write_usage(command: Any, context: Any, formatter: Any) -> None:
    formatter.write_usage(context.command_path, " ".join(command.collect_usage_pieces(context)), prefix="用法：")


def _write_help(command: Any, context: Any, formatter: Any) -> None:
    # slow to import, and only help needs it
    from typer import rich_utils

    for name, chinese in LABELS.items():
        setattr(rich_utils, name, chinese)
    type(command).format_help(command, context, formatter)
