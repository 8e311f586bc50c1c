"""The user's language, and the texts in it. HUIMAI_LANG or the locale chooses; English is the default."""

from __future__ import annotations

import os
from typing import Literal

from server.cli.texts.checks import CHECKS
from server.cli.texts.commands import COMMANDS
from server.cli.texts.edits import EDITS
from server.cli.texts.failures import FAILURES
from server.cli.texts.words import WORDS
from server.refusals import in_chinese

_MESSAGES = COMMANDS | EDITS | CHECKS | FAILURES


def language() -> Literal["en", "zh"]:
    """`zh` or `en`, from HUIMAI_LANG, else the locale's variables."""
    for variable in ("HUIMAI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def say(key: str, **values: object) -> str:
    """The message of that key in the user's language."""
    english, chinese = _MESSAGES[key]
    return (chinese if language() == "zh" else english).format(**values)


def heading(english: str) -> str:
    """A table's heading in the user's language. Raises KeyError when it has no Chinese."""
    chinese = WORDS[english]
    return chinese if language() == "zh" else english


def word(english: str) -> str:
    """A word that the API sends, such as a stage, in the user's language; one that is not known stays as it is."""
    return WORDS.get(english, english) if language() == "zh" else english


def told(text: str) -> str:
    """What an error of this process says, in the user's language; a text of `say` stays as it is."""
    return in_chinese(text) if language() == "zh" else text
