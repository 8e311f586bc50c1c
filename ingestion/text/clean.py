"""From text as heard to text as read; the raw text is kept by the caller."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ingestion.domain import CleanedText, Correction, GlossaryEntry
from ingestion.settings import IngestionSettings
from ingestion.text.glossary import GlossaryCorrector
from ingestion.text.numbers import normalize_numbers
from ingestion.text.script import Script, to_script

_HAN = "\u3400-\u9fff"
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1b\x7f]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_HAN_GAP = re.compile(rf"(?<=[{_HAN}，。！？、；：])[ \t]+(?=[{_HAN}，。！？、；：])")
_TO_FULL = {",": "，", ".": "。", "?": "？", "!": "！", ";": "；", ":": "："}
# After Chinese, or where Latin ends and Chinese or nothing follows; never inside numbers, times, names of files.
_HALF_MARK = re.compile(
    rf"(?<=[{_HAN}])[ ]*(?P<a>[,.?!;:])(?:[ ]*(?=[{_HAN}])|(?=[ \"'”’)）]|\Z)[ ]*)"
    rf"|(?<=[{_HAN}])[ ]*(?P<b>[,?!;:])[ ]*(?=[A-Za-z0-9])"
    rf"|(?<=[A-Za-z0-9%)])(?P<c>[,?!;])[ ]*(?=[{_HAN}]|\Z)|(?<=[A-Za-z%)])(?P<d>[.:])[ ]*(?=[{_HAN}]|\Z)"
)
SCRIPT_REASON = "script"
"""`Correction.reason` of changes between Simplified and Traditional."""


class TextCleaner:
    """Tidies, then writes one script, the glossary's names, and digits, in that order: names are looked up in the
    final script, and numbers inside a name are the name's own."""

    def __init__(
        self,
        script: Script = "simplified",
        normalize_numbers: bool = True,
        glossary: GlossaryCorrector | None = None,
    ) -> None:
        self._script: Script = script
        self._numbers = normalize_numbers
        self._glossary = glossary

    def clean(self, raw: str, language: str) -> CleanedText:
        """Clean one line. `language` is an ISO 639-1 code; Chinese rules apply to zh (yue, wuu) only.

        The corrections list every change of script, name or number; spaces and the width of punctuation are not listed.
        """
        chinese = language in ("zh", "yue", "wuu")
        text = tidy(raw, chinese=chinese)
        corrections: list[Correction] = []
        if chinese:
            written = to_script(text, self._script)
            corrections += _script_changes(text, written)
            text = written
        if self._glossary:
            named = self._glossary.correct(text)
            text, corrections = named.text, [*corrections, *named.corrections]
        if self._numbers and (chinese or language == "en"):
            keep = [name for name in self._glossary.canonical if name in text] if self._glossary else []
            counted = normalize_numbers(text, keep)
            text, corrections = counted.text, [*corrections, *counted.corrections]
        return CleanedText(text, tuple(corrections))


def meeting_cleaner(settings: IngestionSettings, glossary: Sequence[GlossaryEntry], *, recorded: bool) -> TextCleaner:
    """What cleans the lines of a meeting. The numbers of an imported transcript stay as they were written."""
    return TextCleaner(settings.script, recorded and settings.normalize_numbers, GlossaryCorrector(glossary))


def tidy(text: str, *, chinese: bool) -> str:
    """One line without stray spaces and invisible characters; Chinese gets full-width punctuation and no inner gaps."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_FULL_WIDTH)
    text = " ".join(text.split())
    if not chinese or not re.search(f"[{_HAN}]", text):
        return text
    text = _HALF_MARK.sub(lambda mark: _TO_FULL[mark[mark.lastgroup or "a"]], text)
    return _HAN_GAP.sub("", text)


def _script_changes(before: str, after: str) -> list[Correction]:
    """Runs of changed characters; the conversions used keep the length, a rare phrase that does not counts as one."""
    if len(before) != len(after):
        return [Correction(before, after, SCRIPT_REASON)]
    changed = "".join("x" if old != new else " " for old, new in zip(before, after, strict=True))
    return [
        Correction(before[run.start() : run.end()], after[run.start() : run.end()], SCRIPT_REASON)
        for run in re.finditer("x+", changed)
    ]
