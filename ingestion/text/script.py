"""Simplified and Traditional Chinese, by OpenCC's dictionaries."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, Protocol, cast

Script = Literal["simplified", "traditional", "as-spoken"]
"""How Chinese is written; `as-spoken` leaves it as it came."""

_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{1,400}")
_CONVERSIONS = {"simplified": "t2s", "traditional": "s2t"}


class _Converter(Protocol):
    def convert(self, string: str) -> str: ...


def to_script(text: str, script: Script) -> str:
    """The text with its Chinese characters in the script; everything else stays untouched."""
    if script == "as-spoken" or not _HAN_RUN.search(text):
        return text
    convert = _converter(_CONVERSIONS[script]).convert
    # OpenCC recurses over its input: runs of bounded length keep it shallow.
    return _HAN_RUN.sub(lambda run: convert(run[0]), text)


@cache
def _converter(conversion: str) -> _Converter:
    from opencc import OpenCC

    return cast("_Converter", OpenCC(conversion))


@cache
def simplified_characters() -> dict[int, int]:
    """A `str.translate` table from Traditional to Simplified, one character to one: quick, without phrases."""
    convert = _converter(_CONVERSIONS["simplified"]).convert
    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    # Separated, so that no phrase forms.
    converted = convert("\n".join(characters)).split("\n")
    return {ord(old): ord(new) for old, new in zip(characters, converted, strict=True) if old != new}
