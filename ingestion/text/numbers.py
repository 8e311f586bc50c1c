"""Inverse text normalisation: spoken numbers written as digits, idioms and plain words left alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.domain import CleanedText, Correction
from ingestion.text import numbers_en, numbers_zh

REASON = "number"
"""`Correction.reason` of these changes."""

_ZH = re.compile("[零〇一幺二两三四五六七八九十百]")


def normalize_numbers(text: str, keep: Sequence[str] = ()) -> CleanedText:
    """Write the numbers in Chinese and English text as digits. Doing it again changes nothing.

    `keep` are terms, such as product names, whose spelled-out numbers belong to them.
    """
    corrections: list[Correction] = []
    passes = (numbers_zh.rewrite, numbers_en.rewrite) if _ZH.search(text) else (numbers_en.rewrite,)
    for rewrite in passes:
        kept = [match.span() for term in keep if term for match in re.finditer(re.escape(term), text)]

        def skip(start: int, end: int, kept: list[tuple[int, int]] = kept) -> int:
            return next((last for first, last in kept if start < last and first < end), 0)

        pieces: list[str] = []
        at = 0
        for start, end, written in rewrite(text, skip):
            pieces += [text[at:start], written]
            corrections.append(Correction(text[start:end], written, REASON))
            at = end
        text = "".join([*pieces, text[at:]])
    return CleanedText(text, tuple(corrections))
