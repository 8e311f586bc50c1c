"""Which of the two languages an answer is written in."""

from __future__ import annotations

import re
from typing import Literal

from ingestion.text.language import detect_language

Language = Literal["zh", "en"]

_HAN = re.compile(r"[\u3400-\u9fff]")


def language_of(text: str) -> Language:
    """Chinese for a text that is mostly Chinese, English for every other."""
    return "zh" if detect_language(text) == "zh" else "en"


def has_han(text: str) -> bool:
    """Whether any Chinese character stands in the text."""
    return _HAN.search(text) is not None
