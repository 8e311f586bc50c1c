"""The fonts of this machine with which a PDF can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.qa.language import Language, has_han
from ingestion.errors import HuimaiError

if TYPE_CHECKING:
    from typst import Fonts

_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
    "SimHei",
)
"""Families that hold simplified Chinese, the best first."""
_LATIN = ("Noto Sans", "Liberation Sans", "DejaVu Sans", "Libertinus Serif")
"""For English; the last comes with the typesetter."""


class MissingFontError(HuimaiError):
    """No font of this machine can show the text."""

    status = 501
    code = "missing-font"

    def __init__(self) -> None:
        super().__init__(
            "a PDF with Chinese needs a Chinese font, and this machine has none",
            "install one, on Debian and Ubuntu: apt-get install fonts-noto-cjk; the other formats need none",
        )


def chosen(fonts: Fonts, text: str, language: Language) -> list[str]:
    """The families to write the text with, the one for its language first. Raises MissingFontError when it holds
    Chinese and no family here does."""
    here = {family.casefold() for family in fonts.families()}
    chinese = [family for family in _CHINESE if family.casefold() in here]
    if not chinese and has_han(text):
        raise MissingFontError
    latin = [family for family in _LATIN if family.casefold() in here]
    return [*chinese[:1], *latin] if language == "zh" else [*latin[:1], *chinese[:1], *latin[1:]]
